"""Tell the usual mistakes apart: what was probably meant where the strict parser stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from crossties.namespaces import BASE
from crossties.quads.lines import Lines
from crossties.quads.strict import Fault
from crossties.turtle.order import KNOWN_PREFIXES
from crossties.turtle.tokens import CURLY, Token, scan

#: Mistakes inside one name: what stands around them was read all the same.
OF_NAMES: Final = frozenset(
    {"missing_prefix", "unknown_prefix", "relative_iri", "relative_iri_line", "iri_character"}
)

_UNDECLARED: Final = re.compile(r"The prefix (.*): has not been declared")
_BAD_CHARACTER: Final = re.compile(r"Invalid IRI (?:code point|character) '(.)'", re.DOTALL)
_INVISIBLE: Final = re.compile("[\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]")
_BARE_LINK: Final = re.compile(r"(?:https?|urn|mailto):[^\s<>\"]*?(?=[.,;]?(?:\s|$))")
_BARE_DATE: Final = re.compile(r"(?<![0-9-])[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?![0-9-])")
_NUMBERS: Final = re.compile(r"[0-9]+")
_PAIRS: Final = {"[": "]", "(": ")", "{": "}"}
_SHOWN: Final = 60

Hint = tuple[str, dict[str, object]]


@dataclass(frozen=True)
class Spot:
    """One fault in its text: the offset where it begins, and the tokens up to there."""

    text: str
    syntax: str
    fault: Fault
    start: int
    before: tuple[Token, ...] = field(default=(), compare=False)

    @property
    def found(self) -> str:
        """Return what stands at the fault, shortened."""
        return re.split(r"[\s]", self.text[self.start : self.start + _SHOWN], maxsplit=1)[0]

    def back(self, count: int) -> str:
        """Return the token that stands so many tokens before the fault."""
        return self.before[-count].text if count <= len(self.before) else ""


def make_spot(text: str, lines: Lines, syntax: str, fault: Fault) -> Spot:
    """Return the spot of a fault; one without a place is at the end of the text."""
    if fault.line is None:
        return Spot(text, syntax, fault, len(text))
    return Spot(text, syntax, fault, min(lines.offset(fault.line, fault.column or 1), len(text)))


def explain_name(spot: Spot) -> Hint | None:
    """Return the kind of a mistake inside one name, with the values that its sentence needs."""
    reason = spot.fault.reason
    undeclared = _UNDECLARED.match(reason)
    if undeclared:
        return _prefix(undeclared[1])
    if "No scheme found" in reason and not spot.text[: spot.start].rstrip().lower().endswith("base"):
        code = "relative_iri_line" if spot.syntax in {"nt", "nq"} else "relative_iri"
        return code, {"iri": spot.found.strip("<>"), "base": BASE}
    character = _BAD_CHARACTER.match(reason)
    if character and "\n" not in spot.text[spot.start :].partition(">")[0]:
        return "iri_character", {"character": "␠" if character[1] == " " else character[1]}
    return None


def explain(spot: Spot) -> Hint:
    """Return the kind of a mistake of grammar, the most telling first."""
    before = tuple(takewhile(lambda token: token.end <= spot.start, scan(spot.text)))
    spot = Spot(spot.text, spot.syntax, spot.fault, spot.start, before)
    return _letter(spot) or _by_reason(spot) or ("syntax", {"reason": spot.fault.reason})


def find_undeclared(text: str) -> Iterator[tuple[Hint, int]]:
    """Yield each prefix that is used and not declared, once: the parser skips the rest of a statement."""
    known: set[str] = set()
    before = ""
    for token in scan(text):
        prefix, colon, _ = token.text.partition(":")
        if token.kind == "name" and colon and prefix not in known:
            known.add(prefix)
            hint = None if before.lower() in {"@prefix", "prefix"} else _prefix(prefix)
            if hint:
                yield hint, token.start
        before = token.text


def _prefix(prefix: str) -> Hint | None:
    if prefix in {"http", "https", "urn", "mailto"}:
        return None
    namespace = KNOWN_PREFIXES.get(prefix)
    if namespace:
        return "missing_prefix", {"prefix": prefix, "line": f"@prefix {prefix}: <{namespace}> ."}
    return "unknown_prefix", {"prefix": prefix, "line": f"@prefix {prefix}: <https://…> ."}


def _letter(spot: Spot) -> Hint | None:
    """Look at the character itself: a curly quote, an invisible one, a link without angle brackets."""
    letter = spot.text[spot.start : spot.start + 1]
    if letter and letter in CURLY:
        return "curly_quote", {"quote": letter}
    if _INVISIBLE.match(letter):
        return "invisible", {"code": f"U+{ord(letter):04X}"}
    if letter == "/":
        return "slash", {}
    link = _BARE_LINK.match(spot.text, spot.start)
    return ("bare_link", {"iri": link[0]}) if link else None


def _by_reason(spot: Spot) -> Hint | None:
    reason = spot.fault.reason
    if "BASE keyword" in reason or "No scheme found" in reason:
        return "bad_base", {"line": f"@base <{BASE}> ."}
    if _BAD_CHARACTER.match(reason):
        return "unclosed_iri", {}
    in_text = _in_text(spot)
    if in_text or spot.syntax not in {"nt", "nq"}:
        return in_text or _by_neighbours(spot)
    return "not_in_lines", {"found": spot.found}


def _in_text(spot: Spot) -> Hint | None:
    reason = spot.fault.reason
    if "Line jumps" in reason or (reason.startswith("Unexpected end") and spot.found[:1] in {'"', "'"}):
        return "unclosed_quote", {}
    if "escape" in reason:
        return "escape", {"found": spot.found[:2]}
    is_tag = "language" in reason.lower() or spot.back(1).startswith("@")
    return ("language_tag", {}) if is_tag else None


def _by_neighbours(spot: Spot) -> Hint | None:
    """Look at the tokens before: which mark was written, and which was probably meant."""
    reason = spot.fault.reason
    opened = _opened(spot.before)
    if spot.found[:1] == "{" and spot.syntax == "ttl":
        return "graph_in_turtle", {}
    if opened and ("should end with" in reason or _ends_early(spot, opened)):
        return "unclosed_bracket", {"bracket": opened, "closing": _PAIRS[opened]}
    if "dot is expected" in reason or "valid subject" in reason:
        return _between_statements(spot)
    if "valid predicate" in reason:
        return _before_property(spot)
    if "valid RDF object" in reason:
        return _before_value(spot)
    return ("unfinished", {}) if reason.startswith("Unexpected end") else None


def _between_statements(spot: Spot) -> Hint:
    line = spot.text[spot.text.rfind("\n", 0, spot.start) + 1 :].partition("\n")[0]
    day = _BARE_DATE.search(line)
    if _NUMBERS.fullmatch(spot.back(1)) and spot.found[:1] in set("-0123456789"):
        return ("bare_date", {"value": day[0]}) if day else ("spaced_number", {})
    if spot.found[:1] in {"]", ")", "}", ";", ",", "."}:
        return "stray", {"found": spot.found[:1]}
    if spot.back(2) == ",":
        return "comma_for_semicolon", {"found": spot.back(1)}
    if spot.back(3) == ";":
        return "semicolon_for_dot", {"found": spot.back(2)}
    if "valid subject" in spot.fault.reason:
        return "literal_subject", {"found": spot.found}
    return "missing_dot", {"found": spot.found, "last": spot.back(1)}


def _before_property(spot: Spot) -> Hint:
    if spot.back(1) == ";":
        return "semicolon_for_comma", {"found": spot.found}
    if spot.back(2) == "." and spot.before[-1].kind == "name":
        return "dot_for_semicolon", {"found": spot.back(1)}
    return "missing_property", {"found": spot.found}


def _before_value(spot: Spot) -> Hint:
    if spot.found.lower().rstrip(".;,") in {"true", "false"}:
        return "truth_value", {"value": spot.found.lower().rstrip(".;,")}
    if spot.back(2) == ";" and spot.before[-1].kind == "iri":
        return "semicolon_for_comma", {"found": spot.back(1)}
    return "missing_value", {"found": spot.found, "property": spot.back(1)}


def _ends_early(spot: Spot, opened: str) -> bool:
    return not spot.found or (spot.found[:1] == "." and opened != "{")


def _opened(tokens: tuple[Token, ...]) -> str | None:
    """Return the bracket opened last that isn't closed."""
    opened: list[str] = []
    for token in tokens:
        if token.text in _PAIRS:
            opened.append(token.text)
        elif opened and token.text == _PAIRS[opened[-1]]:
            opened.pop()
    return opened[-1] if opened else None
