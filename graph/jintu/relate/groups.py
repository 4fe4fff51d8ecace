"""Group the figures of a clause that share their words: 分别增长7.8%和8.9%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jintu.model import Bound, Span, Struct
from jintu.relate.investment import MONEY
from jintu.relate.layout import MASKS, REST, Layout
from jintu.relate.naming import Naming, verb_at_end
from jintu.text import Figure, quantities

ALIKE = re.compile(r"\s*(?:、|和|与|及|以及|，)\s*")
LISTED = re.compile(r"(?:\s*(?:、|和|与|及|以及)\s*)+")
NOUN_ENDS = re.compile(r"[、（(]|以及|和(?=\d)|及(?=\d)")
NEXT = re.compile(
    "[、和与及；，。（(]|以及|提高|提升|增[加长至]|扩[大展]|上升|[升降]至|跃升|下降|减少|降低|缩[小减短]|压减"
)
EACH = "分别"
MARK = "大关"  # behind a figure that was passed: 突破1000亿元|大关
REACHED = ("突破", "超过", "超", "破", "逾")  # words of a figure that say that it was reached
DURATIONS = frozenset(("MO", "HR", "MIN", "SEC", "DAY", "WK"))
LAST_MASK = max(MASKS.values())


class Group(Struct, frozen=True, gc=False):
    """Hold figures that share their words, and where the words before and behind stand.

    ``falls`` tells of each figure behind the first whether a verb of its own says that it fell; None where it has none.
    """

    figures: tuple[Figure, ...]
    left: Span
    right: Span
    falls: tuple[bool | None, ...]


def outside_names(layout: Layout) -> tuple[Figure, ...]:
    """Return the figures of a document that are no part of a name."""
    return tuple(figure for figure in quantities(layout.document.text) if not _in_name(layout, figure))


def by_clause(layout: Layout, figures: Sequence[Figure]) -> Iterator[tuple[Span, list[Figure]]]:
    """Yield each clause that has figures, with those of them that measure."""
    at = 0
    while at < len(figures):
        clause = layout.clause(figures[at].span.start)
        until = at + 1
        while until < len(figures) and figures[until].span.start < clause.end:
            until += 1
        yield clause, [figure for figure in figures[at:until] if not _qualifies(layout, figure, clause)]
        at = until


def grouped(layout: Layout, naming: Naming, figures: Sequence[Figure], clause: Span) -> Iterator[Group]:
    """Yield the groups of the figures of a clause."""
    left, at = clause.start, 0
    while at < len(figures):
        first, until = figures[at], at + 1
        is_each = layout.masked.find(EACH, left, first.span.start) >= 0
        falls: list[bool | None] = []
        while until < len(figures):
            start, end = figures[until - 1].span.end, figures[until].span.start
            verb = naming.moves.fullmatch(layout.masked, start, end) if is_each else None
            is_alike = ALIKE.fullmatch(layout.masked, start, end) and not _is_reached(first, figures[until])
            if verb is None and not is_alike:
                break
            falls.append(bool(verb["fall"]) if verb else None)
            until += 1
        is_last = until == len(figures)
        gap = Span(figures[until - 1].span.end, clause.end if is_last else figures[until].span.start)
        right = _right(layout, naming, gap, is_last=is_last)
        listed = LISTED.match(layout.masked, left, first.span.start)
        words = Span(listed.end() if listed else left, first.span.start)
        yield Group(tuple(figures[at:until]), words, right, tuple(falls))
        left, at = right.end, until


def _is_reached(first: Figure, figure: Figure) -> bool:
    """Tell a level behind a change: 增长4%|、突破4000亿元."""
    is_other = figure.quantity.measured_in != first.quantity.measured_in
    return is_other and figure.quantity.text.startswith(REACHED)


def _in_name(layout: Layout, figure: Figure) -> bool:
    return any(REST <= layout.masked[at] <= LAST_MASK for at in (figure.span.start, figure.span.end - 1))


def _qualifies(layout: Layout, figure: Figure, clause: Span) -> bool:
    """Tell a figure that is part of a name (5亿元以上|项目, 24小时|服务) from one that measures."""
    at = figure.span.end
    if at >= clause.end or NEXT.match(layout.masked, at):
        return False
    code = figure.quantity.measured_in
    of_name = layout.masked.startswith("的", at) or figure.quantity.bound is not Bound.EXACT
    return (code in MONEY and of_name) or code in DURATIONS


def _right(layout: Layout, naming: Naming, gap: Span, *, is_last: bool) -> Span:
    """Return the noun at the beginning of the words behind a figure, empty where they begin a new member."""
    start = gap.start + len(MARK) * layout.masked.startswith(MARK, gap.start)
    gap, nothing = Span(min(start, gap.end), gap.end), Span(gap.start, gap.start)
    if LISTED.match(layout.masked, gap.start, gap.end):
        return nothing
    found = NOUN_ENDS.search(layout.masked, gap.start, gap.end + 1)  # one more, for what it looks ahead to
    found = found if found and found.start() < gap.end else None
    if found is None and not is_last and verb_at_end(naming, gap.of(layout.masked)):
        return nothing
    return Span(gap.start, found.start() if found else gap.end)
