"""The description of the service for programs, in OpenAPI 3.1: questions, search, queries, things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from crossties import __version__
from crossties.formats import GRAPHS, RESULTS
from crossties.publication.dataset import DESCRIPTIONS
from crossties.publication.hosts import LICENSE, Host
from crossties.questions.catalogue import Column, Parameter, Question

_SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "integer": {"type": "integer"},
    "year": {"type": "integer"},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
}
_TEXT: Final[dict[str, Any]] = {"type": "string"}
_PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "mend": {"type": "string", "description": "How to mend the request."},
        "parameter": _TEXT,
        "candidates": {"type": "array", "items": _TEXT},
        "line": {"type": "integer"},
        "column": {"type": "integer"},
    },
}
_LANG: Final[dict[str, Any]] = {
    "name": "lang",
    "in": "query",
    "description": "The language of labels.",
    "schema": {"type": "string", "enum": ["en", "fi", "ru", "sv"], "default": "en"},
}


def describe_service(host: Host, questions: Iterable[Question]) -> dict[str, Any]:
    """Return the description."""
    paths: dict[str, Any] = {}
    for question in questions:
        paths |= _describe_question(question)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "crossties",
            "summary": "A knowledge graph of cross-border cooperation.",
            "description": DESCRIPTIONS["en"],
            "version": __version__,
            "license": {"name": "CC BY 4.0 (data)", "url": LICENSE},
        },
        "servers": [{"url": host.address("").rstrip("/")}],
        "tags": [{"name": "questions"}, {"name": "search"}, {"name": "SPARQL"}, {"name": "data"}],
        "paths": paths | _search() | _sparql() | _data(),
        "components": {"schemas": {"Problem": _PROBLEM}},
    }


def _describe_question(question: Question) -> dict[str, Any]:
    name = f"/questions/{question.name}"
    given = [_parameter(one) for one in question.parameters]
    about = " ".join(question.description.split())
    return {
        f"{name}.json": {
            "get": _operation(f"{question.name}.json", question.title, about, "questions", given)
            | {"responses": _answers({"application/json": _table(question)}, 400, 406, 429, 503)}
        },
        f"{name}.csv": {
            "get": _operation(f"{question.name}.csv", f"{question.title} (CSV)", about, "questions", given)
            | {"responses": _answers({"text/csv": _TEXT}, 400, 406, 429, 503)}
        },
    }


def _operation(
    name: str, summary: str, about: str, tag: str, parameters: list[dict[str, Any]]
) -> dict[str, Any]:
    identifier = "".join(part.capitalize() for part in name.replace(".", "-").replace("/", "-").split("-"))
    return {
        "operationId": identifier[:1].lower() + identifier[1:],
        "summary": summary,
        "description": about,
        "tags": [tag],
        "parameters": parameters,
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    schema = dict(_SCHEMAS.get(one.type, _TEXT) if one.type in {"integer", "decimal"} else _TEXT)
    schema |= {"default": _value(one)} if one.default else {}
    told: dict[str, Any] = {"name": one.name, "in": "query", "description": one.description, "schema": schema}
    told |= {"required": True} if one.required else {}
    return told | ({"example": one.example} if one.example else {})


def _value(one: Parameter) -> str | int | float:
    """Return the default as JSON has it."""
    if one.type == "integer":
        return int(one.default)
    return float(one.default) if one.type == "decimal" else one.default


def _table(question: Question) -> dict[str, Any]:
    row = {name: _cell(column) for column in question.columns for name in column.variables}
    return {
        "type": "object",
        "required": ["question", "parameters", "columns", "rows"],
        "properties": {
            "question": {"const": question.name},
            "parameters": {"type": "object", "additionalProperties": _TEXT},
            "columns": {"type": "array", "items": _TEXT},
            "rows": {"type": "array", "items": {"type": "object", "properties": row}},
        },
    }


def _cell(column: Column) -> dict[str, Any]:
    kind = _SCHEMAS.get(column.type, _TEXT)["type"]
    kinds = [kind, "string", "null"] if kind in {"integer", "number"} else [kind, "null"]
    return {"type": kinds}


def _search() -> dict[str, Any]:
    query = {"name": "q", "in": "query", "description": "A name, in any language or script.", "schema": _TEXT}
    form = {"name": "format", "in": "query", "schema": {"type": "string", "enum": ["json", "html"]}}
    found = {
        "type": "object",
        "required": ["query", "nearest", "results"],
        "properties": {
            "query": _TEXT,
            "nearest": {"type": "boolean", "description": "No name matches; these are the nearest."},
            "results": {"type": "array", "items": {"type": "object"}},
        },
    }
    about = "Things by their names; where none bears the name, those with the nearest."
    operation = _operation("search", "Search by name", about, "search", [query, form, _LANG])
    return {"/search": {"get": operation | {"responses": _answers({"application/json": found}, 400, 406)}}}


def _sparql() -> dict[str, Any]:
    formats = [*RESULTS, *GRAPHS]
    query = {
        "name": "query",
        "in": "query",
        "required": True,
        "description": "A SPARQL 1.1 query: SELECT, ASK, CONSTRUCT or DESCRIBE.",
        "schema": _TEXT,
        "example": "ASK {}",
    }
    form = {
        "name": "format",
        "in": "query",
        "description": "The format by name, in place of the Accept header.",
        "schema": {"type": "string", "enum": [one.name for one in formats]},
    }
    answers = {one.media_type: _TEXT for one in formats}
    about = "The SPARQL 1.1 Protocol; it takes POST too."
    operation = _operation("sparql", "Query the graph", about, "SPARQL", [query, form])
    return {"/sparql": {"get": operation | {"responses": _answers(answers, 400, 403, 406, 413, 429, 503)}}}


def _data() -> dict[str, Any]:
    suffixes = {"type": "string", "enum": [one.suffix for one in GRAPHS]}
    path = {
        "name": "path",
        "in": "path",
        "required": True,
        "description": "What follows the authority in an IRI, such as place/kotka.",
        "schema": _TEXT,
    }
    suffix = {"name": "suffix", "in": "path", "required": True, "schema": suffixes}
    data = {one.media_type: _TEXT for one in GRAPHS}
    about = "Its statements, the facts that point to it, and the names of what it points to."
    thing = _operation("describe-thing", "The data about a thing", about, "data", [path, suffix])
    ontology = _operation("vocabulary", "The vocabulary", "The ontology as one document.", "data", [suffix])
    catalogue = _operation(
        "catalogue", "The catalogue", "DCAT-AP 3: dataset, files, service.", "data", [suffix]
    )
    return {
        "/data/id/{path}.{suffix}": {"get": thing | {"responses": _answers(data, 404, 410)}},
        "/ns.{suffix}": {"get": ontology | {"responses": _answers(data, 404)}},
        "/catalog.{suffix}": {"get": catalogue | {"responses": _answers(data, 404)}},
    }


def _answers(schemas: Mapping[str, dict[str, Any]], *problems: int) -> dict[str, Any]:
    content = {kind: {"schema": schema} for kind, schema in schemas.items()}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    failed = {str(status): {"description": "A problem document.", "content": problem} for status in problems}
    return {"200": {"description": "The answer.", "content": content}, **failed}
