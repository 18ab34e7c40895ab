"""``crossties coverage``: what is in the graph, and what is not."""

from __future__ import annotations

import click

from crossties.cli.opening import in_process, open_here
from crossties.cli.output import write
from crossties.questions.coverage import write_coverage


@click.command()
def coverage() -> None:
    """Write the page that tells what is in the graph.

    It tells what is missing, too, and what a blank means. It is counted from the graph, and kept in
    docs/coverage.md.
    """
    write(write_coverage(in_process(open_here())))
