"""Refuse a query that breaks the published limits, by one linear pass over its tokens.

pyoxigraph's parser ends the process on deep nesting and on long flat chains, and takes exponential time on
nested SUBSTR, REGEX and REPLACE. A worker would survive none of them, though the service would: these limits
are here so that the answer says what to change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NoReturn

from crossties.errors import QuerySyntaxError, TooLargeError
from crossties.store.tokens import Token, locate, read_tokens


@dataclass(frozen=True)
class Limits:
    """How long and how deep a query may be; the service description publishes it.

    ``chain`` counts operators, arms and triples, ``tokens`` everything outside VALUES, ``values`` the rows
    of all VALUES together.
    """

    query_bytes: int = 65_536
    depth: int = 64
    nested_text_calls: int = 10
    chain: int = 500
    tokens: int = 5_000
    values: int = 10_000
    iri_characters: int = 2_048


LIMITS: Final = Limits()
_TEXT_CALLS: Final = ("SUBSTR", "REGEX", "REPLACE")
_NAMES_A_GRAPH: Final = frozenset({"GRAPH", "FROM", "NAMED"})
_CHAINED: Final = ("UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "GRAPH", "EXISTS", "IN", "LATERAL")
_TERMS: Final = frozenset({"iri", "text", "variable", "name", "number", "close"})
_HIDING: Final = frozenset("-+*/&=!(,")
_NO_TOKEN: Final = Token("", "", 0)
_SIGNS: Final = b"-+*/|^=<>!,;.&?$'\"(){}[]"
_OPENING: Final = b"({[<"
_SUSPICIOUS: Final = re.compile(rb"SERVICE|SUBSTR|REGEX|REPLACE|\\u", re.IGNORECASE)


def check_query(query: str, limits: Limits = LIMITS) -> None:
    """Return where the query keeps the limits.

    Raises:
        TooLargeError: the text is too long.
        QuerySyntaxError: a limit of nesting or length is broken, or SERVICE is used.
    """
    encoded = query.encode("utf-8", "surrogatepass")
    if len(encoded) > limits.query_bytes:
        message = f"The query has {len(encoded)} bytes; {limits.query_bytes} are allowed."
        raise TooLargeError(message, mend="Split it, or put long lists into several requests.")
    if not _is_small(encoded, limits):
        _Pass(query, limits).run()


def _is_small(encoded: bytes, limits: Limits) -> bool:
    """Pass most queries in 5 µs instead of 50: what has few signs and words can break no limit."""
    if len(encoded) > limits.iri_characters or _SUSPICIOUS.search(encoded):
        return False
    if _count(encoded, _SIGNS) + len(encoded.split()) > limits.chain:
        return False
    return _count(encoded, _OPENING) <= limits.depth


def _count(encoded: bytes, signs: bytes) -> int:
    return len(encoded) - len(encoded.translate(None, signs))


class _Pass:
    """One walk over the tokens of a query with what must be counted on the way."""

    def __init__(self, query: str, limits: Limits) -> None:
        self._query = query
        self._limits = limits
        self._token = self._previous = _NO_TOKEN
        self._brackets: list[str] = []
        self._text_calls: list[int] = []
        self._chain = self._tokens = self._rows = 0
        self._values_follow = False
        self._values_depth: int | None = None
        self._hidden_service = False

    def run(self) -> None:
        steps = {
            "iri": self._iri,
            "name": self._term,
            "text": self._term,
            "number": self._term,
            "variable": self._term,
            "unclosed": self._unclosed,
            "open": self._open,
            "close": self._close,
            "word": self._word,
            "operator": self._operator,
        }
        for token in read_tokens(self._query):
            self._token = token
            step = steps.get(self._token.kind)
            if step:
                step()
            self._notice_service()
            self._count()
            self._previous = self._token

    def _iri(self) -> None:
        text = self._token.text
        if len(text) > self._limits.iri_characters + 2:
            self._refuse(f"An IRI has more than {self._limits.iri_characters} characters.", "Shorten it.")
        self._term()
        if self._in("(") and self._previous.kind in _TERMS:
            # What looks like an IRI may be read as two comparisons: 1<(((…)))&&2>1
            self._link(sum(letter in _HIDING for letter in text))
            if text.count("(") > self._limits.nested_text_calls:
                self._refuse("Brackets stand between < and >.", "Put spaces around < and >.")

    def _term(self) -> None:
        """Count terms side by side in parentheses, a collection: two triples each."""
        if self._in("(") and self._previous.kind in _TERMS:
            self._link(1)

    def _unclosed(self) -> None:
        self._refuse("A text in quotes does not end.", "Close it with the quote that it starts with.")

    def _open(self) -> None:
        bracket = self._token.text
        if self._hidden_service and bracket == "{":
            self._refuse_service()
        if bracket == "{":
            self._link(1)
        self._brackets.append(bracket)
        self._check_depth(bracket)
        if self._values_follow and bracket == "{":
            self._values_follow, self._values_depth = False, len(self._brackets)
        if self._previous.keyword.endswith(_TEXT_CALLS):
            self._nest_text_call()

    def _check_depth(self, bracket: str) -> None:
        if len(self._brackets) > self._limits.depth:
            mend = "Take parts out with BIND, or write fewer groups."
            self._refuse(f"Brackets (“{bracket}”) are nested deeper than {self._limits.depth}.", mend)

    def _nest_text_call(self) -> None:
        self._text_calls.append(len(self._brackets))
        most = self._limits.nested_text_calls
        if len(self._text_calls) > most:
            self._refuse(f"SUBSTR, REGEX or REPLACE are nested deeper than {most}.", "Use BIND in between.")

    def _close(self) -> None:
        depth = len(self._brackets)
        if self._text_calls and self._text_calls[-1] == depth:
            self._text_calls.pop()
        if self._values_depth == depth:
            self._values_depth = None
        if self._brackets:
            self._brackets.pop()

    def _word(self) -> None:
        name = self._token.keyword
        if "SERVICE" in name:
            self._refuse_service()
        if name.endswith("VALUES"):
            self._values_follow = True
        if name.endswith(_CHAINED):
            self._link(1)

    def _operator(self) -> None:
        self._link(1)

    def _link(self, more: int) -> None:
        if self._values_depth is not None:
            return
        self._chain += more
        if self._chain > self._limits.chain:
            mend = "Split the query, or list the values in VALUES."
            self._refuse(f"The query has more than {self._limits.chain} operators, arms and triples.", mend)

    def _notice_service(self) -> None:
        """Remember a name like ``SERVICE:x``: in ``1.SERVICE:x {`` the engine reads a keyword and ``:x``."""
        glued = self._token.kind == "name" and "SERVICE" in self._token.text.upper()
        self._hidden_service = glued and self._previous.keyword not in _NAMES_A_GRAPH

    def _count(self) -> None:
        if self._values_depth is None:
            self._tokens += 1
            if self._tokens > self._limits.tokens:
                mend = "Split the query, or list the values in VALUES."
                self._refuse(f"The query has more than {self._limits.tokens} words and signs.", mend)
        elif self._starts_row():
            self._rows += 1
            if self._rows > self._limits.values:
                mend = "Split the list over several queries."
                self._refuse(f"VALUES lists more than {self._limits.values} rows.", mend)

    def _starts_row(self) -> bool:
        """Say whether this token stands directly in the braces: a term, or a parenthesis just opened."""
        depth = len(self._brackets)
        if self._token.kind == "open":
            return depth == (self._values_depth or 0) + 1
        return depth == self._values_depth and self._token.kind in {"iri", "name", "text", "number", "word"}

    def _in(self, bracket: str) -> bool:
        return bool(self._brackets) and self._brackets[-1] == bracket

    def _refuse_service(self) -> NoReturn:
        mend = "Ask this endpoint from the other side: its address works in a SERVICE clause elsewhere."
        self._refuse("SERVICE is not allowed here: this endpoint never reaches out to another.", mend)

    def _refuse(self, what: str, mend: str) -> NoReturn:
        raise QuerySyntaxError(what, mend=mend, where=locate(self._query, self._token.start))
