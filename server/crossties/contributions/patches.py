"""A checked contribution as a patch for who has no token: to be applied with ``git am``, or sent by mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from difflib import unified_diff
from email.header import Header
from email.utils import format_datetime, formataddr
from typing import Final

from crossties.contributions.naming import path_of
from crossties.errors import RequestError
from crossties.export.blocks import make_blocks
from crossties.formats import N_TRIPLES
from crossties.quads import RDF_SUFFIXES, NamedNode, Quad, parse_bytes
from crossties.quads.writing import write_quads
from crossties.resources import Content
from crossties.turtle import Document, format_turtle, write_document

_NOBODY: Final = "0" * 40
_ADDRESS: Final = "contributor@example.org"
_MARK: Final = "0" * 39 + "1"
_INSTRUCTIONS: Final = """How to send this, if you have no token:
- to who keeps the data: attach this file to an issue or a mail, unchanged;
- as a pull request: in a copy of the repository say "git am {name}", then "crossties check {path}".
It was checked against the published graph on {day} and conformed."""


def write_file(quads: Sequence[Quad], *, name: str, data: bytes) -> str:
    """Return the text of the file that a graph is in git: Turtle keeps comments, all else is written anew.

    What was added to the sender's statements, such as the day, stands in the file too.
    """
    if name.lower().endswith(".ttl"):
        graph = quads[0].graph_name.value if quads and isinstance(quads[0].graph_name, NamedNode) else ""
        own = parse_bytes(data, rdf_format=RDF_SUFFIXES[".ttl"], graph=graph, origin=name).quads
        added = write_quads([quad for quad in quads if quad not in set(own)], N_TRIPLES)
        return format_turtle(data + b"\n" + added, origin=name)
    return write_document(Document(tuple(make_blocks(quads))))


def make_patch(text: str, *, graph: str, content: Content, author: str, comment: str) -> str:
    """Return a patch that adds or changes the file of a graph; ``author`` is “Name <address>” or a name.

    Raises:
        RequestError: the file says this already.
    """
    path = path_of(graph)
    old = content.data / path.removeprefix("data/")
    before = old.read_text(encoding="utf-8") if old.is_file() else ""
    if before == text:
        message = f"{path} says this already."
        raise RequestError(message, mend="Change something, then ask for the patch.")
    subject = f"{'Change' if before else 'Add'} {path.removeprefix('data/').removesuffix('.ttl')}"
    now = datetime.now(UTC)
    name = f"{path.rpartition('/')[2].removesuffix('.ttl')}.patch"
    told = _INSTRUCTIONS.format(name=name, path=path, day=now.date().isoformat())
    lines = list(_diff(before, text, path))
    added = sum(line.startswith("+") for line in lines)
    removed = sum(line.startswith("-") for line in lines)
    head = [
        f"From {_NOBODY} Mon Sep 17 00:00:00 2001",
        f"From: {_author(author)}",
        f"Date: {format_datetime(now)}",
        f"Subject: [PATCH] {subject}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        *(_plain(comment).splitlines() or ["Contributed through the form; see below."]),
        "---",
        *told.splitlines(),
        "",
        f" {path} | {added + removed} {'+' * bool(added)}{'-' * bool(removed)}",
        f" 1 file changed, {added} insertions(+), {removed} deletions(-)",
        *([] if before else [f" create mode 100644 {path}"]),
        "",
        f"diff --git a/{path} b/{path}",
        *([] if before else ["new file mode 100644", f"index {_NOBODY[:7]}..{_MARK[-7:]}"]),
        f"--- {f'a/{path}' if before else '/dev/null'}",
        f"+++ b/{path}",
    ]
    return "\n".join([*head, *lines, "-- ", "crossties", ""])


def _diff(before: str, after: str, path: str) -> Iterator[str]:
    """Yield the hunks."""
    lines = unified_diff(before.split("\n")[:-1], after.split("\n")[:-1], path, path, lineterm="")
    yield from (line for number, line in enumerate(lines) if number > 1)


def _author(author: str) -> str:
    told, _, address = author.partition("<")
    plain = " ".join(_plain(told).split()) or "A contributor"
    fitting = re.fullmatch(r"[^\s<>@]+@[^\s<>@]+", address.rstrip("> \t"))
    return formataddr(
        (
            Header(plain, "utf-8").encode() if not plain.isascii() else plain,
            fitting[0] if fitting else "contributor@example.org",
        )
    )


def _plain(text: str) -> str:
    """Return the text without what would end the message of a patch or begin a header."""
    lines = (line for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(f" {line}" if line.startswith(("---", "diff ", "From ")) else line for line in lines)
