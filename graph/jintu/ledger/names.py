"""Find the name of one thing in two reports, never two things that only look alike.

The linker joins names within what it is sure of; from one report to the next the same work may gain or
lose a word (桥南地域排水管网改造, 桥南排水管网改造). Such names match when nothing but empty words and
details is different: one side may say more than the other, but never both something else.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from jintu.ledger.words import words
from jintu.link.naming import plain
from jintu.model import Kind

FILLERS = re.compile("[的和与及、,()·-]")
PHASE = re.compile(r"[一二三四五六七八九十首\d]+期")
# What tells works of one name apart where one side alone has it: a phase, an order, a direction, an age, a level.
APART = re.compile(
    rf"{PHASE.pattern}|第.|[一二三四五六七八九十\d]+(?=[号段标])|[东西南北](?=[路街环院区段侧线岸门桥]|$)|[新老旧]|中央"
)
FIGURE = re.compile(r"\d+(?:\.\d+)?[万亿]?(?:千[瓦伏]|兆瓦|平方米|吨级?|公里|亩|张|米|[个条座])?")
BUILT = (Kind.PROJECT, Kind.PLACE, Kind.INSTITUTION)
LEAST = 4  # characters of a core; with fewer only equal cores match
LEAST_EQUAL = 3
LEAST_SCORE = 0.75  # of 0.6 to 0.8 on 锦州市 2020 to 2022 and 沈阳市; below it 区域中心城市 is 消费中心城市 (2026-11)
SIZED_SCORE = 0.95  # the same name, with and without a size
PART_SCORE = 0.7  # a phase is the thing, but not all of it


@dataclass(frozen=True, slots=True)
class Name:
    """Hold a name as it is compared.

    ``core`` is its normal form without works and empty words, ``bare`` the core without sizes (30万吨级),
    ``whole`` the core without a phase; ``is_built`` tells works from programmes and titles.
    """

    core: str
    bare: str
    whole: str
    letters: frozenset[str]
    is_built: bool

    @property
    def keys(self) -> frozenset[str]:
        """Return the pairs of neighbouring characters, each with the last one: names of one thing share a key."""
        last = self.bare[-1:]
        pairs = {self.whole[at : at + 2] for at in range(len(self.whole) - 1)}
        return frozenset({pair + last for pair in pairs} | {pair + self.whole[-1:] for pair in pairs})


@dataclass(frozen=True, slots=True)
class Likeness:
    """Hold how like two names are, from 0 to 1, why they are taken for one, and whether one is a phase alone."""

    score: float
    reason: str
    is_part: bool = False


def name_of(label: str, kind: Kind, *, place: str = "") -> Name:
    """Return a name as it is compared; the name of its place at the front says nothing.

    >>> name_of("锦州市桥南地域排水管网改造工程", Kind.PROJECT, place="锦州市").core
    '桥南排水管网'
    """
    form = plain(label)
    if place and len(form) > len(place) + LEAST:
        form = form.removeprefix(plain(place))
    is_built = kind in BUILT
    empty = words().works if is_built else words().policies
    core = FILLERS.sub("", empty.sub("", form))
    bare = FIGURE.sub("", core)
    return Name(core, bare, PHASE.sub("", core, count=1), frozenset(bare), is_built)


def likeness(planned: Name, later: Name) -> Likeness | None:
    """Return how like a later name is to a planned one, or None where they are names of two things.

    >>> def built(label):
    ...     return name_of(label, Kind.PROJECT)
    >>> likeness(built("福州街跨女儿河大桥"), built("女儿河福州街大桥")).score
    0.94
    >>> likeness(built("凌河热源厂一期工程"), built("凌河热源厂二期工程"))
    >>> likeness(built("小凌河广州街大桥"), built("小凌河福州街大桥"))
    """
    one, other = planned.core, later.core
    if one == other:
        return Likeness(1.0, "the same but for words of building") if len(one) >= LEAST_EQUAL else None
    if len(one) >= LEAST and one == later.whole:
        return Likeness(PART_SCORE, f"{PHASE.findall(other)[0]} alone", is_part=True)
    if not _may_be_one(planned, later) or _told_apart(one, other):
        return None
    if not planned.is_built and not _only_details(*sorted((one, other), key=len)):
        return None
    if bool(FIGURE.search(one)) == bool(FIGURE.search(other)):
        return _overlap(one, other, "")
    return _overlap(planned.bare, later.bare, "".join(FIGURE.findall(one + other)))


def _may_be_one(planned: Name, later: Name) -> bool:
    """Tell quickly whether two names end alike and the letters of one are all in the other."""
    alike = planned.letters <= later.letters or later.letters <= planned.letters
    return alike and planned.bare[-1:] == later.bare[-1:] and min(len(planned.bare), len(later.bare)) >= LEAST


def _overlap(one: str, other: str, size: str) -> Likeness | None:
    """Return the share of characters in both cores, where one core alone says more; ``size`` is what one alone had."""
    more, less = Counter(one) - Counter(other), Counter(other) - Counter(one)
    score = round(2 * (Counter(one) & Counter(other)).total() / (len(one) + len(other)), 2)
    if (more and less) or score < LEAST_SCORE:
        return None
    extra = size + "".join((more or less).elements())
    reason = f"the same but for {extra}" if extra else "the same words in another order"
    return Likeness(min(score, SIZED_SCORE) if size else score, reason)


def _only_details(short: str, long: str) -> bool:
    """Tell whether the longer name of a programme adds nothing but details, or writes a short form out.

    One word more is another programme (文明城市, 水生态文明城市), but for words like 全国 and 示范; a short form
    leaves out single characters (电商, 电子商务).
    """
    added, at = [""], 0
    for letter in long:
        if at < len(short) and short[at] == letter:
            added.append("")
            at += 1
        else:
            added[-1] += letter
    runs = [run for run in added if run]
    is_written_out = len(runs) > 1 and all(len(run) == 1 for run in runs)
    return at == len(short) and (is_written_out or all(words().details.fullmatch(run) for run in runs))


def _told_apart(one: str, other: str) -> bool:
    """Tell whether a phase, an order or a direction is on one side alone, or figures on both sides differ."""
    figures = [sorted(FIGURE.findall(core)) for core in (one, other)]
    marks = [sorted(APART.findall(core)) for core in (one, other)]
    return marks[0] != marks[1] or (all(figures) and figures[0] != figures[1])
