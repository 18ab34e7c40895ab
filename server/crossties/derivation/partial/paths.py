"""Paths that a step of the derivation reads, from a subject to what decides its derived triples.

They are written as in SPARQL, ``(under|implements)*/type``, by local names; ``!borders`` are stated triples
only. A path leads to its end: of what stops on the way nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import pyoxigraph as ox

from crossties.namespaces import CT, DCT, RDF, RDFS, SCHEMA, SKOS

_GEO: Final = "http://www.opengis.net/ont/geosparql#"
_ELSEWHERE: Final = {
    "type": RDF,
    "broader": SKOS,
    "inScheme": SKOS,
    "notation": SKOS,
    "prefLabel": SKOS,
    "title": DCT,
    "label": RDFS,
    "foundingDate": SCHEMA,
    "hasDefaultGeometry": _GEO,
    "asWKT": _GEO,
}
_CHOICE: Final = re.compile(r"\{([^{}]*)\}")
_ELEMENT: Final = re.compile(r"\((?P<group>[^)]+)\)\*|(?P<step>[!^]*\w+)(?P<star>\*?)")


@dataclass(frozen=True)
class Step:
    """One triple further: from its subject to its object, or back where ``inverse``."""

    predicate: ox.NamedNode
    inverse: bool = False
    stated: bool = False


@dataclass(frozen=True)
class Star:
    """One of some ways, over and over, or not at all."""

    ways: tuple[tuple[Step, ...], ...]


Path = tuple[Step | Star, ...]


@cache
def term(name: str) -> ox.NamedNode:
    """Return the property with a local name."""
    return ox.NamedNode(_ELSEWHERE.get(name, CT) + name)


def read_paths(text: str) -> tuple[Path, ...]:
    """Read paths that are parted by spaces; ``a/{b,c}`` are two."""
    return tuple(
        _read_path(one) for one in dict.fromkeys(one for path in text.split() for one in _spread(path))
    )


def _spread(path: str) -> Iterator[str]:
    inner = _CHOICE.search(path)
    if inner is None:
        yield path
        return
    for part in inner[1].split(","):
        yield from _spread(path[: inner.start()] + part + path[inner.end() :])


def _read_path(text: str) -> Path:
    return tuple(_read_element(match) for match in _ELEMENT.finditer(text))


def _read_element(match: re.Match[str]) -> Step | Star:
    if match["group"]:
        ways = match["group"].split("|")
        return Star(tuple(tuple(map(_read_step, way.split("/"))) for way in ways))
    step = _read_step(match["step"])
    return Star(((step,),)) if match["star"] else step


def _read_step(text: str) -> Step:
    name = text.lstrip("!^")
    return Step(term(name), inverse="^" in text, stated="!" in text)
