"""Read where things are and what they are part of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from jintu.model import Kind, Mention, Modality, Participant, Relation
from jintu.relate.candidates import Candidate
from jintu.relate.layout import Layout, Series
from jintu.relate.region import AFAR, Region, Where
from jintu.relate.rules import Rules
from jintu.relate.words import Found, scan

STREET = re.compile(r"[东西南北中]?(?:路|街|大街|大道|大桥|巷)")  # 广州街 lies wherever it does
ROAD = re.compile(r"[GSXYC]\d{1,4}|[国省县乡]道\d*")  # G16 runs through places and holds none
STATE = re.compile(  # 国家林草局, 中央网信办
    r"(?:国家(?!级)|全国|最高)[一-鿿]{1,8}[部委局署会办院]|中央(?!商务|大街|公园|医院)[一-鿿]{1,6}[部委局办]|中国(?:科学|工程|社会科学)院"
)
PHASE = re.compile(r".+(?<!区)[（(]?(?:[一二三四五]期|二跑道|(?:T\d)?航站楼)[）)]?")
TO = "至"  # 甲城至乙城铁路丙段 is no part of 甲城
WATERS = ("江", "河", "湖", "海")  # a town may be called after one
COUNTY = re.compile(r".*(?:[县旗]|(?<!自治)区)")
PROVINCES = ("省", "自治区")
PROVINCIAL = re.compile(r"(?:省|自治区)(?![级际道会直])")  # 省水利厅, in the report of a city
ABOVE = re.compile(r"[市州盟](?:委|政府|人大|政协|人民政府|纪委)")  # 市委, in a report of a county
SITED_CLOSE = 2  # characters before a name in which the 的 stands that joins it to where it is
SITED_BY = re.compile("(?:境内|辖区)?的[“《]?")
CLOSE = 16  # characters between a thing, a verb and the place it moves to
SITED = (Kind.PLACE, Kind.INSTITUTION, Kind.PROJECT)


def read_places(layout: Layout, rules: Rules, region: Region) -> Iterator[Candidate]:
    """Propose locatedIn and partOf: from nested names, the place right before a name, else the report's own place."""
    moves = scan(rules.moves, layout.sayable)
    for series in layout.series:
        target = _target(layout, series, moves) or _site(layout, series, rules)
        for mention in series.members:
            inner = _inner(layout, mention, rules, region)
            yield from _nested(series, mention, inner, rules, region)
            if mention.kind in SITED:
                yield from _around(layout, series, mention, inner, target, rules, region)


def _inner(layout: Layout, mention: Mention, rules: Rules, region: Region) -> tuple[Mention, ...]:
    """Return the names inside a name, without places in which it does not lie whatever else is said."""
    names = layout.nested.get(mention, ())
    return names and tuple(
        name for name in names if name.kind is not Kind.PLACE or not _holds_nothing(name, mention, rules, region)
    )


def _holds_nothing(place: Mention, name: Mention, rules: Rules, region: Region) -> bool:
    """Tell a road, a place that only lent a street its name, and provinces that something joins: 赣粤 in 赣粤高铁."""
    if ROAD.fullmatch(place.text) or STREET.match(name.text, place.span.end - name.span.start):
        return True
    return rules.joined.issuperset(place.text) and region(place.text) is Where.UNKNOWN


def _nested(
    series: Series, mention: Mention, inner: Sequence[Mention], rules: Rules, region: Region
) -> Iterator[Candidate]:
    for place in inner:
        may_be_whole = _may_be_whole(mention, place, region)
        is_part = may_be_whole and _is_part(mention, place, rules)
        choice = (mention.span.start * 64 + place.span.start - mention.span.start, place.span.end)
        if place.kind is Kind.PLACE:
            within = (*_nested_features(mention, place), f"part={is_part}")
            likely = mention.kind in SITED and not is_part
            yield _candidate(
                series, mention, Relation.LOCATED_IN, place, "within", within, likely=likely, choice=choice
            )
        if may_be_whole:
            features = (*_part_features(mention, place), f"part={is_part}")
            yield _candidate(series, mention, Relation.PART_OF, place, "part", features, likely=is_part, choice=choice)
    for outer, smaller in pairwise(inner):
        adjoin = outer.span.end == smaller.span.start and smaller.kind is outer.kind is Kind.PLACE
        if adjoin and mention.kind in SITED and not outer.text.endswith(rules.lines):
            yield _candidate(series, smaller, Relation.LOCATED_IN, outer, "chain", ())


def _around(
    layout: Layout,
    series: Series,
    mention: Mention,
    inner: Sequence[Mention],
    target: Mention | None,
    rules: Rules,
    region: Region,
) -> Iterator[Candidate]:
    before = _just_before(layout, series, mention)
    nearer = before or target
    if nearer is not None:
        near = (
            f"kind={mention.kind}",
            f"before={nearer.text[-1:]}",
            f"tail={mention.text[-1:]}",
            f"where={region(nearer.text)}",
            f"moved={before is None}",
        )
        yield _candidate(series, mention, Relation.LOCATED_IN, nearer, "beside", near)
        return
    own = layout.own
    if own is not None and not _is_outside(mention, own.name, rules, region):
        likely = not inner and not mention.text.startswith(rules.national) and region(mention.text) not in AFAR
        seen = _own_features(layout, series, mention, inner, rules, own.name)
        seen += _where_features(layout, series, mention, rules, region)
        yield _candidate(series, mention, Relation.LOCATED_IN, own, "own", seen, likely=likely)


def _is_outside(mention: Mention, own: str, rules: Rules, region: Region) -> bool:
    """Tell what the report's own place cannot hold: itself, what lies elsewhere or is above it, and bodies of these."""
    text = mention.text
    if own.startswith(text) or text.removesuffix("地区") in rules.abroad:
        return True
    if mention.kind is Kind.PLACE:
        return region.excludes(text)
    if mention.kind is not Kind.INSTITUTION:
        return False
    is_state = text in rules.national or STATE.fullmatch(text)
    is_above = (COUNTY.fullmatch(own) and ABOVE.match(text)) or (not own.endswith(PROVINCES) and PROVINCIAL.match(text))
    return bool(is_state or is_above or region.begins_elsewhere(text))


def _target(layout: Layout, series: Series, moves: Found) -> Mention | None:
    """Return the place that a series settles in: X研究中心落户|天水."""
    verb = moves.first(series.span.end, min(series.clause.end, series.span.end + CLOSE))
    after = layout.at(verb.end) if verb else None
    return after if after is not None and after.kind is Kind.PLACE else None


def _site(layout: Layout, series: Series, rules: Rules) -> Mention | None:
    """Return the place that a series is said to stand in before it is named: 位于|黑山镇|的新水厂."""
    if "的" not in layout.masked[series.span.start - SITED_CLOSE : series.span.start]:
        return None
    found = layout.before(series.span.start)
    if found is None or found.members[-1].kind is not Kind.PLACE:
        return None
    between = layout.masked[found.span.end : series.span.start]
    is_sited = layout.masked.endswith(rules.sites, series.clause.start, found.span.start)
    return found.members[-1] if is_sited and SITED_BY.fullmatch(between) else None


def _candidate(
    series: Series,
    subject: Mention,
    relation: Relation,
    thing: Participant,
    decision: str,
    features: tuple[str, ...],
    *,
    likely: bool = True,
    choice: tuple[int, int] | None = None,
) -> Candidate:
    return Candidate(
        decision,
        features,
        subject,
        relation,
        thing,
        series.clause,
        Modality.STATED,
        f"place:{decision}",
        likely=likely,
        choice=choice,
    )


def _just_before(layout: Layout, series: Series, mention: Mention) -> Mention | None:
    """Return the place whose name ends where this one begins: 黑山|绕阳河."""
    if mention is not series.members[0]:
        return None
    found = layout.before(mention.span.start)
    if found is None or found.span.end != mention.span.start or found.members[-1].kind is not Kind.PLACE:
        return None
    return found.members[-1]


def _is_part(mention: Mention, whole: Mention, rules: Rules) -> bool:
    rest = mention.text[len(whole.text) :]
    return mention.text.startswith(whole.text) and rest.strip("（）()").endswith(rules.parts)


def _may_be_whole(mention: Mention, whole: Mention, region: Region) -> bool:
    """Tell whether a name inside a name may be its whole: no division is, nor what stands before the thing of a phase.

    二期 of 锦州港二期 is a part of 锦州港; 锦州医院二期 is no part of 锦州, 某某集团电厂二期 none of 某某集团.
    """
    rest = mention.text[whole.span.end - mention.span.start :]
    if rest.startswith(TO):
        return False
    is_division = (
        whole.kind is Kind.PLACE and not whole.text.endswith(WATERS) and region(whole.text) is not Where.UNKNOWN
    )
    return not is_division and not PHASE.fullmatch(rest)


def _nested_features(mention: Mention, place: Mention) -> tuple[str, ...]:
    kind = str(mention.kind)
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
        f"kinds={mention.kind},{whole.kind}",
        f"whole={whole.kind}",
        f"at={whole.span.start == mention.span.start}",
        f"rest={rest[-2:]}",
        f"begin={rest[:2]}",
        f"end={rest.strip('（）()')[-1:]}",
        f"short={len(rest) < 4}",
        f"tail={whole.text[-1:]}",
    )


def _where_features(layout: Layout, series: Series, mention: Mention, rules: Rules, region: Region) -> tuple[str, ...]:
    text, kind = mention.text, str(mention.kind)
    where = region(text)
    head = where if mention.kind is Kind.PLACE else region(text[:2])
    aided = rules.aided.search(layout.masked, max(series.clause.start, series.span.start - CLOSE), series.span.start)
    return f"where={where},{kind}", f"headwhere={head},{kind}", f"aided={aided is not None},{kind}"


def _own_features(
    layout: Layout, series: Series, mention: Mention, inner: Sequence[Mention], rules: Rules, own: str
) -> tuple[str, ...]:
    kind, text = str(mention.kind), mention.text
    within = any(place.kind is Kind.PLACE for place in inner)
    start, end, clause = series.span.start, series.span.end, series.clause
    return (
        kind,
        f"inner={bool(inner)}{within}",
        f"inner={bool(inner)}{within},{kind}",
        f"head={text[:1]}",
        f"head={text[:2]}",
        f"last={text[-1:]},{kind}",
        f"tail={text[-2:]}",
        f"holds={own[:-1] in text}",
        f"level={own[-1:]}",
        f"national={text.startswith(rules.national)}",
        f"ahead={layout.masked[max(clause.start, start - 2) : start]}",
        f"ahead={layout.masked[max(clause.start, start - 1) : start]},{kind}",
        f"behind={layout.masked[end : min(clause.end, end + 2)]}",
        f"short={min(len(text), 5)},{kind}",
    )
