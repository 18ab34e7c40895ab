"""Search things by their names, in any language and script."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, make_response, render_template, request

from crossties.errors import NotAcceptableError
from crossties.formats import Format, find_format, negotiate
from crossties.namespaces import CT
from crossties.publication import HTML
from crossties.quads import iri, to_text
from crossties.search.labels import Match
from crossties.web.links import language
from crossties.web.site import Site, the_site

blueprint = Blueprint("search", __name__)
_JSON = Format("json", ("application/json",), "json")
_FOUND = 50
#: What people look for; the facts between things have no names of their own.
_KINDS = (
    *(
        "Place",
        "Organisation",
        "Person",
        "Post",
        "Partnership",
        "Framework",
        "Project",
        "Agreement",
        "ActionPlan",
    ),
    *(
        "Objective",
        "Activity",
        "ExpectedOutcome",
        "ObservedOutcome",
        "Service",
        "Event",
        "Document",
        "Concept",
    ),
    "ConceptScheme",
)


@blueprint.get("/search")
def search() -> Response:
    """Show the things that a name may mean; where none bears it, those with the nearest names."""
    site, text = the_site(), request.args.get("q", "").strip()
    found = site.labels.starting(text, _KINDS, limit=_FOUND)
    nearest = not found and bool(text)
    if nearest:
        found = site.labels.near(text, _KINDS, limit=10)
    translated = _translate(site, found)
    response = (
        jsonify(query=text, nearest=nearest, results=[_describe(match) for match in translated])
        if _chosen() is _JSON
        else make_response(
            render_template(
                "search.html", text=text, found=translated, nearest=nearest, full=len(found) == _FOUND
            )
        )
    )
    response.vary.add("Accept")
    return response


def _chosen() -> Format:
    wanted = request.args.get("format", "")
    if not wanted:
        return negotiate(request.headers.get("Accept"), (HTML, _JSON))
    chosen = find_format(wanted, (HTML, _JSON))
    if chosen is None:
        message = f"The search has no answer in the format “{wanted}”."
        raise NotAcceptableError(message, mend="Choose html or json.")
    return chosen


def _translate(site: Site, found: list[Match]) -> list[Match]:
    """Return the matches with labels in the language of the request, in the same order."""
    if language() == "en" or not found:
        return found
    listed = " ".join(to_text(iri(match.iri)) for match in found)
    query = f"""SELECT ?thing ?label WHERE {{
        VALUES ?thing {{ {listed} }} ?thing <{CT}label{language().capitalize()}> ?label }}"""
    labels = {thing.text: label.text for thing, label in site.table(query).rows if thing and label}
    return [Match(match.iri, match.kind, labels.get(match.iri, match.label)) for match in found]


def _describe(match: Match) -> dict[str, str]:
    return {"iri": match.iri, "label": match.label, "class": match.kind}
