"""The shipped questions run, say what they ask, and give the rows that they name."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Quad, Store

from golden.knowledge import AIM, AIRPORT, COUNTY, GROWTH, KNOWLEDGE, LAKE
from jintu.errors import OntologyError, QueryError
from jintu.model import Fact, KnowledgeGraph, Modality, replace
from jintu.ontology import Ontology, load
from jintu.rdf import Answer, query, questions, sparql, to_rdf, write
from jintu.rdf import load as open_store
from jintu.rdf.shipped import Parameter, question

ROOT = Path(__file__).parents[1]
QUESTIONS = questions(load())
SHOWN = 6  # rows of an answer that a question's header names, after the line that counts all

# What the small graph answers, worked out by hand.
ANSWERS = {
    "aids": ["锦州市 | 那曲市 | jt:stated | 2022"],
    "divisions-above": ["黑山县 | 锦州市 | 210700"],
    "documents": ["锦州市-2023 | 锦州市 | 2023 | 9 | 13", "黑山县-2023 | 黑山县 | 2023 | 3 | 2"],
    "events": ["首届辽西菊花节 | 锦州市 | jt:stated | 2022"],
    "honours": ["2022 | 全国双拥模范城 | 锦州市"],
    "indicators-of-place": [
        "锦州市 | 地区生产总值 | jt:change | 2.4 | PERCENT | jt:exact | 2022",
        "锦州市 | 外出务工人员 | jt:level | 15000 | PERSON | jt:lower | 2022",
    ],
    "kept-plans": [],
    "located-in": [
        "黑山县 | jt:Place | 锦州市",
        "锦凌水库扩建工程 | jt:Project | 锦州市",
        "黑山镇卫生院 | jt:Institution | 黑山县",
    ],
    "parts": ["黑山镇卫生院 | 锦州市中心医院"],
    "planned-against-stated": [],
    "planned-indicators": ["锦州市 | 地区生产总值 | jt:change | 6 | PERCENT | jt:exact | 2023"],
    "plans": ["2023 | 锦州市 | jt:indicator | 地区生产总值 6%", "2023 | 锦州新机场项目 | jt:status | 开工"],
    "projects": [
        "绕阳河生态治理项目 |  |  |  |  | ",
        "锦凌水库扩建工程 | 锦州市 | 投用 | jt:stated | 2022 | 3.2亿元",
        "锦州新机场项目 |  | 开工 | jt:planned | 2023 | ",
    ],
    "projects-by-investment": ["锦凌水库扩建工程 | 320000000 | 3.2亿元 | jt:stated | 2022"],
    "projects-by-status": ["开工 | 锦州新机场项目 | jt:planned | 2023", "投用 | 锦凌水库扩建工程 | jt:stated | 2022"],
    "projects-without-money": ["绕阳河生态治理项目", "锦州新机场项目"],
    "sections": [
        "锦州市-2023 | jt:review | 1 | 2022年工作回顾 | 11",
        "锦州市-2023 | jt:plan | 1 | 2023年工作安排 | 1",
        "锦州市-2023 | jt:plan | 2 | 目标 | 1",
    ],
    "shared-programmes": ["碧水行动 | 2"],
    "who-implements": ["碧水行动 | 锦州市 | jt:stated | 2022", "碧水行动 | 黑山县 | jt:stated | 2022"],
    "without-place": [
        "锦州市中心医院 | jt:Institution",
        "绕阳河生态治理项目 | jt:Project",
        "锦州新机场项目 | jt:Project",
    ],
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("queries") / "graph.ttl"
    write(KNOWLEDGE, path)
    return path


@pytest.fixture(scope="module")
def store(path: Path) -> Store:
    return open_store(path)


def rows(answer: Answer) -> list[str]:
    return [" | ".join(row) for row in answer.table()]


def test_there_are_enough_questions() -> None:
    assert len(QUESTIONS) >= 24


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_says_what_it_asks_in_both_languages(name: str) -> None:
    assert re.search(r"[\u4e00-\u9fff].*？$", QUESTIONS[name].zh)
    assert re.search(r"^[A-Z][^\u4e00-\u9fff]*\?$", QUESTIONS[name].en)


def test_every_question_is_named_in_the_readme(ontology: Ontology) -> None:
    readme = ontology.text("README.md")
    assert [name for name in QUESTIONS if f"| `{name}` |" not in readme] == []


@pytest.mark.parametrize("name", ANSWERS)
def test_the_small_graph_answers_as_worked_out_by_hand(name: str, store: Store, ontology: Ontology) -> None:
    assert rows(query(store, sparql(name, ontology, {}))) == ANSWERS[name]


@pytest.mark.parametrize("name", QUESTIONS)
def test_rdflib_gives_the_same_rows(name: str, path: Path, store: Store) -> None:
    asked = re.sub(r"^# .*\n", "", QUESTIONS[name].text, flags=re.M)
    oracle = rdflib.Graph().parse(path).query(asked, base="https://w3id.org/jintu/id/")
    theirs = Counter(tuple("" if row[v] is None else str(row[v]) for v in oracle.vars or ()) for row in oracle)  # type: ignore[index,call-overload]  # rdflib types a row loosely
    found = json.loads(query(store, asked).text("json"))
    names, bindings = found["head"]["vars"], found["results"]["bindings"]
    ours = Counter(tuple(row[name]["value"] if name in row else "" for name in names) for row in bindings)
    assert ours == theirs


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_has_an_order_that_is_its_own(name: str) -> None:
    assert "ORDER BY" in QUESTIONS[name].text


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("projects-by-investment", {"min": "1亿元"}, 1),
        ("projects-by-investment", {"min": "5.32亿元"}, 0),
        ("projects-by-investment", {"min": "320000000"}, 1),
        ("projects-by-investment", {"place": "锦州"}, 1),
        ("projects-by-investment", {"place": "黑山县"}, 0),
        ("located-in", {"place": "黑山县"}, 1),
        ("located-in", {"place": "锦州市"}, 3),
        ("projects", {"place": "锦州"}, 1),
        ("projects", {"status": "开工"}, 1),
        ("projects", {"year": "2022", "status": "开工"}, 0),
        ("projects", {"min": "3亿元", "place": "锦州市"}, 1),
        ("projects", {"min": "3.3亿元"}, 0),
        ("indicators-of-place", {"min": "1万人"}, 1),
        ("indicators-of-place", {"min": "2%"}, 1),
        ("indicators-of-place", {"min": "2万人"}, 0),
        ("indicators-of-place", {"name": "地区生产总值", "place": "锦州市"}, 1),
        ("honours", {"year": "2022"}, 1),
        ("honours", {"year": "2021"}, 0),
        ("honours", {"place": "锦州市"}, 1),
        ("honours", {"place": "沈阳市"}, 0),
        ("plans", {"place": "锦州市"}, 1),
        ("who-implements", {"place": "锦州"}, 2),
        ("who-implements", {"place": "黑山县"}, 1),
        ("events", {"place": "锦州市"}, 1),
        ("events", {"place": "黑山县"}, 0),
        ("projects-by-status", {"status": "开工"}, 1),
        ("sections", {"place": "锦州市"}, 3),
        ("sections", {"place": "黑山县"}, 0),
        ("facts-by-section", {"section": "2023年工作安排"}, 2),
        ("facts-by-section", {"section": "目标"}, 1),
        ("sentence", {"words": "首届辽西菊花节"}, 1),
        ("mentions", {"name": "碧水行动"}, 2),
        ("neighbours", {"of": "黑山县"}, 3),
        ("neighbours-of-neighbours", {"of": "黑山县"}, 10),
        ("evidence", {}, 15),
        ("evidence", {"name": "锦凌水库扩建工程"}, 4),
        ("evidence", {"name": "黑山县"}, 2),
        ("evidence", {"name": "那曲市"}, 1),
        ("evidence", {"name": "那曲"}, 1),
        ("evidence", {"name": "投用"}, 1),
        ("who-implements", {"programme": "“碧水行动”"}, 2),
        ("sentence", {"words": "“碧水行动”"}, 2),
        ("sentence", {"words": "《碧水行动》"}, 0),
        ("who-implements", {"programme": '" } DROP ALL #'}, 0),
        ("who-implements", {"programme": 'a\\" SERVICE <http://e/> { }'}, 0),
    ],
)
def test_parameters_narrow_the_answer(
    name: str, values: dict[str, str], expected: int, store: Store, ontology: Ontology
) -> None:
    assert len(rows(query(store, sparql(name, ontology, values)))) == expected


def answered(knowledge: KnowledgeGraph, asked: str, **values: str) -> list[str]:
    """Return what a graph of one's own answers."""
    store = Store()
    store.bulk_extend(Quad(*triple) for triple in to_rdf(knowledge))
    return rows(query(store, QUESTIONS[asked].filled(values)))


def in_years(fact: Fact, *years: int | None) -> tuple[Fact, ...]:
    return tuple(replace(fact, year=year) for year in years)


def test_a_plan_is_compared_only_with_what_is_stated_of_its_year() -> None:
    aim, growth = (next(fact for fact in KNOWLEDGE.facts if fact.object == said) for said in (AIM, GROWTH))
    facts = (*in_years(aim, 2021, 2022, 2023, None), *in_years(growth, 2020, 2022, 2023, 2024, None))
    assert answered(replace(KNOWLEDGE, facts=facts), "planned-against-stated") == [
        "锦州市 | 地区生产总值 | jt:change | 6 | 2.4 | PERCENT | 2022",
        "锦州市 | 地区生产总值 | jt:change | 6 | 2.4 | PERCENT | 2023",
    ]


def test_what_was_done_before_the_year_of_the_plan_keeps_no_plan() -> None:
    plan = next(fact for fact in KNOWLEDGE.facts if fact.subject == AIRPORT)
    facts = (plan, *in_years(replace(plan, modality=Modality.STATED), 2022, 2023, 2024, None))
    assert answered(replace(KNOWLEDGE, facts=facts), "kept-plans") == [
        "锦州新机场项目 | jt:status | 开工 | 2023 | 2023",
        "锦州新机场项目 | jt:status | 开工 | 2023 | 2024",
    ]


@pytest.mark.parametrize(
    ("asked", "values"), [("projects", {}), ("evidence", {}), ("evidence", {"name": "锦凌水库扩建工程"})]
)
def test_two_things_of_one_name_give_no_row_twice(asked: str, values: dict[str, str]) -> None:
    lake = next(entity for entity in KNOWLEDGE.entities if entity.id == LAKE)
    namesake = replace(lake, id=LAKE.replace("210700", "210726"), scope=COUNTY)
    facts = tuple(replace(fact, subject=namesake.id) for fact in KNOWLEDGE.facts if fact.subject == LAKE)
    twice = replace(KNOWLEDGE, entities=(*KNOWLEDGE.entities, namesake), facts=(*KNOWLEDGE.facts, *facts))
    assert answered(twice, asked, **values) == answered(KNOWLEDGE, asked, **values)


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("projects-by-investment", {"min": "很多"}, 'min: "很多" is no amount'),
        ("projects", {"min": "5万亩"}, 'min: "5万亩" is no amount; write a sum of yuan'),
        ("indicators-of-place", {"min": "10000"}, 'min: "10000" is no quantity; write a figure with its unit'),
        ("honours", {"year": "去年"}, 'year: "去年" is no year'),
        ("honours", {"in": "2022"}, 'no parameter "in"; it has place, year'),
        ("projekts", {}, "did you mean projects"),
        ("gone.rq", {}, r"^gone\.rq: cannot be read \(no such file\); name a .rq file, a shipped question"),
        ("ASK { }", {"place": "锦州市"}, 'no parameter "place"; it has none'),
    ],
)
def test_what_cannot_be_asked_is_named(name: str, values: dict[str, str], said: str, ontology: Ontology) -> None:
    with pytest.raises(QueryError, match=said):
        sparql(name, ontology, values)


def test_a_file_of_ones_own_may_have_parameters(tmp_path: Path, store: Store, ontology: Ontology) -> None:
    own = tmp_path / "own.rq"
    own.write_text(
        "# param: code name a code\n"
        'SELECT ?n { VALUES ?code { "" } ?p jt:divisionCode ?c ; rdfs:label ?n FILTER(?c = STR(?code)) }',
        encoding="utf-8",
    )
    assert rows(query(store, sparql(str(own), ontology, {"code": "540600"}))) == ["那曲市"]


def test_a_question_with_a_wrong_header_is_named() -> None:
    with pytest.raises(OntologyError, match=r"queries/x\.rq: VALUES \?place .* must stand"):
        question("x", "# param: place name\nSELECT * { ?s ?p ?o }")
    with pytest.raises(OntologyError, match=r'queries/x\.rq: type "date" is none of name'):
        question("x", "# param: place date\nSELECT * { VALUES ?place { UNDEF } }")


def test_a_value_is_always_one_term() -> None:
    for value in ('"', "\\", "\n", '"""', "} #", "<http://e/>", '" } SERVICE <http://e/> { ', "a Service: b"):
        given = Parameter("x", "name", "").values(value)
        assert rows(query(Store(), f"SELECT ?x {{ {given} }}")) == [value]


def samples() -> Iterator[Path]:
    yield from sorted((ROOT / "outputs" / "sample").glob("*.ttl"))


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_sample_answers_as_the_header_says(name: str, request: pytest.FixtureRequest) -> None:
    """The header names how many rows there are and the first of them; --update-expect writes them anew."""
    graph = next(samples(), None)
    if graph is None:
        pytest.skip("outputs/sample holds no graph yet")
    found = rows(query(open_store(graph), QUESTIONS[name].text))
    expected = (f"{len(found)} rows", *(" ".join(row.split()) for row in found[:SHOWN]))
    if request.config.getoption("--update-expect"):
        _rewrite(ROOT / "ontology" / "queries" / f"{name}.rq", expected)
    else:
        assert QUESTIONS[name].expected == expected


def _rewrite(file: Path, expected: tuple[str, ...]) -> None:
    text = re.sub(r"^# expect:.*\n", "", file.read_text(encoding="utf-8"), flags=re.M)
    header, body = re.match(r"((?:# [^\n]*\n)*)(.*)", text, re.S).groups()  # type: ignore[union-attr]  # it matches anything
    file.write_text(header + "".join(f"# expect: {row}\n" for row in expected) + body, encoding="utf-8")
