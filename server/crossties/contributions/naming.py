"""Name the graph that a contribution becomes: by what it says of itself, else by what it is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath
from typing import Final

from anyascii import anyascii

from crossties.errors import ConflictError, RequestError
from crossties.quads import NamedNode, Quad

#: The kinds of things, those that a file is named after first, with the folder that they are at home in.
_FOLDERS: Final = {
    "agreement": "agreements",
    "partnership": "agreements",
    "plan": "plans",
    "project": "agreements",
    "framework": "frameworks",
    "funding": "funding",
    "signing": "agreements",
    "event": "agreements",
    "decision": "agreements",
    "status": "agreements",
    "activity": "plans",
    "outcome": "plans",
    "service": "organisations",
    "organisation": "organisations",
    "person": "organisations",
    "post": "organisations",
    "tenure": "organisations",
    "change": "organisations",
    "place": "places",
    "document": "evidence",
    "listing": "evidence",
    "claim": "evidence",
    "observation": "evidence",
}
_STEP: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST: Final = 120
#: What belongs to the vocabulary or is derived: contributions don't change these.
_CLOSED: Final = ("ontology/", "themes/", "derived")


def name_graph(
    quads: Iterable[Quad], *, graphs: str, file: str, taken: Collection[str], inside: str = ""
) -> str:
    """Return the name of the new graph that these statements become; ``graphs`` is what all names begin with.

    A file that says when it was made, as in ``<graph/places/alder> dct:created …``, names itself; so does one
    that writes into a graph, ``inside``.

    Raises:
        ConflictError: it names itself as a graph that there is.
        RequestError: no graph may have the name that it gives itself.
    """
    subjects = [quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)]
    own = sorted({iri for iri in (*subjects, inside) if iri.startswith(graphs)})
    if len(own) == 1:
        require_open(own[0], graphs=graphs)
        if own[0] in taken:
            message = f"There is a graph {own[0]} already."
            raise ConflictError(message, mend="Say that you replace it, or give the new one another name.")
        return own[0]
    kind, slug = _choose_kind(subjects)
    wanted = _slug(PurePosixPath(file).stem) or _slug(slug) or "contribution"
    name = f"{graphs}{_FOLDERS.get(kind, 'evidence')}/{wanted}"
    number, free = 2, name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free


def require_open(graph: str, *, graphs: str) -> None:
    """Return where contributions may change a graph of this name.

    Raises:
        RequestError: it is not one of this instance, or belongs to the vocabulary.
    """
    path = graph.removeprefix(graphs)
    steps = path.split("/")
    fits = graph.startswith(graphs) and len(graph) <= _LONGEST + len(graphs)
    if not fits or len(steps) < 2 or not all(_STEP.fullmatch(step) for step in steps):  # noqa: PLR2004 - folder and file
        message = f"“{graph}” can't be the name of a graph here."
        mend = f"A name is as in {graphs}agreements/alder-spruce-2027: small letters, digits and hyphens."
        raise RequestError(message, mend=mend)
    if path.startswith(_CLOSED):
        message = f"The graph {graph} is not changed by contributions."
        raise RequestError(message, mend="Vocabulary and themes change by a pull request.")


def path_of(graph: str) -> str:
    """Return where the file of a graph stands in the repository."""
    return f"data/{graph.partition('/graph/')[2]}.ttl"


def _choose_kind(subjects: list[str]) -> tuple[str, str]:
    """Return kind and slug of the thing that a file is named after."""
    found: dict[str, str] = {}
    for iri in subjects:
        kind, _, rest = iri.partition("/id/")[2].partition("/") if "/id/" in iri else ("", "", "")
        if kind in _FOLDERS and rest and "/" not in rest:
            found.setdefault(kind, rest)
    return next(((kind, found[kind]) for kind in _FOLDERS if kind in found), ("", ""))


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", anyascii(text).lower()))[:_LONGEST].strip("-")
