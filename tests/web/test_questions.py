from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from crossties import results
from crossties.instance import Instance
from crossties.questions.ask import ask
from crossties.questions.catalogue import load_questions
from crossties.resources import find_content

BROWSER = {"Accept": "text/html"}
QUESTION = "/questions/funding/who-funded-whom"
ALL = load_questions(find_content().queries)
FREE = [name for name, one in ALL.items() if not any(parameter.required for parameter in one.parameters)]


class Rows(HTMLParser):
    """Read the answer's table: the texts of its cells, row by row, lists as several texts."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._in_body = False
        self._cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._in_body = self._in_body or tag == "tbody"
        if self._in_body and tag == "tr":
            self.rows.append([])
        if self._in_body and tag == "td":
            self.rows[-1].append("")
            self._cell = True
        if self._cell and tag == "li" and self.rows[-1][-1]:
            self.rows[-1][-1] += "; "

    def handle_endtag(self, tag: str) -> None:
        self._cell = self._cell and tag != "td"
        self._in_body = self._in_body and tag != "tbody"

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.rows[-1][-1] += data


def drawn_rows(text: str) -> list[list[str]]:
    parser = Rows()
    parser.feed(text)
    return parser.rows


@pytest.mark.parametrize("name", FREE)
def test_page_csv_json_sparql_and_ask_give_the_same_rows(
    client: FlaskClient,
    world_instance: Instance,
    world_run: Callable[[str], bytes],
    name: str,
) -> None:
    asked = ask(ALL[name], {}, world_instance.version.labels(), world_run).table
    address = f"/questions/{name}"
    assert client.get(address + ".csv").text == results.to_csv(asked)
    told = json.loads(client.get(address + ".json").text)
    assert told["columns"] == list(asked.columns)
    assert [list(row.values()) for row in told["rows"]] == [
        [c.value if c else None for c in row] for row in asked.rows
    ]
    query = client.get(address + ".rq").text
    answered = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"}).text
    assert list(csv.reader(answered.splitlines())) == list(csv.reader(results.to_csv(asked).splitlines()))
    drawn = drawn_rows(client.get(address, headers=BROWSER).text)
    assert len(drawn) == len(asked.rows)
    assert [row[0] for row in drawn] == list(first_labels(name, client))


def first_labels(name: str, client: FlaskClient) -> Iterator[str]:
    """Yield what the first drawn column shows: the label of an entity or list, else the value."""
    told = json.loads(client.get(f"/questions/{name}.json").text)
    first = ALL[name].columns[0].variables[-1]
    return (str(row[first] if row[first] is not None else "") for row in told["rows"])


@pytest.mark.parametrize("name", list(ALL))
def test_every_question_has_a_page_with_a_labelled_field_for_each_parameter(
    client: FlaskClient, name: str
) -> None:
    page = client.get(f"/questions/{name}", headers=BROWSER).text
    assert f"<h1>{ALL[name].title}</h1>" in page
    for parameter in ALL[name].parameters:
        assert parameter.name == "lang" or f'for="p-{parameter.name}"' in page


def test_all_questions_are_listed_by_area_with_their_titles(client: FlaskClient) -> None:
    text = client.get("/questions/", headers=BROWSER).text
    for name, question in ALL.items():
        assert f'id="{question.area}"' in text
        assert f'<a href="/questions/{name}">{question.title}</a>' in text


def test_parameters_reach_the_answer_in_any_script(client: FlaskClient) -> None:
    whole = client.get(QUESTION + ".csv").text.splitlines()
    for spelling in (
        "Ferry Centre",
        "Паромный центр",
        "lauttakeskus",
        "ferry-centre",
        "id/organisation/ferry-centre",
    ):
        part = client.get(QUESTION + ".csv", query_string={"recipient": spelling}).text.splitlines()
        assert 1 < len(part) < len(whole)


def test_empty_fields_of_the_form_count_as_not_given(client: FlaskClient) -> None:
    plain = client.get(QUESTION + ".csv").text
    assert client.get(QUESTION + ".csv?funder=&recipient=&year=+").text == plain


def test_labels_are_in_the_language_asked_for(client: FlaskClient) -> None:
    text = client.get(QUESTION + ".csv?lang=fi&recipient=Ferry+Centre").text
    assert "Lauttakeskus" in text
    assert "Ferry Centre" not in text


def test_the_query_file_is_the_header_and_the_bound_query(client: FlaskClient) -> None:
    answer = client.get(QUESTION + ".rq", query_string={"recipient": "Ferry Centre"})
    assert answer.content_type == "application/sparql-query; charset=utf-8"
    assert answer.text.startswith("#+ title = ")
    assert "VALUES ?recipient { <https://w3id.org/crossties/id/organisation/ferry-centre> }" in answer.text


def test_an_error_stands_next_to_its_field_with_what_was_near(client: FlaskClient) -> None:
    answer = client.get(QUESTION, query_string={"recipient": "Ferri Centre"}, headers=BROWSER)
    assert answer.status_code == 400
    field = answer.text.partition('for="p-recipient"')[2].partition('for="p-year"')[0]
    assert 'aria-invalid="true"' in field
    assert 'value="Ferri Centre"' in field
    assert "recipient=https://w3id.org/crossties/id/organisation/ferry-centre" in field
    assert answer.text.count('aria-invalid="true"') == 1


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"year": "20x9"}, "2019"),
        ({"nonsense": "1"}, "Its parameters are"),
        ({"kind": "gift"}, "kind"),
        ({"currency": "crowns"}, "SEK"),
    ],
)
def test_a_wrong_parameter_is_told_to_people_and_machines(
    client: FlaskClient,
    parameters: dict[str, str],
    said: str,
) -> None:
    page = client.get(QUESTION, query_string=parameters, headers=BROWSER)
    problem = client.get(QUESTION + ".csv", query_string=parameters)
    assert page.status_code == problem.status_code == 400
    assert said in page.text
    assert problem.content_type == "application/problem+json"
    assert said in problem.text


def test_a_parameter_given_twice_is_refused(client: FlaskClient) -> None:
    assert client.get(QUESTION + ".csv?year=2019&year=2020").status_code == 400


def test_a_missing_parameter_is_not_an_error_before_the_form_is_sent(client: FlaskClient) -> None:
    name = next(name for name in ALL if name not in FREE)
    address = f"/questions/{name}"
    assert client.get(address, headers=BROWSER).status_code == 200
    assert client.get(address + ".csv").status_code == 400


def test_an_empty_answer_says_so_kindly(client: FlaskClient) -> None:
    parameters = {"funder": "Timber College", "year": "1999"}
    answer = client.get(QUESTION, query_string=parameters, headers=BROWSER)
    assert answer.status_code == 200
    assert "Nothing is recorded that answers this" in answer.text
    assert client.get(QUESTION + ".csv", query_string=parameters).text.count("\r\n") == 1


@pytest.mark.parametrize("path", ["/questions/funding/nothing", "/questions/x/y", QUESTION + ".exe"])
def test_an_unknown_question_or_suffix_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers=BROWSER).status_code == 404
    assert client.get(path).json["status"] == 404  # type: ignore[index]


def test_typed_text_never_becomes_markup_or_query(client: FlaskClient) -> None:
    nasty = '"><script>alert(1)</script> } #'
    page = client.get(QUESTION, query_string={"recipient": nasty}, headers=BROWSER)
    assert page.status_code == 400
    assert "<script" not in page.text
