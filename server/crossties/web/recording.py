"""Exchanges that stand in for the client's: one takes an answer down, one gives a body again."""

from __future__ import annotations

from crossties.web.cache import LONGEST, Headers
from crossties.web.exchange import Exchange, Message


class Recorder:
    """Take down what Flask answers, up to the longest that is kept; a longer answer goes on to the client."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._start: Message | None = None
        self._passing = False
        self.pieces: list[bytes] = []
        self.whole = False

    @property
    def status(self) -> int:
        """Return the status of what was taken down."""
        return int(self._start["status"]) if self._start else 500

    @property
    def headers(self) -> Headers:
        """Return the headers, their names in lower case."""
        listed = self._start["headers"] if self._start else []
        return tuple((name.lower(), value) for name, value in listed)

    def exchange(self) -> Exchange:
        """Return the exchange to be answered."""
        recording = _Recording(self._exchange, self)
        recording.gone = self._exchange.gone
        return recording

    async def take(self, message: Message) -> None:
        """Take a message down, or pass it on once the answer has proved long."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        if not self._passing:
            self.pieces.append(message.get("body", b""))
            if sum(map(len, self.pieces)) > LONGEST and self._start:
                self._passing = True
                await self._exchange.send(self._start)
                message = {**message, "body": b"".join(self.pieces)}
            elif not message.get("more_body"):
                self.whole = True
        if self._passing:
            await self._exchange.send(message)


class _Recording(Exchange):
    def __init__(self, exchange: Exchange, recorder: Recorder) -> None:
        super().__init__(exchange.receive, exchange.send, stall_seconds=0)
        self._recorder = recorder

    async def send(self, message: Message) -> None:
        await self._recorder.take(message)


class Reread(Exchange):
    """An exchange whose body has been read already."""

    def __init__(self, exchange: Exchange, body: bytes) -> None:
        super().__init__(exchange.receive, exchange.send, stall_seconds=0)
        self.gone = exchange.gone
        self._outer = exchange
        self._body: bytes | None = body

    async def receive(self) -> Message:
        """Give the body, then what the server tells."""
        if self._body is None:
            return await self._outer.receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        await self._outer.send(message)
