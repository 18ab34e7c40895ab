from __future__ import annotations

from pathlib import Path

import pytest
from tests.faults.loading import measure

#: ``make load`` accepts 1,000.
COUNT = 24


@pytest.mark.slow
def test_every_acceptance_under_load_is_visible_to_the_query_after_its_acknowledgement(
    tmp_path: Path,
) -> None:
    done = measure(tmp_path / "home", COUNT, senders=6)
    assert (done.accepted, done.unseen, done.failed_queries) == (COUNT, 0, 0)
