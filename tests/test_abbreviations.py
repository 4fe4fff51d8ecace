"""Short names that a document defines: read wherever they stand, and linked to what they stand for."""

from __future__ import annotations

import time
from functools import cache

import pytest

from jintu import pipeline
from jintu.model import Document, Kind, KnowledgeGraph, Mention, Reading, Span
from jintu.pipeline import Settings, Tools
from jintu.recognise.known import with_abbreviations


@cache
def tools() -> Tools:
    return pipeline.prepare(Settings(tagger="fast"))


def read(text: str, *, doc: str = "r", place: str = "锦州市") -> Reading:
    return pipeline.extract(Document(doc, text, "", "", "", place, 2023), tools())


def knowledge(*readings: Reading) -> KnowledgeGraph:
    return pipeline.fold(readings, tools())


def of(text: str, found: Reading) -> list[Mention]:
    return [mention for mention in found.mentions if mention.text == text]


@pytest.mark.parametrize(
    ("text", "short", "times", "kind"),
    [
        ("云岭水库扩建工程（以下简称“云扩工程”）开工。年内云扩工程竣工。", "云扩工程", 2, Kind.PROJECT),
        ("云岭水库扩建工程（以下简称云扩工程）开工。年内云扩工程竣工。", "云扩工程", 2, Kind.PROJECT),
        ("云岭水库扩建工程（简称：云扩工程）开工。年内云扩工程竣工。", "云扩工程", 2, Kind.PROJECT),
        ("松江新材料产业技术研究院，以下简称新材院，年内挂牌。新材院引进人才30名。", "新材院", 2, Kind.INSTITUTION),
        ("印发《松江市黑土地保护规划》（下称《黑保》），《黑保》覆盖五县。", "黑保", 2, Kind.PROGRAMME),
    ],
)
def test_a_short_name_is_read_wherever_it_stands(text: str, short: str, times: int, kind: Kind) -> None:
    found = of(short, read(text))
    assert [(mention.kind, mention.rule, mention.nested) for mention in found] == [
        (kind, "abbreviation", False)
    ] * times


@pytest.mark.parametrize(
    "text",
    [
        "这项工作很重要（以下简称“要务”）。抓好要务。",
        "松江新材料产业技术研究院挂牌。它的简称是什么，大家都问。",
        "简称“云扩工程”。",
    ],
)
def test_what_no_name_stands_before_is_no_definition(text: str) -> None:
    assert not [mention for mention in read(text).mentions if mention.rule == "abbreviation"]


def test_a_short_name_gives_way_to_a_longer_name_around_it() -> None:
    text = "云岭水库扩建工程（以下简称“云扩工程”）开工。云扩工程管理处挂牌。"
    names = [mention.text for mention in read(text).mentions if not mention.nested]
    assert names == ["云岭水库扩建工程", "云扩工程", "云扩工程管理处"]


def test_a_short_name_is_an_alias_of_the_long_one_and_the_link_says_why() -> None:
    text = "云岭水库扩建工程（以下简称“云扩工程”）开工。年内云扩工程竣工。"
    made = knowledge(read(text))
    (project,) = (entity for entity in made.entities if entity.kind is Kind.PROJECT)
    assert "云扩工程" in project.aliases
    reasons = {link.reason for link in made.links if link.mention.text == "云扩工程"}
    assert reasons == {"defined in the document as short for 云岭水库扩建工程"}
    assert {link.entity for link in made.links if link.mention.text == "云扩工程"} == {project.id}


def test_one_short_name_stands_for_two_things_in_two_documents() -> None:
    one = read("云岭水库扩建工程（以下简称“扩建工程”）开工，扩建工程进展顺利。", doc="a")
    other = read("北湖水库扩建工程（以下简称“扩建工程”）开工，扩建工程进展顺利。", doc="b")
    made = knowledge(one, other)
    meant = {link.mention.doc: link.entity for link in made.links if link.mention.text == "扩建工程"}
    assert meant["a"] != meant["b"]


def test_many_definitions_take_linear_time() -> None:
    def seconds(count: int) -> float:
        text = "甲乙路（以下简称“丙丁”）丙丁，" * count
        mentions = [
            Mention("d", span, span.of(text), Kind.PLACE)
            for span in (Span(at * 17, at * 17 + 3) for at in range(count))
        ]
        before = time.process_time()
        found = with_abbreviations(Document("d", text, "", "", ""), mentions)
        assert len(found) > count
        return time.process_time() - before

    seconds(10)
    short, long = (min(seconds(count) for _ in range(3)) for count in (800, 8000))  # the collector may break in once
    assert long < 40 * max(short, 0.002)
