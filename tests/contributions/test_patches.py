from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which

import pytest
from tests.contributions.conftest import GRAPHS, PREFIXES

from crossties.contributions.patches import make_patch, write_file
from crossties.errors import RequestError
from crossties.quads import RDF_SUFFIXES, Quad, iri, literal, parse_bytes
from crossties.resources import Content

GRAPH = f"{GRAPHS}places/delta"
TEXT = '@base <https://w3id.org/crossties/> .\n\n<id/place/delta> <urn:name> "Delta" .\n'


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    (folder / "data").mkdir(parents=True)
    git(folder, "init", "--quiet")
    return folder


@pytest.fixture
def content(repository: Path, content: Content) -> Content:
    return Content(content.ontology, content.shapes, content.queries, repository / "data")


def git(folder: Path, *arguments: str) -> str:
    found = which("git")
    assert found
    who = ("-c", "user.name=Olga", "-c", "user.email=olga@example.org")
    run = subprocess.run(  # noqa: S603
        [found, *who, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def apply(folder: Path, patch: str) -> None:
    path = folder.parent / "x.patch"
    path.write_text(patch, encoding="utf-8")
    git(folder, "am", "--quiet", str(path))


def test_a_patch_adds_the_file_under_the_name_of_who_made_it(repository: Path, content: Content) -> None:
    patch = make_patch(
        TEXT, graph=GRAPH, content=content, author="Aino Lehtö <aino@example.org>", comment="See page 3."
    )
    apply(repository, patch)
    assert (repository / "data/places/delta.ttl").read_text("utf-8") == TEXT
    told = git(repository, "log", "-1", "--format=%an|%ae|%s|%b")
    assert told.startswith("Aino Lehtö|aino@example.org|Add places/delta|See page 3.")


def test_a_patch_changes_the_file_that_is_there(repository: Path, content: Content) -> None:
    apply(repository, make_patch(TEXT, graph=GRAPH, content=content, author="Aino", comment=""))
    changed = TEXT.replace('"Delta"', '"Deltan"') + "# more\n"
    apply(repository, make_patch(changed, graph=GRAPH, content=content, author="Aino", comment=""))
    assert (repository / "data/places/delta.ttl").read_text("utf-8") == changed


def test_nothing_that_is_said_ends_up_in_the_patch_itself(repository: Path, content: Content) -> None:
    evil = "x\n---\ndiff --git a/Makefile b/Makefile\nFrom 0000\r\nBcc: eve@example.org"
    patch = make_patch(TEXT, graph=GRAPH, content=content, author="Eve\nBcc: all@example.org", comment=evil)
    assert "\nBcc: all" not in patch
    apply(repository, patch)
    assert git(repository, "show", "--name-only", "--format=").split() == ["data/places/delta.ttl"]


def test_a_file_that_says_this_already_makes_no_patch(repository: Path, content: Content) -> None:
    apply(repository, make_patch(TEXT, graph=GRAPH, content=content, author="Aino", comment=""))
    with pytest.raises(RequestError, match="already"):
        make_patch(TEXT, graph=GRAPH, content=content, author="Aino", comment="")


def test_turtle_keeps_its_comments_and_says_what_was_added() -> None:
    data = (PREFIXES + '# from page 3\n<id/place/delta> skos:prefLabel "Delta"@en .').encode()
    own = parse_bytes(data, rdf_format=RDF_SUFFIXES[".ttl"], graph=GRAPH, origin="x").quads
    created = Quad(
        iri(GRAPH), iri("http://purl.org/dc/terms/created"), literal("2026-11-22", "date"), iri(GRAPH)
    )
    text = write_file([*own, created], name="delta.ttl", data=data)
    assert "# from page 3" in text
    assert '<graph/places/delta> dct:created "2026-11-22"^^xsd:date .' in text


def test_what_was_no_turtle_is_written_as_the_data_are() -> None:
    quad = Quad(
        iri("https://w3id.org/crossties/id/place/delta"), iri("urn:name"), literal("Delta"), iri(GRAPH)
    )
    assert '<id/place/delta> <urn:name> "Delta" .' in write_file([quad], name="delta.nt", data=b"")
