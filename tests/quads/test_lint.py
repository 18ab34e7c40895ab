from __future__ import annotations

import pyoxigraph as ox
import pytest

from crossties.namespaces import LANGUAGES, XSD
from crossties.quads import Literal, NamedNode, Quad, lint

A, B = NamedNode("https://example.org/a"), NamedNode("https://example.org/b")


def problems(term: object, *, allow_blank_nodes: bool = False) -> list[str]:
    quad = Quad(A, B, term)  # type: ignore[arg-type]
    return [problem.what for problem in lint([quad], allow_blank_nodes=allow_blank_nodes)]


def typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD + datatype))


CANONICAL = [
    ("163000", "decimal"),
    ("0.5", "decimal"),
    ("-0.25", "decimal"),
    ("999999999999999999", "decimal"),
    ("125000", "integer"),
    ("0", "integer"),
    ("-7", "integer"),
    ("true", "boolean"),
    ("2018-09-27", "date"),
    ("2020-02-29", "date"),
    ("2018-09", "gYearMonth"),
    ("2018", "gYear"),
    ("Umeå", "string"),
]


@pytest.mark.parametrize(("value", "datatype"), CANONICAL)
def test_a_canonical_literal_has_no_problem(value: str, datatype: str) -> None:
    assert problems(typed(value, datatype)) == []


@pytest.mark.parametrize(("value", "datatype"), CANONICAL)
def test_what_lint_lets_through_the_store_keeps_as_it_is(value: str, datatype: str) -> None:
    store = ox.Store()
    store.add(Quad(A, B, typed(value, datatype)))
    assert [quad.object for quad in store] == [typed(value, datatype)]


@pytest.mark.parametrize("value", ["999999999999999999", "-999999999999999999.5", "0.00000000000000001"])
def test_the_store_can_compute_with_every_number_that_lint_lets_through(value: str) -> None:
    assert problems(typed(value, "decimal")) == []
    store = ox.Store()
    store.add(Quad(A, B, typed(value, "decimal")))
    [solution] = store.query("SELECT (?n + 1 AS ?sum) { ?s ?p ?n }")  # type: ignore[misc]
    assert solution["sum"] is not None


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("163000.00", "decimal"),
        ("1e999999999", "decimal"),
        ("-0", "decimal"),
        ("+1", "integer"),
        ("007", "integer"),
        ("12 000", "integer"),
        ("1234567890123456789", "integer"),
        ("٢٠١٩", "gYear"),
        ("1٢", "integer"),
        ("1", "boolean"),
        ("2018-02-30", "date"),
        ("2018-9-27", "date"),
        ("0999", "gYear"),
        ("2018-09-27T10:00:00Z", "dateTime"),
        ("1.5", "double"),
        ("1", "nonNegativeInteger"),
    ],
)
def test_a_literal_in_another_form_is_a_problem(value: str, datatype: str) -> None:
    assert len(problems(typed(value, datatype))) == 1


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\u202e", "\u2066"])
def test_invisible_control_characters_are_a_problem(letter: str) -> None:
    [message] = problems(Literal(f"a{letter}b"))
    assert f"invisible control character (U+{ord(letter):04X})" in message


def test_a_very_long_text_is_a_problem() -> None:
    assert len(problems(Literal("x" * 65_537))) == 1


def test_a_very_long_iri_is_a_problem() -> None:
    assert len(problems(NamedNode("https://example.org/" + "x" * 2_048))) == 1


@pytest.mark.parametrize(
    ("iri", "code"),
    [
        ("file:///etc/passwd", "unsafe_scheme"),
        ("javascript:alert(1)", "unsafe_scheme"),
        ("JavaScript:alert(1)", "unsafe_scheme"),
        ("data:text/html,x", "unsafe_scheme"),
        ("ftp://example.org/x", "scheme"),
    ],
)
def test_an_iri_of_another_scheme_is_a_problem(iri: str, code: str) -> None:
    assert [one.code for one in lint([Quad(A, B, NamedNode(iri))])] == [code]


@pytest.mark.parametrize(
    ("value", "datatype", "code", "form"),
    [
        ("163000.00", "decimal", "form", "163000"),
        ("12 000 kr", "integer", "lie", None),
        ("12\u00a0000,50", "decimal", "lie", "12000.5"),
        ("1.5E0", "decimal", "lie", "1.5"),
        ("-0.0", "decimal", "form", "0"),
        ("+1", "integer", "form", "1"),
        ("abc", "integer", "lie", None),
        ("1e999999999", "decimal", "lie", None),
        ("1", "boolean", "form", "true"),
        ("True", "boolean", "lie", "true"),
        ("2018-9-7", "date", "lie", "2018-09-07"),
        ("1.2.2019", "date", "lie", "2019-02-01"),
        ("2018-09-27Z", "date", "form", "2018-09-27"),
        ("31.2.2019", "date", "lie", None),
        ("2018-09-27", "gYearMonth", "lie", "2018-09"),
        ("2018-09-27", "gYear", "lie", "2018"),
        ("2018-09-27T10:00:00Z", "dateTime", "datatype", '"2018-09-27"^^xsd:date'),
        ("1.5", "double", "datatype", '"1.5"^^xsd:decimal'),
        ("1", "nonNegativeInteger", "datatype", '"1"^^xsd:integer'),
    ],
)
def test_a_literal_that_lies_about_its_type_is_told_with_what_was_probably_meant(
    value: str, datatype: str, code: str, form: str | None
) -> None:
    [problem] = lint([Quad(A, B, typed(value, datatype))])
    assert (problem.code, problem.values.get("form")) == (code, form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_is_told_in_every_language(language: str) -> None:
    terms: list[NamedNode | Literal] = [
        typed("1.0", "decimal"),
        Literal("\x00"),
        NamedNode("ftp://x/"),
        typed("x", "double"),
    ]
    told = [one.tell(language) for one in lint([Quad(A, B, term) for term in terms])]
    assert len({what for what, _ in told}) == len(terms)
    assert all(mend for _, mend in told)


def test_a_problem_says_which_part_of_its_statement_is_wrong() -> None:
    quad = Quad(NamedNode("ftp://x/a"), NamedNode("ftp://x/b"), NamedNode("ftp://x/c"))
    assert [(one.part, one.term) for one in lint([quad])] == [
        ("subject", quad.subject),
        ("property", quad.predicate),
        ("object", quad.object),
    ]


def test_a_node_without_a_name_is_a_problem_in_data_but_not_in_a_vocabulary() -> None:
    assert problems(ox.BlankNode("x")) == ["A node has no name."]
    assert problems(ox.BlankNode("x"), allow_blank_nodes=True) == []


def test_subjects_and_predicates_are_looked_at_too() -> None:
    quad = Quad(NamedNode("ftp://x/a"), NamedNode("ftp://x/b"), Literal("c"))
    assert len(lint([quad])) == 2


def test_every_problem_says_how_to_mend_it() -> None:
    bad = [Quad(A, B, term) for term in (typed("1.0", "decimal"), Literal("\x00"), NamedNode("ftp://x/"))]
    assert all(problem.mend for problem in lint(bad))
