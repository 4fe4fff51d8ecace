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
from jintu.text import Figure, narrow, numeral, quantities, units, year_of
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


def test_one_year_is_found_and_two_are_not() -> None:
    assert year_of("到2025年建成") == 2025
    assert year_of("２０２４年") == 2024
    assert year_of("2023年和2024年") is None
    assert year_of("第2025号") is None


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
