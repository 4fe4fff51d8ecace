"""Answer questions in a process of its own, which can be stopped at any time and cannot open a file or a connection."""

from __future__ import annotations

import os
import resource
import signal
from dataclasses import replace
from pathlib import Path
from socket import socket

from jintu import rdf
from jintu.errors import JintuError, LimitError, QueryError
from jintu.web.bounds import MEBIBYTE, Bounds
from jintu.web.frames import Asked, Reply, pack_reply, receive_asked

MORE_SECONDS = 5  # of processor time: the server stops a query before; this holds when the server is gone


def work(connection: socket, snapshot: rdf.Snapshot, bounds: Bounds, *, sealed: bool) -> None:
    """Answer one question after the other until the server goes; ``sealed`` where no file is needed any more."""
    for caught in (signal.SIGINT, signal.SIGTERM):
        signal.signal(caught, signal.SIG_IGN)  # the server says when to stop
    statistics = _statistics()
    born, allowed = _address_space(statistics), bounds.memory * MEBIBYTE
    _limit(born + allowed, sealed=sealed)
    while asked := receive_asked(connection):
        used = sum(os.times()[:2])
        resource.setrlimit(resource.RLIMIT_CPU, (int(used + bounds.seconds) + MORE_SECONDS, resource.RLIM_INFINITY))
        reply = answer(snapshot, asked, bounds)
        worn = _address_space(statistics) > born + allowed // 4
        connection.sendall(pack_reply(replace(reply, worn=worn)))
        if worn:
            return


def answer(snapshot: rdf.Snapshot, asked: Asked, bounds: Bounds) -> Reply:
    """Answer one question, or say why not.

    >>> answer(rdf.Snapshot(rdf.Store()), Asked("ASK { ?place a jt:Place }", forms=("csv", "")), Bounds()).body
    b'false'
    """
    try:
        return _whole_graph(snapshot, asked) if asked.graph is not None else _answered(snapshot, asked, bounds)
    except LimitError as error:
        return _said("limit", error)
    except QueryError as error:
        return _said("wrong", error)
    except JintuError as error:
        return _said("failed", error)
    except MemoryError:
        return Reply("limit", "", f"the answer needs more than {bounds.memory} MB; ask for less".encode())


def _answered(snapshot: rdf.Snapshot, asked: Asked, bounds: Bounds) -> Reply:
    dataset = rdf.Dataset(asked.default, asked.named) if asked.default or asked.named else None
    made = rdf.query(snapshot.store, asked.sparql, dataset=dataset, rows=bounds.rows)
    form = asked.forms[made.form == "graph"]
    if not form:
        return Reply("unacceptable", "graph" if made.form == "graph" else "rows", b"")
    as_it_is = form == ("nt" if made.form == "graph" else "json")
    return Reply("answer", form, made.body if as_it_is else made.text(form).encode())


def _whole_graph(snapshot: rdf.Snapshot, asked: Asked) -> Reply:
    name = asked.graph or None
    if name is not None and name not in snapshot.names:
        return Reply("unknown", "", f"<{name}>: no such graph".encode())
    return Reply("answer", asked.forms[1], rdf.written(snapshot.triples(name), format=asked.forms[1]))


def _said(outcome: str, error: JintuError) -> Reply:
    return Reply(outcome, "", str(error).encode("utf-8", "replace"))  # type: ignore[arg-type]  # the callers name outcomes


def _limit(memory: int, *, sealed: bool) -> None:
    """Set what the system enforces; past its memory the engine aborts, and the server sees that."""
    if memory > 0:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sealed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _statistics() -> int:
    """Open this process's statistics, which Linux alone keeps in a file, and offer it first if memory runs out."""
    if not Path("/proc/self/statm").exists():
        return -1
    Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")
    return os.open("/proc/self/statm", os.O_RDONLY)


def _address_space(statistics: int) -> int:
    """Return how many bytes of addresses this process has; less than any limit where nobody counts them."""
    return int(os.pread(statistics, 64, 0).split()[0]) * resource.getpagesize() if statistics >= 0 else -(2**62)
