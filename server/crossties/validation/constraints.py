"""What a shape asks, in words, where it has no message of its own: one text for each component of SHACL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from crossties.namespaces import LANGUAGES, compact
from crossties.validation.engine import Outcome
from crossties.validation.paths import tell_path
from crossties.validation.texts import Texts
from crossties.wording import say

_ENDING: Final = "ConstraintComponent"
_LISTED: Final = 10
_QUOTES: Final = {"en": "“{}”", "fi": "”{}”", "sv": "”{}”", "ru": "«{}»"}
_EXAMPLES: Final = {
    "date": "2018-09-27",
    "dateTime": "2018-09-27T12:00:00Z",
    "gYear": "2018",
    "gYearMonth": "2018-09",
    "decimal": "163000",
    "integer": "125000",
    "boolean": "true",
    "langString": '"Kotka"@fi',
    "anyURI": "https://example.org/",
}
#: Component → the property of SHACL whose values are its parameter, where the name does not say so.
_PARAMETERS: Final = {"QualifiedMinCount": SH.qualifiedMinCount, "QualifiedMaxCount": SH.qualifiedMaxCount}
_PROPERTIES: Final = ("Equals", "Disjoint", "LessThan", "LessThanOrEquals")


def name_component(node: Node | None) -> str:
    """Return a constraint component by its local name without its ending: ``MinCount``."""
    iri = str(node or "")
    return iri.rpartition("#")[2].removesuffix(_ENDING) if iri.startswith(str(SH)) else iri


def generate_texts(outcome: Outcome, result: Node, report: rdflib.Graph) -> Texts:
    """Return what to say of a result, in every language."""
    return tuple((language, _Teller(outcome, result, report, language).tell()) for language in LANGUAGES)


class _Teller:
    def __init__(self, outcome: Outcome, result: Node, report: rdflib.Graph, language: str) -> None:
        self._outcome = outcome
        self._report = report
        self._language = language
        self._focus = report.value(result, SH.focusNode)
        self._value = report.value(result, SH.value)
        self._shape = report.value(result, SH.sourceShape)
        self._path = report.value(result, SH.resultPath)
        self._component = name_component(report.value(result, SH.sourceConstraintComponent))

    def tell(self) -> str:
        known = self._component if self._component in _KNOWN else "other"
        return say(
            f"constraint.{known}",
            self._language,
            value=self._tell_node(self._value if self._value is not None else self._focus),
            path=self._tell_path(),
            expected=self._tell_expected(),
            found=self._count() if known in {"MinCount", "MaxCount"} else "",
            example=self._example() if known == "Datatype" else "",
        )

    def _tell_path(self) -> str:
        names = self._outcome.shapes.objects(self._shape, SH.name)
        told = {name.language: str(name) for name in names if isinstance(name, rdflib.Literal)}
        if self._component == "Closed" or not told:
            return tell_path(self._report, self._path) if self._path is not None else self._say("this")
        return told.get(self._language) or told.get("en") or next(iter(told.values()))

    def _tell_expected(self) -> str:
        component = self._component
        if component == "NodeKind":
            kind = self._one(SH.nodeKind)
            return self._say("kinds." + str(kind).rpartition("#")[2]) if kind else ""
        if component == "UniqueLang":
            return ", ".join(self._repeated_languages())
        if component in {"In", "LanguageIn"}:
            head = self._one(SH[component[0].lower() + component[1:]])
            return self._list(Collection(self._outcome.shapes, head)) if head is not None else ""
        if component in _KNOWN - _NAMED_BY_SHAPE:
            parameter = _PARAMETERS.get(component) or SH[component[0].lower() + component[1:]]
            return self._list(self._outcome.shapes.objects(self._shape, parameter))
        return name_shape(self._outcome.shapes, self._shape) or compact(component)

    def _list(self, nodes: Iterable[Node]) -> str:
        told = [self._tell_node(node, quoted=self._component not in _UNQUOTED) for node in nodes]
        listed = ", ".join(told[:_LISTED])
        rest = len(told) - _LISTED
        return self._say("more", listed=listed, count=rest) if rest > 0 else listed

    def _tell_node(self, node: Node | None, *, quoted: bool = True) -> str:
        if isinstance(node, rdflib.URIRef):
            return compact(str(node))
        if isinstance(node, rdflib.Literal):
            text = str(node) if len(str(node)) < 81 else str(node)[:79] + "…"  # noqa: PLR2004
            return _QUOTES[self._language].format(text) if quoted else text
        return self._say("unnamed")

    def _count(self) -> int:
        if self._shape is None or self._focus is None:
            return 0
        return len(self._outcome.bench.values(self._shape, self._focus))

    def _example(self) -> str:
        datatype = self._one(SH.datatype)
        return _EXAMPLES.get(str(datatype).rpartition("#")[2], "text") if datatype else ""

    def _repeated_languages(self) -> list[str]:
        if self._shape is None or self._focus is None:
            return []
        values = self._outcome.bench.values(self._shape, self._focus)
        tags = [value.language for value in values if isinstance(value, rdflib.Literal) and value.language]
        return sorted({tag for tag in tags if tags.count(tag) > 1})

    def _one(self, parameter: Node) -> Node | None:
        return self._outcome.shapes.value(self._shape, parameter)

    def _say(self, key: str, **values: object) -> str:
        return say(f"constraint.{key}", self._language, **values)


def name_shape(shapes: rdflib.Graph, node: Node | None) -> str | None:
    """Return the IRI of a shape, or of the nearest shape around one that has none."""
    seen: set[Node] = set()
    while node is not None and node not in seen:
        if isinstance(node, rdflib.URIRef):
            return str(node)
        seen.add(node)
        node = next((one for one, name in shapes.subject_predicates(node) if name != RDF.type), None)
    return None


_UNQUOTED: Final = {"MinCount", "MaxCount", "MinLength", "MaxLength", "LanguageIn", *_PARAMETERS}
#: What only the name of the shape can stand for.
_NAMED_BY_SHAPE: Final = {"SPARQL", "JS", "Expression"}
_KNOWN: Final = frozenset(
    {
        *("Class", "Datatype", "NodeKind", "MinCount", "MaxCount", "MinExclusive", "MinInclusive"),
        *("MaxExclusive", "MaxInclusive", "MinLength", "MaxLength", "Pattern", "LanguageIn", "UniqueLang"),
        *(*_PROPERTIES, "Not", "And", "Or", "Xone", "Node", "Property"),
        *("QualifiedMinCount", "QualifiedMaxCount", "Closed", "HasValue", "In", "SPARQL", "JS", "Expression"),
    }
)
