from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crossties.settings import Settings
from crossties.store.pool import Pool
from crossties.versions import Version


@pytest.fixture(scope="module")
def pool(world_version: Version) -> Iterator[Pool]:
    """Give a real pool on the test world."""
    pool = Pool(world_version.store, Settings(home=Path(), workers=1))
    yield pool
    pool.close()
