"""The document that all facts about a thing rest on: as soon as two are found, there is no such one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crossties.derivation.partial.paths import read_paths, term
from crossties.derivation.partial.sights import After, Term
from crossties.derivation.partial.units import Delta, Triples, Unit

_FACT_OF: Final = term("factOf")
_EVIDENCE: Final = term("evidence")
_DOCUMENT: Final = term("document")
_SOLE: Final = term("soleDocument")
_READS: Final = read_paths("factOf ^factOf/evidence/document")


class SoleDocument(Unit[Term]):
    """``ct:soleDocument`` as ``rules/88-sole-document.rq`` defines it, without reading on at a hub."""

    def affected(self, delta: Delta) -> set[Term]:
        """Return whose facts, or their passages, changed."""
        return delta.reach(_READS)

    def owned(self, delta: Delta, key: Term) -> Triples:
        """Return the document that is noted so far."""
        return {(key, _SOLE, document) for document in delta.after.objects(key, _SOLE)}

    def derive(self, delta: Delta, keys: set[Term]) -> Mapping[Term, Triples]:
        """Return the document of each, where it is one alone."""
        return {key: {(key, _SOLE, one) for one in _find(delta.after, key)} for key in keys}


def _find(after: After, key: Term) -> set[Term]:
    if any(other != key for other in after.objects(key, _FACT_OF)):
        return set()
    found: set[Term] = set()
    for fact in after.subjects(_FACT_OF, key):
        for passage in after.objects(fact, _EVIDENCE):
            found.update(after.objects(passage, _DOCUMENT))
            if len(found) > 1:
                return set()
    return found
