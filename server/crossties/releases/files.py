"""Write the files in which the graph is given away, each plain and packed, with their checksums."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crossties.export import export_folder, export_text, select_quads
from crossties.quads import Quad
from crossties.releases.core import CORE, write_core
from crossties.releases.maps import write_places
from crossties.releases.networks import read_network, to_gexf, to_graphml
from crossties.releases.packing import to_gzip, to_zip, to_zstd
from crossties.releases.tables import write_tables
from crossties.resources import Content
from crossties.store.dump import read_named_graphs
from crossties.store.engine import Collected, Request, evaluate, open_store
from crossties.versions import Version
from crossties.vocabulary import read_vocabulary

SUMS: Final = "SHA256SUMS"
#: Name of a file → its media type and what it holds, in the order in which people are offered them.
KINDS: Final = {
    "crossties.nq": ("application/n-quads", "All statements with their named graphs, N-Quads, sorted"),
    "crossties.trig": ("application/trig", "All statements with their named graphs, TriG"),
    "crossties.ttl": ("text/turtle", "All statements, Turtle"),
    "crossties.jsonld": ("application/ld+json", "All statements with their named graphs, JSON-LD"),
    "crossties-turtle.zip": ("application/zip", "One Turtle file for each named graph"),
    "crossties-csv.zip": ("application/zip", "The main tables as CSV, with CSV on the Web metadata"),
    "places.geojson": ("application/geo+json", "Places with the cooperations that they have a side in"),
    CORE: (
        "text/turtle",
        "Organisations and places in the terms of CPOV and Core Location, Turtle",
    ),
    "network.graphml": ("application/graphml+xml", "The network of parties, GraphML"),
    "network.gexf": ("application/gexf+xml", "The network of parties, GEXF"),
}
_PACKED: Final = {".gz": ("application/gzip", to_gzip), ".zst": ("application/zstd", to_zstd)}
_FORMS: Final = {
    "nquads": "crossties.nq",
    "trig": "crossties.trig",
    "turtle": "crossties.ttl",
    "jsonld": "crossties.jsonld",
}


@dataclass(frozen=True)
class DumpFile:
    """One file: its name, size in bytes and SHA-256."""

    name: str
    size: int
    sha256: str

    @property
    def plain(self) -> str:
        """Return the name of what is packed in it, or its own."""
        return self.name.removesuffix(".gz").removesuffix(".zst")

    @property
    def packing(self) -> str:
        """Return the media type of its packing, or ""."""
        return next((kind for suffix, (kind, _) in _PACKED.items() if self.name.endswith(suffix)), "")

    @property
    def media_type(self) -> str:
        """Return the media type of what is in it."""
        return KINDS.get(self.plain, ("text/plain", ""))[0]

    @property
    def about(self) -> str:
        """Return in words what it holds."""
        return KINDS.get(self.plain, ("", "Checksums of the files"))[1]


@dataclass(frozen=True)
class Dumped:
    """What was written: the files, the hash of the sorted N-Quads, and counts."""

    files: tuple[DumpFile, ...]
    digest: str
    counts: dict[str, int]


def write_dumps(version: Version, content: Content, folder: Path) -> Dumped:
    """Write every file into the folder, which must be there; the same data gives the same bytes anywhere.

    Raises:
        HostError: the store can't be opened.
    """
    quads = select_quads(read_named_graphs(version.store), vocabulary=True)
    plain = _make_texts(quads, content) | _make_derived(version)
    plain["crossties-turtle.zip"] = to_zip(_make_turtle(quads))
    written = [one for name in KINDS for one in _write(folder, name, plain[name])]
    sums = "".join(f"{one.sha256}  {one.name}\n" for one in sorted(written, key=lambda one: one.name))
    (folder / SUMS).write_text(sums, encoding="ascii")
    digest = hashlib.sha256(plain["crossties.nq"]).hexdigest()
    graphs = {quad.graph_name for quad in quads}
    triples = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    counts = {"quads": len(quads), "triples": len(triples), "graphs": len(graphs)}
    return Dumped(tuple(written), digest, counts)


def read_files(folder: Path) -> tuple[DumpFile, ...]:
    """Return the files that the checksums of a folder name, in the order in which people are offered them."""
    lines = (folder / SUMS).read_text(encoding="ascii").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    names = [name + suffix for name in KINDS for suffix in ("", *_PACKED)]
    return tuple(DumpFile(name, (folder / name).stat().st_size, sums[name]) for name in names if name in sums)


def _make_texts(quads: Sequence[Quad], content: Content) -> dict[str, bytes]:
    vocabulary = read_vocabulary(content)
    return {
        name: export_text(quads, form=form, vocabulary=vocabulary).encode() for form, name in _FORMS.items()
    }


def _make_derived(version: Version) -> dict[str, bytes]:
    run, construct = _runner(version, "json"), _runner(version, "ntriples")
    network = read_network(run)
    return {
        "crossties-csv.zip": to_zip(write_tables(run)),
        "places.geojson": write_places(run),
        CORE: write_core(construct),
        "network.graphml": to_graphml(network),
        "network.gexf": to_gexf(network),
    }


def _make_turtle(quads: Sequence[Quad]) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return {
            path.relative_to(folder).as_posix(): path.read_bytes() for path in export_folder(quads, folder)
        }


def _write(folder: Path, name: str, data: bytes) -> list[DumpFile]:
    packed = (
        {} if name.endswith(".zip") else {name + suffix: pack(data) for suffix, (_, pack) in _PACKED.items()}
    )
    written = []
    for one, body in {name: data, **packed}.items():
        (folder / one).write_bytes(body)
        written.append(DumpFile(one, len(body), hashlib.sha256(body).hexdigest()))
    return written


def _runner(version: Version, form: str) -> Callable[[str], bytes]:
    store = open_store(version.store)

    def run(query: str) -> bytes:
        sink = Collected()
        evaluate(store, Request(query, format=form), sink)
        return sink.body

    return run
