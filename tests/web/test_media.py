"""An answer comes in the form that is liked best."""

from __future__ import annotations

import json

import pytest

from jintu.web.media import GRAPHS, ROWS, choose
from web.conftest import Served

ROW_FORMS = (
    ("", "application/sparql-results+json"),
    ("*/*", "application/sparql-results+json"),
    ("application/json", "application/sparql-results+json"),
    ("text/csv", "text/csv; charset=utf-8"),
    ("text/*", "text/csv; charset=utf-8"),
    ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    ("TEXT/CSV", "text/csv; charset=utf-8"),
    ("application/sparql-results+xml", "application/sparql-results+xml"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/sparql-results+xml"),
    ("application/sparql-results+json;q=0.2, text/csv;q=0.8", "text/csv; charset=utf-8"),
    ("text/csv;q=0.5,*/*;q=0.1", "text/csv; charset=utf-8"),
    ("application/sparql-results+json;q=0,*/*", "application/sparql-results+json"),
    ("text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8"),
    ("nonsense, text/csv", "text/csv; charset=utf-8"),
)
GRAPH_FORMS = (
    ("", "text/turtle; charset=utf-8"),
    ("application/n-triples", "application/n-triples"),
    ("application/ld+json", "application/ld+json"),
    ("application/rdf+xml", "application/rdf+xml"),
    ("application/rdf+xml;q=0.3, application/ld+json;q=0.31", "application/ld+json"),
    ("text/csv, text/turtle;q=0.01", "text/turtle; charset=utf-8"),
)


@pytest.mark.parametrize(("accept", "given"), ROW_FORMS)
def test_rows_come_as_they_are_accepted(accept: str, given: str, sample: Served) -> None:
    answer = sample.ask("SELECT ?name { ?p a jt:Project ; rdfs:label ?name } LIMIT 2", accept)
    assert answer.status_code == 200
    assert answer.headers["vary"] == "Accept"
    if not accept.startswith("application/sparql-results+json;q=0,"):
        assert answer.headers["content-type"] == given


@pytest.mark.parametrize(("accept", "given"), GRAPH_FORMS)
def test_graphs_come_as_they_are_accepted(accept: str, given: str, sample: Served) -> None:
    answer = sample.ask("DESCRIBE <division/210700>", accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, given)


def test_each_form_says_the_same(sample: Served) -> None:
    query = 'SELECT ?a ?b { VALUES (?a ?b) { ("锦\\t州\\n市" 1) ("</script>&amp;" UNDEF) } }'
    rows = sample.ask(query).json()["results"]["bindings"]
    assert [row["a"]["value"] for row in rows] == ["锦\t州\n市", "</script>&amp;"]
    assert sample.ask(query, "text/csv").text == 'a,b\r\n"锦\t州\n市",1\r\n</script>&amp;,\r\n'
    assert sample.ask(query, "text/tab-separated-values").text == ('?a\t?b\n"锦\\t州\\n市"\t1\n"</script>&amp;"\t\n')
    assert "&lt;/script&gt;&amp;amp;" in sample.ask(query, "application/sparql-results+xml").text


def test_json_ld_is_json(sample: Served) -> None:
    said = sample.ask("DESCRIBE <division/210700>", "application/ld+json").content
    assert "锦州市" in json.dumps(json.loads(said), ensure_ascii=False)


def test_zero_quality_refuses_one_form_alone() -> None:
    assert choose("application/sparql-results+json;q=0, */*;q=0.5", ROWS) == "application/sparql-results+xml"
    assert choose("text/turtle;q=0, text/*", GRAPHS) == "text/plain"
