"""What a context makes of names (JSON-LD 1.1, 4.1): only ours and those written out; nothing is fetched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from crossties.namespaces import BASE
from crossties.resources import find_content
from crossties.turtle.names import resolve_iri

#: Address of the context that is shipped, and the only one that may be named instead of written out.
BUNDLED: Final = BASE + "context.jsonld"
_KEYWORDS: Final = frozenset(
    f"@{word}"
    for word in (
        *("base", "container", "context", "direction", "graph", "id", "import", "included", "index", "json"),
        *("language", "list", "nest", "none", "prefix", "propagate", "protected", "reverse", "set", "type"),
        *("value", "version", "vocab"),
    )
)


@dataclass(frozen=True)
class Term:
    """What a context says of one name; ``language`` is "" where it says none."""

    iri: str
    type: str | None = None
    container: frozenset[str] = frozenset()
    language: str | None = ""
    is_reverse: bool = False
    scoped: object = None


@dataclass(frozen=True)
class Context:
    """A context in force: its names, and what unknown names and relative IRIs are completed with."""

    terms: Mapping[str, Term | None] = field(default_factory=dict)
    vocab: str | None = None
    base: str | None = None
    language: str | None = None

    def extend(self, local: object) -> Context:
        """Return this context with another one on top, as plain JSON."""
        if local is None:
            return Context()
        if isinstance(local, list):
            context = self
            for one in local:
                context = context.extend(one)
            return context
        if isinstance(local, str):
            return self.extend(bundled_context()) if local == BUNDLED else self
        return self._extended(local) if isinstance(local, dict) else self

    def name(self, name: str) -> str | None:
        """Return the keyword or IRI that a key, type or coerced value is; None where it is none."""
        term = self.terms.get(name)
        if name in _KEYWORDS or name in self.terms:
            return name if name in _KEYWORDS else (term.iri if term else None)
        return self._absolute(name) or (None if self.vocab is None else self.vocab + name)

    def reference(self, name: str) -> str | None:
        """Return the IRI of a thing; None where it is relative and there is no base."""
        absolute = self._absolute(name)
        if absolute or self.base is None:
            return absolute
        return resolve_iri(name, self.base)

    def _absolute(self, name: str) -> str | None:
        prefix, colon, rest = name.partition(":")
        if not colon:
            return None
        term = None if rest.startswith("//") or prefix == "_" else self.terms.get(prefix)
        return term.iri + rest if term else name

    def _extended(self, local: Mapping[str, object]) -> Context:
        base, vocab, language = local.get("@base"), local.get("@vocab"), local.get("@language")
        context = self
        if isinstance(base, str):
            context = replace(context, base=context.reference(base))
        if isinstance(vocab, str):
            context = replace(context, vocab=context.name(vocab) if vocab else "")
        if isinstance(language, str):
            context = replace(context, language=language)
        definitions = {name: told for name, told in local.items() if not name.startswith("@")}
        return _Definitions(context, definitions).context()


class _Definitions:
    """Defines each name once, those first that others are built from."""

    def __init__(self, context: Context, definitions: Mapping[str, object]) -> None:
        self._terms: dict[str, Term | None] = dict(context.terms)
        self._waiting = dict(definitions)
        self._context = replace(context, terms=self._terms)

    def context(self) -> Context:
        while self._waiting:
            self._define(next(iter(self._waiting)))
        return self._context

    def _define(self, name: str) -> None:
        told = self._waiting.pop(name)
        self._terms.pop(name, None)
        entry = {"@id": told} if isinstance(told, str) else told
        self._terms[name] = self._term(name, entry) if isinstance(entry, dict) else None

    def _term(self, name: str, told: Mapping[str, object]) -> Term | None:
        reverse = told.get("@reverse")
        iri = self._expand(reverse or told.get("@id", name))
        if iri is None:
            return None
        kind = told.get("@type")
        container = told.get("@container", [])
        listed = container if isinstance(container, list) else [container]
        language = told.get("@language", "")
        return Term(
            iri,
            self._expand(kind),
            frozenset(str(one) for one in listed),
            language if isinstance(language, str) else None,
            is_reverse=reverse is not None,
            scoped=told.get("@context"),
        )

    def _expand(self, name: object) -> str | None:
        if not isinstance(name, str):
            return None
        for needed in (name, name.partition(":")[0]):
            if needed in self._waiting:
                self._define(needed)
        return self._context.name(name)


@cache
def bundled_text() -> str:
    """Return the shipped context as it stands between its braces, without the key that holds it."""
    whole = json.loads((find_content().ontology / "context.jsonld").read_text(encoding="utf-8"))
    return json.dumps(whole["@context"], ensure_ascii=False)


@cache
def bundled_context() -> object:
    """Return the shipped context as plain JSON."""
    return json.loads(bundled_text())
