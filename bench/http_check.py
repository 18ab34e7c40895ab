"""Time ``POST /validate`` against the same check in process: ``python bench/http_check.py FOLDER``.

FOLDER is a graph that ``bench/generate.py`` wrote. It is served in a home of its own; contributions of some
fifty triples are sent, each on a connection of its own: without waiting, and with pauses, as people do. The
CPU is that of all processes of the server.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from machine import describe_machine, read_cpu
from peers import Running, started_crossties

from crossties.contributions.validating import surround
from crossties.instance import open_instance
from crossties.intake import Upload
from crossties.resources import find_content
from crossties.settings import Settings
from crossties.store.base import open_published
from crossties.validation.checking import check_uploads
from crossties.validation.surroundings import Surroundings
from validation import write_offers

_PORT: Final = 8_771
_PAUSE: Final = 0.5


def main() -> None:
    """Measure, and print the results as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--contributions", type=int, default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        told = measure(given.folder.resolve(), Path(home), count=given.contributions)
    sys.stdout.write(json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def measure(folder: Path, home: Path, *, count: int) -> dict[str, Any]:
    """Return milliseconds of the clock and of CPU for a check in process and over HTTP."""
    version = open_instance(Settings(home=home), files=[folder]).version
    published = open_published(version.store)
    uploads = [Upload("x.ttl", text.encode()) for _, text in write_offers(published, count)]
    around = surround(published, version, find_content())
    told: dict[str, Any] = {
        "machine": describe_machine(),
        "stated": version.counts().stated,
        "contributions": count,
    }
    with started_crossties("crossties", home, folder, port=_PORT, cached=True) as served:
        started = time.perf_counter()
        _ask(uploads[0])
        told["first, ms"] = round((time.perf_counter() - started) * 1000)
        check_uploads(uploads[:1], around)
        told["one after the other"] = _measure_stream(served, uploads)
        told["by turns"] = _measure_turns(uploads, around)
    return told


def _measure_stream(served: Running, uploads: Sequence[Upload]) -> dict[str, Any]:
    before = read_cpu(served.pid)
    clocks = [_time(_ask, one)[0] for one in uploads]
    time.sleep(_PAUSE)
    cpu = (read_cpu(served.pid) - before) * 1000 / len(uploads)
    return {"clock ms": _summarise(clocks), "CPU ms of the server": round(cpu, 1)}


def _measure_turns(uploads: Sequence[Upload], around: Surroundings) -> dict[str, Any]:
    """Check each over HTTP and here, with pauses: what else the machine does hits both."""
    pairs = [
        (_time(_ask, one, _PAUSE), _time(lambda one: check_uploads([one], around), one, _PAUSE))
        for one in uploads
    ]
    return {
        "over HTTP, clock ms": _summarise([there[0] for there, _ in pairs]),
        "in process, clock ms": _summarise([here[0] for _, here in pairs]),
        "in process, CPU ms": _summarise([here[1] for _, here in pairs]),
        "more over HTTP, clock ms": _summarise([there[0] - here[0] for there, here in pairs]),
    }


def _time(check: Callable[[Upload], object], upload: Upload, pause: float = 0.0) -> tuple[float, float]:
    """Return the milliseconds of the clock and of this process."""
    time.sleep(pause)
    clock, cpu = time.perf_counter(), time.process_time()
    check(upload)
    return (time.perf_counter() - clock) * 1000, (time.process_time() - cpu) * 1000


def _ask(upload: Upload) -> bool:
    """Return the verdict of the server."""
    connection = http.client.HTTPConnection("127.0.0.1", _PORT, timeout=120)
    headers = {"Content-Type": "text/turtle", "Accept": "application/json"}
    connection.request("POST", f"/validate?name={upload.name}", upload.data, headers)
    told = json.loads(connection.getresponse().read())
    connection.close()
    return bool(told["conforms"])


def _summarise(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    told = {"least": ordered[0], "median": statistics.median(ordered), "most": ordered[-1]}
    return {name: round(value, 1) for name, value in told.items()}


if __name__ == "__main__":
    main()
