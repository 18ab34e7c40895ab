"""Every term of the vocabulary is complete, well named and in its place."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, FOAF, OWL, RDF, RDFS, SKOS, VANN
from rdflib.term import BNode, Literal, URIRef

if TYPE_CHECKING:
    from rdflib.term import Node

ROOT: Final = Path(__file__).parents[2]
FILES: Final = sorted((ROOT / "ontology").glob("*.ttl"))
STEMS: Final = [path for path in FILES if path.stem not in {"crossties", "alignments"}]
BASE: Final = "https://w3id.org/crossties/"
CT: Final = BASE + "ns#"
ONTOLOGY: Final = URIRef(BASE + "ns")
LANGUAGES: Final = ["en", "fi", "ru", "sv"]
PROPERTY_TYPES: Final = {OWL.ObjectProperty, OWL.DatatypeProperty}
DECLARATIONS: Final = PROPERTY_TYPES | {OWL.AnnotationProperty, OWL.Class}
STATUS: Final = URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
STABLE: Final = {"stable", "testing", "unstable", "archaic"}
CYRILLIC: Final = re.compile(r"[\u0400-\u04FF]")


@functools.cache
def vocabulary() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in FILES:
        graph.parse(path)
    return graph


@functools.cache
def classes() -> list[URIRef]:
    return sorted(term for term in own(OWL.Class) if str(term).startswith(CT))


@functools.cache
def properties() -> list[URIRef]:
    return sorted(set().union(*(own(kind) for kind in PROPERTY_TYPES)))


@functools.cache
def concepts() -> list[URIRef]:
    return sorted(own(SKOS.Concept))


@functools.cache
def schemes() -> list[URIRef]:
    return sorted(own(SKOS.ConceptScheme))


def own(kind: Node) -> set[URIRef]:
    found = vocabulary().subjects(RDF.type, kind)
    return {term for term in found if isinstance(term, URIRef) and term.startswith(BASE)}


def short(term: Node) -> str:
    return str(term).removeprefix(CT).removeprefix(BASE)


def texts(term: Node, predicate: Node) -> list[Literal]:
    return [text for text in vocabulary().objects(term, predicate) if isinstance(text, Literal)]


each_term = pytest.mark.parametrize("term", classes() + properties(), ids=short)
each_class = pytest.mark.parametrize("term", classes(), ids=short)
each_property = pytest.mark.parametrize("term", properties(), ids=short)
each_concept = pytest.mark.parametrize("concept", concepts(), ids=short)
each_scheme = pytest.mark.parametrize("scheme", schemes(), ids=short)
each_stem = pytest.mark.parametrize("path", STEMS, ids=lambda path: path.stem)


@each_term
def test_a_term_has_one_label_and_one_definition_in_each_language(term: URIRef) -> None:
    assert_four(texts(term, RDFS.label))
    assert_four(texts(term, SKOS.definition))


@each_term
def test_a_definition_is_one_sentence_that_does_not_start_with_the_term(term: URIRef) -> None:
    assert_defines(texts(term, RDFS.label), texts(term, SKOS.definition))


@each_term
def test_a_term_has_a_scope_note_an_example_a_home_and_a_status(term: URIRef) -> None:
    assert [text.language for text in texts(term, SKOS.scopeNote)] == ["en"]
    assert [text.language for text in texts(term, SKOS.example)] == ["en"]
    assert list(vocabulary().objects(term, RDFS.isDefinedBy)) == [ONTOLOGY]
    assert {str(text) for text in texts(term, STATUS)} <= STABLE
    assert len(texts(term, STATUS)) == 1


@each_term
def test_a_term_is_used_by_a_shape_or_rule(term: URIRef) -> None:
    assert term in used_by_checks() or is_derived(term)


@each_class
def test_a_class_is_named_by_a_noun_in_upper_camel_case(term: URIRef) -> None:
    assert re.fullmatch(r"([A-Z][a-z]+)+", short(term))
    assert set(vocabulary().objects(term, RDF.type)) == {OWL.Class}


@each_property
def test_a_property_is_named_in_lower_camel_case(term: URIRef) -> None:
    assert re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", short(term))
    kinds = set(vocabulary().objects(term, RDF.type)) & (DECLARATIONS | {RDF.Property})
    assert len(kinds) == 1, "object or datatype property, not both"


@each_property
def test_a_property_has_one_domain_and_one_range(term: URIRef) -> None:
    for predicate in (RDFS.domain, RDFS.range):
        (found,) = vocabulary().objects(term, predicate)
        assert isinstance(found, URIRef) or len(union(found)) > 1


@each_property
def test_a_range_fits_the_type_of_its_property(term: URIRef) -> None:
    (found,) = vocabulary().objects(term, RDFS.range)
    literal = str(found).startswith("http://www.w3.org/2001/XMLSchema#") or found in {
        RDFS.Literal,
        RDF.langString,
    }
    assert literal == ((term, RDF.type, OWL.DatatypeProperty) in vocabulary())


@each_property
def test_domain_and_range_are_declared(term: URIRef) -> None:
    ends = list(vocabulary().objects(term, RDFS.domain)) + list(vocabulary().objects(term, RDFS.range))
    named = {name for end in ends for name in ([end] if isinstance(end, URIRef) else union(end))}
    unknown = {
        name for name in named if name.startswith(CT) and (name, RDF.type, OWL.Class) not in vocabulary()
    }
    assert unknown == set()


@each_property
def test_a_sub_property_is_of_the_same_type_as_its_super_property(term: URIRef) -> None:
    kinds = set(vocabulary().objects(term, RDF.type)) & PROPERTY_TYPES
    for over in vocabulary().objects(term, RDFS.subPropertyOf):
        if str(over).startswith(CT):
            assert set(vocabulary().objects(over, RDF.type)) & PROPERTY_TYPES == kinds


def test_sibling_classes_are_disjoint() -> None:
    siblings = itertools.combinations(classes(), 2)
    apart = disjoint_pairs()
    together = [
        pair for pair in siblings if parents(pair[0]) == parents(pair[1]) and frozenset(pair) not in apart
    ]
    assert [(short(one), short(other)) for one, other in together] == []


def test_no_class_or_property_lies_above_itself() -> None:
    graph = vocabulary()
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term, over in graph.subject_objects(predicate):
            assert term not in graph.transitive_objects(over, predicate)


def test_no_label_is_used_twice() -> None:
    for group in (classes(), properties(), schemes()):
        assert repeated((RDFS.label, SKOS.prefLabel), group) == []


def test_no_label_is_used_twice_in_one_branch_of_a_code_list() -> None:
    branches: dict[Node, list[URIRef]] = {}
    for concept in concepts():
        for branch in tops_above(concept):
            branches.setdefault(branch, []).append(concept)
    for scheme in schemes():
        branches[scheme] = [top for top in concepts() if (top, SKOS.topConceptOf, scheme) in vocabulary()]
    assert {
        short(b): twice for b, group in branches.items() if (twice := repeated((SKOS.prefLabel,), group))
    } == {}


@each_scheme
def test_a_code_list_is_named_and_defined_in_each_language(scheme: URIRef) -> None:
    assert_four(texts(scheme, SKOS.prefLabel))
    assert_four(texts(scheme, SKOS.definition))
    assert list(vocabulary().objects(scheme, RDFS.isDefinedBy)) == [ONTOLOGY]
    assert [concept for concept in concepts() if (concept, SKOS.inScheme, scheme) in vocabulary()]


@each_concept
def test_a_concept_is_named_and_defined_in_each_language(concept: URIRef) -> None:
    assert_four(texts(concept, SKOS.prefLabel))
    assert_four(texts(concept, SKOS.definition))
    assert_defines(texts(concept, SKOS.prefLabel), texts(concept, SKOS.definition))


@each_concept
def test_a_concept_has_its_place_in_one_list(concept: URIRef) -> None:
    graph = vocabulary()
    name, slug = short(concept).split("/")
    scheme = URIRef(BASE + name)
    above = list(graph.objects(concept, SKOS.broader))
    assert list(graph.objects(concept, SKOS.inScheme)) == [scheme]
    assert list(graph.objects(concept, SKOS.notation)) == [Literal(slug)]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert (list(graph.objects(concept, SKOS.topConceptOf)) == [scheme]) != bool(above)
    assert all((over, SKOS.inScheme, scheme) in graph for over in above)
    assert list(graph.objects(concept, RDFS.isDefinedBy)) == [ONTOLOGY]


@each_stem
def test_terms_stand_in_order_classes_properties_code_lists(path: Path) -> None:
    subjects = re.findall(r"^(ct:\w+|<[a-z]+(?:/[a-z0-9-]+)?>) ", path.read_text(), flags=re.MULTILINE)
    ranks = [rank(name) for name in subjects]
    assert ranks == sorted(ranks)


@each_stem
def test_each_section_is_alphabetical(path: Path) -> None:
    for section in re.split(r"^# .*$", path.read_text(), flags=re.MULTILINE):
        subjects = re.findall(r"^(?:ct:(\w+)|<([a-z]+/[a-z0-9-]+)>) ", section, flags=re.MULTILINE)
        names = [first or second for first, second in subjects]
        assert names in (sorted(names), sorted(names, key=str.casefold))


@each_stem
def test_a_stem_describes_own_terms_only(path: Path) -> None:
    subjects = {s for s in rdflib.Graph().parse(path).subjects() if isinstance(s, URIRef)}
    assert {subject for subject in subjects if not subject.startswith(BASE)} == set()


def test_alignments_say_nothing_of_foreign_terms() -> None:
    graph = rdflib.Graph().parse(ROOT / "ontology/alignments.ttl")
    assert {short(s) for s in graph.subjects()} <= {short(term) for term in classes() + properties()}
    assert set(graph.predicates()) <= {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso}
    assert not [value for value in graph.objects() if str(value).startswith(BASE)]


def test_the_header_only_declares_foreign_terms() -> None:
    graph = rdflib.Graph().parse(ROOT / "ontology/crossties.ttl")
    foreign = [s for s in graph.subjects(unique=True) if isinstance(s, URIRef) and not s.startswith(BASE)]
    assert foreign
    for term in foreign:
        ((predicate, kind),) = graph.predicate_objects(term)
        assert predicate == RDF.type
        assert kind in DECLARATIONS


def test_the_header_has_what_a_reader_of_ontologies_looks_for() -> None:
    graph = vocabulary()
    required = (
        DCTERMS.license,
        DCTERMS.creator,
        DCTERMS.publisher,
        DCTERMS.created,
        DCTERMS.issued,
        DCTERMS.modified,
    )
    wanted = (
        *required,
        DCTERMS.source,
        DCTERMS.bibliographicCitation,
        OWL.versionIRI,
        OWL.versionInfo,
        FOAF.logo,
    )
    assert [predicate for predicate in wanted if (ONTOLOGY, predicate, None) not in graph] == []
    assert graph.value(ONTOLOGY, VANN.preferredNamespaceUri) == Literal(CT)
    assert graph.value(ONTOLOGY, VANN.preferredNamespacePrefix) == Literal("ct")
    assert graph.value(ONTOLOGY, OWL.versionIRI) == URIRef(
        f"{ONTOLOGY}/{graph.value(ONTOLOGY, OWL.versionInfo)}"
    )
    assert_four(texts(ONTOLOGY, DCTERMS.title))
    assert_four(texts(ONTOLOGY, DCTERMS.description))


def test_a_derived_property_says_so_in_one_way() -> None:
    for term in properties():
        (note,) = texts(term, SKOS.scopeNote)
        assert ("never authored" in note) == note.startswith("Derived at build and never authored")
        assert is_derived(term) == note.startswith("Derived at build and never authored")


def assert_four(found: list[Literal]) -> None:
    """One text in each language, in the letters of that language, without stray spaces."""
    assert sorted(str(text.language) for text in found) == LANGUAGES
    for text in found:
        assert text.strip() == str(text) != ""
        assert bool(CYRILLIC.search(text)) == (text.language == "ru"), text


def assert_defines(labels: list[Literal], definitions: list[Literal]) -> None:
    """Each definition is one sentence and does not start with the label in its language."""
    names = {label.language: label.casefold() for label in labels}
    for text in definitions:
        assert text.endswith("."), text
        assert not re.search(r"[.!?] [A-ZÅÄÖ\u0410-\u042F]", text), text
        name = re.escape(names[text.language])
        assert not re.match(rf"(an? |the |en |ett )?{name}\b", text.casefold()), text


def union(node: Node) -> list[URIRef]:
    members = vocabulary().value(node, OWL.unionOf)
    assert isinstance(node, BNode)
    assert members is not None
    return [member for member in Collection(vocabulary(), members) if isinstance(member, URIRef)]


def parents(term: Node) -> set[Node]:
    return {over for over in vocabulary().objects(term, RDFS.subClassOf) if str(over).startswith(CT)}


def disjoint_pairs() -> set[frozenset[Node]]:
    graph = vocabulary()
    pairs: set[frozenset[Node]] = {frozenset(pair) for pair in graph.subject_objects(OWL.disjointWith)}
    for members in graph.objects(None, OWL.members):
        pairs |= {frozenset(pair) for pair in itertools.combinations(Collection(graph, members), 2)}
    return pairs


def tops_above(concept: URIRef) -> list[Node]:
    above = vocabulary().transitive_objects(concept, SKOS.broader)
    return [over for over in above if over and (over, SKOS.topConceptOf, None) in vocabulary()]


def is_derived(term: URIRef) -> bool:
    """Tell whether the rule derived-by-hand forbids to write this property."""
    return any(note.startswith("Derived at build") for note in texts(term, SKOS.scopeNote))


def repeated(predicates: tuple[URIRef, ...], terms: list[URIRef]) -> list[str]:
    said = Counter(
        f"{text.casefold()}@{text.language}"
        for term in terms
        for predicate in predicates
        for text in texts(term, predicate)
    )
    return sorted(text for text, times in said.items() if times > 1)


def rank(name: str) -> int:
    if name.startswith("ct:"):
        return 0 if name[3].isupper() else 1
    return 2


@functools.cache
def used_by_checks() -> set[Node]:
    """Return every own term that a shape or rule names."""
    shapes = rdflib.Graph()
    for path in (ROOT / "shapes").glob("*.ttl"):
        shapes.parse(path)
    rules = "\n".join(path.read_text() for path in (ROOT / "shapes/rules").glob("*.rq"))
    named = {URIRef(CT + name) for name in re.findall(r"\bct:(\w+)", rules)}
    return named | {term for term in shapes.objects() if isinstance(term, URIRef)}
