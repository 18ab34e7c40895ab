"""Contributions: sending one, looking at it, and what reviewers do. All of it asks for a token."""

from __future__ import annotations

from typing import Final

from crossties.publication.openapi.pieces import TEXT, Told, answers, operation
from crossties.publication.openapi.validation import upload_body

#: How a program says who it is.
SCHEMES: Final[Told] = {"token": {"type": "http", "scheme": "bearer"}}
_SECURITY: Final[Told] = {"security": [{"token": []}]}
_PROBLEMS: Final = (400, 401, 403, 404, 409, 413, 415, 422, 429, 503)
_NUMBER: Final[Told] = {
    "name": "number",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 0},
}
_STATES: Final = ("waiting", "failing", "accepted", "rejected", "rolled back", "")
_ROW: Final[Told] = {
    "type": "object",
    "required": ["id", "at", "by", "name", "graph", "state", "address"],
    "properties": {
        "id": {"type": "integer"},
        "at": TEXT,
        "by": TEXT,
        "name": TEXT,
        "licence": TEXT,
        "graph": {"type": "string", "description": "The named graph whose new state it is."},
        "state": {"type": "string", "enum": list(_STATES[:-1])},
        "address": TEXT,
    },
}
_WHOLE: Final[Told] = _ROW | {
    "properties": _ROW["properties"]
    | {
        "verdict": {
            "type": "object",
            "description": "Whether it conforms, with the report and the difference.",
        },
        "reviews": {"type": "array", "items": {"type": "object"}},
    }
}


def contribution_paths() -> Told:
    """Return the paths of contributions."""
    return {
        "/contributions/": {"get": _list(), "post": _send()},
        "/contributions/{number}": {"get": _show()},
        "/contributions/{number}/comments": {"post": _act("comment", "Say something of a contribution")},
        "/contributions/{number}/accept": {"post": _act("accept", "Accept a contribution (reviewers)")},
        "/contributions/{number}/reject": {"post": _act("reject", "Put a contribution aside (reviewers)")},
        "/contributions/entries": {"get": _entries()},
        "/contributions/entries/{number}/rollback": {
            "post": _act("roll-back", "Take an entry back (operators)")
        },
    }


def _list() -> Told:
    state = {"name": "state", "in": "query", "schema": {"type": "string", "enum": list(_STATES)}}
    about = "Reviewers see all, contributors their own."
    told = operation(
        "list-contributions", "The contributions", about, tag="contributions", parameters=[state]
    )
    found = {
        "type": "object",
        "required": ["contributions"],
        "properties": {"contributions": {"type": "array", "items": _ROW}},
    }
    return told | _SECURITY | {"responses": answers({"application/json": found}, *_PROBLEMS)}


def _send() -> Told:
    about = "It is checked at once, kept with its verdict, and waits for a reviewer where it conforms."
    given = [
        {"name": name, "in": "query", "description": text, "schema": TEXT}
        for name, text in (
            ("replaces", "The named graph whose new state it is."),
            ("based-on", "The digest of the state that it was made from."),
            ("licence", "The licence under which it is given."),
            ("source", "Where it comes from."),
            ("comment", "What it is about."),
            ("name", "The name of the file."),
        )
    ]
    told = operation("send-contribution", "Send a contribution", about, tag="contributions", parameters=given)
    made = {
        "201": {
            "description": "It was kept.",
            "headers": {"Location": {"schema": TEXT}},
            "content": {"application/json": {"schema": _WHOLE}},
        }
    }
    failed = {status: told for status, told in answers({}, *_PROBLEMS).items() if status != "200"}
    return told | _SECURITY | {"requestBody": upload_body(), "responses": made | failed}


def _show() -> Told:
    about = "With its verdict, and what was said of it."
    told = operation(
        "show-contribution", "One contribution", about, tag="contributions", parameters=[_NUMBER]
    )
    return told | _SECURITY | {"responses": answers({"application/json": _WHOLE}, *_PROBLEMS)}


def _act(name: str, summary: str) -> Told:
    told = operation(name, summary, f"{summary}.", tag="contributions", parameters=[_NUMBER])
    said = {
        "type": "object",
        "properties": {"text": {"type": "string", "description": "What is said with it."}},
    }
    body = {"content": {"application/json": {"schema": said}}}
    done = answers({"application/json": {"type": "object"}}, *_PROBLEMS)
    return told | _SECURITY | {"requestBody": body, "responses": done}


def _entries() -> Told:
    about = "Everything that changed the graph, the newest first."
    told = operation("list-entries", "The journal", about, tag="contributions")
    found = {"type": "object", "properties": {"entries": {"type": "array", "items": {"type": "object"}}}}
    return told | _SECURITY | {"responses": answers({"application/json": found}, *_PROBLEMS)}
