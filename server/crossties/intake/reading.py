"""Read RDF that somebody sends: the strict parse is the verdict, the second reading knows the places."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from crossties.errors import Location
from crossties.intake.faults import make_remark, read_faults
from crossties.intake.hints import Hint
from crossties.intake.jsonld.reading import read_jsonld
from crossties.intake.limits import MAX_BYTES, MAX_DEPTH, MAX_STATEMENTS
from crossties.intake.matching import join
from crossties.intake.model import Intake, Remark, Upload
from crossties.intake.places import make_places
from crossties.intake.policy import check_statements, shorten
from crossties.intake.syntaxes import (
    NAMES,
    SYNTAXES,
    find_binary,
    find_markup,
    find_other_syntax,
    find_syntax,
)
from crossties.quads import Quad, Triple
from crossties.quads.lines import Lines
from crossties.quads.lint import Part
from crossties.quads.strict import MANY_TRIPLE_TERMS, Strict, find_graphs, into_graph, parse_strictly
from crossties.quads.strict import SYNTAXES as STRICT
from crossties.turtle.positions import Place, Statement, follow
from crossties.turtle.tokens import find_too_deep

_NO_GRAPH: Final = "urn:crossties:no-graph"
#: What a triple about a triple is written with (RDF 1.2 Turtle, 2.10).
_INSIDE: Final = re.compile(r"<<|\{\||~")


@dataclass(frozen=True)
class Reading:
    """Both readings of one text, and what the second one found wrong."""

    strict: Strict
    statements: Sequence[Statement]
    remarks: Sequence[Remark] = ()


def read_rdf(upload: Upload, *, graph: str, language: str = "en") -> Intake:
    """Read Turtle, TriG, N-Triples, N-Quads or JSON-LD as the full text of one named graph.

    Nothing is raised: what is wrong is told in ``problems``, all of it as far as reading could go on.
    """
    syntax = find_syntax(upload)
    hint = _unreadable(upload, syntax)
    if hint or syntax is None:
        return _refused(upload, graph, language, hint or ("syntax", {"reason": ""}))
    data = upload.data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(upload, graph, language, data, error.start)
    found = _unlike(text, syntax)
    if found:
        code, values, offset = found
        return _refused(upload, graph, language, (code, values), *Lines(text).place(offset))
    if syntax == "jsonld":
        jsonld = read_jsonld(text, origin=upload.name, language=language)
        if jsonld.strict is None:
            return Intake(upload.name, graph, problems=tuple(jsonld.remarks))
        reading = Reading(jsonld.strict, jsonld.statements, jsonld.remarks)
    else:
        reading = _read_text(data, text, syntax, upload.name, language)
    return _Finish(upload.name, text, graph, language).intake(reading)


def find_named_graph(upload: Upload) -> str | None:
    """Return the one graph that the text itself names, if it names one and can be read so far."""
    problems = read_rdf(upload, graph=_NO_GRAPH).problems
    return next((one.value for one in problems if one.code == "other_name"), None)


def _read_text(data: bytes, text: str, syntax: str, origin: str, language: str) -> Reading:
    strict = parse_strictly(data, rdf_format=STRICT[syntax], most_quads=MAX_STATEMENTS)
    remarks = list(read_faults(strict.faults, text, origin=origin, syntax=syntax, language=language))
    return Reading(strict, list(follow(text)) if strict.is_complete else (), remarks)


class _Finish:
    """Joins both readings and looks at what the statements say."""

    def __init__(self, origin: str, text: str, graph: str, language: str) -> None:
        self._origin = origin
        self._graph = graph
        self._language = language
        self._text = text
        self._lines = Lines(text)
        self._places: dict[Quad, Place] = {}
        self._subjects: dict[object, int] = {}

    def intake(self, reading: Reading) -> Intake:
        quads = into_graph(reading.strict.quads, self._graph)
        for quad, place in join(quads, reading.statements):
            self._places.setdefault(quad, place)
            self._subjects.setdefault(quad.subject, place.subject)
        places = make_places(
            ((quad, self._at(place.object)) for quad, place in self._places.items()),
            subjects=((quad, self._at(place.subject)) for quad, place in self._places.items()),
        )
        problems = [*reading.remarks, *self._of_amount(reading), *self._of_graphs(reading.strict)]
        is_whole = not reading.remarks and len(quads) <= MAX_STATEMENTS
        told = quads if is_whole else [quad for quad in quads if quad in self._places]
        problems += check_statements(told, graph=self._graph, find=self.find, language=self._language)
        ordered = sorted(problems, key=lambda one: (one.where.line or 0, one.where.column or 0))
        return Intake(
            self._origin,
            self._graph,
            tuple(dict.fromkeys(quads)) if is_whole else (),
            places,
            reading.strict.prefixes,
            problems=tuple(shorten(ordered, self._language)),
        )

    def find(self, quad: Quad, part: Part) -> Location:
        """Return the place of a part of a statement; else of its subject, else the file alone."""
        place = self._places.get(quad)
        if place is None:
            mark = _INSIDE.search(self._text) if isinstance(quad.object, Triple) else None
            start = mark.start() if mark else self._subjects.get(quad.subject)
            return Location(self._origin) if start is None else self._at(start)
        return self._at({"subject": place.subject, "property": place.property}.get(part, place.object))

    def _at(self, offset: int) -> Location:
        return Location(self._origin, *self._lines.place(offset))

    def _of_amount(self, reading: Reading) -> Iterator[Remark]:
        count = len(reading.strict.quads)
        if count > MAX_STATEMENTS:
            hint: Hint = ("too_many", {"most": MAX_STATEMENTS})
            yield make_remark(hint, Location(self._origin), self._language)
        elif not count and not reading.remarks:
            yield make_remark(("no_statement", {}), Location(self._origin), self._language)

    def _of_graphs(self, strict: Strict) -> Iterator[Remark]:
        """Tell of graphs that the text names: it may name its own, and no other."""
        named = find_graphs(strict.quads)
        others = {name: quad for name, quad in named.items() if name not in {"", self._graph}}
        code = "several_graphs" if len(named) > 1 else "other_name"
        told = list(others.items())[-1:]
        for name, quad in told:
            [placed] = into_graph([quad], self._graph)
            hint: Hint = (code, {"name": name, "graph": self._graph, "count": len(named)})
            yield replace(make_remark(hint, self.find(placed, "subject"), self._language), value=name)


def _unreadable(upload: Upload, syntax: str | None) -> Hint | None:
    """Look at name, size and first bytes."""
    binary = find_binary(upload.data)
    if binary:
        return "binary", {"kind": binary}
    if syntax is None:
        return "unknown_type", {"name": upload.name, "known": ", ".join(f".{one}" for one in SYNTAXES)}
    if len(upload.data) > MAX_BYTES:
        return "too_large", {"size": len(upload.data), "most": MAX_BYTES}
    return None if upload.data.removeprefix(codecs.BOM_UTF8).strip() else ("empty", {})


def _unlike(text: str, syntax: str) -> tuple[str, dict[str, object], int] | None:
    """Look for what no parser should see: markup, another syntax than was said, deep brackets."""
    markup = find_markup(text)
    if markup:
        return "markup", {"kind": markup}, 0
    other = find_other_syntax(text, syntax)
    if other:
        names = {"said": NAMES[syntax], "found": NAMES[other]}
        return "other_syntax", {**names, "suffix": f".{other}"}, 0
    if text.count("<<") > MANY_TRIPLE_TERMS:
        return "many_triple_terms", {}, text.index("<<")
    deep = None if syntax == "jsonld" else find_too_deep(text, MAX_DEPTH)
    return None if deep is None else ("too_deep", {"most": MAX_DEPTH}, deep)


def _not_utf8(upload: Upload, graph: str, language: str, data: bytes, at: int) -> Intake:
    place = Lines(data[:at].decode("utf-8")).place(len(data[:at].decode("utf-8")))
    byte = f"0x{data[at]:02x}"
    return _refused(upload, graph, language, ("not_utf8", {"byte": byte}), *place)


def _refused(
    upload: Upload, graph: str, language: str, hint: Hint, line: int | None = None, column: int | None = None
) -> Intake:
    remark = make_remark(hint, Location(upload.name, line, column), language)
    return Intake(upload.name, graph, problems=(remark,))
