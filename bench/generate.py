"""Generate a graph of any size: ``python bench/generate.py 1M FOLDER [--seed 1]``.

The folder is laid out like ``data/`` and conforms to the shapes; ``crossties check FOLDER`` says so. A few
towns have most of the partners, documents are cited unevenly, most sums are small. The same size and seed
give the same bytes. The size counts stated triples, without the vocabulary and what is derived at build.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from lands import settle
from names import Dice
from statements import Folder
from stories import tell_story

#: How many stories are kept in memory before their files are written; a multiple of what one file holds.
_FLUSHED: Final = 500
_FACTORS: Final = {"k": 1_000, "M": 1_000_000}


def generate(target: Path, *, triples: int, seed: int) -> int:
    """Write a graph of at least so many triples below a new folder and return how many there are."""
    target.mkdir(parents=True)
    folder, dice = Folder(target), Dice(seed)
    lands = settle(folder, dice, triples=triples)
    number = 0
    while folder.triples < triples:
        tell_story(folder, dice, lands, number)
        number += 1
        if number % _FLUSHED == 0:
            folder.flush()
    folder.flush()
    return folder.triples


def read_size(text: str) -> int:
    """Read ``10k``, ``1M`` or a plain number."""
    factor = _FACTORS.get(text[-1:], 1)
    return int(text.rstrip("kM")) * factor


def main() -> None:
    """Read the command line and generate."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("triples", type=read_size, help="how many triples at least, as in 100k or 1M")
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    count = generate(given.folder, triples=given.triples, seed=given.seed)
    sys.stdout.write(f"{count} triples in {given.folder}\n")


if __name__ == "__main__":
    main()
