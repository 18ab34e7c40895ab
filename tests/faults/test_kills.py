from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Kills; ``make faults`` asks for 2,000.
KILLS = int(os.environ.get("FAULTS", "50"))
_RUN = """
import sys
from pathlib import Path
from tests.faults.kills import survive
done = survive(Path(sys.argv[1]), int(sys.argv[2]))
print(done.kills, done.acknowledged, done.entries)
"""


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_and_nothing_is_half_merged_whenever_it_is_killed(
    tmp_path: Path,
) -> None:
    # In a process of its own: it forks, and no store may be open in it
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _RUN, str(tmp_path / "home"), str(KILLS)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "server")))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    kills, acknowledged, entries = (int(word) for word in run.stdout.split())
    assert kills == KILLS
    assert 0 < acknowledged <= entries
