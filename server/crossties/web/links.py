"""Local links: every address that a page holds, with the chosen language of labels kept in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, urlencode

from flask import Flask, g, request

from crossties.errors import RequestError
from crossties.namespaces import LANGUAGES, LISTS
from crossties.publication import local_path
from crossties.vocabulary.context import with_prefix
from crossties.web.site import the_site
from crossties.wording import say

_WORDS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: The languages of labels by their own names, as the switch lists them.
LANGUAGE_NAMES: Final = {"en": "English", "fi": "suomi", "ru": "русский", "sv": "svenska"}


def register(app: Flask) -> None:
    """Let the templates make links."""
    app.before_request(_choose_language)
    app.jinja_env.globals.update(href=href, language=language, switch=switch, outside=outside)
    app.jinja_env.globals.update(names=LANGUAGE_NAMES, lists=LISTS, framed=framed)
    app.jinja_env.filters.update(local=local, words=words, capital=capital, compact=with_prefix)


def language() -> str:
    """Return the language in which this request wants labels."""
    return str(g.get("language", "en"))


def framed(key: str, /, **values: object) -> str:
    """Return a word of the frame around every page, in the language of this request."""
    return say(f"frame.{key}", language(), **values)


def href(path: str, parameters: Mapping[str, str] | None = None, *, fragment: str = "") -> str:
    """Return the path with parameters, the language added unless the browser's or English is meant."""
    given = {name: value for name, value in (parameters or {}).items() if value != ""}
    if language() != "en" or g.get("is_insisted"):
        given.setdefault("lang", language())
    query = "?" + urlencode(given, quote_via=quote, safe="/:,") if given else ""
    return f"{request.script_root}{path}{query}{'#' + fragment if fragment else ''}"


def local(iri: str) -> str:
    """Return the link to the page of an IRI that this host answers for, or ""."""
    path, _, fragment = local_path(iri, the_site().authority).partition("#")
    return href(path, fragment=fragment) if path else ""


def outside(iri: str) -> str:
    """Return an address of the web beyond this graph, or "" where it can't be followed."""
    own = iri.startswith(the_site().authority)
    return iri if iri.startswith(("https://", "http://")) and not own else ""


def words(name: str) -> str:
    """Return a name of the code in words: ``ActionPlan`` is “action plan”."""
    return _WORDS.sub(" ", name).lower()


def capital(text: str) -> str:
    """Return the text with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]


def switch() -> list[tuple[str, str, str]]:
    """Return code, name and link of every language of labels, the links leading back to this page."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return [(code, name, _link(kept, code)) for code, name in LANGUAGE_NAMES.items()]


def _link(kept: list[tuple[str, str]], code: str) -> str:
    query = urlencode([*kept, ("lang", code)], quote_via=quote, safe="/:,")
    return f"{request.script_root}{quote(request.path)}?{query}"


def _choose_language() -> None:
    """Only a language that labels can be had in is taken."""
    wanted = request.args.get("lang", "").lower() or "en"
    if wanted not in LANGUAGES:
        message = f"Labels can't be had in “{wanted}”."
        raise RequestError(message, mend=f"Choose one of: {', '.join(LANGUAGE_NAMES)}.")
    g.language = wanted
