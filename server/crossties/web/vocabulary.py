"""The vocabulary and the shapes as documents: a page for people, RDF for machines, at the IRIs of both."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    render_template,
    request,
    send_from_directory,
)

from crossties.errors import NotFoundError
from crossties.formats import TURTLE, Format
from crossties.namespaces import CT, GRAPH, LANGUAGES, ONTOLOGY, SHAPES
from crossties.publication.addresses import HTML
from crossties.publication.ontology import Ontology, Usage, read_usage
from crossties.publication.shapes import GraphRule, Shape, read_graph_rules, read_shapes
from crossties.publication.structured import describe_document
from crossties.quads import Quad, parse_file
from crossties.quads.canonical import name_blank_nodes
from crossties.quads.writing import write_quads
from crossties.resources import Content
from crossties.turtle.order import KNOWN_PREFIXES
from crossties.web.documents import alternates, finish_document, negotiate_document, the_host
from crossties.web.links import href, language
from crossties.web.site import Site, the_site

blueprint = Blueprint("vocabulary", __name__)
_SHAPES_IRI: Final = SHAPES.rstrip("#")


@blueprint.get("/ns")
@blueprint.get("/ns.<suffix>")
def show_ontology(suffix: str = "") -> Response:
    """Show the vocabulary in its present version."""
    path, chosen = negotiate_document("ns" + (f".{suffix}" if suffix else ""))
    return _send_ontology(_known(path, "ns"), ONTOLOGY, chosen)


@blueprint.get("/ns/<path:version>")
def show_ontology_version(version: str) -> Response:
    """Show the vocabulary in the version that the address names."""
    path, chosen = negotiate_document(f"ns/{version}")
    wanted, site = path.removeprefix("ns/"), the_site()
    ontology = _ontology(site)
    if wanted == ontology.version:
        return _send_ontology(path, f"{ONTOLOGY}/{wanted}", chosen)
    older = _older(site.instance.content)
    if wanted not in older:
        message = f"There is no version “{wanted}” of the vocabulary."
        listed = ", ".join(f"/ns/{one}" for one in (ontology.version, *older))
        raise NotFoundError(message, mend=f"Look at {listed}.")
    return _send_ontology(path, f"{ONTOLOGY}/{wanted}", chosen, content=older[wanted])


@blueprint.get("/shapes")
@blueprint.get("/shapes.<suffix>")
def show_shapes(suffix: str = "") -> Response:
    """Show the shapes in words, or send them."""
    path, chosen = negotiate_document("shapes" + (f".{suffix}" if suffix else ""))
    content = the_site().instance.content
    if chosen is HTML:
        shapes, rules = _shapes(content)
        ontology = _ontology(the_site())
        page = render_template(
            "shapes.html",
            shapes=shapes,
            rules=rules,
            ontology=ontology,
            canonical=_SHAPES_IRI,
            formats=alternates("shapes"),
        )
        return finish_document(make_response(page), _known(path, "shapes"), _SHAPES_IRI, chosen)
    body = _write(_files(content.shapes), chosen)
    return finish_document(Response(body), _known(path, "shapes"), _SHAPES_IRI, chosen)


@blueprint.get("/context.jsonld")
def show_context() -> Response:
    """Send the JSON-LD context."""
    folder = the_site().instance.content.ontology
    return send_from_directory(folder, "context.jsonld", mimetype="application/ld+json")


@blueprint.get("/logo.svg")
def show_logo() -> Response:
    """Send the mark of the project, which the vocabulary names as its logo."""
    return current_app.send_static_file("logo.svg")


def _send_ontology(path: str, iri: str, chosen: Format, *, content: Content | None = None) -> Response:
    """Send the vocabulary, or with ``content`` an older version of it."""
    site = the_site()
    if chosen is not HTML:
        files = _files((content or site.instance.content).ontology)
        return finish_document(Response(_write(files, chosen)), path, iri, chosen)
    newest, tongue = _ontology(site), language()
    ontology = _read_older(content) if content else newest
    part = request.args.get("part", "")
    if part not in {"", "derived"}:
        message = f"There is no part “{part}” of the vocabulary."
        raise NotFoundError(message, mend="The one part with a page of its own is derived.")
    page = render_template(
        "ontology.html",
        ontology=ontology,
        newest=newest,
        only_derived=part == "derived",
        derived={one.iri for one in ontology.properties if one.is_derived},
        here=f"/{path}",
        main=href(f"/{path}"),
        usage=_usage(site),
        others=[one for one in LANGUAGES if one != tongue],
        labels={
            one.iri: one.labels.get(tongue, one.name) for one in [*ontology.classes, *ontology.properties]
        },
        canonical=iri,
        namespace=CT,
        formats=alternates(path),
        structured=describe_document(
            the_host(),
            ONTOLOGY,
            name=ontology.title(tongue),
            about=ontology.description(tongue),
            kind="DefinedTermSet",
        ),
    )
    return finish_document(make_response(page), path, iri, chosen)


def _known(path: str, wanted: str) -> str:
    if path == wanted:
        return path
    message = f"There is nothing at /{path}."
    raise NotFoundError(message, mend=f"Look at /{wanted}.")


def _ontology(site: Site) -> Ontology:
    return site.kept(Ontology, lambda: Ontology(site.instance.content, site.questions.values()))


def _usage(site: Site) -> dict[str, Usage]:
    return site.kept(Usage, lambda: read_usage(site.run))


def _older(content: Content) -> dict[str, Content]:
    """Return the older versions, the newest first: each stands whole in a folder of its own."""
    folders = {path.name: path for path in (content.ontology / "versions").glob("*") if path.is_dir()}
    return {name: replace(content, ontology=folders[name]) for name in sorted(folders, reverse=True)}


@lru_cache(maxsize=4)
def _read_older(content: Content) -> Ontology:
    return Ontology(content, the_site().questions.values())


@lru_cache(maxsize=2)
def _shapes(content: Content) -> tuple[list[Shape], list[GraphRule]]:
    vocabulary = _ontology(the_site()).vocabulary
    return read_shapes(content, vocabulary), read_graph_rules(content)


def _files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("*.ttl")))


@lru_cache(maxsize=16)
def _write(files: tuple[Path, ...], chosen: Format) -> bytes:
    """Return the files as one document: as Turtle just as they were written, comments and all."""
    if chosen == TURTLE:
        return b"\n".join(path.read_bytes() for path in files)
    quads: list[Quad] = []
    for path in files:
        quads += parse_file(path, graph=GRAPH + path.stem).quads
    merged = name_blank_nodes(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    ordered = sorted(merged, key=str)
    return write_quads(ordered, chosen, prefixes=KNOWN_PREFIXES)
