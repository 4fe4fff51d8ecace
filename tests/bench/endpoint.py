"""Measure how many simple queries an endpoint answers, beside a bare Starlette answer in the same run.

    python tests/bench/endpoint.py [GRAPH] [--seconds 4]

Eight clients ask on loopback, with wrk where it is installed (apt-get install wrk), else with a client of our own. Of
each figure the median of five rounds is given. Nothing is kept between queries: each one goes to a worker.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx

ROOT = Path(__file__).parents[2]
CLIENTS, ROUNDS = 8, 5
SIMPLE = "SELECT ?project ?name { ?project a jt:Project ; rdfs:label ?name } LIMIT 5"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
BARE = """
import socket, uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
async def answer(request): return Response(b"x" * 600, media_type="application/sparql-results+json")
taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
taken.bind(("127.0.0.1", 0)); taken.listen(2048)
print(f"http://127.0.0.1:{taken.getsockname()[1]}/", flush=True)
app = Starlette(routes=[Route("/sparql", answer)])
uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off")).run([taken])
"""
SERVE = "from jintu.cli import main; main()"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", nargs="?", default=ROOT / "outputs" / "sample" / "jinzhou-2023.ttl", type=Path)
    parser.add_argument("--seconds", default=4, type=int)
    options = parser.parse_args()
    rate = wrk if shutil.which("wrk") else own
    with running(BARE) as bare, running(SERVE, "serve", str(options.graph), "--port", "0", "--timeout", "20") as served:
        answers, yardstick = [], []
        for _ in range(ROUNDS):
            yardstick.append(rate(f"{bare}sparql", options.seconds))
            answers.append(rate(f"{served}sparql?query={quote(SIMPLE)}", options.seconds))
        figures = {
            "simple queries a second": round(statistics.median(answers)),
            "bare answers a second": round(statistics.median(yardstick)),
            "ratio": round(statistics.median(answers) / statistics.median(yardstick), 2),
            "milliseconds of a simple query, alone": milliseconds(served),
            "the same beside ten that never end": beside_ten(served),
            "clients": CLIENTS,
            "with": rate.__name__,
        }
    print(json.dumps(figures, indent=2))


@contextmanager
def running(code: str, *arguments: str) -> Iterator[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "graph")}
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, env=environment, text=True
    )
    try:
        assert process.stdout
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(timeout=20)


def wrk(url: str, seconds: int) -> float:
    said = subprocess.run(
        ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}", url], capture_output=True, text=True, check=True
    )
    assert "Non-2xx" not in said.stdout, said.stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", said.stdout)
    assert found, said.stdout
    return float(found[1])


def own(url: str, seconds: int) -> float:
    """Ask with a client that knows no more of HTTP than it needs; it costs more of the processor than wrk."""
    return asyncio.run(_own(url, seconds))


async def _own(url: str, seconds: int) -> float:
    parts = urlsplit(url)
    request = f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    stop = time.monotonic() + seconds

    async def asking() -> int:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        count = 0
        while time.monotonic() < stop:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            await reader.readexactly(int(re.search(rb"content-length: (\d+)", head)[1]))  # type: ignore[index]  # every answer has one
            count += 1
        writer.close()
        return count

    return sum(await asyncio.gather(*(asking() for _ in range(CLIENTS)))) / seconds


def milliseconds(served: str) -> float:
    taken = []
    with httpx.Client(trust_env=False, timeout=30) as client:
        for _ in range(40):
            start = time.perf_counter()
            client.get(f"{served}sparql", params={"query": SIMPLE}).raise_for_status()
            taken.append(1000 * (time.perf_counter() - start))
            time.sleep(0.02)
    return round(statistics.median(taken), 1)


def beside_ten(served: str) -> float:
    with ThreadPoolExecutor(10) as threads:
        for _ in range(10):
            threads.submit(httpx.get, f"{served}sparql", params={"query": CROSS}, timeout=60, trust_env=False)
        time.sleep(1)
        return milliseconds(served)


if __name__ == "__main__":
    main()
