"""Describe the list itself: a document with its checksum, and who published it."""

from __future__ import annotations

import hashlib

from crossties.importing.building import Graphs, labelled, link, names, thing
from crossties.importing.model import Settings
from crossties.intake import Upload
from crossties.quads import Literal, literal
from crossties.sheets.slugs import make_slug


def add_document(graphs: Graphs, settings: Settings, upload: Upload, slug: str = "") -> None:
    """Add the list as a document: the checksum is that of its bytes, a passage is a row of it."""
    own = slug or settings.slug
    publisher = settings.publisher
    if "://" not in publisher:
        publisher = thing("organisation", make_slug(settings.publisher) or f"{own}-publisher")
        graphs.add(
            f"organisations/{own}-publisher",
            publisher,
            rdf_type=link("ns#Organisation"),
            skos_prefLabel=labelled({"en": settings.publisher}),
            ct_statedIn=link(f"{thing('document', own)}/p1"),
        )
    graphs.add(
        f"evidence/{own}",
        thing("document", own),
        rdf_type=link("ns#Document"),
        dct_title=names({"en": settings.title}),
        dct_publisher=link(publisher),
        dct_language=literal(settings.tongue),
        dct_issued=dated(settings.issued) if settings.issued else None,
        schema_url=link(settings.url) if settings.url else None,
        ct_readOn=literal(settings.read_on, "date"),
        ct_readInPart=literal("false", "boolean"),
        ct_checksum=literal(hashlib.sha256(upload.data).hexdigest()),
    )


def dated(text: str) -> Literal:
    """Return a day, month or year as precise as it is written: ``2027``, ``2027-03``, ``2027-03-01``."""
    kind = {4: "gYear", 7: "gYearMonth"}.get(len(text), "date")
    return literal(text, kind)
