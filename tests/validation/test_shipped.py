"""What a file is checked against on the command line is built once and kept for the next time."""

from __future__ import annotations

from pathlib import Path

from crossties.resources import Content
from crossties.validation.check import check_paths
from crossties.validation.shipped import surround_shipped


def _built(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "checks" / "versions").iterdir())


def test_checking_the_same_file_again_builds_nothing(little: Content, tmp_path: Path) -> None:
    path, home = little.data / "funding" / "ferry-centre-2019.ttl", tmp_path / "home"
    assert check_paths([path], content=little, home=home).report.conforms
    first = _built(home)
    path.write_text(path.read_text(encoding="utf-8").replace('"EUR"', '"euro"'), encoding="utf-8")
    assert not check_paths([path], content=little, home=home).report.conforms
    assert len(first) == 1
    assert _built(home) == first


def test_a_change_of_another_file_is_noticed(little: Content, tmp_path: Path) -> None:
    path, home = little.data / "funding" / "ferry-centre-2019.ttl", tmp_path / "home"
    check_paths([path], content=little, home=home)
    (little.data / "organisations" / "bodies.ttl").unlink()
    assert not check_paths([path], content=little, home=home).report.conforms
    assert len(_built(home)) == 2


def test_without_a_home_nothing_is_kept(little: Content, tmp_path: Path) -> None:
    path = little.data / "funding" / "ferry-centre-2019.ttl"
    before = set(tmp_path.iterdir())
    assert check_paths([path], content=little).report.conforms
    assert set(tmp_path.iterdir()) == before


def test_the_graph_around_a_file_has_its_earlier_state_and_apart_from_it_not(little: Content) -> None:
    graph = "https://w3id.org/crossties/graph/funding/ferry-centre-2019"
    with surround_shipped({graph}, little, home=None) as around:
        earlier = set(around.base.quads_of(graph))
        assert earlier
        assert around.apart is not None
        assert not set(around.apart.quads_of(graph))
        assert set(around.base.quads()) - set(around.apart.quads()) == earlier
