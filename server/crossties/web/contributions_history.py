"""Where a named graph comes from: its history at its page, and as data in PROV-O."""

from __future__ import annotations

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from crossties.contributions.naming import require_open
from crossties.contributions.provenance import PROV, Step, read_history, write_provenance
from crossties.errors import NotFoundError, RequestError
from crossties.namespaces import DCT, RDFS, XSD
from crossties.publication.addresses import HTML, full_iri
from crossties.quads import Quad
from crossties.quads.writing import write_quads
from crossties.web.documents import finish_document, negotiate_document
from crossties.web.links import local
from crossties.web.site import the_site

blueprint = Blueprint("provenance", __name__)
_PREFIXES = {"dct": DCT, "prov": PROV, "rdfs": RDFS, "xsd": XSD}


@blueprint.get("/provenance/<path:name>")
def show_provenance(name: str) -> AnyResponse:
    """Send where a graph comes from; people read that at its page."""
    path, chosen = negotiate_document(f"provenance/{name}")
    graph = full_iri(f"graph/{path.removeprefix('provenance/')}", the_site().authority)
    steps = find_history(graph)
    if not steps:
        message = f"No contribution ever changed {graph}."
        raise NotFoundError(message, mend="Its file in the repository tells its history.")
    if chosen is HTML:
        return redirect(local(graph) + "#history", code=303)
    quads = [Quad(one.subject, one.predicate, one.object) for one in write_provenance(graph, steps)]
    response = Response(write_quads(quads, chosen, prefixes=_PREFIXES))
    return finish_document(response, path, f"{graph}#history", chosen)


def is_open(graph: str) -> bool:
    """Say whether contributions may change a graph here."""
    instance = the_site().instance
    if instance.ground is None:
        return False
    try:
        require_open(graph, graphs=f"{instance.settings.authority}graph/")
    except RequestError:
        return False
    return True


def find_history(graph: str) -> list[Step]:
    """Return what contributions and files did to a graph, the oldest first; nothing without a journal."""
    ground = the_site().instance.ground
    return read_history(ground.journal, graph) if ground and ground.journal.exists else []
