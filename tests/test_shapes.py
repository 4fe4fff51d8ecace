"""Each shape lets a right graph pass and stops a wrong one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from golden.knowledge import KNOWLEDGE
from jintu.errors import GraphError
from jintu.ontology import Ontology, load
from jintu.rdf import check, to_rdf, triples, write
from jintu.rdf.quick import Shapes, compile_shapes

SHAPES = load().text("shapes.ttl")
MESSAGES = dict(re.findall(r'^shape:(\S+) a .*?sh:message "([^"]+)"', SHAPES, re.M | re.S))
CITY = "<division/210700> a jt:Place ;"
STATEMENT = "rdf:predicate jt:hosts ;"
EVIDENCE = "<document/锦州市-2023#char=79,88;hosts;0.9> a jt:Evidence ;"
MENTION = "<document/锦州市-2023#char=81,88;Event> a jt:Mention ;"
FIGURE = "jt:value 2.4 ;"

# What is changed in the Turtle of the small graph so that one shape is broken.
BREAKS = {
    "entity-label": (CITY, f'{CITY} rdfs:label "又名"@zh ;'),
    "entity-kind": (CITY, f"{CITY} a jt:Project ;"),
    "entity-scope": (CITY, f"{CITY} jt:scope <division/1> , <division/2> ;"),
    "place-code": ('jt:divisionCode "210726"', 'jt:divisionCode "21072"'),
    "locatedIn": (CITY, f"{CITY} jt:locatedIn <programme/碧水行动> ;"),
    "status": (
        "<project/210700/锦州新机场项目> a jt:Project ;",
        "<project/210700/锦州新机场项目> a jt:Project ; jt:status <honour/全国双拥模范城> ;",
    ),
    "investment": (CITY, f"{CITY} jt:investment <programme/碧水行动> ;"),
    "received": (CITY, f"{CITY} jt:received <programme/碧水行动> ;"),
    "hosts": (CITY, f"{CITY} jt:hosts <programme/碧水行动> ;"),
    "implements": (CITY, f"{CITY} jt:implements <honour/全国双拥模范城> ;"),
    "aids": (CITY, f"{CITY} jt:aids <programme/碧水行动> ;"),
    "indicator": (CITY, f"{CITY} jt:indicator <programme/碧水行动> ;"),
    "document-identifier": ('dcterms:identifier "黑山县-2023" ;', ""),
    "document-title": ('dcterms:title "黑山县2023年政府工作报告"@zh ;', ""),
    "document-digest": ('jt:digest "', 'jt:digest "z'),
    "section-document": ("a jt:Section ;\n\tdcterms:isPartOf <document/锦州市-2023> ;", "a jt:Section ;"),
    "document-issued": ('dcterms:issued "2023-01-04"^^xsd:date', 'dcterms:issued "2023"'),
    "section-depth": ("jt:depth 2 ;", "jt:depth 0 ;"),
    "section-part": ("jt:part jt:review ;", "jt:part jt:middle ;"),
    "section-within": (
        "jt:within <document/锦州市-2023#section=",
        "jt:within <division/210700> , <document/锦州市-2023#section=",
    ),
    "evidence-section": (EVIDENCE, f"{EVIDENCE} jt:section <division/210700> ;"),
    "evidence-page": ("jt:page 2", "jt:page 0"),
    "evidence-paragraph": ("jt:paragraph 1", 'jt:paragraph "1"'),
    "span-start": (EVIDENCE, f"{EVIDENCE} jt:start 89 ;"),
    "span-end": ("jt:end 126 ;", "jt:end 126 , 127 ;"),
    "mention-document": (f"{MENTION}\n\tjt:document <document/锦州市-2023> ;", MENTION),
    "mention-surface": ('jt:surface "那曲市"', 'jt:surface ""'),
    "mention-entity": ("jt:entity <event/210700/首届辽西菊花节> ;", ""),
    "statement-subject": (STATEMENT, f"{STATEMENT} rdf:subject <division/210726> ;"),
    "statement-predicate": (STATEMENT, "rdf:predicate jt:holds ;"),
    "statement-object": (STATEMENT, f"{STATEMENT} rdf:object <division/210726> ;"),
    "statement-modality": (STATEMENT, f"{STATEMENT} jt:modality jt:planned ;"),
    "statement-evidence": ("jt:evidence <document/锦州市-2023#char=79,88;hosts;0.9> .", "jt:why '' ."),
    "evidence-document": (EVIDENCE, f"{EVIDENCE} jt:document <document/黑山县-2023> ;"),
    "evidence-quote": ('jt:quote "办成首届辽西菊花节" ;', ""),
    "evidence-rule": (EVIDENCE, f'{EVIDENCE} jt:rule "another" ;'),
    "evidence-score": (EVIDENCE, f"{EVIDENCE} jt:score 0.1 ;"),
    "score": ("jt:score 0.8 ;", "jt:score 1.8 ;"),
    "modality": ("jt:modality jt:planned ;", "jt:modality jt:hoped ;"),
    "year": ("jt:year 2022 ;", 'jt:year "2022" ;'),
    "figure-value": (FIGURE, "jt:value 2.4e0 ;"),
    "figure-text": ('jt:text "2.4%" ;', ""),
    "figure-unit": ("jt:unit unit:PERCENT ;", 'jt:unit "%" ;'),
    "figure-unit-code": ('jt:unitCode "PERCENT" ;', ""),
    "figure-bound": ("jt:bound jt:lower", "jt:bound jt:least"),
    "observation-entity": ("jt:ofEntity <division/210700> ;", ""),
    "observation-indicator": ("jt:ofIndicator indicator:外出务工人员 ;", ""),
    "observation-measure": ("jt:measure jt:level ;", "jt:measure jt:height ;"),
    "observation-cube": ("qb:dataSet jt:observations ;", ""),
}


@pytest.fixture(scope="module")
def turtle(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("shapes") / "graph.ttl"
    write(KNOWLEDGE, path)
    return path.read_text(encoding="utf-8")


def compiled() -> Shapes:
    shapes = compile_shapes(triples(load().path("shapes.ttl")))
    assert shapes is not None
    return shapes


def test_the_small_graph_passes(ontology: Ontology) -> None:
    assert check(KNOWLEDGE, ontology) == ()
    assert compiled().hold((said[0], said[1], said[2]) for said in to_rdf(KNOWLEDGE))


def test_a_shape_that_cannot_be_compiled_is_left_to_the_judge(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPES.replace("sh:minLength 1", "sh:maxLength 1", 1), encoding="utf-8")
    assert compile_shapes(triples(path)) is None


def test_every_shape_has_a_graph_that_breaks_it() -> None:
    assert set(BREAKS) == set(re.findall(r"^shape:(\S+) a ", SHAPES, re.M)) == set(MESSAGES)


@pytest.mark.parametrize("shape", BREAKS)
def test_each_shape_stops_a_wrong_graph(shape: str, turtle: str, tmp_path: Path) -> None:
    right, wrong = BREAKS[shape]
    assert right in turtle
    path = tmp_path / "graph.ttl"
    path.write_text(turtle.replace(right, wrong, 1), encoding="utf-8")
    assert MESSAGES[shape] in "\n".join(map(str, check(path)))
    assert not compiled().hold((said[0], said[1], said[2]) for said in triples(path))


def test_a_violation_is_one_clear_line(turtle: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(turtle.replace("jt:score 0.8 ;", "jt:score 1.8 ;"), encoding="utf-8")
    assert list(map(str, check(path))) == [
        "document/黑山县-2023#char=16,31;investment;0.8: a score is a decimal from 0 to 1, not '1.8'"
    ]


def test_an_ill_typed_value_is_a_line_and_no_traceback(
    turtle: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(turtle.replace("jt:year 2022", 'jt:year "去年"^^xsd:integer', 1), encoding="utf-8")
    assert [violation.what for violation in check(path)] == ["a year is an integer, not '去年'"]
    assert caplog.records == []


def test_a_graph_that_the_shapes_cannot_be_tried_on_is_named(turtle: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(turtle.replace("jt:end 126", "jt:end _:end", 1), encoding="utf-8")
    with pytest.raises(GraphError, match="the shapes cannot be tried"):
        check(path)


def test_a_file_that_is_no_graph_is_named(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("no", encoding="utf-8")
    with pytest.raises(GraphError, match="line 1"):
        check(tmp_path / "graph.ttl")
