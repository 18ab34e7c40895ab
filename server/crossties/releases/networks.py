"""The network of parties as GraphML and GEXF: a node for each body, an edge where two share cooperations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from crossties.results import Cell, read_table

_NODES: Final = """PREFIX ct: <https://w3id.org/crossties/ns#>
SELECT DISTINCT ?body ?label ?country WHERE {
  ?cooperation ct:party ?body . ?body ct:labelEn ?label .
  OPTIONAL { ?body ct:governs|ct:seat ?place . ?place ct:country ?land . ?land ct:labelEn ?country }
} ORDER BY ?body ?country"""
_EDGES: Final = """PREFIX ct: <https://w3id.org/crossties/ns#>
SELECT ?one ?other (COUNT(DISTINCT ?cooperation) AS ?weight) WHERE {
  ?cooperation ct:party ?one, ?other . FILTER(STR(?one) < STR(?other))
} GROUP BY ?one ?other ORDER BY ?one ?other"""


@dataclass(frozen=True)
class Network:
    """Nodes as ``(iri, label, country)``, edges as ``(iri, iri, number of cooperations)``."""

    nodes: tuple[tuple[str, str, str], ...]
    edges: tuple[tuple[str, str, int], ...]


def read_network(run: Callable[[str], bytes]) -> Network:
    """Return the network of the bodies that are parties of something."""
    nodes: dict[str, tuple[str, str, str]] = {}
    for row in read_table(run(_NODES)).rows:
        body, label, country = map(_text, row)
        nodes.setdefault(body, (body, label, country))
    edges = [tuple(map(_text, row)) for row in read_table(run(_EDGES)).rows]
    return Network(tuple(nodes.values()), tuple((one, other, int(weight)) for one, other, weight in edges))


def to_graphml(network: Network) -> bytes:
    """Return the network in GraphML."""
    return _lines(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
            '<key id="label" for="node" attr.name="label" attr.type="string"/>',
            '<key id="country" for="node" attr.name="country" attr.type="string"/>',
            '<key id="weight" for="edge" attr.name="weight" attr.type="int"/>',
            '<graph id="crossties" edgedefault="undirected">',
            *(
                f'<node id={quoteattr(iri)}><data key="label">{escape(label)}</data>'
                f'<data key="country">{escape(country)}</data></node>'
                for iri, label, country in network.nodes
            ),
            *(
                f"<edge source={quoteattr(one)} target={quoteattr(other)}>"
                f'<data key="weight">{weight}</data></edge>'
                for one, other, weight in network.edges
            ),
            "</graph>",
            "</graphml>",
        )
    )


def to_gexf(network: Network) -> bytes:
    """Return the network in GEXF 1.3."""
    return _lines(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
            '<graph mode="static" defaultedgetype="undirected">',
            '<attributes class="node"><attribute id="country" title="country" type="string"/></attributes>',
            "<nodes>",
            *(
                f"<node id={quoteattr(iri)} label={quoteattr(label)}><attvalues>"
                f'<attvalue for="country" value={quoteattr(country)}/></attvalues></node>'
                for iri, label, country in network.nodes
            ),
            "</nodes>",
            "<edges>",
            *(
                f'<edge id="{number}" source={quoteattr(one)} target={quoteattr(other)} weight="{weight}"/>'
                for number, (one, other, weight) in enumerate(network.edges)
            ),
            "</edges>",
            "</graph>",
            "</gexf>",
        )
    )


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(line + "\n" for line in lines).encode()


def _text(cell: Cell | None) -> str:
    return cell.text if cell else ""
