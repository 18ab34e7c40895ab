"""The writer: one process that changes a scratch store and makes a snapshot of it after every change.

``python -m crossties.store.writer SOCKET FOLDER SNAPSHOT CPU_SECONDS MEMORY_BYTES``. It takes one change at
a time, a line of JSON followed by the bodies, and answers with a line of JSON. What it is killed over is
lost as a whole: its successor starts from the last snapshot that was published.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any, Final, NoReturn

import pyoxigraph as ox

from crossties import formats
from crossties.errors import CrosstiesError, InputError, NotFoundError, QuerySyntaxError, RequestError
from crossties.store.updates import check_update, is_restricted, use_graphs
from crossties.store.workers import syscalls
from crossties.store.workers.frames import describe_error
from crossties.store.workers.sandbox import forbid_system_calls

_FORMATS: Final = {
    formats.TURTLE.name: ox.RdfFormat.TURTLE,
    formats.N_TRIPLES.name: ox.RdfFormat.N_TRIPLES,
    formats.JSON_LD.name: ox.RdfFormat.JSON_LD,
    formats.RDF_XML.name: ox.RdfFormat.RDF_XML,
}
#: What a store on disk needs; network, programs and other processes stay closed to the writer.
_FILES: Final = """
    open openat creat truncate unlink unlinkat rename renameat renameat2 mkdir mkdirat rmdir link linkat
    fchmod readlink readlinkat
""".split()  # noqa: SIM905
_MANY_TRIPLE_TERMS: Final = 100
#: The engine opens as many files of a store at once; more it opens later, which confined workers may not.
_OPENED_AT_ONCE: Final = 16

Change = dict[str, Any]


def main() -> NoReturn:
    """Serve changes until the other side closes."""
    descriptor, folder, snapshot, cpu_seconds, memory_bytes = sys.argv[1:6]
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    writer = _Writer(Path(folder), int(snapshot))
    _confine(int(memory_bytes))
    with socket.socket(fileno=int(descriptor)) as connection, connection.makefile("rwb") as stream:
        stream.write(b"{}\n")
        stream.flush()
        while line := stream.readline():
            change = json.loads(line)
            bodies = [stream.read(size) for size in change["sizes"]]
            # The kernel ends the process when the time is over, in the midst of the engine's code
            signal.setitimer(signal.ITIMER_PROF, float(cpu_seconds))
            told = writer.carry_out(change, bodies)
            signal.setitimer(signal.ITIMER_PROF, 0)
            stream.write(json.dumps(told).encode() + b"\n")
            stream.flush()
    os._exit(0)


def _confine(memory_bytes: int) -> None:
    """LOAD and SERVICE are refused by their words already; this is the second lock."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    mapped = int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + memory_bytes, mapped + memory_bytes))
    for name in _FILES:
        syscalls.DENIED.pop(name, None)
    with suppress(OSError):
        forbid_system_calls()


class _Writer:
    """The store at work, and the number of its last snapshot."""

    def __init__(self, folder: Path, snapshot: int) -> None:
        self._folder = folder
        self._snapshot = snapshot
        for old in folder.glob("work-*"):
            shutil.rmtree(old, ignore_errors=True)
        self._works = count(1)
        self._work = self._next_work()
        if snapshot:
            ox.Store.read_only(str(folder / f"{snapshot:08d}")).backup(str(self._work))
        self._store = ox.Store(str(self._work))
        if not snapshot:
            self._publish()

    def carry_out(self, change: Change, bodies: list[bytes]) -> Change:
        """Do what is asked and say what became of it: an error leaves the store as it was."""
        steps: dict[str, Callable[[Change, list[bytes]], bool]] = {
            "update": self._update,
            "put": self._put,
            "post": self._post,
            "delete": self._delete,
            "patch": self._patch,
        }
        try:
            created = steps[change["do"]](change, bodies)
            self._publish()
        except CrosstiesError as error:
            return describe_error(error)
        except MemoryError:
            os.abort()
        return {"snapshot": self._snapshot, "created": created}

    def _publish(self) -> None:
        """Make the snapshot beside its place, so that it is there whole or not at all."""
        making = self._folder / "making"
        self._back_up(making)
        if len(list(making.glob("*.sst"))) > _OPENED_AT_ONCE:
            self._renew()
            self._back_up(making)
        target = self._folder / f"{self._snapshot + 1:08d}"
        shutil.rmtree(target, ignore_errors=True)
        making.rename(target)
        self._snapshot += 1

    def _back_up(self, target: Path) -> None:
        shutil.rmtree(target, ignore_errors=True)
        self._store.backup(str(target))

    def _renew(self) -> None:
        """Write the store anew, into few files: every change leaves some, and the engine never joins them."""
        old, self._work = self._work, self._next_work()
        store = ox.Store(str(self._work))
        for graph in self._store.named_graphs():
            store.add_graph(graph)
        store.bulk_extend(self._store)
        self._store = store
        shutil.rmtree(old, ignore_errors=True)

    def _next_work(self) -> Path:
        return self._folder / f"work-{os.getpid()}-{next(self._works)}"

    def _update(self, change: Change, bodies: list[bytes]) -> bool:
        text = bodies[0].decode()
        check_update(text)
        if change["default_graphs"] or change["named_graphs"]:
            text = use_graphs(text, default=change["default_graphs"], named=change["named_graphs"])
        apply_update(self._store, text, change["base"])
        return False

    def _put(self, change: Change, bodies: list[bytes]) -> bool:
        """Replace a graph (Graph Store Protocol, 5.3); one that can't be parsed replaces nothing."""
        return self._write(change, _parse(change, bodies), replace=True)

    def _post(self, change: Change, bodies: list[bytes]) -> bool:
        """Add to a graph (5.5)."""
        return self._write(change, _parse(change, bodies), replace=False)

    def _write(self, change: Change, triples: list[ox.Quad], *, replace: bool) -> bool:
        graph = _graph(change["graph"])
        created = not self._has(graph)
        if replace and not created:
            self._store.clear_graph(graph)
        if isinstance(graph, ox.NamedNode):
            self._store.add_graph(graph)
        self._store.extend([ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples])
        return created

    def _delete(self, change: Change, _: list[bytes]) -> bool:
        """Remove a graph (5.4); the default graph is there always, and becomes empty."""
        graph = self._require(change["graph"])
        self._store.remove_graph(graph)
        return False

    def _patch(self, change: Change, bodies: list[bytes]) -> bool:
        """Change a graph by an update that sees it alone, as the default graph (5.7)."""
        graph = self._require(change["graph"])
        text = bodies[0].decode()
        check_update(text)
        if not is_restricted(text):
            message = "An update by PATCH names no graph: it sees the one at its address alone."
            raise RequestError(
                message, mend="Leave GRAPH, WITH, USING and INTO out, or use the query address."
            )
        alone = ox.Store()
        quads = self._store.quads_for_pattern(None, None, None, graph)
        alone.extend([ox.Quad(one.subject, one.predicate, one.object) for one in quads])
        apply_update(alone, text, change["base"])
        self._write(change, list(alone), replace=True)
        return False

    def _require(self, name: str) -> ox.NamedNode | ox.DefaultGraph:
        graph = _graph(name)
        if not self._has(graph):
            message = f"There is no graph {name}."
            raise NotFoundError(message, mend="Make it by PUT or POST.")
        return graph

    def _has(self, graph: ox.NamedNode | ox.DefaultGraph) -> bool:
        return isinstance(graph, ox.DefaultGraph) or self._store.contains_named_graph(graph)


def _graph(name: str) -> ox.NamedNode | ox.DefaultGraph:
    try:
        return ox.NamedNode(name) if name else ox.DefaultGraph()
    except ValueError as error:
        message = f"“{name}” is no IRI."
        raise RequestError(message, mend="Name the graph by its whole IRI.") from error


def apply_update(store: ox.Store, text: str, base: str) -> None:
    """Change the store by an update; an error leaves it as it was.

    Raises:
        QuerySyntaxError: the update does not parse.
        RequestError: it can't be carried out.
    """
    try:
        store.update(text, base_iri=base or None)
    except SyntaxError as error:
        what = f"The update does not parse: {error.msg}."
        raise QuerySyntaxError(what, mend="Send exactly one SPARQL 1.1 update request.") from error
    except (ValueError, RuntimeError, OSError) as error:
        message = f"The update can't be carried out: {error}."
        raise RequestError(message, mend="Add SILENT where that may be.") from error


def _parse(change: Change, bodies: list[bytes]) -> list[ox.Quad]:
    triples: list[ox.Quad] = []
    for name, body in zip(change["formats"], bodies, strict=True):
        if body.count(b"<<") > _MANY_TRIPLE_TERMS:
            message = "The body holds too many “<<”."
            raise InputError(message, mend="Send triples without triple terms.")
        try:
            triples += ox.parse(
                body,
                _FORMATS[name],
                base_iri=change["base"] or None,
                without_named_graphs=True,
                rename_blank_nodes=True,
            )
        except (SyntaxError, ValueError) as error:
            message = f"The body is not {name}: {error}."
            raise InputError(message, mend="Send what the Content-Type says.") from error
    return triples


if __name__ == "__main__":
    main()
