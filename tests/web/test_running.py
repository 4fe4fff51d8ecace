"""A server starts, says where it is, and stops without leaving anything behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from golden.knowledge import KNOWLEDGE
from jintu import rdf
from web.conftest import ROOT, SAMPLE, serving
from web.test_bounds import CROSS, workers

pytestmark = pytest.mark.clock

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "graph")}
JINTU = (sys.executable, "-c", "from jintu.cli import main; main()", "serve")


def refused(*arguments: str) -> str:
    ran = subprocess.run([*JINTU, *arguments], capture_output=True, text=True, env=ENVIRONMENT, timeout=30, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.count("\n") == 1
    return ran.stderr


def test_a_port_that_is_taken_is_named() -> None:
    with serving(SAMPLE, "--workers", "1") as served:
        port = served.url.rpartition(":")[2]
        assert f"127.0.0.1:{port}: cannot be taken" in refused(str(SAMPLE), "--port", port)


def test_what_is_no_graph_is_named(tmp_path: Path) -> None:
    assert "no such file" in refused(str(tmp_path / "nothing.ttl"))
    (tmp_path / "broken.ttl").write_text("<a:b> <a:b", encoding="utf-8")
    assert "broken.ttl: no Turtle" in refused(str(tmp_path / "broken.ttl"), "--port", "0")


def test_a_folder_of_quads_is_served_as_their_file_is(tmp_path: Path) -> None:
    parts = tmp_path / "知识.parts"
    parts.mkdir()
    for number, (name, triples) in enumerate(rdf.to_graphs(KNOWLEDGE)):
        quads = (rdf.Quad(*triple, name) for triple in triples)  # type: ignore[call-arg]  # a triple is three terms
        rdf.save(quads, parts / f"{number}.nq", format="nq")
    with serving(parts, "--workers", "1") as served:
        asked = "SELECT ?d { GRAPH ?d { ?d a jt:Document } } ORDER BY ?d"
        rows = served.ask(asked, "text/csv").text.split()[1:]
        assert rows == [rdf.Mint().document(document.id).value for document in KNOWLEDGE.documents]


def test_an_address_that_is_not_ours_is_named() -> None:
    assert "--host no.such.host.invalid" in refused(str(SAMPLE), "--host", "no.such.host.invalid")


def test_an_open_address_says_what_that_means() -> None:
    with serving(SAMPLE, "--workers", "1", "--host", "0.0.0.0") as served:
        assert served.client.get(f"http://127.0.0.1:{served.url.rpartition(':')[2]}/sparql").status_code == 200
        assert "everybody who reaches this address can read the whole graph" in served.stop()
    with serving(SAMPLE, "--workers", "1") as served:
        assert served.stop() == ""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_all_processes_even_while_a_query_runs(how: signal.Signals) -> None:
    with serving(SAMPLE, "--workers", "2") as served:
        children = workers(served)
        asking = subprocess.Popen(
            [sys.executable, "-c", f"import httpx; httpx.get('{served.url}/sparql', params={{'query': '{CROSS}'}})"],
            stderr=subprocess.DEVNULL,
        )
        time.sleep(1.2)
        started = time.monotonic()
        served.process.send_signal(how)
        said = served.process.communicate(timeout=20)[1]
        assert served.process.returncode == 0, said
        assert time.monotonic() - started < 6
        asking.wait(timeout=10)
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_workers_end_when_the_server_is_killed() -> None:
    with serving(SAMPLE, "--workers", "2") as served:
        children = workers(served)
        assert len(children) == 2
        served.process.kill()
        served.process.wait(timeout=10)
        deadline = time.monotonic() + 5
        while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < deadline:
            time.sleep(0.05)
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_a_folder_store_is_served_as_it_was_when_the_server_started(tmp_path: Path) -> None:
    store = rdf.FolderStore(tmp_path / "store")
    first, second = (NamedNode(f"https://w3id.org/jintu/id/document/{name}") for name in "甲乙")
    triples = list(rdf.triples(SAMPLE))
    store.replace([(first, triples)])
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    with serving(store.folder, "--workers", "2") as served:
        store.replace([(second, triples)])
        store.replace([(first, triples[:10])])
        for worker in workers(served):
            os.kill(worker, 9)
        served.client.get("/sparql", params={"query": graphs})
        for _ in range(6):
            found = served.ask(graphs, "text/csv")
        assert found.text.split() == ["g", first.value]
        assert served.client.get("/store", params={"graph": first.value}).status_code == 200
        assert served.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").text.split()[1] == str(len(triples))
    with serving(store.folder, "--workers", "1") as served:
        assert len(served.ask(graphs, "text/csv").text.split()) == 3


def test_a_folder_store_that_is_broken_is_named(tmp_path: Path) -> None:
    store = rdf.FolderStore(tmp_path / "store")
    store.replace([(NamedNode("a:b"), list(rdf.triples(SAMPLE)))])
    for path in (tmp_path / "store").rglob("CURRENT"):
        path.write_text("nothing", encoding="ascii")
    assert "cannot be opened" in refused(str(store.folder), "--port", "0")
    assert "is no store" in refused(str(tmp_path), "--port", "0")
