"""Put the columns of ``SELECT *`` into their order of appearance: the engine sorts them by name."""

from __future__ import annotations

from collections.abc import Sequence

from crossties.store.tokens import Token, read_tokens


def order_columns(query: str, names: Sequence[str]) -> str | None:
    """Return the query with ``*`` replaced by its variables as they appear, or None if nothing changes.

    ``names`` are the variables that ``*`` stands for, as the engine found them.
    """
    if len(names) < 2 or "*" not in query:  # noqa: PLR2004 - two columns are the fewest that have an order
        return None
    tokens = list(read_tokens(query))
    star = _find_star(tokens)
    if star is None:
        return None
    first: dict[str, int] = {}
    for token in tokens:
        if token.kind == "variable":
            first.setdefault(token.text[1:], token.start)
    ordered = sorted(names, key=lambda name: first.get(name, len(query)))
    if ordered == list(names):
        return None
    listed = " ".join(f"?{name}" for name in ordered)
    return f"{query[: star.start]} {listed} {query[star.start + 1 :]}"


def _find_star(tokens: list[Token]) -> Token | None:
    """Look after the first SELECT: only a prologue may stand before it (SPARQL 1.1 Query, 19.8)."""
    words = iter(tokens)
    for token in words:
        if token.keyword.startswith("SELECT"):
            break
        if token.text == "{":
            return None
    following = next(words, None)
    while following and following.keyword in {"DISTINCT", "REDUCED"}:
        following = next(words, None)
    return following if following and following.text == "*" else None
