"""Give what was accepted here back as files, for git."""

from __future__ import annotations

from pathlib import Path

from crossties.contributions.looking import read_quads
from crossties.contributions.patches import write_file
from crossties.journal import Journal, read_ahead, read_texts


def export_accepted(journal: Journal, folder: Path) -> tuple[list[Path], list[Path]]:
    """Write each graph that says something else than its file in the data, laid out like ``data/``.

    Returns:
        The files that were written, and those that are to be removed in the data.

    Raises:
        HostError: the journal can't be read.
    """
    written, gone = [], []
    for graph, digest in read_ahead(journal).items():
        path = folder / f"{graph.partition('/graph/')[2]}.ttl"
        if digest is None:
            gone.append(path)
            continue
        (text,) = read_texts(journal, [digest])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write_file(read_quads(text, graph=graph), name="", data=b""), encoding="utf-8")
        written.append(path)
    return written, gone
