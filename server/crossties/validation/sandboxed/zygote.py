"""The zygote of the checks: a fresh, single-threaded process with everything imported, which forks workers.

``python -m crossties.validation.sandboxed.zygote CONTROL``: the descriptor of a SOCK_SEQPACKET connection to
the web process that started it. It ends when that connection does, and the kernel kills its workers with it.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import socket
import sys
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from crossties.intake import Upload
from crossties.namespaces import LANGUAGES
from crossties.resources import Content, find_content
from crossties.search.fold import fold
from crossties.sheets.fields import open_book
from crossties.sheets.marking import Mark, mark
from crossties.sheets.template import write_template
from crossties.store.base import hold_published
from crossties.store.workers.messages import Message, receive_message, send_message
from crossties.validation.checking import check_uploads
from crossties.validation.incremental import Checker
from crossties.validation.reading import NoNames
from crossties.validation.sandboxed.worker import Order, Prepared, work
from crossties.validation.surroundings import Surroundings, find_familiar
from crossties.wording import read_words

#: Transliteration reads its table of each block of letters when it first meets one.
_SCRIPTS: Final = 0x20000
#: Names something that isn't there, a date that is none, a term that is none, and breaks shapes and rules.
_TRIAL: Final = """
<https://w3id.org/crossties/id/place/x> a <https://w3id.org/crossties/ns#Place> ;
  <https://w3id.org/crossties/ns#kind> <https://w3id.org/crossties/kind/none> , "1.2.2019" ;
  <https://w3id.org/crossties/ns#from> "1.2.2019"^^<http://www.w3.org/2001/XMLSchema#date> ;
  <https://w3id.org/crossties/ns#nothing> 12 ;
  <http://www.w3.org/2004/02/skos/core#prefLabel> "Петро"@ru .
""".encode()


def prepare(content: Content) -> Prepared:
    """Read the shapes, and check a little text, so that whatever is imported late is there."""
    prepared = Prepared(content, Checker(content.shapes))
    for language in LANGUAGES:
        for words in sorted((files("crossties") / "words" / language).iterdir(), key=lambda one: one.name):
            read_words(words.name.removesuffix(".toml"), language)
    for block in range(0, _SCRIPTS, 0x100):
        fold(chr(block + 0xE5))
    find_familiar(content)
    open_book(content)
    around = Surroundings(hold_published([]), prepared.checker, content)
    workbook = write_template("agreements", language="sv", names=NoNames(), content=content)
    trials = [Upload(f"x.{kind}", _TRIAL) for kind in ("ttl", "jsonld", "csv")]
    for upload in (*trials, Upload("x.xlsx", workbook)):
        check_uploads([upload], around)
    mark(workbook, [Mark("violation", "x", row=2, column=1)])
    return prepared


class Zygote:
    """Forks workers and reaps them, one order after the other."""

    def __init__(self, control: socket.socket, prepared: Prepared) -> None:
        self._control = control
        self._prepared = prepared
        self._children: set[int] = set()

    def run(self) -> None:
        """Work until the web process is gone."""
        while received := self._receive():
            if received["do"] == "spawn":
                self._spawn(received["order"])
            else:
                self._end(int(received["pid"]))

    def _receive(self) -> Message | None:
        try:
            received = receive_message(self._control)
        except OSError:
            return None
        return received[0] if received else None

    def _spawn(self, told: dict[str, Any]) -> None:
        ours, theirs = socket.socketpair()
        zygote = os.getpid()
        try:
            pid = os.fork()
        except OSError as error:
            send_message(self._control, {"failed": str(error.strerror)})
            return
        if pid == 0:
            ours.close()
            self._control.close()
            os.dup2(0, 1)
            os.dup2(0, 2)
            work(theirs, Order(**told), self._prepared, zygote)
        theirs.close()
        self._children.add(pid)
        with ours:
            send_message(self._control, {"pid": pid}, (ours.fileno(),))

    def _end(self, pid: int) -> None:
        """Kill a worker, where it lives still, and say how it ended."""
        code = 0
        if pid in self._children:
            self._children.discard(pid)
            with suppress(ProcessLookupError):
                ended, status = os.waitpid(pid, os.WNOHANG)
                if not ended:
                    os.kill(pid, signal.SIGKILL)
                    _, status = os.waitpid(pid, 0)
                code = os.waitstatus_to_exitcode(status)
        send_message(self._control, {"code": code})


def main() -> None:
    """Run until the web process is gone; its signals are its own business."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    control = socket.socket(fileno=int(sys.argv[1]))
    content = Content(*(Path(folder) for folder in sys.argv[2:6])) if len(sys.argv) > 2 else find_content()  # noqa: PLR2004
    prepared = prepare(content)
    gc.collect()
    # What is free is given back, so that it is not on top of what a worker may use
    ctypes.CDLL(None).malloc_trim(0)
    gc.freeze()
    send_message(control, {"ready": True})
    Zygote(control, prepared).run()


if __name__ == "__main__":
    main()
