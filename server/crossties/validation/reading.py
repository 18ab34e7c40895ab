"""Read what was given, by its type: RDF texts and sheets alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Final

from crossties.intake import SYNTAXES, Intake, Upload, find_syntax, read_rdf
from crossties.intake.policy import may_name
from crossties.namespaces import GRAPH
from crossties.quads import NamedNode
from crossties.resources import Content
from crossties.search.fold import fold
from crossties.sheets.names import Known, Names
from crossties.sheets.reading import SHEET_SUFFIXES, read_sheet

_ONTOLOGY: Final = GRAPH + "ontology/"
_SHEET_TYPES: Final = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
#: Every suffix that is read.
SUFFIXES: Final = (*(f".{name}" for name in SYNTAXES), *SHEET_SUFFIXES)


@dataclass(frozen=True)
class Given:
    """One upload with the graph that it is or would be; ``fixed`` where that is not for the upload to say."""

    upload: Upload
    graph: str
    fixed: bool = False


def give(upload: Upload, graph: str | None = None) -> Given:
    """Return an upload with its graph: the one that is named, else one that is named after it."""
    if graph:
        return Given(upload, graph, fixed=True)
    stem = PurePosixPath(upload.name.replace("\\", "/")).stem
    return Given(upload, f"{GRAPH}contributions/{fold(stem).replace(' ', '-') or 'upload'}")


def read_given(given: Given, names: Names | None, content: Content, *, language: str) -> Intake:
    """Read one upload; one that says which graph it is, is that one."""
    intake = _read(given.upload, given.graph, names, content, language=language)
    own = None if given.fixed else _own_name(intake)
    if own and own != intake.graph:
        return _read(given.upload, own, names, content, language=language)
    return intake


def _read(upload: Upload, graph: str, names: Names | None, content: Content, *, language: str) -> Intake:
    if is_sheet(upload):
        day = datetime.now(UTC).date()
        return read_sheet(
            upload, graph=graph, names=names or NoNames(), language=language, day=day, content=content
        )
    return read_rdf(upload, graph=graph, language=language)


def is_vocabulary(intake: Intake) -> bool:
    """Return whether an upload is a part of the ontology."""
    return intake.graph.startswith(_ONTOLOGY)


def is_sheet(upload: Upload) -> bool:
    """Tell whether an upload is a workbook or a table: by its suffix, else by its media type."""
    suffix = PurePosixPath(upload.name).suffix.lower()
    kind = (upload.media_type or "").partition(";")[0].strip().lower()
    return suffix in SHEET_SUFFIXES or (kind in _SHEET_TYPES and find_syntax(upload) is None)


class NoNames:
    """Knows nothing by name: for reading where there is no published graph."""

    def exact(self, text: str, classes: Collection[str]) -> list[Known]:
        """Return nothing."""
        _ = text, classes
        return []

    def near(self, text: str, classes: Collection[str], limit: int = 3) -> list[Known]:
        """Return nothing."""
        _ = text, classes, limit
        return []

    def by_iri(self, iri: str) -> Known | None:
        """Return nothing."""
        _ = iri
        return None

    def by_code(self, code: str, classes: Collection[str]) -> list[Known]:
        """Return nothing."""
        _ = code, classes
        return []

    def every(self, classes: Collection[str], language: str) -> list[Known]:
        """Return nothing."""
        _ = classes, language
        return []


def _own_name(intake: Intake) -> str | None:
    """Return the one graph that a file is, or speaks of: ``<graph/funding/skbic-2019> dct:created …``."""
    own = next((one.value for one in intake.problems if one.code == "other_name"), None)
    if own:
        return own if may_name(own) else None
    named = {quad.subject.value for quad in intake.quads if isinstance(quad.subject, NamedNode)}
    graphs = [iri for iri in named if iri.startswith(GRAPH) and iri != GRAPH and may_name(iri)]
    return graphs[0] if len(graphs) == 1 else None
