"""A quote that does not stand in its source is found out."""

from __future__ import annotations

import pytest

from golden.knowledge import KNOWLEDGE, TEXTS
from jintu.model import Entity, Evidence, Fact, KnowledgeGraph, Span, replace
from jintu.rdf import verify

CITY = "锦州市-2023"


def said(knowledge: KnowledgeGraph, texts: dict[str, str] = TEXTS) -> str:
    return "\n".join(map(str, verify(knowledge, texts.get)))


def with_evidence(evidence: Evidence) -> KnowledgeGraph:
    return replace(KNOWLEDGE, facts=(replace(KNOWLEDGE.facts[0], evidence=(evidence,)), *KNOWLEDGE.facts[1:]))


def test_the_small_graph_is_proved() -> None:
    assert verify(KNOWLEDGE, TEXTS.get) == ()


def test_a_changed_source_is_found_out() -> None:
    changed = {**TEXTS, CITY: TEXTS[CITY].replace("3.2亿元", "9.9亿元")}
    found = said(KNOWLEDGE, changed)
    assert f"{CITY}: the source has changed" in found
    assert "锦凌水库扩建工程完成投资9.9亿元" in found


def test_a_source_that_is_gone_is_named_once() -> None:
    county = "黑山县-2023"
    quotes = [link.mention.doc for link in KNOWLEDGE.links]
    quotes += [evidence.doc for fact in KNOWLEDGE.facts for evidence in fact.evidence]
    assert said(KNOWLEDGE, {CITY: TEXTS[CITY]}) == (
        f"{county}: the source {county}.txt is gone, so that its {quotes.count(county)} names and quotes "
        "cannot be checked; name where it is now"
    )


@pytest.mark.parametrize(
    ("evidence", "what"),
    [
        (Evidence(CITY, Span(0, 4), "2023", "x"), 'the source reads "2022" where "2023" is quoted'),
        (Evidence(CITY, Span(0, 0), "", "x"), "quotes nothing"),
        (Evidence(CITY, Span(0, 9999), TEXTS[CITY], "x"), "quotes nothing"),
        (Evidence(CITY, Span(-4, -1), TEXTS[CITY][-4:-1], "x"), "quotes nothing"),
        (Evidence("no such document", Span(0, 4), "2022", "x"), "the document is not of the graph"),
        (Evidence("", Span(0, 0), "", "invented"), "the document is not of the graph"),
    ],
)
def test_evidence_that_proves_nothing_is_found_out(evidence: Evidence, what: str) -> None:
    assert what in said(with_evidence(evidence))


def test_a_fact_without_evidence_is_found_out() -> None:
    assert "has no evidence" in said(replace(KNOWLEDGE, facts=(replace(KNOWLEDGE.facts[0], evidence=()),)))


def test_the_gazetteer_needs_no_quote() -> None:
    assert verify(with_evidence(Evidence("", Span(0, 0), "", "gazetteer:divisions")), TEXTS.get) == ()


def test_a_mention_that_is_not_in_the_text_is_found_out() -> None:
    link = KNOWLEDGE.links[0]
    moved = replace(
        link, mention=replace(link.mention, span=Span(link.mention.span.start + 1, link.mention.span.end + 1))
    )
    assert "is quoted" in said(replace(KNOWLEDGE, links=(moved,)))


def test_an_entity_that_nothing_describes_is_found_out() -> None:
    fact: Fact = replace(KNOWLEDGE.facts[0], subject="place/nowhere")
    assert "place/nowhere is no entity" in said(replace(KNOWLEDGE, facts=(fact,)))
    entities: tuple[Entity, ...] = KNOWLEDGE.entities[1:]
    assert "is no entity" in said(replace(KNOWLEDGE, entities=entities))


def test_a_section_outside_the_text_is_found_out() -> None:
    paper = KNOWLEDGE.documents[0]
    long = replace(paper.sections[1], span=Span(0, 10_000))
    assert "lies outside the text" in said(
        replace(KNOWLEDGE, documents=(replace(paper, sections=(long,)), KNOWLEDGE.documents[1]))
    )
