from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crossties.errors import InputError
from crossties.quads import parse_file

GRAPH = "https://w3id.org/crossties/graph/test"
Write = Callable[[str, str | bytes], Path]


def failure(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        parse_file(path, graph=GRAPH)
    return caught.value


def test_every_triple_goes_into_the_graph_of_its_file(write_file: Write) -> None:
    parsed = parse_file(write_file("a.ttl", "<urn:a> <urn:b> 1 , 2 ."), graph=GRAPH)
    assert [str(quad.graph_name) for quad in parsed.quads] == [f"<{GRAPH}>"] * 2


def test_prefixes_of_the_text_are_kept(write_file: Write) -> None:
    parsed = parse_file(write_file("a.ttl", "@prefix u: <urn:x:> .\nu:a u:b u:c ."), graph=GRAPH)
    assert parsed.prefixes == {"u": "urn:x:"}


def test_terms_are_kept_as_they_are_written(write_file: Write) -> None:
    text = '<urn:a> <urn:b> "163000.00"^^<http://www.w3.org/2001/XMLSchema#decimal> , "x"@EN .'
    values = [str(quad.object) for quad in parse_file(write_file("a.ttl", text), graph=GRAPH).quads]
    assert values == ['"163000.00"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"x"@en']


def test_broken_syntax_is_told_with_line_and_column(write_file: Write) -> None:
    error = failure(write_file("a.ttl", "<urn:a> <urn:b> 1 .\n<urn:a> <urn:b> 1\n<urn:c> <urn:d> 2 ."))
    assert error.where is not None
    assert (Path(error.where.file).name, error.where.line) == ("a.ttl", 3)
    assert error.where.column == 1
    assert "Parser error" not in error.what


def test_a_relative_iri_without_a_base_is_refused(write_file: Write) -> None:
    assert "syntax" in failure(write_file("a.ttl", "<id/place/kotka> <urn:b> 1 .")).what


@pytest.mark.parametrize("text", [b"", b"  \n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told_as_empty(write_file: Write, text: bytes) -> None:
    assert (
        "empty" in failure(write_file("a.ttl", text)).what
        or "no statement"
        in failure(
            write_file("a.ttl", text),
        ).what
    )


def test_a_file_of_comments_holds_no_statement(write_file: Write) -> None:
    assert (
        failure(write_file("a.ttl", "# nothing\n@prefix u: <urn:x:> .\n")).what
        == "The file holds no statement."
    )


def test_a_byte_order_mark_does_no_harm(write_file: Write) -> None:
    assert len(parse_file(write_file("a.ttl", b"\xef\xbb\xbf<urn:a> <urn:b> 1 ."), graph=GRAPH).quads) == 1


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_another_encoding_is_told_with_the_place_of_the_first_bad_byte(
    write_file: Write, encoding: str
) -> None:
    error = failure(write_file("a.ttl", '<urn:a>\n<urn:b> "Umeå" .'.encode(encoding)))
    assert "UTF-8" in error.what
    assert error.where is not None
    assert (error.where.line, error.where.column) == ((2, 13) if encoding == "latin-1" else (1, 1))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert failure(tmp_path / "no.ttl").what == "There is no such file."


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.ttl").mkdir()
    assert "folder" in failure(tmp_path / "folder.ttl").what


def test_an_unknown_suffix_is_told_with_the_known_ones(write_file: Write) -> None:
    assert ".ttl" in failure(write_file("a.jsonld", "{}")).mend


def test_a_statement_for_another_named_graph_is_refused(write_file: Write) -> None:
    error = failure(write_file("a.nq", "<urn:a> <urn:b> <urn:c> <urn:other> ."))
    assert "urn:other" in error.what


def test_a_statement_for_the_own_named_graph_is_read(write_file: Write) -> None:
    path = write_file("a.nq", f"<urn:a> <urn:b> <urn:c> <{GRAPH}> .")
    assert len(parse_file(path, graph=GRAPH).quads) == 1


@pytest.mark.parametrize("term", ["<<( <urn:a> <urn:b> <urn:c> )>>", "<< <urn:a> <urn:b> <urn:c> >>"])
def test_a_triple_term_is_refused_with_its_line(write_file: Write, term: str) -> None:
    error = failure(write_file("a.ttl", f"<urn:x> <urn:y> 1 .\n<urn:a> <urn:b> {term} ."))
    assert error.where is not None
    assert error.where.line == 2


def test_deeply_nested_triple_terms_never_reach_the_parser(write_file: Write) -> None:
    nested = "<<( <urn:a> <urn:b> " * 20_000 + "<urn:c>" + " )>>" * 20_000
    assert "Triple terms" in failure(write_file("a.ttl", f"<urn:a> <urn:b> {nested} .")).what


def test_angle_brackets_in_a_text_are_just_text(write_file: Write) -> None:
    assert len(parse_file(write_file("a.ttl", '<urn:a> <urn:b> "a << b" .'), graph=GRAPH).quads) == 1
