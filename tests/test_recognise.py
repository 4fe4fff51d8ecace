"""What the recogniser promises of any text, and what it finds in plain sentences."""

import shutil
import time
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jintu.gold import Name
from jintu.model import Document, Kind, Mention, Span
from jintu.ontology import load
from jintu.recognise import Recogniser, available, settle
from jintu.recognise.gazetteer import FIRST, FURTHER, WHOLE
from jintu.recognise.names import labelled, names_of
from jintu.recognise.reading import GAZETTEER, Reader
from jintu.recognise.train import KINDS
from jintu.recognise.within import Names, led_by_county
from jintu.segment import segment

TIERS = ["fast", "full"] if available() == "full" else ["fast"]
REPORT = (
    "一、过去一年工作回顾\n松江市建成云岭水库，市人民医院入选全国改善医疗服务先进单位。"
    "全面实施乡村振兴战略，扎实推进“清水绿岸”行动。投资3.2亿元的北湖污水处理厂二期工程竣工。\n"
    "二、今年工作安排\n加快城南大桥、滨河公园等项目建设，举办首届松江马拉松。"
)


@cache
def recogniser(tier: str) -> Recogniser:
    return Recogniser(load(), "full" if tier == "full" else "fast")


def read(text: str, tier: str = "fast") -> tuple[Mention, ...]:
    document = Document("report", text, "", "", "")
    return recogniser(tier)(document, segment(document))


def outer(mentions: tuple[Mention, ...]) -> list[Mention]:
    return [mention for mention in mentions if not mention.nested]


def assert_sound(text: str, mentions: tuple[Mention, ...]) -> None:
    assert all(mention.span.of(text) == mention.text for mention in mentions)
    assert all(0 <= mention.score <= 1 and mention.rule for mention in mentions)
    assert list(mentions) == sorted(mentions, key=lambda mention: mention.span.start)
    names = outer(mentions)
    assert all(a.span.end <= b.span.start for a, b in pairwise(names))
    for inner in set(mentions) - set(names):
        assert any(name.span.covers(inner.span) and name.span != inner.span for name in names)


@pytest.mark.parametrize(
    ("place", "inside"), [("阜新市", ["彰武"]), ("辽宁省", ["彰武"]), ("锦州市", []), (None, []), ("云港先导区", [])]
)
def test_a_name_that_begins_with_a_county_of_the_own_place_lies_there(place: str | None, inside: list[str]) -> None:
    text = "彰武治沙学校扩建，彰武县丰收。"
    document = Document("report", text, "", "", "", place, 2023)
    reading = Reader(load())(document, segment(document))
    outer = labelled([Name(Span(0, 6), Kind.INSTITUTION), Name(Span(9, 12), Kind.PLACE)], reading.layout, KINDS)
    found = led_by_county(reading, Names.of(outer), np.zeros_like(outer))
    assert [name.span.of(text) for name in names_of(found, reading.layout, KINDS)] == inside
    assert led_by_county(reading, Names.of(outer), outer).tolist() == outer.tolist()


def test_the_gazetteer_tells_organisations_from_divisions() -> None:
    document = Document("report", "宁德时代落户宁德市，比亚迪也来了。", "", "", "")
    reading = Reader(load())(document, segment(document))
    marks = reading.marks[GAZETTEER].values[reading.layout.inside].tolist()
    (first, further), division, firm = marks[:2], marks[3], marks[5]
    assert [mark % 16 for mark in (first, further, division, firm)] == [FIRST, FURTHER, WHOLE, WHOLE]
    assert first - FIRST == further - FURTHER == firm - WHOLE != division - WHOLE


@pytest.mark.parametrize("tier", TIERS)
def test_a_report_gives_names_of_all_core_kinds(tier: str) -> None:
    found = read(REPORT, tier)
    assert_sound(REPORT, found)
    assert {Kind.PLACE, Kind.INSTITUTION, Kind.PROJECT, Kind.PROGRAMME} <= {mention.kind for mention in found}
    assert ("乡村振兴战略", Kind.PROGRAMME) in {(mention.text, mention.kind) for mention in found}


@pytest.mark.parametrize("tier", TIERS)
@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=120) | st.text(alphabet=st.sampled_from("锦州市水库建设“”《》、，。的项目12AB \n"), max_size=200)
)
def test_names_of_any_text_are_where_they_say(tier: str, text: str) -> None:
    assert_sound(text, read(text, tier))


HARD = {
    "nothing": "",
    "white space": " \n\u3000\t",
    "markdown": "# 一、**重点工作**\n* **松江大桥**项目[1]开工\n> 引用\n| 表 | 格 |",
    "half width": "松江市,建成云岭水库;实施'清水'行动(二期).",
    "traditional": "松江市建設雲嶺水庫，實施鄉村振興戰略。",
    "latin": "PM2.5治理、PPP项目、5G基站、ＡＩ大模型与RCEP落地。",
    "english": "The city council opened the new library in 2024.",
    "surrogate": "松江市\ud800建成云岭水库。",
    "no marks": "松江市建成云岭水库全面实施乡村振兴战略" * 50,
    "unbalanced quotes": "“《”》““松江市”” 《《规划》",
    "a lone bracket behind a place": "组织企业赴大连—深圳（装备产业对接会等活动。",
    "digits": "1" * 5000,
}


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("text", HARD.values(), ids=HARD.keys())
def test_hard_texts_are_read_without_a_stumble(tier: str, text: str) -> None:
    assert_sound(text, read(text, tier))


def test_a_sentence_of_100_000_characters_takes_linear_time() -> None:
    unit = "松江市建成云岭水库和北湖污水处理厂并全面实施乡村振兴战略"
    read(unit)  # so that nothing is loaded while the clock runs
    before = time.process_time()
    short = read(unit * 400)
    middle = time.process_time()
    long = read(unit * 4000)
    assert time.process_time() - middle < 40 * (middle - before)
    assert len(long) > 5 * len(short) > 0


def test_the_same_text_gives_the_same_names() -> None:
    again = Recogniser(load(), "fast")
    document = Document("report", REPORT, "", "", "")
    assert again(document, segment(document)) == read(REPORT)


def test_what_stands_before_a_document_in_a_run_changes_nothing() -> None:
    alone = read(REPORT)
    read("另一份报告提到城西车站和东山隧道。")
    assert read(REPORT) == alone


def test_the_places_own_words_are_no_names() -> None:
    texts = {mention.text for mention in read("我市经济稳中有进，全市生产总值增长5%，我省连续三年向好。")}
    assert not texts & {"我市", "全市", "我省"}


def test_the_default_tier_is_full_where_its_parts_are_installed() -> None:
    assert available() == ("full" if find_spec("onnxruntime") else "fast")


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from(list(Kind)), st.floats(0, 1)), max_size=30
    )
)
def test_settle_never_keeps_two_that_overlap_and_leaves_none_out_that_is_free(
    rows: list[tuple[int, int, Kind, float]],
) -> None:
    text = "水" * 40
    given_mentions = [
        Mention("d", Span(start, start + size), text[start : start + size], kind, score=score)
        for start, size, kind, score in rows
    ]
    kept = settle(given_mentions)
    assert all(a.span.end <= b.span.start for a, b in pairwise(kept))
    assert all(any(mention.span.meets(chosen.span) for chosen in kept) for mention in given_mentions)
    assert settle(kept) == kept


def test_a_name_that_an_analyst_wrote_down_is_read_wherever_it_stands(tmp_path: Path) -> None:
    shutil.copytree(load().root, tmp_path / "ontology")
    table = tmp_path / "ontology" / "gazetteers" / "names.tsv"
    table.write_text(table.read_text(encoding="utf-8") + "说话算数\tProgramme\n", encoding="utf-8")
    text = "干部要说话算数，群众才会信服。"
    document = Document("report", text, "", "", "")
    found = Recogniser(load(tmp_path / "ontology"), "fast")(document, segment(document))
    assert [(m.text, m.kind, m.rule) for m in found if m.rule == "names"] == [("说话算数", Kind.PROGRAMME, "names")]
    assert_sound(text, found)


def test_a_long_document_is_read_as_its_parts_are() -> None:
    filler = "云岭水库建成。\n" * 20_000
    found = read(filler + REPORT)
    shift = len(filler)
    moved = [(m.span.start - shift, m.text, m.kind) for m in found if m.span.start >= shift]
    assert moved == [(m.span.start, m.text, m.kind) for m in read(REPORT)]
