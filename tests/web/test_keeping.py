"""Pages and documents travel compressed, are kept, and are the same by GET and HEAD, for every host."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.serving import Served, serving

pytestmark = pytest.mark.slow

WORLD = Path(__file__).parents[1] / "world"
BROWSER = {"Accept": "text/html", "Accept-Encoding": "gzip"}
PAGES = ["/", "/page/id/organisation/town-of-alder", "/ns", "/shapes", "/catalog", "/graph", "/questions/"]
#: The most that the page of a thing may take on its way, in bytes.
MOST = 60_000


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(str(WORLD), home=tmp_path_factory.mktemp("kept")) as served:
        yield served


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_the_same_compressed_and_bare_from_the_cache_and_not(live: Served, page: str) -> None:
    packed = [live.ask("GET", page, headers=BROWSER) for _ in range(2)]
    bare = live.ask("GET", page, headers={"Accept": "text/html"})
    assert (packed[0].status, bare.status) == (200, 200)
    assert packed[0].headers["Content-Encoding"] == "gzip"
    assert bare.headers["Content-Encoding"] is None
    assert gzip.decompress(packed[0].body) == gzip.decompress(packed[1].body) == bare.body
    assert "Accept-Encoding" in bare.headers["Vary"]


def test_the_pages_of_things_are_small(live: Served) -> None:
    listed = live.ask("GET", "/sitemap.xml").body.decode()
    pages = [part.partition("<")[0] for part in listed.split(live.address)[1:] if part.startswith("/page/")]
    assert len(pages) > 100
    sizes = {page: len(live.ask("GET", page, headers=BROWSER).body) for page in pages}
    assert {page: size for page, size in sizes.items() if size > MOST} == {}


@pytest.mark.parametrize(
    "page", ["/page/id/place/alder", "/data/id/place/alder.ttl", "/id/place/alder", "/ns"]
)
def test_head_tells_what_get_tells(live: Served, page: str) -> None:
    whole = live.ask("GET", page, headers={"Accept": "text/html"})
    head = live.ask("HEAD", page, headers={"Accept": "text/html"})
    assert head.body == b""
    for name in ("Content-Type", "ETag", "Vary", "Link", "Location"):
        assert head.headers[name] == whole.headers[name], name
    assert head.headers["Content-Length"] in {None, whole.headers["Content-Length"]}


@pytest.mark.parametrize(
    "page", ["/page/id/place/alder", "/data/id/place/alder.nt", "/ns", "/catalog", "/graph"]
)
def test_what_a_client_has_already_is_not_sent_again(live: Served, page: str) -> None:
    etag = live.ask("GET", page, headers=BROWSER).headers["ETag"]
    again = live.ask("GET", page, headers=BROWSER | {"If-None-Match": etag})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == etag


def test_an_answer_that_is_kept_for_one_host_is_not_given_to_another(live: Served) -> None:
    address = "/data/id/place/alder.ttl"
    live.ask("GET", address, headers={"Host": "other.example"})
    told = live.ask("GET", address, headers={"Host": "this.example"})
    assert "http://this.example/catalog" in told.headers["Link"]
    assert "other.example" not in told.headers["Link"]


def test_files_are_sent_as_they_are_and_in_parts(live: Served) -> None:
    whole = live.ask("GET", "/dump/places.geojson", headers=BROWSER)
    assert whole.headers["Content-Encoding"] is None
    part = live.ask("GET", "/dump/places.geojson", headers=BROWSER | {"Range": "bytes=5-9"})
    assert (part.status, part.body) == (206, whole.body[5:10])
