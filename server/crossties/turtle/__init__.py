"""Turtle as this project writes it: one stable form for the same statements, comments kept."""

from crossties.turtle.formatting import format_turtle
from crossties.turtle.layout import write_document
from crossties.turtle.statements import Block, Collection, Document, Node, Property

__all__ = ["Block", "Collection", "Document", "Node", "Property", "format_turtle", "write_document"]
