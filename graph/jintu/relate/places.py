"""Read where things are and what they are part of."""

from __future__ import annotations

from collections.abc import Iterator

from jintu.model import Claim, Kind, Mention, Relation
from jintu.relate.claims import claim, own_place
from jintu.relate.judge import Judge
from jintu.relate.layout import Layout, Series
from jintu.relate.rules import Rules

SITED = (Kind.PLACE, Kind.INSTITUTION, Kind.PROJECT)
THRESHOLD = 0.5


def read_places(layout: Layout, rules: Rules, judge: Judge) -> Iterator[Claim]:
    """Read locatedIn and partOf from nested names, from the place right before a name, else the report's own place."""
    for series in layout.series:
        for mention in series.members:
            yield from _of_mention(layout, series, mention, rules, judge)


def _of_mention(layout: Layout, series: Series, mention: Mention, rules: Rules, judge: Judge) -> Iterator[Claim]:
    inner = layout.nested.get(mention, ())
    held = False
    for place in inner:
        if place.kind is Kind.PLACE and mention.kind in SITED:
            score = judge("within", _within_features(mention, place))
            if score >= THRESHOLD:
                held = True
                yield claim(layout, mention, Relation.LOCATED_IN, place, span=series.clause, rule="name", score=score)
        score = judge("part", _part_features(mention, place)) if judge.weights else float(_is_part(mention, place, rules))
        if score >= THRESHOLD:
            yield claim(layout, mention, Relation.PART_OF, place, span=series.clause, rule="part", score=score)
    if mention.kind not in SITED:
        return
    before = _just_before(layout, series, mention)
    if before is not None:
        yield claim(layout, mention, Relation.LOCATED_IN, before, span=series.clause, rule="beside")
    own = own_place(layout)
    if own is None or mention.text == own.name or before is not None:
        return
    score = judge("own", _own_features(layout, series, mention, rules, own.name, held=held))
    if score >= THRESHOLD and (judge.weights or (not held and _is_local(mention, rules, own.name))):
        yield claim(layout, mention, Relation.LOCATED_IN, own, span=series.clause, rule="own place", score=score)


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


def _within_features(mention: Mention, place: Mention) -> Iterator[str]:
    kind = mention.kind.value
    yield f"kind={kind}"
    yield f"tail={mention.text[-2:]}"
    yield f"place={place.text[-1:]}"
    yield f"at={place.span.start - mention.span.start == 0},{kind}"
    yield f"behind={mention.text[place.span.end - mention.span.start :][:2]}"


def _part_features(mention: Mention, whole: Mention) -> Iterator[str]:
    rest = mention.text[whole.span.end - mention.span.start :]
    yield f"kinds={mention.kind.value},{whole.kind.value}"
    yield f"at={mention.text.startswith(whole.text)}"
    yield f"rest={rest[-2:]}"
    yield f"end={rest[-1:]}"
    yield f"short={len(rest) < 4}"
    yield f"whole={whole.text[-1:]}"


def _own_features(  # noqa: PLR0913 - the judge weighs all of them
    layout: Layout, series: Series, mention: Mention, rules: Rules, own: str, *, held: bool
) -> Iterator[str]:
    kind, text = mention.kind.value, mention.text
    yield f"kind={kind}"
    yield f"held={held},{kind}"
    yield f"head={text[:1]}"
    yield f"head={text[:2]}"
    yield f"tail={text[-1:]},{kind}"
    yield f"tail={text[-2:]}"
    yield f"self={own.startswith(text)}"
    yield f"holds={own[:-1] in text}"
    yield f"national={text.startswith(rules.national)}"
    yield f"abroad={text in rules.abroad}"
    yield f"ahead={layout.masked[max(series.clause.start, series.span.start - 2) : series.span.start]}"
    yield f"behind={layout.masked[series.span.end : min(series.clause.end, series.span.end + 2)]}"
    yield f"short={len(text) < 4},{kind}"
    yield f"inner={len(layout.nested.get(mention, ()))}"
