"""The page and the JSON of a question list what its rows rest on, and say which part had none."""

from __future__ import annotations

from flask.testing import FlaskClient

BROWSER = {"Accept": "text/html"}
TEXTS = "/questions/agreements/texts"
FACT = "https://w3id.org/crossties/id/agreement/oak-ash-2003"


def test_the_facts_behind_the_rows_unfold_on_the_page(client: FlaskClient) -> None:
    page = client.get(f"{TEXTS}?agreement=id/agreement/oak-ash-2000", headers=BROWSER).text
    [unfolding] = [part for part in page.split("<details")[1:] if "What the rows rest on" in part]
    assert 'href="/id/agreement/oak-ash-2003"' in unfolding
    assert 'href="/id/document/leaf-chronicle-2024/p1"' in unfolding
    assert f"{TEXTS}.json?agreement=id/agreement/oak-ash-2000&amp;proof=true" in unfolding


def test_a_combined_row_unfolds_too(client: FlaskClient) -> None:
    page = client.get("/questions/themes/profile", headers=BROWSER).text
    assert "What the rows rest on" in page


def test_the_json_holds_the_proof_where_it_is_asked_for(client: FlaskClient) -> None:
    with_proof = client.get(f"{TEXTS}.json?agreement=id/agreement/oak-ash-2000&proof=true").json
    without = client.get(f"{TEXTS}.json?agreement=id/agreement/oak-ash-2000").json
    assert with_proof
    assert without
    [[fact]] = [row.pop("proof") for row in with_proof["rows"]]
    assert fact["fact"] == FACT
    assert with_proof == without


def test_only_true_or_false_says_whether(client: FlaskClient) -> None:
    assert client.get(f"{TEXTS}.json?proof=maybe").status_code == 400
    assert client.get(f"{TEXTS}.csv?proof=true").status_code == 400


def test_an_empty_answer_says_which_part_had_none(client: FlaskClient) -> None:
    address = "/questions/agreements/all{}?party=Oak&from=2030"
    told = client.get(address.format(".json")).json
    assert told
    assert "There are rows without “from”" in told["withoutRows"]
    assert "There are rows without “from”" in client.get(address.format(""), headers=BROWSER).text
