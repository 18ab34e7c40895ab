from __future__ import annotations

from pathlib import Path

import pytest

from crossties import resources
from crossties.errors import HostError
from crossties.resources import find_checkout, find_content


def test_the_shipped_folders_are_found() -> None:
    content = find_content()
    assert all(
        folder.is_dir() for folder in (content.ontology, content.shapes, content.queries, content.data)
    )


def test_a_checkout_is_found_by_its_project_file() -> None:
    checkout = find_checkout()
    assert checkout is not None
    assert (checkout / "pyproject.toml").is_file()


def test_a_missing_folder_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    monkeypatch.setattr(resources, "_CHECKOUT", tmp_path)
    with pytest.raises(HostError, match="ontology"):
        find_content()
