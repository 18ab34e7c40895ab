"""Time the verdict on a contribution of some fifty triples: ``python bench/validation.py STORE...``.

Each STORE is one that ``bench/build.py`` built from a generated graph. A contribution brings two agreements
of bodies that are there, each with a period, a funding and a plan; all are different, and none is kept.
``--full 300k`` also validates whole graphs of up to so many stated triples with pySHACL: that takes minutes
and gigabytes for a million.
``--engine purrdf`` measures the accelerated engine, which has to be installed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final, get_args

import pyoxigraph as ox
from generate import read_size
from machine import describe_machine

from crossties.namespaces import BASE, CT, GRAPH, RDF
from crossties.quads import NamedNode, Quad, parse_bytes
from crossties.resources import find_content
from crossties.settings import EngineName
from crossties.store.base import Published, open_published
from crossties.validation.engine import run_engine
from crossties.validation.incremental import Change, Checker
from crossties.validation.rdflib_terms import to_graph
from crossties.validation.shapes import read_shapes_graph

_TYPE: Final = NamedNode(RDF + "type")
_HEAD: Final = f"""@base <{BASE}> .
@prefix ct: <{CT}> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_STORY: Final = """
<id/agreement/bench-{n}> a ct:Agreement ; skos:prefLabel "Agreement {n}"@en , "Avtal {n}"@sv ;
    ct:party <{one}> , <{other}> ; ct:kind <kind/letter-of-intent> ;
    ct:from "2019-05-{day:02}"^^xsd:date ; ct:until "2021-05-{day:02}"^^xsd:date ;
    ct:statedIn <{document}/p1> .
<id/funding/bench-{n}> a ct:Funding ; ct:kind <kind/grant> ; ct:funder <{one}> ;
    ct:recipient <id/agreement/bench-{n}> ; ct:amount "{amount}"^^xsd:decimal ; ct:currency "EUR" ;
    ct:statedIn <{document}/p2> .
<id/plan/bench-{n}> a ct:ActionPlan ; skos:prefLabel "Plan {n}"@en , "Plan {n}"@sv ;
    ct:implements <id/agreement/bench-{n}> ; ct:from "2019"^^xsd:gYear ; ct:until "2020"^^xsd:gYear ;
    ct:statedIn <{document}/p3> .
<id/plan/bench-{n}/objective/one> a ct:Objective ; ct:of <id/plan/bench-{n}> ;
    skos:prefLabel "Aim {n}"@en , "Mål {n}"@sv ; ct:statedIn <{document}/p3> .
"""


def measure(store: Path, checker: Checker, *, contributions: int, full: int) -> dict[str, Any]:
    """Return what was counted on one store; times are milliseconds of one thread's CPU and of the clock."""
    published = open_published(store)
    offers = [_change(graph, text) for graph, text in write_offers(published, contributions)]
    rows = [_time(partial(checker.check, published, one)) for one in offers]
    verdicts = [row[2] for row in rows]
    result: dict[str, Any] = {
        "store": store.name,
        "stated": sum(1 for _ in published.match(None, None, None)),
        "contributions": contributions,
        "affected nodes": statistics.median(verdict.affected for verdict in verdicts),
        "in full": sorted({name for verdict in verdicts for name in verdict.in_full}),
        "cpu ms": _summarise([row[0] for row in rows]),
        "clock ms": _summarise([row[1] for row in rows]),
    }
    if result["stated"] <= full:
        result["full pySHACL, s"] = _measure_full(published)
        result["times faster"] = round(
            result["full pySHACL, s"]["validate"] * 1000 / result["cpu ms"]["median"]
        )
    return result


def write_offers(published: Published, count: int) -> list[tuple[str, str]]:
    """Return contributions about bodies and a document of the store: the name of a graph, and its Turtle."""
    bodies = [node for node in _find(published, "Organisation", 500) if "town-of" in node] or _find(
        published, "Organisation", 500
    )
    [document] = _find(published, "Document", 1)
    offers = []
    for number in range(count):
        text = _HEAD + f'<graph/bench-{number}> dct:created "2026-11-22"^^xsd:date .\n'
        for half in (0, 1):
            place = 2 * number + half
            text += _STORY.format(
                n=place,
                one=bodies[3 * place % len(bodies)],
                other=bodies[(3 * place + 1) % len(bodies)],
                day=1 + place % 28,
                amount=1000 + place,
                document=document,
            )
        offers.append((f"{GRAPH}bench-{number}", text))
    return offers


def _change(graph: str, text: str) -> Change:
    parsed = parse_bytes(text.encode(), rdf_format=ox.RdfFormat.TURTLE, graph=graph, origin="bench")
    return Change(graph, frozenset(), frozenset(parsed.quads))


def _find(published: Published, kind: str, count: int) -> list[str]:
    found = published.match(None, _TYPE, NamedNode(CT + kind))
    return [fact[0].value for fact in islice(found, count) if isinstance(fact[0], NamedNode)]


def _measure_full(published: Published) -> dict[str, float]:
    """Validate the whole graph with pySHACL, the shapes alone; return the seconds of CPU of each step."""
    graph = NamedNode("urn:crossties:all")
    quads = (Quad(*fact, graph) for fact in published.match(None, None, None))  # type: ignore[arg-type]
    load, _, data = _time(lambda: to_graph(quads))
    shapes = read_shapes_graph(find_content().shapes)
    validate, _, _ = _time(lambda: run_engine(data, shapes))
    return {"load": round(load / 1000, 1), "validate": round(validate / 1000, 1)}


def _time(do: Callable[[], Any]) -> tuple[float, float, Any]:
    cpu, clock = time.process_time(), time.perf_counter()
    result = do()
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - clock) * 1000, result


def _summarise(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    told = {"least": ordered[0], "median": statistics.median(ordered), "most": ordered[-1]}
    return {name: round(value, 1) for name, value in told.items()}


def main() -> None:
    """Measure each store, the smallest first, and print the results as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("stores", type=Path, nargs="+", metavar="STORE")
    parser.add_argument("--contributions", type=int, default=40)
    parser.add_argument("--engine", choices=get_args(EngineName), default="pyshacl")
    parser.add_argument("--full", type=read_size, default=0, help="the largest graph to validate whole")
    given = parser.parse_args()
    started = time.perf_counter()
    checker = Checker(find_content().shapes, given.engine)
    told: dict[str, Any] = {
        "machine": describe_machine(),
        "engine": given.engine,
        "shapes read once, ms": round((time.perf_counter() - started) * 1000),
        "stores": [
            measure(store, checker, contributions=given.contributions, full=given.full)
            for store in given.stores
        ],
    }
    medians = [store["cpu ms"]["median"] for store in told["stores"]]
    told["last store ÷ first"] = round(medians[-1] / medians[0], 2)
    sys.stdout.write(json.dumps(told, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
