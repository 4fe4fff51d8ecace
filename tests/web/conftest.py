"""Real servers on loopback for the tests of the endpoint."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from golden.knowledge import KNOWLEDGE
from jintu import rdf

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "outputs" / "sample" / "jinzhou-2023.ttl"


@dataclass(frozen=True)
class Served:
    """Hold a server that runs: its address, a client for it, and its process."""

    url: str
    client: httpx.Client
    process: subprocess.Popen[str]

    def ask(self, sparql: str, accept: str = "*/*", **parameters: str) -> httpx.Response:
        return self.client.get("/sparql", params={"query": sparql, **parameters}, headers={"Accept": accept})

    def stop(self) -> str:
        """Tell the server to stop, and return what it wrote to stderr."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=20)[1]


Serve = Callable[..., Served]


@contextmanager
def serving(graph: Path, *options: str) -> Iterator[Served]:
    """Run ``jintu serve`` on a free port until the block ends; it must stop cleanly."""
    command = [sys.executable, "-c", "from jintu.cli import main; main()", "serve", str(graph), "--port", "0", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "graph")}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stdout
    url = process.stdout.readline().strip()
    if not url:
        pytest.fail(process.communicate(timeout=20)[1])
    try:
        with httpx.Client(base_url=url, timeout=40, trust_env=False) as client:
            served = Served(url.rstrip("/"), client, process)
            yield served
        if process.poll() is None:
            said = served.stop()
            assert process.returncode == 0, said
    finally:
        process.kill()  # where a test has failed


@pytest.fixture(scope="session")
def sample() -> Iterator[Served]:
    """Serve the sample, two workers, 500 rows at most."""
    with serving(SAMPLE, "--workers", "2", "--rows", "500") as served:
        yield served


@pytest.fixture(scope="session")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a graph in which each document is a named graph."""
    path = tmp_path_factory.mktemp("named") / "知识.trig"
    rdf.write(KNOWLEDGE, path)
    with serving(path, "--workers", "2") as served:
        yield served
