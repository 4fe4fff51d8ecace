"""Choose among names that overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from jintu.model import Mention


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
