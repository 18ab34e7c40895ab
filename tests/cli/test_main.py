from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner, Result

from crossties import __version__
from crossties.cli.group import Command, LazyGroup
from crossties.cli.main import main
from crossties.errors import BusyError, HostError, InputError, Location

Crossties = Callable[..., Result]
COMMANDS = tuple(main.list_commands(click.Context(main)))
CROSSTIES = (sys.executable, "-m", "crossties.cli.main")


@pytest.fixture
def environment(shipped_home: Path, crossties: Crossties) -> dict[str, str]:
    """Give a child process the shared home, with the version built."""
    assert crossties("build").exit_code == 0
    return {**os.environ, "CROSSTIES_HOME": str(shipped_home)}


def fail_with(error: BaseException, *, flags: tuple[str, ...] = ()) -> Result:
    """Run a group like ours whose one command raises the error."""
    module = ModuleType("failing")
    sys.modules["failing"] = module

    @click.group(cls=LazyGroup, commands_to_load=[Command("fail", "failing:fail", "Fail.")])
    @click.option("--debug", is_flag=True)
    def group(*, debug: bool) -> None:
        _ = debug

    @click.command()
    def fail() -> None:
        raise error

    module.__dict__["fail"] = fail
    try:
        return CliRunner().invoke(group, [*flags, "fail"])
    finally:
        del sys.modules["failing"]


def test_help_names_every_command_and_exit_code(crossties: Crossties) -> None:
    told = crossties("--help").stdout
    assert all(f"  {name} " in told for name in COMMANDS)
    assert all(re.search(rf"^ +{code}  +\w", told, re.MULTILINE) for code in (0, 1, 2, 3, 4, 5, 70, 130))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(crossties: Crossties, command: str) -> None:
    result = crossties(command, "--help")
    assert result.exit_code == 0
    assert len(result.stdout) > 100


def test_the_summary_in_the_list_starts_the_command_s_own_help(crossties: Crossties) -> None:
    assert isinstance(main, LazyGroup)
    for command in main.commands_to_load.values():
        assert (
            " ".join(crossties(command.name, "--help").stdout.split()).count(command.summary.rstrip(".")) == 1
        )


def test_the_version_is_told(crossties: Crossties) -> None:
    assert crossties("--version").stdout == f"crossties {__version__}\n"


def test_an_unknown_command_is_told_with_what_is_near(crossties: Crossties) -> None:
    result = crossties("biuld")
    assert result.exit_code == 2
    assert "“build”" in result.stderr
    assert all(name in crossties("zzz").stderr for name in COMMANDS)


def test_an_unknown_option_is_a_usage_error(crossties: Crossties) -> None:
    assert crossties("--frob").exit_code == 2
    assert crossties("build", "--frob").exit_code == 2


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("It is broken.", where=Location("a.ttl", 3), mend="Mend it."), 3),
        (HostError("It is full."), 4),
        (BusyError("It is busy."), 5),
    ],
)
def test_an_error_is_one_message_on_the_error_stream_with_its_exit_code(error: InputError, code: int) -> None:
    result = fail_with(error)
    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr == f"error: {error}\n"


def test_an_error_of_the_machine_is_told_without_a_traceback() -> None:
    result = fail_with(OSError(28, "No space left on device", "/x/y"))
    assert result.exit_code == 4
    assert result.stderr == "error: No space left on device: /x/y.\n"


def test_an_unexpected_error_shows_its_traceback_only_where_it_is_asked_for() -> None:
    quiet, loud = fail_with(KeyError("x")), fail_with(KeyError("x"), flags=("--debug",))
    assert quiet.exit_code == loud.exit_code == 70
    assert "Traceback" not in quiet.stderr
    assert "--debug" in quiet.stderr
    assert "Traceback" in loud.stderr


def test_ctrl_c_ends_without_a_traceback() -> None:
    result = fail_with(KeyboardInterrupt())
    assert result.exit_code == 130
    assert result.stderr == "\nStopped.\n"


def test_help_loads_nothing_heavy() -> None:
    heavy = {"rdflib", "pyshacl", "flask", "granian", "pyoxigraph"}
    code = f"""
import sys
from click.testing import CliRunner
from crossties.cli.main import main
assert CliRunner().invoke(main, ["--help"]).exit_code == 0
print(sorted({heavy!r} & set(sys.modules)))
"""
    assert _python(code) == "[]"


def test_serving_and_asking_import_neither_rdflib_nor_pyshacl(environment: dict[str, str]) -> None:
    code = """
import sys
from click.testing import CliRunner
import crossties.cli.serve, crossties.web.serve
from crossties.cli.main import main
result = CliRunner().invoke(main, ["ask", "funding/totals"])
assert result.exit_code == 0, result.output
print(sorted(name for name in sys.modules if name.partition(".")[0] in {"rdflib", "pyshacl"}))
"""
    assert _python(code, environment) == "[]"


def test_a_reader_that_leaves_early_ends_the_command_quietly(environment: dict[str, str]) -> None:
    command = (*CROSSTIES, "query", "SELECT * { ?a ?b ?c . ?d ?e ?f }", "--format", "csv")
    with subprocess.Popen(  # noqa: S603 our own command
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1_000)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(20) == 141


def test_ctrl_c_ends_a_long_query_at_once(environment: dict[str, str]) -> None:
    command = (*CROSSTIES, "query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    with subprocess.Popen(  # noqa: S603 our own command
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=5)
    assert process.returncode in {-signal.SIGINT, 130}
    assert b"Traceback" not in told


def test_a_full_disk_is_told(environment: dict[str, str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(  # noqa: S603 our own command
            (*CROSSTIES, "ask", "funding/totals", "--format", "csv"),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
    assert done.returncode == 4
    assert done.stderr.startswith(b"error: No space left")


def _python(code: str, environment: dict[str, str] | None = None) -> str:
    command = (sys.executable, "-c", code)
    done = subprocess.run(  # noqa: S603 our own interpreter
        command, capture_output=True, text=True, env=environment, check=True
    )
    return done.stdout.strip()
