"""Our organisations and places keep the shapes of CPOV 2.1.2 and Core Location 2.1.0, code lists and all."""

from __future__ import annotations

import os
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import DCTERMS, ORG, RDF, SKOS

from crossties.namespaces import BASE, CT
from crossties.releases import CORE, write_dumps
from crossties.resources import Content
from crossties.versions import ensure_version, folder_sources, vocabulary_sources

#: As it was before the fixture of all tests took the settings from outside away.
CONFORMANCE = os.environ.get("CROSSTIES_CONFORMANCE", "")
FOLDER = Path(CONFORMANCE) / "semic"
CV = rdflib.Namespace("http://data.europa.eu/m8g/")
LOCN = rdflib.Namespace("http://www.w3.org/ns/locn#")
SHAPES = [
    "CPOV-core-public-organisation-ap-SHACL.ttl",
    "Core-Location-Vocabulary-core-location-ap-SHACL.ttl",
]
needs_shapes = pytest.mark.skipif(
    not CONFORMANCE or not FOLDER.is_dir(), reason="CROSSTIES_CONFORMANCE names no folder with the shapes"
)


def ours(path: str) -> rdflib.URIRef:
    return rdflib.URIRef(BASE + path)


@pytest.fixture(scope="module")
def view(dumps: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(dumps / CORE)


def check(view: rdflib.Graph, shapes: str) -> tuple[bool, str]:
    """Validate what is in the view alone: shapes of things that it has none of would say nothing."""
    graph = rdflib.Graph().parse(FOLDER / shapes)
    conforms, _, report = pyshacl.validate(view, shacl_graph=graph, do_owl_imports=False)
    return bool(conforms), report


def test_every_organisation_and_place_is_in_the_view(dumps: Path, view: rdflib.Graph) -> None:
    data = rdflib.Graph().parse(dumps / "crossties.ttl")
    bodies = set(data.subjects(RDF.type, rdflib.URIRef(CT + "Organisation")))
    places = set(data.subjects(RDF.type, rdflib.URIRef(CT + "Place")))
    assert bodies
    assert set(view.subjects(RDF.type, ORG.Organization)) == bodies
    assert places
    assert set(view.subjects(RDF.type, DCTERMS.Location)) == places


def test_bodies_with_public_power_are_public_organisations(view: rdflib.Graph) -> None:
    public = set(view.subjects(RDF.type, CV.PublicOrganisation))
    assert {ours("id/organisation/town-of-alder"), ours("id/organisation/alder-committee")} <= public
    assert ours("id/organisation/timber-college") not in public
    town = ours("id/organisation/town-of-alder")
    assert (town, DCTERMS.spatial, ours("id/place/alder")) in view
    assert (town, ORG.hasSubOrganization, ours("id/organisation/alder-committee")) in view


def test_governed_places_are_administrative_units_and_waters_are_not(view: rdflib.Graph) -> None:
    units = set(view.subjects(RDF.type, CV.AdminUnit))
    assert {ours("id/place/birchland"), ours("id/place/upper-birch"), ours("id/place/alder")} <= units
    assert ours("id/place/the-strait") not in units
    assert (ours("id/place/alder"), CV.level, ours("kind/municipality")) in view


def test_every_code_is_a_concept_with_a_name(view: rdflib.Graph) -> None:
    codes = {*view.objects(None, CV.level), *view.objects(None, ORG.classification)}
    assert len(codes) > 5
    for code in codes:
        assert (code, RDF.type, SKOS.Concept) in view
        assert view.value(code, SKOS.prefLabel) is not None


@needs_shapes
@pytest.mark.parametrize("shapes", SHAPES)
def test_the_test_world_keeps_the_shapes(view: rdflib.Graph, shapes: str) -> None:
    assert check(view, shapes) == (True, "Validation Report\nConforms: True\n")


@needs_shapes
@pytest.mark.slow
@pytest.mark.parametrize("shapes", SHAPES)
def test_the_shipped_data_keep_the_shapes(tmp_path: Path, content: Content, shapes: str) -> None:
    sources = vocabulary_sources(content) + folder_sources(content.data)
    write_dumps(ensure_version(tmp_path / "home", sources), content, tmp_path)
    graph = rdflib.Graph().parse(tmp_path / CORE)
    assert len(set(graph.subjects(RDF.type, CV.PublicOrganisation))) > 50
    assert len(set(graph.subjects(RDF.type, LOCN.Geometry))) > 1
    assert check(graph, shapes) == (True, "Validation Report\nConforms: True\n")


@needs_shapes
@pytest.mark.parametrize(
    ("shapes", "broken"),
    [
        (SHAPES[0], f"<{BASE}id/organisation/town-of-alder> dct:spatial <urn:nowhere> ."),
        (SHAPES[0], f"<{BASE}id/organisation/town-of-alder> org:classification <urn:no-code> ."),
        (SHAPES[0], f'<{BASE}id/organisation/town-of-alder> skos:prefLabel "Another"@en .'),
        (SHAPES[1], f'<{BASE}id/place/alder> locn:geographicName "no language" .'),
        (SHAPES[1], f"<{BASE}id/place/alder> cv:level <urn:no-code> ."),
    ],
    ids=["no place", "no code", "two names", "a name without a language", "no level"],
)
def test_what_would_break_the_shapes_is_found(view: rdflib.Graph, shapes: str, broken: str) -> None:
    prefixes = (
        f"@prefix dct: <{DCTERMS}> . @prefix org: <{ORG}> . @prefix skos: <{SKOS}> . "
        f"@prefix cv: <{CV}> . @prefix locn: <{LOCN}> .\n"
    )
    spoilt = view + rdflib.Graph().parse(data=prefixes + broken)
    assert not check(spoilt, shapes)[0]
