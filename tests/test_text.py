"""Facts about the quantity grammar, numerals and dates."""

from __future__ import annotations

import random
import time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jintu.errors import OntologyError
from jintu.ontology import Ontology, load
from jintu.text import Figure, Years, narrow, numeral, quantities, units
from jintu.text.units import read_units

TABLE = Path(__file__).parent / "quality" / "quantities.tsv"
ALPHABET = "0123456789.,，%％第·年月日十百千万亿一二三五余多近超至—-元亩个家户公里百分之点翻番以上左右的"


def written(figure: Figure) -> str:
    quantity = figure.quantity
    return f"{quantity.number}|{quantity.unit}|{quantity.value:f}|{quantity.measured_in}|{quantity.bound}"


def expressions() -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    return [(text, figures) for text, figures in rows[1:]]


def test_the_table_holds_300_expressions_without_repeats() -> None:
    texts = [text for text, _ in expressions()]
    assert len(texts) == len(set(texts)) == 300


@pytest.mark.parametrize(("text", "expected"), expressions())
def test_an_expression_is_read_as_the_table_says(text: str, expected: str) -> None:
    assert "; ".join(map(written, quantities(text))) == expected.removeprefix("-" if expected == "-" else "\0")


@settings(deadline=None)  # the first example loads cn2an
@given(st.text(alphabet=ALPHABET, max_size=60))
def test_figures_stand_where_they_say_apart_and_in_order(text: str) -> None:
    figures = quantities(text)
    assert all(figure.span.of(text) == figure.quantity.text for figure in figures)
    assert all(a.span.end <= b.span.start for a, b in pairwise(figures))


@settings(deadline=None)  # the first example loads cn2an
@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_a_decimal_is_read_exactly(number: Decimal) -> None:
    (figure,) = quantities(f"完成{number}亩，")
    assert figure.quantity.value == number


@pytest.mark.parametrize(
    "piece", ["1", "一", "1,", "1.1", "百分之一", "1-", "万", "9%至", "１", "翻", "1·", "第1", "余多"]
)
def test_time_grows_with_length_and_no_faster(piece: str) -> None:
    started = time.process_time()
    quantities(piece * (200_000 // len(piece)))
    assert time.process_time() - started < 3


def test_a_number_longer_than_any_figure_is_no_figure() -> None:
    assert quantities("9" * 400 + "元") == ()


def test_narrowing_keeps_every_offset_and_is_done_once() -> None:
    text = "".join(random.Random(1).choice("１２％ＡＢｚ．，中文12%") for _ in range(500))
    assert len(narrow(text)) == len(text)
    assert narrow(narrow(text)) == narrow(text)


@pytest.mark.parametrize("written_number", ["", "十百", "1.", ".5", "1.2.3", "甲", "万亿万"])
def test_what_is_no_numeral_is_none_or_a_number(written_number: str) -> None:
    found = numeral(written_number)
    assert found is None or found > 0


@settings(deadline=None)  # the first example loads cn2an
@given(st.text(alphabet="零一二两三四五六七八九十百千万亿", max_size=12))
def test_no_chinese_numeral_crashes(written_number: str) -> None:
    found = numeral(written_number)
    assert found is None or found >= 0


@pytest.mark.parametrize(
    ("written_number", "number"),
    [
        ("三百二十", 320),
        ("一千零五", 1005),
        ("十二", 12),
        ("两万三千", 23000),
        ("一亿零二十万", 100200000),
        ("二十", 20),
    ],
)
def test_chinese_numerals_count_as_people_do(written_number: str, number: int) -> None:
    assert numeral(written_number) == number


def year_of(text: str, *, now: int | None = None) -> int | None:
    return Years(text, now=now).of(0, len(text))


def test_one_year_is_found_and_two_are_not() -> None:
    assert year_of("到2025年建成") == 2025
    assert year_of("２０２４年") == 2024
    assert year_of("2023年和2024年") is None
    assert year_of("第2025号") is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("比2020年增加9所", None),
        ("较2015年底下降2%", None),
        ("由2020年的10座增加到30座", None),
        ("从2019年的10座增加到2023年的30座", 2023),
        ("自2018年以来累计投入9亿元", None),
        ("自2025年9月1日起施行", 2025),
        ("从2022年秋季学期开始实行", 2022),
        ("与2010年相比", None),
        ("与2022年对接会同期举行", 2022),
        ("是2019年的1.3倍", None),
        ("分别达到2016年的80%和1.2倍", None),
        ("高于2019年同期", None),
        ("占比2023年达到30%", 2023),
        ("落实《水网规划（2021—2035年）》", None),
        ("落实《水网规划》2024年任务", 2024),
        ("列入供水规划和2035年远景目标纲要", None),
    ],
)
def test_a_year_to_measure_against_or_in_a_title_is_not_the_one_spoken_of(text: str, year: int | None) -> None:
    assert year_of(text) == year


@pytest.mark.parametrize(
    ("before", "clause", "year"),
    [
        ("到2030年，", "产值达到90亿元", 2030),
        ("预计到2025年底，桥梁建成，", "产值达到90亿元", 2025),
        ("2024年，新建学校5所；", "改造12所", 2024),
        ("2024年前三季度，", "产值达到90亿元", 2024),
        ("2023年，", "比2020年增加9所", 2023),
        ("2023年，", "2021年的欠账还清", 2021),
        ("2023年，桥梁开工，2024年，", "桥梁合龙", 2024),
        ("2023年，桥梁开工，今年，", "桥梁合龙", None),
        ("2023年，桥梁开工。", "桥梁合龙", None),
        ("2018年以来，", "产值增长9%", None),
        ("2018年至2020年，", "产值增长9%", None),
        ("自2018年，", "产值增长9%", None),
        ("2017年高铁通车，", "城区扩大", None),
    ],
)
def test_a_year_alone_in_its_clause_holds_for_those_behind_it(before: str, clause: str, year: int | None) -> None:
    text = before + clause
    assert Years(text).of(len(before), len(text)) == year


def test_this_year_and_the_last_are_known_where_now_is() -> None:
    words = ("去年建成", "今年建成", "力争明年底建成", "比去年增加")
    assert [year_of(each, now=2024) for each in words] == [2023, 2024, 2025, None]
    assert [year_of(each) for each in words] == [None] * 4


def test_years_take_time_that_grows_with_the_length() -> None:
    started = time.process_time()
    Years("2024年，" * 100_000)
    assert time.process_time() - started < 4


def test_every_unit_has_a_code_and_a_positive_factor() -> None:
    assert all(unit.code and unit.factor > 0 for unit in units().values())
    assert units()["亩"].code == "MU"


def test_all_mistakes_of_the_unit_table_come_at_once(tmp_path: Path) -> None:
    head = "code\tforms\tfactor\tiri\tlone\tlabel\n"
    rows = "A\t尺\tx\t-\tno\t尺\nB\t寸\t1\t-\tmaybe\t寸\nC\t寸\t1\t-\tno\t寸\n"
    (tmp_path / "units.tsv").write_text(head + rows, encoding="utf-8")
    with pytest.raises(OntologyError) as error:
        read_units(Ontology(tmp_path))
    said = str(error.value).splitlines()
    assert len(said) == 3
    assert said[0].startswith("units.tsv:2:")
    assert "maybe" in said[1]
    assert "寸" in said[2]


def test_the_shipped_unit_table_is_right() -> None:
    assert read_units(load())["公里"].iri == "unit:KiloM"
