"""What crawlers are told: which pages there are, what they may fetch, and what an assistant should know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final
from xml.sax.saxutils import escape

from crossties.namespaces import CT, DERIVED_GRAPH, OWL, SKOS
from crossties.publication.addresses import HEADS, local_path, page_path
from crossties.publication.dataset import DESCRIPTIONS
from crossties.publication.hosts import Host
from crossties.questions.catalogue import Question
from crossties.results import read_table

_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
#: One sitemap may list this many pages (sitemaps.org).
MOST: Final = 50_000
_FIRST: Final = (
    "",
    "questions/",
    "ns",
    "shapes",
    "graph",
    "catalog",
    "release",
    "sparql",
    "search",
    "coverage",
)
_THINGS: Final = f"""SELECT DISTINCT ?thing WHERE {{
  GRAPH ?graph {{ ?thing a ?class }} FILTER(?graph != <{DERIVED_GRAPH}>)
  FILTER(isIRI(?thing) && (STRSTARTS(STR(?class), "{CT}") || STRSTARTS(STR(?class), "{SKOS}")))
  FILTER NOT EXISTS {{ ?thing <{OWL}deprecated> true }}
}} ORDER BY ?thing"""


def read_pages(host: Host, run: Callable[[str], bytes], questions: Iterable[str]) -> list[str]:
    """Return the path of every page, those of things by their IRI."""
    things = [row[0].text for row in read_table(run(_THINGS)).rows if row[0]]
    paths = [local_path(one, host.authority).lstrip("/") for one in things]
    pages = [page_path(path).lstrip("/") for path in paths if path.partition("/")[0] in HEADS]
    return [*_FIRST, *(f"questions/{name}" for name in questions), *pages]


def write_sitemap(host: Host, pages: Iterable[str]) -> str:
    """Return the pages as a sitemap."""
    listed = "".join(f"<url><loc>{escape(host.address(path))}</loc></url>\n" for path in pages)
    return f'{_XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</urlset>\n'


def write_sitemap_index(host: Host, count: int) -> str:
    """Return the index of several sitemaps."""
    listed = "".join(
        f"<sitemap><loc>{escape(host.address(f'sitemap.xml?part={part}'))}</loc></sitemap>\n"
        for part in range(1, count + 1)
    )
    return (
        f'{_XML}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</sitemapindex>\n'
    )


def write_robots(host: Host) -> str:
    """Return robots.txt: pages and data are open to all; queries are not for crawling, dumps are smaller."""
    return f"""User-agent: *
Disallow: /sparql
Disallow: /store
Allow: /

Sitemap: {host.address("sitemap.xml")}
"""


def write_llms(host: Host, questions: Iterable[Question]) -> str:
    """Return llms.txt: what this is, how it is asked, what there is to read."""
    listed = "\n".join(
        f"- [{one.title}]({host.address(f'questions/{one.name}.json')}): {' '.join(one.description.split())}"
        for one in questions
    )
    return f"""# crossties

> {DESCRIPTIONS["en"]}

Every fact has a node of its own that names the passages it rests on (`ct:statedIn`); a value that is a
reading of the makers, not of the source, is marked (`ct:inferred`). That something is not recorded does not
mean that it is not so. Data: CC BY 4.0, credit “crossties”. Labels and definitions are in English, Finnish,
Russian and Swedish.

## Ask
- [SPARQL 1.1]({host.address("sparql")}): GET or POST `query`; answers in JSON, XML, CSV, TSV, Turtle and more
- [Search by name]({host.address("search?q=kotka&format=json")}): any language or script, JSON
- [OpenAPI]({host.address("openapi.json")}): every question with its parameters
- Any IRI answers in HTML, Turtle, JSON-LD, RDF/XML, N-Triples, TriG by its Accept header or a suffix

## Read
- [The vocabulary]({host.address("ns")}), its [rules in words]({host.address("shapes")})
- [The catalogue]({host.address("catalog")}): files of everything, releases
- [VoID]({host.address(".well-known/void")}): what is in the graph, counted

## Questions
{listed}
"""
