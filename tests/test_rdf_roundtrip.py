"""Knowledge that was said as RDF comes back as it was."""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, Quad

from golden.knowledge import KNOWLEDGE, LAKE
from jintu.errors import GraphError
from jintu.model import (
    Bound,
    Document,
    Entity,
    Evidence,
    Fact,
    Indicator,
    Kind,
    KnowledgeGraph,
    Link,
    Measure,
    Mention,
    Modality,
    Quantity,
    Relation,
    Section,
    Span,
    Status,
)
from jintu.rdf import FORMATS, Mint, canonical, check, from_rdf, load, query, read, to_graphs, to_quads, to_rdf, write
from jintu.rdf import terms as t
from jintu.rdf.reifiers import FORMATS as WITH_REIFIERS
from jintu.rdf.reifiers import REIFIES, plain, reified

NOT_OF_XML = {*map(chr, range(32)), *"\ufffe\uffff"} - {*"\t\n\r"}
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SCORES = st.floats(0, 1)
YEARS = st.none() | st.integers(1000, 3000)
SPANS = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda ends: Span(min(ends), max(ends)))
QUANTITIES = st.builds(
    Quantity,
    WORDS,
    WORDS,
    WORDS,
    st.decimals(-(10**15), 10**15, places=6),
    st.sampled_from(["CNY", "MU", "PERSON", "又一单位"]),
    st.sampled_from(Bound),
)
VALUES = QUANTITIES | st.builds(Status, WORDS) | st.builds(Indicator, WORDS, QUANTITIES, st.sampled_from(Measure))
ADDRESSES = st.sampled_from(["http://www.wikidata.org/entity/Q75268", "https://example.org/锦州?a=%20#b"])


def documents() -> st.SearchStrategy[Document]:
    sections = st.lists(
        st.builds(Section, SPANS, WORDS, st.sampled_from(Modality)), max_size=3, unique_by=lambda s: s.span
    )
    return st.builds(
        Document,
        WORDS.filter(bool),
        st.text("锦州新闻", min_size=9, max_size=9),
        WORDS,
        WORDS,
        WORDS,
        st.none() | WORDS,
        YEARS,
        WORDS,
        sections.map(tuple),
    )


def entities() -> st.SearchStrategy[Entity]:
    identifiers = st.tuples(st.sampled_from(Kind), WORDS).map(lambda pair: f"{pair[0].lower()}/{pair[1]}")
    names = st.lists(WORDS, max_size=3).map(tuple)
    same = st.lists(ADDRESSES, max_size=2).map(tuple)
    return st.builds(
        Entity, identifiers, st.sampled_from(Kind), WORDS, names, st.none() | identifiers, st.none() | WORDS, same
    )


@st.composite
def knowledge(draw: st.DrawFn) -> KnowledgeGraph:
    papers = draw(st.lists(documents(), max_size=3, unique_by=lambda document: document.id))
    things = draw(st.lists(entities(), min_size=1, max_size=5, unique_by=lambda entity: entity.id))
    ids = st.sampled_from([thing.id for thing in things])
    nowhere = st.builds(Evidence, st.just(""), st.just(Span(0, 0)), st.just(""), WORDS, SCORES)
    seen = st.one_of(nowhere, *(_seen(paper) for paper in papers))
    pieces = st.lists(seen, max_size=3).map(tuple)
    facts = st.builds(Fact, ids, st.sampled_from(Relation), ids | VALUES, st.sampled_from(Modality), YEARS, pieces)
    named = st.one_of(*(_mentions(paper) for paper in papers)) if papers else st.nothing()
    links = st.builds(Link, named, ids, SCORES, WORDS)
    place = lambda link: (link.mention.doc, link.mention.span, link.mention.kind)  # noqa: E731  # shorter than a function
    return KnowledgeGraph(
        tuple(papers),
        tuple(things),
        tuple(draw(st.lists(links, max_size=4, unique_by=place))) if papers else (),
        tuple(draw(st.lists(facts, max_size=5))),
    )


def _seen(paper: Document) -> st.SearchStrategy[Evidence]:
    return st.builds(
        lambda span, rule, score: Evidence(paper.id, span, span.of(paper.text), rule, score), SPANS, WORDS, SCORES
    )


def _mentions(paper: Document) -> st.SearchStrategy[Mention]:
    return st.builds(
        lambda span, kind, nested, score, rule: Mention(paper.id, span, span.of(paper.text), kind, nested, score, rule),
        SPANS,
        st.sampled_from(Kind),
        st.booleans(),
        SCORES,
        WORDS,
    )


@given(knowledge())
def test_what_was_said_is_read_back(known: KnowledgeGraph) -> None:
    assert from_rdf(to_rdf(known)) == canonical(known)


@given(knowledge())
def test_named_graphs_say_the_same_as_triples(known: KnowledgeGraph) -> None:
    assert from_rdf(to_quads(known), base="https://w3id.org/jintu/id/") == canonical(known)


@given(knowledge(), st.sampled_from(sorted(FORMATS)))
def test_every_format_gives_the_knowledge_back(tmp_path: Path, known: KnowledgeGraph, format: str) -> None:
    if known == KnowledgeGraph((), (), (), ()):
        return
    path = tmp_path / f"graph.{format}"
    literals = "".join(triple.object.value for triple in to_rdf(known) if isinstance(triple.object, Literal))
    if format == "rdf" and not NOT_OF_XML.isdisjoint(literals):
        with pytest.raises(GraphError, match="RDF/XML cannot hold"):
            write(known, path)
        return
    write(known, path)
    assert read(path) == canonical(known)


@given(knowledge())
def test_statements_said_as_reifiers_are_read_back(known: KnowledgeGraph) -> None:
    said = list(reified(to_rdf(known)))
    assert from_rdf(plain(Quad(*triple) for triple in said)) == canonical(known)
    assert not [triple for triple in said if triple.predicate == t.OBJECT]
    assert len({triple for triple in said if triple.predicate == REIFIES}) == len(canonical(known).facts)


@given(knowledge(), st.sampled_from(sorted(FORMATS)))
def test_reifiers_are_written_where_a_format_holds_them(tmp_path: Path, known: KnowledgeGraph, format: str) -> None:
    path = tmp_path / f"graph.{format}"
    if format not in WITH_REIFIERS:
        with pytest.raises(GraphError, match=f"{format}: evidence is written as reifiers in ttl and nt alone"):
            write(known, path, reifiers=True)
    elif known != KnowledgeGraph((), (), (), ()):
        write(known, path, reifiers=True)
        assert read(path) == canonical(known)


def test_a_graph_of_reifiers_answers_checks_and_knows_triples_in_triples(tmp_path: Path) -> None:
    for name, reifiers in (("statements", False), ("reifiers", True)):
        write(KNOWLEDGE, tmp_path / f"{name}.ttl", reifiers=reifiers)
    text = (tmp_path / "reifiers.ttl").read_text(encoding="utf-8")
    assert f"rdf:reifies <<( <{LAKE}> jt:status status:投用 )>>" in text
    assert "rdf:subject" not in text
    assert check(tmp_path / "reifiers.ttl") == ()
    asked = "SELECT ?s ?year { ?is rdf:subject ?s ; jt:year ?year } ORDER BY ?s ?year"
    one, other = (query(load(tmp_path / f"{name}.ttl"), asked).table() for name in ("statements", "reifiers"))
    assert one == other != ()
    inside = f"SELECT ?year {{ << <{LAKE}> jt:status status:投用 >> jt:year ?year }}"
    assert query(load(tmp_path / "reifiers.ttl"), inside).table() == (("2022",),)


@given(knowledge())
def test_each_triple_is_said_once_subject_by_subject(known: KnowledgeGraph) -> None:
    said = list(to_rdf(canonical(known)))
    subjects = [triple.subject for triple in said]
    changes = sum(one != following for one, following in pairwise(subjects))
    assert len(set(said)) == len(said)
    assert changes == max(0, len(set(subjects)) - 1)


@given(knowledge())
def test_the_order_of_the_values_does_not_matter(known: KnowledgeGraph) -> None:
    once = canonical(known)
    again = KnowledgeGraph(once.documents[::-1], once.entities[::-1], once.links[::-1], once.facts[::-1])
    assert list(to_rdf(again)) == list(to_rdf(once))


def test_there_are_no_blank_nodes() -> None:
    assert not [term for triple in to_rdf(KNOWLEDGE) for term in triple if isinstance(term, BlankNode)]


def test_a_plan_is_a_statement_and_no_direct_triple() -> None:
    said = {str(triple) for triple in to_rdf(KNOWLEDGE)}
    begun = "<https://w3id.org/jintu/status/开工>"
    assert not [triple for triple in said if "<https://w3id.org/jintu/ontology#status> " + begun in triple]
    assert [triple for triple in said if triple.endswith(f"#object> {begun}")]


def test_each_document_is_a_graph_of_its_own() -> None:
    found = {Mint().document_id(name): from_rdf(triples) for name, triples in to_graphs(KNOWLEDGE)}
    assert list(found) == ["", "锦州市-2023", "黑山县-2023"]
    county = found["黑山县-2023"]
    assert {link.mention.doc for link in county.links} == {"黑山县-2023"}
    assert {piece.doc for fact in county.facts for piece in fact.evidence} == {"黑山县-2023"}
    named, around = {"黑山县", "碧水行动", "锦凌水库扩建工程", "绕阳河生态治理项目"}, {"锦州市"}
    assert {entity.label for entity in county.entities} == named | around
    assert [fact.relation for fact in found[""].facts] == [Relation.LOCATED_IN]


@given(knowledge())
def test_quads_are_those_of_the_graphs(known: KnowledgeGraph) -> None:
    once = canonical(known)
    graphs = {(*triple, name) for name, triples in to_graphs(once) for triple in triples}
    quads = list(to_quads(once))
    assert {(*quad.triple, quad.graph_name) for quad in quads} == graphs
    assert len(quads) == len(graphs)
    assert {quad.triple for quad in quads} == set(to_rdf(once))


@pytest.mark.parametrize("format", ["ttl", "nt", "jsonld", "rdf"])
def test_rdflib_reads_every_format_alike(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{format}"
    write(KNOWLEDGE, path)
    names = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
    there = {tuple(map(str, triple)) for triple in rdflib.Graph().parse(path, format=names[format])}
    assert there == {tuple(map(attrgetter("value"), triple)) for triple in to_rdf(KNOWLEDGE)}


def test_another_base_is_found_from_the_documents(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write(KNOWLEDGE, path, base="http://example.org/kg/")
    assert "https://w3id.org/jintu/id/" not in path.read_text(encoding="utf-8")
    assert read(path) == canonical(KNOWLEDGE)


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        ("jt:modality jt:planned", "no IRI at jt:modality"),
        ("jt:end 32 ;", "no value at jt:end"),
        ("rdf:predicate jt:hosts", "no IRI at"),
    ],
)
def test_a_graph_that_lacks_something_is_named(lost: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write(KNOWLEDGE, path)
    text = path.read_text(encoding="utf-8")
    assert lost in text
    path.write_text(text.replace(lost, "jt:why 'lost'" + lost[-1] * lost.endswith(";")), encoding="utf-8")
    with pytest.raises(GraphError, match=said):
        read(path)
