from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crossties.errors import HostError, InputError
from crossties.store.build import Source
from crossties.store.engine import open_store
from crossties.versions import KEPT, Version, ensure_version, folder_sources

Write = Callable[[str, str | bytes], Path]
STATEMENT = "<urn:a> <urn:b> {} ."


@pytest.fixture
def source(write_file: Write) -> Source:
    return Source(write_file("data/places/one.ttl", STATEMENT.format(1)), "urn:g")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def versions(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "versions").iterdir())


def test_a_version_is_built_once(home: Path, source: Source) -> None:
    assert ensure_version(home, [source]) == ensure_version(home, [source])
    assert len(versions(home)) == 1


def test_a_build_tells_how_far_it_is(home: Path, source: Source) -> None:
    told: list[tuple[str, int, int]] = []
    ensure_version(home, [source], progress=lambda *step: told.append(step))
    assert told == [("reading", 1, 1)]
    ensure_version(home, [source], progress=lambda *step: told.append(step))
    assert len(told) == 1


def test_a_change_of_the_data_makes_a_new_version(home: Path, source: Source) -> None:
    first = ensure_version(home, [source])
    source.path.write_text(STATEMENT.format(2), encoding="utf-8")
    second = ensure_version(home, [source])
    assert (first.number, second.number) == (1, 2)
    assert first.store.is_dir()


def test_going_back_finds_the_version_that_was(home: Path, source: Source) -> None:
    first = ensure_version(home, [source])
    source.path.write_text(STATEMENT.format(2), encoding="utf-8")
    ensure_version(home, [source])
    source.path.write_text(STATEMENT.format(1), encoding="utf-8")
    assert ensure_version(home, [source]) == first


def test_a_version_says_what_was_counted(home: Path, source: Source) -> None:
    counts = ensure_version(home, [source]).counts()
    assert (counts.files, counts.stated) == (1, 1)


def test_a_broken_file_leaves_the_last_good_version_and_nothing_half_written(
    home: Path, source: Source
) -> None:
    good = ensure_version(home, [source])
    source.path.write_text("<urn:a> <urn:b>", encoding="utf-8")
    with pytest.raises(InputError):
        ensure_version(home, [source])
    assert versions(home) == [good.folder.name]
    assert len(open_store(good.store)) > 0


def test_a_missing_file_is_told(home: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        ensure_version(home, [Source(tmp_path / "no.ttl", "urn:g")])
    assert "no.ttl" in str(caught.value.where)
    assert not home.exists()


def test_what_a_killed_build_left_behind_does_no_harm(home: Path, source: Source) -> None:
    (home / "versions" / ".building-1").mkdir(parents=True)
    assert ensure_version(home, [source]).number == 1


@pytest.mark.parametrize("place", ["file/below", "file"])
def test_a_home_that_cannot_be_written_is_told_with_what_to_do(
    write_file: Write,
    source: Source,
    place: str,
) -> None:
    home = write_file("file", "no folder").parent / place
    with pytest.raises(HostError) as caught:
        ensure_version(home, [source])
    assert "CROSSTIES_HOME" in caught.value.mend


def test_a_built_version_is_read_from_a_home_that_cannot_be_written(home: Path, source: Source) -> None:
    built = ensure_version(home, [source])
    (home / "lock").unlink()
    (home / "lock").mkdir()  # whoever tries to build now fails
    assert ensure_version(home, [source]) == built
    source.path.write_text(STATEMENT.format(2), encoding="utf-8")
    with pytest.raises(HostError):
        ensure_version(home, [source])


def test_old_versions_are_forgotten_but_never_one_that_is_held(home: Path, source: Source) -> None:
    held = ensure_version(home, [source])
    with held.hold():
        for number in range(2, KEPT + 3):
            source.path.write_text(STATEMENT.format(number), encoding="utf-8")
            last = ensure_version(home, [source])
        assert held.store.is_dir()
        assert len(versions(home)) == KEPT + 1
        assert last.number == KEPT + 2


def test_a_graph_is_named_by_the_path_of_its_file(source: Source) -> None:
    folder = source.path.parent.parent
    assert [one.graph for one in folder_sources(folder)] == ["https://w3id.org/crossties/graph/places/one"]


def test_the_world_has_labels_and_triples(world_version: Version) -> None:
    assert world_version.counts().derived > 0
    assert world_version.labels().by_name("Alder")
