"""Things at their addresses: a name leads to a page or to data (303), and both stand here."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, make_response, redirect, render_template, request

from crossties.errors import NotFoundError, RequestError
from crossties.formats import GRAPHS
from crossties.namespaces import LISTS
from crossties.protocol import respond
from crossties.publication import (
    choose_address,
    construct_query,
    data_path,
    describe,
    link_query,
    local_path,
    page_path,
    split_data_path,
)
from crossties.publication.addresses import HEADS, HTML, full_iri, split_suffix
from crossties.publication.lives import Life, read_life, require_here
from crossties.publication.paging import Part, read_part, tell_part
from crossties.publication.schemes import read_scheme
from crossties.publication.signposts import data_links, page_links
from crossties.publication.structured import describe_thing
from crossties.store.engine import Request
from crossties.web.carrying import carry
from crossties.web.documents import add_links, the_host
from crossties.web.links import href, language
from crossties.web.site import Site, the_site

blueprint = Blueprint("things", __name__)
_FORMATS: Final = (*GRAPHS, HTML)
_DIGITS: Final = 10


def show_name(path: str) -> Response:
    """Send whoever asks for a thing to its page or data; a suffix decides before anything else."""
    site = the_site()
    stem, chosen = split_suffix(path, _FORMATS)
    iri = full_iri(stem, site.authority)
    life = _read_life(site, iri)
    moved = _follow(life, iri)
    if moved:
        return moved
    require_here(iri, life)
    wanted = chosen.name if chosen else request.args.get("format", "")
    address = choose_address(stem, accept=request.headers.get("Accept", ""), wanted=wanted)
    response = make_response(redirect(href(address), 303))
    response.vary.add("Accept")
    return response


def _add_names() -> None:
    blueprint.add_url_rule("/id/<path:rest>", "id", lambda rest: show_name(f"id/{rest}"))
    for head in LISTS:
        blueprint.add_url_rule(f"/{head}", f"{head}-list", lambda head=head: show_name(head))
        blueprint.add_url_rule(
            f"/{head}.<suffix>", f"{head}-file", lambda suffix, head=head: show_name(f"{head}.{suffix}")
        )
        blueprint.add_url_rule(
            f"/{head}/<path:rest>", head, lambda rest, head=head: show_name(f"{head}/{rest}")
        )


_add_names()


@blueprint.get("/page/<path:path>")
def show_page(path: str) -> Response:
    """Show the page about a thing; a scheme of concepts is drawn as a tree."""
    site = the_site()
    iri = full_iri(path, site.authority)
    life = _read_life(site, iri)
    moved = _follow(life, iri)
    if moved:
        return moved
    require_here(iri, life)
    formats = [(chosen, data_path(path, chosen)) for chosen in GRAPHS]
    is_list = path in LISTS
    description = describe(iri, site.run, language=language(), page=_read_page(), pointing=not is_list)
    part = Part(the_host().address(page_path(path)), description.page, description.pages)
    page = render_template(
        "scheme.html" if is_list else "page.html",
        thing=description,
        scheme=read_scheme(iri, site.run, language()) if is_list else None,
        formats=formats,
        link_query=link_query,
        turn=lambda number: href(page_path(path), {"page": str(number)} if number > 1 else {}),
        canonical=iri,
        structured=describe_thing(the_host(), description),
    )
    return add_links(make_response(page), [*page_links(the_host(), iri, formats), *part.links])


@blueprint.get("/data/<path:path>")
def show_data(path: str) -> Response:
    """Send the data about a thing in the format that the suffix names."""
    site = the_site()
    stem, chosen = split_data_path(path)
    iri = full_iri(stem, site.authority)
    life = _read_life(site, iri)
    moved = _follow(life, iri, suffix=f".{chosen.suffix}")
    if moved:
        return moved
    require_here(iri, life)
    address = the_host().address(data_path(stem, chosen))
    part = read_part(iri, site.run, address=address, page=_read_page())
    query = construct_query(iri, page=part.page, told=tell_part(part, iri))
    response = carry(respond(Request(query, format=chosen.name), site.pool.answer))
    return add_links(response, [*data_links(the_host(), iri, page_path(stem)), *part.links])


def _read_page() -> int:
    """Return the number of the page that is asked for."""
    wanted = request.args.get("page", "1")
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < _DIGITS and int(wanted)):
        message = f"“{wanted}” is no number of a page."
        raise RequestError(message, mend="Pages are numbered from 1.")
    return int(wanted)


def _read_life(site: Site, iri: str) -> Life:
    """Return what is known of an IRI; nothing said of it means that it isn't here."""
    path = local_path(iri, site.authority).lstrip("/")
    life = read_life(iri, site.run) if path.partition("/")[0] in HEADS else Life(is_known=False)
    if not life.is_known:
        message = f"Nothing is known of {iri}."
        raise NotFoundError(message, mend="Look for it by its name with the search.")
    return life


def _follow(life: Life, iri: str, *, suffix: str = "") -> Response | None:
    """Lead from a thing that became another to that one (301), saying why; several can't be chosen among."""
    if not life.is_withdrawn or len(life.successors) != 1:
        return None
    target = life.successors[0]
    path = local_path(target, the_site().authority)
    response = make_response(
        f"{iri} was withdrawn. {life.reason} {target} took its place.\n",
        301,
        {"Location": href(path) + suffix if path else target, "Content-Type": "text/plain; charset=utf-8"},
    )
    response.vary.add("Accept")
    return response
