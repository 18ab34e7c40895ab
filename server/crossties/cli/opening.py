"""Open the instance for a command, building its version where that is missing or the data has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from crossties.cli.progress import shown_progress
from crossties.instance import Instance, find_journal, open_instance
from crossties.journal import Journal
from crossties.settings import load_settings
from crossties.store.engine import ask_in_json, open_store


def open_here(files: Sequence[Path] = (), *, empty: bool = False) -> Instance:
    """Return the instance that the environment asks for.

    Raises:
        InputError: a file can't be read or parsed.
        HostError: the home folder can't be written.
        RequestError: a setting has a wrong value.
    """
    with shown_progress() as progress:
        return open_instance(load_settings(), files=files, empty=empty, progress=progress)


def in_process(instance: Instance) -> Callable[[str], bytes]:
    """Return what runs a query on the instance's store in this process and returns its result in JSON."""
    return partial(ask_in_json, open_store(instance.version.store))


def open_journal(files: Sequence[Path] = ()) -> Journal:
    """Return the journal of the shipped data, or of these files, without building anything.

    Raises:
        RequestError: a setting has a wrong value.
    """
    return find_journal(load_settings(), files)
