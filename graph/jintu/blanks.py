"""Read a text without the blanks that layout puts beside Chinese words, and say where in it stands what was read.

Many set a blank between Chinese and digits or letters (投资 3 亿元, 5G 基站), or behind a mark. A blank between two
Chinese words parts them (市长 张三), and stays.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Closed:
    """Hold a document, the same without blanks, and of each that was cut out where it stood and how many so far."""

    whole: Document
    document: Document
    cuts: tuple[int, ...] = ()
    gone: tuple[int, ...] = (0,)

    def reading(self, mentions: Sequence[Mention], claims: Sequence[Claim]) -> Reading:
        """Return what was read without blanks as what stands in the whole document."""
        if not self.cuts:
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


def close_up(document: Document) -> Closed:
    """Cut the blanks beside Chinese words out of a document.

    >>> from jintu.model import Document
    >>> close_up(Document("a", "投资 3 亿元，市长 张三", "", "", "")).document.text
    '投资3亿元，市长 张三'
    """
    text = document.text
    blanks = [*BETWEEN.finditer(text)] if any(blank in text for blank in BLANKS) else []
    if not blanks:
        return Closed(document, document)
    gone = [0]
    for blank in blanks:
        gone.append(gone[-1] + blank.end() - blank.start())
    cuts = tuple(blank.start() - before for blank, before in zip(blanks, gone, strict=False))
    sections = tuple(_closed(section, [blank.span() for blank in blanks], gone) for section in document.sections)
    title = BETWEEN.sub("", document.title)
    closed = replace(document, text=BETWEEN.sub("", text), title=title, sections=sections)
    return Closed(document, closed, cuts, tuple(gone))


def _closed(section: Section, blanks: Sequence[tuple[int, int]], gone: Sequence[int]) -> Section:
    start, end = (_cut(at, blanks, gone) for at in (section.span.start, section.span.end))
    return replace(section, span=Span(start, end))


def _cut(at: int, blanks: Sequence[tuple[int, int]], gone: Sequence[int]) -> int:
    """Return where an offset is without the blanks before it, of the one that it stands in the part before it."""
    number = bisect_right(blanks, at, key=lambda blank: blank[1])
    begun = max(0, at - blanks[number][0]) if number < len(blanks) else 0
    return at - gone[number] - begun
