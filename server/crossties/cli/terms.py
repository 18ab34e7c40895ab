"""``crossties terms``: the listing of all terms."""

from __future__ import annotations

import click

from crossties.cli.output import write
from crossties.resources import find_content
from crossties.vocabulary.listing import write_listing


@click.command()
def terms() -> None:
    """Write the listing of all terms, in Markdown.

    Classes, properties and code lists, with what the shapes ask of them. It is made from the ontology and
    the shapes, and kept in ontology/README.md.
    """
    write(write_listing(find_content()))
