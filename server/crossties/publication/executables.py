"""The questions as things with an IRI: each is a SHACL executable with its text, made from its file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from crossties.namespaces import BASE
from crossties.publication.notes import Notes, ref, text
from crossties.quads import Quad
from crossties.questions.catalogue import Question

QUERY: Final = BASE + "query/"


def question_iri(question: Question) -> str:
    """Return the IRI of a question."""
    return QUERY + question.name


def describe_questions(questions: Iterable[Question]) -> list[Quad]:
    """Return what is said of the questions, as SHACL Advanced Features 5 has it."""
    notes = Notes()
    for question in questions:
        node = question_iri(question)
        notes.say(node, "rdf:type", ref("sh:SPARQLExecutable"), ref("sh:SPARQLSelectExecutable"))
        notes.say(node, "rdfs:label", text(question.title, "en"))
        notes.say(node, "dct:description", text(" ".join(question.description.split()), "en"))
        notes.say(node, "sh:select", text(question.text))
        notes.say(node, "dct:license", ref("https://creativecommons.org/licenses/by/4.0/"))
        notes.say(node, "dct:subject", text(question.area))
    return notes.quads
