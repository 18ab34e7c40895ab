"""The graph store: read everywhere, written where the store is a scratch store."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flask import Blueprint, Response

from crossties.protocol import GRAPH_METHODS, answer, plan_graph
from crossties.web.carrying import carry, read_client, read_exchange
from crossties.web.site import the_site

blueprint = Blueprint("graphs", __name__)
#: Where the graph store stands; what follows it names a graph.
STORE = "/store"


@blueprint.route(STORE, methods=GRAPH_METHODS, strict_slashes=False)
@blueprint.route(f"{STORE}/<path:path>", methods=GRAPH_METHODS)
def graph(path: str = "") -> Response:
    """Answer about one graph."""
    site = the_site()
    told = replace(read_exchange(), graph_path=path)
    run = partial(site.pool.answer, client=read_client())
    write = site.writer.write if site.writer else None
    return carry(answer(told, run, plan=plan_graph, service=site.service, write=write))
