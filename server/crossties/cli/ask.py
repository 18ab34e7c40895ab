"""``crossties ask``: one command per published question, its flags read off the question's parameters."""

from __future__ import annotations

from typing import Any

import click

from crossties.cli.opening import in_process, open_here
from crossties.cli.output import write_answer
from crossties.errors import RequestError
from crossties.questions.ask import ask as ask_question
from crossties.questions.catalogue import Parameter, Question, find_question, load_questions
from crossties.questions.emptiness import describe_emptiness, find_empty_parts
from crossties.questions.proof import Prover, prove
from crossties.resources import find_content


class _Questions(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the questions."""
        return list(load_questions(find_content().queries))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: ARG002
        """Return the command that asks a question.

        Raises:
            NotFoundError: there is no such question; the error names what is near.
        """
        return _AskOne(find_question(find_content().queries, cmd_name))


class _AskOne(click.Command):
    """The command that asks one question."""

    def __init__(self, question: Question) -> None:
        self._question = question
        faces = click.Choice(["table", "csv", "tsv", "json"])
        face = click.Option(["--format", "face"], type=faces, default="table", show_default=True)
        proof = click.Option(["--proof"], is_flag=True, help="List the facts and passages behind every row.")
        options = [_option(parameter) for parameter in question.parameters]
        super().__init__(
            question.name,
            callback=self._ask,
            params=[*options, proof, face],
            help=f"{question.title}\n\n{question.description}",
            short_help=question.title,
            epilog=_examples(question),
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the flags; an unknown one is told with those there are."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            listed = ", ".join(f"--{parameter.name}" for parameter in self._question.parameters)
            message = f"{self.name} has no option {error.option_name}."
            raise RequestError(message, mend=f"Its options are: {listed}, --proof, --format.") from error

    def _ask(self, *, face: str, proof: bool, **given: str | None) -> None:
        values = {name: text for name, text in given.items() if text is not None}
        for name, text in values.items():
            if not text.strip():
                message = f"--{name} is empty."
                raise RequestError(message, mend="Give it a value, or leave it out.")
        instance = open_here()
        labels, run = instance.version.labels(), in_process(instance)
        about: dict[str, Any] = {"question": self.name, "parameters": values}
        if proof:
            by = Prover(labels, run, instance.content.queries / "proofs")
            proved = prove(self._question, values, by)
            asked = proved.asked
        else:
            proved, asked = None, ask_question(self._question, values, labels, run)
        if not asked.table.rows:
            parts = find_empty_parts(self._question, values, labels, run)
            about["withoutRows"] = describe_emptiness(values, parts)
        write_answer(asked.table, proved, face=face, about=about)


@click.group(cls=_Questions, subcommand_metavar="QUESTION [OPTIONS]")
def ask() -> None:
    """Ask one of the published questions.

    “crossties ask QUESTION --help” explains its options, with examples.
    """


def _option(parameter: Parameter) -> click.Option:
    notes = [
        "needed" if parameter.required else "",
        f"default {parameter.default}" if parameter.default else "",
        f"e.g. {parameter.example}" if parameter.example else "",
    ]
    said = "; ".join(note for note in notes if note)
    return click.Option(
        [f"--{parameter.name}", parameter.name],
        metavar=parameter.type.upper(),
        help=f"{parameter.description} [{said}]" if said else parameter.description,
    )


def _examples(question: Question) -> str:
    lines = ["\b", "Examples:"]
    for example in question.examples:
        flags = " ".join(f'--{name} "{value}"' for name, value in example.items())
        lines.append(f"  crossties ask {question.name} {flags}")
    return "\n".join(lines) if question.examples else ""
