"""The servers that are compared: how each is had from its package, loaded with a file, started and stopped.

``python bench/peers.py`` installs all of them below ``bench/.peers`` and says which can't be had, and why.
Nothing is installed when this module is imported.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PEERS: Final = Path(__file__).parent / ".peers"
_JAVA: Final = ("java", "-Xmx6g", "-jar")
_JENA: Final = "5.6.0"
_DEBS: Final = ("virtuoso-opensource-7-bin", "virtuoso-opensource-7-common", "libpcre3")
_LIBRARIES: Final = "root/usr/lib/x86_64-linux-gnu:root/lib/x86_64-linux-gnu"
_READY_SECONDS: Final = 900.0
_VIRTUOSO: Final = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = {sql}
DirsAllowed = /
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
ThreadsPerQuery = 1
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 20
[SPARQL]
ResultSetMaxRows = 10000000
"""
_GRAPH: Final = "https://w3id.org/crossties/bench"


class UnavailableError(Exception):
    """A peer can't be had or started here; the text says why."""


@dataclass(frozen=True)
class Peer:
    """A server: the commands that install and load it, and the one that serves, with ``{…}`` to fill.

    Commands run in the data folder of the run; ``{home}`` is the folder of the peer's package, ``{file}`` the
    N-Triples file, ``{port}`` the port. ``restarts`` says that it goes on computing what nobody waits for.
    """

    name: str
    package: str
    install: tuple[tuple[str, ...], ...]
    serve: tuple[str, ...]
    path: str
    load: tuple[tuple[str, ...], ...] = ()
    after: tuple[tuple[str, ...], ...] = ()
    needs: str = ""
    restarts: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """Return the folder that the package is installed in."""
        return PEERS / self.name


@dataclass(frozen=True)
class Running:
    """A server that answers at ``url``; ``pid`` leads its processes; seconds of loading and of starting."""

    name: str
    url: str
    pid: int
    load_seconds: float
    start_seconds: float


def _python(package: str) -> tuple[tuple[str, ...], ...]:
    return (
        (sys.executable, "-m", "venv", "{home}/env"),
        ("{home}/env/bin/python", "-m", "pip", "install", "--quiet", package),
    )


PEERS_BY_NAME: Final = {
    peer.name: peer
    for peer in (
        Peer(
            name="oxigraph",
            package="oxigraph 0.5.13, PyPI",
            install=_python("oxigraph==0.5.13"),
            load=(("{home}/env/bin/oxigraph", "load", "--location", "oxigraph", "--file", "{file}"),),
            serve=(
                "{home}/env/bin/oxigraph",
                "serve-read-only",
                "--location",
                "oxigraph",
                "--bind",
                "127.0.0.1:{port}",
            ),
            path="/query",
            restarts=True,
        ),
        Peer(
            name="rdflib-endpoint",
            package="rdflib-endpoint[cli] 0.6.3, PyPI",
            install=_python("rdflib-endpoint[cli]==0.6.3"),
            serve=(
                "{home}/env/bin/rdflib-endpoint",
                "serve",
                "--host",
                "127.0.0.1",
                "--port",
                "{port}",
                "{file}",
            ),
            path="/",
            restarts=True,
        ),
        Peer(
            name="fuseki",
            package=f"jena-fuseki-server {_JENA}, Maven Central",
            install=(
                (
                    "mvn",
                    "--quiet",
                    "--batch-mode",
                    "dependency:copy",
                    f"-Dartifact=org.apache.jena:jena-fuseki-server:{_JENA}",
                    "-DoutputDirectory={home}",
                ),
            ),
            serve=(
                *_JAVA,
                f"{{home}}/jena-fuseki-server-{_JENA}.jar",
                "--quiet",
                "--localhost",
                "--file={file}",
                "--port={port}",
                "/ds",
            ),
            path="/ds/query",
            needs="java mvn",
        ),
        Peer(
            name="virtuoso",
            package="virtuoso-opensource-7-bin, Debian",
            install=(
                ("apt-get", "download", *_DEBS),
                ("sh", "-c", "for deb in *.deb; do dpkg -x $deb root; done"),
            ),
            serve=("{home}/root/usr/bin/virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"),
            after=(
                (
                    "{home}/root/usr/bin/isql-vt",
                    "127.0.0.1:{sql}",
                    "dba",
                    "dba",
                    "exec=DB.DBA.TTLP_MT(file_open('{file}'), '', '" + _GRAPH + "', 255, 2); checkpoint;",
                ),
            ),
            path=f"/sparql/?default-graph-uri={urllib.parse.quote(_GRAPH, safe='')}",
            needs="apt-get dpkg",
            environment={"LD_LIBRARY_PATH": ":".join(f"{{home}}/{part}" for part in _LIBRARIES.split(":"))},
        ),
        Peer(
            name="comunica",
            package="@comunica/query-sparql-file 4.5.0, npm",
            install=(
                ("npm", "install", "--silent", "--prefix", "{home}", "@comunica/query-sparql-file@4.5.0"),
            ),
            serve=(
                "{home}/node_modules/.bin/comunica-sparql-file-http",
                "{file}",
                "-p",
                "{port}",
                "-t",
                "600",
            ),
            path="/sparql",
            needs="node npm",
            restarts=True,
            environment={"NODE_OPTIONS": "--max-old-space-size=6144"},
        ),
    )
}


def install(peer: Peer) -> None:
    """Install the package below ``bench/.peers`` where it isn't there.

    Raises:
        UnavailableError: something that it needs is missing, or a command fails.
    """
    done = peer.home / "installed"
    if done.exists():
        return
    missing = [name for name in peer.needs.split() if shutil.which(name) is None]
    if missing:
        message = f"needs {' and '.join(missing)}"
        raise UnavailableError(message)
    peer.home.mkdir(parents=True, exist_ok=True)
    for command in peer.install:
        _call(peer, command, peer.home, {"home": str(peer.home)})
    done.touch()


@contextmanager
def started(peer: Peer, file: Path, *, port: int, folder: Path) -> Iterator[Running]:
    """Load the file and serve it for as long as this block runs.

    Raises:
        UnavailableError: it can't be had, loaded or started; the text says why.
    """
    install(peer)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    names = {"home": str(peer.home), "file": str(file), "port": str(port), "sql": str(port + 1000)}
    if peer.name == "virtuoso":
        (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(**names), encoding="utf-8")
    begun = time.monotonic()
    for command in peer.load:
        _call(peer, command, folder, names)
    loaded = time.monotonic()
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - commands of this file
            [part.format(**names) for part in peer.serve],
            cwd=folder,
            env=_environment(peer, names),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}{peer.path}"
        wait_until_ready(url, process, folder / "server.log")
        ready = time.monotonic()
        for command in peer.after:
            _call(peer, command, folder, names)
        yield Running(peer.name, url, process.pid, loaded - begun + time.monotonic() - ready, ready - loaded)
    finally:
        stop(process)


@contextmanager
def started_crossties(name: str, home: Path, data: Path, *, port: int, cached: bool) -> Iterator[Running]:
    """Serve the folder with this checkout; without ``cached``, no answer is kept."""
    settings = {"CROSSTIES_HOME": str(home)} | ({} if cached else {"CROSSTIES_CACHE_BYTES": "1"})
    command = [sys.executable, "-m", "crossties.cli.main", "serve", str(data), "--port", str(port)]
    home.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    with (home / f"{port}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - commands of this file
            command, env=os.environ | settings, stdout=log, stderr=log, start_new_session=True
        )
    try:
        url = f"http://127.0.0.1:{port}/sparql"
        wait_until_ready(url, process, home / f"{port}.log")
        yield Running(name, url, process.pid, 0.0, time.monotonic() - begun)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it has started: they are one session."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Ask ``ASK {}`` until it is answered.

    Raises:
        UnavailableError: the process has ended, or fifteen minutes have passed.
    """
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            message = f"ended at the start: {log.read_text(errors='replace')[-300:]}"
            raise UnavailableError(message)
        try:
            asked = f"{url}{'&' if '?' in url else '?'}query={urllib.parse.quote('ASK {}')}"
            request = urllib.request.Request(asked)  # noqa: S310 - our own host
            request.add_header("Accept", "application/sparql-results+json")
            with urllib.request.urlopen(request, timeout=60):  # noqa: S310
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.02)
    message = f"no answer in {_READY_SECONDS:g} s"
    raise UnavailableError(message)


def _environment(peer: Peer, names: Mapping[str, str]) -> dict[str, str]:
    own = {name: text.format(**names) for name, text in peer.environment.items()}
    return {name: text for name, text in os.environ.items() if name != "PYTHONPATH"} | own


def _call(peer: Peer, command: tuple[str, ...], folder: Path, names: Mapping[str, str]) -> None:
    arguments = [part.format(**names) for part in command]
    try:
        done = subprocess.run(  # noqa: S603 - commands of this file
            arguments,
            cwd=folder,
            env=_environment(peer, names),
            capture_output=True,
            timeout=1800,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(str(error)) from error
    if done.returncode:
        told = (done.stderr or done.stdout).decode(errors="replace")[-300:]
        message = f"{Path(arguments[0]).name} failed: {told}"
        raise UnavailableError(message)


def main() -> None:
    """Install every peer and say which can't be had."""
    for peer in PEERS_BY_NAME.values():
        try:
            install(peer)
            sys.stdout.write(f"{peer.name}: {peer.package}\n")
        except UnavailableError as error:
            sys.stdout.write(f"{peer.name}: {error}\n")


if __name__ == "__main__":
    main()
