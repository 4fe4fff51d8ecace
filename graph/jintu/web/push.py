"""Push the graphs of a file or store to a server, by the SPARQL 1.1 Graph Store HTTP Protocol (2013).

Each named graph is one PUT, which replaces the graph of that name alone; what is in no named graph is one POST, which
adds to the default graph, or one PUT of a graph that is named for it. Beside the source a file of JSON Lines keeps what
each server has acknowledged: a push that was stopped goes on behind it, and one that is repeated sends what is new.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import httpx

from jintu import rdf
from jintu.errors import GraphError, JintuError
from jintu.rdf.files import put

TRIES = 6
FIRST_WAIT = 0.5  # seconds, doubled after each try
LONGEST_WAIT = 60.0
SLOWEST = httpx.Timeout(600, connect=10)  # a server may index millions of triples before it answers
CHUNK = 2**20
_AGAIN = {429, 500, 502, 503, 504}
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Pushed:
    """Count what a push sent and what was there already."""

    graphs: int
    triples: int
    kept: int


@dataclass(frozen=True, slots=True)
class Load:
    """Hold a graph as it is sent: its name (None for the default graph), its N-Triples, their number and digest."""

    name: str | None
    body: IO[bytes]
    triples: int
    digest: str

    def __iter__(self) -> Iterator[bytes]:
        """Give the body from its start, however often it is sent."""
        self.body.seek(0)
        while chunk := self.body.read(CHUNK):
            yield chunk


def push(path: Path, url: str, *, graph: str | None = None, watch: Callable[[str], None] | None = None) -> Pushed:
    """Send all graphs of a file or store to a Graph Store; ``graph`` names what is in no named graph.

    Credentials come from the environment: JINTU_PUSH_USER and JINTU_PUSH_PASSWORD.

    Raises:
        JintuError: if the source cannot be read, or the server refuses or cannot be reached.
    """
    if graph is not None and not rdf.iri(graph):
        raise JintuError(f"--graph {graph}: is no IRI")
    acknowledged, sent, triples, kept = Acknowledged(_beside(path), url), 0, 0, 0
    with _client(url) as client:
        for load in _loads(path, graph):
            if acknowledged.has(load) and not _is_gone(client, url, load):
                kept += 1
                continue
            _send(client, url, load)
            acknowledged.add(load)
            sent, triples = sent + 1, triples + load.triples
            if watch:
                watch(load.name or "default graph")
    return Pushed(sent, triples, kept)


class Acknowledged:
    """Keep the digests of the graphs that a server has, in a file of JSON Lines of which the last line holds."""

    def __init__(self, path: Path, url: str) -> None:
        self.path, self.url = path, url
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        said = [json.loads(line) for line in lines if line.endswith("}")]  # a last line may be half written
        self.digests = {one["graph"]: one["digest"] for one in said if one["url"] == url}

    def has(self, load: Load) -> bool:
        """Tell whether the server has acknowledged a graph as it is."""
        return self.digests.get(load.name) == load.digest

    def add(self, load: Load) -> None:
        """Note that the server has a graph."""
        line = json.dumps({"url": self.url, "graph": load.name, "digest": load.digest}, ensure_ascii=False)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


class Challenged(httpx.Auth):
    """Answer to the way of proving oneself that the server asks for: Digest, else Basic."""

    def __init__(self, user: str, password: str) -> None:
        self.digest, self.basic = httpx.DigestAuth(user, password), httpx.BasicAuth(user, password)
        self.chosen: httpx.DigestAuth | httpx.BasicAuth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send a request, and again with credentials where the server wants them."""
        request.headers.encoding = "utf-8"  # for names of users
        if self.chosen is not None:
            yield from self.chosen.auth_flow(request)
            return
        response = yield request
        if response.status_code != 401:
            return
        self.chosen = self.digest if "digest" in response.headers.get("www-authenticate", "").lower() else self.basic
        answering = self.chosen.auth_flow(request)
        again = next(answering)
        yield answering.send(response) if self.chosen is self.digest else again


def _loads(path: Path, graph: str | None) -> Iterator[Load]:
    """Write each graph to a file: its length must be known, since Virtuoso takes a chunked body for an empty one."""
    for name, triples in rdf.graphs(path):
        with TemporaryFile() as body:
            put(triples, body, format="nt")
            body.seek(0)
            count, digests = 0, 0
            for line in body:
                count, digests = count + 1, digests + int.from_bytes(sha256(line).digest())
            if count:
                yield Load(name or graph, body, count, f"{digests % 2**256:064x}")  # whatever the order of the triples


def _send(client: httpx.Client, url: str, load: Load) -> None:
    size = load.body.seek(0, os.SEEK_END)
    headers = {"Content-Type": "application/n-triples", "Content-Length": str(size)}
    verb = "PUT" if load.name else "POST"
    response = _tried(lambda: client.request(verb, url, params=_target(load), content=load, headers=headers))
    if not response.is_success:
        where = f"<{load.name}>" if load.name else "the default graph"
        raise JintuError(f"{url}: {where} was not taken: {_why(response)}")


def _tried(request: Callable[[], httpx.Response]) -> httpx.Response:
    """Send a request until the server answers other than that it cannot now."""
    for wait in (*(FIRST_WAIT * 2**tried for tried in range(TRIES - 1)), None):
        try:
            response = request()
        except httpx.TransportError as error:
            if wait is None:
                line = f"the server cannot be reached ({error}); what it has taken is noted, push again later"
                raise JintuError(line) from None
        else:
            if wait is None or response.status_code not in _AGAIN:
                return response
            asked = response.headers.get("retry-after", "")
            wait = min(float(asked), LONGEST_WAIT) if asked.isdecimal() else wait  # noqa: PLW2901  # the server knows better
        time.sleep(wait)
    raise AssertionError("the last try returns or raises")


def _is_gone(client: httpx.Client, url: str, load: Load) -> bool:
    """Tell whether the server says that it has lost a graph; some cannot say, and are believed to have kept it."""
    return _tried(lambda: client.head(url, params=_target(load))).status_code == 404


def _target(load: Load) -> dict[str, str]:
    return {"graph": load.name} if load.name else {"default": ""}


def _why(response: httpx.Response) -> str:
    hints = {
        401: "set JINTU_PUSH_USER and JINTU_PUSH_PASSWORD to who may write there",
        404: "no Graph Store is there; look up its address, such as /store or /sparql-graph-crud-auth",
        405: "it cannot be written to",
    }
    said = " ".join(_TAG.sub(" ", response.text).split())
    if response.is_redirect:
        return f"it is elsewhere, at {response.headers.get('location')}; push there"
    if "default" in said:
        said += "; name a graph for what is in none with --graph IRI"
    return f"{response.status_code}, {hints.get(response.status_code) or said[:300] or response.reason_phrase}"


def _client(url: str) -> httpx.Client:
    if not url.startswith(("http://", "https://")):
        raise JintuError(f"{url}: is no address of a server; write http:// or https:// and the rest")
    user, password = os.environ.get("JINTU_PUSH_USER"), os.environ.get("JINTU_PUSH_PASSWORD", "")
    return httpx.Client(auth=Challenged(user, password) if user else None, timeout=SLOWEST)


def _beside(path: Path) -> Path:
    """Return the file that keeps what servers have acknowledged of a source."""
    if not path.exists():
        raise GraphError(f"{path}: no such file")
    return path.absolute().with_name(f"{path.absolute().name}.pushed.jsonl")
