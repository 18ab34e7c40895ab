"""What a forked worker does before its work: tie its life to the zygote, open its files, close the doors."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from crossties.store.workers.sandbox import forbid_other_files, forbid_system_calls

_PR_SET_PDEATHSIG: Final = 1
_libc: Final = ctypes.CDLL(None)
_Opened = TypeVar("_Opened")


def tie_to(zygote: int, *, die_early: str) -> None:
    """Die with the zygote; where it has died already the signal would never come.

    ``die_early`` is the worker's oom_score_adj: the higher, the sooner the kernel chooses it.
    """
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != zygote:
        os._exit(1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(die_early, encoding="ascii")


def open_and_close(
    folder: Path, opening: Callable[[], _Opened], *, memory_bytes: int, complain: Callable[[OSError], None]
) -> _Opened:
    """Open what is worked on, then close every door but the one to the files in the folder.

    The engine opens sixteen files of each index at first and the rest of a large store when it needs them.
    ``memory_bytes`` may be used beside what is mapped once it is open; ``complain`` is told what can't be
    confined, and raises where that must not be.
    """
    may_read = False
    with Path("/proc/self/statm").open("rb", buffering=0) as size:
        try:
            may_read = forbid_other_files(folder)
        except OSError as error:
            complain(error)
        opened = opening()
        mapped = int(size.read().split()[0]) * resource.getpagesize()
    most = mapped + memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    try:
        forbid_system_calls(may_read=may_read)
    except OSError as error:
        complain(error)
    return opened
