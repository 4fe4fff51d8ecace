"""Graphs in other vocabularies: what is a thing, what it is called, what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from jintu import graphs, rdf
from jintu.html import page
from jintu.rdf.others import MOST_NAMELESS, from_triples
from jintu.resources import ResourceGraph
from knowledge_samples import jinzhou
from test_html import said

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
PREFIXES = """@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <http://example.org/> .
"""


def read(turtle: str, folder: Path) -> ResourceGraph:
    path = folder / "人物.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return from_triples(rdf.triples(path), source=path.name)


@pytest.mark.parametrize(
    ("turtle", "label"),
    [
        ('ex:a rdfs:label "Lake"@en , "青湖"@zh-Hans , "Lac"@fr .', "青湖"),
        ('ex:a foaf:name "Alice" .', "Alice"),
        ('ex:a schema:name "甲" ; skos:prefLabel "乙" ; skos:altLabel "丙"@zh .', "乙"),
        ('ex:a dcterms:title "Lac"@fr , "Lago"@it .', "Lac"),
        ('ex:a skos:altLabel "别名" .', "别名"),
        ('ex:a rdfs:label "  " .', "a"),
        ("<http://example.org/%E9%9D%92%E6%B9%96> ex:near ex:b .", "青湖"),
        ("<mailto:alice@example.org> ex:near ex:b .", "alice@example.org"),
    ],
)
def test_a_thing_is_called_by_its_best_name(tmp_path: Path, turtle: str, label: str) -> None:
    assert read(turtle, tmp_path).resources[0].label == label


def test_the_other_names_are_aliases(tmp_path: Path) -> None:
    thing = read('ex:a rdfs:label "Lake"@en , "青湖"@zh ; skos:altLabel "青海子"@zh .', tmp_path).resources[0]
    assert (thing.label, thing.aliases) == ("青湖", ("Lake", "青海子"))


def test_classes_are_kinds_and_no_things_unless_more_is_said_of_them(tmp_path: Path) -> None:
    plain = read("ex:a a owl:NamedIndividual , ex:Lake ; ex:near ex:b .", tmp_path)
    assert [(thing.label, thing.kind) for thing in plain.resources] == [("a", "http://example.org/Lake"), ("b", "")]
    told = read('ex:a a ex:Lake . ex:Lake rdfs:subClassOf ex:Water ; rdfs:label "湖泊"@zh .', tmp_path)
    assert [thing.label for thing in told.resources] == ["a", "湖泊", "Water"]
    assert told.classes == (("http://example.org/Lake", "湖泊"),)


def test_two_predicates_with_the_same_tail_are_told_apart(tmp_path: Path) -> None:
    names = dict(read('ex:a foaf:name "甲" ; schema:name "乙" ; ex:age 3 .', tmp_path).predicates)
    assert names == {
        "http://xmlns.com/foaf/0.1/name": "name (xmlns.com)",
        "https://schema.org/name": "name (schema.org)",
        "http://example.org/age": "age",
    }


def test_things_without_an_iri_are_bounded_and_those_left_out_are_counted() -> None:
    knows = NamedNode("http://example.org/knows")
    count = MOST_NAMELESS + 5
    graph = from_triples([Triple(BlankNode(), knows, Literal(str(n))) for n in range(count)], source="x.ttl")
    assert (len(graph.resources), len(graph.ties), graph.left_out) == (MOST_NAMELESS, MOST_NAMELESS, 5)
    assert "另有 5 个没有标识的节点" in said(page(graph))["note"]


def test_the_page_is_the_same_each_time_though_things_have_no_iri(tmp_path: Path) -> None:
    turtle = 'ex:a foaf:knows [ foaf:name "乙" ; foaf:knows [ foaf:name "丙" ] ] , [ foaf:name "丁" ] .'
    assert page(read(turtle, tmp_path)) == page(read(turtle, tmp_path))


def test_common_kinds_wear_colours_of_ours_that_the_graph_leaves_free(tmp_path: Path) -> None:
    turtle = "ex:a a foaf:Person . ex:b a ex:Lake . ex:c a ex:Lake . ex:d a ex:River . ex:e a ex:constructor ."
    words = said(page(read(turtle, tmp_path)))["words"]
    assert words["worn"] == {"Lake": "Place", "River": "Institution", "constructor": "Project"}


def test_a_graph_of_ours_is_shown_as_ours_and_a_mixed_one_too(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    rdf.write(jinzhou(), path)
    with path.open("a", encoding="utf-8") as file:
        file.write('<http://example.org/a> <http://example.org/b> "丙" .\n')
    made = said(graphs.explore(path, tmp_path / "page.html").read_text("utf-8"))
    assert len(made["entities"]) == len(jinzhou().entities)


iris = st.sampled_from([NamedNode(f"http://example.org/{name}") for name in "abc"] + [BlankNode("x"), BlankNode("y")])
predicates = st.sampled_from([TYPE, NamedNode("http://example.org/p")])


@given(st.lists(st.builds(Triple, iris, predicates, iris | st.builds(Literal, st.text(max_size=5)))))
def test_every_triple_between_things_is_a_tie_and_no_thing_is_met_twice(triples: list[Triple]) -> None:
    graph = from_triples(triples, source="x.nt")
    assert len({thing.iri for thing in graph.resources}) == len(graph.resources)
    types = {
        triple for triple in triples if "type" in triple.predicate.value and not isinstance(triple.object, Literal)
    }
    assert len(graph.ties) == len(set(triples) - types)
