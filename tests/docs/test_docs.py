"""The pages: every example loads and conforms, every command is told, every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import click
import pytest

from crossties.cli.main import main
from crossties.resources import Content
from crossties.validation.check import check_files

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
WORLD: Final = ROOT / "tests" / "world"
_BLOCK: Final = re.compile(r"^```turtle\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK: Final = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.mark.slow
def test_every_turtle_example_conforms_in_the_test_world(content: Content, tmp_path: Path) -> None:
    for page in PAGES:
        for number, block in enumerate(_BLOCK.findall(page.read_text(encoding="utf-8")), start=1):
            (tmp_path / f"{page.stem.lower()}-{number}.ttl").write_text(block, encoding="utf-8")
    report, count = check_files([tmp_path, WORLD], content=content)
    wrong = [
        one for one in report.results if str(tmp_path) in (one.file or "") and one.severity == "violation"
    ]
    assert count > 10
    assert not [(Path(one.file or "").name, one.focus, one.path, one.message) for one in wrong]


def test_every_command_is_documented() -> None:
    told = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    commands = main.list_commands(click.Context(main))
    assert not [name for name in commands if not re.search(rf"crossties {name}\b", told)]


def test_every_link_between_pages_leads_somewhere() -> None:
    links = [(page, link) for page in PAGES for link in _LINK.findall(page.read_text(encoding="utf-8"))]
    assert links
    assert not [(page.name, link) for page, link in links if not (page.parent / link).exists()]
