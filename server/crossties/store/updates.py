"""Read an update by its tokens: refuse what reaches out, and give it a dataset, which the engine can't take.

What the protocol's ``using-graph-uri`` and ``using-named-graph-uri`` ask for (SPARQL 1.1 Protocol, 2.2.3) is
written into the update as USING clauses, before each WHERE of the outermost level.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from crossties.errors import RefusedError, RequestError
from crossties.store.limits import LIMITS, Limits, check_query
from crossties.store.tokens import Token, read_tokens

_DATASET: Final = frozenset({"USING", "WITH"})
_GRAPHS: Final = frozenset({"GRAPH", "USING", "WITH", "INTO", "TO", "NAMED", "ALL"})


def check_update(text: str, limits: Limits = LIMITS) -> None:
    """Return where the update keeps the limits of queries and reaches for nothing outside.

    Raises:
        TooLargeError, QuerySyntaxError: as ``check_query`` does.
        RefusedError: it holds LOAD.
    """
    check_query(text, limits)
    if any("LOAD" in token.keyword for token in read_tokens(text)):
        message = "LOAD is not allowed here: this endpoint never reaches out to another."
        raise RefusedError(
            message, mend="Send the graph yourself, by PUT or POST to the graph store at /store."
        )


def is_restricted(text: str) -> bool:
    """Say whether the update leaves every graph but the default one alone."""
    return not any(token.keyword in _GRAPHS for token in read_tokens(text))


def use_graphs(text: str, *, default: Sequence[str], named: Sequence[str]) -> str:
    """Return the update with these graphs as the dataset of each of its patterns.

    Raises:
        RequestError: the update says by itself what its dataset is (2.2.3: an error), or an IRI is none.
    """
    tokens = list(read_tokens(text))
    if any(token.keyword in _DATASET for token in _outermost(tokens)):
        message = "The update holds USING or WITH, and the request names graphs too."
        raise RequestError(message, mend="Say it in one place.")
    clauses = _clauses(default, named)
    written, end = [], 0
    for at, where in _patterns(tokens):
        written.append(text[end : where.start])
        if at and tokens[at - 1].keyword == "DELETE":
            pattern = _group(text, tokens, at + 1)
            written.append(f" {pattern} ")
        written.append(clauses)
        end = where.start
    return "".join([*written, text[end:]])


def _clauses(default: Sequence[str], named: Sequence[str]) -> str:
    for iri in (*default, *named):
        if any(sign in iri for sign in '<>"{}|^`\\') or any(ord(sign) <= ord(" ") for sign in iri):
            message = f"“{iri}” is no IRI."
            raise RequestError(message, mend="Name a graph by its whole IRI.")
    listed = [f"USING <{iri}>" for iri in default] + [f"USING NAMED <{iri}>" for iri in named]
    return " " + " ".join(listed) + " "


def _outermost(tokens: list[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0:
            yield token


def _patterns(tokens: list[Token]) -> Iterator[tuple[int, Token]]:
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0 and token.keyword == "WHERE":
            yield at, token


def _group(text: str, tokens: list[Token], at: int) -> str:
    """Return the braces that begin at a token, with what stands in them: DELETE WHERE says it once only."""
    depth = 0
    for token in tokens[at:]:
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return text[tokens[at].start : token.start + len(token.text)]
    return text[tokens[at].start :] if at < len(tokens) else ""
