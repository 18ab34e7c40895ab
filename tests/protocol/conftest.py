from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crossties.protocol import Run
from crossties.settings import Settings
from crossties.store.pool import Pool
from crossties.versions import Version


@pytest.fixture(scope="module")
def run(world_version: Version) -> Iterator[Run]:
    """Run queries in a real worker on the test world."""
    settings = replace(Settings(home=Path()), workers=1, cpu_seconds=1.0)
    pool = Pool(world_version.store, settings)
    yield pool.answer
    pool.close()
