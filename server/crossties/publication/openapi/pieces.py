"""What the descriptions of all parts are made of: operations, answers, parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

#: A part of the description, as JSON has it.
Told = dict[str, Any]

TEXT: Final[Told] = {"type": "string"}
PROBLEM: Final[Told] = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "mend": {"type": "string", "description": "How to mend the request."},
        "parameter": TEXT,
        "candidates": {"type": "array"},
        "line": {"type": "integer"},
        "column": {"type": "integer"},
    },
}
LANG: Final[Told] = {
    "name": "lang",
    "in": "query",
    "description": "The language of labels.",
    "schema": {"type": "string", "enum": ["en", "fi", "ru", "sv", ""], "default": "en"},
}
PAGE: Final[Told] = {
    "name": "page",
    "in": "query",
    "description": "The page, where there is more than one; the header Link names the next.",
    "schema": {"type": "integer", "minimum": 1, "maximum": 999_999_999, "default": 1},
}


def operation(name: str, summary: str, about: str, *, tag: str, parameters: Iterable[Told] = ()) -> Told:
    """Return an operation, its answers left out; ``name`` tells it apart from all others."""
    parts = "".join(part.capitalize() for part in name.replace(".", "-").replace("/", "-").split("-"))
    return {
        "operationId": parts[:1].lower() + parts[1:],
        "summary": summary,
        "description": about,
        "tags": [tag],
        "parameters": list(parameters),
    }


def answers(schemas: Mapping[str, Told], *problems: int) -> Told:
    """Return the answers by status: 200 with a schema for each media type, and problem documents.

    What answers with pages tells problems on pages too.
    """
    content = {kind: {"schema": schema} for kind, schema in schemas.items()}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    problem |= {"text/html": {"schema": TEXT}} if "text/html" in schemas else {}
    failed = {str(status): {"description": "A problem document.", "content": problem} for status in problems}
    return {"200": {"description": "The answer.", "content": content}, **failed}
