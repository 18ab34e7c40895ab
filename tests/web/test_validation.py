from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

import crossties
from crossties.errors import CheckStoppedError
from crossties.instance import Instance
from crossties.intake import Upload
from crossties.store.base import Published
from crossties.store.engine import open_store
from crossties.validation.checking import check_uploads
from crossties.validation.faces import FACES
from crossties.validation.incremental import Checker
from crossties.validation.report import Result
from crossties.validation.sandboxed.judges import Judges
from crossties.validation.surroundings import Surroundings
from crossties.web import create_app
from crossties.web.site import EXTENSION

HEAD = """@base <https://w3id.org/crossties/> .
@prefix ct: <https://w3id.org/crossties/ns#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GOOD = (
    HEAD
    + """<graph/funding/new> dct:created "2026-11-22"^^xsd:date .
<id/funding/new> a ct:Funding ; ct:kind <kind/grant> ;
    ct:funder <id/organisation/town-of-alder> ; ct:recipient <id/organisation/ferry-centre> ;
    ct:amount "500"^^xsd:decimal ; ct:currency "EUR" ;
    ct:from "2021"^^xsd:gYear ; ct:until "2021"^^xsd:gYear ;
    ct:statedIn <id/document/ferry-news-2019/p1> .
"""
)
BAD = GOOD.replace('"EUR"', '"euro"').replace("town-of-alder", "town-of-aldre")


@pytest.fixture(scope="module")
def app(world_instance: Instance) -> Iterator[Flask]:
    app = create_app(world_instance)
    yield app
    app.extensions[EXTENSION].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def judges(world_instance: Instance) -> Iterator[Judges]:
    judges = Judges(world_instance.settings, world_instance.content)
    yield judges
    judges.close()


def read(answer: TestResponse) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.data)
    return found


def post(client: FlaskClient, text: str, accept: str = "application/json", **query: str) -> TestResponse:
    asked = {"name": "new.ttl", **query}
    headers = {"Content-Type": "text/turtle", "Accept": accept}
    return client.post("/validate", query_string=asked, data=text.encode(), headers=headers)


def test_a_good_file_conforms(client: FlaskClient) -> None:
    answer = post(client, GOOD)
    assert (answer.status_code, read(answer)["conforms"], read(answer)["results"]) == (200, True, [])


def test_a_bad_file_is_answered_with_every_result_at_its_place(client: FlaskClient) -> None:
    answer = post(client, BAD)
    assert answer.status_code == 200
    assert read(answer)["conforms"] is False
    found = {one["value"]: (one["file"], one["line"]) for one in read(answer)["results"]}
    assert found["euro"] == ("new.ttl", 9)
    assert found["https://w3id.org/crossties/id/organisation/town-of-aldre"] == ("new.ttl", 8)


def test_who_wants_an_error_gets_one(client: FlaskClient) -> None:
    assert post(client, BAD, strict="1").status_code == 422
    assert post(client, GOOD, strict="1").status_code == 200


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", "application/json"),
        ("text/html", "text/html; charset=utf-8"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/sarif+json", "application/sarif+json"),
        ("application/xml", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/plain", "text/plain; charset=utf-8"),
    ],
)
def test_the_answer_is_the_face_that_is_accepted(client: FlaskClient, accept: str, content_type: str) -> None:
    answer = post(client, BAD, accept)
    assert answer.content_type == content_type
    assert "Accept" in answer.headers["Vary"]


def test_a_face_can_be_named(client: FlaskClient) -> None:
    answer = post(client, BAD, "text/html", format="sarif")
    assert json.loads(answer.data)["version"] == "2.1.0"
    assert post(client, BAD, format="pdf").status_code == 406


def test_all_faces_tell_the_same(client: FlaskClient) -> None:
    count = len(read(post(client, BAD))["results"])
    assert len(json.loads(post(client, BAD, format="sarif").data)["runs"][0]["results"]) == count
    assert len(list(csv.DictReader(io.StringIO(post(client, BAD, format="csv").text)))) == count
    assert len(list(fromstring(post(client, BAD, format="junit").data).iter("testcase"))) == count
    assert post(client, BAD, format="turtle").text.count("lineNumber") == count


def test_messages_speak_the_language_that_is_accepted_or_named(client: FlaskClient) -> None:
    headers = {"Content-Type": "text/turtle", "Accept-Language": "de, fi;q=0.8, en;q=0.5"}
    answer = client.post("/validate?name=a.ttl", data=BAD.encode(), headers=headers)
    assert answer.headers["Content-Language"] == "fi"
    assert any("ei tiedetä" in one["message"] for one in read(answer)["results"])
    assert post(client, BAD, lang="sv").headers["Content-Language"] == "sv"
    assert post(client, BAD, lang="xx").status_code == 400


def test_the_form_is_there_in_the_language_without_scripts(client: FlaskClient) -> None:
    page = client.get("/validate", headers={"Accept-Language": "sv"})
    assert page.status_code == 200
    assert "Kontrollera en fil" in page.text
    assert "<script" not in page.text
    for name in ("file", "text", "type", "graph", "lang"):
        assert f'for="{name}"' in page.text


def test_a_pasted_text_is_answered_with_a_page_that_shows_the_lines(client: FlaskClient) -> None:
    answer = client.post(
        "/validate", data={"text": BAD, "type": "ttl", "lang": "en", "graph": "", "format": "html"}
    )
    assert answer.status_code == 200
    assert "Something is to be mended" in answer.text
    assert "ct:currency &#34;euro&#34;" in answer.text
    assert 'class="here"' in answer.text
    assert "/shapes#FundingShape-currency" in answer.text


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": " "}, "file"),
        ({"text": "x", "graph": "no graph"}, "graph"),
        ({"text": "x", "graph": "https://example.org/x"}, "graph"),
    ],
)
def test_a_form_that_can_t_be_read_comes_back_with_its_error_tied_to_the_field(
    client: FlaskClient, sent: dict[str, str], field: str
) -> None:
    answer = client.post("/validate", data={**sent, "lang": "fi", "format": "html"})
    assert answer.status_code == 400
    assert re.search(
        rf'id="{field}"[^>]*aria-describedby="error {field}-help" aria-invalid="true"', answer.text
    )
    assert 'role="alert" id="error"' in answer.text
    assert sent["text"] in answer.text
    assert client.post("/validate", data=sent).content_type == "application/problem+json"


def test_several_files_are_checked_together(client: FlaskClient) -> None:
    organisation = (
        HEAD
        + """<graph/organisations/new> dct:created "2026-11-22"^^xsd:date .
    <id/organisation/town-of-aldre> a ct:Organisation ; ct:kind <kind/municipality-body> ;
        ct:governs <id/place/alder> ; ct:statedIn <id/document/ferry-news-2019/p1> ;
        skos:prefLabel "Aldre"@en , "Aldren kaupunki"@fi ."""
    )
    files = [(io.BytesIO(BAD.encode()), "a.ttl"), (io.BytesIO(organisation.encode()), "b.ttl")]
    told = read(client.post("/validate", data={"file": files}, headers={"Accept": "application/json"}))
    assert told["files"] == ["a.ttl", "b.ttl"]
    assert not [one for one in told["results"] if one["source"] == "reference"]


def test_a_new_state_of_a_graph_tells_what_it_introduces_and_what_it_mends(client: FlaskClient) -> None:
    graph = "graph/funding/ferry-centre-2019"
    path = Path(__file__).parents[1] / "world" / "funding" / "ferry-centre-2019.ttl"
    text = path.read_text(encoding="utf-8").replace('ct:currency "EUR"', 'ct:currency "euro"', 1)
    told = read(post(client, text, graph=graph))
    standing = {one["standing"] for one in told["results"] if one["severity"] == "violation"}
    assert standing == {"introduced"}
    assert read(post(client, path.read_text(encoding="utf-8"), graph=graph))["conforms"] is True
    assert post(client, GOOD, graph="https://example.org/graph").status_code == 400


def test_a_workbook_comes_back_with_its_cells_marked(client: FlaskClient) -> None:
    table = "Slug;Namn på svenska;Part\nx1;Avtal A;Umea\n".encode()
    headers = {"Content-Type": "text/csv"}
    answer = client.post("/validate?name=avtal.csv&format=xlsx&lang=sv", data=table, headers=headers)
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(answer.data))
    assert any(cell.comment for sheet in book for row in sheet.iter_rows() for cell in row)
    assert post(client, BAD, format="xlsx").status_code == 406
    form = {"file": (io.BytesIO(table), "avtal.csv"), "lang": "sv", "format": "xlsx"}
    assert client.post("/validate", data=form).data[:2] == b"PK"


@pytest.mark.parametrize(
    ("kind", "query", "body", "status"),
    [
        ("application/zip", "", b"PK", 415),
        ("", "", b"x", 415),
        ("application/octet-stream", "?name=a.ttl", GOOD.encode(), 200),
        ("text/turtle", "", b"", 200),
        ("text/turtle", "", b"\xff\xfe", 200),
        ("text/turtle", "?format=json", b"<urn:a> <urn:b", 200),
        ("application/x-www-form-urlencoded", "", b"text=", 400),
    ],
)
def test_what_can_t_be_checked_is_refused_and_what_can_t_be_read_is_reported(
    client: FlaskClient, kind: str, query: str, body: bytes, status: int
) -> None:
    answer = client.post(f"/validate{query}", data=body, headers={"Content-Type": kind} if kind else {})
    assert answer.status_code == status
    if status == 200 and b"crossties" not in body:
        assert read(answer)["conforms"] is False
        assert read(answer)["results"][0]["suggestion"]


def test_too_much_is_refused(client: FlaskClient) -> None:
    answer = post(client, "#" * 5_100_000)
    assert (answer.status_code, read(answer)["type"].rpartition("/")[2]) == (413, "too-large")


def test_the_four_doors_give_the_same_report(
    client: FlaskClient, world_instance: Instance, judges: Judges
) -> None:
    """The command line, HTTP, the form, and what contributions call; CI runs the command line."""
    version = world_instance.version
    around = Surroundings(
        Published(open_store(version.store)),
        Checker(world_instance.content.shapes),
        world_instance.content,
        version.labels(),
    )
    uploads = [Upload("new.ttl", BAD.encode(), "text/turtle")]
    here = FACES["json"].render(check_uploads(uploads, around, language="fi").report, "fi").decode()
    judged = judges.judge(uploads, version=version.folder, language="fi").report
    form = {"file": (io.BytesIO(BAD.encode()), "new.ttl"), "lang": "fi"}
    assert json.loads(here) == json.loads(FACES["json"].render(judged, "fi"))
    assert json.loads(here) == read(post(client, BAD, lang="fi"))
    assert json.loads(here) == read(client.post("/validate?format=json", data=form))


def test_a_judgement_holds_what_was_read(world_instance: Instance, judges: Judges) -> None:
    uploads = [Upload("new.ttl", GOOD.encode())]
    judged = judges.judge(uploads, version=world_instance.version.folder)
    assert judged.graphs == ("https://w3id.org/crossties/graph/funding/new",)
    lines = judged.quads.decode().splitlines()
    assert len(lines) == 10
    assert all(line.endswith("graph/funding/new> .") for line in lines)


@pytest.mark.slow
def test_a_check_that_uses_up_its_time_is_stopped_and_told(world_instance: Instance) -> None:
    judges = Judges(world_instance.settings, world_instance.content, cpu_seconds=0.001)
    try:
        with pytest.raises(CheckStoppedError, match="longer than"):
            judges.judge([Upload("new.ttl", GOOD.encode())], version=world_instance.version.folder)
    finally:
        judges.close()


@pytest.mark.slow
def test_a_check_that_uses_up_its_memory_is_stopped_and_the_next_one_is_served(
    world_instance: Instance,
) -> None:
    settings = replace(world_instance.settings, memory_bytes=-100_000_000)
    judges = Judges(settings, world_instance.content)
    large = b'<urn:a> <urn:b> "' + b"x" * 4_900_000 + b'" .'
    many = [Upload(f"{number}.ttl", large) for number in range(16)]
    try:
        with pytest.raises(CheckStoppedError, match=r"memory|without an answer"):
            judges.judge(many, version=world_instance.version.folder)
        judges.settings = world_instance.settings
        assert judges.judge([Upload("a.ttl", GOOD.encode())], version=world_instance.version.folder)
    finally:
        judges.close()


@pytest.mark.slow
def test_a_zygote_that_dies_is_started_anew(world_instance: Instance) -> None:
    judges = Judges(world_instance.settings, world_instance.content)
    version = world_instance.version.folder
    try:
        assert judges.judge([Upload("a.ttl", GOOD.encode())], version=version).report.conforms
        judges.close()
        assert judges.judge([Upload("a.ttl", GOOD.encode())], version=version).report.conforms
    finally:
        judges.close()


def test_each_upload_has_a_process_of_its_own(world_instance: Instance, judges: Judges) -> None:
    version = world_instance.version.folder
    first = judges._take(version)  # noqa: SLF001
    second = judges._take(version)  # noqa: SLF001
    assert first.pid != second.pid
    os.kill(first.pid, 0)
    for worker in (first, second):
        worker.connection.close()
        assert judges._end(worker) in {0, -signal.SIGKILL}  # noqa: SLF001


def test_the_web_process_imports_nothing_that_reads_or_validates() -> None:
    code = (
        "import sys, crossties.web.app, crossties.web.validation, crossties.validation.sandboxed.judges;"
        "print(sorted({'rdflib', 'pyshacl', 'openpyxl'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(crossties.__file__).parents[1])}
    told = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout == "[]\n"


def test_a_result_knows_nothing_of_the_web() -> None:
    assert Result.__module__ == "crossties.validation.report"
