from __future__ import annotations

import sys

import pytest

from crossties.cli.progress import shown_progress


def test_a_terminal_sees_how_far_it_is_and_the_line_is_wiped(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with shown_progress() as progress:
        assert progress is not None
        progress("reading", 3, 12)
    told = capsys.readouterr().err
    assert "reading 3/12" in told
    assert told.endswith("\r\x1b[K")


def test_nobody_else_sees_anything(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress() as progress:
        assert progress is None
    assert capsys.readouterr().err == ""
