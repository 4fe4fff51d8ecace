"""The messages between the server and its workers: a line of JSON with the length of the bytes that follow it."""

from __future__ import annotations

import json
import struct
from asyncio import IncompleteReadError, StreamReader
from dataclasses import asdict, dataclass
from socket import socket
from typing import Literal

_LENGTHS = struct.Struct("!IQ")

Outcome = Literal["answer", "wrong", "unknown", "unacceptable", "limit", "failed"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold a query with its dataset, or with ``graph`` set a wish for a whole graph ("" for the default graph).

    ``forms`` names how rows and graphs are written, in this order; an empty one is not acceptable.
    """

    sparql: str = ""
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    graph: str | None = None
    forms: tuple[str, str] = ("json", "ttl")


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold what became of a question, how the body is written, and whether its worker is worn out."""

    outcome: Outcome
    form: str
    body: bytes
    worn: bool = False


def pack_asked(asked: Asked) -> bytes:
    """Write a question as bytes."""
    head = json.dumps(asdict(asked)).encode()
    return _LENGTHS.pack(len(head), 0) + head


def pack_reply(reply: Reply) -> bytes:
    """Write a reply as bytes."""
    head = json.dumps([reply.outcome, reply.form, reply.worn]).encode()
    return _LENGTHS.pack(len(head), len(reply.body)) + head + reply.body


def receive_asked(connection: socket) -> Asked | None:
    """Wait for a question; None means that the server has gone."""
    lengths = _exactly(connection, _LENGTHS.size)
    if lengths is None:
        return None
    head = _exactly(connection, _LENGTHS.unpack(lengths)[0])
    if head is None:
        return None
    said = json.loads(head)
    return Asked(said["sparql"], tuple(said["default"]), tuple(said["named"]), said["graph"], tuple(said["forms"]))


async def receive_reply(stream: StreamReader) -> Reply | None:
    """Wait for a reply; None means that the worker has gone."""
    try:
        head, body = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
        outcome, form, worn = json.loads(await stream.readexactly(head))
        return Reply(outcome, form, await stream.readexactly(body), worn)
    except (IncompleteReadError, ConnectionError):
        return None


def _exactly(connection: socket, size: int) -> bytes | None:
    chunks = bytearray()
    while len(chunks) < size:
        chunk = connection.recv(size - len(chunks))
        if not chunk:
            return None
        chunks += chunk
    return bytes(chunks)
