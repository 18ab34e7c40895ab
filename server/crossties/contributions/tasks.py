"""What a helper does when it is asked: each task takes a message with bodies and returns one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from crossties.contributions.acceptance import carry_out
from crossties.contributions.effects import find_effects
from crossties.contributions.looking import look, read_quads
from crossties.contributions.messages import Done, Sent, Wish, require_ground
from crossties.contributions.naming import require_open
from crossties.contributions.patches import make_patch, write_file
from crossties.contributions.wire import Message, describe_error
from crossties.errors import NotFoundError
from crossties.export.blocks import make_blocks
from crossties.instance import Instance
from crossties.journal import Person, find_contribution, keep_effect, last_entry
from crossties.journal.state import read_graph, stand
from crossties.quads.canonical import digest
from crossties.store.base import open_published
from crossties.turtle import Document, write_document
from crossties.versions import Version

Answer = tuple[Message, Sequence[bytes]]
Task = Callable[[Instance, Message, Sequence[bytes]], Answer]


def do_look(instance: Instance, told: Message, bodies: Sequence[bytes]) -> Answer:
    """Look at the statements of an upload, on top of the version that is named."""
    version = Version(Path(told["version"]))
    sent = Sent(data=b"", **told["sent"])
    looked = look(sent, told["guessed"], bodies[0], version=version, graphs=_graphs(instance))
    about = {"graph": looked.graph, "based_on": looked.based_on, "difference": looked.difference}
    return {"looked": about}, [looked.missing, looked.text]


def do_text(instance: Instance, told: Message, _: Sequence[bytes]) -> Answer:
    """Return the text of a graph in Turtle, and its digest."""
    require_open(told["graph"], graphs=_graphs(instance))
    quads = list(open_published(Version(Path(told["version"])).store).quads_of(told["graph"]))
    if not quads:
        message = f"There is no graph {told['graph']}."
        raise NotFoundError(message, mend="Choose one of the list at /graph.")
    return {"digest": digest(quads)}, [write_document(Document(tuple(make_blocks(quads)))).encode()]


def do_patch(instance: Instance, told: Message, bodies: Sequence[bytes]) -> Answer:
    """Make a patch of a text that was checked; Turtle that was sent keeps its comments."""
    text = write_file(read_quads(bodies[0], graph=told["graph"]), name=told["name"], data=bodies[1])
    about = {name: told[name] for name in ("graph", "author", "comment")}
    return {}, [make_patch(text, content=instance.content, **about).encode()]


def do_stand(instance: Instance, _: Message, __: Sequence[bytes]) -> Answer:
    """Make sure that there is a version of the newest entry."""
    version, number = stand(require_ground(instance))
    return {"version": str(version.folder), "entry": number}, ()


def do_carry_out(instance: Instance, told: Message, _: Sequence[bytes]) -> Answer:
    """Carry out what several people want, one after the other."""
    wishes = [Wish(**(one | {"by": Person(**one["by"])})) for one in told["wishes"]]
    return {"done": [_describe(one) for one in carry_out(instance, wishes)]}, ()


def do_effects(instance: Instance, told: Message, _: Sequence[bytes]) -> Answer:
    """Find which answers a contribution would change, and keep that in the journal."""
    ground = require_ground(instance)
    found = find_contribution(ground.journal, told["number"])
    entry = last_entry(ground.journal)
    version = Version(Path(told["version"]))
    effects = find_effects(
        version, read_graph(ground.journal, found.graph, found.digest), content=instance.content
    )
    keep_effect(ground.journal, found.id, entry=entry.number if entry else 0, told=effects)
    return {"effects": effects}, ()


def _graphs(instance: Instance) -> str:
    return f"{instance.settings.authority}graph/"


def _describe(done: Done) -> Message:
    return {
        "entry": asdict(done.entry) if done.entry else None,
        "error": describe_error(done.error) if done.error else None,
    }
