"""Which kinds of lists can be imported, and how one of them is run."""

from __future__ import annotations

from typing import Final

from crossties.errors import RequestError
from crossties.importing.genericode import import_genericode
from crossties.importing.jems import import_jems
from crossties.importing.keep import import_keep
from crossties.importing.mapping import import_rdf
from crossties.importing.model import Outcome, Progress, Settings
from crossties.importing.register import Register
from crossties.importing.twin_towns import import_twin_towns
from crossties.intake import Upload

#: The kinds, and what each of them is.
KINDS: Final = {
    "twin-towns": "lists of twin towns: CSV, TSV, or P190 of Wikidata as SPARQL JSON",
    "keep": "the search export of keep.eu: a workbook",
    "jems": "the keep export of Jems: JSON or XML",
    "genericode": "a code list in genericode: places with codes",
    "rdf": "any RDF, with a mapping file",
}
_PLAIN: Final = {
    "keep": import_keep,
    "jems": import_jems,
    "genericode": import_genericode,
    "rdf": import_rdf,
}


def run_import(
    kind: str,
    upload: Upload,
    settings: Settings,
    register: Register,
    *,
    before: Upload | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Import a list; ``before`` is an older state of it, for twin towns only.

    Raises:
        InputError: the list can't be read.
        RequestError: the kind is unknown, or needs what wasn't given.
    """
    if kind == "twin-towns":
        return import_twin_towns(upload, settings, register, before=before, progress=progress)
    if kind not in _PLAIN:
        message = f"There is no import called {kind}."
        raise RequestError(message, mend=f"Choose of {', '.join(KINDS)}.")
    if before:
        message = "Only lists of twin towns are compared with an older state."
        raise RequestError(message, mend="Leave --before out.")
    return _PLAIN[kind](upload, settings, register, progress=progress)
