"""Write JSON-LD with the context of the vocabulary, keys and nodes sorted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from crossties.namespaces import RDF, XSD
from crossties.quads import Literal, NamedNode, Quad, Term
from crossties.quads.terms import BlankNode
from crossties.turtle.order import rank_iri
from crossties.vocabulary import Vocabulary
from crossties.vocabulary.context import TEXTS, THING, Names, make_context, read_names, with_prefix


def to_jsonld(graphs: Mapping[str, Iterable[Quad]], vocabulary: Vocabulary) -> str:
    """Return the graphs as JSON-LD 1.1 that carries its context in it: nothing is fetched to read it."""
    writer = _Writer(read_names(vocabulary))
    named = [{"id": graph, "@graph": writer.nodes(quads)} for graph, quads in graphs.items()]
    document = {"@context": make_context(vocabulary), "@graph": named}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


class _Writer:
    def __init__(self, names: Names) -> None:
        self._names = names

    def nodes(self, quads: Iterable[Quad]) -> list[dict[str, Any]]:
        """Return one object per subject."""
        subjects: dict[str, list[Quad]] = {}
        for quad in quads:
            subjects.setdefault(_id(quad.subject), []).append(quad)
        return [self._node(one, subjects[one]) for one in sorted(subjects, key=rank_iri)]

    def _node(self, subject: str, quads: list[Quad]) -> dict[str, Any]:
        found: dict[str, list[Any]] = {}
        for quad in sorted(quads, key=lambda one: (one.predicate.value, str(one.object))):
            key, value = self._entry(quad.predicate.value, quad.object)
            found.setdefault(key, []).append(value)
        entries = {key: self._merged(values) for key, values in sorted(found.items())}
        return {"id": subject, **entries}

    def _entry(self, name: str, value: Term) -> tuple[str, Any]:
        """Return key and value of one triple; what the context says of the key holds for the value."""
        if name == RDF + "type" and isinstance(value, NamedNode):
            return "type", self._names.shorten(value.value)
        kind = self._names.values.get(name, "")
        is_text = isinstance(value, Literal) and value.language is not None
        if kind == TEXTS and not is_text:
            return with_prefix(name), _expanded(value)
        if kind == TEXTS and isinstance(value, Literal):
            return self._names.shorten(name), {value.language: value.value}
        return self._names.shorten(name), _compacted(value, kind)

    def _merged(self, values: list[Any]) -> Any:  # noqa: ANN401
        """Join texts into one map by language; write a single value alone."""
        if all(isinstance(value, dict) and not _is_object(value) for value in values):
            texts: dict[str, list[str]] = {}
            for value in values:
                for language, text in value.items():
                    texts.setdefault(language, []).append(text)
            return {tag: found[0] if len(found) == 1 else found for tag, found in sorted(texts.items())}
        return values[0] if len(values) == 1 else values


def _id(term: Term) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _is_object(value: dict[str, Any]) -> bool:
    return "id" in value or "@value" in value


def _compacted(value: Term, kind: str) -> Any:  # noqa: ANN401
    if isinstance(value, NamedNode | BlankNode):
        return _id(value) if kind == THING else {"id": _id(value)}
    if isinstance(value, Literal) and value.language is None and kind != THING:
        datatype = value.datatype.value
        if datatype == kind or (datatype == XSD + "string" and not kind):
            return _native(value.value, kind)
    return _expanded(value)


def _native(text: str, datatype: str) -> str | int | bool:
    if datatype == XSD + "integer":
        return int(text)
    return text == "true" if datatype == XSD + "boolean" else text


def _expanded(value: Term) -> dict[str, str]:
    if not isinstance(value, Literal):
        return {"id": _id(value)}
    if value.language is not None:
        return {"@language": value.language, "@value": value.value}
    datatype = value.datatype.value
    return {"@value": value.value} | ({} if datatype == XSD + "string" else {"@type": with_prefix(datatype)})
