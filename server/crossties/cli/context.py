"""``crossties context``: the JSON-LD context of the vocabulary."""

from __future__ import annotations

import click

from crossties.cli.output import write
from crossties.resources import find_content
from crossties.vocabulary import read_vocabulary
from crossties.vocabulary.context import write_context


@click.command()
def context() -> None:
    """Write the JSON-LD context of the vocabulary.

    It is made from the ontology, and kept in ontology/context.jsonld.
    """
    write(write_context(read_vocabulary(find_content())))
