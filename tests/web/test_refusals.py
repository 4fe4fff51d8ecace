"""Nothing that is asked reaches the network or changes the graph, and no foreign name is answered."""

from __future__ import annotations

import pytest

from web.conftest import SAMPLE, Served, serving

FETCHES = (
    "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { sErViCe sIlEnT <%s> { ?s ?p ?o } }",
    "SELECT * { SERVICE # a comment\n <%s> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { SERVIC\\u0045 SILENT <%s> { ?s ?p ?o } }",
    "PREFIX far: <%s> SELECT * { SERVICE far:x { ?s ?p ?o } }",
    "SELECT * { VALUES ?far { <%s> } SERVICE ?far { ?s ?p ?o } }",
    "SELECT * { { SELECT * { OPTIONAL { SERVICE <%s> { } } } } }",
    "ASK { FILTER EXISTS { SERVICE <%s> { } } }",
    "SELECT * FROM <%s> { ?s ?p ?o }",
    "SELECT * from # a comment\n named <%s> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM<%s>{ ?s ?p ?o }",
    "PREFIX far: <%s> SELECT * FROM far:x { ?s ?p ?o }",
    "BASE <%s> SELECT * FROM <x> { ?s ?p ?o }",
    "DESCRIBE ?s FROM <%s> { ?s ?p ?o }",
    "LOAD <%s>",
    "LOAD SILENT <%s> INTO GRAPH <http://e/g>",
    "INSERT DATA { <%s> <a:b> <a:b> }",
    "# harmless\nPREFIX x: <%s> CLEAR ALL",
    "DELETE WHERE { ?s ?p <%s> }",
)


@pytest.mark.parametrize("fetch", FETCHES)
def test_what_would_fetch_or_change_is_refused_before_it_runs(
    fetch: str, sample: Served, listener: tuple[str, list[str]]
) -> None:
    address, heard = listener
    query = fetch % address
    before = sample.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").content
    posted = sample.client.post("/sparql", content=query.encode(), headers={"Content-Type": "application/sparql-query"})
    for answer in (sample.ask(query), sample.client.post("/sparql", data={"query": query}), posted):
        assert (answer.status_code, answer.text.count("\n")) == (400, 1)
    for name in ("default-graph-uri", "named-graph-uri", "using-graph-uri"):
        sample.ask("ASK { ?s ?p ?o }", **{name: address})
    assert sample.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").content == before
    assert heard == []


def test_words_that_only_look_like_a_call_are_answered(sample: Served) -> None:
    assert sample.ask('SELECT (STRLEN("FROM <x> LOAD") AS ?service) { } # SERVICE').status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "[::1"])
def test_a_foreign_name_is_not_answered(host: str, sample: Served) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/store?default", "/"):
        answer = sample.client.get(path, headers={"Host": host})
        assert (answer.status_code, answer.text.count("\n")) in ((421, 1), (400, 0))
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000"])
def test_our_own_names_are(host: str, sample: Served) -> None:
    assert sample.client.get("/sparql?query=ASK%7B%7D", headers={"Host": host}).status_code == 200


def test_other_origins_read_nothing_unless_they_are_named(sample: Served) -> None:
    origin = {"Origin": "https://example.org"}
    answer = sample.client.get("/sparql?query=ASK%7B%7D", headers=origin)
    assert not [name for name in answer.headers if name.startswith("access-control")]
    preflight = sample.client.options("/sparql", headers={**origin, "Access-Control-Request-Method": "POST"})
    assert not [name for name in preflight.headers if name.startswith("access-control")]


def test_a_named_origin_reads_answers_and_a_named_server_is_known() -> None:
    with serving(SAMPLE, "--workers", "1", "--cors", "https://example.org", "--name", "Graphs.Example") as served:
        ask = "/sparql?query=ASK%7B%7D"
        asked = {"Origin": "https://example.org", "Host": "graphs.example"}
        assert served.client.get(ask, headers=asked).headers["access-control-allow-origin"] == "https://example.org"
        other = served.client.get(ask, headers={"Origin": "https://other.example"})
        assert other.headers.get("access-control-allow-origin") != "https://other.example"
        wish = {**asked, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        preflight = served.client.options("/sparql", headers=wish)
        assert preflight.status_code == 200
        assert "POST" in preflight.headers["access-control-allow-methods"]


def test_every_answer_tells_browsers_to_take_no_liberties(sample: Served) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/sparql?query=", "/nothing", "/store?default"):
        headers = sample.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers
