"""Write Turtle in files of a data folder, subject by subject, and count the triples."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from names import Names

#: The day on which everything generated was written down.
DAY: Final = "2026-11-22"
_HEAD: Final = """@base <https://w3id.org/crossties/> .
@prefix ct: <https://w3id.org/crossties/ns#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

#: A property as Turtle writes it, and one or more objects written likewise.
Pair = tuple[str, str | Iterable[str]]


class Folder:
    """A folder of Turtle files; each file is a named graph and says when it was made."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.triples = 0
        self._blocks: dict[str, list[str]] = {}

    def add(self, file: str, subject: str, *pairs: Pair) -> None:
        """Describe a subject in a file; pairs without an object say nothing."""
        told = [(name, [one] if isinstance(one, str) else list(one)) for name, one in pairs]
        told = [(name, objects) for name, objects in told if objects]
        self.triples += sum(len(objects) for _, objects in told)
        lines = " ;\n    ".join(f"{name} {' , '.join(objects)}" for name, objects in told)
        self._open(file).append(f"<{subject}> {lines} .\n")

    def flush(self) -> None:
        """Write what was added since the last time; a file is written once."""
        for file, blocks in self._blocks.items():
            path = self.path / f"{file}.ttl"
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as handle:
                handle.write("\n".join([_HEAD, *blocks]))
        self._blocks.clear()

    def _open(self, file: str) -> list[str]:
        if file not in self._blocks:
            self._blocks[file] = [f'<graph/{file}> dct:created "{DAY}"^^xsd:date .\n']
            self.triples += 1
        return self._blocks[file]


def ref(*parts: str) -> str:
    """Write an IRI below the base."""
    return f"<{'/'.join(parts)}>"


def text(names: Names) -> list[str]:
    """Write a name in each language."""
    return [f'"{name}"@{language}' for language, name in zip(Names._fields, names, strict=True)]


def typed(value: object, datatype: str) -> str:
    """Write a literal with a datatype."""
    return f'"{value}"^^xsd:{datatype}'
