"""Things, the vocabulary and the catalogue as data, and the machine descriptions themselves."""

from __future__ import annotations

from crossties.formats import GRAPHS
from crossties.publication.openapi.pieces import PAGE, TEXT, Told, answers, operation


def data_paths() -> Told:
    """Return the paths of data."""
    path = {
        "name": "path",
        "in": "path",
        "required": True,
        "description": "What follows the authority in an IRI, such as place/kotka.",
        "schema": TEXT,
        "example": "place/kotka",
    }
    suffix = {
        "name": "suffix",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "enum": [one.suffix for one in GRAPHS]},
    }
    kinds = {one.media_type: TEXT for one in GRAPHS} | {"application/ld+json": {"type": ["object", "array"]}}
    about = "Its statements, the facts that point to it, and the names of what it points to."
    thing = operation(
        "describe-thing", "The data about a thing", about, tag="data", parameters=[path, suffix, PAGE]
    )
    ontology = operation(
        "vocabulary", "The vocabulary", "The ontology as one document.", tag="data", parameters=[suffix]
    )
    catalogue = operation(
        "catalogue", "The catalogue", "DCAT-AP 3: dataset, files, service.", tag="data", parameters=[suffix]
    )
    moved = {"301": {"description": "It became another thing, which the header Location names."}}
    return {
        "/data/id/{path}.{suffix}": {
            "get": thing | {"responses": answers(kinds, 400, 404, 410, 429, 503) | moved}
        },
        "/ns.{suffix}": {"get": ontology | {"responses": answers(kinds, 404, 406)}},
        "/catalog.{suffix}": {"get": catalogue | {"responses": answers(kinds, 404, 406)}},
    }
