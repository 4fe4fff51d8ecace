"""Real servers to push to, on loopback, where they are installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
MaxCheckpointRemap = 2000
Striping = 0
[Parameters]
ServerPort = 127.0.0.1:{other_port}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 6
[SPARQL]
ResultSetMaxRows = 100000
"""


@dataclass(frozen=True)
class Bigger:
    """Hold a server's addresses: of its graphs, and of its SPARQL endpoint."""

    graphs: str
    sparql: str

    def counts(self) -> dict[str, int]:
        """Return how many triples each named graph of ours has."""
        ours = "GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), 'https://w3id'))"
        named = f"SELECT ?g (COUNT(*) AS ?n) {{ {ours} }} GROUP BY ?g"
        answer = httpx.post(self.sparql, data={"query": named}, headers={"Accept": "text/csv"}, trust_env=False)
        rows = [line.replace('"', "").split(",") for line in answer.raise_for_status().text.split()[1:]]
        return {graph: int(count) for graph, count in rows}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph() -> Iterator[Bigger]:
    program = shutil.which("oxigraph", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if program is None:
        pytest.skip("no oxigraph on this machine: pip install oxigraph")
    port = free_port()
    with _running([program, "serve", "--bind", f"127.0.0.1:{port}"], f"http://127.0.0.1:{port}/query?query=ASK%7B%7D"):
        yield Bigger(f"http://127.0.0.1:{port}/store", f"http://127.0.0.1:{port}/query")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Bigger]:
    """Run Virtuoso with a fresh database, whose only user is ``dba`` with the password ``dba``."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("no Virtuoso on this machine: apt-get install virtuoso-opensource")
    port = free_port()
    settings = VIRTUOSO.format(folder=folder, port=port, other_port=free_port())
    (folder / "virtuoso.ini").write_text(settings, encoding="ascii")
    url = f"http://127.0.0.1:{port}"
    with _running([program, "-f", "-c", str(folder / "virtuoso.ini")], f"{url}/sparql?query=ASK%7B%7D"):
        yield Bigger(f"{url}/sparql-graph-crud-auth", f"{url}/sparql")


@contextmanager
def _running(command: Sequence[str], ready: str) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 90
        while not _answers(ready):
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"{command[0]} did not start")
            time.sleep(0.2)
        yield
    finally:
        process.kill()
        process.wait(timeout=20)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2, trust_env=False).is_success
    except httpx.TransportError:
        return False
