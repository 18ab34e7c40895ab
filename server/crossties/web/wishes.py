"""What a request to the query address wishes for beside an answer: a page, or why there are no rows."""

from __future__ import annotations

import re
from typing import Final

from crossties.errors import NotAcceptableError
from crossties.formats import GRAPHS, RESULTS, negotiate
from crossties.protocol import ProtocolRequest
from crossties.publication.addresses import HTML

_SHOWN: Final = (*RESULTS, *GRAPHS, HTML)
_FORMAT: Final = re.compile(r"(?:^|&)format=([^&]*)")
_EXPLAIN: Final = re.compile(r"(?:^|&)explain=empty(?:&|$)")


def wants_page(told: ProtocolRequest) -> bool:
    """Say whether this is a browser: who would rather have HTML than any format of an answer."""
    if told.method not in {"GET", "POST"} or told.format:
        return told.format == HTML.name
    given = f"{told.query_string}&{_form(told)}" if told.body else told.query_string
    wanted = _FORMAT.search(given) if "format=" in given else None
    if wanted:
        return wanted[1].lower() == HTML.name
    try:
        return negotiate(told.accept, _SHOWN) is HTML
    except NotAcceptableError:
        return False


def wants_explanation(told: ProtocolRequest) -> bool:
    """Say whether the address asks for the reason why a query has no rows."""
    if "explain=" not in told.query_string:
        return False
    return told.method in {"GET", "POST"} and bool(_EXPLAIN.search(told.query_string))


def _form(told: ProtocolRequest) -> str:
    is_form = told.content_type.lower().startswith("application/x-www-form-urlencoded")
    return told.body.decode("latin-1") if is_form else ""
