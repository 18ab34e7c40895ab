"""The helpers of one web process: it asks them and looks into nothing itself.

They are started at the first need, started again after they died, and end with the web process.
"""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict
from io import BufferedRWPair
from pathlib import Path
from typing import Final

from crossties.contributions.judging import judge
from crossties.contributions.looks import Looked
from crossties.contributions.messages import Outcome, Sent, Wish, require_ground
from crossties.contributions.wire import Message, describe_instance, read_error, receive, send
from crossties.errors import CrosstiesError, HostError, QueryStoppedError
from crossties.instance import Instance
from crossties.intake import Upload
from crossties.journal import Entry
from crossties.journal.state import find_state
from crossties.store.workers.launch import launch
from crossties.validation.sandboxed.judges import Judgement, Judges
from crossties.versions import Version

_MODULE: Final = "crossties.contributions.worker"
_START_SECONDS: Final = 60.0
#: How long an answer is waited for, by who gives it.
_SECONDS: Final = {"secretary": 90.0, "clerk": 900.0, "analyst": 300.0}


class Office:
    """Judges and acceptances of one instance, for the threads of one web process.

    ``judges`` read and check what is sent; ``present`` tells the version that is served, which all is judged
    on where there is no journal.
    """

    def __init__(self, instance: Instance, judges: Judges, *, present: Callable[[], Version]) -> None:
        self._ground = require_ground(instance)
        self._present = present
        self._graphs = f"{instance.settings.authority}graph/"
        self._judges = judges
        self._secretary = Helper("secretary", instance)
        self._clerk = Helper("clerk", instance)
        self._analyst = Helper("analyst", instance)
        self._turn = threading.Lock()
        self._lock = threading.Lock()
        self._waiting: list[tuple[Wish, Future[Entry | None]]] = []

    def judge(self, sent: Sent) -> tuple[Outcome, int]:
        """Return the verdict on an upload, with the number of the entry that it stands on.

        Raises:
            CrosstiesError: as ``judging.judge`` and ``Judges.judge`` do.
        """
        version, number = self._stand()
        told = {name: value for name, value in vars(sent).items() if name != "data"}

        def check(upload: Upload, graph: str | None) -> Judgement:
            return self._judges.judge([upload], version=version.folder, graph=graph, language=sent.language)

        def look(_: Sent, guessed: str, quads: bytes) -> Looked:
            asked = {"do": "look", "sent": told, "guessed": guessed, "version": str(version.folder)}
            answer, (missing, text) = self._secretary.ask(asked, quads)
            return Looked(**answer["looked"], missing=missing, text=text)

        with version.hold():
            return judge(sent, graphs=self._graphs, check=check, look=look), number

    def read_graph(self, graph: str) -> tuple[str, str]:
        """Return the present text of a graph in Turtle, and its digest.

        Raises:
            NotFoundError: there is no such graph.
            RequestError: contributions don't change it.
        """
        version, _ = self._stand()
        with version.hold():
            asked = {"do": "text", "graph": graph, "version": str(version.folder)}
            answer, (text,) = self._secretary.ask(asked)
        return text.decode(), str(answer["digest"])

    def make_patch(self, sent: Sent, outcome: Outcome, *, author: str, comment: str) -> str:
        """Return the patch that an upload makes which was found to conform.

        Raises:
            CrosstiesError: as ``patches.make_patch`` does.
        """
        asked = {"do": "patch", "graph": outcome.graph, "name": sent.name, "author": author}
        _, (patch,) = self._secretary.ask(asked | {"comment": comment}, outcome.text, sent.data)
        return patch.decode()

    def carry_out(self, wish: Wish) -> Entry | None:
        """Carry a wish out; those of several threads that wait go together and share one version.

        Raises:
            CrosstiesError: why it can't be done.
        """
        future: Future[Entry | None] = Future()
        with self._lock:
            self._waiting.append((wish, future))
        with self._turn:
            with self._lock:
                waiting, self._waiting = self._waiting, []
            if waiting:
                self._carry_out(waiting)
        return future.result()

    def find_effects(self, number: int) -> None:
        """Have the answers found that a contribution would change; they are kept in the journal."""
        version, _ = self._stand()
        with version.hold():
            self._analyst.ask({"do": "effects", "number": number, "version": str(version.folder)})

    def close(self) -> None:
        """End the helpers."""
        self._secretary.close()
        self._clerk.close()
        self._analyst.close()

    def _stand(self) -> tuple[Version, int]:
        """Return what stands now; what is missing is made by the clerk, for it parses the files."""
        if not self._ground.journal.exists:
            return self._present(), 0
        found = find_state(self._ground)
        if found:
            return found
        with self._turn:
            answer, _ = self._clerk.ask({"do": "stand"})
        return Version(Path(answer["version"])), int(answer["entry"])

    def _carry_out(self, waiting: Sequence[tuple[Wish, Future[Entry | None]]]) -> None:
        try:
            answer, _ = self._clerk.ask({"do": "carry out", "wishes": [asdict(wish) for wish, _ in waiting]})
        except CrosstiesError as error:
            for _, future in waiting:
                future.set_exception(error)
            return
        for (_, future), done in zip(waiting, answer["done"], strict=True):
            if done["error"]:
                future.set_exception(read_error(done["error"]))
            else:
                future.set_result(Entry(**done["entry"]) if done["entry"] else None)


class Helper:
    """One process that is asked one thing at a time."""

    def __init__(self, role: str, instance: Instance) -> None:
        self._role = role
        self._instance = instance
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stream: BufferedRWPair | None = None

    @property
    def pid(self) -> int:
        """Return the number of the process, 0 where none runs."""
        return self._process.pid if self._process else 0

    def ask(self, message: Message, *bodies: bytes) -> tuple[Message, list[bytes]]:
        """Return the answer.

        Raises:
            CrosstiesError: the answer is an error.
            QueryStoppedError: the helper was ended.
        """
        with self._lock:
            stream = self._open()
            try:
                send(stream, message, *bodies)
                answer = receive(stream)
            except (OSError, ValueError):
                answer = None
            if answer is None:
                self._end()
                raise self._explain()
        if "error" in answer[0]:
            raise read_error(answer[0]["error"])
        return answer

    def close(self) -> None:
        """End the process, if one runs."""
        with self._lock:
            self._end()

    def _open(self) -> BufferedRWPair:
        if self._stream is not None and self._process is not None and self._process.poll() is None:
            return self._stream
        self._end()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = launch(_MODULE, str(theirs.fileno()), self._role, descriptors=(theirs.fileno(),))
        ours.settimeout(_START_SECONDS)
        with ours:
            self._stream = ours.makefile("rwb")
            try:
                send(self._stream, describe_instance(self._instance))
                ready = receive(self._stream)
            except OSError:
                ready = None
            if ready is None:
                self._end()
                message = f"The {self._role} of contributions can't be started."
                raise HostError(message, mend="What it wrote above says why.")
            ours.settimeout(_SECONDS[self._role])
        return self._stream

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._stream is not None:
            with suppress(OSError):
                self._stream.close()
            self._stream = None

    def _explain(self) -> CrosstiesError:
        message = "It was stopped in the midst of its work: it is done whole or not at all."
        return QueryStoppedError(message, mend="Look at the contribution again before you repeat it.")
