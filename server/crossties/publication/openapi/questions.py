"""The published questions: each in JSON, with the proof of its rows on demand, and in CSV."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from crossties.publication.openapi.pieces import TEXT, Told, answers, operation
from crossties.questions.catalogue import Column, Parameter, Question

_PROBLEMS: Final = (400, 404, 406, 429, 503)
_TYPES: Final = {"integer": "integer", "year": "integer", "decimal": "number", "boolean": "boolean"}
_PROOF: Final[Told] = {
    "name": "proof",
    "in": "query",
    "description": "Tell with each row the facts and passages that it rests on.",
    "schema": {"type": "string", "enum": ["true", "false"], "default": "false"},
}
_PASSAGE: Final[Told] = {
    "type": "object",
    "required": ["passage", "label"],
    "properties": {
        "passage": {"type": "string", "format": "iri"},
        "label": TEXT,
        "document": {"type": ["string", "null"], "format": "iri"},
        "paragraph": {"type": ["integer", "null"]},
    },
}
_FACT: Final[Told] = {
    "type": "object",
    "required": ["fact", "label", "kind", "passages"],
    "properties": {
        "fact": {"type": "string", "format": "iri"},
        "label": TEXT,
        "kind": TEXT,
        "passages": {"type": "array", "items": _PASSAGE},
    },
}


def question_paths(questions: Iterable[Question]) -> Told:
    """Return the paths of the questions."""
    return {path: told for question in questions for path, told in _describe(question).items()}


def _describe(question: Question) -> Told:
    given = [_parameter(one) for one in question.parameters]
    about = " ".join(question.description.split())
    as_json = operation(
        f"{question.name}.json", question.title, about, tag="questions", parameters=[*given, _PROOF]
    )
    as_csv = operation(
        f"{question.name}.csv", f"{question.title} (CSV)", about, tag="questions", parameters=given
    )
    return {
        f"/questions/{question.name}.json": {
            "get": as_json | {"responses": answers({"application/json": _table(question)}, *_PROBLEMS)}
        },
        f"/questions/{question.name}.csv": {
            "get": as_csv | {"responses": answers({"text/csv": TEXT}, *_PROBLEMS)}
        },
    }


def _parameter(one: Parameter) -> Told:
    schema: Told = {
        "type": _TYPES.get(one.type, "string") if one.type in {"integer", "decimal"} else "string"
    }
    schema |= {"default": _value(one)} if one.default else {}
    told: Told = {"name": one.name, "in": "query", "description": one.description, "schema": schema}
    told |= {"required": True} if one.required else {}
    return told | ({"example": one.example} if one.example else {})


def _value(one: Parameter) -> str | int | float:
    """Return the default as JSON has it."""
    if one.type == "integer":
        return int(one.default)
    return float(one.default) if one.type == "decimal" else one.default


def _table(question: Question) -> Told:
    row = {name: _cell(column) for column in question.columns for name in column.variables}
    return {
        "type": "object",
        "required": ["question", "parameters", "columns", "rows"],
        "properties": {
            "question": {"const": question.name},
            "parameters": {"type": "object", "additionalProperties": TEXT},
            "columns": {"type": "array", "items": TEXT},
            "rows": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": list(row),
                    "properties": row | {"proof": {"type": "array", "items": _FACT}},
                    "additionalProperties": False,
                },
            },
            "withoutRows": {"type": "string", "description": "Why there is no row."},
        },
    }


def _cell(column: Column) -> Told:
    kind = _TYPES.get(column.type, "string")
    return {"type": [kind, "string", "null"] if kind in {"integer", "number"} else [kind, "null"]}
