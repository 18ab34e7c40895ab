"""Small random graphs for ``shapes/``, whose shapes and rules look far: each once made a verdict wrong."""

from __future__ import annotations

from random import Random
from typing import Final

from crossties.namespaces import RDF, RDFS, XSD
from crossties.quads import Literal, NamedNode, Quad, Term

EX: Final = "https://example.org/"
GRAPHS: Final = tuple(f"https://example.org/graph/{name}" for name in ("one", "two", "three"))
_TYPE: Final = NamedNode(RDF + "type")
_NODES: Final = tuple(NamedNode(f"{EX}n{number}") for number in range(9))
_CLASSES: Final = tuple(
    NamedNode(EX + name) for name in ("Body", "Town", "Deal", "Paper", "Money", "Implicit")
)
_LINKS: Final = tuple(
    NamedNode(EX + name) for name in ("party", "within", "signs", "about", "near", "boss", "told", "same")
)
_FIGURES: Final = tuple(NamedNode(EX + name) for name in ("from", "until", "name", "sum", "note"))
_LITERALS: Final[tuple[Term, ...]] = (
    Literal("2001", datatype=NamedNode(XSD + "integer")),
    Literal("2002", datatype=NamedNode(XSD + "integer")),
    Literal("2003", datatype=NamedNode(XSD + "integer")),
    Literal("a", language="en"),
    Literal("b", language="en"),
    Literal("c", language="fi"),
    Literal("plain"),
)


def draw_quad(dice: Random) -> Quad:
    """Return a random statement of a random graph, likely to meet others."""
    graph = NamedNode(dice.choice(GRAPHS))
    kind = dice.random()
    if kind < 0.25:
        return Quad(dice.choice(_NODES), _TYPE, dice.choice(_CLASSES), graph)
    if kind < 0.75:
        return Quad(dice.choice(_NODES), dice.choice(_LINKS), dice.choice(_NODES), graph)
    return Quad(dice.choice(_NODES), dice.choice(_FIGURES), dice.choice(_LITERALS), graph)


def draw_graph(dice: Random, *, size: int) -> list[Quad]:
    """Return random statements, and a class below another one."""
    below = Quad(
        NamedNode(EX + "Town"),
        NamedNode(RDFS + "subClassOf"),
        NamedNode(EX + "Body"),
        NamedNode(GRAPHS[0]),
    )
    return [below, *{draw_quad(dice) for _ in range(size)}]
