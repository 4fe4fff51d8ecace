"""Turn labels of words into names and names into labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from jintu.gold import Name
from jintu.model import Kind, Span
from jintu.recognise.columns import Layout

Labels = npt.NDArray[np.int8]
Marks = npt.NDArray[np.bool_]

PAIRS = ("“”", "《》", "（）", "()")  # marks that a name holds both of or neither
MARKS = re.compile("[“”《》（）()]")
ENDS = re.compile(r"[。！？!?\r\n]")
LONGEST_OPENING = 30  # characters between the mark that a name closes and what was read of it
WRAPS = PAIRS[:2]  # those that stay outside a name when nothing of it stands outside them


def labelled(names: Iterable[Name], layout: Layout, kinds: Sequence[str]) -> Labels:
    """Return a label for each row: where a name begins, goes on, or is not.

    A name's ends are moved outward to those of words.
    """
    labels = np.zeros(len(layout.inside), np.int8)
    rows = np.flatnonzero(layout.inside)
    starts, ends = layout.starts[rows], layout.ends[rows]
    for name in names:
        first = int(np.searchsorted(ends, name.span.start, side="right"))
        last = int(np.searchsorted(starts, name.span.end))
        if first < last:
            begins = 1 + 2 * kinds.index(name.kind.value)
            labels[rows[first:last]] = begins + 1
            labels[rows[first]] = begins
    return labels


def stretches(labels: Labels) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the first row, the row after the last and the kind's number of each name.

    >>> [found.tolist() for found in stretches(np.array([0, 1, 2, 1, 4, 0], np.int8))]
    [[1, 3, 4], [3, 4, 5], [0, 0, 1]]
    """
    kind = (labels + 1) >> 1
    begins = (labels & 1) > 0
    begins[1:] |= (kind[1:] > 0) & (kind[1:] != kind[:-1])
    begins[:1] |= kind[:1] > 0
    first = np.flatnonzero(begins)
    breaks = np.flatnonzero(begins | (kind == 0))
    after = np.append(breaks, len(labels))[np.searchsorted(breaks, first, side="right")]
    return first, after, kind[first].astype(np.intp) - 1


def trimmed(labels: Labels, *, opening: Marks, closing: Marks) -> Labels:
    """Let names begin after the words that begin none, and end before those that end none.

    >>> labels = np.array([1, 2, 2, 0, 3, 4], np.int8)
    >>> opening = np.array([1, 1, 0, 0, 0, 0], bool)
    >>> trimmed(labels, opening=opening, closing=opening[::-1]).tolist()
    [0, 0, 1, 0, 0, 0]
    """
    rows = np.arange(len(labels))
    next_free = np.minimum.accumulate(np.where(opening, len(labels), rows)[::-1])[::-1]
    last_free = np.maximum.accumulate(np.where(closing, -1, rows))
    kept = labels.copy()
    first, after, kinds = stretches(labels)
    columns = (first, after, kinds, next_free[first], last_free[after - 1] + 1)
    for start, end, kind, begin, stop in zip(*(column.tolist() for column in columns), strict=True):
        if begin > start or stop < end:
            kept[start : min(begin, end)] = kept[max(stop, start) : end] = 0
            if begin < stop:
                kept[begin] = 1 + 2 * kind
    return kept


def names_of(labels: Labels, layout: Layout, kinds: Sequence[str], *, nested: bool = False) -> Iterator[Name]:
    """Yield the names that labels say."""
    first, after, kind = stretches(labels)
    for start, end, kind_number in zip(first, after, kind, strict=True):
        span = Span(int(layout.starts[start]), int(layout.ends[end - 1]))
        yield Name(span, Kind(kinds[int(kind_number)]), nested)


def _opened(start: int, end: int, text: str, pair: str) -> int:
    """Return where the mark stands that a name closes within: “先修路，|后通车”战略."""
    opening, closing = pair[0], pair[1]
    at = text.rfind(opening, max(0, start - LONGEST_OPENING), start)
    is_open = text.count(opening, start, end) < text.count(closing, start, end) and at >= 0
    return at if is_open and not ENDS.search(text, at, start) and closing not in text[at:start] else start


def balanced(span: Span, text: str) -> Span:
    """Let a name hold both marks of a pair or neither, and none that do nothing but wrap it.

    >>> text = "开展“三化”改造，落实“双减”。"
    >>> [balanced(span, text).of(text) for span in (Span(2, 5), Span(5, 8), Span(11, 15))]
    ['三化', '改造', '双减']
    >>> text = "实施“先修路，后通车”战略"
    >>> balanced(Span(7, 13), text).of(text)
    '“先修路，后通车”战略'
    """
    start, end = span.start, span.end
    if not MARKS.search(text, start, end):
        return span
    while start < end and text[start] in "”》）)":
        start += 1
    while start < end and text[end - 1] in "“《（(":
        end -= 1
    for pair in PAIRS:
        opening, closing = pair[0], pair[1]
        lack = text.count(opening, start, end) - text.count(closing, start, end)
        if lack > 0:
            start, end = (start, end + 1) if text[end : end + 1] == closing else (start + (text[start] == opening), end)
        elif lack < 0:
            reach = text[start - 1 : start] == opening
            start, end = (start - 1, end) if reach else (start, end - (text[end - 1] == closing))
            start = _opened(start, end, text, pair)
    if any(text[start] == pair[0] and text.find(pair[1], start, end) == end - 1 for pair in WRAPS if start < end):
        start, end = start + 1, end - 1
    return Span(start, end) if start < end else span
