"""The vocabulary and the shapes, read for people: what terms there are, and what a thing of a class has."""

from crossties.vocabulary.shapes import Use, read_uses
from crossties.vocabulary.terms import Concept, OwnClass, OwnProperty, Vocabulary, read_vocabulary

__all__ = ["Concept", "OwnClass", "OwnProperty", "Use", "Vocabulary", "read_uses", "read_vocabulary"]
