from __future__ import annotations

import ctypes
import os
import resource
from collections.abc import Callable

import pytest

from crossties.validation.sandboxed.pages import copy_ahead, find_written

_SIZE = resource.getpagesize()
_PAGES = 64


def faults_of(work: Callable[[], None]) -> int:
    """Return how many pages a forked process had to be given while it wrote, as ``work`` prepared it."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        work()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        write()
        os.write(writing, str(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before).encode())
        os._exit(0)
    os.wait()
    return int(os.read(reading, 20))


BLOCK = bytearray(_PAGES * _SIZE)


def write() -> None:
    for place in range(0, len(BLOCK), _SIZE):
        BLOCK[place] ^= 1


def test_what_is_written_is_found_and_is_there_before_it_is_written() -> None:
    before = bytes(BLOCK)
    written = find_written(write)
    if not written:
        pytest.skip("this kernel tells no pages")
    start = ctypes.addressof(ctypes.c_char.from_buffer(BLOCK))
    assert all(any(place in one for one in written) for place in range(start, start + len(BLOCK), _SIZE))
    assert bytes(BLOCK) == before
    assert faults_of(lambda: copy_ahead(written)) < _PAGES // 2 < faults_of(lambda: None)


def test_work_that_fails_tells_nothing_and_hurts_nobody() -> None:
    def fail() -> None:
        raise OSError

    assert find_written(fail) == ()


def test_addresses_that_are_not_there_are_left_out() -> None:
    copy_ahead([range(_SIZE, 2 * _SIZE)])
