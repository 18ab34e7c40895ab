"""Templates: parse as they are, say what is to be replaced, conform once it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from crossties.authoring import Kind, Wish, find_kind, load_kinds, write_template
from crossties.errors import RequestError
from crossties.quads import RDF_SUFFIXES, parse_bytes
from crossties.resources import Content
from crossties.turtle import format_turtle
from crossties.validation.check import check_files
from crossties.validation.report import Report
from crossties.vocabulary import read_vocabulary

TODAY: Final = date(2026, 11, 22)
WORLD: Final = Path(__file__).parents[1] / "world"
#: Things of the test world for the placeholders that other things name.
REPLACED: Final = {
    "organisation/your-organisation": "organisation/town-of-alder",
    "organisation/your-first-organisation": "organisation/town-of-alder",
    "organisation/your-second-organisation": "organisation/town-of-spruce",
    "agreement/your-agreement": "agreement/alder-spruce-2018",
    "plan/your-plan": "plan/alder-spruce-2019-2021",
    "project/your-project": "project/ferry-centre-2019",
    "place/your-place": "place/spruce",
    "place/your-region": "place/lower-pine",
    "person/your-person": "person/ida-lehto",
    "post/your-post": "post/alder-mayor",
    "document/your-document": "document/alder-news-2018",
}
Templates = Mapping[str, str]


@pytest.fixture(scope="module")
def kinds(content: Content) -> dict[str, Kind]:
    return load_kinds(content)


@pytest.fixture(scope="module")
def templates(content: Content, kinds: dict[str, Kind]) -> Templates:
    return {name: write_template([kind], content, Wish(TODAY)) for name, kind in kinds.items()}


def check(texts: Mapping[str, str], folder: Path, content: Content, *others: Path) -> Report:
    for name, text in texts.items():
        (folder / f"{name}.ttl").write_text(text, encoding="utf-8")
    return check_files([folder, *others], content=content)[0]


def replaced(text: str) -> str:
    """Let what the template names be things of the test world."""
    for old, new in REPLACED.items():
        text = re.sub(rf"<id/{re.escape(old)}(?=[>/])", f"<id/{new}", text)
    return text


def test_there_is_a_template_for_every_class_but_parts_and_abstract_ones(
    content: Content, kinds: dict[str, Kind]
) -> None:
    vocabulary = read_vocabulary(content)
    classes = {
        name for kind in kinds.values() for block in kind.blocks for name in _classes(block.properties[0])
    }
    assert {one.name for one in vocabulary.classes.values() if not one.is_derived} - classes == {
        "Cooperation",
        "Instrument",
        "Provision",
        "Passage",
    }


def _classes(one: object) -> list[str]:
    return [value.value.partition("#")[2] for value in one.objects]  # type: ignore[attr-defined]


def test_every_template_is_in_the_one_form(templates: Templates) -> None:
    assert not [name for name, text in templates.items() if format_turtle(text.encode(), origin=name) != text]


def test_every_property_of_a_class_is_in_its_template(content: Content, templates: Templates) -> None:
    terms = read_vocabulary(content).properties_of("https://w3id.org/crossties/ns#Funding")
    assert not [one.name for one in terms if f"ct:{one.name} " not in templates["funding"]]


def test_what_is_optional_is_turtle_too_once_its_mark_is_gone(templates: Templates) -> None:
    for name, text in templates.items():
        live = re.sub(r"^    # ((?:[a-z]+:[A-Za-z]+) .* ;)$", r"    \1", text, flags=re.MULTILINE)
        assert parse_bytes(live.encode(), rdf_format=RDF_SUFFIXES[".ttl"], graph="urn:x", origin=name).quads


@pytest.mark.slow
def test_an_untouched_template_is_told_only_for_its_placeholders(
    templates: Templates, content: Content, tmp_path: Path
) -> None:
    report = check(templates, tmp_path, content)
    others = [one for one in report.results if "your-" not in f"{one.value}{one.focus}"]
    assert report.results
    assert not others


@pytest.mark.slow
def test_a_template_conforms_once_its_placeholders_are_replaced(
    kinds: dict[str, Kind], content: Content, tmp_path: Path
) -> None:
    texts = {
        name: replaced(write_template([kind], content, Wish(TODAY, slug=f"new-{name}"))).replace(
            "your-", f"{name}-"
        )
        for name, kind in kinds.items()
    }
    report = check(texts, tmp_path, content, WORLD)
    wrong = [
        one for one in report.results if str(tmp_path) in (one.file or "") and one.severity == "violation"
    ]
    assert not [(Path(one.file or "").name, one.path, one.value, one.message) for one in wrong]


def test_the_slug_names_the_file_the_thing_and_its_parts(content: Content, kinds: dict[str, Kind]) -> None:
    text = write_template([kinds["signing"]], content, Wish(TODAY, slug="alder-spruce-2027"))
    assert '<graph/agreements/alder-spruce-2027> dct:created "2026-11-22"^^xsd:date .' in text
    assert "<id/signing/alder-spruce-2027> a ct:Signing" in text
    assert "<id/signing/alder-spruce-2027/signature/your-first-signatory> a ct:Signature" in text


def test_several_kinds_share_a_file_and_name_each_other(content: Content, kinds: dict[str, Kind]) -> None:
    both = [kinds["agreement"], kinds["signing"], kinds["person"]]
    text = write_template(both, content, Wish(TODAY, slug="alder-spruce-2027"))
    assert text.count("dct:created") == 1
    assert "<id/signing/alder-spruce-2027> a ct:Signing" in text
    assert "ct:signs <id/agreement/alder-spruce-2027> ;" in text
    assert "<id/person/your-person> a ct:Person" in text


def test_a_brief_template_has_no_comments_and_is_in_the_one_form(
    content: Content, kinds: dict[str, Kind]
) -> None:
    text = write_template([kinds["funding"]], content, Wish(TODAY, brief=True))
    assert "# " not in text
    assert format_turtle(text.encode(), origin="brief") == text


def test_no_example_names_the_thing_itself(templates: Templates) -> None:
    text = templates["agreement"]
    assert "# ct:replaces <id/agreement/your-other-agreement> ;" in text
    assert text.count("<id/agreement/your-agreement>") == 1


def test_a_slug_with_other_characters_is_refused(content: Content, kinds: dict[str, Kind]) -> None:
    with pytest.raises(RequestError, match="Ålder"):
        write_template([kinds["signing"]], content, Wish(TODAY, slug="Ålder"))


@pytest.mark.parametrize("name", ["plan", "ActionPlan", "action plan", "status", "StatusChange"])
def test_a_kind_is_found_by_its_name_and_by_its_class(name: str, kinds: dict[str, Kind]) -> None:
    assert find_kind(name, kinds).name in {"plan", "status"}


def test_an_unknown_kind_is_told_with_those_there_are(kinds: dict[str, Kind]) -> None:
    with pytest.raises(RequestError, match="agreement, plan, partnership"):
        find_kind("treaty", kinds)
