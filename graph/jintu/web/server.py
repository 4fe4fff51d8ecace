"""Run an endpoint until it is told to stop."""

from __future__ import annotations

import asyncio
import ipaddress
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import uvicorn

from jintu.errors import JintuError
from jintu.ontology import Ontology, load
from jintu.web.app import application
from jintu.web.bounds import Bounds
from jintu.web.browsing import base_of
from jintu.web.pool import Pool

LOCAL = ("localhost",)
MOST_CONNECTIONS = 1000
LAST_SECONDS = 3  # for answers that are under way when the server is told to stop


def serve(
    path: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    bounds: Bounds | None = None,
    names: tuple[str, ...] = (),
    cors: str | None = None,
    ontology: Path | None = None,
    told: Callable[[str], None] = print,
) -> None:
    """Answer SPARQL over HTTP for a graph file or store, until SIGINT or SIGTERM; ``told`` gets the address.

    Raises:
        JintuError: if the graph cannot be read or the address cannot be taken.
    """
    with closing(_listening(host, port)) as listening:
        ours = frozenset(name.lower() for name in (*LOCAL, *names, host, socket.gethostname()))
        asyncio.run(_run(path, listening, bounds or Bounds(), load(ontology), ours, cors, told))


async def _run(
    path: Path,
    listening: socket.socket,
    bounds: Bounds,
    data: Ontology,
    names: frozenset[str],
    cors: str | None,
    told: Callable[[str], None],
) -> None:
    pool = await Pool.open(path, bounds)
    try:
        server = _Server(
            uvicorn.Config(
                application(pool, data=data, base=await base_of(pool), names=names, cors=cors),
                log_level="warning",
                lifespan="off",
                server_header=False,
                proxy_headers=False,
                limit_concurrency=MOST_CONNECTIONS,
                timeout_graceful_shutdown=LAST_SECONDS,
            )
        )
        told(address(listening))
        await server.serve(sockets=[listening])
    finally:
        await pool.close()


def address(listening: socket.socket) -> str:
    """Return the URL at which a socket is reached."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if listening.family == socket.AF_INET6 else f"http://{host}:{port}/"


def is_open(host: str) -> bool:
    """Tell whether others than this machine reach an address.

    >>> is_open("127.0.0.1"), is_open("0.0.0.0")
    (False, True)
    """
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


class _Server(uvicorn.Server):
    """Stop on a signal without raising it again, so that workers are ended and the exit status is 0."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for caught in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(caught, self.handle_exit, caught, None)
        yield


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise JintuError(f"--host {host}: is no address of this machine ({error.strerror}); try 127.0.0.1") from None
    # named as TCP, so that the event loop turns Nagle's delay off: without, an answer takes 40 ms
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(where)
        listening.listen(2048)
    except OSError as error:
        listening.close()
        raise JintuError(
            f"{host}:{port}: cannot be taken ({error.strerror}); try another --port, or 0 for any"
        ) from None
    return listening
