from __future__ import annotations

import hashlib
import json
import signal
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.serving import Served, serving

from crossties.instance import Instance
from crossties.resources import Content
from crossties.settings import Settings
from crossties.store.announcing import announce
from crossties.versions import ensure_version, folder_sources, vocabulary_sources
from crossties.web import create_app
from crossties.web.site import EXTENSION

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


def test_the_request_after_an_announcement_is_answered_from_what_was_announced(
    file: Path, tmp_path: Path, content: Content
) -> None:
    home = tmp_path / "home"
    versions = []
    for name in ("Before", "After"):
        file.write_text(PLACE.replace("NAME", name), encoding="utf-8")
        versions.append(ensure_version(home, [*vocabulary_sources(content), *folder_sources(file.parent)]))
    before, after = versions
    instance = Instance(Settings(home=home, workers=1), content, before)
    app = create_app(instance)
    try:
        client = app.test_client()
        for version, wanted in ((after, "After"), (before, "Before"), (after, "After")):
            announce(instance.announcements, version.folder)
            told = client.get("/sparql.csv", query_string={"query": LABEL}).text
            assert told == f"n\r\n{wanted}\r\n"
    finally:
        app.extensions[EXTENSION].close()


@pytest.mark.slow
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


@pytest.mark.slow
def test_the_files_and_the_catalogue_are_those_of_the_new_version(served: Served, file: Path) -> None:
    dump = "/dump/crossties.nq"
    before = served.ask("GET", dump)
    assert b'"Before"@en' in before.body
    file.write_text(PLACE.replace("NAME", "After"), encoding="utf-8")
    served.process.send_signal(signal.SIGHUP)
    assert wait_for(served, "After")
    after = served.ask("GET", dump)
    assert b'"After"@en' in after.body
    assert b'"Before"@en' not in after.body
    assert after.headers["ETag"] != before.headers["ETag"]
    changed = served.ask("GET", dump, headers={"If-None-Match": before.headers["ETag"]})
    assert changed.status == HTTPStatus.OK
    checksum = hashlib.sha256(after.body).hexdigest().encode()
    assert checksum in served.ask("GET", "/catalog.ttl").body
    assert checksum in served.ask("GET", "/dump/SHA256SUMS").body
    assert b"After" in served.ask("GET", "/page/id/place/delta", headers={"Accept": "text/html"}).body


def test_data_that_do_not_parse_leave_the_last_version_serving(served: Served, file: Path) -> None:
    file.write_text("<urn:a>", encoding="utf-8")
    served.process.send_signal(signal.SIGHUP)
    time.sleep(1)
    assert label(served) == "Before"
    file.write_text(PLACE.replace("NAME", "After"), encoding="utf-8")
    served.process.send_signal(signal.SIGHUP)
    assert wait_for(served, "After")
