"""Cut the first basic graph pattern of a query into growing pieces, each of which can be asked alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crossties.errors import Location
from crossties.store.tokens import Token, locate, read_tokens


@dataclass(frozen=True)
class Piece:
    """A triple pattern, where it stands, its IRIs, and an ASK for everything up to its end."""

    text: str
    where: Location
    iris: tuple[str, ...]
    ask: str


def find_pieces(query: str) -> list[Piece]:
    """Return the triple patterns that the query begins with, up to its first other part.

    Works on tokens: the query must be one that the engine accepts. An ASK of a piece has the query's
    prologue and dataset.
    """
    tokens = list(read_tokens(query))
    opening = next((at for at, token in enumerate(tokens) if token.text == "{"), len(tokens))
    head = tokens[:opening]
    form = next((at for at, token in enumerate(head) if token.keyword in {"SELECT", "ASK"}), None)
    if form is None or opening >= len(tokens) - 1:
        return []
    clauses = next((at for at, token in enumerate(head) if token.keyword == "FROM"), opening)
    ends = [at for at in range(clauses, opening) if tokens[at].keyword == "WHERE"] or [opening]
    prologue = query[: tokens[form].start]
    dataset = query[tokens[clauses].start : tokens[ends[0]].start]
    body = tokens[opening].start + 1
    known = _read_prefixes(head)
    return [
        Piece(
            query[first.start : end].strip(),
            locate(query, first.start),
            tuple(_iris(within, known)),
            f"{prologue}ASK {dataset}{{{query[body:end]}\n}}",
        )
        for first, end, within in _cut(tokens[opening + 1 :])
    ]


def _cut(tokens: list[Token]) -> Iterator[tuple[Token, int, list[Token]]]:
    """Yield for each triple its first token, where it ends, and its tokens."""
    depth = 0
    within: list[Token] = []
    for token, following in zip(tokens, [*tokens[1:], tokens[-1]], strict=True):
        is_point = token.text == "." and following.kind == "number" and following.start == token.start + 1
        ends = token.text in {".", ";", ",", "}", "{"} or _is_part(token)
        if depth == 0 and ends and not is_point:
            if within:
                yield within[0], token.start, within
                within = []
            if token.text not in {".", ";", ","}:
                return
            continue
        depth += (token.kind == "open") - (token.kind == "close")
        within.append(token)


def _is_part(token: Token) -> bool:
    """Notice FILTER, OPTIONAL and so on: words of triples are ``a``, ``true`` and ``false`` alone."""
    return token.kind == "word" and token.keyword not in {"A", "TRUE", "FALSE"}


def _read_prefixes(head: list[Token]) -> dict[str, str]:
    return {
        name.text[:-1]: iri.text[1:-1]
        for word, name, iri in zip(head, head[1:], head[2:], strict=False)
        if word.keyword == "PREFIX" and name.kind == "name" and iri.kind == "iri"
    }


def _iris(tokens: list[Token], prefixes: dict[str, str]) -> Iterator[str]:
    for token in tokens:
        prefix, _, local = token.text.partition(":")
        if token.kind == "iri":
            yield token.text[1:-1]
        elif token.kind == "name" and prefix in prefixes and "\\" not in local:
            yield prefixes[prefix] + local
