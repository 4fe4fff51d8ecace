"""What holds of any text, from the document to its annotation, in both tiers: offsets are true, time is linear."""

import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jintu import pipeline
from jintu.model import Mention, Reading
from jintu.pipeline import Settings, Tools
from jintu.read import document
from jintu.recognise import available

TIERS = ["fast", "full"] if available() == "full" else ["fast"]
FRAGMENTS = (
    "# 松江市政府工作报告\n",
    "**（一）扎实推进云岭水库工程。**",
    "* 建成城南大桥[1]；\n",
    "> 注释：①“双减”：减轻作业和培训负担。\n",
    "名词解释\n1.“一网通办”——政务服务在一个网上办理。\n",
    "松江市,建成北湖污水处理厂;投资3.2亿元(二期).",
    "松江市建設雲嶺水庫，實施鄉村振興戰略。",
    "PM2.5浓度下降12.5%，推进PPP项目，建成5G基站1.2万个，RCEP落地。",
    "增长１２．５％，达到３２０亿元，ＡＩ产业园投产。",
    "松江市建成云岭水库全面实施乡村振兴战略",
    "The council opened a new library in 2024, with 3 million yuan.",
    "市人民医院获评全国先进单位，向黑山县拨付资金，支持青松镇建设。",
    "云岭灌区工程（以下简称“云灌工程”）开工，云灌工程总投资5亿元。",
    "今年，力争完成城西大道、滨河公园等项目，分别增长7.8%、8.9%和10%。",
    "“”《》（）()、，。；：！？—…·\u3000\t \r\n",
    "一、去年工作回顾\n二、今年工作安排\n",
    "2023年1月4日，第七巡视组进驻，三百二十户，翻两番，百分之十二点五，近千家。",
    "\ud800\U0001f600\u200b\ufeffé́٣",
)
TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=12), max_size=14).map("".join)
SHORT = 6_000  # characters of the shorter text of two
TIMES = 4
GROWTH = 2.5 * TIMES  # how much longer the longer text may take: a quadratic step would take 16 times as long


@cache
def tools(tier: str) -> Tools:
    return pipeline.prepare(Settings(tagger="full" if tier == "full" else "fast"))


def read(text: str, tier: str) -> Reading:
    made = tools(tier)
    return pipeline.extract(document(text, made.divisions, place="松江市"), made)


def assert_true(reading: Reading) -> None:
    text = reading.document.text
    named = {*reading.mentions}
    assert all(mention.span.of(text) == mention.text for mention in reading.mentions)
    for claim in reading.claims:
        assert claim.evidence.span.of(text) == claim.evidence.quote
        participants = [each for each in (claim.subject, claim.object) if isinstance(each, Mention)]
        assert named.issuperset(participants)


@pytest.mark.parametrize("tier", TIERS)
@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_every_name_and_every_quote_is_where_it_says_in_any_text(tier: str, text: str) -> None:
    reading = read(text, tier)
    assert_true(reading)
    _, links = tools(tier).link((reading,))
    assert {link.mention for link in links} == {*reading.mentions}


@pytest.mark.parametrize("tier", TIERS)
def test_a_report_of_all_oddities_is_read_in_full(tier: str) -> None:
    reading = read("".join(FRAGMENTS), tier)
    assert_true(reading)
    found = {mention.text for mention in reading.mentions}
    assert {"北湖污水处理厂", "城南大桥", "市人民医院"} <= found
    assert len(reading.claims) > 10


UNITS = {
    "no marks": "松江市建成云岭水库全面实施乡村振兴战略",
    "one sentence": "松江市建成云岭水库，实施“清水”行动，投资3亿元，",
    "list": "云岭水库、北湖大桥、城南公园和",
    "lines": "建成云岭水库\n",
    "headings": "一、重点工作\n（一）抓项目\n",
    "asterisks": "**（一）抓好云岭水库建设。**",
    "footnotes": "云岭水库[12]开工（注3）；",
    "definitions": "云岭水库工程（以下简称“云水工程”），",
    "opening quotes": "“《",
    "opening brackets": "（(",
    "digits": "12",
    "wide digits": "１２，３",
    "figures": "增长3.5%、4.2%、",
    "numerals": "三百",
    "one name": "松江市",
    "own place": "我市全省市委",
    "blanks": " \u3000\t",
    "english": "The new library of Songjiang opened in 2024. ",
    "latin": "PPP5G",
    "of": "的",
}


def seconds(text: str, tier: str) -> float:
    """Return the processor's time for reading and linking a text, the best of two."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        tools(tier).link((read(text, tier),))
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_a_text_four_times_as_long_takes_about_four_times_as_long(unit: str) -> None:
    short = unit * (SHORT // len(unit))
    seconds(short[:1000], "fast")
    assert seconds(short * TIMES, "fast") < GROWTH * max(seconds(short, "fast"), 0.02)


@pytest.mark.parametrize("tier", TIERS)
def test_a_sentence_of_100_000_characters_is_read_in_both_tiers(tier: str) -> None:
    unit = "松江市建成云岭水库和北湖污水处理厂并全面实施乡村振兴战略"
    reading = read(unit * (100_000 // len(unit)), tier)
    assert_true(reading)
    assert len(reading.mentions) > 1000
