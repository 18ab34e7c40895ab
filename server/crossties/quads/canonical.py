"""One way to write the same quads: RDFC-1.0 names for blank nodes, lines sorted by code point."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pyoxigraph as ox


def name_blank_nodes(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the distinct quads with canonical blank node labels (RDF Dataset Canonicalization 1.0)."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return list(dataset)


def canonical_lines(quads: Iterable[ox.Quad]) -> list[str]:
    """Return canonical N-Quads: one sorted line, without its line feed, for each distinct quad."""
    text = ox.serialize(name_blank_nodes(quads), format=ox.RdfFormat.N_QUADS)
    return sorted(line for line in (text or b"").decode().split("\n") if line)


def digest(quads: Iterable[ox.Quad]) -> str:
    """Return the SHA-256 of the canonical N-Quads, in hexadecimal: equal for the same statements only."""
    text = "".join(f"{line}\n" for line in canonical_lines(quads))
    return hashlib.sha256(text.encode()).hexdigest()
