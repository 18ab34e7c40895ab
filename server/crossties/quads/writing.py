"""Write quads in any format of RDF that can be had; the same quads in the same order give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as ox

from crossties import formats
from crossties.formats import Format

_SYNTAXES: Final = {
    formats.TURTLE: ox.RdfFormat.TURTLE,
    formats.N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    formats.JSON_LD: ox.RdfFormat.JSON_LD,
    formats.RDF_XML: ox.RdfFormat.RDF_XML,
    formats.TRIG: ox.RdfFormat.TRIG,
    formats.N_QUADS: ox.RdfFormat.N_QUADS,
}


def write_quads(
    quads: Iterable[ox.Quad],
    form: Format,
    *,
    prefixes: Mapping[str, str] | None = None,
) -> bytes:
    """Return the quads in one of ``formats.GRAPHS``; a format of triples drops the names of the graphs."""
    known = dict(prefixes or {})
    if form in {formats.TRIG, formats.N_QUADS, formats.JSON_LD}:
        return ox.serialize(quads, format=_SYNTAXES[form], prefixes=known) or b""
    triples = [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    return ox.serialize(triples, format=_SYNTAXES[form], prefixes=known) or b""
