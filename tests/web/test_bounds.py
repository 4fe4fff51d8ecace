"""A query that passes a limit is stopped with one clear line, and holds up nobody else."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from web.conftest import SAMPLE, Served, serving

pytestmark = pytest.mark.clock

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"  # never ends
HOARD = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"  # keeps all rows before it gives the first
SIMPLE = "SELECT ?name { ?p a jt:Project ; rdfs:label ?name } LIMIT 1"


@pytest.fixture(scope="module")
def tight() -> Iterator[Served]:
    with serving(SAMPLE, "--timeout", "2", "--memory", "64", "--rows", "10", "--workers", "2") as served:
        yield served


def workers(served: Served) -> list[int]:
    """Return the numbers of a server's workers: the children of its only child."""
    (keeper,) = _children(served.process.pid)
    return _children(keeper)


def ask_by_itself(served: Served, sparql: str) -> httpx.Response:
    """Ask on a connection of its own."""
    return httpx.get(f"{served.url}/sparql", params={"query": sparql}, timeout=40, trust_env=False)


def _children(process: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def test_time_is_bounded(tight: Served) -> None:
    start = time.monotonic()
    answer = tight.ask(CROSS)
    assert (answer.status_code, answer.text.count("\n")) == (503, 1)
    assert "not answered within 2 s" in answer.text
    assert 1.9 < time.monotonic() - start < 4


def test_memory_is_bounded(tight: Served) -> None:
    answer = tight.ask(HOARD)
    assert (answer.status_code, answer.text.count("\n")) == (503, 1)
    assert "needs more than 64 MB" in answer.text


def test_a_query_nested_too_deeply_ends_its_worker_alone(tight: Served) -> None:
    deep = f"ASK {'{' * 50_000} ?s ?p ?o {'}' * 50_000}"
    answer = tight.client.post("/sparql", content=deep, headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code in (400, 500, 503)
    assert tight.ask(SIMPLE).status_code == 200


@pytest.mark.parametrize("accept", ["application/json", "text/csv", "application/sparql-results+xml"])
def test_rows_are_bounded_exactly_in_every_form(accept: str, tight: Served) -> None:
    assert tight.ask("SELECT * { ?s ?p ?o } LIMIT 10", accept).status_code == 200
    answer = tight.ask("SELECT * { ?s ?p ?o } LIMIT 11", accept)
    assert (answer.status_code, answer.text) == (503, "the answer has more than 10 rows; add a LIMIT or ask for less\n")


def test_rows_of_nothing_and_of_braces_count_as_rows(tight: Served) -> None:
    brace = "SELECT * { VALUES ?x { " + '"}},{" ' * 10 + "} }"
    assert tight.ask(brace).status_code == 200
    assert tight.ask(brace.replace("{ VALUES", "{ VALUES ?y { 1 2 } VALUES")).status_code == 503
    empty = "SELECT ?none { VALUES ?x { " + "1 " * 11 + "} }"
    assert tight.ask(empty).status_code == 503


def test_triples_are_bounded_too(tight: Served) -> None:
    every = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT %d"
    assert tight.ask(every % 10).status_code == 200
    assert tight.ask(every % 11).status_code == 503


def test_a_huge_answer_without_a_limit_is_never_cut(tight: Served) -> None:
    answer = tight.ask("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert answer.status_code == 503
    assert "more than 10 rows" in answer.text


def test_a_worker_that_is_killed_is_replaced(tight: Served) -> None:
    killed = workers(tight)
    for worker in killed:
        os.kill(worker, 9)
    time.sleep(0.3)
    assert [tight.ask(SIMPLE).status_code for _ in range(6)] == [200] * 6
    assert not set(killed) & set(workers(tight))


def test_the_graph_is_loaded_again_when_its_keeper_is_killed(tight: Served) -> None:
    (keeper,) = _children(tight.process.pid)
    os.kill(keeper, 9)
    tight.ask(CROSS)  # its worker must be replaced
    assert [tight.ask(SIMPLE).status_code for _ in range(4)][-1] == 200


def test_a_simple_query_is_answered_beside_ten_that_never_end() -> None:
    with serving(SAMPLE, "--timeout", "6", "--workers", "2") as served:
        with ThreadPoolExecutor(12) as threads:
            heavy = [threads.submit(ask_by_itself, served, CROSS) for _ in range(10)]
            taken = []
            for _ in range(8):
                start = time.monotonic()
                assert served.ask(SIMPLE).status_code == 200
                taken.append(time.monotonic() - start)
                time.sleep(0.2)
            assert not all(asked.done() for asked in heavy)
            statuses = [asked.result().status_code for asked in heavy]
        assert max(taken) < 2
        assert set(statuses) == {503}
        assert len(workers(served)) <= 4


def test_an_asker_who_leaves_frees_the_worker() -> None:
    with serving(SAMPLE, "--workers", "1") as served:
        for _ in range(6):
            with pytest.raises(httpx.ReadTimeout):
                httpx.get(f"{served.url}/sparql", params={"query": CROSS}, timeout=0.7, trust_env=False)
        deadline = time.monotonic() + 5
        while len(workers(served)) > 1 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(workers(served)) == 1
        assert served.ask(SIMPLE).status_code == 200


def test_more_than_may_wait_are_told_to_come_again() -> None:
    with serving(SAMPLE, "--workers", "1", "--timeout", "0.6") as served:
        with ThreadPoolExecutor(60) as threads:
            asked = [threads.submit(ask_by_itself, served, CROSS) for _ in range(60)]
            answers = [future.result() for future in asked]
        assert {answer.status_code for answer in answers} == {503}
        again = [answer for answer in answers if "Retry-After" in answer.headers]
        assert again
        assert all("ask again later" in answer.text for answer in again)
        assert served.ask(SIMPLE).status_code == 200
