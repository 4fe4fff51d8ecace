"""Set a text as books are set, so that however it was typed it is read alike; say where in it stands what was read.

Many put a blank between Chinese and digits or letters (投资 3 亿元, 5G 基站), or behind a mark: it goes. A blank
between two Chinese words parts them (市长 张三), and stays. Marks of half width beside Chinese (建成,投用) become full,
and straight quotes open and close.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, cycle, pairwise

from jintu.model import Claim, Document, Evidence, Mention, Reading, Section, Span, replace

BLANKS = " \u00a0\u2009\u202f"
HAN, INK, MARKS = "\u3400-\u9fff", "0-9A-Za-z%％‰℃+", "、，。；：！？“”‘’《》〈〉（）【】"
BLANK = f"[{BLANKS}]"


def _behind(what: str) -> str:
    """Look behind one blank or two: a pattern that begins with the blank itself is searched ten times as fast."""
    return f"(?:(?<=[{what}]{BLANK})|(?<=[{what}]{BLANK}{{2}}))"


BETWEEN = re.compile(
    f"{BLANK}{{1,2}}(?:{_behind(HAN)}(?=[{INK}{MARKS}])|{_behind(INK)}(?=[{HAN}{MARKS}])|{_behind(MARKS)}(?=[{HAN}{INK}{MARKS}]))"
)


WIDE = dict(zip(",;:?!()", "，；：？！（）", strict=True))
HALF = re.compile(rf"[{re.escape(''.join(WIDE))}](?:(?<=[{HAN}{MARKS}%％℃].)|(?=[{HAN}{MARKS}]))")
STOP = re.compile(rf"\.(?<=[{HAN}].)(?=[\r\n]|\Z)")  # within a line it may part a foreign name
QUOTING = re.compile(r'(?:^|(?<=\r))[^\r\n]*"[^\r\n]*', re.MULTILINE)
DEEP = 2  # marks in a row: the second becomes wide beside the first
CHINESE = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Typeset:
    """Hold a document, the same as books are set, and of each blank that went where it stood and how many so far."""

    whole: Document
    document: Document
    cuts: tuple[int, ...] = ()
    gone: tuple[int, ...] = (0,)

    def reading(self, mentions: Sequence[Mention], claims: Sequence[Claim]) -> Reading:
        """Return what was read as what stands in the document as it is."""
        if self.document is self.whole:
            return Reading(self.whole, tuple(mentions), tuple(claims))
        opened = {mention: self._mention(mention) for mention in mentions}
        return Reading(self.whole, tuple(opened.values()), tuple(self._claim(claim, opened) for claim in claims))

    def _claim(self, claim: Claim, opened: Mapping[Mention, Mention]) -> Claim:
        subject = opened[claim.subject] if isinstance(claim.subject, Mention) else claim.subject
        thing = opened[claim.object] if isinstance(claim.object, Mention) else claim.object
        return replace(claim, subject=subject, object=thing, evidence=self._evidence(claim.evidence))

    def _mention(self, mention: Mention) -> Mention:
        span = self._span(mention.span)
        return replace(mention, span=span, text=span.of(self.whole.text))

    def _evidence(self, evidence: Evidence) -> Evidence:
        span = self._span(evidence.span)
        return replace(evidence, span=span, quote=span.of(self.whole.text))

    def _span(self, span: Span) -> Span:
        return Span(self._at(span.start), self._at(span.end - 1) + 1)

    def _at(self, offset: int) -> int:
        return offset + self.gone[bisect_right(self.cuts, offset)]


def typeset(document: Document) -> Typeset:
    """Set a document as books are set.

    >>> from jintu.model import Document
    >>> typeset(Document("a", '投资 3 亿元,推进"三化"(二期)，市长 张三', "", "", "")).document.text
    '投资3亿元，推进“三化”（二期），市长 张三'
    """
    text, title = widened(document.text), BETWEEN.sub("", widened(document.title))
    blanks = [blank.span() for blank in BETWEEN.finditer(text)] if any(blank in text for blank in BLANKS) else []
    if not blanks:
        is_set = text is document.text and title == document.title
        return Typeset(document, document if is_set else replace(document, text=text, title=title))
    gone = [0, *accumulate(end - start for start, end in blanks)]
    cuts = tuple(start - before for (start, _), before in zip(blanks, gone, strict=False))
    sections = tuple(_closed(section, blanks, gone) for section in document.sections)
    kept = "".join(text[end:start] for (_, end), (start, _) in pairwise([(0, 0), *blanks, (len(text), len(text))]))
    return Typeset(document, replace(document, text=kept, title=title, sections=sections), cuts, tuple(gone))


def widened(text: str) -> str:
    """Give marks beside Chinese their full width, character for character; the text itself where there are none.

    >>> widened('建成(二期),增长3,000万元:"三化"'), widened("a, b"), widened("1.建成.")
    ('建成（二期），增长3,000万元：“三化”', 'a, b', '1.建成。')
    """
    text = QUOTING.sub(_quoted, text) if '"' in text else text
    text = STOP.sub("。", text) if "." in text else text
    for _ in range(DEEP if any(mark in text for mark in WIDE) else 0):
        text = HALF.sub(lambda mark: WIDE[mark[0]], text)
    return text


def _quoted(line: re.Match[str]) -> str:
    """Open and close the quotes of a Chinese line by turns, where each that opens is closed."""
    *pieces, last = line[0].split('"')
    if len(pieces) % 2 or not CHINESE.search(line[0]):
        return line[0]
    return "".join(f"{piece}{mark}" for piece, mark in zip(pieces, cycle("“”"))) + last


def _closed(section: Section, blanks: Sequence[tuple[int, int]], gone: Sequence[int]) -> Section:
    start, end = (_cut(at, blanks, gone) for at in (section.span.start, section.span.end))
    return replace(section, span=Span(start, end))


def _cut(at: int, blanks: Sequence[tuple[int, int]], gone: Sequence[int]) -> int:
    """Return where an offset is without the blanks before it, of the one that it stands in the part before it."""
    number = bisect_right(blanks, at, key=lambda blank: blank[1])
    begun = max(0, at - blanks[number][0]) if number < len(blanks) else 0
    return at - gone[number] - begun
