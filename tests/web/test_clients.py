"""The programs that people ask with: SPARQLWrapper, and what reads CSV from an address as pandas and R do."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from SPARQLWrapper import CSV, GET, JSON, POST, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed
from tests.serving import Served, serving

pytestmark = pytest.mark.slow

WORLD = Path(__file__).parents[1] / "world"
SELECT = """PREFIX ct: <https://w3id.org/crossties/ns#>
SELECT ?funding ?amount ?label WHERE { ?funding a ct:Funding ; ct:amount ?amount ; ct:labelEn ?label }
ORDER BY ?funding"""
CONSTRUCT = "CONSTRUCT { ?s a <urn:found> } WHERE { ?s a <https://w3id.org/crossties/ns#Funding> }"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(str(WORLD), home=tmp_path_factory.mktemp("clients-home")) as served:
        yield served


def convert(live: Served, query: str, method: str, face: str) -> Any:  # noqa: ANN401 - each format has its own
    return wrapper(live, query, method, face).queryAndConvert()


def wrapper(live: Served, query: str, method: str, face: str) -> SPARQLWrapper:
    client = SPARQLWrapper(f"{live.address}/sparql")
    client.setMethod(method)
    client.setReturnFormat(face)
    client.setQuery(query)
    return client


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads_rows_in_every_format(live: Served, method: str) -> None:
    rows = convert(live, SELECT, method, JSON)["results"]["bindings"]
    assert len(rows) > 2
    document = convert(live, SELECT, method, XML)
    assert len(document.toxml().split("<result>")) - 1 == len(rows)
    table = list(csv.DictReader(io.StringIO(convert(live, SELECT, method, CSV).decode())))
    assert [row["funding"] for row in table] == [row["funding"]["value"] for row in rows]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads_triples(live: Served, method: str) -> None:
    text = convert(live, CONSTRUCT, method, TURTLE).decode()
    graph = convert(live, CONSTRUCT, method, XML)
    assert text.count("<urn:found>") == len(graph) > 2


def test_sparqlwrapper_tells_what_is_wrong_with_a_query(live: Served) -> None:
    with pytest.raises(QueryBadFormed, match="is not declared"):
        wrapper(live, "ASK { ?s ex:p ?o }", GET, JSON).query()


@pytest.mark.parametrize("target", ["/sparql?", "/sparql.csv?"])
def test_a_table_can_be_read_from_its_address_alone(live: Served, target: str) -> None:
    """As ``pandas.read_csv(address)`` and R's ``read.csv(address)`` do, which send no Accept header."""
    form = {} if "csv" in target else {"format": "csv"}
    with urlopen(live.address + target + urlencode({"query": SELECT, **form})) as answer:  # noqa: S310 our own
        assert answer.headers.get_content_type() == "text/csv"
        assert answer.headers.get_content_charset() == "utf-8"
        assert answer.headers.get("Content-Encoding") is None
        rows = list(csv.DictReader(io.TextIOWrapper(answer, encoding="utf-8", newline="")))
    assert [row["funding"] for row in rows] == sorted(row["funding"] for row in rows)
    assert all(float(row["amount"]) > 0 for row in rows)
    assert list(rows[0]) == ["funding", "amount", "label"]
