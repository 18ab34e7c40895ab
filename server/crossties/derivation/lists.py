"""Derive the lists that questions show as text, so that no answer puts them together row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from crossties.derivation.days import read_values
from crossties.namespaces import CT, LANGUAGES

#: Each list, and the properties whose values stand in it.
LISTS: Final = {
    "actorList": ("actor", "decidedBy", "funder"),
    "beneficiaryList": ("beneficiary",),
    "changeSourceList": ("changeEvidence",),
    "placeList": ("place",),
    "sideList": ("partySide", "side"),
    "sourceList": ("evidence",),
    "themeList": ("theme",),
    "wholeSourceList": ("wholeEvidence",),
}
_LABELS: Final = tuple(f"label{language.capitalize()}" for language in LANGUAGES)
_Labels = dict[ox.NamedNode, str]


def derive_lists(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield one text for each list of a thing: a line of IRIs, sorted, and a line of labels a language.

    A line of labels begins with the property that they are of, as in ``ct:labelEn Alder; Spruce``, and has
    them in the order of the IRIs (docs/decisions/0018).
    """
    labels = {name: _read_labels(store, name) for name in _LABELS}
    for name, properties in LISTS.items():
        members = defaultdict(set)
        for property_ in properties:
            for thing, member in read_values(store, property_):
                if isinstance(member, ox.NamedNode):
                    members[thing].add(member)
        term = ox.NamedNode(CT + name)
        for thing, listed in members.items():
            yield ox.Triple(thing, term, ox.Literal(_write_list(listed, labels)))


def _write_list(members: Iterable[ox.NamedNode], labels: dict[str, _Labels]) -> str:
    ordered = sorted(members, key=lambda member: member.value)
    lines = [" ".join(member.value for member in ordered)]
    for name, known in labels.items():
        lines.append(f"ct:{name} " + "; ".join(known[member] for member in ordered if member in known))
    return "".join(f"{line}\n" for line in lines)


def _read_labels(store: ox.Store, name: str) -> _Labels:
    return {
        thing: label.value.replace("\n", " ")
        for thing, label in read_values(store, name)
        if isinstance(label, ox.Literal)
    }
