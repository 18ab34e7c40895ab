"""A group of commands that are imported when called, and that tell every error in one clear message."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import Any, Final

import click

from crossties.errors import CrosstiesError, HostError, RequestError

_INTERNAL: Final = 70
_INTERRUPTED: Final = 130
_BROKEN_PIPE: Final = 141


@dataclass(frozen=True)
class Command:
    """A command: its name, where it is (``module:attribute``), and what it does in one line."""

    name: str
    place: str
    summary: str


class LazyGroup(click.Group):
    """A group that imports the module of a command when the command is called."""

    def __init__(self, *arguments: Any, commands_to_load: Sequence[Command], **named: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **named)
        self.commands_to_load = {command.name: command for command in commands_to_load}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands."""
        return sorted(self.commands_to_load)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a command."""
        known = self.commands_to_load.get(cmd_name)
        if known is None:
            return None
        module, _, attribute = known.place.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self,
        ctx: click.Context,
        args: list[str],
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments start with; an unknown one is told with those there are."""
        if args[0] not in self.commands_to_load and not args[0].startswith("-"):
            raise _unknown_command(args[0], list(self.commands_to_load))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands for ``--help`` without importing them."""
        commands = sorted(self.commands_to_load.items())
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in commands])

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        """Run the command, and end with the exit code of what went wrong."""
        with _errors_told(ctx):
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result


def _unknown_command(name: str, known: list[str]) -> RequestError:
    near = get_close_matches(name, known, n=1)
    mend = f"Did you mean “{near[0]}”?" if near else f"The commands are: {', '.join(known)}."
    message = f"There is no command “{name}”."
    return RequestError(message, mend=mend)


@contextmanager
def _errors_told(ctx: click.Context) -> Iterator[None]:
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except CrosstiesError as error:
        _tell(error)
        ctx.exit(error.exit_code)
    except KeyboardInterrupt:
        click.echo("\nStopped.", err=True)
        ctx.exit(_INTERRUPTED)
    except BrokenPipeError:
        _drop_output()
        ctx.exit(_BROKEN_PIPE)
    except OSError as error:
        _tell(HostError(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}."))
        ctx.exit(HostError.exit_code)
    except Exception as error:  # noqa: BLE001
        _tell_unexpected(error, debug=bool(ctx.params.get("debug")))
        ctx.exit(_INTERNAL)


def _tell(error: CrosstiesError) -> None:
    click.echo(f"error: {error}", err=True)


def _tell_unexpected(error: Exception, *, debug: bool) -> None:
    if debug:
        traceback.print_exception(error)
    click.echo(f"error: crossties failed: {type(error).__name__}: {error}", err=True)
    if not debug:
        click.echo("Run “crossties --debug …” to see where, and report it.", err=True)


def _drop_output() -> None:
    """Whoever read the answer has left: let nothing more be written to them at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
