"""How deep each cooperation stands below what is wider."""

from __future__ import annotations

import pyoxigraph as ox

from crossties.derivation.rungs import derive_rungs
from crossties.namespaces import CT


def _levels(turtle: str) -> set[tuple[str, str, str]]:
    """Return thing, top and level of each rung."""
    store = ox.Store()
    prefix = f"@base <https://w3id.org/crossties/> . @prefix ct: <{CT}> . "
    store.extend(ox.Quad(*quad.triple) for quad in ox.parse(prefix + turtle, format=ox.RdfFormat.TURTLE))
    store.extend(ox.Quad(*triple) for triple in list(derive_rungs(store)))
    rows = store.query(
        f"PREFIX ct: <{CT}> SELECT * {{ ?a ct:rung ?rung . ?rung ct:top ?b ; ct:level ?level }}"
    )
    assert isinstance(rows, ox.QuerySolutions)
    names = ("a", "b", "level")
    return {tuple(row[name].value.rpartition("/")[2] for name in names) for row in rows}


def test_a_level_is_counted_along_the_shortest_way() -> None:
    told = "<project> ct:under <programme> ; ct:implements <policy> . <programme> ct:under <policy> ."
    assert _levels(told) == {
        ("project", "programme", "2"),
        ("project", "policy", "2"),
        ("programme", "policy", "2"),
    }


def test_every_step_down_is_one_level() -> None:
    told = "<plan> ct:under <agreement> . <agreement> ct:implements <policy> ."
    assert ("plan", "policy", "3") in _levels(told)


def test_a_circle_ends() -> None:
    assert _levels("<a> ct:under <b> . <b> ct:under <a> .") == {("a", "b", "2"), ("b", "a", "2")}
