"""What a file's format gives: its text, and what the file itself says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from jintu.model import Leaf, Paging


@dataclass(frozen=True, slots=True, order=True)
class Heading:
    """Hold where a line that the file marks as a heading starts in the text, and its level, 1 the highest."""

    start: int
    level: int


@dataclass(frozen=True, slots=True)
class Extract:
    """Hold the text of a file with the title, the ISO date and the headings that the file gives, and its pages."""

    text: str
    title: str = ""
    date: str = ""
    headings: tuple[Heading, ...] = ()
    paging: Paging | None = None


def of_paragraphs(paragraphs: Iterable[tuple[str, int]], *, title: str = "", date: str = "") -> Extract:
    """Join paragraphs, each with its level as a heading (0: none), to a text of one line each.

    >>> of_paragraphs([("总则", 1), ("建成水库。", 0)]).paging.starts
    (0, 3)
    """
    told = tuple(paragraphs)
    starts = tuple(accumulate((len(text) + 1 for text, _ in told), initial=0))[:-1]
    headings = tuple(Heading(start, level) for start, (_, level) in zip(starts, told, strict=True) if level)
    text = "".join(f"{text}\n" for text, _ in told)
    return Extract(text, title, date, headings, Paging(Leaf.PARAGRAPH, starts))
