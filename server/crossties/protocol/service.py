"""What the protocol must know of the host that it speaks for."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crossties.errors import RefusedError, UnauthorizedError
from crossties.protocol.messages import ProtocolRequest

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Service:
    """The host: the state of its store, the IRIs it answers for, its limits, and who may write.

    ``version`` names the state of the store, "" where none can be named; it is part of every validator.
    ``limits`` and ``counts`` are published. ``writable`` is a scratch store; ``insecure`` lets any page and
    any name of the host write to it.
    """

    version: str = ""
    authority: str = ""
    limits: Mapping[str, float] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    writable: bool = False
    token: str = ""
    insecure: bool = False


def require_writer(request: ProtocolRequest, service: Service) -> None:
    """Return where the request may change the store.

    Raises:
        RefusedError: the store is read-only, or a page of another site sent the request.
        UnauthorizedError: a token is set, and the request has another or none.
    """
    if not service.writable:
        message = "Changes are not allowed here: this graph is read-only."
        raise RefusedError(message, mend="Ask with a query; contribute a file to change the data.")
    if service.token:
        _require_token(request, service.token)
    elif not service.insecure:
        _require_local(request)


def require_operator(request: ProtocolRequest, service: Service, *, direct: bool) -> None:
    """Return where the request is one of who runs the service; ``direct`` says that it is from this machine.

    Raises:
        RefusedError: it is from elsewhere, or a page of another site sent it.
        UnauthorizedError: a token is set, and the request has another or none.
    """
    if not direct:
        message = "What runs here is shown to this machine alone."
        raise RefusedError(message, mend="Ask on the machine that serves, and not through a proxy.")
    if service.token:
        _require_token(request, service.token)
    else:
        _require_local(request)


def _require_token(request: ProtocolRequest, token: str) -> None:
    given = request.authorization.removeprefix("Bearer ").strip()
    if not hmac.compare_digest(given.encode(), token.encode()):
        message = "This is done with a token only."
        raise UnauthorizedError(message, mend="Send the header “Authorization: Bearer …”.")


def _require_local(request: ProtocolRequest) -> None:
    """Refuse pages of other sites: their origin, or the name they asked for, gives them away."""
    host = urlsplit(f"//{request.host}").hostname or ""
    origin = urlsplit(request.origin).netloc if request.origin else request.host
    if (request.host and host not in _LOOPBACK) or origin != request.host:
        message = "A page of another site can't do this."
        raise RefusedError(message, mend="Ask from this machine by its own name, or set a token.")
