"""Read who was given a title, who holds an event, and who helps whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jintu.model import Claim, Kind, Mention, Modality, Participant, Relation, Span
from jintu.relate.claims import claim, own_place
from jintu.relate.judge import Judge
from jintu.relate.layout import Layout, Series
from jintu.relate.rules import Rules
from jintu.relate.words import Found, Word, scan

REACH = 20  # characters between a verb and its object: 获评全国首批…
CLOSE = 16  # characters between a subject and its verb
WINNERS = (Kind.PLACE, Kind.INSTITUTION, Kind.PROJECT, Kind.PROGRAMME, Kind.PERSON, Kind.WORK)
THRESHOLD = 0.5


def read_received(layout: Layout, rules: Rules, judge: Judge) -> Iterator[Claim]:
    """Read the receiver of each title that was won."""
    verbs = scan(rules.receives, layout.masked)
    for series in _of_kind(layout, Kind.HONOUR):
        verb = verbs.last(max(series.clause.start, series.span.start - REACH), series.span.start)
        winners = _before(layout, series, verb, WINNERS)
        for mention in series.members:
            score = judge("received", _features(layout, series, verb, winners, rules))
            if mention.kind is Kind.HONOUR and score >= THRESHOLD and (judge.weights or _is_won(series, verb)):
                rule = f"received:{verb.text if verb else ''}"
                for winner in winners or _own(layout):
                    yield claim(
                        layout, winner, Relation.RECEIVED, mention, span=series.clause, rule=rule, score=score
                    )


def read_hosts(layout: Layout, rules: Rules, judge: Judge) -> Iterator[Claim]:
    """Read who holds each event."""
    verbs = scan(rules.hosts, layout.masked)
    for series in _of_kind(layout, Kind.EVENT):
        verb = verbs.last(max(series.clause.start, series.span.start - REACH), series.span.start)
        for mention in series.members:
            if verb is not None and mention.kind is Kind.EVENT:
                for host in _before(layout, series, verb, (Kind.PLACE, Kind.INSTITUTION)) or _own(layout):
                    yield claim(
                        layout,
                        host,
                        Relation.HOSTS,
                        mention,
                        span=series.clause,
                        rule=f"hosts:{verb.text}",
                        modality=series.modality,
                    )


def read_aids(layout: Layout, rules: Rules) -> Iterator[Claim]:
    """Read whom the report's own place helps, and who helped it."""
    verbs = scan(rules.aids, layout.masked)
    thanks = scan(rules.thanked, layout.masked)
    for series in layout.series:
        verb = verbs.last(max(series.clause.start, series.span.start - CLOSE), series.span.start)
        thanked = thanks.first(series.span.end, min(series.clause.end, series.span.end + CLOSE))
        for mention in series.members:
            for own in _own(layout) if mention.kind in (Kind.PLACE, Kind.INSTITUTION) else ():
                if thanked is not None:
                    rule = f"aids:{thanked.text}"
                    yield claim(layout, mention, Relation.AIDS, own, span=series.clause, rule=rule)
                elif verb is not None and mention.kind is Kind.PLACE:
                    rule = f"aids:{verb.text}"
                    yield claim(
                        layout, own, Relation.AIDS, mention, span=series.clause, rule=rule, modality=series.modality
                    )


def _of_kind(layout: Layout, kind: Kind) -> Iterator[Series]:
    return (series for series in layout.series if any(mention.kind is kind for mention in series.members))


def _own(layout: Layout) -> Sequence[Participant]:
    own = own_place(layout)
    return (own,) if own else ()


def _before(layout: Layout, series: Series, verb: Word | None, kinds: Sequence[Kind]) -> Sequence[Mention]:
    """Return the names in front of the verb in the same clause."""
    at = verb.start if verb else series.span.start
    found = layout.before(at)
    if found is None or found.span.start < series.clause.start or found.span.end > at or at - found.span.end > CLOSE:
        return ()
    return tuple(mention for mention in found.members if mention.kind in kinds)


def _is_won(series: Series, verb: Word | None) -> bool:
    return verb is not None and series.modality is Modality.STATED


def _features(
    layout: Layout, series: Series, verb: Word | None, winners: Sequence[Mention], rules: Rules
) -> Iterator[str]:
    yield f"verb={verb.text if verb else ''}"
    yield f"modality={series.modality}"
    yield f"winners={bool(winners)}"
    yield f"gap={layout.masked[verb.end : series.span.start][:3] if verb else ''}"
    yield f"behind={layout.masked[series.span.end : min(series.clause.end, series.span.end + 2)]}"
    at = verb.start if verb else series.span.start
    yield f"wish={bool(rules.wishes.search(Span(series.clause.start, at).of(layout.masked)))}"
