"""Read the files that are checked, and the shipped graph around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from crossties.errors import InputError
from crossties.namespaces import GRAPH
from crossties.quads import RDF_SUFFIXES, NamedNode, Quad, parse_file
from crossties.resources import Content
from crossties.validation.report import Result
from crossties.versions import shipped_sources

#: Folders whose files have their place in the graph by their path: folder → start of the graph's name.
_PLACED: Final = {"data": GRAPH, "ontology": GRAPH + "ontology/"}


@dataclass(frozen=True)
class File:
    """One parsed file, and the named graph that it is or would be."""

    origin: str
    graph: str
    quads: tuple[Quad, ...]

    @cached_property
    def subjects(self) -> frozenset[str]:
        """Return the IRIs that the file describes."""
        return frozenset(quad.subject.value for quad in self.quads if isinstance(quad.subject, NamedNode))

    @property
    def is_vocabulary(self) -> bool:
        """Return whether the file is a part of the ontology."""
        return self.graph.startswith(_PLACED["ontology"])


@dataclass(frozen=True)
class Reading:
    """What could be read of the files to check, and a result for each that couldn't."""

    files: tuple[File, ...]
    failures: tuple[Result, ...]

    @property
    def count(self) -> int:
        """Return the number of files looked at."""
        return len(self.files) + len(self.failures)


def read_files(paths: Sequence[Path]) -> Reading:
    """Read files, and every RDF file below folders."""
    files: list[File] = []
    failures: list[Result] = []
    seen: set[Path] = set()
    for given in paths:
        found = _expand(given)
        if not found:
            failures.append(_empty_folder(given))
        for path in found:
            if path.resolve() not in seen:
                seen.add(path.resolve())
                _read(path, given, files, failures)
    return Reading(tuple(files), tuple(failures))


def read_shipped(content: Content, *, without: Sequence[File] = ()) -> tuple[File, ...]:
    """Read the shipped ontology and data, except what the given files are a newer state of.

    Raises:
        InputError: a shipped file is broken.
    """
    replaced = {file.graph for file in without}
    sources = [source for source in shipped_sources(content) if source.graph not in replaced]
    parsed = ((source, parse_file(source.path, graph=source.graph)) for source in sources)
    return tuple(File(one.origin, source.graph, one.quads) for source, one in parsed)


def _expand(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(found for found in path.rglob("*") if found.suffix.lower() in RDF_SUFFIXES)


def _empty_folder(path: Path) -> Result:
    message = "The folder holds no RDF file."
    mend = f"Put files into it that end in {', '.join(RDF_SUFFIXES)}."
    return Result(str(path), "violation", message, "syntax", suggestion=mend)


def _read(path: Path, given: Path, files: list[File], failures: list[Result]) -> None:
    graph = _graph_by_path(path) or _graph_below(given, path)
    try:
        quads = parse_file(path, graph=graph).quads
    except InputError as error:
        where = error.where
        line, column = (where.line, where.column) if where else (None, None)
        failures.append(
            Result(str(path), "violation", error.what, "syntax", line, column, suggestion=error.mend or None),
        )
    else:
        files.append(File(str(path), graph if _graph_by_path(path) else _own_name(quads) or graph, quads))


def _graph_by_path(path: Path) -> str | None:
    """Return the graph of a file that lies below a folder ``data`` or ``ontology``."""
    folders = path.resolve().parts[:-1]
    for at in range(len(folders) - 1, -1, -1):
        if folders[at] in _PLACED:
            return _PLACED[folders[at]] + "/".join((*folders[at + 1 :], path.stem))
    return None


def _graph_below(folder: Path, path: Path) -> str:
    below = path.relative_to(folder).with_suffix("") if folder.is_dir() else Path(path.stem)
    return GRAPH + below.as_posix().replace(" ", "-")


def _own_name(quads: tuple[Quad, ...]) -> str | None:
    """Return the one graph that a file speaks of, as in ``<graph/funding/skbic-2019> dct:created …``."""
    named = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    graphs = [iri for iri in named if iri.startswith(GRAPH)]
    return graphs[0] if len(graphs) == 1 else None
