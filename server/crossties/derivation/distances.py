"""Derive how far apart the places of the sides of an agreement are: great circles between their points.

The points (WGS84, longitude before latitude) are taken as lying on a sphere of the earth's mean radius, which
differs from the ellipsoid by less than 0.6 percent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

import pyoxigraph as ox

from crossties.derivation.days import read_values
from crossties.namespaces import BASE, CT, RDF, XSD

RADIUS: Final = 6371.0088  # kilometres: the mean radius of WGS84, (2a + b) / 3
_GEO: Final = "http://www.opengis.net/ont/geosparql#"
_GEOMETRY: Final = ox.NamedNode(_GEO + "hasDefaultGeometry")
_WKT: Final = ox.NamedNode(_GEO + "asWKT")
_POINT: Final = re.compile(r"POINT\((-?[\d.]+) (-?[\d.]+)\)")


class Point(NamedTuple):
    """Degrees of longitude and latitude."""

    longitude: float
    latitude: float


def derive_distances(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield a ``ct:Distance`` for every two places with points that stand on the sides of one agreement."""
    points = _read_points(store)
    pairs = {
        pair for places in _read_places(store).values() for pair in combinations(sorted(places, key=str), 2)
    }
    for one, other in sorted(pairs, key=str):
        if one in points and other in points:
            yield from _write_distance(one, other, measure_distance(points[one], points[other]))


def measure_distance(one: Point, other: Point) -> float:
    """Return the length of the great circle between two points, in kilometres (haversine formula)."""
    north, other_north = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    root = sin((other_north - north) / 2) ** 2 + cos(north) * cos(other_north) * sin(east / 2) ** 2
    return 2 * RADIUS * asin(sqrt(min(1.0, root)))


def _write_distance(one: ox.NamedNode, other: ox.NamedNode, kilometres: float) -> Iterator[ox.Triple]:
    node = ox.NamedNode(f"{one.value}/distance/{other.value.removeprefix(BASE + 'id/place/')}")
    yield ox.Triple(node, ox.NamedNode(RDF + "type"), ox.NamedNode(CT + "Distance"))
    yield ox.Triple(node, ox.NamedNode(CT + "between"), one)
    yield ox.Triple(node, ox.NamedNode(CT + "between"), other)
    length = ox.Literal(f"{kilometres:.1f}", datatype=ox.NamedNode(XSD + "decimal"))
    yield ox.Triple(node, ox.NamedNode(CT + "kilometres"), length)


def _read_points(store: ox.Store) -> dict[ox.NamedNode, Point]:
    points = {}
    for quad in store.quads_for_pattern(
        None, ox.NamedNode(_GEO + "hasDefaultGeometry"), None, ox.DefaultGraph()
    ):
        place, geometry = quad.subject, quad.object
        if isinstance(place, ox.NamedNode) and isinstance(geometry, ox.NamedNode):
            for text in store.quads_for_pattern(geometry, _WKT, None, ox.DefaultGraph()):
                match = _POINT.fullmatch(text.object.value) if isinstance(text.object, ox.Literal) else None
                if match:
                    points[place] = Point(float(match[1]), float(match[2]))
    return points


def _read_places(store: ox.Store) -> dict[ox.NamedNode, set[ox.NamedNode]]:
    """Return the places that stand on the sides of each agreement."""
    stands_for: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for body, place in read_values(store, "standsFor"):
        if isinstance(place, ox.NamedNode):
            stands_for[body].add(place)
    kind, agreement = ox.NamedNode(RDF + "type"), ox.NamedNode(CT + "Agreement")
    agreements = {quad.subject for quad in store.quads_for_pattern(None, kind, agreement, ox.DefaultGraph())}
    places: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for cooperation, side in read_values(store, "partySide"):
        if cooperation in agreements and isinstance(side, ox.NamedNode):
            places[cooperation] |= stands_for[side]
    return places
