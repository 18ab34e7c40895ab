"""The pages of contributions, in the language of who reads them."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, make_response, render_template

from crossties.namespaces import DCT, RDF, SKOS, compact
from crossties.publication.ontology import Ontology
from crossties.web.contributions_access import keep_private
from crossties.web.links import language, words
from crossties.web.site import the_site
from crossties.web.speaking import choose_language, told
from crossties.wording import say

#: Properties of other vocabularies that are called otherwise here than there.
_RENAMED: Final = {
    RDF + "type": "type",
    SKOS + "prefLabel": "prefLabel",
    SKOS + "altLabel": "altLabel",
    SKOS + "exactMatch": "exactMatch",
    DCT + "created": "created",
}


def speak() -> None:
    """Speak the language of who asks, in whatever answers this request."""
    choose_language()


def show_page(template: str, /, *, status: int = 200, **values: object) -> Response:
    """Return a page that nobody keeps."""
    page = render_template(
        f"contributions/{template}.html",
        told=told,
        spoken=language(),
        told_severity=_tell_severity,
        told_property=_tell_property,
        told_kind=_tell_kind,
        told_value=_tell_value,
        **values,
    )
    response = keep_private(make_response(page, status))
    response.headers["Content-Language"] = language()
    response.vary.add("Accept-Language")
    return response


def _tell_severity(severity: str) -> str:
    return say(f"report.severity.{severity}", language())


def _tell_property(one: dict[str, Any]) -> str:
    """Return what a property is called; a difference holds its English label."""
    if one["iri"] in _RENAMED:
        return told(f"property.{_RENAMED[one['iri']]}")
    return words(_label(one["iri"], one["label"]))


def _tell_kind(one: dict[str, Any]) -> str:
    """Return what a thing of a difference is; older differences know only the English label of that."""
    return _label(one.get("class", ""), one["kind"])


def _tell_value(one: dict[str, Any]) -> str:
    """Return what a value is called, in the language where the vocabulary or a code list has it."""
    return _label(one["iri"], one["text"])


def _label(iri: str, english: str) -> str:
    """Return the label of a term or a concept, ``english`` where it has none in the language."""
    if language() == "en" or not iri:
        return english
    site = the_site()
    ontology = site.kept(Ontology, lambda: Ontology(site.instance.content, site.questions.values()))
    label = ontology.label(iri, language())
    return english if label == compact(iri) else label
