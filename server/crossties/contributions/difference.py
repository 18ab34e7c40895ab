"""What a contribution changes, thing by thing: added, removed and changed values, with their labels.

A part of a thing (a passage of a document, a signature of a signing) stands under it, and so does a fact
between things (a signing, a sum of money, a state) under what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from crossties.namespaces import CT, DCT, RDF, RDFS, SKOS, compact
from crossties.quads import Literal, NamedNode, Quad, Term
from crossties.search.labels import Labels

_TYPE: Final = RDF + "type"
#: What properties of other vocabularies are called here.
_WORDS: Final = {
    _TYPE: "is a",
    SKOS + "prefLabel": "label",
    SKOS + "altLabel": "other label",
    SKOS + "exactMatch": "same as",
    DCT + "created": "made on",
}
_NAMES: Final = (SKOS + "prefLabel", DCT + "title", RDFS + "label")
#: Properties that lead from a fact to the thing that it is a fact about.
_OWNING: Final = tuple(
    CT + name
    for name in ("signs", "concerns", "in", "of", "holder", "follows", "amends", "about", "recipient")
)
#: Kinds of things that are facts about others.
_FACTS: Final = frozenset({"signing", "status", "decision", "event", "funding", "tenure", "change", "claim"})

Entity = dict[str, Any]


def find_difference(
    old: Iterable[Quad], new: Iterable[Quad], *, graph: str, labels: Labels
) -> dict[str, Any]:
    """Return the difference of two states of a graph as JSON has it."""
    before, after = frozenset(old), frozenset(new)
    added, removed = after - before, before - after
    teller = _Teller(labels, after, before)
    entities = {
        iri: teller.entity(iri, added, removed) for iri in sorted({_id(quad) for quad in added | removed})
    }
    owners = {iri: _owner(iri, entities, after | before) for iri in entities}
    for iri, owner in owners.items():
        if owner is not None:
            entities[owner]["parts"].append(entities[iri])
    return {
        "graph": graph,
        "kind": "changed" if before else "new",
        "added": len(added),
        "removed": len(removed),
        "entities": [entity for iri, entity in entities.items() if owners[iri] is None],
    }


class _Teller:
    """Tells things and values by the names that they have after the change, before it, or elsewhere."""

    def __init__(self, labels: Labels, after: frozenset[Quad], before: frozenset[Quad]) -> None:
        self._labels = labels
        self._states = (_by_subject(after), _by_subject(before))
        self._known: dict[str, str] = {}

    def entity(self, iri: str, added: frozenset[Quad], removed: frozenset[Quad]) -> Entity:
        gained = [quad for quad in added if _id(quad) == iri]
        lost = [quad for quad in removed if _id(quad) == iri]
        kind = self._kind(iri)
        here_after, here_before = iri in self._states[0], iri in self._states[1]
        properties = sorted({quad.predicate.value for quad in (*gained, *lost)}, key=_rank)
        return {
            "iri": iri,
            "label": self.label(iri),
            "kind": self.label(kind) if kind else "",
            "class": kind,
            "status": "changed" if here_after and here_before else "added" if here_after else "removed",
            "properties": [self._property(one, gained, lost) for one in properties],
            "parts": [],
        }

    def label(self, iri: str) -> str:
        if iri not in self._known:
            self._known[iri] = self._find(iri)
        return self._known[iri]

    def _find(self, iri: str) -> str:
        for state in self._states:
            named = _choose_name(state.get(iri, ()))
            if named:
                return named
        found = self._labels.by_iri(iri)
        return found.label if found else compact(iri)

    def _kind(self, iri: str) -> str:
        """Return the class of a thing, "" where none is said."""
        for state in self._states:
            for quad in state.get(iri, ()):
                if quad.predicate.value == _TYPE and isinstance(quad.object, NamedNode):
                    return quad.object.value
        return ""

    def _property(self, iri: str, gained: Sequence[Quad], lost: Sequence[Quad]) -> dict[str, Any]:
        return {
            "iri": iri,
            "label": _WORDS.get(iri) or self.label(iri),
            "added": [self._value(one.object) for one in _sorted(gained) if one.predicate.value == iri],
            "removed": [self._value(one.object) for one in _sorted(lost) if one.predicate.value == iri],
        }

    def _value(self, term: Term) -> dict[str, str]:
        if isinstance(term, NamedNode):
            return {"iri": term.value, "text": self.label(term.value)}
        if isinstance(term, Literal):
            return {"text": term.value} | ({"language": term.language} if term.language else {})
        return {"text": str(term)}


def _by_subject(quads: frozenset[Quad]) -> dict[str, list[Quad]]:
    found: dict[str, list[Quad]] = {}
    for quad in quads:
        found.setdefault(_id(quad), []).append(quad)
    return found


def _choose_name(quads: Sequence[Quad]) -> str:
    texts = {
        (quad.predicate.value, quad.object.language): quad.object.value
        for quad in quads
        if quad.predicate.value in _NAMES and isinstance(quad.object, Literal)
    }
    for language in ("en", None):
        for name in _NAMES:
            if (name, language) in texts:
                return texts[name, language]
    return min(texts.values(), default="")


def _owner(iri: str, entities: dict[str, Entity], quads: frozenset[Quad]) -> str | None:
    """Return the thing of the same difference that this one stands under."""
    above = [other for other in entities if iri.startswith(f"{other}/")]
    if above:
        return max(above, key=len)
    if iri.partition("/id/")[2].partition("/")[0] not in _FACTS:
        return None
    for name in _OWNING:
        values = [
            quad.object.value
            for quad in quads
            if _id(quad) == iri and quad.predicate.value == name and isinstance(quad.object, NamedNode)
        ]
        found = [one for one in sorted(values) if one in entities and one != iri and not _is_fact(one)]
        if found:
            return found[0]
    return None


def _is_fact(iri: str) -> bool:
    return iri.partition("/id/")[2].partition("/")[0] in _FACTS


def _id(quad: Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, NamedNode) else str(quad.subject)


def _rank(name: str) -> tuple[bool, bool, str]:
    return (name != _TYPE, name not in _NAMES, name)


def _sorted(quads: Sequence[Quad]) -> list[Quad]:
    return sorted(quads, key=lambda quad: str(quad.object))
