from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.serving import Served, serving

pytestmark = pytest.mark.slow

PLACE = """@base <https://w3id.org/crossties/> .
@prefix ct: <https://w3id.org/crossties/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<id/place/delta> a ct:Place ; ct:kind <kind/municipality> ; skos:prefLabel "NAME"@en .
"""
LABEL = "SELECT ?n { <https://w3id.org/crossties/id/place/delta> <https://w3id.org/crossties/ns#labelEn> ?n }"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "delta.ttl"
    path.parent.mkdir()
    path.write_text(PLACE.replace("NAME", "Before"), encoding="utf-8")
    return path


@pytest.fixture
def served(file: Path, tmp_path: Path) -> Iterator[Served]:
    with serving(str(file.parent), home=tmp_path / "home") as served:
        yield served


def label(served: Served) -> str:
    answer = served.ask("GET", f"/sparql.csv?query={quote(LABEL)}")
    return answer.body.decode().split("\r\n")[1]


def version(served: Served) -> str:
    return str(json.loads(served.ask("GET", "/health").body)["version"])


def wait_for(served: Served, wanted: str) -> bool:
    deadline = time.monotonic() + 30
    while label(served) != wanted and time.monotonic() < deadline:
        time.sleep(0.1)
    return label(served) == wanted


def test_new_data_are_served_from_a_hangup_on_without_a_failed_request(served: Served, file: Path) -> None:
    ended = threading.Event()
    statuses: set[int] = set()
    asked = ("/search?q=before", "/id/place/delta.ttl", f"/sparql?query={quote(LABEL)}", "/catalog.ttl", "/")

    def ask(path: str) -> None:
        while not ended.is_set():
            statuses.add(served.ask("GET", path).status)
            time.sleep(0.01)

    first = version(served)
    etag = served.ask("GET", f"/sparql?query={quote(LABEL)}").headers["ETag"]
    askers = [threading.Thread(target=ask, args=(path,)) for path in asked]
    for asker in askers:
        asker.start()
    try:
        file.write_text(PLACE.replace("NAME", "After"), encoding="utf-8")
        served.process.send_signal(signal.SIGHUP)
        assert wait_for(served, "After")
    finally:
        ended.set()
        for asker in askers:
            asker.join()
    assert statuses <= {200, 303}
    assert version(served) > first
    assert served.ask("GET", f"/sparql?query={quote(LABEL)}").headers["ETag"] != etag
    assert b"After" in served.ask("GET", "/search?q=after").body


def test_data_that_do_not_parse_leave_the_last_version_serving(served: Served, file: Path) -> None:
    file.write_text("<urn:a>", encoding="utf-8")
    served.process.send_signal(signal.SIGHUP)
    time.sleep(1)
    assert label(served) == "Before"
    file.write_text(PLACE.replace("NAME", "After"), encoding="utf-8")
    served.process.send_signal(signal.SIGHUP)
    assert wait_for(served, "After")
