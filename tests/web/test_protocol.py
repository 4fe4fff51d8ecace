"""Each way of asking that the SPARQL 1.1 Protocol names works, and each wrong one has its status and a clear line."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest

from web.conftest import Served

ASK = "ASK { ?place a jt:Place }"
CHINESE = 'SELECT ?place { ?place rdfs:label "锦州市"@zh }'
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


def test_a_question_comes_by_get_form_and_direct_post(sample: Served) -> None:
    by_get = sample.ask(CHINESE)
    by_form = sample.client.post("/sparql", data={"query": CHINESE})
    direct = sample.client.post("/sparql", content=CHINESE.encode(), headers=DIRECT)
    for answer in (by_get, by_form, direct):
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/sparql-results+json"
        assert answer.json()["results"]["bindings"] == [
            {"place": {"type": "uri", "value": "https://w3id.org/jintu/id/division/210700"}}
        ]


def test_a_charset_may_be_named_where_it_is_utf_8(sample: Served) -> None:
    headers = {"Content-Type": 'application/sparql-query; charset="UTF-8"'}
    assert sample.client.post("/sparql", content=CHINESE.encode(), headers=headers).status_code == 200


def test_parameters_that_are_not_known_are_passed_over(sample: Served) -> None:
    assert sample.ask(ASK, format="json", results="json").json()["boolean"] is True


WRONG: tuple[tuple[str, str, dict[str, str], bytes, int, str], ...] = (
    ("GET", "/sparql?query=SELECT%20*%20%7B", {}, b"", 400, "the query is wrong"),
    ("GET", "/sparql?query=", {}, b"", 400, "the query is wrong"),
    ("GET", "/sparql?default-graph-uri=x:y", {}, b"", 400, "one query is wanted, and here are 0"),
    ("GET", f"/sparql?query={quote(ASK)}&query={quote(ASK)}", {}, b"", 400, "one query is wanted, and here are 2"),
    ("GET", "/sparql?query=ASK%7B%zz%7D", {}, b"", 400, '"%zz", which is no percent-encoding'),
    ("GET", "/sparql?query=ASK%7B%BD%F5%D6%DD%7D", {}, b"", 400, "not percent-encoded UTF-8"),
    ("GET", "/sparql?update=CLEAR%20ALL", {}, b"", 403, "read-only"),
    ("GET", "/sparql?query=CLEAR%20ALL", {}, b"", 400, "CLEAR is an update"),
    ("GET", f"/sparql?query={quote(ASK)}", {"Accept": "image/png"}, b"", 406, "application/sparql-results+json, "),
    ("GET", f"/sparql?query={quote(ASK)}", {"Accept": "text/turtle"}, b"", 406, "application/sparql-results+json, "),
    ("GET", f"/sparql?query={quote('DESCRIBE jt:Place')}", {"Accept": "text/csv"}, b"", 406, "choose text/turtle, "),
    ("GET", f"/sparql?query={quote(ASK)}", {"Accept": "*/*;q=0"}, b"", 406, "choose "),
    ("GET", "/sparql?query=" + "a" * 17_000, {}, b"", 414, "send the query by POST"),
    ("PUT", "/sparql", {}, b"", 405, "PUT is not allowed"),
    ("DELETE", "/sparql", {}, b"", 405, "GET, HEAD, OPTIONS, POST"),
    ("POST", "/sparql", {"Content-Type": "text/plain"}, ASK.encode(), 415, "the body is text/plain"),
    ("POST", "/sparql", {}, ASK.encode(), 415, "the body is of no type"),
    ("POST", "/sparql", {**DIRECT, "Content-Encoding": "gzip"}, b"x", 415, "compressed"),
    ("POST", "/sparql", {"Content-Type": "application/sparql-query; charset=gbk"}, b"x", 415, "plain UTF-8"),
    ("POST", "/sparql", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 403, "read-only"),
    ("POST", "/sparql", FORM, b"update=CLEAR%20ALL", 403, "read-only"),
    ("POST", "/sparql", FORM, b"query=%BD%F5", 400, "the form is not percent-encoded UTF-8"),
    ("POST", "/sparql", FORM, "query=锦州".encode("gbk"), 400, "the form is not in UTF-8"),
    ("POST", "/sparql", FORM, b"quary=ASK%7B%7D", 400, "here are 0"),
    ("POST", "/sparql", FORM, b"&".join([b"a=b"] * 2000), 400, "too many parameters"),
    ("POST", "/sparql", DIRECT, "ASK { ?锦州".encode("gbk"), 400, "the query is not in UTF-8"),
    ("POST", "/sparql", DIRECT, b"#" * 1_000_001, 413, "larger than 1000000 bytes"),
    ("POST", "/sparql", FORM, b"query=" + b"+" * 1_000_000, 413, "larger than 1000000 bytes"),
    ("GET", "/nothing", {}, b"", 404, "the endpoint is at /sparql"),
    ("POST", "/store?default", DIRECT, b"", 405, "GET, HEAD, OPTIONS are"),
    ("PUT", "/store?default", {"Content-Type": "text/turtle"}, b"", 405, "read-only"),
    ("DELETE", "/store?default", {}, b"", 405, "read-only"),
    ("PATCH", "/store?default", {}, b"", 405, "read-only"),
    ("GET", "/store", {}, b"", 400, "name one graph"),
    ("GET", "/store?default&graph=x:y", {}, b"", 400, "name one graph"),
    ("GET", "/store?graph=", {}, b"", 400, "graph is empty"),
    ("GET", "/store?graph=x:nothing", {}, b"", 404, "<x:nothing>: no such graph"),
    ("GET", "/store?graph=not%20an%20IRI", {}, b"", 404, "no such graph"),
    ("GET", "/store?default", {"Accept": "text/csv"}, b"", 406, "choose text/turtle, "),
)


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status", "line"), WRONG, ids=[f"{w[0]}{w[1][:30]}-{w[4]}" for w in WRONG]
)
def test_what_is_wrong_has_its_status_and_one_clear_line(  # a column each
    method: str, path: str, headers: dict[str, str], body: bytes, status: int, line: str, sample: Served
) -> None:
    answer = sample.client.request(method, path, headers=headers, content=body)
    assert answer.status_code == status
    assert line in answer.text
    assert answer.text.count("\n") == 1
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_the_allowed_methods_are_named(sample: Served) -> None:
    for path, allowed in (("/sparql", "GET, HEAD, OPTIONS, POST"), ("/store", "GET, HEAD, OPTIONS")):
        options = sample.client.options(path)
        assert (options.status_code, options.headers["allow"], options.content) == (204, allowed, b"")
        assert sample.client.patch(path).headers["allow"] == allowed


def test_head_has_the_headers_of_get_and_no_body(sample: Served) -> None:
    for path in (f"/sparql?query={quote(ASK)}", "/sparql", "/store?default"):
        get, head = sample.client.get(path), sample.client.head(path)
        assert head.status_code == 200
        assert head.content == b""
        assert head.headers["content-length"] == str(len(get.content))
        assert head.headers["content-type"] == get.headers["content-type"]


def test_a_body_of_unknown_length_is_bounded_too(sample: Served) -> None:
    answer = sample.client.post("/sparql", content=(b"#" * 10_000 for _ in range(200)), headers=DIRECT)
    assert answer.status_code == 413


def test_the_largest_body_is_still_taken(sample: Served) -> None:
    query = ASK + "\n#" + "锦" * 333_000
    assert sample.client.post("/sparql", content=query.encode(), headers=DIRECT).status_code == 200


def test_the_dataset_is_named_by_the_protocol(named: Served) -> None:
    county, city = (f"https://w3id.org/jintu/id/document/{name}" for name in ("黑山县-2023", "锦州市-2023"))
    names = "SELECT ?name { ?p a jt:Project ; rdfs:label ?name } ORDER BY ?name"
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"

    def column(sparql: str, **dataset: str | list[str]) -> list[str]:
        url = f"/sparql?{urlencode({'query': sparql, **dataset}, doseq=True)}"
        found = json.loads(named.client.get(url).raise_for_status().content)
        return [next(iter(row.values()))["value"] for row in found["results"]["bindings"]]

    assert column(names, **{"default-graph-uri": county}) == ["绕阳河生态治理项目", "锦凌水库扩建工程"]
    assert column(names, **{"named-graph-uri": county}) == []
    assert column(graphs, **{"default-graph-uri": county}) == []
    assert column(graphs, **{"named-graph-uri": [county, city]}) == [county, city]
    assert column(names, **{"default-graph-uri": [county, city]}) == column(names)
    assert column(f"SELECT ?name FROM <{city}> {{ ?p a jt:Project ; rdfs:label ?name }}") != column(names)
    posted = named.client.post("/sparql", data={"query": names, "default-graph-uri": county})
    assert len(posted.json()["results"]["bindings"]) == 2
    direct = named.client.post("/sparql", params={"default-graph-uri": county}, content=names.encode(), headers=DIRECT)
    assert direct.content == posted.content


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("iri", ["http://127.0.0.1:9/graph.ttl", "file:///etc/passwd", "no IRI", ""])
def test_a_graph_that_is_not_there_is_refused(name: str, iri: str, named: Served) -> None:
    answer = named.ask("ASK { ?s ?p ?o }", **{name: iri})
    assert (answer.status_code, "no such graph" in answer.text) == (400, True)


def test_the_service_describes_itself(sample: Served) -> None:
    for accept, first in (
        ("text/turtle", b"@base"),
        ("application/n-triples", b"<http"),
        ("application/ld+json", b"{"),
    ):
        described = sample.client.get("/sparql", headers={"Accept": accept})
        assert described.status_code == 200
        assert described.content.startswith(first)
        assert b"sparql-service-description#SPARQL11Query" in described.content
        assert f"{sample.url}/sparql".encode() in described.content


def test_a_whole_graph_is_read_by_its_name(named: Served) -> None:
    county = "https://w3id.org/jintu/id/document/黑山县-2023"
    one = named.client.get("/store", params={"graph": county}, headers={"Accept": "application/n-triples"})
    every = named.client.get("/store?default", headers={"Accept": "application/n-triples"})
    assert one.status_code == every.status_code == 200
    assert set(one.text.splitlines()) < set(every.text.splitlines())
    assert named.client.get("/store?default").headers["content-type"] == "text/turtle; charset=utf-8"
