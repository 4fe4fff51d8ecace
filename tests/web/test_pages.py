"""Each resource has a page at the path of its IRI, and as RDF; nothing in a name becomes markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from jintu import rdf
from jintu.web.resources import OUT, WHOLE, facts_of, plain_of
from web.conftest import Served, serving
from web.hostile import NAME, knowledge

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("hostile") / "graph.ttl"
    rdf.write(knowledge(), path)
    with serving(path, "--workers", "1") as served:
        yield served


def test_an_entity_is_found_at_the_path_of_its_iri(sample: Served) -> None:
    page = sample.client.get("/id/division/210726", headers=HTML)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1><bdi>黑山县</bdi></h1>" in page.text
    assert "黑山绕阳河、北镇西沙河先后出现险情" in page.text  # the quote of the sample that it was read from
    assert "第 484–501 字" in page.text
    assert 'href="/id/document/jinzhou-2023"' in page.text
    assert 'href="/ontology#locatedIn"' in page.text


@pytest.mark.parametrize(
    ("accept", "media", "format"),
    [
        ("text/turtle", "text/turtle; charset=utf-8", RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", "application/rdf+xml", RdfFormat.RDF_XML),
        ("*/*", "text/turtle; charset=utf-8", RdfFormat.TURTLE),
    ],
)
def test_an_entity_comes_as_rdf_with_its_evidence(accept: str, media: str, format: RdfFormat, sample: Served) -> None:
    answer = sample.client.get("/id/division/210726", headers={"Accept": accept})
    assert (answer.headers["content-type"], answer.headers["vary"]) == (media, "Accept")
    said = {str(quad.triple) for quad in parse(answer.content, format=format)}
    assert any("210726" in one and "locatedIn" in one for one in said)
    assert any("黑山绕阳河、北镇西沙河先后出现险情" in one for one in said)


def test_a_browser_gets_a_page_and_a_program_a_graph(sample: Served) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for path in ("/id/division/210726", "/ontology"):
        assert sample.client.get(path, headers={"Accept": browser}).text.startswith("<!doctype html>")
        assert sample.client.get(path).text.startswith("@base")
    assert sample.client.get("/sparql", headers={"Accept": browser}).headers["location"] == "/"
    assert sample.client.get("/id/division/210726", headers={"Accept": "image/png"}).status_code == 406


def test_every_resource_of_the_graph_has_a_page(sample: Served) -> None:
    found = sample.ask("SELECT DISTINCT ?s { ?s ?p ?o } ORDER BY RAND() LIMIT 60").json()["results"]["bindings"]
    for row in found:
        page = sample.client.get("/resource", params={"iri": row["s"]["value"]}, headers=HTML)
        assert page.status_code == 200, row
        for link in re.findall(r'href="(/[^"]*)"', page.text)[:40:8]:
            assert sample.client.get(unescape(link), headers=HTML).status_code in (200, 404), link


def test_links_of_a_page_lead_to_pages(sample: Served) -> None:
    page = sample.client.get("/id/division/210700", headers=HTML).text
    links = sorted(set(re.findall(r'href="(/id/[^"]*)"', page)))
    assert len(links) > 50
    assert [link for link in links[::7] if sample.client.get(unescape(link), headers=HTML).status_code != 200] == []


def test_a_document_lists_what_was_read_from_it(sample: Served) -> None:
    page = sample.client.get("/id/document/jinzhou-2023", headers=HTML).text
    assert page.count("<blockquote>") > 100


def test_what_the_graph_does_not_know_is_not_there(sample: Served) -> None:
    for path in (
        "/id/division/999999",
        "/resource?iri=x:y",
        "/resource",
        "/resource?iri=%3E%20%3Fp%20%3Fo%20%7D%20%23",
    ):
        assert sample.client.get(path).status_code == 404
        assert "没有这个资源" in sample.client.get(path, headers=HTML).text


def test_the_vocabulary_is_at_its_path(sample: Served) -> None:
    page = sample.client.get("/ontology", headers=HTML).text
    assert '<dt id="Programme">jt:Programme</dt>' in page
    graph = sample.client.get("/ontology", headers={"Accept": "application/ld+json"})
    assert "https://w3id.org/jintu/ontology" in json.dumps(graph.json())


def test_questions_come_with_their_parameters_set(sample: Served) -> None:
    asked = sample.client.get("/questions/projects-by-investment", params={"min": "10亿元", "place": ""})
    assert asked.headers["content-type"] == "application/sparql-query"
    rows = sample.ask(asked.text).json()["results"]["bindings"]
    assert [row["project"]["value"] for row in rows] == ["锦州港智慧码头项目"]
    assert "write" in sample.client.get("/questions/projects-by-investment?min=x").text
    assert sample.client.get("/questions/none").status_code == 404


def test_every_shipped_question_is_known_and_runs(sample: Served) -> None:
    known = sample.client.get("/known.json").json()
    assert len(known["questions"]) >= 24
    assert {"jt:Project", "jt:locatedIn", "jt:planned"} <= {word["name"] for word in known["words"]}
    for question in known["questions"]:
        assert sample.ask(question["text"]).status_code == 200, question["name"]


def test_no_name_becomes_markup(hostile: Served) -> None:
    found = hostile.ask("SELECT DISTINCT ?s { ?s a ?kind }").json()["results"]["bindings"]
    assert any("img" in row["s"]["value"] for row in found)
    for row in found:
        page = hostile.client.get("/resource", params={"iri": row["s"]["value"]}, headers=HTML)
        assert page.status_code == 200, row
        assert "<img" not in page.text
        assert page.text.count("<script") == 0
        assert 'href="javascript:' not in page.text


def test_a_page_of_a_hostile_name_is_at_its_own_path(hostile: Served) -> None:
    (row,) = hostile.ask("SELECT ?s { ?s a jt:Project }").json()["results"]["bindings"]
    local = row["s"]["value"].removeprefix(rdf.BASE)
    as_linked, as_written = quote(local, safe="/"), quote(local, safe="/%")
    for path in (as_linked, as_written):
        page = hostile.client.get(f"/id/{path}", headers=HTML)
        assert page.status_code == 200
        assert NAME in unescape(page.text)


@pytest.mark.parametrize("path", ["/", "/ontology", "/id/division/210726", "/id/none"])
def test_pages_may_load_nothing_from_elsewhere(path: str, sample: Served) -> None:
    page = sample.client.get(path, headers=HTML)
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy.replace("style-src-attr 'unsafe-inline'", "")
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page.text)


def test_only_files_that_are_meant_to_be_seen_are_given(sample: Served) -> None:
    for path in (
        "/assets/../pages.py",
        "/assets/index.html",
        "/assets/vendor/README.md",
        "/assets/%2e%2e/app.py",
        "/assets/",
    ):
        assert sample.client.get(path).status_code == 404
    assert sample.client.get("/assets/vendor/vis-network.js").status_code == 200


def test_what_a_resource_is_called_is_said_before_all_that_is_said_of_it() -> None:
    thing, store = NamedNode("https://w3id.org/jintu/id/division/210700"), Store()
    store.bulk_extend(
        Quad(thing, NamedNode(f"https://example.org/{n}"), NamedNode("https://example.org/a")) for n in range(50)
    )
    store.add(Quad(thing, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal("锦州市", language="zh")))
    slots = {"iri": str(thing), "plain": plain_of(str(thing)), "facts": facts_of(str(thing)), "most": 3}
    for asked in (OUT, WHOLE):
        answer = rdf.query(store, asked % slots).text("nt" if asked is WHOLE else "csv")
        assert "锦州市" in answer
        assert 0 < answer.count("example.org/a") <= 3
