from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crossties.errors import CrosstiesError, HostError
from crossties.settings import Settings
from crossties.store.engine import Request
from crossties.store.pool import Pool
from crossties.store.workers.launch import SOURCE
from crossties.store.workers.supervisor import ADDRESS_VARIABLE, Supervisor, supervised
from crossties.versions import Version

#: A web process that shows the workers of its pool and waits to be killed.
WEB = """
import sys, time
from pathlib import Path
from crossties.settings import Settings
from crossties.store.engine import Request
from crossties.store.pool import Pool
pool = Pool(Path(sys.argv[1]), Settings(home=Path(sys.argv[1]), workers=2, spares=0))
b"".join(pool.answer(Request("ASK {}")).body)
while pool.counts["idle"] < 2:
    time.sleep(0.01)
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    with supervised() as running:
        yield running


def ask(pool: Pool, query: str = "ASK {}") -> bytes:
    return b"".join(pool.answer(Request(query)).body)


def children(pid: int) -> set[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return {int(child) for child in text.split()}


def eventually(found: Callable[[], bool], *, seconds: float = 5.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found():
            return True
        time.sleep(0.005)
    return False


def alive(pid: int) -> bool:
    """A zombie is dead: it only waits for the machine's first process to take notice."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return False


def test_a_killed_zygote_is_started_again_and_the_pool_answers(
    supervisor: Supervisor, world_version: Version, settings: Settings
) -> None:
    pool = Pool(world_version.store, settings)
    ask(pool)
    workers, zygote = children(supervisor.pid), supervisor.pid
    os.kill(zygote, signal.SIGKILL)
    assert eventually(lambda: not any(map(alive, workers)))
    assert eventually(lambda: _answers(pool))
    assert supervisor.pid != zygote
    pool.close()


def _answers(pool: Pool) -> bool:
    try:
        return b"true" in ask(pool)
    except CrosstiesError:
        return False


def test_a_killed_web_process_takes_its_own_workers_with_it_and_no_others(
    supervisor: Supervisor, world_version: Version, settings: Settings
) -> None:
    pool = Pool(world_version.store, settings)
    ask(pool)
    assert eventually(lambda: pool.counts["idle"] == 2)
    mine = children(supervisor.pid)
    environment = {"PYTHONPATH": SOURCE, ADDRESS_VARIABLE: str(supervisor.address)}
    command = [sys.executable, "-c", WEB, str(world_version.store)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as web:  # noqa: S603
        assert web.stdout is not None
        assert web.stdout.readline() == b"ready\n"
        theirs = children(supervisor.pid) - mine
        assert len(theirs) == 2
        web.kill()
    assert eventually(lambda: not any(map(alive, theirs)))
    assert all(map(alive, mine))
    assert b"true" in ask(pool)
    pool.close()


def test_the_zygote_ends_with_its_supervisor_and_leaves_nothing(
    world_version: Version, settings: Settings
) -> None:
    with supervised() as supervisor:
        pool = Pool(world_version.store, settings)
        ask(pool)
        zygote, workers, folder = supervisor.pid, children(supervisor.pid), supervisor.address.parent
        assert folder.stat().st_mode & 0o777 == 0o700
        pool.close()
    assert not alive(zygote)
    assert eventually(lambda: not any(map(alive, workers)))
    assert not folder.exists()


def test_the_zygote_ends_when_its_supervisor_is_killed(world_version: Version) -> None:
    show = "from crossties.store.workers import supervisor\nprint(supervisor._own_supervisor().pid"
    code = WEB.replace('print("ready"', show)
    command = [sys.executable, "-c", code, str(world_version.store)]
    with subprocess.Popen(command, env={"PYTHONPATH": SOURCE}, stdout=subprocess.PIPE) as web:  # noqa: S603
        assert web.stdout is not None
        zygote = int(web.stdout.readline())
        workers = children(zygote)
        web.kill()
    assert eventually(lambda: not any(map(alive, [zygote, *workers])))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_zygote_leaves_signals_to_the_supervisor(
    number: signal.Signals, supervisor: Supervisor, world_version: Version, settings: Settings
) -> None:
    pool = Pool(world_version.store, settings)
    ask(pool)
    zygote = supervisor.pid
    os.kill(zygote, number)
    assert b"true" in ask(pool)
    assert supervisor.pid == zygote
    pool.close()


def test_workers_hold_nothing_of_the_zygote(
    supervisor: Supervisor, world_version: Version, settings: Settings
) -> None:
    pool = Pool(world_version.store, settings)
    ask(pool)
    assert eventually(lambda: pool.counts["idle"] == 2)
    for worker in children(supervisor.pid):
        held = [str(link.readlink()) for link in Path(f"/proc/{worker}/fd").iterdir()]
        assert sum(one.startswith("socket:") for one in held) == 1
        assert not any("pidfd" in one or one.startswith("pipe:") for one in held)
    pool.close()


def test_a_worker_that_the_machine_ended_while_idle_is_replaced(
    supervisor: Supervisor, world_version: Version, settings: Settings
) -> None:
    pool = Pool(world_version.store, replace(settings, spares=0))
    ask(pool)
    (worker,) = children(supervisor.pid)
    os.kill(worker, signal.SIGKILL)
    assert eventually(lambda: bool(children(supervisor.pid)) and worker not in children(supervisor.pid))
    assert b"true" in ask(pool)
    pool.close()


def test_a_store_that_is_not_there_is_told_as_such(
    supervisor: Supervisor, tmp_path: Path, settings: Settings
) -> None:
    assert alive(supervisor.pid)
    pool = Pool(tmp_path / "nowhere", settings)
    with pytest.raises(HostError, match="nowhere"):
        ask(pool)
    pool.close()


def test_a_pool_made_before_a_fork_works_in_both_processes(
    supervisor: Supervisor, world_version: Version, settings: Settings
) -> None:
    assert alive(supervisor.pid)
    pool = Pool(world_version.store, replace(settings, spares=0))
    ask(pool)
    child = os.fork()
    if child == 0:
        os._exit(0 if _answers(pool) else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert b"true" in ask(pool)
    pool.close()
