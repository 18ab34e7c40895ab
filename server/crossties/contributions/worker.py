"""A helper of a web process, in a process of its own.

``python -m crossties.contributions.worker DESCRIPTOR ROLE``. No helper sees an upload: sandboxed processes of
``validation`` read those. The ``secretary`` looks at the statements that they read, the ``clerk`` writes, the
``analyst`` compares answers.
"""

from __future__ import annotations

import socket
import sys
from typing import Final

from crossties.contributions.tasks import Task, do_carry_out, do_effects, do_look, do_patch, do_stand, do_text
from crossties.contributions.wire import Message, describe_error, read_instance, receive, send
from crossties.errors import CrosstiesError
from crossties.instance import Instance

_TASKS: Final[dict[str, dict[str, Task]]] = {
    "secretary": {"look": do_look, "patch": do_patch, "text": do_text},
    "clerk": {"stand": do_stand, "carry out": do_carry_out},
    "analyst": {"effects": do_effects},
}


def main(descriptor: int, role: str) -> None:
    """Do what is asked until the other side closes."""
    with socket.socket(fileno=descriptor) as connection, connection.makefile("rwb") as stream:
        first = receive(stream)
        if first is None:
            return
        instance = read_instance(first[0])
        send(stream, {})
        while (asked := receive(stream)) is not None:
            message, bodies = _do(instance, role, *asked)
            send(stream, message, *bodies)


def _do(instance: Instance, role: str, told: Message, bodies: list[bytes]) -> tuple[Message, list[bytes]]:
    try:
        answer, more = _TASKS[role][told["do"]](instance, told, bodies)
    except CrosstiesError as error:
        return {"error": describe_error(error)}, []
    return answer, list(more)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
