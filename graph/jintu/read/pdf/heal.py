"""Lines to paragraphs: what the breaking into lines and pages put in is taken out again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from jintu.model import Leaf, Paging
from jintu.read.extract import Extract
from jintu.read.pdf.lines import Line

NUMBER = re.compile(
    r"[\s\-—–－·•~]*第?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*页?(?:\s*[/,，]?\s*(?:共|of)?\s*\d{1,4}\s*页?)?[\s\-—–－·•~]*",
    re.I,
)
AT_ENDS = re.compile(r"^\W*\d{1,4}\W+|\W+\d{1,4}(?:\W+\d{1,4})?\W*$")  # a page number beside the words of a header
NUMBERED = re.compile(
    r"第?[一二三四五六七八九十]{1,3}(?:、|部分|章)|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)"
)
ENDS = re.compile(r"[。！？!?；;：:][”’」』）)]*$")
LATIN = re.compile(r"[A-Za-z0-9]")
INDENT = 1.2  # ems by which a first line stands in; two is usual, and justified lines vary by less than one
SLACK = 2.0  # ems by which a full line may end before the right edge: a mark that must not begin a line moves one down
SMALLER = 0.8  # of the usual size, below which a line at the head of a page is a header
LARGER = 1.15  # times the usual size, from which a line is a headline
Pattern = tuple[str, float]
EDGE = 0.9  # share of the lines that end left of the right edge, so that a table's long line is none


def healed(pages: Sequence[Sequence[Line]], *, title: str = "") -> Extract:
    """Return the text of a file's pages in paragraphs, with where each page starts."""
    repeated = _repeated(pages)
    usual = median(line.size for page in pages for line in page)
    kept = [line for page in pages for line in page if not _furniture(line, repeated, usual)]
    starts, pieces, length = [0] * len(pages), list[str](), 0
    seen = 0
    for joint, line in _joined(kept):
        for page in range(seen, line.page):
            starts[page] = length + len(joint)
        seen = line.page
        pieces += (joint, line.text)
        length += len(joint) + len(line.text)
    text = "".join(pieces) + "\n"
    starts[seen:] = [len(text)] * (len(starts) - seen)
    return Extract(text, title=_shown(title, text), paging=Paging(Leaf.PAGE, tuple(starts)))


def _shown(title: str, text: str) -> str:
    """Believe the title in a file's properties only where its first page shows it; it is often a template's."""
    return title if len(title) > 3 and title in text[:600] else ""


def _repeated(pages: Sequence[Sequence[Line]]) -> frozenset[Pattern]:
    """Return the words, page numbers apart, at one height of the head or foot of a third of the pages, two at least."""
    said = Counter(words for page in pages for words in {_pattern(line) for line in page if line.marginal})
    return frozenset(words for words, count in said.items() if count >= max(2, len(pages) / 3))


def _pattern(line: Line) -> Pattern:
    return AT_ENDS.sub("", line.text), round(line.height, 2)


def _furniture(line: Line, repeated: frozenset[Pattern], usual: float) -> bool:
    """Tell whether a line is a header, a footer or a page number; small print at the foot may be a note."""
    if not line.marginal:
        return False
    small_head = line.height > 0.5 and line.size < SMALLER * usual
    return small_head or bool(NUMBER.fullmatch(line.text)) or _pattern(line) in repeated


def _joined(kept: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """Yield each line after what parts it from the one before: a line break, a blank or nothing."""
    if not kept:
        return
    usual = median(line.size for line in kept)
    body = [line for line in kept if line.size < LARGER * usual]
    left = _left(body)
    right = sorted(line.right for line in body)[int(EDGE * (len(body) - 1))]
    indented = any(line.left > left + INDENT * line.size for line in body)
    yield "", kept[0]
    for line, following in pairwise(kept):
        large = line.size >= LARGER * usual
        goes_on = (
            _same_headline(line, following) if large else _goes_on(line, following, left, right, indented=indented)
        )
        yield ("\n" if not goes_on else _blank(line.text, following.text)), following


def _left(body: Iterable[Line]) -> float:
    """Return where most lines begin, in points; a first line of a paragraph begins right of it."""
    counted = Counter(round(line.left) for line in body)
    often = max(counted.values())
    return float(min(left for left, count in counted.items() if count >= often / 4))


def _same_headline(line: Line, following: Line) -> bool:
    near = line.page == following.page and abs(line.size - following.size) < 0.5
    return near and not NUMBERED.match(following.text) and not ENDS.search(line.text)


def _goes_on(line: Line, following: Line, left: float, right: float, *, indented: bool) -> bool:
    """Tell whether a paragraph goes on in the next line: this one is full, the next does not stand in."""
    full = line.right >= right - SLACK * line.size
    if not full or following.size > LARGER * line.size or following.left > left + INDENT * line.size:
        return False
    return not (ENDS.search(line.text) and (not indented or NUMBERED.match(following.text)))


def _blank(end: str, start: str) -> str:
    return " " if LATIN.match(end[-1]) and LATIN.match(start) and end[-1].isalpha() == start[0].isalpha() else ""
