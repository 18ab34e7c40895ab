from __future__ import annotations

from urllib.parse import quote

import pytest

from crossties.errors import MediaTypeError, MethodError, RefusedError, RequestError, TooLargeError
from crossties.protocol import MAX_GET_BYTES, ProtocolRequest, read_request
from crossties.store.engine import Request
from crossties.store.writing import Write

ASK = "ASK {}"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


def read_query(request: ProtocolRequest) -> Request:
    read = read_request(request)
    assert isinstance(read, Request)
    return read


def get(query_string: str) -> ProtocolRequest:
    return ProtocolRequest("GET", query_string=query_string)


def post(body: bytes, content_type: str, query_string: str = "") -> ProtocolRequest:
    return ProtocolRequest("POST", query_string=query_string, content_type=content_type, body=body)


@pytest.mark.parametrize(
    "request_",
    [
        get("query=ASK%20%7B%7D"),
        get("query=ASK+%7B%7D"),
        ProtocolRequest("HEAD", query_string="query=ASK%20%7B%7D"),
        post(b"query=ASK%20%7B%7D", FORM),
        post(b"query=ASK%20%7B%7D", FORM + "; charset=UTF-8"),
        post(b"ASK {}", QUERY),
        post(b"ASK {}", QUERY + ";charset=utf-8"),
    ],
)
def test_each_way_of_sending_gives_the_query(request_: ProtocolRequest) -> None:
    assert read_query(request_).query == ASK


def test_a_query_in_any_script_is_read_from_an_address() -> None:
    text = 'ASK { ?s ?p "Петрозаводск, Umeå, %41" }'
    assert read_query(get("query=" + quote(text))).query == text


def test_percent_signs_are_decoded_once() -> None:
    assert read_query(get("query=" + quote("ASK { <x:%2541> ?p ?o }"))).query == "ASK { <x:%2541> ?p ?o }"


def test_the_dataset_is_read_from_address_and_body() -> None:
    body = b"query=ASK%7B%7D&default-graph-uri=urn%3Ab&named-graph-uri=urn%3Ac"
    read = read_query(post(body, FORM, "default-graph-uri=urn%3Aa"))
    assert (read.default_graphs, read.named_graphs) == (("urn:a", "urn:b"), ("urn:c",))


def test_the_format_parameter_and_the_accept_header_are_passed_on() -> None:
    request = ProtocolRequest("GET", query_string="query=ASK%7B%7D&format=csv", accept="text/csv")
    read = read_query(request)
    assert (read.format, read.accept) == ("csv", "text/csv")


@pytest.mark.parametrize(
    ("request_", "kind"),
    [
        (get(""), RequestError),
        (get("query="), RequestError),
        (get("query=ASK%7B%7D&query=ASK%7B%7D"), RequestError),
        (get("query=ASK%7B%7D&format=csv&format=json"), RequestError),
        (get("query=%ff"), RequestError),
        (get("&".join(f"a{n}=1" for n in range(300))), RequestError),
        (get("update=CLEAR%20ALL"), RefusedError),
        (post(b"query=ASK%7B%7D&update=CLEAR%20ALL", FORM), RequestError),
        (post(b"update=CLEAR%20ALL&update=CLEAR%20ALL", FORM), RequestError),
        (post(b"CLEAR ALL", UPDATE, "query=ASK%7B%7D"), RequestError),
        (post(b"\xff", UPDATE), RequestError),
        (post(b"ASK {}", QUERY, "query=ASK%7B%7D"), RequestError),
        (post(b"\xff", QUERY), RequestError),
        (post(b"query=\xff", FORM), RequestError),
        (post(b"", QUERY), RequestError),
        (post(b"query=ASK%7B%7D", ""), MediaTypeError),
        (post(b"ASK {}", "text/plain"), MediaTypeError),
        (post(b"ASK {}", QUERY + "; charset=iso-8859-1"), MediaTypeError),
        (ProtocolRequest("PUT", query_string="query=ASK%7B%7D"), MethodError),
        (ProtocolRequest("DELETE"), MethodError),
        (get("query=" + "x" * (MAX_GET_BYTES + 1)), TooLargeError),
    ],
)
def test_what_the_protocol_forbids_is_refused_with_what_to_do(
    request_: ProtocolRequest,
    kind: type[RequestError],
) -> None:
    with pytest.raises(kind) as caught:
        read_request(request_)
    assert caught.value.what
    assert caught.value.mend


def test_a_query_too_long_for_an_address_fits_into_a_post() -> None:
    text = "ASK {} #" + "x" * MAX_GET_BYTES
    assert read_query(post(text.encode(), QUERY)).query == text


@pytest.mark.parametrize(
    "request_",
    [
        post(b"update=CLEAR%20ALL&using-graph-uri=urn%3Aa", FORM, "using-named-graph-uri=urn%3Ab"),
        post(b"CLEAR ALL", UPDATE, "using-graph-uri=urn%3Aa&using-named-graph-uri=urn%3Ab"),
    ],
)
def test_each_way_of_sending_gives_the_update_with_its_dataset(request_: ProtocolRequest) -> None:
    read = read_request(request_)
    expected = Write("update", (b"CLEAR ALL",), default_graphs=("urn:a",), named_graphs=("urn:b",))
    assert read == expected
