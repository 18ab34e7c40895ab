"""The check of files that somebody sends: nothing is kept, nobody has to be known."""

from __future__ import annotations

from typing import Final

from crossties.publication.openapi.pieces import LANG, TEXT, Told, answers, operation

#: Media types of bodies that are checked by themselves.
BODIES: Final = (
    *("text/turtle", "application/trig", "application/n-triples", "application/n-quads"),
    *("application/ld+json", "text/csv"),
)
SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORM: Final = "multipart/form-data"
_FORMATS: Final = ("json", "text", "turtle", "jsonld", "sarif", "junit", "csv", "html", "xlsx")
_REPORTS: Final[Told] = {
    "application/json": {"type": "object", "description": "Whether it conforms, and every result."},
    "application/ld+json": {"type": ["object", "array"], "description": "A SHACL validation report."},
    "text/turtle": TEXT,
    "application/sarif+json": {"type": "object"},
    "application/xml": TEXT,
    "text/csv": TEXT,
    "text/plain": TEXT,
    "text/html": TEXT,
    SHEET: {"type": "string", "description": "The sheet that was sent, its cells marked."},
}


def validation_paths() -> Told:
    """Return the path of the check."""
    told = operation(
        "validate",
        "Check files",
        "Checks syntax, vocabulary, references, shapes and rules, and says what is wrong where. "
        "Several files are checked together as a form.",
        tag="validation",
        parameters=[
            _query("format", "The report by name, in place of the Accept header.", [*_FORMATS, ""]),
            _query("strict", "Answer 422 where the files don't conform.", ["true", "false", ""]),
            _query("graph", "The named graph whose new state it is, as in graph/funding/skbic-2019."),
            _query("name", "The name of the file, where its body is sent by itself."),
            LANG,
        ],
    )
    reports = {kind: {"schema": schema} for kind, schema in _REPORTS.items()}
    failed = answers(_REPORTS, 400, 406, 413, 415, 429, 503)
    strict = {"422": {"description": "The report: the files don't conform.", "content": reports}}
    return {"/validate": {"post": told | {"requestBody": upload_body(), "responses": failed | strict}}}


def upload_body() -> Told:
    """Return the description of a body that holds RDF or a sheet, or a form with them."""
    content = {kind: {"schema": TEXT} for kind in BODIES}
    content[SHEET] = {"schema": {"type": "string", "contentMediaType": SHEET}}
    fields = {"file": {"type": "string", "contentMediaType": "application/octet-stream"}, "text": TEXT}
    content[FORM] = {"schema": {"type": "object", "properties": fields}}
    return {"required": True, "content": content}


def _query(name: str, about: str, listed: list[str] | None = None) -> Told:
    schema = TEXT | ({"enum": listed} if listed else {})
    return {"name": name, "in": "query", "description": about, "schema": schema}
