"""What a web process and a worker say to each other: a JSON object, and bytes beside it.

A worker is not trusted: what it sends is data, checked for length.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Sequence
from typing import Any, Final

Message = dict[str, Any]
_HEAD: Final = struct.Struct("!II")
_MOST_PARTS: Final = 64
_LONGEST: Final = 256 << 20


class BrokenError(Exception):
    """The other side is gone, or sent what can't be."""


def send_parts(connection: socket.socket, message: Message, parts: Sequence[bytes] = ()) -> None:
    """Send a message with its parts.

    Raises:
        OSError: the other side is gone, or too slow.
    """
    told = json.dumps({"sizes": [len(part) for part in parts], "message": message}).encode()
    connection.sendall(_HEAD.pack(len(told), len(parts)) + told)
    for part in parts:
        connection.sendall(part)


def receive_parts(connection: socket.socket) -> tuple[Message, list[bytes]]:
    """Receive a message with its parts.

    Raises:
        BrokenError: the other side is gone, or sent nonsense.
        TimeoutError: the connection's time is over.
    """
    length, count = _HEAD.unpack(_receive(connection, _HEAD.size))
    if length > _LONGEST or count > _MOST_PARTS:
        raise BrokenError(length)
    try:
        told = json.loads(_receive(connection, length))
        sizes, message = [int(size) for size in told["sizes"]], dict(told["message"])
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenError(length) from error
    if len(sizes) != count or sum(sizes) > _LONGEST or any(size < 0 for size in sizes):
        raise BrokenError(length)
    return message, [_receive(connection, size) for size in sizes]


def _receive(connection: socket.socket, length: int) -> bytes:
    received = bytearray()
    while len(received) < length:
        try:
            piece = connection.recv(min(length - len(received), 1 << 20))
        except ConnectionError as error:
            raise BrokenError(length) from error
        if not piece:
            raise BrokenError(length)
        received += piece
    return bytes(received)
