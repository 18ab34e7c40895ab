"""The named graphs at their IRIs: what each file says, as a page and as data."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template

from crossties.errors import NotFoundError
from crossties.namespaces import GRAPH
from crossties.protocol import respond
from crossties.publication.addresses import HTML, full_iri
from crossties.publication.graphs import (
    LISTED,
    content_query,
    describe_graphs,
    graphs_query,
    inner_format,
    name_graph,
    require_graph,
    things_query,
)
from crossties.publication.notes import write_notes
from crossties.publication.structured import describe_document
from crossties.results import Cell
from crossties.store.engine import Request
from crossties.web.carrying import carry
from crossties.web.contributions_history import find_history, is_open
from crossties.web.documents import alternates, finish_document, negotiate_document, the_host
from crossties.web.links import language
from crossties.web.site import Site, the_site

blueprint = Blueprint("named_graphs", __name__)


@blueprint.get("/graph")
@blueprint.get("/graph.<suffix>")
def list_graphs(suffix: str = "") -> Response:
    """List the named graphs by folder."""
    path, chosen = negotiate_document("graph" + (f".{suffix}" if suffix else ""))
    host, counts = the_host(), count_graphs(the_site())
    if path != "graph":
        message = f"There is nothing at /{path}."
        raise NotFoundError(message, mend="Look at /graph.")
    iri = host.iri("graph")
    if chosen is not HTML:
        data = write_notes(describe_graphs(host, counts), chosen)
        return finish_document(Response(data), path, iri, chosen)
    folders: dict[str, list[tuple[str, int]]] = {}
    for graph, count in counts.items():
        name = graph.removeprefix(host.iri("graph/")).removeprefix(GRAPH)
        folders.setdefault(name.partition("/")[0] if "/" in name else "", []).append((graph, count))
    page = render_template(
        "graphs.html", folders=dict(sorted(folders.items())), formats=alternates(path), canonical=iri
    )
    return finish_document(make_response(page), path, iri, chosen)


@blueprint.get("/graph/<path:name>")
def show_graph(name: str) -> Response:
    """Show one named graph, or send what it holds."""
    site = the_site()
    path, chosen = negotiate_document(f"graph/{name}")
    iri = full_iri(path, site.authority)
    count = require_graph(iri, count_graphs(site))
    if chosen is HTML:
        return finish_document(make_response(_draw(site, iri, path, count)), path, iri, chosen)
    inner = inner_format(chosen)
    response = carry(respond(Request(content_query(iri), format=inner.name), site.pool.answer))
    if inner is not chosen:
        response.response = name_graph(response.iter_encoded(), iri, chosen)
    return finish_document(response, path, iri, chosen)


def count_graphs(site: Site) -> dict[str, int]:
    """Return the number of statements of every named graph."""
    rows = site.kept_table(graphs_query()).rows
    return {graph.text: int(count.text) for graph, count in rows if graph and count}


def _draw(site: Site, iri: str, path: str, count: int) -> str:
    rows = site.table(things_query(iri, f"ct:label{language().capitalize()}")).rows
    kinds: dict[str, list[tuple[str, str]]] = {}
    for thing, label, _, kind, _ in rows[:LISTED]:
        kinds.setdefault(_text(kind), []).append((_text(thing), _text(label) or _text(thing)))
    name = path.removeprefix("graph/")
    about = f"What the file {name} says: {count} statements."
    return render_template(
        "graph.html",
        name=name,
        iri=iri,
        count=count,
        kinds=kinds,
        history=find_history(iri)[::-1],
        changeable=is_open(iri),
        more=len(rows) > LISTED,
        formats=alternates(path),
        canonical=iri,
        structured=describe_document(the_host(), iri, name=name, about=about, kind="Dataset"),
        query=f"SELECT * WHERE {{ GRAPH <{iri}> {{ ?thing ?property ?value }} }}",
    )


def _text(cell: Cell | None) -> str:
    return cell.text if cell else ""
