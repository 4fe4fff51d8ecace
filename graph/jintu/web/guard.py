"""Keep out what no page of ours sends: foreign Host headers; and tell browsers what our pages may do."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HOST = re.compile(rb"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]*)(?::\d*)?")
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


@dataclass(frozen=True, slots=True)
class Guard:
    """Answer only requests that name this server, and send the headers that every answer has.

    A page of another site can have its own name resolved to this machine (DNS rebinding), and would then read
    answers as if they were its own; but its requests carry its name.
    """

    app: ASGIApp
    names: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        host = next((value for name, value in scope["headers"] if name == b"host"), b"")
        if is_ours(host, self.names):
            await self.app(scope, receive, send_with_headers)
        else:
            line = "this server is not known by that name; serve with --name NAME if it shall be\n"
            await PlainTextResponse(line, 421)(scope, receive, send_with_headers)


def is_ours(host: bytes, names: Iterable[str]) -> bool:
    """Tell whether a Host header is an address, or one of our names.

    >>> is_ours(b"127.0.0.1:8000", []), is_ours(b"[::1]:8000", []), is_ours(b"evil.example", ["localhost"])
    (True, True, False)
    """
    found = _HOST.fullmatch(host)
    if not found:
        return False
    name = found[1].decode("latin-1").strip("[]").lower().removesuffix(".")
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name in names
    return True
