"""No question names a variable by ``AS`` that is taken, which engines of the tests let pass.

Both BIND and the expressions of a SELECT must name a variable that is not in scope yet (SPARQL 1.1 Query
Language, 18.2.1). Fuseki refuses the whole query; pyoxigraph and rdflib answer it, each in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest
from pyparsing import ParseResults
from rdflib import Variable
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

_QUERIES: Final = Path(__file__).parents[2] / "queries"
_FILES: Final = sorted(_QUERIES.rglob("*.rq"))
_SELECTS: Final = ("SelectQuery", "SubSelect")


@pytest.mark.parametrize("path", _FILES, ids=[str(path.relative_to(_QUERIES)) for path in _FILES])
def test_every_variable_named_by_as_is_new(path: Path) -> None:
    assert _find_taken(path.read_text("utf-8")) == set()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (?a AS ?b) { ?a ?p ?b }",
        "SELECT (COUNT(?x) AS ?b) { OPTIONAL { ?x ?p ?b } } GROUP BY ?p",
        "SELECT * { { SELECT (?x AS ?b) { VALUES ?b { 1 } ?x ?p ?o } } }",
        "SELECT * { ?a ?p ?b BIND(1 AS ?b) }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { ?a ?q ?b BIND(1 AS ?b) } }",
    ],
)
def test_a_variable_that_is_taken_is_found(query: str) -> None:
    assert _find_taken(query) == {"b"}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (?a AS ?b) { ?a ?p ?o }",
        "SELECT * { BIND(1 AS ?b) ?a ?p ?b }",
        "SELECT * { ?s ?p ?x MINUS { ?s ?p ?b } BIND(1 AS ?b) }",
        "SELECT * { ?s ?p ?x FILTER(?b = 1) BIND(1 AS ?b) }",
        "SELECT * { { SELECT ?x { ?x ?p ?b } } BIND(1 AS ?b) }",
    ],
)
def test_a_variable_that_is_not_in_scope_may_be_named(query: str) -> None:
    assert _find_taken(query) == set()


def _find_taken(query: str) -> set[str]:
    """Return the variables that an ``AS`` names although they are in scope where it stands."""
    return {str(name) for node in _walk(parseQuery(query)[1]) for name in _taken_in(node)}


def _taken_in(node: CompValue) -> Iterator[Variable]:
    if node.name in _SELECTS:
        scope = _in_scope(node.where)
        for one in node.projection or ():
            if one.evar in scope:
                yield one.evar
    elif node.name == "GroupGraphPatternSub":
        scope = set()
        for part in node.part or ():
            if part.name == "Bind" and part.var in scope:
                yield part.var
            scope |= _in_scope(part)


def _in_scope(node: object) -> set[Variable]:
    """Return the variables that a part of a pattern brings in; a filter and the right of MINUS bring none."""
    if isinstance(node, Variable):
        return {node}
    if isinstance(node, CompValue):
        if node.name in {"Filter", "MinusGraphPattern"}:
            return set()
        if node.name == "Bind":
            return {node.var}
        if node.name == "SubSelect" and node.projection:
            return {one.evar or one.var for one in node.projection}
        return _join(node.values())
    return _join(_members(node))


def _walk(node: object) -> Iterator[CompValue]:
    if isinstance(node, CompValue):
        yield node
        for value in node.values():
            yield from _walk(value)
    else:
        for value in _members(node):
            yield from _walk(value)


def _join(parts: Iterable[object]) -> set[Variable]:
    return {name for part in parts for name in _in_scope(part)}


def _members(node: object) -> Iterable[object]:
    """Return what stands in a list, one of the parser's own too; of anything else nothing."""
    listed = isinstance(node, list | tuple | ParseResults)
    return list(node) if listed else []  # type: ignore[call-overload]
