"""The named graphs: what each holds, as queries and as data with the graph's name kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crossties.errors import NotFoundError
from crossties.formats import N_QUADS, N_TRIPLES, TRIG, Format
from crossties.publication.dataset import dataset_iri
from crossties.publication.hosts import Host
from crossties.publication.notes import Notes, number, ref
from crossties.quads import Quad, iri, to_text

#: How many of a graph's things its page lists.
LISTED: Final = 400


def graphs_query() -> str:
    """Select every named graph with its number of statements."""
    return """SELECT ?graph (COUNT(*) AS ?count) WHERE { GRAPH ?graph { ?thing ?property ?value } }
GROUP BY ?graph ORDER BY ?graph"""


def things_query(graph: str, label: str) -> str:
    """Select the things that a graph speaks of, each with its label and class."""
    return f"""PREFIX ct: <https://w3id.org/crossties/ns#>
SELECT ?thing ?thingLabel ?kind ?kindLabel ?count WHERE {{
  {{ SELECT ?thing (COUNT(*) AS ?count) WHERE {{
    GRAPH {_term(graph)} {{ ?thing ?property ?value }} FILTER(isIRI(?thing)) }} GROUP BY ?thing }}
  OPTIONAL {{ ?thing {label} ?thingLabel }}
  OPTIONAL {{ GRAPH {_term(graph)} {{ ?thing a ?kind }} OPTIONAL {{ ?kind {label} ?kindLabel }} }}
}} ORDER BY ?kindLabel ?kind ?thingLabel ?thing LIMIT {LISTED + 1}"""


def content_query(graph: str) -> str:
    """Construct all that a named graph holds."""
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {_term(graph)} {{ ?s ?p ?o }} }}"


def describe_graphs(host: Host, counts: Mapping[str, int]) -> list[Quad]:
    """Return which named graphs there are, as parts of the dataset (VoID, 4.4), with their sizes."""
    notes, dataset = Notes(), dataset_iri(host)
    notes.say(dataset, "rdf:type", ref("void:Dataset"))
    for graph, count in counts.items():
        notes.say(dataset, "void:subset", ref(graph))
        notes.say(graph, "rdf:type", ref("void:Dataset"))
        notes.say(graph, "void:triples", number(count))
    return notes.quads


def inner_format(chosen: Format) -> Format:
    """Return the format in which a graph's triples are asked for: those of quads are made of N-Triples."""
    return N_TRIPLES if chosen in {TRIG, N_QUADS} else chosen


def name_graph(pieces: Iterable[bytes], graph: str, chosen: Format) -> Iterator[bytes]:
    """Yield the triples as quads of the graph where the format has quads; ``pieces`` are N-Triples then."""
    term = to_text(iri(graph)).encode()
    if chosen == TRIG:
        yield term + b" {\n"
        yield from pieces
        yield b"}\n"
    elif chosen == N_QUADS:
        for line in _lines(pieces):
            yield line.rstrip(b"\n").removesuffix(b".") + term + b" .\n"
    else:
        yield from pieces


def require_graph(graph: str, counts: dict[str, int]) -> int:
    """Return how many statements the graph holds.

    Raises:
        NotFoundError: there is no such graph.
    """
    if graph not in counts:
        message = f"There is no graph {graph}."
        raise NotFoundError(message, mend="Choose one of the list at /graph.")
    return counts[graph]


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from (line for line in whole if line)
    if rest:
        yield rest


def _term(address: str) -> str:
    return to_text(iri(address))
