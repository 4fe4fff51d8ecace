"""A graph is pushed to real servers graph by graph; what they have is not sent again."""

from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from pyoxigraph import NamedNode

from golden.knowledge import KNOWLEDGE
from jintu import rdf
from jintu.errors import JintuError
from jintu.web import push as pushing
from jintu.web.push import Pushed, push
from web.bigger import Bigger, oxigraph, virtuoso
from web.conftest import ROOT, SAMPLE


@pytest.fixture
def named(tmp_path: Path) -> Path:
    rdf.write(KNOWLEDGE, tmp_path / "知识.trig")
    return tmp_path / "知识.trig"


def sizes(path: Path) -> dict[str, int]:
    return {name or "": len(set(triples)) for name, triples in rdf.graphs(path)}


@pytest.fixture(scope="module")
def small() -> Iterator[Bigger]:
    with oxigraph() as server:
        yield server


def test_oxigraph_has_every_graph_once(small: Bigger, named: Path) -> None:
    pushed = push(named, small.graphs)
    wanted = {name: size for name, size in sizes(named).items() if name and size}
    assert small.counts() == wanted
    assert pushed == Pushed(len(wanted), sum(wanted.values()), 0)
    assert push(named, small.graphs) == Pushed(0, 0, len(wanted))


def test_what_has_changed_is_sent_again_and_replaces_what_was_there(small: Bigger, named: Path) -> None:
    push(named, small.graphs)
    store = rdf.FileStore(named)
    county = NamedNode(next(name for name, _ in rdf.graphs(named) if name and "黑山县" in name))
    store.replace([(county, list(store.snapshot().triples(county.value))[:3])])
    assert push(named, small.graphs).graphs == 1
    assert small.counts()[county.value] == 3


def test_a_server_that_lost_its_graphs_gets_them_again(named: Path) -> None:
    with oxigraph() as first:
        all_graphs = push(named, first.graphs).graphs
    noted = named.with_name(named.name + ".pushed.jsonl")
    with oxigraph() as second:
        noted.write_text(noted.read_text(encoding="utf-8").replace(first.graphs, second.graphs), encoding="utf-8")
        assert push(named, second.graphs) == Pushed(all_graphs, sum(second.counts().values()), 0)


def test_a_graph_without_names_goes_to_the_default_graph_or_to_a_named_one(small: Bigger, tmp_path: Path) -> None:
    path = tmp_path / "one.ttl"
    path.write_bytes(SAMPLE.read_bytes())
    every = len(list(rdf.triples(path)))
    assert push(path, small.graphs) == Pushed(1, every, 0)
    assert push(path, small.graphs, graph="https://w3id.org/jintu/id/one") == Pushed(1, every, 0)
    assert small.counts()["https://w3id.org/jintu/id/one"] == every


def test_a_folder_store_is_pushed(small: Bigger, tmp_path: Path) -> None:
    store = rdf.FolderStore(tmp_path / "store")
    name = "https://w3id.org/jintu/id/document/folder"
    triples = list(rdf.triples(SAMPLE))
    store.replace([(NamedNode(name), triples)])
    assert push(store.folder, small.graphs) == Pushed(1, len(triples), 0)
    assert small.counts()[name] == len(triples)
    assert (tmp_path / "store.pushed.jsonl").exists()


def test_virtuoso_has_every_graph_once(named: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "virtuoso"
    folder.mkdir()
    with virtuoso(folder) as server:
        with pytest.raises(JintuError, match="401, set JINTU_PUSH_USER and JINTU_PUSH_PASSWORD"):
            push(named, server.graphs)
        monkeypatch.setenv("JINTU_PUSH_USER", "dba")
        monkeypatch.setenv("JINTU_PUSH_PASSWORD", "dba")
        wanted = {name: size for name, size in sizes(named).items() if name and size}
        assert push(named, server.graphs) == Pushed(len(wanted), sum(wanted.values()), 0)
        assert server.counts() == wanted
        assert push(named, server.graphs) == Pushed(0, 0, len(wanted))
        monkeypatch.setattr(pushing, "TRIES", 1)
        (tmp_path / "one.ttl").write_bytes(SAMPLE.read_bytes())
        with pytest.raises(JintuError, match="name a graph for what is in none with --graph IRI"):
            push(tmp_path / "one.ttl", server.graphs)
        every = len(list(rdf.triples(SAMPLE)))
        assert push(tmp_path / "one.ttl", server.graphs, graph="https://w3id.org/jintu/id/one").triples == every
        assert server.counts()["https://w3id.org/jintu/id/one"] == every


@dataclass
class Moody:
    """Hold a server that answers with the statuses it is told, and what it was sent."""

    url: str
    answers: list[tuple[int, dict[str, str]]]
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def moody(*answers: tuple[int, dict[str, str]]) -> Iterator[Moody]:
    told = Moody("", list(answers))

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self) -> None:  # the name that the library calls
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told.asked.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            status, headers = told.answers.pop(0) if told.answers else (204, {})
            if status == 0:  # hang up
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        do_POST = do_HEAD = do_PUT  # noqa: N815  # the same

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    told.url = f"http://127.0.0.1:{server.server_port}/store"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushing, "FIRST_WAIT", 0.01)


def test_a_server_that_cannot_now_is_asked_again(named: Path) -> None:
    with moody((503, {"Retry-After": "0"}), (0, {}), (500, {}), (502, {})) as server:
        pushed = push(named, server.url)
        graphs = Counter(parse_qs(urlsplit(path).query)["graph"][0] for _, path, _, _ in server.asked)
    assert pushed.graphs == len(graphs)
    assert sorted(graphs.values())[-1] == 5
    bodies = {body for _, _, _, body in server.asked[:5]}
    assert len(bodies) == 1  # sent whole each time
    assert all(headers["content-length"] == str(len(body)) for _, _, headers, body in server.asked)


def test_a_server_that_never_can_is_given_up_with_one_line(named: Path) -> None:
    with moody(*[(503, {})] * 20) as server:
        with pytest.raises(JintuError, match="was not taken: 503"):
            push(named, server.url)
        assert len(server.asked) == pushing.TRIES


@pytest.mark.parametrize(
    ("status", "headers", "line"),
    [
        (404, {}, "no Graph Store is there"),
        (405, {}, "cannot be written to"),
        (403, {}, "403, Forbidden"),
        (
            307,
            {"Location": "http://127.0.0.1:9/elsewhere"},
            "it is elsewhere, at http://127.0.0.1:9/elsewhere; push there",
        ),
    ],
)
def test_what_asking_again_does_not_help_is_said_at_once(
    status: int, headers: dict[str, str], line: str, named: Path
) -> None:
    with moody((status, headers)) as server:
        with pytest.raises(JintuError, match=line) as caught:
            push(named, server.url)
        assert "\n" not in str(caught.value)
        assert len(server.asked) == 1


def test_a_push_that_was_stopped_goes_on_where_it_stood(named: Path) -> None:
    with moody((204, {}), (403, {})) as server:
        with pytest.raises(JintuError):
            push(named, server.url)
        server.asked.clear()
        pushed = push(named, server.url)
        verbs = Counter(verb for verb, *_ in server.asked)
    assert pushed.kept == 1
    assert verbs["HEAD"] == 1
    assert verbs["PUT"] == pushed.graphs


def test_a_note_that_was_half_written_is_passed_over(named: Path) -> None:
    noted = named.with_name(named.name + ".pushed.jsonl")
    with moody() as server:
        push(named, server.url)
        noted.write_bytes(noted.read_bytes()[:-20])
        assert push(named, server.url).graphs == 1


def test_credentials_are_given_as_the_server_asks(named: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JINTU_PUSH_USER", "锦")
    monkeypatch.setenv("JINTU_PUSH_PASSWORD", "a:b")
    with moody((401, {"WWW-Authenticate": 'Basic realm="x"'})) as server:
        push(named, server.url)
    assert "authorization" not in server.asked[0][2]
    basic = f"Basic {b64encode('锦:a:b'.encode()).decode()}"
    assert {headers["authorization"] for _, _, headers, _ in server.asked[1:]} == {basic}
    named.with_name(named.name + ".pushed.jsonl").unlink()
    challenge = 'Digest realm="x", nonce="abc", qop="auth", algorithm=MD5'
    with moody((401, {"WWW-Authenticate": challenge})) as server:
        push(named, server.url)
    assert all(headers["authorization"].startswith("Digest ") for _, _, headers, _ in server.asked[1:])


def test_the_body_says_the_graph(named: Path) -> None:
    with moody() as server:
        push(named, server.url)
    for _, path, headers, body in server.asked:
        name = unquote(urlsplit(path).query.removeprefix("graph="))
        assert headers["content-type"] == "application/n-triples"
        said = {line for line in body.decode().splitlines() if line}
        assert said == {f"{triple} ." for triple in rdf.opened(named).snapshot().triples(name)}


def test_the_verb_says_what_it_did_or_one_line(named: Path) -> None:
    command = [sys.executable, "-c", "from jintu.cli import main; main()", "push"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "graph")}

    def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *arguments], capture_output=True, text=True, env=environment, timeout=60, check=False
        )

    with moody() as server:
        done = ran(str(named), server.url)
        assert (done.returncode, done.stderr) == (0, "")
        assert "graphs with" in done.stdout
    for arguments, line in (
        ((str(named), "ftp://x"), "is no address of a server"),
        ((str(named.with_name("none.ttl")), "http://127.0.0.1:9/"), "no such file"),
        ((str(named), "http://127.0.0.1:9/", "--graph", "no iri"), "is no IRI"),
    ):
        wrong = ran(*arguments)
        assert (wrong.returncode, wrong.stdout, wrong.stderr.count("\n")) == (1, "", 1)
        assert line in wrong.stderr


def test_graphs_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("<a:b> <a:c> <a:d> .\n<a:b> <a:c> <a:d> <a:g> .\n<a:b> <a:c> <a:e> <a:g> .\n", encoding="utf-8")
    assert {name: len(list(triples)) for name, triples in rdf.graphs(path)} == {"a:g": 2, None: 1}
    with moody() as server:
        assert push(path, server.url) == Pushed(2, 3, 0)
    assert [(verb, urlsplit(path).query) for verb, path, *_ in server.asked] == [
        ("PUT", "graph=a%3Ag"),
        ("POST", "default="),
    ]
