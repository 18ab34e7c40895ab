"""Find references to things of ours that nothing describes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz, process

from crossties.namespaces import BASE, GRAPH, compact
from crossties.quads import NamedNode, Quad
from crossties.validation.files import File
from crossties.validation.report import Result

#: What lies below our base and is no thing that data describes.
_NO_THINGS: Final = (GRAPH, BASE + "ns", BASE + "shapes#", BASE + "query/", BASE + "release/")
_PASSAGE: Final = re.compile(r"/p[1-9][0-9]*$")
_ALIKE: Final = 70


def find_dangling(files: Sequence[File], kept: Sequence[File], gone: Sequence[File]) -> Iterator[Result]:
    """Yield a violation for each reference of the files that leads nowhere.

    ``kept`` is the shipped graph around them. What it refers to and only ``gone`` described, an earlier state
    of the files, is told too: the files took it away.
    """
    known = {iri for file in (*files, *kept) for iri in file.subjects}
    for file in files:
        for quad, iri in _references(file):
            if not _is_known(iri, known):
                yield _dangling(file, quad, iri, known)
    lost = {iri for file in gone for iri in file.subjects if iri not in known}
    for file in kept if lost else ():
        for quad, iri in _references(file):
            if not _is_known(iri, known) and _is_known(iri, lost):
                yield _taken_away(file, quad, iri)


def _references(file: File) -> Iterator[tuple[Quad, str]]:
    for quad in file.quads:
        if isinstance(quad.object, NamedNode):
            iri = quad.object.value
            if iri.startswith(BASE) and not iri.startswith(_NO_THINGS):
                yield quad, iri


def _is_known(iri: str, known: set[str]) -> bool:
    """Tell; a passage is known where its document is, as its own description is made at build."""
    return iri in known or _PASSAGE.sub("", iri) in known


def _dangling(file: File, quad: Quad, iri: str, known: set[str]) -> Result:
    near = _nearest(iri, known)
    suggestion = f"The nearest is {compact(near)}." if near else "Describe it, or correct the name."
    return _result(file, quad, iri, f"Nothing is known of {compact(iri)}.", suggestion)


def _taken_away(file: File, quad: Quad, iri: str) -> Result:
    message = f"{compact(iri)} is no longer described, and this refers to it."
    return _result(file, quad, iri, message, "Keep its description, or change what refers to it.")


def _nearest(iri: str, known: set[str]) -> str | None:
    """Look among the things of the same kind, then among all of ours."""
    passage = _PASSAGE.search(iri)
    wanted = _PASSAGE.sub("", iri).removeprefix(BASE)
    kind = wanted.rpartition("/")[0]
    own = {other: other.removeprefix(BASE) for other in known if other.startswith(BASE)}
    same = {other: name for other, name in own.items() if name.startswith(kind + "/")}
    for among in (same, own):
        found = process.extractOne(wanted, among, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if found:
            return str(found[2]) + (passage[0] if passage else "")
    return None


def _result(file: File, quad: Quad, iri: str, message: str, suggestion: str) -> Result:
    focus = quad.subject.value if isinstance(quad.subject, NamedNode) else None
    return Result(
        file.origin,
        "violation",
        message,
        "reference",
        focus=focus,
        path=quad.predicate.value,
        value=iri,
        suggestion=suggestion,
    )
