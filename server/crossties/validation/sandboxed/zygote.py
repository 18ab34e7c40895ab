"""The zygote of the checks: a fresh, single-threaded process with everything imported, which forks workers.

``python -m crossties.validation.sandboxed.zygote CONTROL ENGINE``: the descriptor of a SOCK_SEQPACKET
connection to the web process that started it, and the engine. It ends when that connection does, and the
kernel kills its workers with it.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import socket
import sys
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib.resources import files
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final, cast

from crossties.intake import Upload
from crossties.namespaces import BASE, CT, LANGUAGES, SKOS, XSD
from crossties.resources import Content, find_content
from crossties.search.fold import fold
from crossties.settings import EngineName
from crossties.sheets.fields import open_book
from crossties.sheets.marking import Mark, mark
from crossties.sheets.template import write_template
from crossties.store.base import hold_published
from crossties.store.workers.messages import Message, receive_message, send_message
from crossties.validation.checking import check_uploads
from crossties.validation.incremental import Checker
from crossties.validation.reading import NoNames
from crossties.validation.sandboxed.pages import find_written
from crossties.validation.sandboxed.worker import Order, Prepared, work
from crossties.validation.shapes import named_terms
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


def prepare(content: Content, engine: EngineName = "pyshacl") -> Prepared:
    """Read the shapes, and check a little text, so that whatever is imported late is there."""
    prepared = Prepared(content, Checker(content.shapes, engine))
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
    _check_story(prepared)
    mark(workbook, [Mark("violation", "x", row=2, column=1)])
    return prepared


def _check_story(prepared: Prepared) -> None:
    around = Surroundings(hold_published([]), prepared.checker, prepared.content)
    check_uploads([Upload("y.ttl", _write_story(named_terms(prepared.content.shapes)))], around)


def _write_story(terms: Collection[str]) -> bytes:
    """Return a thing of each class that the shapes name, with some of their properties in turn.

    Whatever each shape prepares when it is first asked is then there, in every worker.
    """
    own = sorted(term.removeprefix(CT) for term in terms if term.startswith(CT))
    classes = [name for name in own if name[:1].isupper()]
    properties = [name for name in own if name[:1].islower()]
    pairs = zip(cycle(properties), cycle(properties[1:]), strict=False)
    lines = (
        f'<{BASE}id/y/{name}> a <{CT}{name}> ; <{SKOS}prefLabel> "{name}"@en , "Å {name}"@sv ;'
        f' <{CT}from> "2019-05-01"^^<{XSD}date> ; <{CT}until> "2020"^^<{XSD}gYear> ;'
        f" <{CT}statedIn> <{BASE}id/y/Document/p1> ;"
        f" <{CT}{one}> <{BASE}id/y/{classes[0]}> ; <{CT}{other}> <{BASE}id/y/{classes[-1]}> ."
        for name, (one, other) in zip(classes, islice(pairs, 0, None, 2), strict=False)
    )
    return "\n".join(lines).encode()


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
    engine, folders = cast("EngineName", sys.argv[2]), [Path(folder) for folder in sys.argv[3:7]]
    prepared = prepare(Content(*folders) if folders else find_content(), engine)
    gc.collect()
    # What is free is given back, so that it is not on top of what a worker may use
    ctypes.CDLL(None).malloc_trim(0)
    gc.freeze()
    prepared = replace(prepared, written=find_written(partial(_check_story, prepared)))
    send_message(control, {"ready": True})
    Zygote(control, prepared).run()


if __name__ == "__main__":
    main()
