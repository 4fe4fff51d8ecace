"""Graphs that Jintu did not make, in a real browser: drawn, searched, filtered, copied, and safe whatever they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Triple

from jintu import rdf
from jintu.rdf.others import from_triples
from jintu.resources import ResourceGraph

Open = Callable[..., Any]
FOAF = """@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:alice a foaf:Person ; foaf:name "爱丽丝"@zh , "Alice"@en ; foaf:age 31 ; foaf:knows ex:bob , [ foaf:name "丁" ] .
ex:bob a foaf:Person ; foaf:name "Bob" ; foaf:member ex:lab ; ex:born "1990-01-02"^^xsd:date .
ex:lab a foaf:Group ; foaf:name "水利实验室" ; ex:constructor ex:__proto__ .
"""
NAMES = (
    "</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(2)>',
    "长" * 10_000,
    "\u202eعربي",
    "👩‍👩‍👧",
    "__proto__",
)


@pytest.fixture
def people(tmp_path: Path) -> ResourceGraph:
    (tmp_path / "foaf.ttl").write_text(FOAF, encoding="utf-8")
    return from_triples(rdf.triples(tmp_path / "foaf.ttl"), source="foaf.ttl")


def test_things_are_drawn_found_and_filtered_by_their_own_kinds(visit: Open, people: ResourceGraph) -> None:
    page = visit(people)
    assert (page.shown("entities"), page.shown("facts")) == (len(people.resources), len(people.ties))
    assert page.matches("slsys") == ["水利实验室"]
    assert page.matches("alice") == ["爱丽丝"]
    page.page.get_by_label("Group", exact=True).uncheck()
    assert page.shown("entities") == len(people.resources) - 1
    assert "语气" not in page.text("#legend")  # nothing there is planned or not


def test_literals_and_neighbours_stand_in_the_panel(visit: Open, people: ResourceGraph) -> None:
    page = visit(people, fragment="#e=http%3A%2F%2Fexample.org%2Falice")
    assert page.text("#panel h2") == "爱丽丝"
    assert "age\n31" in page.text("#panel .facts")
    page.page.locator("#panel .name", has_text="Bob").first.click()
    assert "1990-01-02" in page.text("#panel .facts")
    assert "undefined" not in page.text("body")


def test_things_are_copied_as_triples_of_the_file(visit: Open, people: ResourceGraph) -> None:
    page = visit(people)
    page.pick("Bob")
    copied = rdflib.Graph().parse(data=page.copied("Turtle"), format="turtle")
    whole = rdflib.Graph().parse(data=FOAF, format="turtle")
    assert len(copied) == 7  # four of its own, what kind its three neighbours and itself are, and who knows it
    assert set(copied) <= set(whole)


@pytest.mark.parametrize("view", ["graph", "entities", "facts", "timeline", "divisions", "statistics"])
def test_every_view_opens(visit: Open, people: ResourceGraph, view: str) -> None:
    page = visit(people, fragment=f"#v={view}")
    assert page.page.locator(f"[data-view={view}][aria-pressed=true]").count() == 1
    assert "undefined" not in page.text("body")


def test_hostile_names_run_no_script(visit: Open) -> None:
    name = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    says = NamedNode("http://example.org/constructor")
    things = [NamedNode(f"http://example.org/{number}") for number in range(len(NAMES))]
    said = [Triple(thing, name, Literal(text)) for thing, text in zip(things, NAMES, strict=True)]
    said += [Triple(thing, says, things[0]) for thing in things]
    page = visit(from_triples(said, source=NAMES[0]))
    for text in NAMES:
        page.pick(text[:150])
        assert page.page.locator("#panel h2").text_content() == text
    assert page.page.locator("img, svg[onload]").count() == 0
