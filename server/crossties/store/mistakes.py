"""Say what is wrong with a query that does not parse, as a person would.

The engine names the place where its furthest attempt failed and a list of all that could have stood there.
The usual mistakes are looked for in the tokens instead; only then is the engine's own reason read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import pairwise
from typing import Final

from crossties.errors import Location, QuerySyntaxError
from crossties.namespaces import PREFIXES
from crossties.store.tokens import Token, find_offset, locate, read_tokens

_POSITION: Final = re.compile(r"^error at (\d+):(\d+): ")
_REASON: Final = re.compile(r"(?:^expected (?:one of )?|, )(The [^,]+|[A-Z][a-z]+(?: [A-Za-z]+)+)")
_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES: Final = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH")
)
_KEYWORDS: Final = frozenset(
    """
    A ABS AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT
    DATATYPE DAY DESC DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP
    GROUP_CONCAT HAVING HOURS IF IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG
    LANGDIR HASLANG HASLANGDIR LANGMATCHES LATERAL LCASE LIMIT MAX MD5 MIN MINUS MINUTES MONTH NAMED
    NOT NOW OBJECT OFFSET OPTIONAL ORDER PREDICATE PREFIX RAND REDUCED REGEX REPLACE ROUND SAMETERM
    SAMPLE SECONDS SELECT SEPARATOR SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS
    STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT SUBSTR SUM TIMEZONE TRIPLE TRUE TZ UCASE
    UNDEF UNION URI UUID VALUES VERSION WHERE YEAR ADJUST
    """.split()  # noqa: SIM905 - a list of 100 words is read more easily so
)
_PAIRS: Final = {"(": ")", "{": "}", "[": "]", "<<": ">>"}
_UNKNOWN_FUNCTION: Final = re.compile(r"The custom function <(.*)> is not supported")
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_CASTS: Final = ("boolean", "date", "dateTime", "decimal", "double", "float", "integer", "string")
_IRI_SCHEMES: Final = frozenset({"http", "https", "urn", "mailto"})
_REASONS: Final = {
    "IRI parsing failed": "An IRI is not valid: it is relative, or holds a sign that IRIs can't hold",
    "Prefix not found": "A prefix is used that is not declared",
}


def explain_syntax(query: str, told: str) -> QuerySyntaxError:
    """Return the error for a query that the engine refused with the message ``told``."""
    tokens = list(read_tokens(query))
    for look in _LOOKS:
        found = look(tokens)
        if found:
            what, mend, token = found
            return QuerySyntaxError(what, mend=mend, where=locate(query, token.start))
    return _from_engine(query, tokens, told)


def explain_function(query: str, told: str) -> QuerySyntaxError | None:
    """Return the error for a function that the engine has not, or None where it says something else."""
    match = _UNKNOWN_FUNCTION.search(told)
    if not match:
        return None
    iri = match[1]
    names = [token for token in read_tokens(query) if _may_name(token, iri)]
    where = locate(query, names[0].start) if names else Location("query")
    near = get_close_matches(iri.removeprefix(_XSD), _CASTS, n=1) if iri.startswith(_XSD) else []
    mend = (
        f"Did you mean xsd:{near[0]}?" if near else "Use the functions of SPARQL 1.1, and the casts of XSD."
    )
    return QuerySyntaxError(f"There is no function <{iri}>.", mend=mend, where=where)


def _may_name(token: Token, iri: str) -> bool:
    if token.kind == "iri":
        return token.text[1:-1] == iri
    local = token.text.partition(":")[2]
    return token.kind == "name" and bool(local) and iri.endswith(local)


_Found = tuple[str, str, Token] | None


def _find_unclosed(tokens: list[Token]) -> _Found:
    for token in tokens:
        if token.kind == "unclosed":
            return "A text in quotes does not end.", "Close it with the quote that it starts with.", token
    return None


def _find_wrong_form(tokens: list[Token]) -> _Found:
    """Look at the first word after the prologue, and for a second form at the outermost level."""
    forms = [
        token for token in _outermost_words(tokens) if token.keyword not in {"BASE", "PREFIX", "VERSION"}
    ]
    if not forms:
        return None
    first = forms[0]
    if first.keyword in _UPDATES:
        return "This is an update, not a query.", f"Ask with {_listed(_FORMS)}.", first
    if not first.keyword.startswith(_FORMS):
        what = f"A query can't start with “{first.text}”."
        return (
            what,
            _suggest(first.keyword, _FORMS) or f"After its PREFIX lines it starts with {_listed(_FORMS)}.",
            first,
        )
    for token in forms[1:]:
        if token.keyword in {"SELECT", "ASK"}:
            return "A second query begins here; a request holds exactly one.", "Send them one by one.", token
    return None


def _outermost_words(tokens: list[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0 and token.kind == "word":
            yield token


def _find_undeclared(tokens: list[Token]) -> _Found:
    declared = {"_"}
    for before, token in pairwise(tokens):
        if token.kind != "name":
            continue
        prefix = token.text.partition(":")[0]
        if before.keyword == "PREFIX":
            declared.add(prefix)
        elif prefix in _IRI_SCHEMES and prefix not in declared:
            return "An IRI stands in < and >, and holds no space.", "Write it as <https://…>.", token
        elif prefix not in declared:
            return f"The prefix “{prefix}:” is not declared.", _declare(prefix, declared), token
    return None


def find_missing(query: str) -> list[str]:
    """Return the well-known prefixes that a query uses and does not declare, in the order of their use."""
    tokens = list(read_tokens(query))
    declared = {token.text[:-1] for before, token in pairwise(tokens) if before.keyword == "PREFIX"}
    used = (token.text.partition(":")[0] for token in tokens if token.kind == "name")
    return [name for name in dict.fromkeys(used) if name in PREFIXES and name not in declared]


def _declare(prefix: str, declared: set[str]) -> str:
    if prefix in PREFIXES:
        line = f"PREFIX {prefix}: <{PREFIXES[prefix]}>"
        return f"Add this line at the top: {line}\nOver HTTP, prefixes=add in the address adds it."
    near = get_close_matches(prefix, [*(declared - {"_"}), *PREFIXES], n=1)
    if not near:
        return f"Add a line at the top: PREFIX {prefix}: <…>"
    known = (
        ""
        if near[0] in declared
        else f" It needs this line at the top: PREFIX {near[0]}: <{PREFIXES[near[0]]}>"
    )
    return f"Did you mean “{near[0]}:”?{known}"


def _find_unknown_word(tokens: list[Token]) -> _Found:
    for token in tokens:
        if token.kind == "word" and token.keyword not in _KEYWORDS and not _is_glued(token.keyword):
            what = f"“{token.text}” is not a word of SPARQL."
            mend = _suggest(token.keyword, _KEYWORDS)
            return (
                what,
                mend or "A name needs its prefix (ct:party), a text its quotes, a variable its ?.",
                token,
            )
    return None


def _is_glued(word: str) -> bool:
    """Accept the ``e5`` that 1e5 leaves, and keywords that no space parts: the engine reads them too."""
    cuts = range(2, len(word))
    return bool(re.fullmatch(r"E\d*", word)) or any(
        word[:cut] in _KEYWORDS and word[cut:] in _KEYWORDS for cut in cuts
    )


def _find_bracket(tokens: list[Token]) -> _Found:
    opened: list[Token] = []
    for token in tokens:
        if token.kind == "open":
            opened.append(token)
        elif token.kind == "close":
            if not opened:
                return f"“{token.text}” closes nothing.", "Remove it, or open a bracket before it.", token
            last = opened.pop()
            if _PAIRS[last.text] != token.text:
                return (
                    f"“{last.text}” is closed by “{token.text}”.",
                    f"Close it with “{_PAIRS[last.text]}”.",
                    token,
                )
    if not opened:
        return None
    return (
        f"This “{opened[-1].text}” is never closed.",
        f"Close it with “{_PAIRS[opened[-1].text]}”.",
        opened[-1],
    )


def _find_relative(tokens: list[Token]) -> _Found:
    if any(token.keyword == "BASE" for token in tokens):
        return None
    for token in tokens:
        if token.kind == "iri" and ":" not in token.text:
            mend = "Write it in full, or add a BASE line at the top."
            return f"{token.text} is a relative IRI, and there is no BASE.", mend, token
    return None


_LOOKS: Final = (
    _find_unclosed,
    _find_wrong_form,
    _find_undeclared,
    _find_unknown_word,
    _find_bracket,
    _find_relative,
)


def _from_engine(query: str, tokens: list[Token], told: str) -> QuerySyntaxError:
    match = _POSITION.match(told)
    if not match:
        return QuerySyntaxError(f"The query does not parse: {told[:160]}.", where=Location("query"))
    where = Location("query", int(match[1]), int(match[2]))
    offset = find_offset(query, where)
    reason = _REASON.search(told, match.end())
    near = [token for token in tokens if token.start < offset] or tokens[:1]
    where = locate(query, near[-1].start) if near else where
    if reason:
        what = _REASONS.get(reason[1], reason[1])
    elif near:
        what = _describe_triple(near) or f"The query is not understood at “{near[-1].text[:40]}”"
    else:
        what = "The query is empty"
    return QuerySyntaxError(f"{what}.", mend="Look at this place and just before it.", where=where)


def _describe_triple(near: list[Token]) -> str:
    """Notice two terms alone between brackets or dots: they lack the third."""
    last = near[-1].text
    for terms, token in enumerate(reversed(near[:-1])):
        if token.text in {"{", ".", "}"}:
            return f"The triple before “{last}” has no object" if terms == 2 else ""  # noqa: PLR2004
        if token.kind not in {"iri", "name", "variable"} and token.keyword != "A":
            return ""
    return ""


def _suggest(word: str, known: tuple[str, ...] | frozenset[str]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=0.7)
    return f"Did you mean {near[0]}?" if near else ""


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
