"""The dataset as a whole: the catalogue, VoID, releases, and the files of all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Blueprint, Response, make_response, redirect, render_template, request, send_from_directory
from werkzeug.security import safe_join

from crossties.errors import NotFoundError
from crossties.publication.addresses import HTML
from crossties.publication.catalogue import describe_catalogue, describe_one
from crossties.publication.dataset import DESCRIPTIONS, TITLES, dataset_iri
from crossties.publication.notes import write_notes
from crossties.publication.signposts import dataset_links
from crossties.publication.statistics import Statistics, read_statistics
from crossties.publication.structured import describe_catalog, describe_document
from crossties.publication.wellknown import DOCUMENT, describe_void
from crossties.releases import Release, find_release, list_releases, open_dumps
from crossties.web.documents import alternates, finish_document, negotiate_document, the_host
from crossties.web.links import href, language
from crossties.web.site import Site, the_site

blueprint = Blueprint("catalog", __name__)
_WHOLE: Final = ("crossties.nq.gz", "crossties.trig.gz", "crossties.ttl.gz", "crossties.jsonld.gz")


@blueprint.get("/catalog")
@blueprint.get("/catalog.<suffix>")
def show_catalogue(suffix: str = "") -> Response:
    """Show the catalogue."""
    path, chosen = negotiate_document("catalog" + (f".{suffix}" if suffix else ""))
    site, host = the_site(), the_host()
    _require(path, "catalog")
    files = [(f"dump/{one.name}", one.media_type) for one in current(site).files if not one.packing]
    iri, more = host.iri("catalog"), dataset_links(host, files)
    releases = list_releases(site.instance.home)
    if chosen is not HTML:
        quads = describe_catalogue(host, statistics(site), current(site), releases)
        return finish_document(Response(write_notes(quads, chosen)), path, iri, chosen, more=more)
    page = render_template(
        "catalog.html",
        title=TITLES[language()],
        about=DESCRIPTIONS[language()],
        statistics=statistics(site),
        current=current(site),
        releases=releases,
        formats=alternates(path),
        void=alternates(DOCUMENT),
        canonical=iri,
        dataset=dataset_iri(host),
        structured=describe_catalog(host, current(site)),
    )
    return finish_document(make_response(page), path, iri, chosen, more=more)


@blueprint.get("/.well-known/void")
@blueprint.get("/.well-known/void.<suffix>")
def show_void(suffix: str = "") -> Response:
    """Send the description in VoID; people read the catalogue."""
    path, chosen = negotiate_document(DOCUMENT + (f".{suffix}" if suffix else ""))
    site, host = the_site(), the_host()
    _require(path, DOCUMENT)
    if chosen is HTML:
        return show_catalogue("html")
    quads = describe_void(host, statistics(site), [f"dump/{name}" for name in _WHOLE])
    return finish_document(Response(write_notes(quads, chosen)), path, host.iri(DOCUMENT), chosen)


@blueprint.get("/release")
@blueprint.get("/release.<suffix>")
def list_all(suffix: str = "") -> Response:
    """List the releases; machines get the catalogue, which has them as a series."""
    path, chosen = negotiate_document("release" + (f".{suffix}" if suffix else ""))
    site, host = the_site(), the_host()
    _require(path, "release")
    releases, iri = list_releases(site.instance.home), host.iri("release")
    if chosen is not HTML:
        quads = describe_catalogue(host, statistics(site), current(site), releases)
        return finish_document(Response(write_notes(quads, chosen)), path, iri, chosen)
    page = render_template("releases.html", releases=releases, formats=alternates(path), canonical=iri)
    return finish_document(make_response(page), path, iri, chosen)


@blueprint.get("/release/<name>")
def show_release(name: str) -> Response:
    """Show one release."""
    site, host = the_site(), the_host()
    path, chosen = negotiate_document(f"release/{name}")
    release = find_release(site.instance.home, path.removeprefix("release/"))
    iri = host.iri(path)
    if chosen is not HTML:
        return finish_document(Response(write_notes(describe_one(host, release), chosen)), path, iri, chosen)
    about = f"{release.counts['triples']} triples, frozen on {release.created}."
    page = render_template(
        "release.html",
        release=release,
        formats=alternates(path),
        canonical=iri,
        structured=describe_document(
            host, iri, name=f"crossties, release {release.id}", about=about, kind="Dataset"
        ),
    )
    items = [(f"{path}/{one.name}", one.media_type) for one in release.files]
    return finish_document(make_response(page), path, iri, chosen, more=dataset_links(host, items))


@blueprint.get("/release/<name>/<file>")
def send_release_file(name: str, file: str) -> Response:
    """Send a file of a release, or a part of it."""
    return _send(find_release(the_site().instance.home, name), file)


@blueprint.get("/dump")
def list_current_files() -> Response:
    """Lead to the list of the files of the present state."""
    return make_response(redirect(href("/catalog", fragment="files"), 303))


@blueprint.get("/dump/<file>")
def send_current_file(file: str) -> Response:
    """Send a file of the present state."""
    return _send(current(the_site()), file)


def statistics(site: Site) -> Statistics:
    """Return what is counted in this version."""
    return site.kept(Statistics, lambda: read_statistics(site.run, site.authority))


def current(site: Site) -> Release:
    """Return the files of the present state."""
    instance = site.instance
    return site.kept(Release, lambda: open_dumps(instance.home, instance.version, instance.content))


def _send(release: Release, name: str) -> Response:
    kinds = {one.name: (one.packing or one.media_type, one.sha256) for one in release.files}
    kinds["SHA256SUMS"] = ("text/plain", "")
    if name not in kinds or safe_join(str(release.folder), name) is None:
        message = f"There is no file “{name}” here."
        raise NotFoundError(message, mend=f"The files are: {', '.join(kinds)}.")
    kind, digest = kinds[name]
    folder = Path(release.folder).resolve()
    response = send_from_directory(folder, name, mimetype=kind, conditional=False, etag=not digest)
    if digest:
        response.set_etag(digest)
    length = (folder / name).stat().st_size
    response.make_conditional(request, accept_ranges=True, complete_length=length)
    return response


def _require(path: str, wanted: str) -> None:
    if path != wanted:
        message = f"There is nothing at /{path}."
        raise NotFoundError(message, mend=f"Look at /{wanted}.")
