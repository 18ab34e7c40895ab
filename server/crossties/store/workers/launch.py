"""Start a module of ours in a fresh process that imports this very package, however this one found it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

#: The folder that this package is imported from.
SOURCE: Final = str(Path(__file__).parents[3])


def launch(module: str, *arguments: str, descriptors: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
    """Start ``python -m module`` with nothing on its input and the given descriptors left open.

    ``-P`` keeps the current folder from standing in for a module.
    """
    paths = [SOURCE, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        (sys.executable, "-P", "-m", module, *arguments),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        pass_fds=descriptors,
        stdin=subprocess.DEVNULL,
    )
