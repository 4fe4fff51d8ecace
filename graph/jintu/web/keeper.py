"""Load a graph once and fork a worker for each connection that comes; started as a process of its own.

A process that has loaded a graph, has one thread and does nothing else can be forked at any time, in milliseconds
and without copying the graph. The server itself has an event loop and connections, which no worker may inherit.
Requests on the control socket: ``F`` with a connection forks a worker and is answered with its number, ``R`` with
such a number waits for that worker's end and is answered with its exit status.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from socket import AF_UNIX, recv_fds, socket, socketpair

from jintu import rdf
from jintu.errors import GraphError, JintuError
from jintu.web.bounds import Bounds
from jintu.web.worker import work

NUMBER = struct.Struct("!i")
REQUEST = struct.Struct("!ci")
READY = b"ready"
Opening = Callable[[], rdf.Snapshot]


def main() -> None:
    """Load the graph, say that it is there, and fork workers until the server goes."""
    control, path = socket(AF_UNIX, fileno=int(sys.argv[1])), Path(sys.argv[2])
    bounds = Bounds(**json.loads(sys.argv[3]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C reaches the whole group; the server says when to stop
    try:
        opening, sealed = _opening(path)
    except JintuError as error:
        control.sendall(str(error).encode("utf-8", "replace"))
        return
    control.sendall(READY)
    children = set[int]()
    while True:
        request, connections, _, _ = recv_fds(control, REQUEST.size, 1)
        if len(request) < REQUEST.size:
            break
        verb, number = REQUEST.unpack(request)
        if verb == b"F":
            number = _fork(control, connections[0], opening, bounds, sealed=sealed)
            children.add(number)
            control.sendall(NUMBER.pack(number))
        else:
            control.sendall(NUMBER.pack(_bury(number) if number in children else 0))
            children.discard(number)
    for child in children:
        os.kill(child, signal.SIGKILL)
        _bury(child)


def _opening(path: Path) -> tuple[Opening, bool]:
    """Load files now, so that none is needed any more. Of a store hold a generation: its engine has threads, which a
    fork would leave behind.
    """
    kept = rdf.opened(path)
    if isinstance(kept, rdf.FolderStore):
        opening = partial(kept.opened, kept.hold())
        _try(opening)
        return opening, False
    snapshot = kept.snapshot()
    return lambda: snapshot, True


def _try(opening: Opening) -> None:
    """Open a store in a process of its own, to hear whether that goes."""
    ours, theirs = socketpair()
    with ours, theirs:
        if child := os.fork():
            theirs.close()
            said = ours.recv(2**16).decode()
            if _bury(child):
                raise GraphError(said or "the store cannot be opened; there may be too little memory")
            return
        status = 1
        try:
            opening()
            status = 0
        except JintuError as error:
            theirs.sendall(str(error).encode("utf-8", "replace"))
        finally:
            os._exit(status)


def _bury(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _fork(control: socket, connection: int, opening: Opening, bounds: Bounds, *, sealed: bool) -> int:
    number = os.fork()
    if number:
        os.close(connection)
        return number
    try:
        control.close()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # where the engine says that it runs out of memory
        work(socket(AF_UNIX, fileno=connection), opening(), bounds, sealed=sealed)
    except (BrokenPipeError, ConnectionResetError):
        pass  # the server has gone
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
