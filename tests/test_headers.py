from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crossties.errors import InputError
from crossties.headers import read_header


def test_a_header_is_split_from_its_query(write_file: Callable[[str, str | bytes], Path]) -> None:
    path = write_file(
        "a.rq", '#+ title = "On a day"\n#+\n#+ [parameters.on]\n#+ type = "day"\n# plain\nASK {}\n'
    )
    assert read_header(path) == (
        {"title": "On a day", "parameters": {"on": {"type": "day"}}},
        "# plain\nASK {}\n",
    )


@pytest.mark.parametrize("text", [b"#+ title =\nASK {}", '#+ title = "Umeå"\nASK {}'.encode("latin-1")])
def test_a_broken_header_is_told(write_file: Callable[[str, str | bytes], Path], text: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_header(write_file("a.rq", text))
    assert str(caught.value.where).endswith("a.rq")
