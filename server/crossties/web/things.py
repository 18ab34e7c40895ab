"""Things at their addresses: a name leads to a page or to data (303), and both stand here."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request

from crossties.errors import NotFoundError
from crossties.formats import GRAPHS
from crossties.namespaces import LISTS
from crossties.protocol import respond
from crossties.publication import (
    choose_address,
    construct_query,
    data_path,
    describe,
    exists_query,
    link_query,
    local_path,
    split_data_path,
)
from crossties.store.engine import Request
from crossties.web.carrying import carry
from crossties.web.links import href, language
from crossties.web.site import Site, the_site

blueprint = Blueprint("things", __name__)


def show_name(path: str) -> Response:
    """Send whoever asks for a thing to its page or data."""
    _require(the_site(), path)
    address = choose_address(
        path, accept=request.headers.get("Accept", ""), wanted=request.args.get("format", "")
    )
    response = redirect(href(address), 303)
    response.vary.add("Accept")
    return response  # type: ignore[return-value]


def _add_names() -> None:
    blueprint.add_url_rule("/id/<path:rest>", "id", lambda rest: show_name(f"id/{rest}"))
    for head in LISTS:
        blueprint.add_url_rule(f"/{head}", f"{head}-list", lambda head=head: show_name(head))
        blueprint.add_url_rule(
            f"/{head}/<path:rest>", head, lambda rest, head=head: show_name(f"{head}/{rest}")
        )


_add_names()


@blueprint.get("/page/<path:path>")
def show_page(path: str) -> str:
    """Show the page about a thing."""
    site = the_site()
    iri = _require(site, path)
    formats = [(chosen, data_path(path, chosen)) for chosen in GRAPHS]
    description = describe(iri, site.run, language=language())
    return render_template("page.html", thing=description, formats=formats, link_query=link_query)


@blueprint.get("/data/<path:path>")
def show_data(path: str) -> Response:
    """Send the data about a thing in the format that the suffix names."""
    site = the_site()
    stem, chosen = split_data_path(path)
    iri = _require(site, stem)
    return carry(respond(Request(construct_query(iri), format=chosen.name), site.pool.answer))


def _require(site: Site, path: str) -> str:
    """Return the IRI that a path stands for; nothing said of it means that it isn't here."""
    iri = site.authority + path
    if not local_path(iri, site.authority) or site.table(exists_query(iri)).rows[0][0].text != "true":  # type: ignore[union-attr]
        message = f"Nothing is known of {iri}."
        raise NotFoundError(message, mend="Look for it by its name with the search.")
    return iri
