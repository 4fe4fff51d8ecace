"""Read who carries out a programme or a project."""

from __future__ import annotations

from collections.abc import Iterator

from jintu.model import Claim, Kind, Mention, Relation, Span
from jintu.relate.claims import claim, own_place
from jintu.relate.judge import Judge
from jintu.relate.layout import Layout, Series
from jintu.relate.rules import Rules
from jintu.relate.words import Found, Word, scan

REACH = 24  # characters between a verb and its object
CLOSE = 12  # characters between an actor and its verb
ACTORS = (Kind.PLACE, Kind.INSTITUTION)
THRESHOLD = 0.5


def read_implements(layout: Layout, rules: Rules, judge: Judge) -> Iterator[Claim]:
    """Read the actor of each programme and project that is carried out."""
    before = scan(rules.carries_out, layout.masked)
    after = scan(rules.carried_out, layout.masked)
    for series in layout.series:
        yield from _of_series(layout, series, rules, judge, before, after)


def _of_series(  # noqa: PLR0913 - two scans are shared by all series
    layout: Layout, series: Series, rules: Rules, judge: Judge, before: Found, after: Found
) -> Iterator[Claim]:
    left = before.last(max(series.clause.start, series.span.start - REACH), series.span.start)
    right = after.first(series.span.end, min(series.clause.end, series.span.end + REACH))
    actors = [*_actors(layout, series, left, judge)] or [own for own in (own_place(layout),) if own]
    for mention in series.members:
        if mention.kind not in (Kind.PROGRAMME, Kind.PROJECT):
            continue
        if left is None and right is None and mention.kind is Kind.PROJECT:
            continue
        score = judge("implements", _features(layout, series, mention, left, right))
        if score < THRESHOLD or (left is not None and left.text in rules.quiet and not judge.weights):
            continue
        rule = f"implements:{left.text}…" if left else f"implements:…{right.text if right else ''}"
        for actor in actors:
            yield claim(
                layout,
                actor,
                Relation.IMPLEMENTS,
                mention,
                span=series.clause,
                rule=rule,
                modality=series.modality,
                score=score,
            )


def _actors(layout: Layout, series: Series, left: Word | None, judge: Judge) -> Iterator[Mention]:
    """Yield the places or institutions in front of the verb in the same clause, nearest series first."""
    verb = left.start if left else series.span.start
    found = layout.before(verb)
    if found is None or found.span.start < series.clause.start or found.span.end > verb or verb - found.span.end > CLOSE:
        return
    between = Span(found.span.end, verb).of(layout.masked)
    ahead = Span(max(series.clause.start, found.span.start - 4), found.span.start).of(layout.masked)
    for mention in found.members:
        if mention.kind in ACTORS and judge("actor", _actor_features(mention, between, ahead, left)) >= THRESHOLD:
            yield mention


def _actor_features(mention: Mention, between: str, ahead: str, left: Word | None) -> Iterator[str]:
    yield f"kind={mention.kind.value}"
    yield f"between={between[:3]}"
    yield f"near={len(between) < 3}"
    yield f"ahead={ahead[-2:]}"
    yield f"verb={left.text if left else ''}"
    yield f"has={'的' in between}{'与' in ahead or '对' in ahead}"


def _features(
    layout: Layout, series: Series, mention: Mention, left: Word | None, right: Word | None
) -> Iterator[str]:
    kind = mention.kind.value
    yield f"kind={kind}"
    yield f"kind={kind},{series.modality}"
    yield f"left={left.text if left else ''},{kind}"
    yield f"right={right.text if right else ''},{kind}"
    yield f"sides={bool(left)}{bool(right)},{kind}"
    yield f"tail={mention.text[-2:]}"
    yield f"first={series.span.start == series.clause.start},{kind}"
    yield f"ahead={layout.masked[max(series.clause.start, series.span.start - 2) : series.span.start]},{kind}"
    yield f"behind={layout.masked[series.span.end : min(series.clause.end, series.span.end + 2)]},{kind}"
    if left:
        yield f"leftgap={layout.masked[left.end : series.span.start][:4]}"
