"""Make statements for machine descriptions: subjects and properties by prefixed names, values as terms."""

from __future__ import annotations

from typing import Final

from crossties.formats import Format
from crossties.namespaces import PREFIXES
from crossties.quads import Literal, NamedNode, Quad, Term, iri, literal
from crossties.quads.writing import write_quads

#: Prefix → namespace of the vocabularies in which hosts, datasets and their parts are described.
NAMES: Final[dict[str, str]] = {
    **PREFIXES,
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
}


class Notes:
    """Statements as they are made, each once, in order."""

    def __init__(self) -> None:
        self._quads: dict[Quad, None] = {}

    @property
    def quads(self) -> list[Quad]:
        """Return the statements, those of one subject together, subjects in the order of their first."""
        order: dict[str, int] = {}
        for quad in self._quads:
            order.setdefault(str(quad.subject), len(order))
        return sorted(self._quads, key=lambda quad: order[str(quad.subject)])

    def say(self, subject: str, property_: str, *values: Term) -> None:
        """State a property, named as in ``dct:title``, with its values."""
        for value in values:
            self._quads[Quad(iri(expand(subject)), iri(expand(property_)), value)] = None


def ref(name: str) -> NamedNode:
    """Return the term for an IRI or a prefixed name."""
    return iri(expand(name))


def text(value: str, language: str = "") -> Literal:
    """Return a text, with its language if it has one."""
    return Literal(value, language=language) if language else Literal(value)


def texts(values: dict[str, str]) -> list[Term]:
    """Return one text per language."""
    return [Literal(value, language=language) for language, value in sorted(values.items())]


def number(value: int) -> Literal:
    """Return a whole number."""
    return literal(str(value), "integer")


def count(value: int) -> Literal:
    """Return a number of bytes or the like, as ``xsd:nonNegativeInteger``."""
    return literal(str(value), "nonNegativeInteger")


def date(value: str) -> Literal:
    """Return a day."""
    return literal(value, "date")


def hexadecimal(value: str) -> Literal:
    """Return bytes as ``xsd:hexBinary``."""
    return literal(value, "hexBinary")


def expand(name: str) -> str:
    """Return the IRI of a prefixed name; any other is taken for an IRI."""
    prefix, colon, local = name.partition(":")
    return NAMES[prefix] + local if colon and prefix in NAMES else name


def write_notes(quads: list[Quad], chosen: Format) -> bytes:
    """Return the statements in a format, with the prefixes that they need."""
    used = {quad.predicate.value for quad in quads} | {
        term.value for quad in quads for term in (quad.subject, quad.object) if isinstance(term, NamedNode)
    }
    needed = {
        prefix: namespace
        for prefix, namespace in NAMES.items()
        if any(one.startswith(namespace) for one in used) or prefix == "xsd"
    }
    return write_quads(quads, chosen, prefixes=needed)
