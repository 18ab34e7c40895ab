"""The listing of all terms in Markdown: ``ontology/README.md``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from crossties.namespaces import BASE, CT, ONTOLOGY, OWL, RDFS, SKOS, compact
from crossties.resources import Content
from crossties.vocabulary.shapes import Use, read_uses
from crossties.vocabulary.terms import Concept, OwnClass, OwnProperty, OwnTerm, Vocabulary, read_vocabulary

_INTRODUCTION: Final = f"""# The vocabulary, term by term

<!-- Made by “crossties terms” from the ontology and the shapes; change those, not this file. -->

Every term is in `{CT}`, prefix `ct:`; the ontology is <{ONTOLOGY}>.
How the terms are used together is shown by example in [docs/model.md](../docs/model.md). Labels and
definitions in Finnish, Russian and Swedish are in the Turtle files beside this page; `crossties new`
writes a template for each class.
"""
_MANY: Final = 6
_ANY: Final = {OWL + "Thing": "anything", RDFS + "Literal": "a literal", SKOS + "Concept": "a concept"}


def write_listing(content: Content) -> str:
    """Return the text of ``ontology/README.md``.

    Raises:
        InputError: an ontology or shape file is broken.
    """
    vocabulary = read_vocabulary(content)
    uses = read_uses(content, vocabulary)
    classes = vocabulary.classes.values()
    authored = [one for one in vocabulary.properties.values() if not one.is_derived]
    derived = [one for one in vocabulary.properties.values() if one.is_derived]
    parts = [
        _INTRODUCTION,
        "## Classes\n",
        *(_class(one, vocabulary, uses.get(one.iri, [])) for one in classes if not one.is_derived),
        "## Properties\n",
        *_properties(authored, uses),
        "## Derived classes and properties\n",
        "The build adds these; no file may state them.\n",
        *(_class(one, vocabulary, uses.get(one.iri, [])) for one in classes if one.is_derived),
        *_properties(derived, uses),
        "## Code lists\n",
        "Themes are data: [data/themes/themes.ttl](../data/themes/themes.ttl).\n",
        *(_list(name, concepts) for name, concepts in vocabulary.lists.items()),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _class(one: OwnClass, vocabulary: Vocabulary, uses: list[Use]) -> str:
    above = ", ".join(_link(iri) for iri in one.above if iri in vocabulary.classes)
    below = ", ".join(_link(iri) for iri in vocabulary.below(one.iri))
    lines = [
        f"### Class {one.name}\n",
        f"**{one.label}** · {_file(one)}\n",
        f"{one.definition} {one.note}".strip() + "\n",
    ]
    lines += [f"Is a {above}.\n"] if above else []
    lines += [f"Wider than {below}.\n"] if below else []
    rows = list(_rows(one, vocabulary, uses))
    if rows:
        lines += ["| property | how often | values |", "| --- | --- | --- |", *rows, ""]
    return "\n".join(lines)


def _rows(one: OwnClass, vocabulary: Vocabulary, uses: list[Use]) -> Iterator[str]:
    """Yield a row for each property that a thing of the class may have, foreign ones included."""
    by_name = {use.paths[0]: use for use in uses if len(use.paths) == 1}
    terms = {term.iri: term for term in vocabulary.properties_of(one.iri)}
    derived = {term.iri for term in vocabulary.properties.values() if term.is_derived}
    for iri in sorted({*terms, *by_name} - derived, key=lambda name: compact(name).lower()):
        use = by_name.get(iri, Use((iri,)))
        name = _link(iri) if iri in terms else f"`{compact(iri)}`"
        often = use.cardinality if iri in by_name else "*"
        yield f"| {name} | {_among(iri, often, uses)} | {_values(terms.get(iri), use)} |"


def _among(iri: str, often: str, uses: list[Use]) -> str:
    """Say with which other property it must or may not stand together."""
    for use in uses:
        if use.least and len(use.paths) > 1 and iri in use.paths:
            others = " or ".join(_link(path) for path in use.paths if path != iri)
            return f"{often}; this or {others}"
    return often


def _values(term: OwnProperty | None, use: Use) -> str:
    if use.codes or use.schemes:
        listed = [f"`{iri.removeprefix(BASE)}`" for iri in use.codes]
        lists = [_list_link(iri.removeprefix(BASE)) for iri in use.schemes]
        classes = [_link(iri) for iri in use.classes]
        shown = listed if len(listed) <= _MANY else [*listed[: _MANY - 1], "…"]
        return ", ".join([*classes, *lists, *shown])
    values = use.classes or use.datatypes or (term.range if term else ())
    if len(values) > _MANY and term:
        return f"[one of {len(values)} classes](#property-{term.name.lower()})"
    return " or ".join(_link(iri) for iri in values)


def _list_link(name: str) -> str:
    return "a concept of the themes" if name == "theme" else f"a concept of [{name}](#list-{name})"


def _properties(properties: Iterable[OwnProperty], uses: dict[str, list[Use]]) -> Iterator[str]:
    for one in properties:
        domain = " or ".join(_link(iri) for iri in one.domain) or "anything"
        values = " or ".join(_link(iri) for iri in one.range) or "anything"
        above = ", ".join(_link(iri) for iri in one.above)
        yield f"### Property {one.name}\n"
        yield f"**{one.label}** · {domain} → {values} · {_how_often(one, uses)} · {_file(one)}\n"
        yield f"{one.definition} {one.note}".strip() + "\n"
        if above:
            yield f"Is a kind of {above}.\n"


def _how_often(one: OwnProperty, uses: dict[str, list[Use]]) -> str:
    """Return the cardinality, or each with its classes where they differ."""
    found: dict[str, list[str]] = {}
    for iri, own in uses.items():
        for use in own:
            if use.paths == (one.iri,):
                found.setdefault(use.cardinality, []).append(iri)
    if len(found) <= 1:
        return next(iter(found), "*")
    named = {often: ", ".join(iri.removeprefix(CT) for iri in classes) for often, classes in found.items()}
    return ", ".join(f"{often} ({classes})" for often, classes in named.items())


def _file(one: OwnTerm) -> str:
    return f"[{one.stem}.ttl]({one.stem}.ttl)"


def _list(name: str, concepts: list[Concept]) -> str:
    rows = [f"{'  ' * one.depth}- `{one.code}` **{one.label}**: {one.definition}" for one in concepts]
    return "\n".join([f"### List {name}\n", f"`<{name}/…>`\n", *rows, ""])


def _link(iri: str) -> str:
    if iri.startswith(CT):
        name = iri.removeprefix(CT)
        return f"[{name}](#{'class' if name[:1].isupper() else 'property'}-{name.lower()})"
    return _ANY.get(iri) or f"`{compact(iri)}`"
