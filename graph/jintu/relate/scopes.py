"""Tell which clauses speak of a thing that is not the own place: 该项目…, 全村…, 大桥全长…."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from jintu.model import Kind, Sentence, Struct
from jintu.relate.layout import Layout, name_of
from jintu.relate.naming import COLLECTIVE, Naming
from jintu.relate.words import Found

NAMED = re.compile(name_of(Kind.INSTITUTION, Kind.PROJECT))
ALONE = re.compile(f"{NAMED.pattern}[，,]")  # [城东水厂]，占地50亩: what the clauses behind it tell of
PLACE = re.compile(name_of(Kind.PLACE))
EARLIER = 40  # characters before a thing in which several of its kind are counted: 项目12个，项目总投资…
VILLAGE = "村"
COUNT = "[个家所座项条]"
ENDS = frozenset("；;")
COLLECTIVE_INCOME = re.compile(  # 村集体收入86万元: a sum that the villages of no county have together
    rf"{COLLECTIVE}(?:经济|经营性)*(?:总|纯)?(?:收入|收益)[^，。；\d]{{0,8}}\d{{1,3}}(?:\.\d+)?余?万元(?!以)"
)


class Turns(Struct, frozen=True, gc=False):
    """Hold the clauses of a sentence that turn to a thing (True) or back (False), by where they begin."""

    starts: tuple[int, ...] = ()
    to_thing: tuple[bool, ...] = ()

    def is_of_thing(self, at: int) -> bool:
        """Tell whether what stands at an offset belongs to a thing, as the last turn before it says."""
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and self.to_thing[index]


def turns(layout: Layout, naming: Naming, sentence: Sentence | None, turning: Found) -> Turns:
    """Find where a sentence turns to a thing and back; ``turning`` are the words without which none does."""
    if sentence is None:
        return Turns()
    span, pauses = sentence.span, layout.pauses
    if turning.first(span.start, span.end) is None and ALONE.match(layout.masked, span.start) is None:
        return Turns()
    first, after = bisect_left(pauses, span.start), bisect_left(pauses, span.end)
    starts = (span.start, *(pause + 1 for pause in pauses[first:after]))
    found = [(start, turn) for start in starts if (turn := _turn(layout, naming, start)) is not None]
    return Turns(tuple(start for start, _ in found), tuple(turn for _, turn in found))


def _turn(layout: Layout, naming: Naming, start: int) -> bool | None:
    masked, own = layout.masked, layout.own.name if layout.own else ""
    begin = naming.light.match(masked, start)
    at = begin.end() if begin else start
    whole = naming.wholes.search(masked, start, at) or naming.wholes.match(masked, at)
    if whole is not None:
        return not own.endswith(whole[0][1:])
    if naming.ours.search(masked, start, at) or naming.ours.match(masked, at):
        return False
    if _is_thing(naming, masked, at, own):
        return True
    return False if PLACE.match(masked, at) or masked[start - 1 : start] in ENDS else None


def _is_thing(naming: Naming, masked: str, at: int, own: str) -> bool:
    named = NAMED.match(masked, at)
    if named is not None:
        return bool(ALONE.match(masked, at) or naming.traits.match(masked, named.end()))
    thing = naming.thing.match(masked, at)
    if thing is None:
        is_income = not own.endswith(VILLAGE) and COLLECTIVE_INCOME.match(masked, at)
        return bool(naming.sized.match(masked, at) or is_income)
    if thing["pointer"]:
        return not own.endswith(thing["thing"])
    return not _is_counted(masked, at, thing["thing"])


def _is_counted(masked: str, at: int, thing: str) -> bool:
    before = masked[max(0, at - EARLIER) : at]
    return bool(re.search(rf"\d{COUNT}[^，。；]{{0,12}}{thing}|{thing}[^，。；\d]{{0,4}}\d+{COUNT}", before))
