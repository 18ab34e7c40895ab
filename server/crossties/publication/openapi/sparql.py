"""The query service, and the explanation of answers without rows."""

from __future__ import annotations

from typing import Final

from crossties.formats import GRAPHS, RESULTS
from crossties.publication.openapi.pieces import TEXT, Told, answers, operation

_EXPLAINED: Final[Told] = {
    "type": "object",
    "description": "With explain=empty: which pattern of the query first became empty.",
    "required": ["detail"],
    "properties": {
        "patterns": {"type": "integer"},
        "empty": {"type": "integer", "description": "The number of the pattern that has no solution."},
        "pattern": TEXT,
        "line": {"type": "integer"},
        "column": {"type": "integer"},
        "detail": TEXT,
        "unknown": {"type": "string", "description": "An IRI in it that the data never mention."},
        "near": {"type": "array", "items": {"type": "object"}, "description": "What was perhaps meant."},
    },
}
_QUERY: Final[Told] = {
    "name": "query",
    "in": "query",
    "required": True,
    "description": "A SPARQL 1.1 query: SELECT, ASK, CONSTRUCT or DESCRIBE.",
    "schema": TEXT,
    "example": "ASK {}",
}
_EXPLAIN: Final[Told] = {
    "name": "explain",
    "in": "query",
    "description": "“empty”: say in JSON why the query has no rows, in place of its answer.",
    "schema": {"type": "string", "enum": ["empty"]},
}


def sparql_paths() -> Told:
    """Return the path of the query service."""
    formats = [*RESULTS, *GRAPHS]
    form = {
        "name": "format",
        "in": "query",
        "description": "The format by name, in place of the Accept header.",
        "schema": {"type": "string", "enum": [*(one.name for one in formats), ""]},
    }
    kinds = {one.media_type: TEXT for one in formats} | {
        "application/sparql-results+json": {"type": "object"},
        "application/ld+json": {"type": ["object", "array"]},
        "application/json": _EXPLAINED,
    }
    about = "The SPARQL 1.1 Protocol; it takes POST too."
    told = operation("sparql", "Query the graph", about, tag="SPARQL", parameters=[_QUERY, form, _EXPLAIN])
    problems = (400, 403, 406, 408, 413, 429, 500, 503)
    return {"/sparql": {"get": told | {"responses": answers(kinds, *problems)}}}
