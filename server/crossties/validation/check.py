"""Check files without a server: as a part of the shipped graph."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from crossties.resources import Content
from crossties.search.labels import Labels, Name, write_index
from crossties.sheets.names import StoredNames
from crossties.store.base import hold_published
from crossties.store.scratch import Scratch
from crossties.validation.checking import Checked, check_intakes, is_stopped, report_reading
from crossties.validation.files import find_given, read_sources, shipped_files
from crossties.validation.incremental import Checker
from crossties.validation.reading import is_sheet, read_given
from crossties.validation.report import Report
from crossties.validation.surroundings import Surroundings


def check_files(paths: Sequence[Path], *, content: Content, language: str = "en") -> tuple[Report, int]:
    """Return the report on files, and on every file below folders, with the number of files looked at.

    They are checked as a part of the shipped graph, in which each takes the place of its own earlier state.

    Raises:
        InputError: a shipped file is broken.
    """
    checked = check_paths(paths, content=content, language=language)
    return checked.report, len(checked.report.files)


def check_paths(paths: Sequence[Path], *, content: Content, language: str = "en") -> Checked:
    """Return the report on files and folders, with what was read of them.

    Raises:
        InputError: a shipped file is broken.
    """
    found = find_given(paths, language=language)
    read = [read_given(one, None, content, language=language) for one in found.given]
    if is_stopped(read, found.failures) and not any(is_sheet(one.upload) for one in found.given):
        return Checked(report_reading(read, language=language, also=found.failures), tuple(read))
    with _surroundings({intake.graph for intake in read}, content) as around:
        # Only a sheet is read by the names of what is known
        intakes = tuple(
            read_given(one, around.names, content, language=language) if is_sheet(one.upload) else intake
            for one, intake in zip(found.given, read, strict=True)
        )
        report = check_intakes(intakes, around, language=language, also=found.failures)
    return Checked(report, intakes)


@contextmanager
def _surroundings(replaced: Collection[str], content: Content) -> Iterator[Surroundings]:
    """Make the graph around the files: what is shipped, and the same without any earlier state of them."""
    sources = shipped_files(content)
    kept = list(read_sources([source for source in sources if source.graph not in replaced]))
    gone = list(read_sources([source for source in sources if source.graph in replaced]))
    apart = hold_published(kept)
    base = hold_published([*kept, *gone]) if gone else apart
    with TemporaryDirectory(prefix="crossties-names-") as folder:
        scratch = Scratch(kept)
        labels = _index(scratch, Path(folder) / "labels.sqlite")
        yield Surroundings(
            base,
            Checker(content.shapes),
            content,
            labels,
            StoredNames(labels, scratch.answer),
            {source.graph: str(source.path) for source in sources},
            apart,
        )


def _index(scratch: Scratch, path: Path) -> Labels:
    write_index(path, (Name(*row) for row in scratch.names()), scratch.covers())
    return Labels(path)
