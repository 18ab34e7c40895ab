"""Any RDF as candidates, by a file that says which of its classes and properties mean which of ours."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from crossties.errors import InputError, Location, RequestError
from crossties.importing.building import Graphs, link, passage, thing
from crossties.importing.defects import is_bare, repair
from crossties.importing.documents import add_document
from crossties.importing.matching import Matcher
from crossties.importing.model import Outcome, Progress, Settings, Teller
from crossties.importing.register import Register
from crossties.intake import Upload, read_rdf
from crossties.namespaces import BASE, CT, GRAPH, RDF, SKOS
from crossties.namespaces import expand as expand_name
from crossties.quads import Literal, NamedNode, Quad, literal
from crossties.quads.terms import tagged
from crossties.sheets.slugs import make_slug

_FOLDERS: Final = {
    "place": "places",
    "organisation": "organisations",
    "agreement": "agreements",
    "partnership": "agreements",
    "project": "agreements",
    "framework": "frameworks",
    "event": "agreements",
}
_NAMES: Final = (SKOS + "prefLabel", SKOS + "altLabel")
_SOURCED: Final = frozenset(_FOLDERS) - {"place"}


@dataclass(frozen=True)
class Rules:
    """What a mapping file says; the keys are IRIs of the other vocabulary."""

    classes: Mapping[str, str]
    properties: Mapping[str, Mapping[str, Any]]
    values: Mapping[str, str] = field(default_factory=dict)


def read_mapping(data: bytes) -> Rules:
    """Read a mapping file (TOML): tables ``classes``, ``properties`` and ``values``.

    Raises:
        InputError: it isn't TOML, or names what isn't there.
    """
    where = Location("mapping")
    try:
        text = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"The mapping can't be read: {error}."
        raise InputError(message, mend="Write it as docs/import.md shows.", where=where) from error
    classes = {str(iri): str(word) for iri, word in text.get("classes", {}).items()}
    wrong = sorted(set(classes.values()) - set(_FOLDERS))
    if not classes or wrong:
        message = f"The mapping names no kind of thing for {', '.join(wrong) or 'any class'}."
        raise InputError(message, mend=f"Choose of {', '.join(_FOLDERS)}.", where=where)
    return Rules(classes, text.get("properties", {}), text.get("values", {}))


def import_rdf(
    upload: Upload, settings: Settings, register: Register, *, progress: Progress | None = None
) -> Outcome:
    """Return the things of an RDF file whose class is mapped, with what is mapped of them.

    A passage is the line on which a thing is first spoken of. The same thing is known by the IRI that the
    graph links to with skos:exactMatch, by nothing else.

    Raises:
        InputError: the text or the mapping can't be read.
        RequestError: there is no mapping.
    """
    if not settings.mapping:
        message = "RDF of others needs a mapping."
        raise RequestError(message, mend="Give it with --mapping; docs/import.md shows one.")
    desk = _Desk(upload, settings, register, read_mapping(settings.mapping))
    desk.read(upload)
    if progress:
        progress("things", 1, 1)
    return desk.outcome()


class _Desk:
    """Where one file of RDF is worked on."""

    def __init__(self, upload: Upload, settings: Settings, register: Register, mapping: Rules) -> None:
        self._settings = settings
        self._register = register
        self._mapping = mapping
        self._teller = Teller(upload, settings.language)
        self._graphs = Graphs(settings.read_on)
        self._matcher = Matcher(register, settings.decisions, "Place", "Organisation", "Project", "Framework")
        self._words: dict[str, str] = {}
        self._iris: dict[str, str] = {}
        add_document(self._graphs, settings, upload)

    def read(self, upload: Upload) -> None:
        """Make candidates of the things of the text."""
        intake = read_rdf(
            upload, graph=f"{GRAPH}import/{self._settings.slug}", language=self._settings.language
        )
        blocking = [one for one in intake.problems if one.source == "syntax"]
        if blocking and not intake.quads:
            first = blocking[0]
            raise InputError(first.message, mend=first.suggestion or "", where=first.where)
        about: dict[str, list[Quad]] = {}
        for quad in intake.quads:
            if isinstance(quad.subject, NamedNode):
                about.setdefault(quad.subject.value, []).append(quad)
        for iri, quads in about.items():
            word = self._word(quads)
            if word:
                self._words[iri] = word
        for iri in self._words:
            self._iris[iri] = self._name(iri, about[iri])
        for iri in self._words:
            where = intake.places.subjects.get(iri)
            self._add(iri, about[iri], (where.line if where else None) or 1)

    def outcome(self) -> Outcome:
        """Return what came of it."""
        return Outcome(self._graphs, self._matcher.reviews(), tuple(self._teller.remarks))

    def _word(self, quads: list[Quad]) -> str | None:
        classes = (
            getattr(quad.object, "value", "") for quad in quads if quad.predicate.value == RDF + "type"
        )
        return next((word for one in classes if (word := self._mapping.classes.get(one))), None)

    def _name(self, iri: str, quads: list[Quad]) -> str:
        known = self._register.matches.get(iri)
        label = next((text for text in self._labels(quads)), "") or iri.rstrip("/#").rpartition("/")[2]
        slug = make_slug(label) or "unnamed"
        own = thing(self._words[iri], f"{self._settings.slug}-{slug}")
        while own in self._iris.values():
            own += "-2"
        return known or self._matcher.decided(own) or own

    def _add(self, iri: str, quads: list[Quad], line: int) -> None:
        own, word = self._iris[iri], self._words[iri]
        labels = self._labels(quads)
        wrong = next((text for text in labels if is_bare(text) or repair(text) is not None), None)
        if wrong is not None or not labels:
            code = "empty" if wrong is None else "bare-identifier" if is_bare(wrong) else "mojibake"
            self._teller.tell(code, "violation", line, name=wrong, whole=repair(wrong or "") or "?")
            return
        path = f"{_FOLDERS[word]}/{self._settings.slug}"
        is_known = own in self._register.things
        self._graphs.add(
            path,
            own,
            rdf_type=None if is_known else link(CT + word.capitalize()),
            skos_exactMatch=link(iri) if not is_known else None,
            ct_statedIn=passage(self._settings.slug, line) if word in _SOURCED else None,
        )
        for quad in quads:
            self._say(path, own, quad, line)
        if not is_known:
            self._matcher.ask(own, labels[0], "", line, also=labels)

    def _say(self, path: str, own: str, quad: Quad, line: int) -> None:
        rule = self._mapping.properties.get(quad.predicate.value)
        if rule is None:
            return
        target = _full(str(rule["to"]))
        value = self._value(quad, rule)
        if value is None:
            self._teller.tell("unmapped-value", "warning", line, value=getattr(quad.object, "value", ""))
            return
        prefix = "ct" if target.startswith(CT) else "skos" if target.startswith(SKOS) else ""
        local = target.removeprefix(CT).removeprefix(SKOS)
        if not prefix:
            message = f"The mapping leads to {target}, which no candidate says."
            raise InputError(message, mend="Lead to a property of ct: or skos:.", where=Location("mapping"))
        self._graphs.add(path, own, **{f"{prefix}_{local}": value})

    def _value(self, quad: Quad, rule: Mapping[str, Any]) -> NamedNode | Literal | None:
        value = quad.object
        if isinstance(value, NamedNode):
            own = self._iris.get(value.value) or self._register.matches.get(value.value)
            given = self._mapping.values.get(value.value)
            return link(own) if own else link(_full(given)) if given else None
        if not isinstance(value, Literal):
            return None
        given = self._mapping.values.get(value.value)
        if given:
            return link(_full(given))
        if rule.get("link"):
            return None
        tag = value.language or str(rule.get("language", ""))
        kind = str(rule.get("datatype", ""))
        return tagged(value.value, tag) if tag else literal(value.value, kind) if kind else value

    def _labels(self, quads: list[Quad]) -> list[str]:
        rules = self._mapping.properties
        return [
            quad.object.value
            for quad in quads
            if isinstance(quad.object, Literal)
            and _full(str(rules.get(quad.predicate.value, {}).get("to", ""))) in _NAMES
        ]


def _full(name: str) -> str:
    found = expand_name(name)
    return found or (name if "://" in name else BASE + name)
