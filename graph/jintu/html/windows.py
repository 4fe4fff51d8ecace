"""Cut out of a document only the text around what is shown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from jintu.model import Span

MARGIN = 60  # characters on each side of a quote: about the sentence before and the one after


@dataclass(frozen=True, slots=True)
class Windows:
    """Hold stretches of a text, in order, that do not touch."""

    text: str
    stretches: tuple[Span, ...]

    def find(self, span: Span) -> tuple[int, Span]:
        """Return the number of the stretch that holds ``span``, and the span within that stretch."""
        number = bisect_right(self.stretches, span.start, key=lambda stretch: stretch.start) - 1
        start = self.stretches[number].start
        return number, Span(span.start - start, span.end - start)


def windows(text: str, spans: Iterable[Span], *, margin: int = MARGIN) -> Windows:
    """Return the stretches of ``text`` within ``margin`` characters of any of ``spans``, joined where they meet.

    >>> windows("一二三四五六七八九十", [Span(8, 9), Span(1, 2)], margin=1).stretches
    (Span(start=0, end=3), Span(start=7, end=10))
    """
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        wide = Span(max(0, span.start - margin), min(len(text), span.end + margin))
        if joined and wide.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, wide.end))
        else:
            joined.append(wide)
    return Windows(text, tuple(joined))


def utf16(text: str, span: Span) -> tuple[int, int]:
    """Return a span's ends as a browser counts them: in units of UTF-16.

    >>> utf16("𠮷林", Span(1, 2))
    (2, 3)
    """
    if is_narrow(text):
        return span.start, span.end
    before, quote = text[: span.start], span.of(text)
    start = len(before) + sum(character > "\uffff" for character in before)
    return start, start + len(quote) + sum(character > "\uffff" for character in quote)


def is_narrow(text: str) -> bool:
    """Tell whether a browser counts the characters of a text as Python does."""
    return not text or max(text) < "\U00010000"
