"""Questions are answered; nothing in them changes the store or reaches the network."""

from __future__ import annotations

import json

import pytest
import rdflib
from pyoxigraph import Quad, Store

from golden.knowledge import KNOWLEDGE
from jintu.errors import QueryError
from jintu.rdf import query, rdflib_graph, to_quads, to_rdf

PROJECTS = "SELECT ?name { ?p a jt:Project ; rdfs:label ?name } ORDER BY ?name"


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.extend(Quad(*triple) for triple in to_rdf(KNOWLEDGE))
    return store


def test_a_select_has_columns_and_rows(store: Store) -> None:
    answer = query(store, PROJECTS)
    assert answer.columns == ("name",)
    assert answer.table() == (("绕阳河生态治理项目",), ("锦凌水库扩建工程",), ("锦州新机场项目",))
    assert answer.text("csv").splitlines() == ["name", "绕阳河生态治理项目", "锦凌水库扩建工程", "锦州新机场项目"]
    assert answer.text("tsv").splitlines()[1] == '"绕阳河生态治理项目"@zh'
    assert len(json.loads(answer.text("json"))["results"]["bindings"]) == 3
    assert "<binding" in answer.text("xml")


def test_an_unbound_cell_is_empty(store: Store) -> None:
    answer = query(store, "SELECT ?name ?code { ?p rdfs:label ?name OPTIONAL { ?p jt:divisionCode ?code } }")
    assert ("碧水行动", "") in answer.table()
    assert None in [row[1] for row in answer.rows]


def test_an_ask_is_true_or_false(store: Store) -> None:
    assert query(store, "ASK { ?x a jt:Honour }").truth
    assert query(store, "ASK { ?x a jt:Person }").text("table") == "false"
    assert query(store, "ASK { ?x a jt:Person }").text("csv") == "false"
    assert json.loads(query(store, "ASK { ?x a jt:Honour }").text("json"))["boolean"] is True


def test_a_graph_comes_as_turtle_sorted(store: Store) -> None:
    answer = query(store, "CONSTRUCT { ?p jt:locatedIn ?w } WHERE { ?p jt:locatedIn ?w }")
    assert answer.columns == ()
    assert len(answer.triples) == 3
    assert "<division/210726> jt:locatedIn <division/210700> ." in answer.text("ttl")
    assert answer.text("table") == answer.text("ttl")
    assert len(query(store, "DESCRIBE <division/210726>").triples) == 6


def test_a_form_that_an_answer_has_not_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="choose csv, tsv, json, xml"):
        query(store, PROJECTS).text("ttl")
    with pytest.raises(QueryError, match="choose ttl, nt"):
        query(store, "DESCRIBE <division/210726>").text("csv")


@pytest.mark.parametrize(
    "wrong", ["SELECT * { ?s", "", "锦州市", "SELECT ?x WHERE { ?x unknown:y ?z }", "SELECT * { ?s ?p \ud800 }"]
)
def test_a_wrong_query_is_named_in_one_line(wrong: str, store: Store) -> None:
    with pytest.raises(QueryError, match=r"^the query is wrong: .+") as caught:
        query(store, wrong)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "PREFIX x: <http://e/>\nDELETE WHERE { ?s ?p ?o }",
        "LOAD <http://example.org/x>",
        "# harmless\nCLEAR ALL",
        "drop all",
    ],
)
def test_updates_are_refused(update: str, store: Store) -> None:
    before = len(store)
    with pytest.raises(QueryError):
        query(store, update)
    assert len(store) == before


CALLS = (
    "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { service silent <%s> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<%s>{ ?s ?p ?o } }",
    "SELECT * { SERVICE # a comment\n <%s> { ?s ?p ?o } }",
    "SELECT * { VALUES ?g { <%s> } SERVICE ?g { ?s ?p ?o } }",
    "PREFIX x: <%s> SELECT * { SERVICE x:y { ?s ?p ?o } }",
    "PREFIX : <%s> SELECT * { SERVICE :y { ?s ?p ?o } }",
    "PREFIX 中: <%s> SELECT * { SERVICE中:y { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<%s>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o.SERVICE<%s>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p true.SERVICE<%s>{ ?s ?p ?o } }",
    "PREFIX x: <http://e/> SELECT * { ?s ?p x:a.b.SERVICE<%s>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 'x'SERVICE<%s>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?s<?o#>'''\n&& EXISTS { SERVICE <%s> {} } #'''\n) }",
    "SELECT * { ?s ?p '''#''' SERVICE <%s> { } }",
    "SELECT * { { SELECT * { SERVICE <%s> { } } } }",
    "SELECT * FROM <%s> { ?s ?p ?o }",
    "SELECT * FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <%s>",
    "LOAD <%s> INTO GRAPH <http://e/g>",
)


@pytest.mark.parametrize("call", CALLS)
def test_no_query_reaches_the_network(call: str, store: Store, listener: tuple[str, list[str]]) -> None:
    address, heard = listener
    with pytest.raises(QueryError):
        query(store, call % address)
    assert heard == []


@pytest.mark.parametrize(
    "harmless",
    [
        "SELECT ?service { ?service rdfs:label ?x }",
        "SELECT * { ?s <http://example.org/service> ?o }",
        "PREFIX x: <http://e/> SELECT * { ?s x:service ?o ; x:hasService ?y }",
        'SELECT * { ?s rdfs:label "service" }',
        "SELECT * { ?s a jt:Place } # service",
    ],
)
def test_the_word_alone_is_harmless(harmless: str, store: Store) -> None:
    query(store, harmless)


def test_named_graphs_are_joined_and_can_be_picked() -> None:
    store = Store()
    store.extend(to_quads(KNOWLEDGE))
    assert query(store, "SELECT DISTINCT ?name { ?p a jt:Project ; rdfs:label ?name }").table()
    county = "https://w3id.org/jintu/id/document/黑山县-2023"
    picked = query(store, f"SELECT ?name FROM <{county}> {{ ?p a jt:Project ; rdfs:label ?name }} ORDER BY ?name")
    assert picked.table() == (("绕阳河生态治理项目",), ("锦凌水库扩建工程",))


def test_a_literal_cannot_leave_its_quotes(store: Store) -> None:
    assert query(store, 'SELECT * { ?s rdfs:label "x\\" } SERVICE" }').table() == ()


def test_rdflib_sees_the_same_data(store: Store) -> None:
    graph = rdflib_graph(store)
    assert len(graph) == len(store)
    asked = graph.query(PROJECTS).serialize(format="csv") or b""
    assert asked.decode().split() == ["name", "绕阳河生态治理项目", "锦凌水库扩建工程", "锦州新机场项目"]
    jt = rdflib.Namespace("https://w3id.org/jintu/ontology#")
    assert (None, rdflib.RDF.type, jt.Honour) in graph


def test_rdflib_sees_a_dataset_as_its_joined_graphs() -> None:
    store = Store()
    store.extend(to_quads(KNOWLEDGE))
    store.extend(Quad(*triple) for triple in to_rdf(KNOWLEDGE))
    assert len(rdflib_graph(store)) == len(list(to_rdf(KNOWLEDGE)))
