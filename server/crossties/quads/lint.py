"""Look at parsed quads for what the syntax allows and the graph can't take: no term is ever rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import pyoxigraph as ox

from crossties.namespaces import XSD
from crossties.quads.forms import FORMS, find_datatype, find_form, is_day, is_lexical, short_name
from crossties.quads.terms import Term
from crossties.wording import say

MAX_IRI: Final = 2_048
MAX_LITERAL: Final = 65_536
MAX_LANGUAGE: Final = 35
SCHEMES: Final = ("https", "http", "urn")
#: Schemes of links that run code, carry data or open files where they are clicked.
_UNSAFE: Final = frozenset({"javascript", "data", "vbscript", "file", "blob"})

#: Control characters, and those that turn the direction of writing or are not there to the eye.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_INVISIBLE: Final = re.compile(_FORBIDDEN.pattern[:-1] + "\u00a0\u00ad\u200b-\u200d\u2028\u2029\u2060]")
_PLAIN: Final = {XSD + "string", XSD + "anyURI", "http://www.opengis.net/ont/geosparql#wktLiteral"}

Part = Literal["subject", "property", "object"]
_Told = tuple[str, dict[str, object]]
_Check = Callable[..., Iterator[_Told]]


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one quad: which, with the values that a sentence about it needs, and where."""

    quad: ox.Quad
    code: str
    part: Part = "object"
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def term(self) -> Term:
        """Return the term that is wrong."""
        return {"subject": self.quad.subject, "property": self.quad.predicate}.get(
            self.part, self.quad.object
        )

    @property
    def what(self) -> str:
        """Say in English what is wrong."""
        return self.tell("en")[0]

    @property
    def mend(self) -> str:
        """Say in English how to mend it."""
        return self.tell("en")[1]

    def tell(self, language: str) -> tuple[str, str]:
        """Say what is wrong and how to mend it."""
        way = "mend_form" if self.values.get("form") else "mend"
        return (
            say(f"lint.{self.code}.what", language, **self.values),
            say(f"lint.{self.code}.{way}", language, **self.values),
        )


def lint(quads: Iterable[ox.Quad], *, allow_blank_nodes: bool = False) -> list[Problem]:
    """Return every problem of every quad, in order; only a vocabulary may have blank nodes."""
    checks = {
        kind: check for kind, check in _CHECKS.items() if not (allow_blank_nodes and kind is ox.BlankNode)
    }
    return [problem for quad in quads for problem in _problems(quad, checks)]


def _problems(quad: ox.Quad, checks: Mapping[type, _Check]) -> Iterator[Problem]:
    parts: tuple[tuple[Part, object], ...] = (
        ("subject", quad.subject),
        ("property", quad.predicate),
        ("object", quad.object),
    )
    for part, term in parts:
        check = checks.get(type(term))
        if check:
            for code, values in check(term):
                yield Problem(quad, code, part, values)


def _blank_node(_: ox.BlankNode) -> Iterator[_Told]:
    yield "blank_node", {}


def _triple_term(_: ox.Triple) -> Iterator[_Told]:
    yield "triple_term", {}


def _named_node(term: ox.NamedNode) -> Iterator[_Told]:
    scheme = term.value.partition(":")[0].lower()
    if scheme not in SCHEMES:
        code = "unsafe_scheme" if scheme in _UNSAFE else "scheme"
        yield code, {"iri": _shortened(term.value), "scheme": scheme, "allowed": ", ".join(SCHEMES)}
    if len(term.value) > MAX_IRI:
        yield "long_iri", {"count": len(term.value), "most": MAX_IRI}
    yield from _invisible(term.value, _INVISIBLE, "control_iri")


def _literal(term: ox.Literal) -> Iterator[_Told]:
    yield from _invisible(term.value, _FORBIDDEN, "control_text")
    if len(term.value) > MAX_LITERAL:
        yield "long_text", {"count": len(term.value), "most": MAX_LITERAL}
    if term.direction is not None:
        yield "direction", {"direction": str(term.direction)}
    if term.language is not None:
        yield from _language(term.language)
    elif term.datatype.value not in _PLAIN:
        yield from _typed(term.value, term.datatype.value)


def _invisible(text: str, pattern: re.Pattern[str], code: str) -> Iterator[_Told]:
    match = pattern.search(text)
    if match:
        yield (
            code,
            {"code": f"U+{ord(match[0]):04X}", "before": text[max(0, match.start() - 20) : match.start()]},
        )


def _language(tag: str) -> Iterator[_Told]:
    if tag != tag.lower():
        yield "capital_language", {"tag": tag, "form": tag.lower()}
    if len(tag) > MAX_LANGUAGE:
        yield "long_language", {"tag": tag, "most": MAX_LANGUAGE}


def _typed(value: str, datatype: str) -> Iterator[_Told]:
    name = short_name(datatype)
    if name not in FORMS:
        yield "datatype", _other(value, datatype, name)
    elif not FORMS[name][0].fullmatch(value):
        code = "form" if is_lexical(value, name) else "lie"
        told = {"value": _shortened(value), "datatype": f"xsd:{name}", "example": FORMS[name][1]}
        yield code, {**told, "form": find_form(value, name)}
    elif name == "date" and not is_day(value):
        yield "no_day", {"value": value}


def _other(value: str, datatype: str, name: str | None) -> dict[str, object]:
    instead = find_datatype(name or "")
    form = find_form(value, instead) if instead else None
    allowed = ", ".join(f"xsd:{one}" for one in FORMS)
    written = f'"{form}"^^xsd:{instead}' if form else None
    return {"datatype": f"xsd:{name}" if name else datatype, "allowed": allowed, "form": written}


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"  # noqa: PLR2004


_CHECKS: Final[dict[type, _Check]] = {
    ox.BlankNode: _blank_node,
    ox.Triple: _triple_term,
    ox.NamedNode: _named_node,
    ox.Literal: _literal,
}
