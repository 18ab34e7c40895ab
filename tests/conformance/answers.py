"""Compare answers as the suites mean it: rows as a bag, blank nodes by what is said of them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_RDF: Final = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".nt": ox.RdfFormat.N_TRIPLES}
_RESULTS: Final = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Term]


def load(store: ox.Store, path: Path, graph: str = "") -> None:
    """Read a file of the suite into a graph."""
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    with path.open("rb") as file:
        store.load(file, format=_RDF[path.suffix], base_iri=path.as_uri(), to_graph=name)


def read_graph(
    data: bytes | Path, *, syntax: ox.RdfFormat = ox.RdfFormat.TURTLE, base: str = ""
) -> ox.Dataset:
    """Return a graph in canonical form, so that isomorphic ones are equal."""
    if isinstance(data, Path):
        syntax, base, data = _RDF[data.suffix], data.as_uri(), data.read_bytes()
    return canonical(ox.parse(data, syntax, base_iri=base or None))


def canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    """Return the quads with their blank nodes named by their place."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def read_results(data: bytes, suffix: str, *, base: str = "") -> bool | tuple[set[str], list[Row]]:
    """Return a boolean, or the variables and the rows."""
    if suffix == ".ttl":
        return _read_result_set(data, base)
    found = ox.parse_query_results(data, format=_RESULTS[suffix])
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    rows = [{name: term for name in names if (term := row[name]) is not None} for row in found]
    return set(names), rows


def _read_result_set(data: bytes, base: str) -> tuple[set[str], list[Row]]:
    """Read rows that are written as a graph, in the suites' own vocabulary."""
    store = ox.Store()
    store.extend(ox.parse(data, ox.RdfFormat.TURTLE, base_iri=base))
    query = f"""PREFIX rs: <{RS}> SELECT ?row ?name ?value
        {{ ?set rs:solution ?row . ?row rs:binding [ rs:variable ?name ; rs:value ?value ] }}"""
    rows: dict[str, Row] = {}
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    for row, name, value in found:
        rows.setdefault(str(row), {})[name.value] = value
    told = store.quads_for_pattern(None, ox.NamedNode(f"{RS}resultVariable"), None, None)
    names = {quad.object.value for quad in told if isinstance(quad.object, ox.Literal)}
    return names, list(rows.values())


def same_rows(one: list[Row], other: list[Row]) -> bool:
    """Compare two bags of rows."""
    if Counter(map(_key, one)) == Counter(map(_key, other)):
        return True
    if len(one) != len(other) or not any(_is_blank(term) for row in one for term in row.values()):
        return False
    return _as_graph(one) == _as_graph(other)


def same_csv(one: bytes, other: bytes) -> bool:
    """Compare CSV results, which know no types: blank nodes by the order in which they appear."""
    return _plain_rows(one) == _plain_rows(other)


def _plain_rows(data: bytes) -> list[list[str]]:
    names: dict[str, str] = {}
    rows = csv.reader(io.StringIO(data.decode(), newline=""))
    return [
        [names.setdefault(cell, f"_:{len(names)}") if cell.startswith("_:") else cell for cell in row]
        for row in rows
    ]


def _key(row: Row) -> frozenset[tuple[str, str]]:
    return frozenset((name, str(_by_value(term))) for name, term in row.items())


def _by_value(term: Term) -> Term:
    """Return a literal as the store writes its value: 1.0 and 1.00 are one decimal."""
    if not isinstance(term, ox.Literal):
        return term
    store = ox.Store()
    store.add(ox.Quad(ox.BlankNode(), ox.NamedNode(RS), term))
    return next(iter(store)).object  # type: ignore[no-any-return]


def _is_blank(term: Term) -> bool:
    return isinstance(term, ox.BlankNode)


def _as_graph(rows: list[Row]) -> ox.Dataset:
    quads = []
    for row in rows:
        subject = ox.BlankNode()
        quads.append(ox.Quad(subject, ox.NamedNode(f"{RS}row"), ox.Literal("")))
        quads += [
            ox.Quad(subject, ox.NamedNode(f"{RS}{name}"), _by_value(term)) for name, term in row.items()
        ]
    return canonical(quads)
