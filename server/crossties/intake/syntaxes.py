"""Which syntax an upload is in: by its suffix or media type, and whether its text begins like it."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from crossties import formats
from crossties.formats import Format
from crossties.intake.model import Upload

#: The syntaxes of RDF that are read, by the suffix of their files.
SYNTAXES: Final[dict[str, Format]] = {
    "ttl": formats.TURTLE,
    "trig": formats.TRIG,
    "nt": formats.N_TRIPLES,
    "nq": formats.N_QUADS,
    "jsonld": formats.JSON_LD,
}
#: The same by the names that people know them by.
NAMES: Final = {"ttl": "Turtle", "trig": "TriG", "nt": "N-Triples", "nq": "N-Quads", "jsonld": "JSON-LD"}
_OTHER_SUFFIXES: Final = {"json": "jsonld", "turtle": "ttl", "ntriples": "nt", "nquads": "nq", "n3": "ttl"}
_SIGNATURES: Final = (
    (b"PK\x03\x04", "ZIP"),
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office"),
    (b"\x1f\x8b", "gzip"),
)
_SPACE: Final = r"(?:\s|#[^\n]*\n)*+"
_PROLOGUE: Final = r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*+"
_STARTS: Final = (
    ("XML / HTML (DOCTYPE)", re.compile(_PROLOGUE + r"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE | re.DOTALL)),
    ("HTML", re.compile(r"\s*<(?:html|head|body)\b", re.IGNORECASE)),
    ("RDF/XML", re.compile(_PROLOGUE + r"<(?:rdf:)?RDF\b", re.DOTALL)),
    ("XML", re.compile(r"\s*<\?xml\b")),
)
_TURTLE_WORDS: Final = re.compile(_SPACE + r"(?:@prefix|@base|prefix|base)\b", re.IGNORECASE)
_JSON: Final = re.compile(r"\s*(?:\[\s*)?\{\s*(?:\"|\})")
_BEGINNING: Final = 4_096


def find_syntax(upload: Upload) -> str | None:
    """Return the syntax by the suffix of the file, else by the media type that was said; None for another."""
    suffix = PurePath(upload.name).suffix.lower().removeprefix(".")
    known = _OTHER_SUFFIXES.get(suffix, suffix)
    if known in SYNTAXES:
        return known
    media_type = (upload.media_type or "").partition(";")[0].strip().lower()
    for name, one in SYNTAXES.items():
        if media_type in one.media_types:
            return name
    return "jsonld" if media_type == "application/json" else None


def find_binary(data: bytes) -> str | None:
    """Return what a file is that is no text: a workbook, a PDF."""
    return next((name for start, name in _SIGNATURES if data.startswith(start)), None)


def find_markup(text: str) -> str | None:
    """Return the kind of markup that a text begins with: DOCTYPE, HTML, RDF/XML or XML."""
    return next((name for name, start in _STARTS if start.match(text[:_BEGINNING])), None)


def find_other_syntax(text: str, syntax: str) -> str | None:
    """Return the syntax that a text seems to be in, where it begins unlike the one that was said."""
    if syntax != "jsonld" and _JSON.match(text[:_BEGINNING]):
        return "jsonld"
    if syntax in {"nt", "nq", "jsonld"} and _TURTLE_WORDS.match(text[:_BEGINNING]):
        return "ttl"
    return None
