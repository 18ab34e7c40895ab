"""The catalogue in DCAT-AP 3: the dataset, its releases, the files of both, and the query service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crossties.publication.dataset import DESCRIPTIONS, KEYWORDS, TITLES, dataset_iri, describe_maker
from crossties.publication.hosts import LICENSE, MAKER, Host
from crossties.publication.notes import Notes, count, date, hexadecimal, ref, text, texts
from crossties.publication.statistics import Statistics, examples
from crossties.quads import NamedNode, Quad
from crossties.releases import CORE, PROFILES, DumpFile, Release

_AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
_PUBLIC: Final = _AUTHORITY + "access-right/PUBLIC"
_THEMES: Final = {
    _AUTHORITY + "data-theme/REGI": "Regions and cities",
    _AUTHORITY + "data-theme/GOVE": "Government and public sector",
    _AUTHORITY + "data-theme/INTR": "International issues",
}
_LANGUAGES: Final = tuple(_AUTHORITY + f"language/{code}" for code in ("ENG", "FIN", "RUS", "SWE"))
_FILE_TYPES: Final = {
    "application/n-quads": "RDF_N_QUADS",
    "application/trig": "RDF_TRIG",
    "text/turtle": "RDF_TURTLE",
    "application/ld+json": "JSON_LD",
    "application/zip": "ZIP",
    "application/geo+json": "GEOJSON",
    "application/graphml+xml": "XML",
    "application/gexf+xml": "XML",
}
_PROTOCOL: Final = "http://www.w3.org/TR/sparql11-protocol/"
_FREQUENCY: Final = _AUTHORITY + "frequency/IRREG"
_KINDS: Final = {
    ref(name): kind
    for name, kind in {
        "dcat:compressFormat": "dct:MediaType",
        "dcat:landingPage": "foaf:Document",
        "dcat:mediaType": "dct:MediaType",
        "dcat:theme": "skos:Concept",
        "dct:accessRights": "dct:RightsStatement",
        "dct:accrualPeriodicity": "dct:Frequency",
        "dct:conformsTo": "dct:Standard",
        "dct:format": "dct:MediaTypeOrExtent",
        "dct:language": "dct:LinguisticSystem",
        "dct:license": "dct:LicenseDocument",
        "foaf:homepage": "foaf:Document",
        "spdx:algorithm": "spdx:ChecksumAlgorithm",
    }.items()
}
_SHA256: Final = "spdx:checksumAlgorithm_sha256"


@dataclass(frozen=True)
class Edition:
    """A state of the graph with its files: its IRI, where its files stand, and what it is called."""

    iri: str
    path: str
    release: Release


def describe_catalogue(
    host: Host, statistics: Statistics, current: Release, releases: Sequence[Release]
) -> list[Quad]:
    """Return the catalogue; ``current`` holds the files of the present state."""
    notes, catalogue = Notes(), host.iri("catalog")
    notes.say(catalogue, "rdf:type", ref("dcat:Catalog"))
    _say_common(notes, host, catalogue)
    notes.say(catalogue, "foaf:homepage", ref(host.address("")))
    notes.say(catalogue, "dct:modified", date(current.created))
    notes.say(catalogue, "dcat:themeTaxonomy", ref(_AUTHORITY + "data-theme"))
    notes.say(_AUTHORITY + "data-theme", "rdf:type", ref("skos:ConceptScheme"))
    notes.say(_AUTHORITY + "data-theme", "dct:title", text("Data theme", "en"))
    describe_maker(notes, host)
    _say_dataset(notes, host, statistics, current)
    _say_service(notes, host)
    notes.say(catalogue, "dcat:dataset", ref(dataset_iri(host)))
    notes.say(catalogue, "dcat:service", ref(host.iri("catalog#sparql")))
    if releases:
        _say_releases(notes, host, releases)
    _say_kinds(notes)
    return notes.quads


def _say_common(notes: Notes, host: Host, node: str) -> None:
    notes.say(node, "dct:title", *texts(TITLES))
    notes.say(node, "dct:description", *texts(DESCRIPTIONS))
    notes.say(node, "dct:publisher", ref(host.iri(MAKER)))
    notes.say(node, "dct:creator", ref(host.iri(MAKER)))
    notes.say(node, "prov:wasAttributedTo", ref(host.iri(MAKER)))
    notes.say(node, "dct:license", ref(LICENSE))
    notes.say(node, "dct:language", *map(ref, _LANGUAGES))


def _say_dataset(notes: Notes, host: Host, statistics: Statistics, current: Release) -> None:
    dataset = dataset_iri(host)
    notes.say(dataset, "rdf:type", ref("dcat:Dataset"), ref("void:Dataset"))
    _say_common(notes, host, dataset)
    _say_topic(notes, host, dataset)
    notes.say(dataset, "dct:identifier", text(dataset))
    notes.say(dataset, "dct:modified", date(current.created))
    notes.say(dataset, "dct:accrualPeriodicity", ref(_FREQUENCY))
    notes.say(dataset, "dct:conformsTo", ref("https://w3id.org/crossties/shapes"))
    notes.say(dataset, "void:exampleResource", *map(ref, examples(statistics)))
    _say_files(notes, host, Edition(dataset, "dump", current), host.iri("catalog#file-"))


def _say_topic(notes: Notes, host: Host, node: str) -> None:
    for language, words in KEYWORDS.items():
        notes.say(node, "dcat:keyword", *(text(word, language) for word in words))
    notes.say(node, "dcat:theme", *map(ref, _THEMES))
    notes.say(node, "dct:accessRights", ref(_PUBLIC))
    notes.say(node, "dcat:landingPage", ref(host.address("catalog")))
    contact = host.iri("catalog#contact")
    notes.say(node, "dcat:contactPoint", ref(contact))
    notes.say(contact, "rdf:type", ref("vcard:Kind"))
    notes.say(contact, "vcard:fn", text("crossties contributors"))
    notes.say(contact, "vcard:hasURL", ref(host.address("")))


def _say_files(notes: Notes, host: Host, edition: Edition, start: str) -> None:
    for one in edition.release.files:
        node = start + one.name
        notes.say(edition.iri, "dcat:distribution", ref(node))
        _say_file(notes, host.address(f"{edition.path}/{one.name}"), node, one)


def _say_file(notes: Notes, address: str, node: str, one: DumpFile) -> None:
    notes.say(node, "rdf:type", ref("dcat:Distribution"))
    notes.say(node, "dct:title", text(one.name, "en"))
    notes.say(node, "dct:description", text(one.about, "en"))
    notes.say(node, "dct:license", ref(LICENSE))
    notes.say(node, "dcat:accessURL", ref(address))
    notes.say(node, "dcat:downloadURL", ref(address))
    notes.say(node, "dcat:mediaType", ref(_media(one.media_type)))
    notes.say(node, "dct:format", ref(_AUTHORITY + "file-type/" + _FILE_TYPES[one.media_type]))
    notes.say(node, "dcat:byteSize", count(one.size))
    if one.plain == CORE:
        notes.say(node, "dct:conformsTo", *map(ref, PROFILES))
    if one.packing:
        notes.say(node, "dcat:compressFormat", ref(_media(one.packing)))
    checksum = node + "-sha256"
    notes.say(node, "spdx:checksum", ref(checksum))
    notes.say(checksum, "rdf:type", ref("spdx:Checksum"))
    notes.say(checksum, "spdx:algorithm", ref(_SHA256))
    notes.say(checksum, "spdx:checksumValue", hexadecimal(one.sha256))


def _say_service(notes: Notes, host: Host) -> None:
    node = host.iri("catalog#sparql")
    notes.say(node, "rdf:type", ref("dcat:DataService"))
    notes.say(node, "dct:title", text("crossties SPARQL service", "en"))
    notes.say(node, "dct:description", text("SPARQL 1.1 queries over the whole graph, read-only.", "en"))
    notes.say(node, "dct:publisher", ref(host.iri(MAKER)))
    notes.say(node, "dct:license", ref(LICENSE))
    notes.say(node, "dct:accessRights", ref(_PUBLIC))
    notes.say(node, "dcat:endpointURL", ref(host.address("sparql")))
    notes.say(node, "dcat:endpointDescription", ref(host.address("openapi.json")))
    notes.say(node, "dct:conformsTo", ref(_PROTOCOL))
    notes.say(node, "dcat:servesDataset", ref(dataset_iri(host)))


def _say_releases(notes: Notes, host: Host, releases: Sequence[Release]) -> None:
    series = host.iri("release")
    notes.say(series, "rdf:type", ref("dcat:DatasetSeries"), ref("dcat:Dataset"))
    notes.say(series, "dct:title", text("Releases of crossties", "en"))
    notes.say(
        series, "dct:description", text("Frozen states of the graph, none of which ever changes.", "en")
    )
    notes.say(series, "dct:publisher", ref(host.iri(MAKER)))
    notes.say(host.iri("catalog"), "dcat:dataset", ref(series))
    for release, older in zip(releases, [*releases[1:], None], strict=True):
        describe_release(notes, host, release, older)


def describe_release(notes: Notes, host: Host, release: Release, older: Release | None = None) -> None:
    """Say what a release is, with its files."""
    node = host.iri(f"release/{release.id}")
    notes.say(node, "rdf:type", ref("dcat:Dataset"))
    _say_common(notes, host, node)
    _say_topic(notes, host, node)
    notes.say(node, "dct:issued", date(release.created))
    notes.say(node, "dcat:version", text(release.id))
    notes.say(node, "dct:identifier", text(node))
    notes.say(node, "dcat:inSeries", ref(host.iri("release")))
    notes.say(node, "dcat:isVersionOf", ref(dataset_iri(host)))
    notes.say(dataset_iri(host), "dcat:hasVersion", ref(node))
    notes.say(host.iri("catalog"), "dcat:dataset", ref(node))
    if older:
        notes.say(node, "dcat:previousVersion", ref(host.iri(f"release/{older.id}")))
    _say_files(notes, host, Edition(node, f"release/{release.id}", release), f"{node}#file-")


def describe_one(host: Host, release: Release) -> list[Quad]:
    """Return the description of one release alone."""
    notes = Notes()
    describe_release(notes, host, release)
    describe_maker(notes, host)
    _say_kinds(notes)
    return notes.quads


def _say_kinds(notes: Notes) -> None:
    """Say of what kind things of others are, and the names of themes, so that nobody has to fetch them."""
    for theme, label in _THEMES.items():
        notes.say(theme, "skos:prefLabel", text(label, "en"))
    for quad in notes.quads:
        kind = _KINDS.get(quad.predicate)
        if kind and isinstance(quad.object, NamedNode):
            notes.say(quad.object.value, "rdf:type", ref(kind))


def _media(media_type: str) -> str:
    return f"http://www.iana.org/assignments/media-types/{media_type}"
