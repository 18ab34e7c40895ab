"""The pages: every example loads and conforms, every command is told, every link leads somewhere."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Final

import click
import pytest

from crossties.cli.main import main
from crossties.namespaces import DCT, GRAPH, XSD
from crossties.resources import Content
from crossties.validation.check import check_files

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
WORLD: Final = ROOT / "tests" / "world"
_BLOCK: Final = re.compile(r"^```turtle\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK: Final = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.mark.slow
def test_every_turtle_example_conforms_in_the_test_world(content: Content, tmp_path: Path) -> None:
    world, examples = tmp_path / "world", tmp_path / "examples"
    examples.mkdir()
    shutil.copytree(WORLD, world)
    shutil.copytree(content.data / "themes", world / "themes", dirs_exist_ok=True)
    for page in PAGES:
        for number, block in enumerate(_BLOCK.findall(page.read_text(encoding="utf-8")), start=1):
            name = f"{page.stem.lower()}-{number}"
            (examples / f"{name}.ttl").write_text(block + _day(name, block), encoding="utf-8")
    report, count = check_files([examples], content=replace(content, data=world))
    wrong = [
        one for one in report.results if str(examples) in (one.file or "") and one.severity == "violation"
    ]
    assert count > 10
    assert not [(Path(one.file or "").name, one.focus, one.path, one.message) for one in wrong]


def _day(name: str, block: str) -> str:
    """Return the day that a whole file bears and an excerpt on a page leaves out."""
    if "dct:created" in block:
        return ""
    return f'<{GRAPH}{name}> <{DCT}created> "2026-11-22"^^<{XSD}date> .\n'


def test_every_command_is_documented() -> None:
    told = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    commands = main.list_commands(click.Context(main))
    assert not [name for name in commands if not re.search(rf"crossties {name}\b", told)]


def test_every_link_between_pages_leads_somewhere() -> None:
    links = [(page, link) for page in PAGES for link in _LINK.findall(page.read_text(encoding="utf-8"))]
    assert links
    assert not [(page.name, link) for page, link in links if not (page.parent / link).exists()]
