"""The commands for those who write and send files: new, format, export, context, terms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from crossties.resources import Content

Crossties = Callable[..., Result]
WriteFile = Callable[[str, str | bytes], Path]
UGLY = "@prefix ct: <https://w3id.org/crossties/ns#> . <https://w3id.org/crossties/id/x/y> a ct:Place ."
NEAT = (
    "@base <https://w3id.org/crossties/> .\n@prefix ct: <https://w3id.org/crossties/ns#> .\n"
    "\n<id/x/y> a ct:Place .\n"
)


def test_new_without_a_kind_lists_the_kinds(crossties: Crossties) -> None:
    result = crossties("new")
    assert result.exit_code == 0
    assert "\nagreement " in result.stdout


def test_new_writes_a_file_named_as_wished(crossties: Crossties, tmp_path: Path) -> None:
    path = tmp_path / "data" / "agreements" / "alder-spruce-2027.ttl"
    path.parent.mkdir(parents=True)
    result = crossties("new", "agreement", "-o", path)
    assert result.exit_code == 0
    assert "<graph/agreements/alder-spruce-2027>" in path.read_text(encoding="utf-8")
    assert "crossties check" in result.stderr


def test_new_takes_several_kinds_and_a_slug_of_its_own(crossties: Crossties, tmp_path: Path) -> None:
    path = tmp_path / "data" / "agreements" / "twins.ttl"
    path.parent.mkdir(parents=True)
    assert (
        crossties("new", "agreement", "signing", "--slug", "alder-larch", "--brief", "-o", path).exit_code
        == 0
    )
    text = path.read_text(encoding="utf-8")
    assert "<graph/agreements/twins> dct:created" in text
    assert "ct:signs <id/agreement/alder-larch> ;" in text


def test_new_never_overwrites_unless_forced(crossties: Crossties, write_file: WriteFile) -> None:
    path = write_file("mine.ttl", "# mine")
    refused = crossties("new", "agreement", "-o", path)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert path.read_text() == "# mine"
    assert crossties("new", "agreement", "-o", path, "--force").exit_code == 0
    assert path.read_text() != "# mine"


def test_format_rewrites_what_differs_and_only_that(
    crossties: Crossties, write_file: WriteFile, tmp_path: Path
) -> None:
    ugly, neat = write_file("ugly.ttl", UGLY), write_file("neat.ttl", NEAT)
    before = neat.stat().st_mtime_ns
    result = crossties("format", tmp_path)
    assert result.exit_code == 0
    assert result.stdout == f"formatted {ugly}\n"
    assert ugly.read_text() == NEAT
    assert neat.stat().st_mtime_ns == before


def test_format_check_writes_nothing_and_ends_with_one(crossties: Crossties, write_file: WriteFile) -> None:
    path = write_file("ugly.ttl", UGLY)
    result = crossties("format", "--check", path)
    assert result.exit_code == 1
    assert result.stdout == f"would change {path}\n"
    assert path.read_text() == UGLY
    assert crossties("format", "--check", write_file("neat.ttl", NEAT)).exit_code == 0


def test_format_says_where_a_file_is_broken(crossties: Crossties, write_file: WriteFile) -> None:
    result = crossties("format", write_file("broken.ttl", "<a> <b> ."))
    assert result.exit_code == 3
    assert "broken.ttl:1" in result.stderr


def test_format_takes_only_turtle(crossties: Crossties, write_file: WriteFile, tmp_path: Path) -> None:
    assert "end in .ttl" in crossties("format", write_file("data.csv", "a,b")).stderr
    assert "no Turtle file" in crossties("format", tmp_path).stderr


def test_export_writes_a_file_a_folder_or_the_output(crossties: Crossties, tmp_path: Path) -> None:
    assert crossties("export", "--format", "nquads", "-o", tmp_path / "all.nq").exit_code == 0
    assert crossties("export", "-o", tmp_path / "all").exit_code == 0
    assert (tmp_path / "all" / "funding" / "skbic-2019.ttl").is_file()
    lines = (tmp_path / "all.nq").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    assert crossties("export", "--format", "nquads").stdout.splitlines() == lines


def test_export_to_a_folder_is_turtle_only(crossties: Crossties, tmp_path: Path) -> None:
    result = crossties("export", "--format", "jsonld", "-o", tmp_path)
    assert result.exit_code == 2
    assert "Name a file" in result.stderr


def test_context_and_terms_write_the_files_that_the_ontology_holds(
    crossties: Crossties, content: Content
) -> None:
    assert crossties("context").stdout == (content.ontology / "context.jsonld").read_text(encoding="utf-8")
    assert crossties("terms").stdout == (content.ontology / "README.md").read_text(encoding="utf-8")
