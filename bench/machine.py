"""What the machine says: CPU and memory of a tree of processes, versions, load."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from crossties import __version__

_TICKS: Final = os.sysconf("SC_CLK_TCK")


def find_tree(pid: int) -> list[int]:
    """Return the process and all below it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            fields = _read_stat(int(entry.name))
            if fields:
                parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def read_cpu(pid: int) -> float:
    """Return the seconds of CPU of the tree, with those of its dead that were waited for."""
    stats = [_read_stat(one) for one in find_tree(pid)]
    return sum(sum(int(field) for field in fields[11:15]) for fields in stats if fields) / _TICKS


def read_memory(pid: int) -> float:
    """Return the megabytes of the tree; what processes share counts once (proportional set size)."""
    return sum(_read_pss(one) for one in find_tree(pid)) / 1024


def describe_machine() -> dict[str, object]:
    """Return what a figure can't be read without."""
    model = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return {
        "date": time.strftime("%Y-%m-%d"),
        "cpu": f"{os.cpu_count()} cores, {model[0].partition(': ')[2] if model else platform.machine()}",
        "memory GB": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "crossties": __version__,
        "pyoxigraph": ox.__version__,
        "load before": round(os.getloadavg()[0], 1),
    }


def _read_stat(pid: int) -> list[str]:
    """Return the fields of ``/proc/<pid>/stat`` after the name; nothing for a process that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _read_pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
