from __future__ import annotations

import time
from contextlib import suppress

import pytest

from crossties.errors import QuerySyntaxError, TooLargeError
from crossties.store.limits import LIMITS, check_query

PREFIXES = "PREFIX : <http://127.0.0.1:1/> PREFIX ex: <http://127.0.0.1:1/>\n"


def refusal(query: str) -> QuerySyntaxError:
    with pytest.raises(QuerySyntaxError) as caught:
        check_query(query)
    return caught.value


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE <x> {}' }",
        'SELECT * { ?s ?p """ " SERVICE <x> {} """ }',
        "SELECT * { ?s ?p ?o } # SERVICE <x> {}",
        "SELECT * { ?s <http://example.org/SERVICE> ?o }",
        "SELECT * { ?service ?p $SERVICE }",
        "SELECT * { ?s ct:service ?o . ?o a ct:Service }",
        "SELECT * { GRAPH ex:service { ?s ?p ?o } }",
        "SELECT * FROM ex:service { ?s ?p ?o }",
        r"SELECT * { ?s ?p '\u0022' , 'SERVICE' }",
        "SELECT * { ?s ?p 'x'@service }",
    ],
)
def test_the_word_service_is_allowed_where_it_calls_nothing(query: str) -> None:
    check_query(query)


@pytest.mark.parametrize(
    "pattern",
    [
        "SERVICE <http://127.0.0.1:1/> {}",
        "service silent ?x {}",
        "SERVICE# comment\n<http://127.0.0.1:1/> {}",
        r"\u0053ERVICE <http://127.0.0.1:1/> {}",
        r"\U00000053ERVIC\u0045 <http://127.0.0.1:1/> {}",
        "SERVICE:x {}",
        "SERVICEex:x {}",
        "SERVICESILENT:x{}",
        "?s ?p 1.SERVICE:x {}",
        "?s ?p 1.SERVICE<http://127.0.0.1:1/>{}",
        "?s ?p trueSERVICE:x {}",
        "?s ?p trueSERVICE<http://127.0.0.1:1/>{}",
        "?s ?p ex:.SERVICE<http://127.0.0.1:1/>{}",
        '?s ?p "a"@en.SERVICE<http://127.0.0.1:1/>{}',
        '?s ?p """a"\\t""" SERVICE <http://127.0.0.1:1/> { ?s ?p """ x """ }',
        "?s ?p '''a'\\t''' SERVICE <http://127.0.0.1:1/> { ?s ?p ''' x ''' }",
        "FILTER(1<2#>\n) SERVICE <http://127.0.0.1:1/> {}",
        r"?s ?p '\u0022' SERVICE <http://127.0.0.1:1/> { ?s ?p '\u0022' }",
    ],
)
def test_service_is_refused_in_every_disguise(pattern: str) -> None:
    assert "SERVICE" in refusal(f"{PREFIXES}SELECT * {{ {pattern} }}").what


@pytest.mark.parametrize("bracket", ["{}", "()", "[]"])
def test_brackets_nested_too_deep_are_refused(bracket: str) -> None:
    check_query(bracket[0] * LIMITS.depth + bracket[1] * LIMITS.depth)
    assert "nested" in refusal(bracket[0] * 3_000 + bracket[1] * 3_000).what


@pytest.mark.parametrize("call", ["SUBSTR", "REGEX", "replace"])
def test_text_calls_nested_too_deep_are_refused(call: str) -> None:
    assert "nested" in refusal(f"SELECT ({call}(" * 30 + "'a'" + ", 1)" * 30 + " AS ?x) {}").what


def test_text_calls_side_by_side_are_allowed() -> None:
    check_query("SELECT * { " + "FILTER(REGEX(?x, 'a')) " * 30 + "}")


def test_text_calls_cannot_hide_in_what_looks_like_an_iri() -> None:
    refusal("SELECT (?a<" + "SUBSTR(" * 20 + "?b" + ",1)" * 20 + ">2 AS ?x) {}")


def test_a_long_chain_of_arms_is_refused() -> None:
    query = "SELECT * { {?s ?p ?o} " + "UNION{?s ?p ?o}" * 3_400 + "}"
    assert 50_000 < len(query) < 65_536
    assert str(LIMITS.chain) in refusal(query).what


@pytest.mark.parametrize("link", [" + 1", " && true", ", ?x", "/ct:a"])
def test_every_kind_of_long_chain_is_refused(link: str) -> None:
    refusal("SELECT (1" + link * 2_000 + " AS ?x) {}")


@pytest.mark.parametrize(
    "pattern",
    [
        "?s ct:p (" + "1 " * 2_000 + ")",
        "?s ct:p (" + "<urn:a>" * 2_000 + ")",
        "?s ct:p " + "[] , " * 2_000 + "[]",
        "?s " + "^" * 3_000 + "ct:p ?o",
        "?s ct:p" + "|ct:p" * 3_000 + " ?o",
        "?s ?p ?o . " * 2_000,
        "{}" * 3_000,
        "FILTER(" + "!" * 3_000 + "?x)",
        "FILTER(?x IN (" + "1, " * 2_000 + "1))",
        "OPTIONAL{}" * 1_000,
        "LATERAL{}" * 1_000,
        "BIND(" + "IF(true," * 100 + "1" + ",2)" * 100 + " AS ?x)",
        "<<" * 3_000,
        "FILTER(1" + "<1+1&&2>1&&1" * 1_000 + ")",
    ],
)
def test_no_pattern_is_longer_or_deeper_than_the_limits(pattern: str) -> None:
    refusal(f"SELECT * {{ {pattern} }}")


def test_a_list_without_any_sign_is_bounded_by_its_words() -> None:
    assert "words" in refusal("SELECT * {} ORDER BY " + "?x " * 6_000).what


def test_a_long_list_of_values_is_allowed() -> None:
    check_query("SELECT * { VALUES ?x { " + "<urn:a> " * 5_000 + "} ?x ?p ?o }")


def test_a_list_of_values_without_end_is_refused() -> None:
    assert "VALUES" in refusal("SELECT * { VALUES ?x { " + "1:a " * 10_001 + "} }").what


def test_the_rows_of_values_are_counted_not_their_terms() -> None:
    check_query("SELECT * { VALUES (?a ?b) { " + "(1 2)" * 9_000 + " } }")
    refusal("SELECT * { VALUES (?a ?b) { " + "()" * 10_001 + " } }")


def test_operators_after_values_count_again() -> None:
    refusal("SELECT * { VALUES (?a ?b) { (1 2) } FILTER(1" + " + 1" * 600 + ") }")


def test_one_long_iri_is_refused() -> None:
    assert "IRI" in refusal("SELECT * { <" + "a" * 3_000 + "> ?p ?o }").what


def test_a_query_of_too_many_bytes_is_refused() -> None:
    with pytest.raises(TooLargeError):
        check_query("#" + "å" * 40_000)


def test_an_open_text_in_a_long_query_is_refused_where_it_starts() -> None:
    error = refusal("SELECT *\n{ ?s ?p 'open }" + " " * 3_000)
    assert error.where is not None
    assert (error.where.line, error.where.column) == (2, 9)


@pytest.mark.parametrize("query", ["(" * 65, "{" * 70, "?x SUBSTR(" * 11, "1" + "+1" * 501, "SERVICE"])
def test_the_quick_look_lets_nothing_pass_that_the_whole_look_refuses(query: str) -> None:
    assert refusal(query).where is not None


@pytest.mark.parametrize(
    "piece",
    [
        "'''",
        "'",
        "\"'''\\",
        "a:",
        "1",
        "1_",
        "<",
        "<a",
        "\\",
        "'''a\\",
        "a-",
        "é",
        "?",
        "#",
        "''",
        '""',
        "a.",
        "@a-",
    ],
)
def test_no_text_takes_long_to_look_at(piece: str) -> None:
    started = time.perf_counter()
    with suppress(QuerySyntaxError):
        check_query(piece * (65_000 // len(piece.encode())))
    assert time.perf_counter() - started < 2.0
