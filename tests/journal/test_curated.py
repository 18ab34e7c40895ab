from __future__ import annotations

from pathlib import Path

import pytest
from tests.journal.conftest import judged, offer

from crossties.errors import ConflictError, InputError, NotFoundError
from crossties.journal import (
    Journal,
    add_contribution,
    find_entry,
    last_entry,
    list_conflicts,
    merge,
    read_present,
    read_texts,
    settle,
    take_in,
)
from crossties.store.build import Source

GRAPHS = "https://w3id.org/crossties/graph/places/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "data"
    path.mkdir()
    write(path, "alder", "Alder")
    write(path, "aspen", "Aspen")
    return path


def write(folder: Path, name: str, label: str) -> None:
    text = f'<https://w3id.org/crossties/id/place/{name}> <urn:name> "{label}" .\n'
    (folder / f"{name}.ttl").write_text(text, encoding="utf-8")


def sources(folder: Path) -> list[Source]:
    return [Source(path, GRAPHS + path.stem) for path in sorted(folder.glob("*.ttl"))]


def says(journal: Journal, name: str) -> str:
    (text,) = read_texts(journal, [read_present(journal)[GRAPHS + name]])
    return text.decode().split('"')[1]


def contribute(journal: Journal, name: str, label: str) -> None:
    entry = last_entry(journal)
    graph = GRAPHS + name
    found = judged(label, entry=entry.number if entry else 0, graph=graph)
    based_on = read_present(journal).get(graph)
    made = add_contribution(journal, offer(graph=graph, based_on=based_on), found)
    merge(journal, made.id, found, by="Boris")


def test_the_files_are_the_first_entry(journal: Journal, folder: Path) -> None:
    entry = take_in(journal, sources(folder))
    assert entry is not None
    assert (entry.number, entry.act) == (1, "data")
    assert says(journal, "alder") == "Alder"


def test_files_that_did_not_change_make_no_entry(journal: Journal, folder: Path) -> None:
    take_in(journal, sources(folder))
    assert take_in(journal, sources(folder)) is None


def test_only_the_files_that_say_something_else_make_an_entry(journal: Journal, folder: Path) -> None:
    take_in(journal, sources(folder))
    write(folder, "aspen", "New aspen")
    (folder / "alder.ttl").write_text("# a comment\n" + (folder / "alder.ttl").read_text("utf-8"), "utf-8")
    entry = take_in(journal, sources(folder))
    assert entry is not None
    assert [change.graph for change in find_entry(journal, entry.number)[1]] == [GRAPHS + "aspen"]
    assert take_in(journal, sources(folder)) is None


def test_a_file_that_went_takes_its_graph_along(journal: Journal, folder: Path) -> None:
    take_in(journal, sources(folder))
    (folder / "aspen.ttl").unlink()
    take_in(journal, sources(folder))
    assert list(read_present(journal)) == [GRAPHS + "alder"]


def test_what_contributions_changed_is_never_overwritten(journal: Journal, folder: Path) -> None:
    take_in(journal, sources(folder))
    contribute(journal, "alder", "Alder by hand")
    write(folder, "alder", "Alder by git")
    write(folder, "aspen", "Aspen by git")
    take_in(journal, sources(folder))
    assert (says(journal, "alder"), says(journal, "aspen")) == ("Alder by hand", "Aspen by git")
    (conflict,) = list_conflicts(journal)
    assert (conflict.graph, conflict.state) == (GRAPHS + "alder", "open")


def test_a_file_that_newly_says_what_was_accepted_here_is_no_conflict(journal: Journal, folder: Path) -> None:
    take_in(journal, sources(folder))
    contribute(journal, "alder", "Alder by hand")
    contribute(journal, "larch", "Larch")
    for name in ("alder", "larch"):
        (text,) = read_texts(journal, [read_present(journal)[GRAPHS + name]])
        (folder / f"{name}.ttl").write_bytes(text.replace(f" <{GRAPHS}{name}>".encode(), b""))
    assert take_in(journal, sources(folder)) is None
    assert list_conflicts(journal) == []
    write(folder, "alder", "Alder by git")
    assert take_in(journal, sources(folder)) is not None
    assert says(journal, "alder") == "Alder by git"


def test_a_reviewer_takes_the_file(journal: Journal, folder: Path) -> None:
    take_in(journal, sources(folder))
    contribute(journal, "alder", "Alder by hand")
    write(folder, "alder", "Alder by git")
    take_in(journal, sources(folder))
    entry = settle(journal, 1, take_file=True, by="Boris")
    assert entry is not None
    assert (entry.act, entry.by) == ("resolution", "Boris")
    assert says(journal, "alder") == "Alder by git"
    assert list_conflicts(journal) == []


def test_a_reviewer_keeps_what_is_here(journal: Journal, folder: Path) -> None:
    take_in(journal, sources(folder))
    contribute(journal, "alder", "Alder by hand")
    write(folder, "alder", "Alder by git")
    take_in(journal, sources(folder))
    assert settle(journal, 1, take_file=False, by="Boris") is None
    assert says(journal, "alder") == "Alder by hand"
    with pytest.raises(NotFoundError):
        settle(journal, 1, take_file=True, by="Boris")


def test_a_conflict_is_not_decided_on_what_has_changed_since(journal: Journal, folder: Path) -> None:
    take_in(journal, sources(folder))
    contribute(journal, "alder", "Alder by hand")
    write(folder, "alder", "Alder by git")
    take_in(journal, sources(folder))
    contribute(journal, "alder", "Alder again")
    with pytest.raises(ConflictError, match="changed since"):
        settle(journal, 1, take_file=True, by="Boris")
    assert len(list_conflicts(journal)) == 1


def test_a_newer_file_overtakes_the_conflict_of_an_older_one(journal: Journal, folder: Path) -> None:
    take_in(journal, sources(folder))
    contribute(journal, "alder", "Alder by hand")
    for label in ("Alder by git", "Alder by git again"):
        write(folder, "alder", label)
        take_in(journal, sources(folder))
    assert [one.id for one in list_conflicts(journal)] == [2]


def test_a_broken_file_leaves_the_journal_as_it_was(journal: Journal, folder: Path) -> None:
    take_in(journal, sources(folder))
    (folder / "alder.ttl").write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(InputError):
        take_in(journal, sources(folder))
    assert says(journal, "alder") == "Alder"
