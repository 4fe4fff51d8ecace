"""Lay a document out for the rules: names masked, clauses cut, coordinated names in series."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jintu.model import Document, Kind, Mention, Modality, OwnPlace, Sentence, Span, Struct
from jintu.segment import sayable

# Characters of the private use area stand for a name: one for its first character that tells the kind, one
# for the rest. So no rule looks into a name, and a pattern can ask for a name of a kind.
MASKS = {kind: chr(0xE001 + n) for n, kind in enumerate(Kind)}
REST = chr(0xE000)


def name_of(*kinds: Kind) -> str:
    """Return a pattern of a name of some kinds as it stands in a masked text."""
    return f"[{''.join(MASKS[kind] for kind in kinds)}]{REST}*+"


NAME = name_of(*Kind)
JOINT = "(?:[”》’）)]*+(?:、|和|与|及|以及|暨)[“《‘（(]*+|[”》’]++[“《‘]++)"
# What each of a list may cost: A、总投资5亿元的B.
WORTH = r"(?:(?:计划|预计|估算)?总?投资[^，,。；;、\s\uE000-\uE0FF]{1,12}元的?)?"
SERIES = re.compile(f"{NAME}(?:{JOINT}{WORTH}{NAME})*+")
NEXT = 2  # characters between a sentence and the next in its paragraph
PAUSE = re.compile(r"[，,；;。！？!?：:\r\n]")


class Series(Struct, frozen=True, gc=False):
    """Hold names that are coordinated (A、B和C), their kinds, and the clause they stand in."""

    members: tuple[Mention, ...]
    kinds: frozenset[Kind]
    span: Span
    clause: Span
    modality: Modality


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold a document as the rules see it; ``own`` is its own place if known.

    ``masked`` has the length of its text, ``sayable`` is the same without broken characters.
    """

    document: Document
    own: OwnPlace | None
    masked: str
    sayable: str
    series: tuple[Series, ...]
    starts: tuple[int, ...]
    nested: Mapping[Mention, tuple[Mention, ...]]
    pauses: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    beginnings: tuple[int, ...]

    def clause(self, at: int) -> Span:
        """Return the clause around an offset, without the pauses that bound it."""
        return _clause(self.pauses, at, len(self.masked))

    def before(self, at: int) -> Series | None:
        """Return the last series that ends at an offset or earlier."""
        index = bisect_left(self.starts, at) - 1
        return self.series[index] if index >= 0 else None

    def within(self, span: Span) -> tuple[Series, ...]:
        """Return the series that start in a part of the text."""
        return self.series[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]

    def at(self, start: int) -> Mention | None:
        """Return the first name of the series that starts at an offset."""
        index = bisect_left(self.starts, start)
        found = index < len(self.starts) and self.starts[index] == start
        return self.series[index].members[0] if found else None

    def sentence(self, at: int) -> Sentence | None:
        """Return the sentence around an offset."""
        index = bisect_right(self.beginnings, at) - 1
        return self.sentences[index] if index >= 0 and at < self.sentences[index].span.end else None

    def previous(self, sentence: Sentence) -> Sentence | None:
        """Return the sentence right before one, in its paragraph."""
        index = bisect_left(self.beginnings, sentence.span.start) - 1
        found = self.sentences[index] if index >= 0 else None
        return found if found and sentence.span.start - found.span.end <= NEXT else None


def lay_out(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], wished: re.Pattern[str]
) -> Layout:
    """Lay out a document whose sentences are in order; of mentions that overlap, nested ones stay out of the mask.

    What stands in one clause with a word of ``wished`` is planned, whatever its sentence.
    """
    outer = sorted((m for m in mentions if not m.nested), key=lambda m: (m.span.start, -m.span.end))
    beginnings = tuple(sentence.span.start for sentence in sentences)
    masked = _mask(document.text, outer)
    pauses = tuple(sorted({m.start() for m in PAUSE.finditer(masked)} | {start - 1 for start in beginnings}))
    series = tuple(_series(masked, outer, pauses, sentences, wished))
    starts = tuple(each.span.start for each in series)
    own = OwnPlace(document.id, document.place) if document.place else None
    nested = _nested(mentions, outer)
    return Layout(document, own, masked, sayable(masked), series, starts, nested, pauses, tuple(sentences), beginnings)


def _mask(text: str, outer: Sequence[Mention]) -> str:
    pieces, end = [], 0
    for mention in outer:
        if mention.span.start >= end:
            pieces += [text[end : mention.span.start], MASKS[mention.kind], REST * (len(mention.text) - 1)]
            end = mention.span.end
    return "".join([*pieces, text[end:]])


def _series(
    masked: str,
    outer: Sequence[Mention],
    pauses: Sequence[int],
    sentences: Sequence[Sentence],
    wished: re.Pattern[str],
) -> Iterator[Series]:
    beginnings = [sentence.span.start for sentence in sentences]
    at, clause, is_wished = 0, Span(0, 0), False
    for found in SERIES.finditer(masked):
        start, end = found.span()
        while outer[at].span.start < start:  # a name that another one overlaps is not in the mask
            at += 1
        until = at
        members = []
        while until < len(outer) and outer[until].span.start < end:
            if masked[outer[until].span.start] != REST:
                members.append(outer[until])
            until += 1
        at = until
        around = bisect_right(beginnings, start) - 1
        modality = sentences[around].modality if around >= 0 else Modality.STATED
        if start >= clause.end:
            clause = _clause(pauses, start, len(masked))
            is_wished = wished.search(masked, clause.start, clause.end) is not None
        modality = Modality.PLANNED if is_wished else modality
        kinds = frozenset([member.kind for member in members])
        yield Series(tuple(members), kinds, Span(start, end), clause, modality)


def _clause(pauses: Sequence[int], at: int, length: int) -> Span:
    after = bisect_left(pauses, at)
    start = pauses[after - 1] + 1 if after else 0
    return Span(start, pauses[after] if after < len(pauses) else length)


def _nested(mentions: Sequence[Mention], outer: Sequence[Mention]) -> dict[Mention, tuple[Mention, ...]]:
    starts = [mention.span.start for mention in outer]
    inside: defaultdict[Mention, list[Mention]] = defaultdict(list)
    for mention in sorted((m for m in mentions if m.nested), key=lambda m: (m.span.start, m.span.end, m.kind)):
        at = bisect_right(starts, mention.span.start) - 1
        if at >= 0 and outer[at].span.covers(mention.span):
            inside[outer[at]].append(mention)
    return {mention: tuple(found) for mention, found in inside.items()}
