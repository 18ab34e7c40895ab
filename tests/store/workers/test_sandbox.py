from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from crossties.errors import HostError
from crossties.settings import Settings
from crossties.store.workers import sandbox
from crossties.store.workers.launch import SOURCE
from crossties.store.workers.syscalls import CLONE, CLONE3, DENIED, OWN_SIGNALS, PRLIMIT64, SECCOMP
from crossties.versions import Version

#: Runs in a process that has been made ready exactly as a worker is, and tries every door.
TRIES = """
import json, os, resource, signal, socket, subprocess, sys, threading
from pathlib import Path
from crossties.store.engine import Collected, Request, evaluate
from crossties.store.workers.worker import Order, prepare

listener = socket.socket()
store = prepare(Order(sys.argv[1], 10.0, 1 << 30))

doors = {
    "write to a file of the store": lambda: os.open(sys.argv[2], os.O_WRONLY),
    "open a file of the store to change it": lambda: os.open(sys.argv[2], os.O_RDWR),
    "append to a file of the store": lambda: os.open(sys.argv[2], os.O_RDONLY | os.O_APPEND),
    "empty a file of the store": lambda: os.open(sys.argv[2], os.O_RDONLY | os.O_TRUNC),
    "make a file in the store": lambda: os.open(sys.argv[2] + ".new", os.O_RDONLY | os.O_CREAT),
    "list the store": lambda: os.listdir(sys.argv[1]),
    "leave the store by a path": lambda: open(sys.argv[1] + "/../version.json"),
    "point at another file": lambda: os.open("/etc/passwd", os.O_PATH),
    "open another file": lambda: open("/etc/passwd"),
    "read about this process": lambda: open("/proc/self/environ"),
    "write a file": lambda: open("/tmp/crossties-must-not-be", "w"),
    "list a folder": lambda: os.listdir("/"),
    "make a folder": lambda: os.mkdir("/tmp/crossties-must-not-be"),
    "remove a file": lambda: os.unlink("/tmp/crossties-must-not-be"),
    "open a socket": lambda: socket.socket(),
    "open a datagram socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    "open a local socket": lambda: socket.socket(socket.AF_UNIX),
    "connect an old socket": lambda: listener.connect(("127.0.0.1", 9)),
    "listen": lambda: listener.listen(),
    "fork": lambda: os.fork(),
    "start a program": lambda: os.execv("/bin/true", ["true"]),
    "start a process": lambda: subprocess.run(["true"]),
    "signal the parent": lambda: os.kill(os.getppid(), 0),
    "signal everyone": lambda: os.kill(-1, 0),
    "hold another process": lambda: os.pidfd_open(os.getppid()),
    "raise its limits": lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)),
    "become someone else": lambda: os.setuid(65534),
}
left_open = []
for name, door in doors.items():
    try:
        door()
    except (OSError, ValueError):
        continue
    left_open.append(name)

thread = threading.Thread(target=lambda: None)
thread.start()
thread.join()
signal.raise_signal(signal.SIGURG)
sink = Collected()
evaluate(store, Request("SELECT (COUNT(*) AS ?n) (UUID() AS ?u) (NOW() AS ?t) { ?s ?p ?o }"), sink)
sys.stdout.write(json.dumps(left_open))
"""


def test_every_door_of_a_worker_is_closed_and_it_still_answers(world_version: Version) -> None:
    done = subprocess.run(  # noqa: S603 - our own text
        [sys.executable, "-c", TRIES, str(world_version.store), str(world_version.store / "CURRENT")],
        env={"PYTHONPATH": SOURCE},
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert json.loads(done.stdout or b'["nothing came"]') == [], done.stderr.decode()


#: Opens a file in a process that may not open any; ends with 0 where that is refused.
CLOSED = """
import sys
from crossties.store.workers.sandbox import forbid_system_calls
forbid_system_calls()
try:
    open(sys.argv[1]).close()
except PermissionError:
    sys.exit(0)
sys.exit(1)
"""


def test_without_landlock_no_file_may_be_opened_at_all(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    command = [sys.executable, "-c", CLOSED, str(tmp_path / "file")]
    assert subprocess.run(command, env={"PYTHONPATH": SOURCE}, check=False, timeout=30).returncode == 0  # noqa: S603


def test_the_sandbox_can_be_had_here() -> None:
    assert sandbox.sandbox_available()


@pytest.mark.parametrize("host", ["0.0.0.0", "", "192.0.2.1", "::"])  # noqa: S104 - asked for, never bound
def test_without_a_sandbox_no_public_address_is_served(
    host: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "sandbox_available", lambda: False)
    with pytest.raises(HostError, match="confined"):
        sandbox.choose_confinement(settings, host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_without_a_sandbox_loopback_is_served_with_a_warning(
    host: str, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sandbox, "sandbox_available", lambda: False)
    assert sandbox.choose_confinement(settings, host=host) == replace(settings, sandbox=False)
    assert "without a sandbox" in caplog.text


def test_with_a_sandbox_every_address_is_served_confined(settings: Settings) -> None:
    assert sandbox.choose_confinement(settings, host="192.0.2.1").sandbox


@pytest.mark.parametrize(
    ("header", "column"),
    [("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", 0), ("/usr/include/asm-generic/unistd.h", 1)],
)
def test_the_numbers_of_system_calls_are_those_of_the_kernel(header: str, column: int) -> None:
    if not Path(header).exists():
        pytest.skip("the kernel's headers are not installed")
    text = Path(header).read_text(encoding="utf-8")
    kernel = {name: int(number) for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)}
    ours = {
        **DENIED,
        **OWN_SIGNALS,
        "clone": CLONE,
        "clone3": CLONE3,
        "prlimit64": PRLIMIT64,
        "seccomp": SECCOMP,
    }
    for name, numbers in ours.items():
        assert kernel.get(name) == numbers[column], name


def test_an_unknown_processor_has_no_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "abacus")
    with pytest.raises(OSError, match="abacus"):
        sandbox.forbid_system_calls()
