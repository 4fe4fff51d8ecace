"""Find the figures with a unit in a text, as exact numbers.

Ordinals, dates, years and numbers that are part of a name are no quantities: 第七巡视组, 2022年,
"10·29", pm2.5, 三个坚定不移. Every pattern starts on a character class and gives no repeat back,
so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from jintu.model import Bound, Quantity, Span
from jintu.text.numerals import CHINESE, MULTIPLIERS, narrow, numeral
from jintu.text.units import Unit, units

BEFORE = {
    **dict.fromkeys(("超", "超过", "突破", "破", "逾", "至少", "不低于", "不少于", "高于", "多达"), Bound.LOWER),
    **dict.fromkeys(("近", "将近", "接近", "不到", "不足", "不超过", "低于", "不高于", "最多"), Bound.UPPER),
    **dict.fromkeys(("约", "大约", "大概"), Bound.ABOUT),
}
AFTER = {
    **dict.fromkeys(("以上", "之上"), Bound.LOWER),
    **dict.fromkeys(("以下", "以内", "之内"), Bound.UPPER),
    **dict.fromkeys(("左右", "上下"), Bound.ABOUT),
}
LIMIT = "|".join(AFTER)
MULTIPLIER = "万亿|[百千]亿|[十百千]万|[百千万亿]"
SCALE = "[万亿]"  # what a Chinese numeral leaves to the unit: 三百二十|万亩
NUMBER = r"\d++(?:,\d{3}(?!\d))*+(?:\.\d++)?"
DASH = "(?:-{1,2}|—{1,2}|–|~|至|到)"
WORDS_BEFORE = tuple(sorted(BEFORE, key=len, reverse=True))
DOUBLED = re.compile(r"翻了?([一二两三四])?番")
HUNDREDTHS = re.compile(rf"百分之([{CHINESE}点]{{1,9}}+)(?P<limit>{LIMIT})?")
SIGNED = re.compile(r"[签续履预节契]约\Z")  # 签约8个: no rough figure
RATIO = re.compile(r"[:为至达到比于近超约]\Z")  # what stands before a ratio without a unit: 收入比缩小至1.78
LONGEST_NUMBER = 20  # digits; beyond it a number is no figure of a report, and products would be rounded
MINUS = re.compile(r"(?:\A|[^\dA-Za-z-])-\Z")
ENDS = frozenset("，。；、,;（）() \n")
NOT_BEFORE = {"方": "方(?![面向针案式法])", "台": "台(?!阶)"}  # 5方面, 十方面, 5万亿台阶
UNITLESS = Unit("ONE", Decimal(1), "unit:UNITLESS", False, "")
RANKED = frozenset(("位", "名", "强", "个"))  # 前3位, 前10名 are ranks


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold where a quantity stands; the span takes in the words that bound it (近, 以上)."""

    span: Span
    quantity: Quantity


def quantities(text: str) -> tuple[Figure, ...]:
    """Return the figures with a unit in a text, in order, none inside another.

    ``number`` is in digits where the text has a Chinese numeral. A range counts from its lower
    end. A ratio without a unit is found after 为, 至, 达.

    >>> [(f.quantity.number, f.quantity.unit, str(f.quantity.value)) for f in quantities("造林14.6万亩，增长近两倍")]
    [('14.6', '万亩', '146000'), ('2', '倍', '2')]
    """
    plain = narrow(text)
    found = [*_digits(text, plain), *_chinese(text, plain), *_doubled(text), *_hundredths(text)]
    found.sort(key=lambda figure: (figure.span.start, -figure.span.end))
    return tuple(_apart(found))


def _apart(figures: list[Figure]) -> Iterator[Figure]:
    end = 0
    for figure in figures:
        if figure.span.start >= end:
            yield figure
            end = figure.span.end


@cache
def _grammar() -> tuple[re.Pattern[str], re.Pattern[str]]:
    known = sorted({narrow(form) for form in units()}, key=lambda form: (-len(form), form))
    forms = "|".join(NOT_BEFORE.get(form, re.escape(form)) for form in known)
    unit = rf"(?:{forms})(?:[(（](?:{forms})[)）])?"
    digits = re.compile(
        rf"(?P<n>\d(?<![\dA-Za-z.·第#/]\d)\d*+(?:,\d{{3}}(?!\d))*+(?:\.\d++)?)(?![.·\d])"
        rf"(?:(?P<inner>(?P<scale>{MULTIPLIER})?(?:{forms})?){DASH}(?P<to>{NUMBER}))?(?P<plus>[余多])?"
        rf"(?:(?P<alone>{unit})|(?P<times>{MULTIPLIER})(?P<more>[余多])?(?P<unit>{unit})?)?(?P<limit>{LIMIT})?"
    )
    chinese = re.compile(
        rf"(?P<n>[{CHINESE}几数](?<![{CHINESE}\d第.·余多].)[{CHINESE}]*+)(?P<plus>[余多几])?"
        rf"(?P<times>{SCALE})?(?P<unit>{forms})(?P<limit>{LIMIT})?"
    )
    return digits, chinese


def _digits(text: str, plain: str) -> Iterator[Figure]:
    for m in _grammar()[0].finditer(plain):
        unit = _unit_of(plain, m)
        number = numeral(m["n"]) if unit and m.end("n") - m.start() <= LONGEST_NUMBER else None
        if unit is None or number is None or (plain[m.start() - 1 : m.start()] == "前" and m["alone"] in RANKED):
            continue
        value = number * MULTIPLIERS.get(m["scale"] or m["times"] or "", Decimal(1)) * unit.factor
        written = text[m.start() : m.end("to")] if m["to"] else text[m.start() : m.end("n")]
        written = written.replace(text[m.start("inner") : m.end("inner")], "", 1) if m["inner"] else written
        sign = (
            "-" if plain.endswith("-", 0, m.start()) and MINUS.search(plain[max(0, m.start() - 2) : m.start()]) else ""
        )
        bound = Bound.LOWER if m["to"] or m["plus"] or m["more"] else AFTER.get(m["limit"], Bound.EXACT)
        shown = _slice(text, m, "times") + _slice(text, m, "unit") + _slice(text, m, "alone")
        value = -value if sign else value
        yield _figure(text, Span(m.start() - len(sign), m.end()), sign + written, shown, value, unit.code, bound)


def _slice(text: str, m: re.Match[str], group: str) -> str:
    return text[m.start(group) : m.end(group)] if m[group] else ""


def _unit_of(plain: str, m: re.Match[str]) -> Unit | None:
    """Return the unit of digits: a known one, a bare count (438万), a ratio, or None for a number in a name."""
    unit = m["unit"] or m["alone"]
    if unit:
        return units()[unit.partition("(")[0].partition("（")[0]]
    if m["times"]:
        return UNITLESS
    is_ratio = "." in m["n"] and RATIO.search(plain[max(0, m.start() - 1) : m.start()])
    return UNITLESS if is_ratio and (plain[m.end() : m.end() + 1] or "。") in ENDS else None


def _chinese(text: str, plain: str) -> Iterator[Figure]:
    for m in _grammar()[1].finditer(plain):
        unit = units()[m["unit"]]
        is_rough = bool(m["plus"]) or m["n"][0] in "几数" or "几" in m["n"]
        bound = Bound.LOWER if is_rough else AFTER.get(m["limit"], Bound.EXACT)
        limited = is_rough or plain.endswith(WORDS_BEFORE, 0, m.start())
        written, times = _scaled(m["n"].strip("几数"), m["times"])
        number = numeral(written) if len(written) <= LONGEST_NUMBER else None
        if number is None or not _is_figure(m["n"], unit, limited=limited):
            continue
        value = number * MULTIPLIERS.get(times, Decimal(1)) * unit.factor
        yield _figure(
            text, Span(m.start(), m.end()), f"{number:f}", times + _slice(text, m, "unit"), value, unit.code, bound
        )


def _scaled(written: str, times: str | None) -> tuple[str, str]:
    """Part a Chinese numeral from the 万 or 亿 that goes with its unit: 千亿|元 is 千, 亿元."""
    if times is None and len(written) > 1 and written[-1] in "万亿" and not set("万亿") & set(written[:-1]):
        return written[:-1], written[-1]
    return written, times or ""


def _is_figure(written: str, unit: Unit, *, limited: bool) -> bool:
    """Tell a Chinese figure from a name: 三百户, 七成 and 近千家, not 三个坚定, 万家 or 一座."""
    if all(c in "几数十百千万亿" for c in written):
        return limited
    if len(written) == 1:
        return unit.lone and not (written == "一" and unit.iri == "unit:NUM")
    return any(c in "十百千万亿" for c in written)


def _doubled(text: str) -> Iterator[Figure]:
    for m in DOUBLED.finditer(text):
        number = numeral(m[1] or "一") or Decimal(1)
        yield _figure(text, Span(m.start(), m.end()), f"{number:f}", "番", number, "DOUBLING", Bound.EXACT)


def _hundredths(text: str) -> Iterator[Figure]:
    for m in HUNDREDTHS.finditer(text):
        whole, _, part = m[1].partition("点")
        numbers = [numeral(whole), *map(numeral, part)]
        if None not in numbers:
            number = Decimal("".join([f"{numbers[0]:f}", "." if part else "", *(f"{n:f}" for n in numbers[1:])]))
            bound = AFTER.get(m["limit"], Bound.EXACT)
            yield _figure(text, Span(m.start(), m.end()), f"{number:f}", "%", number, "PERCENT", bound)


def _figure(text: str, span: Span, number: str, unit: str, value: Decimal, code: str, bound: Bound) -> Figure:
    if text.endswith(WORDS_BEFORE, 0, span.start) and not SIGNED.search(text, max(0, span.start - 2), span.start):
        word = next(word for word in WORDS_BEFORE if text.endswith(word, 0, span.start))
        span = Span(span.start - len(word), span.end)
        bound = BEFORE[word] if bound is Bound.EXACT else bound
    plain = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return Figure(span, Quantity(span.of(text), number, unit, plain, code, bound))
