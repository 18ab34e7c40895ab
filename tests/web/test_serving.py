"""A real server: it starts, breaks what fails in the middle, and ends with all its processes."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from crossties.errors import HostError
from crossties.instance import Instance
from crossties.store.workers import sandbox
from crossties.web import serve as serving
from crossties.web.serve import serve

if TYPE_CHECKING:
    from tests.web.conftest import Served

ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


class OldConnection(http.client.HTTPConnection):
    """A connection that speaks HTTP/1.0."""

    _http_vsn = 10
    _http_vsn_str = "HTTP/1.0"


class CarelessConnection(http.client.HTTPConnection):
    """A connection that sends addresses as they were typed."""

    def _validate_path(self, url: str) -> None:
        """Let everything pass."""

    def _encode_request(self, request: str) -> bytes:
        return request.encode()


@contextmanager
def asking(
    served: Served,
    query: str,
    *,
    kind: type[http.client.HTTPConnection] = http.client.HTTPConnection,
) -> Iterator[http.client.HTTPResponse]:
    with closing(kind("127.0.0.1", served.port, timeout=20)) as connection:
        connection.request("GET", f"/sparql?query={quote(query)}", headers={"Accept": "text/csv"})
        with connection.getresponse() as answer:
            yield answer


def test_the_start_names_the_address_and_three_questions_that_answer(server: Served) -> None:
    assert f"http://127.0.0.1:{server.port}/" in server.lines[0]
    addresses = [word for line in server.lines for word in line.split() if "/questions/" in word]
    assert len(addresses) == 3
    for address in addresses:
        with urlopen(address) as answer:  # noqa: S310 our own server
            assert answer.status == 200


def test_an_answer_that_fails_in_the_middle_breaks_the_transfer(server: Served) -> None:
    with asking(server, ENDLESS) as answer:
        assert answer.status == 200
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            read_whole(answer)


def read_whole(answer: http.client.HTTPResponse) -> None:
    while answer.read(1 << 20):
        pass


def test_a_whole_answer_ends_well(server: Served) -> None:
    with asking(server, "SELECT * { ?s ?p ?o }") as answer:
        assert answer.read().count(b"\r\n") > 1000


def test_a_body_without_a_length_is_read(server: Served) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as connection:
        connection.request("POST", "/sparql", iter([b"ASK", b" {}"]), headers, encode_chunked=True)
        with connection.getresponse() as answer:
            assert b"true" in answer.read()


def test_bare_letters_in_an_address_are_understood(server: Served) -> None:
    with closing(CarelessConnection("127.0.0.1", server.port, timeout=20)) as connection:
        connection.request("GET", "/search?q=ольха&format=json")
        with connection.getresponse() as answer:
            assert b"id/place/alder" in answer.read()


def test_a_client_of_http_1_0_gets_a_length_and_never_half_an_answer(server: Served) -> None:
    with asking(server, "SELECT * { ?s ?p ?o } LIMIT 100", kind=OldConnection) as whole:
        assert int(whole.headers["Content-Length"]) == len(whole.read())
    with asking(server, ENDLESS, kind=OldConnection) as failed:
        assert failed.status >= 500


def test_clients_that_leave_free_their_workers(server: Served) -> None:
    for _ in range(4):
        with asking(server, ENDLESS) as answer:
            answer.read(1000)
    started = time.monotonic()
    with asking(server, "ASK {}") as answer:
        assert b"true" in answer.read()
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_end_takes_all_processes_along(
    start_server: Callable[[], Served], number: signal.Signals
) -> None:
    process = start_server().process
    below = descendants(process.pid)
    assert [pid for pid in below if "crossties.store.workers" in command_of(pid)]
    process.send_signal(number)
    code = process.wait(timeout=20)
    assert process.stdout is not None
    process.stdout.close()
    assert code == (-signal.SIGKILL if number is signal.SIGKILL else 0)
    deadline = time.monotonic() + 5
    while any(command_of(pid) for pid in below) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in below if command_of(pid)] == []


def test_a_port_in_use_is_told_with_what_to_do(server: Served, world_instance: Instance) -> None:
    with pytest.raises(HostError) as caught:
        serve(world_instance, host="127.0.0.1", port=server.port)
    assert f"--port {server.port + 1}" in caught.value.mend


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 - asked for, never bound
def test_where_workers_can_not_be_confined_no_public_address_is_served(
    host: str, world_instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "sandbox_available", lambda: False)
    monkeypatch.setattr(serving, "_require_free", lambda *_: None)
    with pytest.raises(HostError, match="confined"):
        serve(world_instance, host=host, port=8000)


def test_the_zygote_survives_a_web_process_that_dies(start_server: Callable[[], Served]) -> None:
    served = start_server()
    zygote, web = zygote_of(served), web_of(served)
    assert web
    os.kill(web, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while web_of(served) in {0, web} and time.monotonic() < deadline:
        time.sleep(0.05)
    with asking_at_last(served, deadline) as answer:
        assert b"true" in answer.read()
    assert zygote_of(served) == zygote
    end(served)


def zygote_of(served: Served) -> int:
    below = descendants(served.process.pid)
    return next(pid for pid in below if parent_is(pid, served) and "workers.zygote" in command_of(pid))


def web_of(served: Served) -> int:
    below = descendants(served.process.pid)
    found = [pid for pid in below if parent_is(pid, served) and is_web(command_of(pid))]
    return found[0] if found else 0


def is_web(command: str) -> bool:
    """Tell a web process, forked or started anew, from what else is started beside it."""
    return bool(command) and "workers.zygote" not in command and "resource_tracker" not in command


def parent_is(pid: int, served: Served) -> bool:
    return parent_of(Path(f"/proc/{pid}")) == served.process.pid


@contextmanager
def asking_at_last(served: Served, deadline: float) -> Iterator[http.client.HTTPResponse]:
    """Ask again until the new process listens."""
    while time.monotonic() < deadline:
        try:
            with asking(served, "ASK {}") as answer:
                yield answer
                return
        except OSError:
            time.sleep(0.1)


def end(served: Served) -> None:
    served.process.terminate()
    served.process.wait(timeout=20)
    assert served.process.stdout is not None
    served.process.stdout.close()


def test_serving_imports_neither_rdflib_nor_pyshacl() -> None:
    code = "import sys, crossties.web.serve; sys.exit(bool({'rdflib', 'pyshacl'} & set(sys.modules)))"
    path = ":".join(sys.path)
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": path}, check=False).returncode == 0  # noqa: S603


def descendants(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            children.setdefault(parent_of(entry), []).append(int(entry.name))
    found, queue = [], [pid]
    while queue:
        below = children.get(queue.pop(), [])
        found += below
        queue += below
    return found


def parent_of(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
