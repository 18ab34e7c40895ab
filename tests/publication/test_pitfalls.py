"""The pitfalls of OOPS! that can be found without judgement: none critical, none important.

Re-made from the descriptions of the checkers (oeg-upm/OOPS, checkers/P*.java). The minor ones that stay
are in ``pitfalls.toml`` with their reasons.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS
from rdflib.term import Literal, Node, URIRef

from crossties.namespaces import CT, ONTOLOGY
from crossties.resources import Content

ALLOWED = tomllib.loads((Path(__file__).parent / "pitfalls.toml").read_text(encoding="utf-8"))
KINDS = (
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    RDFS.Class,
    RDF.Property,
)


@pytest.fixture(scope="module")
def graph(content: Content) -> rdflib.Graph:
    merged = rdflib.Graph()
    for path in sorted(content.ontology.glob("*.ttl")):
        merged.parse(path)
    return merged


def own(graph: rdflib.Graph, *kinds: URIRef) -> set[URIRef]:
    found = {term for kind in kinds for term in graph.subjects(RDF.type, kind)}
    return {term for term in found if isinstance(term, URIRef) and term.startswith(CT)}


def classes(graph: rdflib.Graph) -> set[URIRef]:
    return own(graph, OWL.Class)


def properties(graph: rdflib.Graph) -> set[URIRef]:
    return own(graph, OWL.ObjectProperty, OWL.DatatypeProperty)


def names(terms: set[URIRef]) -> set[str]:
    return {term.removeprefix(CT) for term in terms}


# Critical


def test_p03_no_property_is_called_is(graph: rdflib.Graph) -> None:
    assert {name for name in names(properties(graph)) if name in {"is", "isA", "is-a", "instanceOf"}} == set()


def test_p05_p25_p26_inverses_fit(graph: rdflib.Graph) -> None:
    for one, other in graph.subject_objects(OWL.inverseOf):
        assert one != other
        assert (one, RDF.type, OWL.SymmetricProperty) not in graph
        assert set(graph.objects(one, RDFS.domain)) == set(graph.objects(other, RDFS.range))


def test_p06_no_class_is_below_itself(graph: rdflib.Graph) -> None:
    for name in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term in classes(graph) | properties(graph):
            above = {
                up for direct in graph.objects(term, name) for up in graph.transitive_objects(direct, name)
            }
            assert term not in above


def test_p19_no_property_has_two_domains_or_ranges(graph: rdflib.Graph) -> None:
    for name in (RDFS.domain, RDFS.range):
        many = {term for term in properties(graph) if len(list(graph.objects(term, name))) > 1}
        assert names(many) == set()


def test_p27_p31_nothing_is_declared_equivalent_wrongly(graph: rdflib.Graph) -> None:
    for name in (OWL.equivalentProperty, OWL.equivalentClass):
        assert {term for term in graph.subjects(name) if isinstance(term, URIRef)} == set()


def test_p28_p29_what_is_symmetric_or_transitive_joins_like_with_like(graph: rdflib.Graph) -> None:
    for kind in (OWL.SymmetricProperty, OWL.TransitiveProperty):
        for term in own(graph, kind):
            assert members(graph, graph.value(term, RDFS.domain)) & members(
                graph, graph.value(term, RDFS.range)
            ), term


def test_p37_p39_the_namespace_is_one_and_plain() -> None:
    assert f"{ONTOLOGY}#" == CT
    assert not re.search(r"\.(owl|rdf|ttl|n3)\b", ONTOLOGY)  # P36 too


def test_p40_nothing_is_said_of_terms_of_others(graph: rdflib.Graph) -> None:
    axioms = {RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf, OWL.disjointWith, OWL.inverseOf}
    said = {one for name in axioms for one in graph.subjects(name) if isinstance(one, URIRef)}
    assert {one for one in said if not one.startswith(CT)} == set()


# Important


def test_p10_classes_are_kept_apart(graph: rdflib.Graph) -> None:
    assert list(graph.subjects(RDF.type, OWL.AllDisjointClasses))


def test_p11_every_property_has_a_domain_and_a_range(graph: rdflib.Graph) -> None:
    bare = {
        term
        for term in properties(graph)
        if not (graph.value(term, RDFS.domain) and graph.value(term, RDFS.range))
    }
    assert names(bare) == set()


def test_p24_no_definition_uses_what_it_defines(graph: rdflib.Graph) -> None:
    for term in classes(graph):
        for union in graph.objects(term, RDFS.subClassOf):
            assert term not in members(graph, union)


def test_p34_p35_every_term_that_is_used_has_a_type(graph: rdflib.Graph) -> None:
    used = {
        one
        for name in (RDFS.domain, RDFS.range)
        for value in graph.objects(None, name)
        for one in members(graph, value)
    }
    literal = (str(rdflib.XSD), str(RDFS), str(RDF), str(OWL))
    foreign = {one for one in used if not str(one).startswith(literal)}
    assert {one for one in foreign if not any((one, RDF.type, kind) in graph for kind in KINDS)} == set()


def test_p38_p41_there_is_an_ontology_with_a_licence(graph: rdflib.Graph) -> None:
    assert (URIRef(ONTOLOGY), RDF.type, OWL.Ontology) in graph
    assert graph.value(URIRef(ONTOLOGY), DCTERMS.license)


# Minor


def found_minor(graph: rdflib.Graph) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    found["P02"] = {
        name for name in names(classes(graph)) if re.search(r"[a-z](Or|And)[A-Z]", name)
    }  # and P07
    found["P04"] = names(unconnected(graph))
    found["P08"] = names(
        {
            term
            for term in classes(graph) | properties(graph)
            if not (graph.value(term, RDFS.label) and graph.value(term, SKOS.definition))
        }
    )
    inverse = {one for pair in graph.subject_objects(OWL.inverseOf) for one in pair}
    alone = own(graph, OWL.ObjectProperty) - inverse - own(graph, OWL.SymmetricProperty)
    found["P13"] = names({one for one in alone if isinstance(one, URIRef)})
    found["P21"] = {
        name for name in names(classes(graph)) if re.fullmatch(r"(Other|Misc|Miscellaneous|Unknown).*", name)
    }
    found["P22"] = {name for name in names(classes(graph)) if not re.fullmatch(r"(?:[A-Z][a-z]+)+", name)}
    found["P22"] |= {
        name for name in names(properties(graph)) if not re.fullmatch(r"[a-z]+(?:[A-Z][a-z]*)*", name)
    }
    found["P22"] |= {name for name in names(properties(graph)) if "rganiza" in name}
    found["P32"] = names(same_label(graph))
    found["P33"] = {
        str(one) for one in graph.objects(None, OWL.propertyChainAxiom) if len(Collection(graph, one)) < 2
    }
    return {pitfall: terms for pitfall, terms in found.items() if terms}


def test_every_minor_pitfall_that_stays_has_its_reason(graph: rdflib.Graph) -> None:
    found = found_minor(graph)
    for pitfall, terms in found.items():
        allowed = set(ALLOWED.get(pitfall, {}).get("terms", []))
        assert "*" in allowed or terms <= allowed, (pitfall, terms - allowed)


def test_the_list_of_what_stays_holds_nothing_that_is_gone(graph: rdflib.Graph) -> None:
    found = found_minor(graph)
    assert set(ALLOWED) <= set(found)
    for pitfall, told in ALLOWED.items():
        assert set(told["terms"]) - {"*"} <= found[pitfall]
        assert len(told["reason"]) > 40


def members(graph: rdflib.Graph, value: Node | None) -> set[Node]:
    """Return a class, or the members of the union that it is."""
    if value is None:
        return set()
    union = graph.value(value, OWL.unionOf)
    return set(Collection(graph, union)) if union is not None else {value}


def unconnected(graph: rdflib.Graph) -> set[URIRef]:
    joined = {
        one
        for name in (RDFS.domain, RDFS.range)
        for value in graph.objects(None, name)
        for one in members(graph, value)
    }
    joined |= {one for pair in graph.subject_objects(RDFS.subClassOf) for one in pair}
    return {one for one in classes(graph) if one not in joined}


def same_label(graph: rdflib.Graph) -> set[URIRef]:
    labels = {
        one: {str(text.n3()) for text in graph.objects(one, RDFS.label) if isinstance(text, Literal)}
        for one in classes(graph)
    }
    counted = Counter(text for texts in labels.values() for text in texts)
    return {one for one, texts in labels.items() if any(counted[text] > 1 for text in texts)}
