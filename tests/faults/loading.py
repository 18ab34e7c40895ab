"""Accept contributions under load: each is asked for right after its acknowledgement.

``python -m tests.faults.loading [COUNT] [--senders N]`` starts ``crossties serve`` on the test world in a
home of its own, sends COUNT contributions from several senders at once, accepts them, and counts those that
the next query does not see. Meanwhile others ask all the time.
"""

from __future__ import annotations

import argparse
import http.client
import json
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import quote

from tests.conftest import WORLD
from tests.contributions.conftest import place
from tests.serving import Served, serving

from crossties.instance import open_instance
from crossties.journal import add_token
from crossties.settings import Settings


@dataclass(frozen=True)
class Measured:
    """How many were accepted, how many of them the next query didn't see, and the seconds of each step."""

    accepted: int
    unseen: int
    failed_queries: int
    seconds: float
    sent: float
    acknowledged: float


def measure(home: Path, count: int, *, senders: int = 8) -> Measured:
    """Accept ``count`` contributions over HTTP; times are medians."""
    instance = open_instance(Settings(home=home), files=[WORLD])
    assert instance.ground is not None
    journal = instance.ground.journal
    aino = add_token(journal, holder="Aino", scope="contributor")
    boris = add_token(journal, holder="Boris", scope="reviewer")
    environment = {"CROSSTIES_UPLOADS_PER_MINUTE": "1000000", "CROSSTIES_QUEUE_SECONDS": "60"}
    with serving(str(WORLD), home=home, environment=environment) as served, _asking(served) as failed:
        started = time.perf_counter()
        with ThreadPoolExecutor(senders) as pool:
            told = list(pool.map(lambda number: _one(served, number, aino, boris), range(count)))
        seconds = time.perf_counter() - started
    return Measured(
        accepted=sum(one.accepted for one in told),
        unseen=sum(not one.seen for one in told if one.accepted),
        failed_queries=failed[0],
        seconds=seconds,
        sent=median(one.sent for one in told),
        acknowledged=median(one.acknowledged for one in told),
    )


@dataclass(frozen=True)
class _Told:
    accepted: bool
    seen: bool
    sent: float
    acknowledged: float


def _one(served: Served, number: int, aino: str, boris: str) -> _Told:
    slug = f"town-{number}"
    started = time.perf_counter()
    sent = _post(served, f"/contributions/?name={slug}.ttl", aino, place(slug).encode(), "text/turtle")
    checked = time.perf_counter()
    done = _post(served, f"/contributions/{sent['id']}/accept", boris, b"{}", "application/json")
    acknowledged = time.perf_counter()
    base = "https://w3id.org/crossties/"
    query = f"ASK {{ <{base}id/place/{slug}> <{base}ns#labelEn> ?label }}"
    answer = served.ask("GET", f"/sparql.json?query={quote(query)}", timeout=120)
    seen = answer.status == http.client.OK and json.loads(answer.body)["boolean"]
    return _Told(done.get("state") == "accepted", seen, checked - started, acknowledged - checked)


def _post(served: Served, target: str, token: str, body: bytes, kind: str) -> dict[str, object]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": kind}
    for _ in range(20):
        answer = served.ask("POST", target, headers=headers, body=body, timeout=900)
        told: dict[str, object] = json.loads(answer.body)
        if answer.status != http.client.SERVICE_UNAVAILABLE:
            return told
        time.sleep(0.5)
    return told


@contextmanager
def _asking(served: Served) -> Iterator[list[int]]:
    """Ask all the time; count the answers that failed."""
    ended, failed = threading.Event(), [0]

    def ask() -> None:
        while not ended.is_set():
            for path in ("/search?q=town", "/sparql?query=ASK%20%7B%7D", "/id/place/alder.ttl"):
                failed[0] += served.ask("GET", path, timeout=120).status not in {200, 303}
            ended.wait(0.05)

    asker = threading.Thread(target=ask)
    asker.start()
    try:
        yield failed
    finally:
        ended.set()
        asker.join()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1_000)
    parser.add_argument("--senders", type=int, default=8)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done = measure(Path(folder), given.count, senders=given.senders)
    sys.stdout.write(json.dumps(vars(done), indent=1) + "\n")
    sys.exit(done.unseen > 0 or done.accepted < given.count)


if __name__ == "__main__":
    main()
