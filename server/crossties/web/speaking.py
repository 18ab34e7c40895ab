"""Pages that speak the language of who reads them: the one that is asked for by name, else of the browser."""

from __future__ import annotations

from flask import g, request

from crossties.errors import RequestError
from crossties.namespaces import LANGUAGES
from crossties.web.links import language
from crossties.wording import say


def choose_language(named: str = "") -> str:
    """Speak ``named``, or what the address names, else the best that the client accepts, else English.

    Links of the page keep a language that was named where the browser asks for another one, be it English.

    Raises:
        RequestError: there is no such language here.
    """
    wanted = (named or request.args.get("lang", "")).lower()
    if wanted and wanted not in LANGUAGES:
        message = f"Messages can't be had in “{wanted}”."
        raise RequestError(message, mend=f"Choose one of: {', '.join(LANGUAGES)}.")
    accepted = request.accept_languages.best_match(LANGUAGES) or "en"
    g.language = wanted or accepted
    g.is_insisted = language() != accepted
    return language()


def told(key: str, /, **values: object) -> str:
    """Return a sentence of the pages of contributions, in the language that was chosen."""
    return say(f"contributions.{key}", language(), **values)
