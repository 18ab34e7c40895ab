"""A worker: one disposable process that checks one upload, or several sent together, and ends."""

from __future__ import annotations

import os
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, NoReturn

from crossties.errors import CrosstiesError, HostError
from crossties.formats import N_QUADS
from crossties.intake import Upload
from crossties.quads import Quad
from crossties.quads.writing import write_quads
from crossties.resources import Content
from crossties.search.labels import Labels
from crossties.sheets.marking import mark
from crossties.sheets.names import StoredNames
from crossties.store.base import Published
from crossties.store.engine import Collected, Request, evaluate, open_store
from crossties.store.workers.closing import open_and_close, tie_to
from crossties.store.workers.frames import describe_error
from crossties.validation.checking import OverdueError, check_uploads
from crossties.validation.faces.values import pack_report
from crossties.validation.incremental import Checker
from crossties.validation.reading import is_sheet
from crossties.validation.sandboxed.pages import copy_ahead
from crossties.validation.sandboxed.parts import Message, receive_parts, send_parts
from crossties.validation.surroundings import Surroundings

#: Where memory is short the kernel should take a worker, not the web process (-1000 to 1000).
_DIE_EARLY: Final = "800"
#: The part of its time that a check has for what it looks for; the rest is for telling it.
_IN_TIME: Final = 0.6


@dataclass(frozen=True)
class Order:
    """The worker that is wanted: the version that it checks against, and what it may use."""

    version: str
    cpu_seconds: float
    memory_bytes: int
    confined: bool = True
    wall_seconds: float = 60.0


@dataclass(frozen=True)
class Prepared:
    """What the zygote has ready for every worker, and the addresses that a check writes to."""

    content: Content
    checker: Checker
    written: tuple[range, ...] = ()


def work(connection: socket.socket, order: Order, prepared: Prepared, zygote: int) -> NoReturn:
    """Get ready, check what is sent, and end."""
    try:
        tie_to(zygote, die_early=_DIE_EARLY)
        for number in (signal.SIGVTALRM, signal.SIGALRM):
            signal.signal(number, _be_overdue)
        copy_ahead(prepared.written)
        around = _open(order, prepared)
        send_parts(connection, {"ready": True})
        message, parts = receive_parts(connection)
        # The kernel ends the process when the time is over, in the midst of whatever it does
        signal.setitimer(signal.ITIMER_PROF, order.cpu_seconds)
        # A while before, the check itself ends with what it has found
        signal.setitimer(signal.ITIMER_VIRTUAL, order.cpu_seconds * _IN_TIME)
        signal.setitimer(signal.ITIMER_REAL, order.wall_seconds * _IN_TIME)
        answer, blobs = _answer(message, parts, around)
        send_parts(connection, answer, blobs)
    except CrosstiesError as error:
        _tell(connection, error)
    except OverdueError:
        os.kill(os.getpid(), signal.SIGPROF)
    except MemoryError:
        os.abort()
    except Exception as error:  # noqa: BLE001 - whatever fails in here, the asker is told and the service lives
        what = f"The check failed: {type(error).__name__}: {error}."
        _tell(connection, HostError(what, mend="Report it with the file, if you may show that."))
    finally:
        # Whatever happens, a fork must never return into the zygote's loop
        os._exit(0)


def _be_overdue(_number: int, _frame: object) -> NoReturn:
    raise OverdueError


def _open(order: Order, prepared: Prepared) -> Surroundings:
    """Open the version for reading, then close every door."""
    folder = Path(order.version)
    return open_and_close(
        folder,
        partial(_read, folder, prepared),
        memory_bytes=order.memory_bytes,
        complain=partial(_complain, order),
    )


def _read(folder: Path, prepared: Prepared) -> Surroundings:
    store = open_store(folder / "store")
    labels = Labels(folder / "labels.sqlite", held=True)

    def run(query: str) -> bytes:
        sink = Collected()
        evaluate(store, Request(query, format="json"), sink)
        return sink.body

    base = Published(store)
    names = StoredNames(labels, run)
    return Surroundings(base, prepared.checker, prepared.content, labels, names)


def _complain(order: Order, error: OSError) -> None:
    if isinstance(error, FileNotFoundError):
        message = f"The version in {order.version} isn't there."
        raise HostError(message, mend="Run “crossties build” again.") from error
    if order.confined:
        message = f"Checks can't be confined on this machine: {error.strerror}."
        mend = "Use a Linux kernel with seccomp; on loopback alone CROSSTIES_SANDBOX=off runs without."
        raise HostError(message, mend=mend) from error


def _answer(message: Message, parts: list[bytes], around: Surroundings) -> tuple[Message, list[bytes]]:
    uploads = [
        Upload(str(one["name"]), data, one["media_type"])
        for one, data in zip(message["uploads"], parts, strict=True)
    ]
    language = str(message["language"])
    checked = check_uploads(uploads, around, graph=message["graph"], language=language)
    for timer in (signal.ITIMER_VIRTUAL, signal.ITIMER_REAL):
        signal.setitimer(timer, 0)
    quads: list[Quad] = [quad for intake in checked.intakes for quad in intake.quads]
    told = {
        "report": pack_report(checked.report),
        "graphs": [intake.graph for intake in checked.intakes],
    }
    blobs = [write_quads(quads, N_QUADS)]
    if message.get("mark"):
        sheet = next((one for one in uploads if is_sheet(one)), None)
        if sheet is not None:
            found = [one for one in checked.report.results if one.file == sheet.name]
            blobs.append(mark(sheet.data, found, language=language))
    return told, blobs


def _tell(connection: socket.socket, error: CrosstiesError) -> None:
    with suppress(OSError):
        send_parts(connection, {"error": describe_error(error)})
