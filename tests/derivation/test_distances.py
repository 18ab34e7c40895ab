"""How far apart the places of the sides of an agreement are."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from crossties.derivation.derive import derive
from crossties.derivation.distances import RADIUS, Point, measure_distance
from crossties.namespaces import CT

_TWO = """@base <https://w3id.org/crossties/> . @prefix ct: <https://w3id.org/crossties/ns#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
<id/organisation/a> a ct:Organisation ; ct:governs <id/place/a> .
<id/organisation/b> a ct:Organisation ; ct:governs <id/place/b> .
<id/place/a> a ct:Place ; geo:hasDefaultGeometry <a/point> .
<a/point> geo:asWKT "POINT(10 60)"^^geo:wktLiteral .
<id/place/b> a ct:Place ; geo:hasDefaultGeometry <b/point> .
"""


def _kilometres(turtle: str) -> list[str]:
    store = ox.Store()
    store.extend(ox.Quad(*quad.triple) for quad in ox.parse(_TWO + turtle, format=ox.RdfFormat.TURTLE))
    derive(store)
    quads = store.quads_for_pattern(None, ox.NamedNode(CT + "kilometres"), None, ox.DefaultGraph())
    return [quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)]


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        (Point(0, 0), Point(0, 90), 10007.557),
        (Point(0, 0), Point(180, 0), 20015.114),
        (Point(10, 60), Point(10, 61), 111.195),
        (Point(179.5, 0), Point(-179.5, 0), 111.195),
        (Point(26.9458, 60.4664), Point(26.9458, 60.4664), 0),
    ],
)
def test_a_distance_is_a_part_of_a_great_circle(one: Point, other: Point, kilometres: float) -> None:
    assert measure_distance(one, other) == pytest.approx(kilometres, abs=0.001)
    assert measure_distance(other, one) == measure_distance(one, other)


def test_the_sphere_has_the_mean_radius_of_the_ellipsoid() -> None:
    assert pytest.approx((2 * 6378.137 + 6356.752314) / 3, abs=0.0001) == RADIUS


def test_two_places_of_one_agreement_have_one_distance() -> None:
    agreement = "<x> a ct:Agreement ; ct:party <id/organisation/a> , <id/organisation/b> ."
    assert _kilometres('<b/point> geo:asWKT "POINT(10 61)"^^geo:wktLiteral . ' + agreement) == ["111.2"]


def test_no_point_and_no_agreement_give_no_distance() -> None:
    agreement = "<x> a ct:Agreement ; ct:party <id/organisation/a> , <id/organisation/b> ."
    assert _kilometres(agreement) == []
    assert _kilometres('<b/point> geo:asWKT "POINT(10 61)"^^geo:wktLiteral .') == []
