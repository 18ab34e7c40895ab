from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crossties.errors import InputError
from crossties.instance import Instance, open_instance
from crossties.settings import Settings
from crossties.store.engine import Collected, Request, evaluate, open_store

Write = Callable[[str, str | bytes], Path]
OURS = """@base <https://w3id.org/crossties/> . @prefix ct: <https://w3id.org/crossties/ns#> .
<id/place/here> a ct:Place ; <http://www.w3.org/2004/02/skos/core#prefLabel> "Here"@en ."""


def places(instance: Instance) -> list[str]:
    query = "SELECT ?s { ?s a <https://w3id.org/crossties/ns#Place> } ORDER BY ?s"
    sink = Collected()
    evaluate(open_store(instance.version.store), Request(query, format="csv"), sink)
    return sink.body.decode().split()[1:]


def test_a_file_of_one_s_own_is_served_with_the_vocabulary_and_without_our_data(
    settings: Settings,
    write_file: Write,
) -> None:
    instance = open_instance(settings, files=[write_file("mine.ttl", OURS)])
    assert places(instance) == ["https://w3id.org/crossties/id/place/here"]
    assert instance.version.labels().by_name("culture")


def test_an_empty_instance_holds_the_vocabulary_alone(settings: Settings) -> None:
    assert places(open_instance(settings, empty=True)) == []


def test_a_folder_stands_for_the_turtle_files_below_it(settings: Settings, write_file: Write) -> None:
    folder = write_file("mine/places/here.ttl", OURS).parent.parent
    assert len(places(open_instance(settings, files=[folder]))) == 1


def test_a_folder_without_turtle_is_told(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(InputError, match="no Turtle"):
        open_instance(settings, files=[tmp_path / "nothing"])


def test_a_file_of_one_s_own_never_replaces_the_versions_of_our_data(
    settings: Settings, write_file: Write
) -> None:
    open_instance(settings, files=[write_file("mine.ttl", OURS)])
    assert not (settings.home / "versions").exists()
