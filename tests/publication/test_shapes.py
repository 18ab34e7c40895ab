from __future__ import annotations

import pytest

from crossties.publication.shapes import Rule, Shape, read_graph_rules, read_shapes
from crossties.publication.wording import article, how_many, is_noun, join, plural
from crossties.resources import Content
from crossties.vocabulary import read_vocabulary


@pytest.fixture(scope="module")
def shapes(content: Content) -> dict[str, Shape]:
    return {one.name: one for one in read_shapes(content, read_vocabulary(content))}


@pytest.fixture(scope="module")
def rules(shapes: dict[str, Shape]) -> dict[str, Rule]:
    return {rule.name: rule for shape in shapes.values() for rule in shape.rules}


@pytest.mark.parametrize(
    ("least", "most", "noun", "words"),
    [
        (2, None, "party", "at least two parties"),
        (0, None, "party", "any number of parties"),
        (1, 1, "date", "exactly one date"),
        (0, 1, "kind", "at most one kind"),
        (1, 3, "name", "one to three names"),
        (0, 0, "stage", "no stage"),
        (0, None, "amends", "any number of values of “amends”"),
        (1, None, "decided by", "at least one value of “decided by”"),
        (12, None, "box", "at least 12 boxes"),
    ],
)
def test_numbers_are_told_in_words(least: int, most: int | None, noun: str, words: str) -> None:
    assert how_many(least, most, noun) == words


def test_words_are_joined_as_people_do() -> None:
    assert join(["a", "b", "c"], last="and") == "a, b and c"
    assert (article("agreement"), article("party")) == ("an agreement", "a party")
    assert [plural(one) for one in ("day", "body", "class")] == ["days", "bodies", "classes"]
    assert is_noun("status")
    assert not is_noun("is preferred")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("FundingShape-kind", "a funding has exactly one kind, which is a concept for a kind of funding"),
        ("FundingShape-ceiling", "a funding has at most one ceiling, which is true or false"),
        ("CooperationShape-party", "it has any number of parties, each of which is an organisation"),
        (
            "NamedShape-prefLabel",
            "it has at least two labels, each of which is text in a language and is there once",
        ),
        ("SignatureShape-signing", "a signature is a value of “includes signature” of exactly one thing"),
    ],
)
def test_a_rule_is_told_in_a_sentence(rules: dict[str, Rule], name: str, sentence: str) -> None:
    assert rules[name].sentences["en"].startswith(sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "laji: täsmälleen 1; oma IRI; alakäsite käsitteelle: rahoituksen laji"),
        ("ru", "вид: ровно 1; собственный IRI; понятие ниже понятия: вид финансирования"),
        ("sv", "slag: exakt 1; en egen IRI; begrepp under: slag av finansiering"),
    ],
)
def test_a_rule_is_listed_in_languages_that_inflect(
    rules: dict[str, Rule], language: str, sentence: str
) -> None:
    assert rules["FundingShape-kind"].sentences[language] == sentence


def test_classes_to_choose_from_are_one_list(rules: dict[str, Rule]) -> None:
    assert (
        rules["ProvisionShape-of"].sentences["fi"]
        == "kuuluu: täsmälleen 1; luokka: yhteistyö tai organisaatio"
    )


def test_nothing_is_left_open_in_any_language(shapes: dict[str, Shape]) -> None:
    told = [rule.sentences for shape in shapes.values() for rule in shape.rules]
    told += [shape.itself for shape in shapes.values() if shape.itself["en"]]
    for texts in told:
        assert set(texts) == {"en", "fi", "ru", "sv"}
        for language in ("fi", "ru", "sv"):
            assert texts[language]
            assert not any(odd in texts[language] for odd in ("{}", "()", ": ;", "; ;", "  ")), texts[
                language
            ]
            assert texts[language] != texts["en"]


def test_every_rule_has_a_sentence_and_messages_in_four_languages(rules: dict[str, Rule]) -> None:
    assert len(rules) > 150
    for rule in rules.values():
        assert set(rule.messages) == {"en", "fi", "ru", "sv"}, rule.name
        assert "…" not in rule.sentences["en"], rule.name
        assert "http" not in rule.sentences["en"].partition("matches the pattern")[0], rule.name
        assert "  " not in rule.sentences["en"], rule.name


def test_a_shape_of_values_says_what_they_are(shapes: dict[str, Shape]) -> None:
    assert "is a concept of the list" in shapes["RoleConceptShape"].itself["en"]
    assert not shapes["RoleConceptShape"].rules


def test_rules_over_the_whole_graph_are_told_too(content: Content) -> None:
    rules = {rule.name: rule for rule in read_graph_rules(content)}
    assert rules["agreement-without-two-sides"].title == "An agreement with fewer than two sides"
    assert all(set(rule.messages) == {"en", "fi", "ru", "sv"} for rule in rules.values())
