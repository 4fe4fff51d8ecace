"""Read how far projects and programmes have come."""

from __future__ import annotations

from collections.abc import Iterator

from jintu.model import Claim, Kind, Mention, Relation, Status
from jintu.relate.claims import claim
from jintu.relate.judge import Judge
from jintu.relate.layout import Layout, Series
from jintu.relate.rules import Rules, Stage
from jintu.relate.words import Found, Word, scan

REACH = 24  # characters between a name and what is said of it
THRESHOLD = 0.5


def read_status(layout: Layout, rules: Rules, judge: Judge) -> Iterator[Claim]:
    """Read a status for each project or programme of which a word of ``rules/status.toml`` says one."""
    before = scan(rules.status_before, layout.masked)
    after = scan(rules.status_after, layout.masked)
    for series in layout.series:
        words = _nearest(series, before, after)
        for mention in series.members:
            best = max(_candidates(layout, series, mention, words, rules, judge), default=None, key=lambda found: found[0])
            if best and best[0] >= THRESHOLD:
                score, name, rule = best
                yield claim(
                    layout,
                    mention,
                    Relation.STATUS,
                    Status(name),
                    span=series.clause,
                    rule=rule,
                    modality=series.modality,
                    score=score,
                )


def _nearest(series: Series, before: Found, after: Found) -> tuple[Word | None, Word | None]:
    left = before.last(max(series.clause.start, series.span.start - REACH), series.span.start)
    return left, after.first(series.span.end, min(series.clause.end, series.span.end + REACH))


def _candidates(
    layout: Layout, series: Series, mention: Mention, words: tuple[Word | None, Word | None], rules: Rules, judge: Judge
) -> Iterator[tuple[float, str, str]]:
    left, right = words
    shared = [*_shared(layout, series, mention, left, right)]
    if right:
        name = _name(rules.stages_after[right.text], mention)
        yield judge("status", [*shared, f"side=after,{name}"]), name, f"status:…{right.text}"
    if left:
        name = _name(rules.stages_before[left.text], mention)
        yield judge("status", [*shared, f"side=before,{name}"]), name, f"status:{left.text}…"


def _shared(layout: Layout, series: Series, mention: Mention, left: Word | None, right: Word | None) -> Iterator[str]:
    kind = mention.kind.value
    yield f"kind={kind}"
    yield f"kind={kind},{series.modality}"
    yield f"tail={mention.text[-2:]}"
    yield f"left={left.text if left else ''},{kind}"
    yield f"right={right.text if right else ''},{kind}"
    yield f"sides={bool(left)}{bool(right)},{kind}"
    if left:
        yield f"leftgap={layout.masked[left.end : series.span.start][:4]}"
    if right:
        yield f"rightgap={layout.masked[series.span.end : right.start][:3]}"


def _name(stage: Stage, mention: Mention) -> str:
    return stage.programme if mention.kind is Kind.PROGRAMME else stage.status
