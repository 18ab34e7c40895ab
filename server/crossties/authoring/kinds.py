"""The kinds of things that there are templates for, with their placeholders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Final

from crossties.errors import RequestError
from crossties.namespaces import CT
from crossties.quads import NamedNode
from crossties.resources import Content
from crossties.turtle.statements import Block, read_document
from crossties.vocabulary import read_vocabulary

#: What marks a placeholder.
YOUR: Final = "your-"
#: What is of no use alone: a plan without an objective, a person without a post.
_TOGETHER: Final = {"plan": ("objective",), "person": ("tenure",)}


@dataclass(frozen=True)
class Kind:
    """A kind of thing that there is a template for; its blocks hold placeholders, the thing itself first."""

    name: str
    thing: str
    stem: str
    label: str
    definition: str
    blocks: tuple[Block, ...]


def load_kinds(content: Content) -> dict[str, Kind]:
    """Return the kinds by name, in the order in which people need them."""
    classes = read_vocabulary(content).classes
    blocks = _placeholders()
    kinds: dict[str, Kind] = {}
    for block in blocks:
        thing = name_of(block)
        if any(_is_part(thing, one.thing) for one in kinds.values()):
            continue
        own = tuple(other for other in blocks if other is block or _is_part(name_of(other), thing))
        term = classes[class_of(block)]
        name = thing.rpartition("/")[2].removeprefix(YOUR)
        kinds[name] = Kind(name, thing, term.stem, term.label, term.definition, own)
    return {name: _completed(kind, kinds) for name, kind in kinds.items()}


def find_kind(name: str, kinds: dict[str, Kind]) -> Kind:
    """Return the kind of this name, or of the class of this name.

    Raises:
        RequestError: there is none.
    """
    wanted = name.strip().lower().replace("_", "-").replace(" ", "-")
    for kind in kinds.values():
        own_class = class_of(kind.blocks[0]).removeprefix(CT).lower()
        if wanted in {kind.name, kind.label.replace(" ", "-"), own_class}:
            return kind
    message = f"There is no template for “{name}”."
    raise RequestError(message, mend=f"There is one for: {', '.join(kinds)}.")


def name_of(block: Block) -> str:
    """Return the IRI of what a block describes."""
    return block.subject.value if isinstance(block.subject, NamedNode) else ""


def class_of(block: Block) -> str:
    """Return the IRI of the class of what a block describes."""
    value = block.properties[0].objects[0]
    return value.value if isinstance(value, NamedNode) else ""


def _placeholders() -> tuple[Block, ...]:
    text = (files("crossties.authoring") / "placeholders.ttl").read_text("utf-8")
    return read_document(text, origin="placeholders.ttl").blocks


def _is_part(other: str, thing: str) -> bool:
    """Tell a signature, a part of its signing, from an objective, a thing of its own below its plan."""
    return other.startswith(thing + "/") and "/objective/" not in other.removeprefix(thing)


def _completed(kind: Kind, kinds: dict[str, Kind]) -> Kind:
    more = tuple(block for other in _TOGETHER.get(kind.name, ()) for block in kinds[other].blocks)
    return replace(kind, blocks=kind.blocks + more)
