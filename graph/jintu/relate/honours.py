"""Read who was given a title, who holds an event, and who helps whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jintu.model import Kind, Mention, Modality, OwnPlace, Participant, Relation, Span
from jintu.relate.candidates import Candidate
from jintu.relate.layout import REST, Layout, Series, name_of
from jintu.relate.rules import Rules
from jintu.relate.words import Word, scan

REACH = 20  # characters between a verb and its object: 获评全国首批…
CLOSE = 16  # characters between a subject and its verb
NOBODY = re.compile(  # in front of 被 these name no one, so that it is the own place: 我州再次|被财政部列为
    r"(?:去年|今年|先后|连续[^，年]{1,4}年|[再首多]次|成功|又|还|也|并|均|都|\d{4}年|五年来|一年来|[我本该全][市省区县州盟旗])*+"
)
CONDITION = re.compile("(?:并|且|同时|此外)?(?:对(?![口外接])|凡)")  # 对入选…的，给予奖励: nobody has won yet
AFTER = re.compile("[”》]?的?(?:候选|申报|推荐|评选|评定|预备|总数|总量)")  # what is not won yet
NOUN = 4  # characters behind a title in which the noun stands that it goes with
DRAFTED = "拟"  # 拟|命名: a list to be made public
COUNTED_IN = re.compile("统计|监测|监管|管理|考核")  # 纳入|统计的5家4A级景区
# What stands between a place and its verb and is no word of how or when: what grows or is made there.
PRODUCT = re.compile(
    "(?![被成获由经在以和与等荣双均也又再将已还全先接相陆正顺光连首唯率一整同进晋跻入列及各今去当第]|[我本该]|分别|累计|代表|作为|高分|凭)"
    "[一-鿿]{2,8}?(?<![村镇乡县市区])(?:等|成功)?”?"
)
BESIDE = re.compile(f"、|和|与|及|(?<=[”》{REST}])[“《]")  # what parts titles
COUNTED = re.compile(r"[”》]?\d")
COUNTS = re.compile(r"\d(?:个|家|所|项|人|村|名)")
HELD = re.compile(  # 葡萄节|在黑山县成功举办
    rf"[”》]?(?:在(?:(?P<place>{name_of(Kind.PLACE)})|[我本全][市省区县州盟旗]))?(?:成功|圆满|顺利|隆重|胜利|如期|正式)*"
    "(?P<verb>举办|举行|召开|开幕|启幕)(?!之|前|以来|后)"
)
ATTENDS = re.compile("出席|参加|参与|参展|亮相|观摩|迎接|喜迎")
WINNERS = (Kind.PLACE, Kind.INSTITUTION, Kind.PROJECT, Kind.PROGRAMME, Kind.PERSON, Kind.WORK)
HOSTS = (Kind.PLACE, Kind.INSTITUTION)


def read_received(layout: Layout, rules: Rules) -> Iterator[Candidate]:
    """Propose a receiver for each title: the name in front of the verb, else the report's own place."""
    verbs = scan(rules.receives, layout.sayable)
    for series in _of_kind(layout, Kind.HONOUR):
        verb = verbs.last(max(series.clause.start, series.span.start - REACH), series.span.start)
        passive = _passive(layout, series, verb)
        winners, around = _before(layout, series, passive or verb, WINNERS)
        if _is_condition(layout, series) or (passive and not winners and not _is_own(layout, series, passive)):
            continue
        if _is_wished(layout, series, verb, rules) or _is_product_s(layout, winners, verb):
            continue
        features = (*_won(layout, series, verb, rules), *around)
        is_won = verb is not None and series.modality is Modality.STATED
        for mention, who_won in _paired(layout, series, winners, verb):
            for winner, fits in _options(layout, who_won or _spoken_of(layout, series, mention, rules)):
                if not isinstance(winner, Mention) and _is_another_s(layout, mention, winner, rules):
                    continue
                who = winner.kind.value if isinstance(winner, Mention) else "own"
                yield Candidate(
                    decision="received",
                    features=(*features, f"who={who}", *(f"{who},{each}" for each in (*around, features[1]))),
                    subject=winner,
                    relation=Relation.RECEIVED,
                    object=mention,
                    span=series.clause,
                    modality=Modality.STATED,
                    rule=f"received:{verb.text if verb else ''}",
                    likely=is_won and fits,
                )


def _passive(layout: Layout, series: Series, verb: Word | None) -> Word | None:
    """Return the 被 in front of who grants: 黑山县|被|农业农村部列为…."""
    found = layout.before(verb.start) if verb else None
    at = found.span.start - 1 if found else -1
    is_passive = at >= series.clause.start and layout.masked[at] == "被"
    return Word(at, at + 1, "被") if is_passive else None


def _is_own(layout: Layout, series: Series, passive: Word) -> bool:
    return NOBODY.fullmatch(layout.masked, series.clause.start, passive.start) is not None


def _is_condition(layout: Layout, series: Series) -> bool:
    behind = Span(series.span.end, series.clause.end).of(layout.masked)
    return CONDITION.match(layout.masked, series.clause.start) is not None and "的" in behind


def _is_wished(layout: Layout, series: Series, verb: Word | None, rules: Rules) -> bool:
    """Tell a title that a plan wants (支持黑山镇|创建…), one stands for (X|评选活动), or counts (纳入|统计的…)."""
    at = verb.start if verb else series.span.start
    if verb is not None and (COUNTED_IN.match(layout.masked, verb.end) or layout.masked[verb.start - 1] == DRAFTED):
        return True
    is_planned = series.modality is Modality.PLANNED
    makes = verb is not None and verb.text.endswith(rules.makes)
    wishes = is_planned and (makes or rules.wishes.search(layout.masked, series.clause.start, at))
    return bool(wishes or AFTER.match(layout.masked, series.span.end))


def _is_product_s(layout: Layout, winners: tuple[Mention, ...], verb: Word | None) -> bool:
    """Tell a title that something of a place has won: 黑山县|花生|入选…."""
    if not winners or winners[-1].kind is not Kind.PLACE or verb is None:
        return False
    start = winners[-1].span.end
    return PRODUCT.fullmatch(layout.masked, start, verb.start) is not None


def _paired(
    layout: Layout, series: Series, winners: tuple[Mention, ...], verb: Word | None
) -> Iterator[tuple[Mention, tuple[Mention, ...]]]:
    """Give each title its winners: all of them, or one each where 分别 stands before several titles."""
    honours = [mention for mention in series.members if mention.kind is Kind.HONOUR]
    masked, at = layout.masked, Span(*((verb.start, verb.end) if verb else (series.span.start, series.span.start)))
    if len(winners) < 2 or "分别" not in masked[winners[-1].span.end : at.start]:
        yield from ((honour, winners) for honour in honours)
        return
    for honour in honours:
        before = len(BESIDE.findall(masked, at.end, honour.span.start))
        is_only = before == 0 and BESIDE.search(masked, honour.span.end, series.clause.end) is None
        yield honour, winners if is_only else winners[before : before + 1]


def read_hosts(layout: Layout, rules: Rules) -> Iterator[Candidate]:
    """Propose a host for each event that is held: 举办X, X在黑山县举行; who takes part is none."""
    verbs = scan(rules.hosts, layout.sayable)
    for series in _of_kind(layout, Kind.EVENT):
        verb = verbs.last(max(series.clause.start, series.span.start - REACH), series.span.start)
        if ATTENDS.search(layout.masked, verb.start if verb else series.clause.start, series.span.start):
            continue
        held = HELD.match(layout.masked, series.span.end) if verb is None else None
        hosts = _before(layout, series, verb, HOSTS)[0] if verb else _where(layout, held)
        word = verb.text if verb else held["verb"] if held else ""
        for mention in series.members if word else ():
            for host in (hosts or _own(layout)) if mention.kind is Kind.EVENT else ():
                yield Candidate(
                    decision="hosts",
                    features=(word, series.modality.value, mention.text[-1:]),
                    subject=host,
                    relation=Relation.HOSTS,
                    object=mention,
                    span=series.clause,
                    modality=series.modality,
                    rule=f"hosts:{word}",
                )


def _where(layout: Layout, held: re.Match[str] | None) -> tuple[Mention, ...]:
    place = layout.at(held.start("place")) if held and held["place"] else None
    return (place,) if place else ()


def read_aids(layout: Layout, rules: Rules) -> Iterator[Candidate]:
    """Propose whom the report's own place helps, and who helped it."""
    verbs = scan(rules.aids, layout.sayable)
    thanks = scan(rules.thanked, layout.sayable)
    own = layout.own
    for series in layout.series if own and (verbs.starts or thanks.starts) else ():
        verb = verbs.last(max(series.clause.start, series.span.start - CLOSE), series.span.start)
        thanked = thanks.first(series.span.end, min(series.clause.end, series.span.end + CLOSE))
        word = thanked or verb
        is_others = verb is not None and not thanked and _helper(layout, series, verb)
        for mention in series.members if word and not is_others else ():
            if own and word and mention.kind in HOSTS and (thanked or mention.kind is Kind.PLACE):
                helper: Participant = mention if thanked else own
                helped: Participant = own if thanked else mention
                yield Candidate(
                    decision="aids",
                    features=(word.text, series.modality.value),
                    subject=helper,
                    relation=Relation.AIDS,
                    object=helped,
                    span=series.clause,
                    modality=series.modality,
                    rule=f"aids:{word.text}",
                )


def _helper(layout: Layout, series: Series, verb: Word) -> bool:
    """Tell whether places stand before the verb: they help, and not the report's own."""
    found = layout.before(verb.start)
    return (
        found is not None
        and found.span.start >= series.clause.start
        and Kind.PLACE in found.kinds
        and layout.own is not None
        and not any(layout.own.name.startswith(member.text) for member in found.members)
    )


def _spoken_of(layout: Layout, series: Series, title: Mention, rules: Rules) -> tuple[Mention, ...]:
    """Return the village or the like that the sentence, or the one before, spoke of last: 甲村…。先后获评先进村."""
    sentence = layout.sentence(series.span.start)
    if sentence is None or not title.text.endswith(rules.smaller):
        return ()
    before = layout.previous(sentence) or sentence
    named = layout.within(Span(before.span.start, series.span.start))
    alike = [name for each in named for name in each.members if name.kind in HOSTS and name.text[-1] == title.text[-1]]
    return tuple(alike[-1:])


def _is_another_s(layout: Layout, title: Mention, own: Participant, rules: Rules) -> bool:
    """Tell a title that only a village, a firm or the like can have, from those of a whole district."""
    if layout.masked[title.span.end : title.span.end + NOUN].lstrip("”》").startswith(rules.smaller):  # “瞪羚”|企业
        return True
    return title.text.endswith(rules.smaller) and not (isinstance(own, OwnPlace) and own.name.endswith(title.text[-1]))


def _options(layout: Layout, winners: Sequence[Mention]) -> Iterator[tuple[Participant, bool]]:
    yield from ((winner, True) for winner in winners)
    yield from ((own, not winners) for own in _own(layout))


def _of_kind(layout: Layout, kind: Kind) -> Iterator[Series]:
    return (series for series in layout.series if kind in series.kinds)


def _own(layout: Layout) -> Sequence[Participant]:
    return (layout.own,) if layout.own else ()


def _before(
    layout: Layout, series: Series, verb: Word | None, kinds: Sequence[Kind]
) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
    """Return the names in front of the verb in the same clause, and the words around them."""
    at = verb.start if verb else series.span.start
    found = layout.before(at)
    if found is None or found.span.start < series.clause.start or at - found.span.end > CLOSE:
        return (), ("alone",)
    between = Span(found.span.end, at).of(layout.masked).removesuffix("分别")
    passive = layout.masked[max(0, found.span.start - 1) : found.span.start] == "被"
    plain = NOBODY.fullmatch(between) is not None
    around = (
        f"passive={passive}",
        f"plain={plain}",
        f"between={between[:2]}",
        f"near={len(between) // 3}",
        f"of={'的' in between}",
    )
    return tuple(mention for mention in found.members if mention.kind in kinds), around


def _won(layout: Layout, series: Series, verb: Word | None, rules: Rules) -> tuple[str, ...]:
    at = verb.start if verb else series.span.start
    wish = bool(rules.wishes.search(layout.masked, series.clause.start, at))
    return (
        f"verb={verb.text if verb else ''}",
        f"mood={series.modality}",
        f"wish={wish},{series.modality}",
        f"gap={layout.masked[verb.end : series.span.start][:3] if verb else '-'}",
        f"behind={layout.masked[series.span.end : min(series.clause.end, series.span.end + 2)]}",
        f"counted={bool(COUNTED.match(layout.masked, series.span.end))}",
        f"counts={bool(COUNTS.search(layout.masked, series.clause.start, at))}",
        f"bare={NOBODY.fullmatch(layout.masked, series.clause.start, at) is not None}",
        f"then={layout.masked[series.clause.end : series.clause.end + 1]}",
    )
