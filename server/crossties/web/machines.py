"""What machines look for at well-known places: sitemap, robots, feed, API descriptions."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from crossties.errors import NotFoundError
from crossties.publication.feeds import read_entries, write_feed
from crossties.publication.openapi import describe_service
from crossties.publication.signposts import LINKSET_TYPE, OPENAPI_TYPE
from crossties.publication.sitemaps import (
    MOST,
    read_pages,
    write_llms,
    write_robots,
    write_sitemap,
    write_sitemap_index,
)
from crossties.releases import list_releases
from crossties.web.documents import the_host
from crossties.web.site import the_site

blueprint = Blueprint("machines", __name__)


@blueprint.get("/sitemap.xml")
def show_sitemap() -> Response:
    """Send the sitemap, or where there are too many pages for one, an index of several."""
    site, host = the_site(), the_host()
    pages = site.kept(list, lambda: read_pages(host, site.run, site.questions))
    parts = -(-len(pages) // MOST)
    part = request.args.get("part", default=0, type=int)
    if part < 0 or part > parts:
        message = f"There is no part {part} of the sitemap."
        raise NotFoundError(message, mend=f"It has {parts}.")
    if parts > 1 and not part:
        return Response(write_sitemap_index(host, parts), content_type="application/xml")
    start = max(part - 1, 0) * MOST
    return Response(write_sitemap(host, pages[start : start + MOST]), content_type="application/xml")


@blueprint.get("/robots.txt")
def show_robots() -> Response:
    """Say what crawlers may fetch."""
    return Response(write_robots(the_host()), content_type="text/plain; charset=utf-8")


@blueprint.get("/llms.txt")
def show_llms() -> Response:
    """Say to language models what this is and how it is asked."""
    return Response(
        write_llms(the_host(), the_site().questions.values()), content_type="text/plain; charset=utf-8"
    )


@blueprint.get("/feed.atom")
def show_feed() -> Response:
    """Send what changed, the newest first."""
    site, host = the_site(), the_host()
    entries = read_entries(host, site.run, list_releases(site.instance.home))
    return Response(write_feed(host, entries), content_type="application/atom+xml")


@blueprint.get("/openapi.json")
def show_openapi() -> Response:
    """Send the description of the service."""
    response = jsonify(describe_service(the_host(), the_site().questions.values()))
    response.content_type = OPENAPI_TYPE
    return response


@blueprint.get("/.well-known/api-catalog")
def show_api_catalog() -> Response:
    """Send the links to what describes the service (RFC 9727, RFC 9264)."""
    host = the_host()
    described = {
        "anchor": host.address("sparql"),
        "service-desc": [
            {"href": host.address("openapi.json"), "type": OPENAPI_TYPE},
            {"href": host.address(".well-known/void"), "type": "text/turtle"},
        ],
        "service-doc": [{"href": host.address("questions/"), "type": "text/html"}],
        "describedby": [{"href": host.address("catalog"), "type": "text/turtle"}],
    }
    response = jsonify({"linkset": [described]})
    response.content_type = LINKSET_TYPE
    return response
