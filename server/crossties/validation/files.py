"""Find the files that are to be checked, and the shipped graph around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from crossties.errors import InputError
from crossties.intake import Upload
from crossties.namespaces import GRAPH
from crossties.quads import NamedNode, Quad, parse_file, read_bytes
from crossties.resources import Content
from crossties.store.build import Source
from crossties.validation.reading import SUFFIXES, Given
from crossties.validation.report import Result
from crossties.validation.texts import choose_message, say_all
from crossties.versions import shipped_sources
from crossties.wording import say

#: Folders whose files have their place in the graph by their path: folder → start of the graph's name.
_PLACED: Final = {"data": GRAPH, "ontology": GRAPH + "ontology/"}
#: A JSON-LD context, which states nothing.
_CONTEXT: Final = "context.jsonld"


@dataclass(frozen=True)
class Found:
    """The files to check, and a result for each that can't be opened."""

    given: tuple[Given, ...]
    failures: tuple[Result, ...]


def find_given(paths: Sequence[Path], *, language: str) -> Found:
    """Find files, and every file that is read here below folders."""
    given: list[Given] = []
    failures: list[Result] = []
    seen: set[Path] = set()
    for named in paths:
        files = _expand(named)
        if not files:
            failures.append(_empty_folder(named, language))
        for path in files:
            if path.resolve() not in seen:
                seen.add(path.resolve())
                _open(path, named, given, failures)
    return Found(tuple(given), tuple(failures))


def read_sources(sources: Sequence[Source]) -> Iterator[Quad]:
    """Yield the quads of files, each in its graph.

    Raises:
        InputError: a file is broken.
    """
    for source in sources:
        yield from parse_file(source.path, graph=source.graph).quads


def shipped_files(content: Content) -> list[Source]:
    """Return the files of the shipped vocabulary and data."""
    return shipped_sources(content)


def graph_by_path(path: Path) -> str | None:
    """Return the graph of a file that lies below a folder ``data`` or ``ontology``."""
    folders = path.resolve().parts[:-1]
    for at in range(len(folders) - 1, -1, -1):
        if folders[at] in _PLACED:
            return _PLACED[folders[at]] + "/".join((*folders[at + 1 :], path.stem))
    return None


def rename(quads: Iterable[Quad], names: Mapping[str, str]) -> list[Quad]:
    """Return the quads with graphs renamed, where they are spoken of too."""

    def named(term: Any) -> Any:  # noqa: ANN401 - any term that a quad may have
        return NamedNode(names.get(term.value, term.value)) if isinstance(term, NamedNode) else term

    return [Quad(named(q.subject), q.predicate, named(q.object), named(q.graph_name)) for q in quads]


def _expand(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = (one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES and one.name != _CONTEXT)
    return sorted(found)


def _empty_folder(path: Path, language: str) -> Result:
    texts = say_all("validation.folder.what")
    mend = say("validation.folder.mend", language, suffixes=", ".join(SUFFIXES))
    return Result(
        str(path), "violation", choose_message(texts, language), "syntax", suggestion=mend, texts=texts
    )


def _open(path: Path, named: Path, given: list[Given], failures: list[Result]) -> None:
    placed = graph_by_path(path)
    try:
        data = read_bytes(path)
    except InputError as error:
        made = Result(str(path), "violation", error.what, "syntax", suggestion=error.mend or None)
        failures.append(made.at(error.where))
        return
    given.append(Given(Upload(str(path), data), placed or _graph_below(named, path), fixed=bool(placed)))


def _graph_below(folder: Path, path: Path) -> str:
    below = path.relative_to(folder).with_suffix("") if folder.is_dir() else Path(path.stem)
    return GRAPH + below.as_posix().replace(" ", "-")
