"""What a web process and the zygote say to each other: one JSON object per packet, descriptors beside it."""

from __future__ import annotations

import json
import socket
from typing import Any, Final

Message = dict[str, Any]
#: The longest packet; the kernel's default buffer takes it.
LONGEST: Final = 200_000
#: As much of a query's text as the list of running queries shows.
SHOWN_QUERY: Final = 1_000
#: As many running queries as the list shows.
SHOWN_QUERIES: Final = 40


def send_message(connection: socket.socket, message: Message, descriptors: tuple[int, ...] = ()) -> None:
    """Send one packet.

    Raises:
        OSError: the other side is gone, or does not read.
    """
    packet = json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")
    if descriptors:
        socket.send_fds(connection, [packet], descriptors)
    else:
        connection.send(packet)


def receive_message(connection: socket.socket) -> tuple[Message, list[int]] | None:
    """Receive one packet with its descriptors, or None where the other side has closed.

    Raises:
        OSError: the connection broke.
    """
    packet, descriptors, _, _ = socket.recv_fds(connection, LONGEST, 2)
    return (json.loads(packet), descriptors) if packet else None
