"""Read where things are and what they are part of."""

from __future__ import annotations

from collections.abc import Iterator

from jintu.model import Kind, Mention, Modality, Participant, Relation
from jintu.relate.candidates import Candidate, own_place
from jintu.relate.layout import Layout, Series
from jintu.relate.rules import Rules

SITED = (Kind.PLACE, Kind.INSTITUTION, Kind.PROJECT)


def read_places(layout: Layout, rules: Rules) -> Iterator[Candidate]:
    """Propose locatedIn and partOf: from nested names, the place right before a name, else the report's own place."""
    for series in layout.series:
        for mention in series.members:
            yield from _nested(layout, series, mention, rules)
            if mention.kind in SITED:
                yield from _around(layout, series, mention, rules)


def _nested(layout: Layout, series: Series, mention: Mention, rules: Rules) -> Iterator[Candidate]:
    inner = layout.nested.get(mention, ())
    for place in inner:
        if place.kind is Kind.PLACE:
            likely = mention.kind in SITED
            features = _within_features(mention, place)
            yield _candidate(series, mention, Relation.LOCATED_IN, place, "within", features, likely=likely)
        features = _part_features(mention, place)
        likely = _is_part(mention, place, rules)
        yield _candidate(series, mention, Relation.PART_OF, place, "part", features, likely=likely)
    for outer, smaller in zip(inner, inner[1:], strict=False):
        if outer.span.end == smaller.span.start and smaller.kind is outer.kind is Kind.PLACE:
            features = (f"tail={smaller.text[-1:]}", f"whole={outer.text[-1:]}", f"in={mention.kind.value}")
            yield _candidate(series, smaller, Relation.LOCATED_IN, outer, "chain", features)


def _around(layout: Layout, series: Series, mention: Mention, rules: Rules) -> Iterator[Candidate]:
    before = _just_before(layout, series, mention)
    if before is not None:
        features = (f"kind={mention.kind.value}", f"before={before.text[-1:]}", f"tail={mention.text[-1:]}")
        yield _candidate(series, mention, Relation.LOCATED_IN, before, "beside", features)
    own = own_place(layout)
    if own is not None and mention.text != own.name:
        likely = before is None and not layout.nested.get(mention) and _is_local(mention, rules, own.name)
        features = _own_features(layout, series, mention, rules, own.name, beside=before is not None)
        yield _candidate(series, mention, Relation.LOCATED_IN, own, "own", features, likely=likely)


def _candidate(
    series: Series,
    subject: Mention,
    relation: Relation,
    thing: Participant,
    decision: str,
    features: tuple[str, ...],
    *,
    likely: bool = True,
) -> Candidate:
    rule = f"place:{decision}"
    return Candidate(decision, features, subject, relation, thing, series.clause, Modality.STATED, rule, likely=likely)


def _just_before(layout: Layout, series: Series, mention: Mention) -> Mention | None:
    """Return the place whose name ends where this one begins: 黑山|绕阳河."""
    if mention is not series.members[0]:
        return None
    found = layout.before(mention.span.start)
    if found is None or found.span.end != mention.span.start or found.members[-1].kind is not Kind.PLACE:
        return None
    return found.members[-1]


def _is_local(mention: Mention, rules: Rules, own: str) -> bool:
    text = mention.text
    return not text.startswith(rules.national) and text not in rules.abroad and not own.startswith(text)


def _is_part(mention: Mention, whole: Mention, rules: Rules) -> bool:
    rest = mention.text[len(whole.text) :]
    return mention.text.startswith(whole.text) and rest.strip("（）()").endswith(rules.parts)


def _within_features(mention: Mention, place: Mention) -> tuple[str, ...]:
    kind = mention.kind.value
    behind = mention.text[place.span.end - mention.span.start :][:2]
    return (
        f"kind={kind}",
        f"tail={mention.text[-2:]}",
        f"place={place.text[-1:]}",
        f"at={place.span.start == mention.span.start},{kind}",
        f"behind={behind}",
        f"behind={behind[:1]}",
    )


def _part_features(mention: Mention, whole: Mention) -> tuple[str, ...]:
    rest = mention.text[whole.span.end - mention.span.start :]
    return (
        f"kinds={mention.kind.value},{whole.kind.value}",
        f"whole={whole.kind.value}",
        f"at={whole.span.start == mention.span.start}",
        f"rest={rest[-2:]}",
        f"end={rest.strip('（）()')[-1:]}",
        f"short={len(rest) < 4}",
        f"tail={whole.text[-1:]}",
    )


def _own_features(
    layout: Layout, series: Series, mention: Mention, rules: Rules, own: str, *, beside: bool
) -> tuple[str, ...]:
    kind, text = mention.kind.value, mention.text
    inner = layout.nested.get(mention, ())
    within = any(place.kind is Kind.PLACE for place in inner)
    start, end, clause = series.span.start, series.span.end, series.clause
    return (
        kind,
        f"inner={bool(inner)}{within}",
        f"inner={bool(inner)}{within},{kind}",
        f"beside={beside},{kind}",
        f"head={text[:1]}",
        f"head={text[:2]}",
        f"last={text[-1:]},{kind}",
        f"tail={text[-2:]}",
        f"self={own.startswith(text)}",
        f"holds={own[:-1] in text}",
        f"level={own[-1:]}",
        f"national={text.startswith(rules.national)}",
        f"abroad={text in rules.abroad}",
        f"ahead={layout.masked[max(clause.start, start - 2) : start]}",
        f"ahead={layout.masked[max(clause.start, start - 1) : start]},{kind}",
        f"behind={layout.masked[end : min(clause.end, end + 2)]}",
        f"short={min(len(text), 5)},{kind}",
    )
