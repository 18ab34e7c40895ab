"""The search by name."""

from __future__ import annotations

from typing import Final

from crossties.publication.openapi.pieces import LANG, TEXT, Told, answers, operation

_FOUND: Final[Told] = {
    "type": "object",
    "required": ["query", "nearest", "results"],
    "properties": {
        "query": TEXT,
        "nearest": {"type": "boolean", "description": "No name matches; these are the nearest."},
        "results": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["iri", "label", "class"],
                "properties": {"iri": {"type": "string", "format": "iri"}, "label": TEXT, "class": TEXT},
            },
        },
    },
}


def search_paths() -> Told:
    """Return the path of the search."""
    query = {"name": "q", "in": "query", "description": "A name, in any language or script.", "schema": TEXT}
    form = {"name": "format", "in": "query", "schema": {"type": "string", "enum": ["json", "html", ""]}}
    about = "Things by their names; where none bears the name, those with the nearest."
    told = operation("search", "Search by name", about, tag="search", parameters=[query, form, LANG])
    kinds = {"application/json": _FOUND, "text/html": TEXT}
    return {"/search": {"get": told | {"responses": answers(kinds, 400, 406, 429, 503)}}}
