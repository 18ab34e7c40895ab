"""A small HTTP/1.1 client that keeps many connections busy with GET requests and notes each latency."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from urllib.parse import quote, urlsplit

_HEADERS = "Accept: application/sparql-results+json\r\nConnection: keep-alive\r\n\r\n"


@dataclass(frozen=True)
class Load:
    """What a load gave: whole answers with status 200, others, seconds, and latencies in milliseconds."""

    answered: int
    failed: int
    seconds: float
    latencies: tuple[float, ...]

    @property
    def per_second(self) -> float:
        """Return the answers in a second."""
        return self.answered / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Return the latency that this share of answers kept below."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def press(url: str, queries: Sequence[str], *, connections: int, seconds: float) -> Load:
    """Ask these queries in turn, each connection one after the other, for so long."""
    parts = urlsplit(url)
    host = f"{parts.hostname}:{parts.port}"
    path = f"{parts.path}?{parts.query}&" if parts.query else f"{parts.path}?"
    requests = [
        f"GET {path}query={quote(one)} HTTP/1.1\r\nHost: {host}\r\n{_HEADERS}".encode() for one in queries
    ]
    return asyncio.run(_press(str(parts.hostname), parts.port or 80, requests, connections, seconds))


async def _press(host: str, port: int, requests: list[bytes], connections: int, seconds: float) -> Load:
    tally: list[tuple[bool, float]] = []
    started = time.perf_counter()
    deadline = started + seconds
    step = max(1, len(requests) // connections)
    asking = [
        _ask(host, port, islice(cycle(requests), number * step, None), deadline, tally)
        for number in range(connections)
    ]
    await asyncio.gather(*asking)
    took = time.perf_counter() - started
    good = tuple(latency for fine, latency in tally if fine)
    return Load(len(good), len(tally) - len(good), took, good)


async def _ask(
    host: str, port: int, requests: Iterator[bytes], deadline: float, tally: list[tuple[bool, float]]
) -> None:
    while time.perf_counter() < deadline:
        try:
            reader, writer = await asyncio.open_connection(host, port, limit=1 << 22)
        except OSError:
            tally.append((False, 0.0))
            await asyncio.sleep(0.05)
            continue
        try:
            for request in requests:
                started = time.perf_counter()
                if started > deadline:
                    return
                writer.write(request)
                fine, keeps = await asyncio.wait_for(_read(reader), 30)
                tally.append((fine, (time.perf_counter() - started) * 1e3))
                if not keeps:
                    break
        except (OSError, EOFError, TimeoutError, ValueError):
            tally.append((False, 0.0))
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> tuple[bool, bool]:
    """Read a whole answer; return whether it is good and whether the connection is kept."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    fine, keeps = head[9:12] == b"200", b"connection: close" not in head
    if b"transfer-encoding: chunked" in head:
        while size := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    elif b"content-length:" in head:
        await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
    else:
        await reader.read()
        keeps = False
    return fine, keeps
