from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

Crossties = Callable[..., Result]
Write = Callable[[str, str | bytes], Path]


def test_a_port_in_use_is_told_with_what_to_do(crossties: Crossties) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        result = crossties("serve", "--port", port)
    assert result.exit_code == 4
    assert str(port) in result.stderr
    assert "--port" in result.stderr


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_is_none_is_a_usage_error(crossties: Crossties, port: str) -> None:
    assert crossties("serve", "--port", port).exit_code == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("empty.ttl", ""),
        ("broken.ttl", "<urn:a>"),
        ("latin.ttl", b'<urn:a> <urn:b> "\xe5" .'),
        ("x.doc", "x"),
    ],
)
def test_a_bad_file_is_told_before_anything_is_served(
    crossties: Crossties,
    write_file: Write,
    tmp_path: Path,
    name: str,
    text: str | bytes,
) -> None:
    result = crossties("serve", write_file(name, text), home=tmp_path / "home")
    assert result.exit_code == 3
    assert name in result.stderr
    assert not list((tmp_path / "home").glob("files/versions/[0-9.]*"))


def test_a_missing_file_or_folder_is_told(crossties: Crossties, tmp_path: Path) -> None:
    for name in ("missing.ttl", "missing"):
        result = crossties("serve", tmp_path / name)
        assert result.exit_code == 3
        assert name in result.stderr


def test_a_folder_without_turtle_is_told(crossties: Crossties, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    result = crossties("serve", tmp_path / "nothing")
    assert (result.exit_code, "no Turtle" in result.stderr) == (3, True)
