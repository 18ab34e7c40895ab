"""The entry point ``crossties``: the commands there are, and how every error is told."""

from __future__ import annotations

import click

from crossties import __version__
from crossties.cli.group import Command, LazyGroup

_EXIT_CODES = """\b
Exit codes:
  0    done
  1    the checked files do not conform
  2    the command, question, parameter or value is not known, or not clear
  3    a file or query can't be read
  4    the machine stands in the way: port, disk, folder
  5    a query was stopped at a limit, or the service is busy
  70   an error in crossties itself
  130  stopped by Ctrl-C
"""

_COMMANDS = (
    Command("ask", "crossties.cli.ask:ask", "Ask one of the published questions."),
    Command("build", "crossties.cli.build:build", "Build the store from the data."),
    Command("check", "crossties.cli.check:check", "Check files: syntax, vocabulary, shapes, rules."),
    Command("contribute", "crossties.cli.contribute:contribute", "Send a file to the reviewers here."),
    Command("context", "crossties.cli.context:context", "Write the JSON-LD context of the vocabulary."),
    Command("coverage", "crossties.cli.coverage:coverage", "Write the page that tells what is in the graph."),
    Command("export", "crossties.cli.export:export", "Write the stated graph as files."),
    Command("format", "crossties.cli.format:format_", "Bring Turtle files into their one form."),
    Command("import", "crossties.cli.import_:import_", "Turn a list into candidates."),
    Command("new", "crossties.cli.new:new", "Write a Turtle file to begin with."),
    Command("query", "crossties.cli.query:query", "Run any SPARQL query."),
    Command("questions", "crossties.cli.questions:questions", "List the published questions."),
    Command(
        "release", "crossties.cli.release:release", "Freeze the graph under an id, or list the releases."
    ),
    Command("review", "crossties.cli.review:review", "Look at contributions, accept and reject them."),
    Command("rollback", "crossties.cli.review:rollback", "Take back what was accepted."),
    Command("search", "crossties.cli.search:search", "Look things up by their names."),
    Command("serve", "crossties.cli.serve:serve", "Serve pages, data and SPARQL on this machine."),
    Command("template", "crossties.cli.template:template", "Write a workbook (XLSX) to be filled in."),
    Command("terms", "crossties.cli.terms:terms", "Write the listing of all terms."),
    Command("token", "crossties.cli.token:token", "Say who may contribute, review and operate."),
)


@click.group(cls=LazyGroup, commands_to_load=_COMMANDS, epilog=_EXIT_CODES)
@click.version_option(__version__, prog_name="crossties", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show where an unexpected error comes from.")
def main(*, debug: bool) -> None:
    """Answer who cooperates with whom across a border, since when, paid by whom, and who says so."""
    _ = debug  # LazyGroup reads it where something unexpected happens


if __name__ == "__main__":
    main()
