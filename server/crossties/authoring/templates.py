"""Write a Turtle file to begin with: what things must have, and as comments what they may have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from crossties.authoring.filling import Filler, make_comment
from crossties.authoring.kinds import YOUR, Kind, class_of
from crossties.errors import RequestError
from crossties.namespaces import BASE, DCT, GRAPH
from crossties.quads import iri, literal
from crossties.resources import Content
from crossties.turtle.layout import write_document
from crossties.turtle.order import KNOWN_PREFIXES
from crossties.turtle.statements import Block, Document, Property
from crossties.vocabulary import read_uses, read_vocabulary

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: Kinds that have names of their own, whatever file they stand in.
_OWN_NAMES: Final = {"document", "event", "organisation", "person", "place", "post", "tenure"}
_OPENING: Final = (
    "Replace whatever says “your”, every example value, and the names in every language. Take the # away "
    "from the lines that you need; delete the other comments, and every line that your source doesn't tell. "
    "Then run: crossties check FILE. How to go about it: docs/contribute.md"
)


@dataclass(frozen=True)
class Wish:
    """How a template is wanted.

    ``today`` is the day it is written, ``slug`` names its thing, ``path`` is where the file lies below
    ``data/``, without its suffix; ``brief`` leaves out what is optional, and comments.
    """

    today: date
    slug: str = ""
    path: str = ""
    brief: bool = False


def write_template(kinds: Sequence[Kind], content: Content, wish: Wish) -> str:
    """Return the text of one file with a template of each kind; without a slug things are called ``your-…``.

    Raises:
        RequestError: the slug can't be a part of an IRI.
    """
    if wish.slug and not _SLUG.fullmatch(wish.slug):
        message = f"“{wish.slug}” can't be a part of an IRI."
        mend = "Use small Latin letters, digits and hyphens, as in alder-spruce-2027."
        raise RequestError(message, mend=mend)
    vocabulary = read_vocabulary(content)
    blocks = [
        _metadata(kinds[0], wish),
        *_blocks(kinds, Filler(vocabulary, read_uses(content, vocabulary)), wish),
    ]
    opening = () if wish.brief else (*make_comment(_OPENING), "")
    text = write_document(Document(tuple(blocks), prefixes=dict(KNOWN_PREFIXES), opening=opening))
    return _named(text, kinds, wish.slug) if wish.slug else text


def _metadata(kind: Kind, wish: Wish) -> Block:
    path = wish.path or f"{kind.stem}/{wish.slug or YOUR + 'file'}"
    return Block(iri(GRAPH + path), (Property(DCT + "created", (literal(wish.today.isoformat(), "date"),)),))


def _blocks(kinds: Sequence[Kind], filler: Filler, wish: Wish) -> Iterator[Block]:
    """Yield the filled blocks; what is optional stands only with the first of each class."""
    seen: set[str] = set()
    for kind in kinds:
        for number, block in enumerate(kind.blocks):
            comments = () if wish.brief or number else tuple(_heading(kind))
            fresh = not wish.brief and class_of(block) not in seen
            seen.add(class_of(block))
            yield filler.fill(
                replace(block, comments=comments), with_optional=fresh, with_comments=not wish.brief
            )


def _heading(kind: Kind) -> list[str]:
    return make_comment(f"{kind.label.capitalize()}: {kind.definition[:1].lower()}{kind.definition[1:]}")


def _named(text: str, kinds: Sequence[Kind], slug: str) -> str:
    """Give the slug to the first thing, and to others that have no name of their own."""
    for number, kind in enumerate(kinds):
        if number == 0 or kind.name not in _OWN_NAMES:
            thing = kind.thing.removeprefix(BASE)
            text = re.sub(rf"<{thing}(?=[>/])", f"<{thing.rpartition('/')[0]}/{slug}", text)
    return text
