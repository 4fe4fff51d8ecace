"""Choose among names that overlap, and know where the chosen stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jintu.model import Mention, Span, replace

LEVEL = re.compile(r"(?:[^\W族]{1,4}族)*+自治[州县旗区]|[省市县区州盟旗]")  # what the name of a division ends with


def settle(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Keep the surest, then the longest, of outer names that overlap; return them in the order of the text.

    >>> from jintu.model import Kind, Span
    >>> a = Mention("d", Span(0, 2), "锦凌", Kind.PLACE, score=0.5)
    >>> b = Mention("d", Span(0, 4), "锦凌水库", Kind.PLACE, score=0.9)
    >>> [mention.text for mention in settle([a, b])]
    ['锦凌水库']
    """
    kept: list[Mention] = []
    starts: list[int] = []
    for mention in sorted(mentions, key=_rank):
        at = bisect_left(starts, mention.span.start)
        free_before = at == 0 or kept[at - 1].span.end <= mention.span.start
        free_after = at == len(kept) or mention.span.end <= kept[at].span.start
        if free_before and free_after and mention.span.start < mention.span.end:
            kept.insert(at, mention)
            starts.insert(at, mention.span.start)
    return tuple(kept)


def _rank(mention: Mention) -> tuple[float, int, int, str]:
    return (-mention.score, mention.span.start - mention.span.end, mention.span.start, mention.kind)


@dataclass(frozen=True)
class Outer:
    """Hold the spans of outer names in the order of the text."""

    spans: tuple[Span, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, mentions: Sequence[Mention]) -> Outer:
        """Take the spans of those mentions that are not nested."""
        spans = tuple(sorted(mention.span for mention in mentions if not mention.nested))
        return cls(spans, tuple(span.start for span in spans))

    def holding(self, span: Span) -> Span | None:
        """Return the outer name that covers ``span``."""
        at = bisect_right(self.starts, span.start) - 1
        return self.spans[at] if at >= 0 and self.spans[at].covers(span) else None

    def longer(self, span: Span) -> bool:
        """Tell whether an outer name covers ``span`` and more."""
        return self.holding(span) not in {None, span}

    def meeting(self, span: Span) -> Iterator[Span]:
        """Yield the outer names that share a character with ``span``."""
        at = max(bisect_right(self.starts, span.start) - 1, 0)
        while at < len(self.spans) and self.spans[at].start < span.end:
            if self.spans[at].meets(span):
                yield self.spans[at]
            at += 1


def fitted(inner: Iterable[Mention], names: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the names inside outer names, cut to those whose edges were mended.

    The whole of a name is none inside it, and neither is what a division is called in short.

    >>> from jintu.model import Kind
    >>> lake = Mention("d", Span(1, 7), "清河水库工程", Kind.PROJECT)
    >>> river = Mention("d", Span(0, 3), "对清河", Kind.PLACE, nested=True)
    >>> [mention.text for mention in fitted([river], [lake])]
    ['清河']
    """
    outer, by_span = Outer.of(names), {name.span: name for name in names}
    for mention in inner:
        for around in outer.meeting(mention.span):
            start, end = max(mention.span.start, around.start), min(mention.span.end, around.end)
            text = mention.text[start - mention.span.start : end - mention.span.start]
            is_short = start == around.start and LEVEL.fullmatch(by_span[around].text, end - start)
            if Span(start, end) != around and len(text) > 1 and not is_short:
                yield replace(mention, span=Span(start, end), text=text)
