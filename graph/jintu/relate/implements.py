"""Read who carries out a programme or a project."""

from __future__ import annotations

from collections.abc import Iterator

from jintu.model import Kind, Mention, Participant, Relation, Span, Struct
from jintu.relate.candidates import Candidate
from jintu.relate.layout import Layout, Series
from jintu.relate.rules import Rules
from jintu.relate.words import Word, scan

REACH = 24  # characters between a verb and its object
CLOSE = 16  # characters between an actor and its verb
FAR = 40  # characters; an actor asked to act is seldom carried further
LOOK_BACK = 3  # series before this one among which an actor may be carried on
VISITED = frozenset("赴抵")  # 一行赴|万源市|开展…: a place that is visited does nothing
ACTORS = (Kind.PLACE, Kind.INSTITUTION)
KINDED = 5  # of the shared features, those that weigh differently for projects and programmes
DONE = (Kind.PROGRAMME, Kind.PROJECT)


def read_implements(layout: Layout, rules: Rules) -> Iterator[Candidate]:
    """Propose an actor for each programme and project: the place in front of the verb, else the report's own."""
    before = scan(rules.carries_out, layout.sayable)
    after = scan(rules.carried_out, layout.sayable)
    for series in layout.series:
        if not series.kinds.isdisjoint(DONE):
            left = before.last(max(series.clause.start, series.span.start - REACH), series.span.start)
            right = after.first(series.span.end, min(series.clause.end, series.span.end + REACH))
            yield from _of_series(layout, series, rules, left, right)


class Actor(Struct, frozen=True, gc=False):
    """Hold who may be the actor, what speaks for or against it, and whether the bare rule takes it."""

    who: Participant
    features: tuple[str, ...]
    likely: bool


def _of_series(
    layout: Layout, series: Series, rules: Rules, left: Word | None, right: Word | None
) -> Iterator[Candidate]:
    actors, is_choice = _actors(layout, series, rules, left)
    shared = _shared(layout, series, left, right)
    is_quiet = left is not None and left.text in rules.quiet
    rule = f"implements:{left.text}" if left else f"implements:…{right.text if right else ''}"
    for mention in series.members:
        if mention.kind not in DONE:
            continue
        kind = str(mention.kind)
        features = (*shared, *[f"{kind},{feature}" for feature in shared[:KINDED]], kind, *_shape(mention))
        likely = not is_quiet and (left is not None or (right is not None and mention.kind is Kind.PROGRAMME))
        for actor in actors:
            yield Candidate(
                decision="implements",
                features=features + actor.features,
                subject=actor.who,
                relation=Relation.IMPLEMENTS,
                object=mention,
                span=series.clause,
                modality=series.modality,
                rule=rule,
                likely=likely and actor.likely,
                choice=(mention.span.start, mention.span.end) if is_choice else None,
            )


def _actors(layout: Layout, series: Series, rules: Rules, left: Word | None) -> tuple[list[Actor], bool]:
    """Return the possible actors of a series, and whether only one of them can be right."""
    own = layout.own
    named, around = _named(layout, series, left)
    carried: tuple[Mention, ...] = ()
    if not named:
        carried, around = _carried(layout, series, rules, left)
    how = "named" if named else "carried"
    found = ",".join((*((how,) if named or carried else ()), *(("own",) if own else ())))
    actors = [Actor(who, _features(how, found, around), bool(named)) for who in named or carried]
    if own:
        actors.append(Actor(own, _features("own", found, around), not named))
    return actors, len(carried) == 1


def _features(how: str, found: str, around: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the judge is told of an actor: how it was found, beside which others, and between which words."""
    return (how, f"{how} of {found}", *[f"{how},{each}" for each in around])


def _named(layout: Layout, series: Series, left: Word | None) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
    """Return the places and institutions in front of the verb in the same clause, and the words around them."""
    verb = left.start if left else series.span.start
    found = layout.before(verb)
    if found is None or found.span.start < series.clause.start or verb - found.span.end > CLOSE:
        return (), ()
    if layout.masked[found.span.start - 1 : found.span.start] in VISITED:
        return (), ()
    between = Span(found.span.end, verb).of(layout.masked)
    ahead = Span(max(series.clause.start, found.span.start - 4), found.span.start).of(layout.masked)
    around = (
        f"between={between[:3]}",
        f"near={len(between) // 3}",
        f"ahead={ahead[-2:]}",
        f"verb={left.text if left else ''}",
        f"of={'的' in between}",
    )
    return tuple(mention for mention in found.members if mention.kind in ACTORS), around


def _carried(
    layout: Layout, series: Series, rules: Rules, left: Word | None
) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
    """Return the places that the sentence began with or asked to act: 支持沈阳建设…，打造…."""
    sentence = layout.sentence(series.span.start)
    if sentence is None or series.clause.start <= sentence.span.start:
        return (), ()
    at = series.span.start
    for _ in range(LOOK_BACK):
        found = layout.before(at)
        if found is None or found.span.start < sentence.span.start:
            break
        at = found.span.start
        starts = at == sentence.span.start
        asked = rules.supports.search(layout.masked, max(sentence.span.start, at - 2), at)
        if found.clause != series.clause and (asked or starts):
            is_far = series.span.start - found.span.end > FAR
            around = (f"verb={left.text if left else ''}", f"starts={starts}", f"far={is_far}")
            return tuple(mention for mention in found.members if mention.kind is Kind.PLACE), around
    return (), ()


def _shape(mention: Mention) -> tuple[str, ...]:
    text = mention.text
    return f"tail={text[-2:]}", f"last={text[-1:]}", f"head={text[:2]}"


def _shared(layout: Layout, series: Series, left: Word | None, right: Word | None) -> tuple[str, ...]:
    start, end, clause = series.span.start, series.span.end, series.clause
    return (
        f"mood={series.modality}",
        f"left={left.text if left else ''}",
        f"right={right.text if right else ''}",
        f"sides={bool(left)}{bool(right)}",
        f"first={start == clause.start}",
        f"ahead={layout.masked[max(clause.start, start - 2) : start]}",
        f"behind={layout.masked[end : min(clause.end, end + 2)]}",
        f"from={layout.masked[max(clause.start, start - 1) : start]}",
        f"leftgap={layout.masked[left.end : start][:4] if left else '-'}",
    )
