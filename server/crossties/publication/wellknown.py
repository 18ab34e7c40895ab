"""The description of the dataset in VoID: what is in it, where it is, and what it links to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from crossties.namespaces import CT, ONTOLOGY, compact
from crossties.publication.dataset import TITLES, dataset_iri, describe_maker
from crossties.publication.hosts import LICENSE, MAKER, Host
from crossties.publication.notes import Notes, number, ref, text, texts
from crossties.publication.statistics import OfClass, OfLinks, OfProperty, Statistics, examples
from crossties.quads import Quad

DOCUMENT: Final = ".well-known/void"
_FORMATS: Final = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads")
_VOCABULARIES: Final = (
    "http://www.w3.org/2004/02/skos/core#",
    "http://purl.org/dc/terms/",
    "https://schema.org/",
    "http://www.opengis.net/ont/geosparql#",
    "http://www.w3.org/ns/org#",
)
_PLAIN: Final = re.compile(r"[^A-Za-z0-9]+")


def describe_void(host: Host, statistics: Statistics, dumps: Iterable[str]) -> list[Quad]:
    """Return the description; ``dumps`` are the paths of the files that hold all statements."""
    notes, dataset = Notes(), dataset_iri(host)
    notes.say(host.iri(DOCUMENT), "rdf:type", ref("void:DatasetDescription"))
    notes.say(host.iri(DOCUMENT), "dct:title", text("What is in crossties", "en"))
    notes.say(host.iri(DOCUMENT), "dct:creator", ref(host.iri(MAKER)))
    notes.say(host.iri(DOCUMENT), "foaf:primaryTopic", ref(dataset))
    notes.say(dataset, "rdf:type", ref("void:Dataset"))
    notes.say(dataset, "dct:title", *texts(TITLES))
    notes.say(dataset, "dct:license", ref(LICENSE))
    notes.say(dataset, "dct:publisher", ref(host.iri(MAKER)))
    describe_maker(notes, host)
    _say_access(notes, host, dumps)
    _say_totals(notes, dataset, statistics)
    notes.say(dataset, "void:vocabulary", ref(CT), *map(ref, _VOCABULARIES))
    notes.say(dataset, "void:exampleResource", *map(ref, examples(statistics)))
    for of_class in statistics.classes:
        _say_class(notes, host, of_class)
    for of_property in statistics.properties:
        _say_property(notes, host, of_property)
    for links in statistics.links:
        _say_links(notes, host, links)
    return notes.quads


def _say_access(notes: Notes, host: Host, dumps: Iterable[str]) -> None:
    dataset = dataset_iri(host)
    notes.say(dataset, "void:sparqlEndpoint", ref(host.address("sparql")))
    notes.say(dataset, "void:dataDump", *(ref(host.address(path)) for path in dumps))
    notes.say(dataset, "void:uriSpace", text(host.authority))
    notes.say(dataset, "void:rootResource", ref(host.iri("theme")), ref(ONTOLOGY))
    notes.say(dataset, "void:feature", *(ref(f"http://www.w3.org/ns/formats/{name}") for name in _FORMATS))
    notes.say(dataset, "foaf:homepage", ref(host.address("")))


def _say_totals(notes: Notes, dataset: str, statistics: Statistics) -> None:
    totals = statistics.totals
    notes.say(dataset, "void:triples", number(totals.triples))
    notes.say(dataset, "void:entities", number(sum(one.things for one in statistics.classes)))
    notes.say(dataset, "void:classes", number(len(statistics.classes)))
    notes.say(dataset, "void:properties", number(totals.properties))
    notes.say(dataset, "void:distinctSubjects", number(totals.subjects))
    notes.say(dataset, "void:distinctObjects", number(totals.objects))


def _say_class(notes: Notes, host: Host, one: OfClass) -> None:
    part = host.iri(f"{DOCUMENT}#class-{_name(one.iri)}")
    notes.say(dataset_iri(host), "void:classPartition", ref(part))
    notes.say(part, "rdf:type", ref("void:Dataset"))
    notes.say(part, "void:class", ref(one.iri))
    notes.say(part, "void:entities", number(one.things))
    notes.say(part, "void:exampleResource", ref(one.first))


def _say_property(notes: Notes, host: Host, one: OfProperty) -> None:
    part = host.iri(f"{DOCUMENT}#property-{_name(one.iri)}")
    notes.say(dataset_iri(host), "void:propertyPartition", ref(part))
    notes.say(part, "rdf:type", ref("void:Dataset"))
    notes.say(part, "void:property", ref(one.iri))
    notes.say(part, "void:triples", number(one.triples))
    notes.say(part, "void:distinctSubjects", number(one.subjects))
    notes.say(part, "void:distinctObjects", number(one.objects))


def _say_links(notes: Notes, host: Host, one: OfLinks) -> None:
    site = _name(one.space.partition("://")[2])
    part = host.iri(f"{DOCUMENT}#links-{_name(one.property)}-{site}")
    target = host.iri(f"{DOCUMENT}#dataset-{site}")
    notes.say(dataset_iri(host), "void:subset", ref(part))
    notes.say(part, "rdf:type", ref("void:Linkset"))
    notes.say(part, "void:subjectsTarget", ref(dataset_iri(host)))
    notes.say(part, "void:objectsTarget", ref(target))
    notes.say(part, "void:linkPredicate", ref(one.property))
    notes.say(part, "void:triples", number(one.triples))
    notes.say(target, "rdf:type", ref("void:Dataset"))
    notes.say(target, "void:uriSpace", text(one.space))


def _name(iri: str) -> str:
    """Return what of an IRI can stand in a fragment."""
    return _PLAIN.sub("-", compact(iri).rpartition("//")[2]).strip("-")
