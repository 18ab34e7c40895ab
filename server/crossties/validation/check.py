"""Check files without a server: as a part of the shipped graph."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crossties.resources import Content
from crossties.store.build import Progress
from crossties.validation.checking import Checked, check_intakes, is_stopped, report_reading
from crossties.validation.files import find_given
from crossties.validation.reading import is_sheet, read_given
from crossties.validation.report import Report
from crossties.validation.shipped import surround_shipped


def check_files(paths: Sequence[Path], *, content: Content, language: str = "en") -> tuple[Report, int]:
    """Return the report on files, and on every file below folders, with the number of files looked at.

    They are checked as a part of the shipped graph, in which each takes the place of its own earlier state.

    Raises:
        InputError: a shipped file is broken.
    """
    checked = check_paths(paths, content=content, language=language)
    return checked.report, len(checked.report.files)


def check_paths(
    paths: Sequence[Path],
    *,
    content: Content,
    language: str = "en",
    home: Path | None = None,
    progress: Progress | None = None,
) -> Checked:
    """Return the report on files and folders, with what was read of them.

    What they are checked against is kept below ``home`` for the next time.

    Raises:
        InputError: a shipped file is broken.
        HostError: ``home`` can't be written.
    """
    found = find_given(paths, language=language)
    read = [read_given(one, None, content, language=language) for one in found.given]
    if is_stopped(read, found.failures) and not any(is_sheet(one.upload) for one in found.given):
        return Checked(report_reading(read, language=language, also=found.failures), tuple(read))
    replaced = {intake.graph for intake in read}
    with surround_shipped(replaced, content, home=home, progress=progress) as around:
        # Only a sheet is read by the names of what is known
        intakes = tuple(
            read_given(one, around.names, content, language=language) if is_sheet(one.upload) else intake
            for one, intake in zip(found.given, read, strict=True)
        )
        report = check_intakes(intakes, around, language=language, also=found.failures)
    return Checked(report, intakes)
