"""What goes between a web process and its helpers: a line of JSON, then the bytes that it announces."""

from __future__ import annotations

import json
from dataclasses import asdict
from io import BufferedRWPair
from pathlib import Path
from typing import Any

from crossties import errors
from crossties.errors import CrosstiesError, Location
from crossties.instance import Instance
from crossties.journal import Journal
from crossties.journal.state import Ground
from crossties.resources import Content
from crossties.settings import Settings
from crossties.store.build import Source
from crossties.versions import Version

Message = dict[str, Any]


def send(stream: BufferedRWPair, message: Message, *bodies: bytes) -> None:
    """Send a message with its bodies."""
    head = message | {"sizes": [len(body) for body in bodies]}
    stream.write(json.dumps(head).encode() + b"\n")
    stream.writelines(bodies)
    stream.flush()


def receive(stream: BufferedRWPair) -> tuple[Message, list[bytes]] | None:
    """Return the next message with its bodies, or None where the other side has ended."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    message = json.loads(line)
    bodies = [stream.read(size) for size in message.pop("sizes")]
    return message, bodies


def describe_error(error: CrosstiesError) -> Message:
    """Return an error as it is sent."""
    where = asdict(error.where) if error.where else None
    return {"kind": type(error).__name__, "what": error.what, "mend": error.mend, "where": where}


def read_error(told: Message) -> CrosstiesError:
    """Return the error that was sent."""
    kind = getattr(errors, str(told["kind"]), CrosstiesError)
    where = Location(**told["where"]) if told["where"] else None
    return kind(str(told["what"]), mend=str(told["mend"]), where=where)


def describe_instance(instance: Instance) -> Message:
    """Return what a helper must know of an instance that takes contributions."""
    ground, settings, content = instance.ground, instance.settings, instance.content
    return {
        "home": str(settings.home),
        "authority": settings.authority,
        "memory_bytes": settings.memory_bytes,
        "sandbox": settings.sandbox,
        "content": [str(path) for path in (content.ontology, content.shapes, content.queries, content.data)],
        "version": str(instance.version.folder),
        "choice": instance.choice,
        "ground": None
        if ground is None
        else {
            "home": str(ground.home),
            "journal": str(ground.journal.path),
            "fixed": [(str(one.path), one.graph) for one in ground.fixed],
            "curated": [(str(one.path), one.graph) for one in ground.curated],
        },
    }


def read_instance(told: Message) -> Instance:
    """Return the instance that was described."""
    settings = Settings(
        home=Path(told["home"]),
        authority=told["authority"],
        memory_bytes=told["memory_bytes"],
        sandbox=told["sandbox"],
    )
    content = Content(*(Path(path) for path in told["content"]))
    ground = told["ground"] and Ground(
        Path(told["ground"]["home"]),
        Journal(Path(told["ground"]["journal"])),
        _read_sources(told["ground"]["fixed"]),
        _read_sources(told["ground"]["curated"]),
    )
    return Instance(settings, content, Version(Path(told["version"])), told["choice"], ground)


def _read_sources(told: list[list[str]]) -> tuple[Source, ...]:
    return tuple(Source(Path(path), graph) for path, graph in told)
