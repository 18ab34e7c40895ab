"""What tokens stand for: IRIs by base and prefix (RFC 3986, 5.2), and literals."""

from __future__ import annotations

import re
from typing import Final

from crossties.quads import Literal, NamedNode, iri, literal
from crossties.turtle.tokens import Token, unescape

#: Scheme, authority, path, query and fragment of an IRI reference (RFC 3986, appendix B).
_REFERENCE: Final = re.compile(
    r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL
)
_LOCAL_ESCAPE: Final = re.compile(r"\\(.)")
_STEP: Final = re.compile(r"([^/]*)(?:/|$)")


class Names:
    """The base and the prefixes in force at one place of a text."""

    def __init__(self, base: str | None = None) -> None:
        self.base = base
        self.prefixes: dict[str, str] = {}
        self._nodes: dict[str, NamedNode] = {}

    def declare(self, word: str, tokens: tuple[Token, ...]) -> None:
        """Take in a directive: ``@prefix`` with a name and an IRI, or ``@base`` with an IRI."""
        self._nodes = {}
        if word.lower().endswith("prefix"):
            self.prefixes[tokens[0].text.removesuffix(":")] = self.resolve(tokens[1].text[1:-1])
        else:
            self.base = self.resolve(tokens[0].text[1:-1])

    def node(self, token: Token) -> NamedNode | None:
        """Return the IRI that a token stands for; None where it stands for none, or its prefix is unknown.

        Raises:
            RequestError: it is no whole IRI.
        """
        known = self._nodes.get(token.text)
        if known is None:
            text = self._expand(token)
            if text is None:
                return None
            known = self._nodes[token.text] = iri(text)
        return known

    def resolve(self, text: str) -> str:
        """Return an IRI reference, its escapes included, as an IRI in full."""
        reference = unescape(text)
        return reference if self.base is None else resolve_iri(reference, self.base)

    def _expand(self, token: Token) -> str | None:
        if token.kind == "iri":
            return self.resolve(token.text[1:-1])
        prefix, colon, local = token.text.partition(":")
        namespace = self.prefixes.get(prefix) if colon and token.kind == "name" else None
        return None if namespace is None else namespace + _LOCAL_ESCAPE.sub(r"\1", local)


def is_directive(token: Token) -> bool:
    """Tell whether a token begins a declaration of a prefix or of the base."""
    return token.text in {"@prefix", "@base"} or (
        token.kind == "name" and token.text.lower() in {"prefix", "base"}
    )


def string_value(token: Token) -> str:
    """Return what a quoted string says."""
    return unescape(token.text[3:-3] if token.kind == "long" else token.text[1:-1])


def bare_literal(token: Token) -> Literal | None:
    """Return the literal of a number or a truth value that is written without quotes."""
    if token.kind == "number":
        return literal(token.text, _number_type(token.text))
    return literal(token.text, "boolean") if token.text in {"true", "false"} else None


def resolve_iri(reference: str, base: str) -> str:
    """Return a reference as seen from an absolute base (RFC 3986, 5.2.2); the base is left as it is."""
    scheme, authority, path, query, fragment = _split(reference)
    if scheme is not None:
        return reference
    base_scheme, base_authority, base_path, base_query, _ = _split(base)
    if authority is not None:
        return f"{base_scheme}:{reference}"
    path, base_path = path or "", base_path or ""
    if not path:
        path, query = base_path, base_query if query is None else query
    else:
        root = "" if base_authority is None else "/"
        above = "" if path.startswith("/") else base_path[: base_path.rfind("/") + 1] or root
        path = _without_dots(above, path, root)
    return _joined(base_scheme, base_authority, path, query, fragment)


def _split(text: str) -> tuple[str | None, ...]:
    match = _REFERENCE.fullmatch(text)
    return match.groups() if match else (None, None, text, None, None)


def _without_dots(above: str, path: str, root: str) -> str:
    """Add a path to what stands above it, step by step; ``..`` takes one away (RFC 3986, 5.2.4)."""
    for match in _STEP.finditer(path):
        name = match[1]
        if name == "..":
            above = above[: above.rfind("/", 0, -1) + 1] or root
        elif name != ".":
            above += match[0]
    return above


def _joined(
    scheme: str | None, authority: str | None, path: str, query: str | None, fragment: str | None
) -> str:
    parts = [
        "" if scheme is None else f"{scheme}:",
        "" if authority is None else f"//{authority}",
        path,
        "" if query is None else f"?{query}",
        "" if fragment is None else f"#{fragment}",
    ]
    return "".join(parts)


def _number_type(text: str) -> str:
    if "e" in text.lower():
        return "double"
    return "decimal" if "." in text else "integer"
