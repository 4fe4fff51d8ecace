"""Start the process that keeps the graph, and have it fork workers."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import jintu
from jintu.errors import GraphError
from jintu.web import keeper as keeping
from jintu.web.bounds import Bounds
from jintu.web.keeper import NUMBER, REQUEST

LARGEST_READ = 2**22  # bytes of an answer that are taken in at once


@dataclass(eq=False, slots=True)
class Worker:
    """Hold a worker's process number and the connection to it."""

    number: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def kill(self) -> None:
        """End the worker; its keeper has not buried it yet, so that the number is still its own."""
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)
        self.writer.close()


@dataclass(eq=False)
class Breeder:
    """Fork workers from a process that has loaded the graph, and bury them; start that process again if it dies."""

    path: Path
    bounds: Bounds
    keeper: subprocess.Popen[bytes]
    control: socket.socket
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @staticmethod
    async def start(path: Path, bounds: Bounds) -> Breeder:
        """Load the graph in a process of its own.

        Raises:
            GraphError: if the graph cannot be read.
        """
        return Breeder(path, bounds, *await _keeper(path, bounds))

    async def fork(self) -> Worker:
        """Make a worker."""
        ours, theirs = socket.socketpair()
        with theirs:
            while (number := await self._asked(b"F", 0, theirs.fileno())) is None:
                async with self.turn:
                    self.control.close()
                    self.keeper, self.control = await _keeper(self.path, self.bounds)
        reader, writer = await asyncio.open_unix_connection(sock=ours, limit=LARGEST_READ)
        return Worker(number, reader, writer)

    async def bury(self, worker: Worker) -> int:
        """Wait for the end of a worker and return its exit status, negative for a signal."""
        status = await self._asked(b"R", worker.number)
        return -signal.SIGKILL if status is None else status

    async def stop(self) -> None:
        """End the keeper, which ends all its workers."""
        self.control.close()
        await asyncio.to_thread(self.keeper.wait)

    async def _asked(self, verb: bytes, number: int, *connections: int) -> int | None:
        """Ask the keeper for something; None means that it has gone."""
        async with self.turn:
            try:
                socket.send_fds(self.control, [REQUEST.pack(verb, number)], connections)
                answer = await asyncio.get_running_loop().sock_recv(self.control, NUMBER.size)
            except OSError:
                return None
        return int(NUMBER.unpack(answer)[0]) if answer else None


async def _keeper(path: Path, bounds: Bounds) -> tuple[subprocess.Popen[bytes], socket.socket]:
    ours, theirs = socket.socketpair()
    search = os.pathsep.join(filter(None, (str(Path(jintu.__file__).parents[1]), os.environ.get("PYTHONPATH"))))
    with theirs:
        keeper = subprocess.Popen(
            [sys.executable, "-m", keeping.__name__, str(theirs.fileno()), str(path), json.dumps(asdict(bounds))],
            pass_fds=[theirs.fileno()],
            env={**os.environ, "PYTHONPATH": search},
        )
    ours.setblocking(False)
    try:
        said = await asyncio.get_running_loop().sock_recv(ours, 2**16)
    except OSError:
        said = b""
    if said != keeping.READY:
        keeper.wait()
        raise GraphError(said.decode() or f"{path}: cannot be loaded; there may be too little memory")
    return keeper, ours
