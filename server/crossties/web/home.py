"""The first page: what this is, a search box, three questions, counts, and how to go on."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, render_template

from crossties.namespaces import CT
from crossties.web.ready import choose_ready
from crossties.web.site import Site, the_site

blueprint = Blueprint("home", __name__)

#: What is counted, in the words of the page.
_COUNTED: Final = {
    "Place": "places",
    "Organisation": "organisations",
    "Partnership": "partnerships",
    "Agreement": "agreements",
    "ActionPlan": "action plans",
    "Objective": "objectives",
    "Project": "projects",
    "Funding": "money facts",
    "Signature": "signatures",
    "Document": "documents",
}


@blueprint.get("/")
def home() -> str:
    """Show the first page."""
    site = the_site()
    ready = choose_ready(site.questions, site.labels)
    return render_template("home.html", ready=ready, counts=_count(site), statements=site.counts["stated"])


def _count(site: Site) -> list[tuple[str, str]]:
    classes = " ".join(f"<{CT}{name}>" for name in _COUNTED)
    query = f"""SELECT ?class (COUNT(DISTINCT ?thing) AS ?count) WHERE {{
        VALUES ?class {{ {classes} }} ?thing a ?class }} GROUP BY ?class"""
    found = {
        kind.text.removeprefix(CT): count.text
        for kind, count in site.kept_table(query).rows
        if kind and count
    }
    return [(words, found[name]) for name, words in _COUNTED.items() if name in found]
