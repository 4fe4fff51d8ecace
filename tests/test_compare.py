"""What came, went and changed between two graphs."""

from __future__ import annotations

import dataclasses
import json
import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jintu import rdf
from jintu.compare import Change, Difference, Group, How, Sort, difference, of_year, to_html, to_json, to_text
from jintu.errors import JintuError
from jintu.graphs import compare
from jintu.model import (
    Document,
    Entity,
    Evidence,
    Fact,
    Indicator,
    Kind,
    KnowledgeGraph,
    Measure,
    Modality,
    Quantity,
    Relation,
    Span,
    Status,
    Value,
    replace,
)
from knowledge_samples import hostile, jinzhou
from test_cli import complaint, jintu

WHOLE = jinzhou()
STATED, PLANNED = Modality.STATED, Modality.PLANNED
CITY, LAKE = "division/210700", "project/210700/锦凌水库"
OTHER_WAY = {
    How.MERGED: How.PARTED,
    How.MOVED_ON: How.WENT_BACK,
    How.BECAME_SO: How.PLANNED_AGAIN,
    How.ROSE: How.FELL,
}
OTHER_WAY |= {to: back for back, to in OTHER_WAY.items()}
OTHER_SIDE = {Sort.CAME: Sort.GONE, Sort.GONE: Sort.CAME, Sort.CHANGED: Sort.CHANGED}


def said(subject: str, relation: Relation, value: Value | str, modality: Modality, year: int, doc: str) -> Fact:
    quote = f"{doc}里关于{value if isinstance(value, str) else type(value).__name__}的话"
    return Fact(subject, relation, value, modality, year, (Evidence(doc, Span(0, len(quote)), quote, "test"),))


def graph(*facts: Fact, entities: tuple[Entity, ...] = (), year: int = 2023) -> KnowledgeGraph:
    known = {CITY: Entity(CITY, Kind.PLACE, "锦州市", code="210700"), LAKE: Entity(LAKE, Kind.PROJECT, "锦凌水库")}
    known |= {entity.id: entity for entity in entities}
    docs = sorted({piece.doc for fact in facts for piece in fact.evidence})
    documents = tuple(Document(doc, "", doc, f"{doc}.txt", "0" * 64, "锦州市", year) for doc in docs)
    return KnowledgeGraph(documents, tuple(known[name] for name in sorted(known)), (), facts)


def growth(number: str, measure: Measure = Measure.CHANGE) -> Indicator:
    return Indicator("地区生产总值", Quantity(f"{number}%", number, "%", Decimal(number), "PERCENT"), measure)


def money(yi: int) -> Quantity:
    return Quantity(f"{yi}亿元", str(yi), "亿元", Decimal(yi) * 10**8, "CNY")


def only(before: KnowledgeGraph, after: KnowledgeGraph) -> Change:
    (change,) = difference(before, after).changes
    return change


def test_a_graph_does_not_differ_from_itself() -> None:
    assert difference(WHOLE, WHOLE).changes == ()
    assert "两图所言相同" in to_html(difference(WHOLE, WHOLE))


def test_a_growth_rate_of_the_next_year_is_a_change_with_both_quotes() -> None:
    change = only(
        graph(said(CITY, Relation.INDICATOR, growth("6.2"), STATED, 2021, "甲")),
        graph(said(CITY, Relation.INDICATOR, growth("2.5"), STATED, 2022, "乙")),
    )
    assert (change.group, change.aspect, change.sort, change.how) == (
        Group.INDICATOR,
        "地区生产总值",
        Sort.CHANGED,
        How.FELL,
    )
    assert change.before and change.after
    assert (change.before.said, change.before.year, change.before.quotes[0].doc) == ("6.2%", 2021, "甲")
    assert (change.after.said, change.after.year, change.after.quotes[0].doc) == ("2.5%", 2022, "乙")


def test_a_level_is_not_compared_with_a_change() -> None:
    before = graph(said(CITY, Relation.INDICATOR, growth("6.2"), STATED, 2021, "甲"))
    after = graph(said(CITY, Relation.INDICATOR, growth("2.5", Measure.LEVEL), STATED, 2022, "乙"))
    assert [change.sort for change in difference(before, after).changes] == [Sort.CAME, Sort.GONE]


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ((Status("开工"), STATED, 2021), (Status("竣工"), STATED, 2022), How.MOVED_ON),
        ((Status("竣工"), STATED, 2022), (Status("在建"), STATED, 2022), How.WENT_BACK),
        ((Status("开工"), PLANNED, 2022), (Status("开工"), STATED, 2022), How.BECAME_SO),
        ((Status("开工"), STATED, 2022), (Status("开工"), PLANNED, 2023), How.PLANNED_AGAIN),
        ((Status("竣工"), STATED, 2022), (Status("完成"), STATED, 2022), How.REWORDED),
    ],
)
def test_a_stage_moves(old: tuple[Status, Modality, int], new: tuple[Status, Modality, int], how: How) -> None:
    change = only(graph(said(LAKE, Relation.STATUS, *old, "甲")), graph(said(LAKE, Relation.STATUS, *new, "乙")))
    assert (change.thing, change.sort, change.how) == ("锦凌水库", Sort.CHANGED, how)


def test_money_is_revised() -> None:
    change = only(
        graph(said(LAKE, Relation.INVESTMENT, money(3), STATED, 2022, "甲")),
        graph(said(LAKE, Relation.INVESTMENT, money(5), STATED, 2022, "乙")),
    )
    assert (change.aspect, change.how) == ("investment", How.ROSE)


def test_the_same_said_of_another_year_by_another_report_is_no_change() -> None:
    before = graph(said(LAKE, Relation.STATUS, Status("在建"), STATED, 2021, "甲"))
    after = graph(said(LAKE, Relation.STATUS, Status("在建"), STATED, 2022, "乙"))
    assert difference(before, after).changes == ()


def test_the_same_words_of_one_report_read_for_another_year_are_dated_anew() -> None:
    before = graph(said(LAKE, Relation.STATUS, Status("在建"), STATED, 2021, "甲"))
    after = graph(said(LAKE, Relation.STATUS, Status("在建"), STATED, 2022, "甲"))
    assert only(before, after).how is How.DATED


def test_a_longer_name_is_a_new_name_of_the_same_thing_and_its_facts_stay() -> None:
    longer = Entity("project/210700/锦凌水库工程", Kind.PROJECT, "锦凌水库工程", ("锦凌水库",))
    before = graph(said(LAKE, Relation.STATUS, Status("在建"), STATED, 2022, "甲"))
    after = graph(said(longer.id, Relation.STATUS, Status("在建"), STATED, 2022, "甲"), entities=(longer,))
    change = only(before, replace(after, entities=tuple(e for e in after.entities if e.id != LAKE)))
    assert (change.thing, change.group, change.how) == ("锦凌水库工程", Group.ENTITY, How.RENAMED)


def test_two_things_become_one() -> None:
    tail = Entity("project/210700/锦凌水库工程", Kind.PROJECT, "锦凌水库工程", ("锦凌水库",))
    status = Status("在建")
    two = graph(
        said(LAKE, Relation.STATUS, status, STATED, 2022, "甲"),
        said(tail.id, Relation.STATUS, status, STATED, 2022, "甲"),
        entities=(replace(tail, aliases=()),),
    )
    one = graph(said(tail.id, Relation.STATUS, status, STATED, 2022, "甲"), entities=(tail,))
    assert (only(two, one).how, only(one, two).how) == (How.MERGED, How.PARTED)


def test_a_sum_of_several_years_is_no_year_s_figure() -> None:
    def telling(quote: str, number: str, year: int) -> KnowledgeGraph:
        what = Indicator("投资", money(int(number)), Measure.LEVEL)
        seen = Evidence("甲", Span(0, len(quote)), quote, "test")
        return graph(replace(said(CITY, Relation.INDICATOR, what, STATED, year, "甲"), evidence=(seen,)))

    year, years = telling("投资5亿元", "5", 2022), telling("五年累计投资9亿元", "9", 2023)
    assert {change.sort for change in difference(year, years).changes} == {Sort.CAME, Sort.GONE}
    assert only(year, telling("投资9亿元", "9", 2023)).sort is Sort.CHANGED


def test_what_the_gazetteer_says_is_no_change() -> None:
    bare = replace(WHOLE, facts=tuple(f for f in WHOLE.facts if any(piece.doc for piece in f.evidence)))
    assert difference(WHOLE, bare).changes == ()


def test_years_of_one_graph_are_compared_and_a_missing_one_is_named() -> None:
    earlier, later = of_year(WHOLE, 2022), of_year(WHOLE, 2023)
    assert {d.id for d in earlier.documents} == {"bulletin"}
    assert {piece.doc for fact in later.facts for piece in fact.evidence} == {"report"}
    assert difference(earlier, later).changes
    with pytest.raises(JintuError, match=r"no document of the graph is of 2024; it holds 2022, 2023"):
        of_year(WHOLE, 2024)


def test_places_of_one_side_alone_are_named() -> None:
    other = replace(WHOLE, documents=tuple(replace(one, place="凌海市") for one in WHOLE.documents))
    whole = difference(WHOLE, other)
    assert whole.alone() == (("锦州市",), ("凌海市",))
    assert "places that are here alone: 凌海市" in to_text(whole)
    assert "独有 凌海市" in to_html(whole)
    assert "alone" not in to_text(difference(WHOLE, WHOLE))


def mirrored(change: Change) -> Change:
    return dataclasses.replace(
        change,
        sort=OTHER_SIDE[change.sort],
        how=OTHER_WAY.get(change.how, change.how),
        before=change.after,
        after=change.before,
    )


def edit(fact: Fact, chance: random.Random) -> Fact:
    """Plan, date or value a fact otherwise, or leave it."""
    turn = chance.random()
    if turn < 0.1:
        return replace(fact, modality=PLANNED if fact.modality is STATED else STATED)
    if turn < 0.2:
        return replace(fact, year=(fact.year or 2020) + chance.choice((-1, 1)))
    if turn < 0.3 and isinstance(fact.object, Status):
        return replace(fact, object=Status(chance.choice(("开工", "竣工", "投用"))))
    if turn < 0.3 and isinstance(fact.object, Quantity):
        return replace(fact, object=money(chance.randrange(9)))
    return fact


@st.composite
def edited(draw: st.DrawFn) -> KnowledgeGraph:
    """Give the sample with facts left out, planned, dated or valued otherwise, and entities renamed or merged."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    facts = [edit(fact, chance) for fact in WHOLE.facts if chance.random() > 0.1]
    entities = [e for e in WHOLE.entities if chance.random() > 0.1]
    renamed = {e.id: e.id + "甲" for e in entities if not e.code and chance.random() < 0.2}
    entities = [replace(e, id=renamed.get(e.id, e.id), aliases=(*e.aliases, e.label)) for e in entities]
    facts = [
        replace(f, subject=renamed.get(f.subject, f.subject), object=renamed.get(str(f.object), f.object))
        for f in facts
    ]
    links = [replace(link, entity=renamed.get(link.entity, link.entity)) for link in WHOLE.links]
    return KnowledgeGraph(WHOLE.documents, tuple(entities), tuple(links), tuple(facts))


@given(edited(), edited())
@settings(max_examples=60, deadline=None)
def test_the_other_way_round_is_the_mirror(one: KnowledgeGraph, other: KnowledgeGraph) -> None:
    there, back = difference(one, other), difference(other, one)
    assert sorted(map(repr, map(mirrored, there.changes))) == sorted(map(repr, back.changes))


@given(edited(), edited(), st.integers(0, 2**32))
@settings(max_examples=30, deadline=None)
def test_the_order_of_what_a_graph_holds_does_not_matter(one: KnowledgeGraph, other: KnowledgeGraph, seed: int) -> None:
    chance = random.Random(seed)
    mixed = replace(one, facts=tuple(chance.sample(one.facts, len(one.facts))))
    mixed = replace(mixed, links=tuple(chance.sample(one.links, len(one.links))))
    assert to_json(difference(mixed, other)) == to_json(difference(one, other))


@given(edited())
@settings(max_examples=20, deadline=None)
def test_counts_are_those_of_the_changes(one: KnowledgeGraph) -> None:
    found = difference(WHOLE, one)
    assert sum(found.counts().values()) == len(found.changes) == len(json.loads(to_json(found))["changes"])
    assert to_text(found).count("\n  ~ ") == sum(change.sort is Sort.CHANGED for change in found.changes)


NAMES = ("<script>alert(1)</script>", 'a"onmouseover="x', "&lt;b&gt;", "\x1b[31m红", "\u202e倒着", "]]>", "{{policy}}")


def test_names_from_documents_stay_text() -> None:
    empty = KnowledgeGraph((), (), (), ())
    found = difference(empty, hostile(NAMES))
    page, text = to_html(found), to_text(found)
    assert page.count("<script>") == 1
    assert "<script>alert" not in page
    assert 'a"onmouseover' not in page
    assert "&amp;lt;b&amp;gt;" in page
    assert "\x1b" not in text


def test_the_page_asks_for_nothing_and_carries_its_policy() -> None:
    page = to_html(difference(of_year(WHOLE, 2022), of_year(WHOLE, 2023)))
    assert "default-src 'none'; script-src 'sha256-" in page
    assert "http://" not in page
    assert "https://" not in page


@pytest.fixture
def graphs(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "2022.ttl", tmp_path / "2023.ttl"
    for path, year in zip(paths, (2022, 2023), strict=True):
        rdf.write(of_year(WHOLE, year), path)
    return paths


def test_the_status_says_same_different_or_trouble(graphs: tuple[Path, Path], tmp_path: Path) -> None:
    assert jintu("diff", graphs[0], graphs[0]).returncode == 0
    different = jintu("diff", *graphs)
    assert different.returncode == 1
    assert different.stdout.decode().startswith("before")
    assert "no such file" in complaint(jintu("diff", graphs[0], tmp_path / "none.ttl"), status=2)
    assert "name two graphs" in complaint(jintu("diff", graphs[0]), status=2)


def test_a_folder_store_is_compared_like_a_file(graphs: tuple[Path, Path], tmp_path: Path) -> None:
    store, mint = tmp_path / "store", rdf.Mint()
    rdf.FolderStore(store).replace([(mint.document("report"), rdf.triples(graphs[1]))])
    assert compare((graphs[1], store)).changes == ()
    assert compare((graphs[0], store)).counts() == compare(graphs).counts()


def test_a_file_is_written_as_its_ending_says(graphs: tuple[Path, Path], tmp_path: Path) -> None:
    whole, page, listed = tmp_path / "whole.ttl", tmp_path / "out" / "changes.html", tmp_path / "changes.json"
    rdf.write(WHOLE, whole)
    assert jintu("diff", whole, "--years", "2022", "2023", "-o", page).returncode == 1
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert jintu("diff", *graphs, "-o", listed).returncode == 1
    counted: Difference = difference(*map(rdf.read, graphs))
    assert json.loads(listed.read_text(encoding="utf-8")) == json.loads(to_json(counted))
