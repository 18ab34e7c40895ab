"""Tell what is in the graph, what is missing, and what its blanks mean: a page in four languages."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, make_response, render_template

from crossties.questions.coverage import Section, read_coverage
from crossties.web.site import the_site
from crossties.web.speaking import choose_language
from crossties.wording import say

blueprint = Blueprint("coverage", __name__)


class _Counted(dict[str, tuple[Section, ...]]):
    """What was counted of one version, by language."""


@blueprint.get("/coverage")
def coverage() -> Response:
    """Show the page in the language that is asked for by name, else in that of the browser."""
    site, language = the_site(), choose_language()
    counted = site.kept(_Counted, _Counted)
    if language not in counted:
        counted[language] = read_coverage(site.run, language)
    page = render_template(
        "coverage.html",
        sections=counted[language],
        spoken=language,
        told=partial(_say_here, language),
    )
    response = make_response(page)
    response.headers["Content-Language"] = language
    response.vary.add("Accept-Language")
    return response


def _say_here(language: str, key: str) -> str:
    return say(f"coverage.{key}", language)
