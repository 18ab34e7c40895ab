"""Write a document as Turtle: the one form of every file of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crossties.namespaces import BASE, CT, GRAPH, RDF, SHAPES, XSD
from crossties.quads import Literal, NamedNode
from crossties.quads.terms import BlankNode
from crossties.turtle.names import resolve_iri
from crossties.turtle.order import KNOWN_PREFIXES, SENTENCES, rank_iri, rank_language, rank_property
from crossties.turtle.statements import Block, Collection, Document, Object, Property

_INDENT: Final = "    "
_ITEMS_ON_A_LINE: Final = 6
_PREFIX: Final = re.compile(r"(?<![\w/:])([a-z]+):[A-Za-z]")
_LOCAL: Final = re.compile(r"[A-Za-z_0-9](?:[\w-]*\w)?", re.ASCII)
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]*")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED: Final = re.compile(r'["\\\x00-\x1f\x7f]')
_RELATIVE: Final = re.compile(r"[^/:?#][^:?#]*")


def write_document(document: Document) -> str:
    """Return the text: base and prefixes that are needed, graph metadata, then the blocks in order."""
    names = _Names(document.prefixes)
    names.keep(_mentioned(document))
    blocks = [
        *filter(_is_metadata, document.blocks),
        *(one for one in document.blocks if not _is_metadata(one)),
    ]
    body = "".join(_spaced(blocks, names))
    header = "\n".join([*document.opening, *names.header()]) + "\n"
    closing = "\n" + "\n".join(_trimmed(document.closing)) + "\n" if document.closing else ""
    return header + body + closing


def write_property(one: Property) -> list[str]:
    """Return the lines of one property, without what ends them."""
    return [line.text for line in _property(one, _Names({}))]


def write_graphs(graphs: Mapping[str, Iterable[Block]]) -> str:
    """Return TriG text: one named graph after the other, in the order given."""
    names = _Names({})
    body = [_graph(graph, blocks, names) for graph, blocks in graphs.items()]
    return "\n".join(["\n".join(names.header()) + "\n", *body])


class _Names:
    """Shortens IRIs, and remembers which prefixes were needed."""

    def __init__(self, declared: Mapping[str, str]) -> None:
        known = set(KNOWN_PREFIXES.values())
        own = {
            prefix: namespace
            for prefix, namespace in declared.items()
            if namespace not in known and prefix not in KNOWN_PREFIXES and not namespace.startswith(BASE)
        }
        self._prefixes = {**KNOWN_PREFIXES, **own}
        self._used: set[str] = set()

    def keep(self, prefixes: Iterable[str]) -> None:
        """Declare these prefixes whether or not they are used."""
        self._used.update(prefix for prefix in prefixes if prefix in self._prefixes)

    def header(self) -> list[str]:
        """Return the lines that declare the base and the prefixes used so far."""
        prefixes = [f"@prefix {prefix}: <{self._prefixes[prefix]}> ." for prefix in sorted(self._used)]
        return [f"@base <{BASE}> .", *prefixes]

    def write(self, iri: str) -> str:
        """Return the IRI with a prefix, relative to the base, or in full."""
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self._used.add(prefix)
                return f"{prefix}:{iri.removeprefix(namespace)}"
        local = iri.removeprefix(BASE)
        relative = iri.startswith(BASE) and not iri.startswith((CT, SHAPES)) and _RELATIVE.fullmatch(local)
        return f"<{local if relative and resolve_iri(local, BASE) == iri else iri}>"


def _mentioned(document: Document) -> set[str]:
    """Return the declared prefixes that comments use: whoever takes the # away needs them."""
    blocks = document.blocks
    lines = [*document.opening, *document.closing]
    lines += [line for block in blocks for line in (*block.comments, *block.closing)]
    lines += [line for block in blocks for one in block.properties for line in (*one.comments, *one.remarks)]
    return {name for line in lines for name in _PREFIX.findall(line)} & set(document.prefixes)


def _spaced(blocks: Iterable[Block], names: _Names) -> Iterator[str]:
    """Yield each block after an empty line, or right after its neighbour where both are one line."""
    is_short = False
    for block in blocks:
        lines = list(_block(block, names))
        was_short, is_short = is_short, len(lines) == 1
        yield "" if block.is_close and was_short and is_short else "\n"
        yield "\n".join(lines) + "\n"


def _is_metadata(block: Block) -> bool:
    return isinstance(block.subject, NamedNode) and block.subject.value.startswith(GRAPH)


def _graph(graph: str, blocks: Iterable[Block], names: _Names) -> str:
    written = ["\n".join(_INDENT + line for line in _block(block, names)) + "\n" for block in blocks]
    return f"{names.write(graph)} {{\n" + "\n".join(written) + "}\n"


def _block(block: Block, names: _Names) -> Iterator[str]:
    yield from block.comments
    lines = [line for one in _sorted(block.properties) for line in _property(one, names)]
    subject = _object(block.subject, names)
    if lines and lines[0].comments:
        yield subject
    elif lines:
        first = lines.pop(0)
        yield f"{subject} {first.text}{_end(is_last=not lines and not block.closing)}{first.remark}"
    else:
        yield f"{subject} ."
    for number, line in enumerate(lines, start=1):
        yield from (_INDENT + comment for comment in line.comments)
        yield _INDENT + line.text + _end(is_last=number == len(lines) and not block.closing) + line.remark
    if block.closing:
        yield from (_INDENT + comment for comment in _trimmed(block.closing))
        yield "."


def _end(*, is_last: bool) -> str:
    return " ." if is_last else " ;"


class _Line:
    """A property with objects on one line, its comments above and its remark behind."""

    def __init__(self, text: str, comments: Iterable[str] = (), remark: str = "") -> None:
        self.text = text
        self.comments = [comment for comment in comments if comment]
        self.remark = f" {remark}" if remark else ""


def _property(one: Property, names: _Names) -> list[_Line]:
    name = _predicate(one, names)
    if one.name in SENTENCES:
        texts = [_object(value, names) for value in _ordered(one.objects)]
    else:
        texts = [_long_collection(one.objects[0], names) or _objects(one, names)]
    lines = [_Line(f"{name} {text}") for text in texts]
    lines[0].comments = [comment for comment in one.comments if comment]
    lines[-1].remark = "".join(f" {remark}" for remark in one.remarks)
    return lines


def _predicate(one: Property, names: _Names) -> str:
    return "a" if one.name == RDF + "type" else names.write(one.name)


def _objects(one: Property, names: _Names) -> str:
    return " , ".join(_object(value, names) for value in _ordered(one.objects))


def _sorted(properties: Iterable[Property]) -> list[Property]:
    return sorted(properties, key=lambda one: rank_property(one.name))


def _ordered(objects: Iterable[Object]) -> list[Object]:
    """Sort names and texts; lists and nodes without a name stay as they stand, behind them."""
    given = list(dict.fromkeys(objects))
    plain = [value for value in given if isinstance(value, NamedNode | Literal)]
    return [
        *sorted(plain, key=_object_rank),
        *(value for value in given if not isinstance(value, NamedNode | Literal)),
    ]


def _object_rank(value: Object) -> tuple[int, tuple[int, str], tuple[str, ...], str]:
    if isinstance(value, NamedNode):
        return (0, (0, ""), rank_iri(value.value), "")
    if isinstance(value, Literal):
        return (1, rank_language(value.language), (value.value,), value.datatype.value)
    return (2, (0, ""), (), "")


def _object(value: Object, names: _Names) -> str:
    if isinstance(value, NamedNode):
        return names.write(value.value)
    if isinstance(value, Literal):
        return _literal(value, names)
    if isinstance(value, BlankNode):
        return f"_:{value.value}"
    if isinstance(value, Collection):
        return f"( {' '.join(_object(item, names) for item in value.items)} )" if value.items else "()"
    inside = " ; ".join(
        f"{_predicate(one, names)} {_objects(one, names)}" for one in _sorted(value.properties)
    )
    return f"[ {inside} ]" if inside else "[]"


def _long_collection(value: Object, names: _Names) -> str:
    if not isinstance(value, Collection) or len(value.items) <= _ITEMS_ON_A_LINE:
        return ""
    items = [f"{_INDENT * 2}{_object(item, names)}\n" for item in value.items]
    return f"(\n{''.join(items)}{_INDENT})"


def _literal(value: Literal, names: _Names) -> str:
    if value.language is not None:
        return f"{_quoted(value.value)}@{value.language}"
    datatype = value.datatype.value
    if datatype == XSD + "string":
        return _quoted(value.value)
    plain = (datatype == XSD + "boolean" and value.value in {"true", "false"}) or (
        datatype == XSD + "integer" and _INTEGER.fullmatch(value.value)
    )
    return value.value if plain else f"{_quoted(value.value)}^^{names.write(datatype)}"


def _quoted(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda match: _ESCAPES.get(match[0], f"\\u{ord(match[0]):04X}"), text) + '"'


def _trimmed(lines: tuple[str, ...]) -> tuple[str, ...]:
    return lines[:-1] if lines and not lines[-1] else lines
