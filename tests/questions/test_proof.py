"""Every row of every answer rests on facts, and these on the passages that stand in the row."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from crossties.questions.catalogue import Question, load_questions
from crossties.questions.proof import Fact, Prover, prove
from crossties.questions.proof_forms import to_proof_table, to_proof_text, to_proof_values
from crossties.resources import Content
from crossties.results import Cell
from crossties.search.labels import Labels

Run = Callable[[str], bytes]
_PROTOCOL: Final = "Oak\N{EN DASH}Ash protocol 2003"
_ROOT: Final = Path(__file__).parents[2]
#: Where a row may tell that there is nothing: a document from which no fact was taken.
_MAY_BE_BARE: Final = {"evidence/sources"}


def _cases() -> Iterator[Any]:
    for path in sorted((_ROOT / "tests" / "queries").glob("*/*.toml")):
        name = f"{path.parent.name}/{path.stem}"
        for case in tomllib.loads(path.read_text("utf-8"))["cases"]:
            if case["rows"]:
                given = {key: _plain(key, value) for key, value in case.get("parameters", {}).items()}
                yield pytest.param(name, given, id=f"{name}: {case['title']}")


def _plain(key: str, value: str) -> str:
    """Write a concept as a person would: by its code."""
    return value.rpartition("/")[2] if value.count("/") == 1 and key != "text" else value


@pytest.fixture
def by(labels: Labels, world_run: Run, content: Content) -> Prover:
    return Prover(labels, world_run, content.queries / "proofs")


@pytest.mark.parametrize(("name", "given"), list(_cases()))
def test_every_passage_of_a_row_belongs_to_a_fact_behind_it(
    name: str, given: dict[str, str], by: Prover, content: Content
) -> None:
    question = load_questions(content.queries)[name]
    proved = prove(question, given, by)
    assert proved.facts is not None
    for row, facts in zip(proved.asked.table.rows, proved.facts, strict=True):
        assert facts or name in _MAY_BE_BARE
        assert _sources(question, row) <= {one.iri for fact in facts for one in fact.passages}


def test_a_question_without_sources_has_a_query_of_proof_and_no_other_has(content: Content) -> None:
    questions = load_questions(content.queries)
    combined = {name for name, one in questions.items() if not any("source" in it.name for it in one.columns)}
    folder = content.queries / "proofs"
    assert {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.rq")} == combined


def test_a_total_rests_on_the_sums_that_it_adds_up(by: Prover, content: Content) -> None:
    proved = prove(
        load_questions(content.queries)["funding/totals"], {"recipient": "Ferry Centre", "until": "2019"}, by
    )
    names = [{fact.iri.rpartition("/")[2] for fact in facts} for facts in proved.facts or ()]
    assert {"ferry-centre-2019-alder", "ferry-centre-2019-upper-birch"} <= set().union(*names)


def test_an_answer_with_more_rows_than_wanted_is_not_proved(by: Prover, content: Content) -> None:
    proved = prove(load_questions(content.queries)["agreements/all"], {}, by, most=3)
    assert proved.facts is None
    assert len(proved.asked.table.rows) > 3


def test_the_forms_of_a_proof(by: Prover, content: Content) -> None:
    proved = prove(
        load_questions(content.queries)["agreements/texts"], {"agreement": "id/agreement/oak-ash-2000"}, by
    )
    fact = "https://w3id.org/crossties/id/agreement/oak-ash-2003"
    passage = "https://w3id.org/crossties/id/document/leaf-chronicle-2024/p1"
    [line] = to_proof_table(proved).rows
    assert [cell and cell.text for cell in line][:2] == ["1", fact]
    [[told]] = [one["proof"] for one in to_proof_values(proved)]
    assert (told["kind"], told["label"]) == ("agreement", _PROTOCOL)
    assert told["passages"] == [
        {
            "passage": passage,
            "label": "Chronicle of the Leaves 2024, paragraph 1",
            "document": passage.removesuffix("/p1"),
            "paragraph": 1,
        }
    ]
    assert f"  agreement “{_PROTOCOL}” <{fact}>\n" in to_proof_text(proved)


def test_labels_come_in_the_language_of_the_question(by: Prover, content: Content) -> None:
    given = {"agreement": "id/agreement/oak-ash-2000", "lang": "fi"}
    proved = prove(load_questions(content.queries)["agreements/texts"], given, by)
    assert [fact.label for facts in proved.facts or () for fact in facts] == [
        "Tammen ja Saarnen pöytäkirja 2003"
    ]


def _sources(question: Question, row: tuple[Cell | None, ...]) -> set[str]:
    cells = zip(question.variables, row, strict=True)
    return {
        one
        for name, cell in cells
        if cell and name.startswith("source") and not name.endswith("Labels")
        for one in cell.text.split(" ")
    }


def test_a_fact_without_passages_is_a_row_of_its_own(by: Prover, content: Content) -> None:
    proved = prove(
        load_questions(content.queries)["agreements/texts"], {"agreement": "id/agreement/oak-ash-2000"}, by
    )
    bare = Fact("https://w3id.org/crossties/id/place/oak", "Oak", "place", ())
    [line] = to_proof_table(type(proved)(proved.asked, ((bare,),))).rows
    assert line[4:] == (None, None)
