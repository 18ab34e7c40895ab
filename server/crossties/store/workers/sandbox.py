"""Confine this process: no network, no programs, no files, no signals to others.

seccomp is the base; Landlock is the second layer where the kernel has it. Both are reached by ctypes: two
system calls need no dependency. ``python -m crossties.store.workers.sandbox`` ends with 0 where it works.
"""

from __future__ import annotations

import ctypes
import errno
import logging
import os
import platform
import socket
import struct
import sys
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from crossties.errors import HostError
from crossties.settings import Settings
from crossties.store.budget import is_loopback
from crossties.store.workers.launch import launch
from crossties.store.workers.syscalls import CLONE, CLONE3, DENIED, OPENS, OWN_SIGNALS, PRLIMIT64, SECCOMP

_MACHINES: Final = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_PR_SET_NO_NEW_PRIVS: Final = 38
_SET_MODE_FILTER: Final = 1
_FLAG_TSYNC: Final = 1
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_KILL, _ALLOW, _ERRNO = 0x80000000, 0x7FFF0000, 0x00050000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_X32: Final = 0x40000000
_CLONE_THREAD: Final = 0x10000
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ_FILE_AND_FOLDER: Final = (1 << 2) | (1 << 3)
#: What reading a file needs none of; O_PATH and O_DIRECTORY would show what else there is.
_MORE_THAN_READING: Final = (
    os.O_ACCMODE | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_TMPFILE | os.O_PATH | os.O_DIRECTORY
)
_log: Final = logging.getLogger(__name__)
_libc: Final = ctypes.CDLL(None, use_errno=True)


@cache
def sandbox_available() -> bool:
    """Say whether workers can be confined on this machine; tried in a process of its own."""
    return launch("crossties.store.workers.sandbox").wait() == 0


def choose_confinement(settings: Settings, *, host: str) -> Settings:
    """Return the settings to serve with at ``host``: where no sandbox can be had, loopback alone is served.

    Raises:
        HostError: workers can't be confined, and others than this machine could reach them.
    """
    if settings.sandbox and sandbox_available():
        return settings
    if not host or not is_loopback(host):
        message = f"Workers can't be confined on this machine, so {host} is not listened at."
        raise HostError(message, mend="Use a Linux kernel with seccomp, or listen on 127.0.0.1 alone.")
    _log.warning("workers run without a sandbox: whoever can ask here must be trusted")
    return replace(settings, sandbox=False)


def forbid_other_files(store: Path) -> bool:
    """Leave only reading below ``store``, and say whether that holds: some kernels have no Landlock.

    Done before the store is opened, for threads inherit it. Connections and signals to others go too where
    it can.

    Raises:
        OSError: ``store`` isn't there, or the kernel refuses.
    """
    abi = _libc.syscall(_CREATE_RULESET, None, 0, 1)
    if abi < 1:
        return False
    _forbid_new_privileges()
    files = (1 << (13 + (abi >= 2) + (abi >= 3) + (abi >= 5))) - 1  # noqa: PLR2004 - one more right by each ABI
    attributes = struct.pack("=QQQ", files, 3 if abi >= 4 else 0, 3 if abi >= 6 else 0)  # noqa: PLR2004
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8  # noqa: PLR2004
    ruleset = _libc.syscall(_CREATE_RULESET, attributes, size, 0)
    folder = os.open(store, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", _READ_FILE_AND_FOLDER, folder)
        if (
            ruleset < 0
            or _libc.syscall(_ADD_RULE, ruleset, 1, rule, 0)
            or _libc.syscall(_RESTRICT_SELF, ruleset, 0)
        ):
            raise _failure()
    finally:
        os.close(folder)
        with suppress(OSError):
            os.close(ruleset)
    return True


def forbid_system_calls(*, may_read: bool = False) -> None:
    """Load the filter in every thread of this process; nothing lifts it again.

    ``may_read`` leaves opening files to read them: only for where ``forbid_other_files`` holds, for a filter
    sees no paths.

    Raises:
        OSError: the kernel refuses, or this processor has no table.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        message = f"no table of system calls for {platform.machine()}"
        raise OSError(errno.ENOSYS, message)
    _forbid_new_privileges()
    code = _program(*machine, may_read=may_read)
    buffer = ctypes.create_string_buffer(code)
    program = struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer))
    if _libc.syscall(SECCOMP[machine[0]], _SET_MODE_FILTER, _FLAG_TSYNC, program) != 0:
        raise _failure()


def _forbid_new_privileges() -> None:
    if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise _failure()


def _failure() -> OSError:
    return OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _program(column: int, architecture: int, *, may_read: bool) -> bytes:
    """Return the filter: kill on a foreign architecture, refuse what is denied, allow the rest."""
    steps = [
        _step(_LOAD, _ARCHITECTURE),
        _step(_JUMP_EQUAL, architecture, 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER),
    ]
    if column == 0:
        steps += [_step(_JUMP_AT_LEAST, _X32, 0, 1), _step(_RETURN, _KILL)]
    opens = OPENS if may_read else {}
    refused = [pair[column] for name, pair in DENIED.items() if name not in opens]
    for number in (number for number in refused if number is not None):
        steps += [_step(_JUMP_EQUAL, number, 0, 1), _refuse(errno.EPERM)]
    for name, flags in opens.items():
        opening = DENIED[name][column]
        if opening is not None:
            steps += _allow_only(opening, [_step(_JUMP_SET, _MORE_THAN_READING, 1, 0)], _argument(flags))
    for signals in OWN_SIGNALS.values():
        steps += _allow_only(signals[column], [_step(_JUMP_EQUAL, os.getpid(), 0, 1)], _argument(0))
    steps += _allow_only(CLONE[column], [_step(_JUMP_SET, _CLONE_THREAD, 0, 1)], _argument(0))
    steps += _allow_only(
        PRLIMIT64[column],
        [_step(_JUMP_EQUAL, 0, 0, 3), _step(_LOAD, _argument(2) + 4), _step(_JUMP_EQUAL, 0, 0, 1)],
        _argument(2),
    )
    steps += [_step(_JUMP_EQUAL, CLONE3[column], 0, 1), _refuse(errno.ENOSYS)]
    return b"".join([*steps, _step(_RETURN, _ALLOW)])


def _allow_only(number: int, checks: list[bytes], argument: int) -> list[bytes]:
    """Allow the call where the checks of its argument fall through, else refuse it."""
    body = [_step(_LOAD, argument), *checks, _step(_RETURN, _ALLOW), _refuse(errno.EPERM)]
    return [_step(_JUMP_EQUAL, number, 0, len(body)), *body]


def _argument(index: int) -> int:
    return _ARGUMENTS + 8 * index


def _refuse(code: int) -> bytes:
    return _step(_RETURN, _ERRNO | code)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _try() -> int:
    """Confine this process and see whether it holds."""
    try:
        forbid_other_files(Path("/"))
        forbid_system_calls()
        socket.socket().close()
    except PermissionError:
        return 0
    except OSError:
        return 1
    return 1


if __name__ == "__main__":
    sys.exit(_try())
