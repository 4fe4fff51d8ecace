"""Blanks beside Chinese words and marks of half width change nothing that is read, and offsets stay true."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jintu import pipeline
from jintu.model import Document, Kind, Mention, Modality, Section, Span
from jintu.pipeline import Settings, Tools
from jintu.read import document
from jintu.relate import surface
from jintu.typesetting import typeset, widened

REPORT = """凌海市政府工作报告
一、2023年工作回顾
地区生产总值完成160.5亿元，增长5.2%。投资3.6亿元的松岭水库建成投用，新建5G基站120座，PM2.5浓度下降8%。
松岭水库（二期）开工：总投资2亿元；大凌河街道获评“全国综合减灾示范社区”，城镇和农村居民人均可支配收入分别达到3.1万元、1.9万元。
二、2024年工作安排
开工建设G102国道凌海段改造工程，举办第11届葡萄节，推进“清河护岸”3年行动。
"""
BESIDE = re.compile(r"(?<=[一-鿿])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[一-鿿])|(?<=[，、。])(?=[一-鿿])")


@pytest.fixture(scope="module")
def tools() -> Tools:
    return pipeline.prepare(Settings(tagger="fast"))


def facts(text: str, tools: Tools) -> set[tuple[str, ...]]:
    reading = pipeline.extract(document(text, tools.divisions, name="a", place="凌海市", year=2024), tools)
    for mention in reading.mentions:
        assert mention.span.of(text) == mention.text
    for claim in reading.claims:
        assert claim.evidence.span.of(text) == claim.evidence.quote
        for thing in (claim.subject, claim.object):
            assert not isinstance(thing, Mention) or thing in reading.mentions
    return {(*map(bare, surface(claim)), claim.modality, str(claim.year)) for claim in reading.claims}


HALVED = str.maketrans("，；：（）？！“”", ',;:()?!""')


def bare(text: str) -> str:
    return text.replace(" ", "").replace("\u00a0", "").translate(HALVED)


@pytest.mark.parametrize("blank", [" ", "\u00a0", "  "])
def test_a_text_with_blanks_says_what_it_says_without(tools: Tools, blank: str) -> None:
    plain = facts(REPORT, tools)
    assert {relation for _, relation, *_ in plain} >= {"indicator", "status", "received", "hosts", "implements"}
    assert facts(BESIDE.sub(blank, REPORT), tools) == plain


def test_a_text_with_marks_of_half_width_says_what_it_says_with_full_ones(tools: Tools) -> None:
    plain = facts(REPORT, tools)
    assert facts(REPORT.translate(HALVED), tools) == plain
    assert facts(BESIDE.sub(" ", REPORT).translate(HALVED), tools) == plain


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("建成(一期),投用", "建成（一期），投用"),
        ("增长5%,产值3,000万元;\n在10:30开工!", "增长5%，产值3,000万元；\n在10:30开工！"),
        ('推进"三化"和"1+5"', "推进“三化”和“1+5”"),
        ("建成(2023年),5个:(甲)", "建成（2023年），5个：（甲）"),
        ("Contact: a@b.com,\nplain (text), too;", "Contact: a@b.com,\nplain (text), too;"),
        ('推进"三化', '推进"三化'),
        ('第一行"\n第二行"一"', '第一行"\n第二行“一”'),
        ('a "plain" text, in (short) lines: 1,000', 'a "plain" text, in (short) lines: 1,000'),
    ],
)
def test_marks_beside_chinese_become_wide(text: str, wide: str) -> None:
    assert widened(text) == wide


@pytest.mark.parametrize("text", ["长" * 400_000 + '"短"', '"长" ' * 100_000, "(长,短)" * 80_000])
def test_a_line_without_end_is_set_in_no_time(text: str) -> None:
    start = process_time()
    assert len(widened(text)) == len(text)
    assert process_time() - start < 2


@pytest.mark.parametrize("text", ["市长 张三", "a plain text, in English", "\u3000\u3000缩进", "表头   12", "一\n二"])
def test_other_blanks_part_words(text: str) -> None:
    assert typeset(Document("a", text, "", "", "")).document.text == text


def test_blanks_in_a_title_change_no_year(tools: Tools) -> None:
    title, line = "凌海市2024年5月份经济运行情况", "\n财政收入完成1.2亿元。"
    assert facts(title + line, tools) == facts(BESIDE.sub(" ", title) + line, tools)


@settings(max_examples=200, deadline=None)
@example(text="'3\u00a0\u00a0“", ends=(0, 0))
@given(text=st.text(alphabet='水库3A ，“。,;("\u00a0\n', max_size=40), ends=st.tuples(*[st.integers(0, 40)] * 2))
def test_whatever_is_read_stands_where_it_says(text: str, ends: tuple[int, int]) -> None:
    middle = Section(Span(len(text) // 2, len(text)), "", Modality.STATED)
    closed = typeset(Document("a", text, "", "", "", sections=(middle,)))
    short = closed.document.text
    start, end = sorted(min(at, len(short)) for at in ends)
    if start < end:
        found = Mention("a", Span(start, end), short[start:end], Kind.PLACE)
        (mention,) = closed.reading((found,), ()).mentions
        assert mention.span.of(text) == mention.text
        assert bare(mention.text) == bare(found.text)
    (section,) = closed.document.sections
    assert bare(section.span.of(short)) == bare(middle.span.of(text))


def test_the_same_things_are_made_of_either_width(tools: Tools) -> None:
    def things(text: str) -> set[tuple[str, str]]:
        reading = pipeline.extract(document(text, tools.divisions, name="a", place="凌海市", year=2024), tools)
        return {(entity.id, entity.label) for entity in pipeline.fold([reading], tools).entities}

    assert things(REPORT.translate(HALVED)) == things(REPORT)


def test_a_title_is_set_where_its_text_needs_nothing() -> None:
    found = typeset(Document("a", "建成投用。", "凌海市 2024 年实事(一)", "", ""))
    assert (found.document.title, found.document.text) == ("凌海市2024年实事（一）", "建成投用。")
