"""What is read, what is refused, and that all of it is told."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from rdflib import Graph

from crossties.errors import Location
from crossties.intake import SYNTAXES, Intake, Upload, find_named_graph, limits, read_rdf
from crossties.intake.jsonld.contexts import BUNDLED
from crossties.namespaces import CT, GRAPH, LANGUAGES
from crossties.quads import NamedNode
from crossties.quads.lint import MAX_IRI, MAX_LITERAL
from crossties.resources import Content
from crossties.versions import shipped_sources

OWN: Final = GRAPH + "agreements/x"
X: Final = "<https://w3id.org/crossties/id/place/x>"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
LINE: Final = f"{X} <{CT}kind> {X} .\n"


def read(text: str | bytes, name: str = "x.ttl", *, language: str = "en", graph: str = OWN) -> Intake:
    data = text.encode() if isinstance(text, str) else text
    return read_rdf(Upload(name, data), graph=graph, language=language)


def codes(intake: Intake) -> list[str | None]:
    return [one.code for one in intake.problems]


@pytest.mark.parametrize("name", ["x.ttl", "X.TTL", "folder.nt/x.trig", "x.nt", "x.nq", "x.turtle"])
def test_the_suffix_names_the_syntax(name: str) -> None:
    intake = read(LINE, name)
    assert (len(intake.quads), intake.problems) == (1, ())


def test_the_media_type_names_the_syntax_where_the_name_does_not() -> None:
    upload = Upload("contribution", LINE.encode(), "text/turtle; charset=utf-8")
    assert read_rdf(upload, graph=OWN).quads


def test_every_statement_goes_into_the_graph_that_is_named_by_the_reader() -> None:
    [quad] = read(LINE).quads
    assert quad.graph_name == NamedNode(OWN)


def test_prefixes_are_kept() -> None:
    assert read(f"@prefix ct: <{CT}> .\n{X} ct:kind {X} .").prefixes == {"ct": CT}


def test_a_byte_order_mark_does_no_harm_and_takes_no_column() -> None:
    intake = read(b"\xef\xbb\xbf" + LINE.encode())
    [place] = intake.places.statements.values()
    assert place == Location("x.ttl", 1, LINE.rindex("<") + 1)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "x.ttl", "empty"),
        (b"\xef\xbb\xbf \n", "x.ttl", "empty"),
        (b"# nothing\n", "x.ttl", "no_statement"),
        (b"x", "x.docx", "unknown_type"),
        (b"PK\x03\x04...", "x.xlsx", "binary"),
        (b"PK\x03\x04...", "x.ttl", "binary"),
        (b"%PDF-1.7", "x.ttl", "binary"),
        (b"<!DOCTYPE html><html/>", "x.ttl", "markup"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "b">]><r/>', "x.ttl", "markup"),
        (b'<?xml version="1.0"?>\n<!-- c -->\n<rdf:RDF/>', "x.ttl", "markup"),
        (b"<html><body/></html>", "x.nt", "markup"),
        (b"<?xml version='1.0'?><x/>", "x.jsonld", "markup"),
        (b'{"@id": "urn:a"}', "x.ttl", "other_syntax"),
        (b"# c\n@prefix x: <urn:x> .\nx:a x:b x:c .", "x.nt", "other_syntax"),
        (b"@prefix x: <urn:x> .\nx:a x:b x:c .", "x.jsonld", "other_syntax"),
        (b"<urn:a> <urn:b> " + b"<< " * 101, "x.ttl", "many_triple_terms"),
        (b"<urn:a> <urn:b> " + b"( " * 65, "x.ttl", "too_deep"),
    ],
)
def test_what_can_not_be_read_is_refused_with_one_reason(data: bytes, name: str, code: str) -> None:
    intake = read(data, name)
    assert codes(intake) == [code]
    assert (intake.quads, intake.is_readable) == ((), False)


@pytest.mark.parametrize(("encoding", "place"), [("latin-1", (2, 4)), ("utf-16", (1, 1)), ("cp1251", (2, 4))])
def test_another_encoding_is_told_with_the_place_of_its_first_byte(
    encoding: str, place: tuple[int, int]
) -> None:
    letter = "ж" if encoding == "cp1251" else "å"
    [problem] = read(f"# x\n# {letter}".replace("# " + letter, "#x " + letter).encode(encoding)).problems
    assert (problem.code, problem.where) == ("not_utf8", Location("x.ttl", *place))


def test_sixty_four_brackets_are_not_too_deep() -> None:
    assert read(f"{X} <{CT}kind> " + "(" * 64 + "1" + ")" * 64 + " .").quads


def test_brackets_in_a_text_are_just_text() -> None:
    assert read(f'{X} <{CT}kind> "{"[" * 100}" .').problems == ()


def test_what_is_too_large_is_refused_before_it_is_parsed() -> None:
    data = b"#" * (limits.MAX_BYTES + 1)
    assert codes(read(data)) == ["too_large"]


def test_too_many_statements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crossties.intake.reading.MAX_STATEMENTS", 3)
    text = "".join(f"{X} <{CT}number> {n} .\n" for n in range(9))
    assert codes(read(text)) == ["too_many"]
    assert read(text).quads == ()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (f"{X} <{CT}kind> <javascript:alert(1)>", "unsafe_scheme"),
        (f"{X} <{CT}kind> <data:text/html,x>", "unsafe_scheme"),
        (f"{X} <{CT}kind> <ftp://x.example/>", "scheme"),
        (f'{X} <{CT}kind> "a\u202eb"', "control_text"),
        (f'{X} <{CT}kind> "\\u0000"', "control_text"),
        (f"{X} <{CT}kind> <https://x.example/a\u200bb>", "control_iri"),
        (f'{X} <{CT}kind> "abc"^^<{XSD}integer>', "lie"),
        (f'{X} <{CT}kind> "1.50"^^<{XSD}decimal>', "form"),
        (f'{X} <{CT}kind> "x"^^<urn:own>', "datatype"),
        (f"{X} <{CT}kind> []", "blank_node"),
        (f"{X} <{CT}kind> _:x", "blank_node"),
        (f"{X} <{CT}kind> <<( {X} {X} {X} )>>", "triple_term"),
        (f"{X} <{CT}kind> {X} ~ {X}", "triple_term"),
        (f"{X} <{CT}kind> 'x'@en--ltr", "direction"),
        (f"<{CT}party> <{CT}kind> {X}", "foreign_term"),
        (f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{CT}kind> {X}", "foreign_term"),
        (f"<http://www.w3.org/ns/shacl#path> <{CT}kind> {X}", "foreign_term"),
        (f"<https://w3id.org/crossties/shapes#PlaceShape> <{CT}kind> {X}", "foreign_term"),
        (f"{X} <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{CT}Place>", "building"),
        (
            f"{X} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class>",
            "building",
        ),
        (f"{X} <http://www.w3.org/ns/shacl#path> <{CT}kind>", "building"),
        (f'{X} <{CT}date> "2019-13-01"^^<{XSD}date>', "lie"),
        (f"<{GRAPH}derived> <{CT}kind> {X}", "other_graph"),
        (f"<{GRAPH}ontology/places> <{CT}kind> {X}", "other_graph"),
    ],
)
def test_what_a_contribution_may_not_say_is_told_at_its_line(statement: str, code: str) -> None:
    intake = read(f"{LINE}\n  {statement} .\n{LINE}")
    [problem] = [one for one in intake.problems if one.code == code]
    assert problem.where.line == 3
    assert len(intake.quads) > 1


def test_each_part_of_a_statement_is_told_at_its_own_column() -> None:
    intake = read("<ftp://a.example/> <ftp://b.example/> <ftp://c.example/> .")
    assert [one.where.column for one in intake.problems] == [1, 20, 39]


def test_a_node_without_a_name_is_told_once() -> None:
    assert codes(read(f"{X} <{CT}kind> [ <{CT}kind> {X} ; <{CT}date> 1 ] .")) == ["blank_node"]


def test_a_vocabulary_may_have_nodes_without_names_and_describe_its_terms() -> None:
    text = f"<{CT}party> <{CT}kind> [ <{CT}kind> {X} ] ."
    assert read(text, graph=GRAPH + "ontology/agreements").problems == ()


def test_every_problem_is_told_at_once() -> None:
    lines = ["ftp://a.example/", "javascript:x", "data:,x", "https://x.example/\u200b"]
    intake = read("".join(f"{X} <{CT}kind> <{one}> .\n" for one in lines))
    assert [one.where.line for one in intake.problems] == [1, 2, 3, 4]


def test_of_very_many_problems_of_a_kind_the_rest_is_counted() -> None:
    text = "".join(f"{X} <{CT}kind> <ftp://x.example/{n}> .\n" for n in range(limits.MAX_TOLD + 7))
    problems = read(text).problems
    assert len(problems) == limits.MAX_TOLD
    assert problems[-1].message.endswith("found in 7 more places.")


def test_another_named_graph_is_refused_and_the_own_one_is_read() -> None:
    text = "<urn:g> {\n" + LINE + "}"
    [problem] = read(text, "x.trig").problems
    assert (problem.code, problem.value, problem.where.line) == ("other_name", "urn:g", 2)
    assert read(f"<{OWN}> {{ {LINE} }}", "x.trig").problems == ()


def test_several_graphs_are_refused() -> None:
    assert codes(read(LINE.replace(" .", " <urn:g> .") + LINE.replace(" .", " <urn:h> ."), "x.nq")) == [
        "several_graphs"
    ]
    assert codes(read(f"<urn:g> {{ {LINE} }} {LINE}", "x.trig")) == ["several_graphs"]


def test_the_graph_that_a_text_names_can_be_asked_for() -> None:
    assert find_named_graph(Upload("x.trig", f"<urn:g> {{ {LINE} }}".encode())) == "urn:g"
    assert find_named_graph(Upload("x.ttl", LINE.encode())) is None


def test_what_is_stored_has_the_digest_of_what_was_read() -> None:
    intake = read(LINE + LINE.replace("/x>", "/y>"))
    assert intake.digest() == read(LINE.replace("/x>", "/y>") + LINE).digest()
    assert intake.digest() != read(LINE).digest()
    assert len(intake.digest()) == 64


def test_nothing_shipped_is_refused_and_all_of_it_has_its_place(content: Content) -> None:
    count = 0
    for source in shipped_sources(content):
        intake = read(source.path.read_bytes(), source.path.name, graph=source.graph)
        assert intake.problems == (), source.path
        assert set(intake.places.statements) == set(intake.quads), source.path
        count += len(intake.quads)
    assert count > 10_000


def test_rdflib_reads_the_same_of_a_shipped_file(content: Content) -> None:
    path: Path = content.data / "agreements" / "bodo-vyborg.ttl"
    assert len(read(path.read_bytes()).quads) == len(Graph().parse(path))


@pytest.mark.parametrize("language", [*LANGUAGES, "de"])
def test_a_language_without_messages_falls_back_to_english(language: str) -> None:
    [problem] = read("", language=language).problems
    assert (problem.message == "The file is empty.") == (language in {"en", "de"})


def test_the_page_on_inputs_tells_the_forms_and_the_limits() -> None:
    page = (Path(__file__).parents[2] / "docs" / "inputs.md").read_text(encoding="utf-8")
    figures = (
        limits.MAX_BYTES,
        limits.MAX_STATEMENTS,
        limits.MAX_DEPTH,
        limits.MAX_CONTEXTS,
        limits.MAX_TOLD,
    )
    assert [figure for figure in (*figures, MAX_IRI, MAX_LITERAL) if f"{figure:,}" not in page] == []
    assert [name for name in SYNTAXES if f"`.{name}`" not in page] == []
    assert BUNDLED in page
