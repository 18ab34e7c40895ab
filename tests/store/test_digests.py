from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from crossties.store.digests import Digests

LONG_AGO = (1_000_000_000, 1_000_000_000)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(b"before")
    return path


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def remember(kept: Path, path: Path, *, told: str) -> None:
    """Keep a digest for the file as it is now, as if it had been read a while ago."""
    seen = path.stat()
    state = f"[{seen.st_size}, {seen.st_mtime_ns}, {seen.st_ctime_ns}, {seen.st_ino}]"
    kept.write_text(f'{{"{path}": [{state}, "{told}"]}}', encoding="utf-8")


def test_a_file_that_is_as_it_was_is_not_read_again(file: Path, tmp_path: Path) -> None:
    remember(tmp_path / "kept", file, told="remembered")
    assert Digests(tmp_path / "kept").read(file) == "remembered"


@pytest.mark.parametrize("data", [b"behind", b"longer than before"])
def test_a_file_that_was_changed_and_dated_back_is_read_again(
    file: Path, tmp_path: Path, data: bytes
) -> None:
    os.utime(file, LONG_AGO)
    remember(tmp_path / "kept", file, told="remembered")
    file.write_bytes(data)
    os.utime(file, LONG_AGO)
    assert Digests(tmp_path / "kept").read(file) == digest(data)


def test_what_was_written_a_moment_ago_is_not_remembered(file: Path, tmp_path: Path) -> None:
    digests = Digests(tmp_path / "kept")
    assert digests.read(file) == digest(b"before")
    digests.save()
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"a": 1}', '{"a": [1, 2]}'])
def test_a_memory_that_is_broken_is_left(file: Path, tmp_path: Path, broken: str) -> None:
    (tmp_path / "kept").write_text(broken, encoding="utf-8")
    assert Digests(tmp_path / "kept").read(file) == digest(b"before")


def test_what_can_not_be_kept_does_no_harm(file: Path, tmp_path: Path) -> None:
    os.utime(file, LONG_AGO)
    digests = Digests(tmp_path / "missing" / "kept")
    assert digests.read(file) == digest(b"before")
    digests.save()
