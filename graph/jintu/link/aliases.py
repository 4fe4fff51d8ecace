"""Find names of one place that mean one thing, and never two things that only look alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import groupby
from typing import NamedTuple

from jintu.link.context import stem
from jintu.link.groups import Group, Key
from jintu.link.naming import plain
from jintu.link.places import WATERS_AND_HILLS
from jintu.link.tails import FIRM, LEAST_STEM, PLAN_TAILS, TAILS, Tail, without_tail
from jintu.model import Kind
from jintu.regions import NATION

CORE = re.compile(r"“(?P<core>[^“”]{3,})”(?P<rest>[^“”]*)$")  # 结构调整“三篇大文章”
VAGUE = re.compile(r"^(?:十[一二三四五六]五$|回头看$|互联网[+＋])")  # every body has one of its own
ROUND = re.compile(r"第[一二三四五六七八九十\d]|首|新一|上一")  # of several that are called alike
# Quoted words that any report may count anew: in another report they may be others.
COUNTED = re.compile(
    r"[一二三四五六七八九十百千两几\d+n]+个?大?(?:[一百千]|工程|行动|任务|举措|计划|战略|清单|机制|制度|体系|平台|建设|项目|活动|改革)$"
)
LINES = ("铁路", "高铁", "高速", "运河")  # that cross places
BRIDGE = re.compile(r"(?P<road>.+)跨(?P<river>.+?)特?大桥$")  # 广州街跨小凌河特大桥 is 小凌河广州街大桥
# A parent before a subsidiary that stands by itself too: 中石油|锦州石化.
PARENT = re.compile("中石油|中石化|中海油|国网|国能|中储粮|中粮|中航|中船|中铝|中建材|宝武")
# The character that stands for an institution's head word in a short name: 锦医大, 师专, 一中.
HEADS = {
    "大学": "大",
    "学院": "院",
    "专科学校": "专",
    "职业技术学院": "职",
    "中学": "中",
    "小学": "小",
    "医院": "院",
    "研究院": "院",
    "研究所": "所",
    "委员会": "委",
    "管理局": "局",
    "银行": "行",
    "集团": "团",
    "博物馆": "博",
}
HEADS_BY_LENGTH = tuple(sorted(HEADS, key=len, reverse=True))
ENDS_OF_SHORT = tuple({*HEADS.values(), *(head[-1] for head in HEADS)})
# What a firm makes: the end of a name that may be left out (神工半导体, 神工).
TRADES = re.compile(
    r"药业|制药|医药|医疗|生物|半导体|电子|科技|信息|软件|环保|能源|电力|新能源|石化|化工|化学|新材料|"
    r"材料|陶瓷|金属|钢铁|钛业|铝业|重工|机械|装备|汽车|食品|粮油|农业|牧业|乳业|酒业|纺织|服装|光伏|锂电|颜料|润滑油"
)
MAKES = re.compile(f"(?:{TRADES.pattern})+")
MARKS = re.compile(r"\d+|[一二三四五六七八九十百甲乙丙丁东西南北中上下前后新老旧内外a-zⅰ-ⅹ]")
LEAST_ON_SITE, LEAST_FAR_FROM_SITE = 6, 8  # characters of a name without its site, in one report and in two
PLACE_ENDS = (*WATERS_AND_HILLS, *"省市州县区盟旗镇乡村屯园城路街桥站场心东西南北")
LEAST_FIRM, LONGEST_SHORT_FIRM = 2, 4  # characters of a firm's name without its trade
LEAST_SUBSIDIARY = 4  # characters of a firm's name without its parent's and its legal form
SITED = (Kind.PLACE, Kind.PROJECT)
LEAST_OF_REGION = 5  # the same, in the region around it
LEAST_BARE = 4  # characters a name must have to be looked for in the counties of its prefecture
LONGEST_SHORT_NAME = 5
LONGEST_RATIO = 4  # a character of a short name stands for a word or two


class Rank(IntEnum):
    """Which rule's merges come first where several speak of one name; a user's own come before them all."""

    TAIL = 0
    PLAN_TAIL = 1
    CORE = 2
    TRADE = 3
    FIRM = 4
    PARENT = 5
    SITE = 6
    SHORT_NAME = 7
    NATIONAL_STEM = 8
    WIDER_PLACE = 9


class Merge(NamedTuple):
    """Hold that the name ``short`` means what ``long`` means, and why; merges are sorted by rank, then by names."""

    rank: int
    short: Key
    long: Key
    reason: str


class Pair(NamedTuple):
    """Hold a short name and a long one that it fits, in one scope or one document, and the long one written out."""

    short: Key
    long: Key
    full: str


class Reach(NamedTuple):
    """Hold a name and that of the country which may mean the same, where there is one of its kind."""

    short: Key
    long: Key
    kind: Kind


class Bearer(NamedTuple):
    """Hold one name of several that are alike but for their scope: whether it never stands with a place."""

    rest: str
    family: str
    scope: str
    kind: Kind
    bare: bool

    @property
    def key(self) -> Key:
        """Return the key of the name."""
        return Key(self.scope, self.rest, self.family)


def merges(groups: Mapping[Key, Group]) -> Iterator[Merge]:
    """Yield the merges of the groups of one region, which come sorted, each for one reason that holds by itself."""
    of_kind: dict[Kind, dict[Key, Group]] = {kind: {} for kind in Kind}
    for key, group in groups.items():
        of_kind[group.kind][key] = group
    for kind, (tail, least) in TAILS.items():
        yield from _by_tail(of_kind[kind], kind, tail, least)
    for kind in PLAN_TAILS:
        yield from _by_plan_tail(of_kind[kind], kind)
    yield from _by_core(of_kind[Kind.PROGRAMME])
    bodies = of_kind[Kind.INSTITUTION]
    yield from _by_trade(bodies)
    yield from _by_firm(bodies, of_kind[Kind.PLACE])
    yield from _by_parent(bodies)
    yield from _by_site(groups)


def look_alike(one: str, other: str) -> bool:
    """Tell whether two names differ in what tells things apart: a number, an order, a direction.

    >>> look_alike("第一中学", "第二中学"), look_alike("渤大", "渤海大学"), look_alike("热源厂一期", "热源厂")
    (True, False, True)
    """
    return sorted(MARKS.findall(one)) != sorted(MARKS.findall(other))


def is_short_for(short: str, long: str) -> bool:
    """Tell whether a name is made of characters of a longer one, from its first to its head word's.

    >>> is_short_for("锦医大", "锦州医科大学"), is_short_for("师专", "师范专科学校"), is_short_for("锦中", "锦州医院")
    (True, True, False)
    """
    if not 2 <= len(short) < len(long) <= LONGEST_RATIO * len(short) or short[0] != long[0]:
        return False
    if long.startswith(short) or short.endswith(HEADS_BY_LENGTH) or look_alike(short, long):
        return False
    if not short.endswith(_ends_of_short(long)):
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def _ends_of_short(long: str) -> tuple[str, ...]:
    """Return what may stand for a long name's head word at the end of a short one; nothing where it has none."""
    head = next(filter(long.endswith, HEADS_BY_LENGTH), "") if long.endswith(HEADS_BY_LENGTH) else ""
    return (HEADS[head], head[-1]) if head else ()


def _by_tail(groups: Mapping[Key, Group], kind: Kind, tail: Tail, least: int) -> Iterator[Merge]:
    """Merge names of one kind that differ in a closing 项目 or 工程, 政策, or the legal form of a firm."""
    stems: dict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for key in groups:
        stem = tail.off(key.rest)
        stem = BRIDGE.sub(r"\g<river>\g<road>大桥", stem) if "跨" in stem else stem
        if len(stem) >= least:
            stems[key.scope, key.family, stem].append(key)
    for keys in (keys for keys in stems.values() if len(keys) > 1):
        *shorter, longest = sorted(keys, key=lambda key: (len(key.rest), key))
        for key in shorter:
            if kind is not Kind.INSTITUTION or longest.rest.startswith(key.rest):  # 甲集团 is not 甲公司
                yield Merge(Rank.TAIL, key, longest, f"the same name as {longest.rest} but for its last words")


def _by_plan_tail(groups: Mapping[Key, Group], kind: Kind) -> Iterator[Merge]:
    """Merge a programme or works with those of its scope whose name lacks the last word."""
    for key in groups:
        stem = without_tail(kind, key.rest)
        if stem != key.rest and (bare := key._replace(rest=stem)) in groups:
            yield Merge(Rank.PLAN_TAIL, key, bare, f"the same name as {stem} but for its last words")


def national_stems(groups: Iterable[Group]) -> Iterator[Reach]:
    """Pair programmes and lines that are never named with a place with what the country may call so."""
    for group in groups:
        stem = without_tail(group.kind, group.key.rest)
        reaches = group.kind is Kind.PROGRAMME or stem.endswith(LINES)
        if stem != group.key.rest and reaches and group.is_bare():
            yield Reach(group.key, group.key._replace(scope=NATION, rest=stem), group.kind)


def by_national_stem(reaches: Iterable[Reach], names: Iterable[Bearer]) -> Iterator[Merge]:
    """Merge a name with the country's own that lacks its last word, where that is of the same kind."""
    kinds = {name.key: name.kind for name in names if name.scope == NATION}
    for short, long, kind in reaches:
        if kinds.get(long) is kind:
            yield Merge(Rank.NATIONAL_STEM, short, long, f"the same name as {long.rest} but for its last words")


def _by_core(programmes: Mapping[Key, Group]) -> Iterator[Merge]:
    """Merge a programme that is called by quoted words with the only longer name of its place for them.

    Words that only count (“八大工程”), and names of one report, mean the same in that report alone.
    """
    longer: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key, group in programmes.items():
        found = CORE.search(group.full) if "”" in group.full and key.scope != NATION else None
        front = group.full[: found.start()] if found else ""
        if found and front and not VAGUE.match(found["core"]) and not ROUND.search(front):
            longer[key.scope, plain(found.group())].append(key)
    for (_, name), keys in sorted(longer.items()):
        *shorter, long = sorted(keys, key=lambda key: (len(key.rest), key))
        bare = programmes.get(long._replace(rest=name))
        docs = frozenset[str]().union(*(programmes[key].docs for key in keys))
        nested = all(long.rest.endswith(key.rest) for key in shorter)
        if bare and nested and _is_near(bare, docs, name):
            reason = f"short for {programmes[long].full}, the only name around these words"
            yield from (Merge(Rank.CORE, key, long, reason) for key in (bare.key, *shorter))


def _is_near(bare: Group, docs: frozenset[str], name: str) -> bool:
    return bool(docs & bare.docs) or (len(docs) > 1 and not COUNTED.match(name))


def short_names(groups: Sequence[Group], where: Callable[[Group], str] = lambda group: "") -> Iterator[Pair]:
    """Pair the short names of institutions with the long ones that they fit, ``where`` both are the same."""
    bodies = [(group, forms) for group in groups if group.kind is Kind.INSTITUTION and (forms := _forms(group))]
    index: dict[tuple[str, str, str], list[tuple[Group, tuple[str, ...]]]] = defaultdict(list)
    for group, forms in bodies:
        for first, end in sorted({(form[0], end) for form in forms for end in _ends_of_short(form)}):
            index[where(group), first, end].append((group, forms))
    for group, (form, *_) in bodies:
        if not group.key.rest or len(group.key.rest) > LONGEST_SHORT_NAME or not form.endswith(ENDS_OF_SHORT):
            continue
        for long, others in () if form.endswith(HEADS_BY_LENGTH) else index.get((where(group), form[0], form[-1]), ()):
            if any(is_short_for(form, other) for other in others):
                yield Pair(group.key, long.key, long.full)


def by_short_name(pairs: Iterable[Pair]) -> Iterator[Merge]:
    """Merge an institution's short name with the only long name of its place or documents that fits."""
    longs: dict[Key, dict[Key, str]] = defaultdict(dict)
    for pair in sorted(pairs):
        longs[pair.short][pair.long] = max(pair.full, longs[pair.short].get(pair.long, ""), key=lambda f: (len(f), f))
    for short, found in sorted(longs.items()):
        if len(found) == 1:
            ((long, full),) = found.items()
            reason = f"short for {full}, the only name of its place or report that fits"
            yield Merge(Rank.SHORT_NAME, short, long, reason)


def _forms(group: Group) -> tuple[str, ...]:
    """Return the name as written out and without its place, less 第, which short names drop."""
    forms = (group.key.rest, *(plain(full) for full, _ in group.fulls))
    return tuple(dict.fromkeys(form.replace("第", "") or form for form in forms if form))


def _by_trade(bodies: Mapping[Key, Group]) -> Iterator[Merge]:
    """Merge a firm's name with the only one of its place that begins so, where but its trade is left out."""
    firms: dict[tuple[str, str], dict[str, Key]] = defaultdict(dict)
    for key in bodies:
        base = FIRM.off(key.rest)
        for length in range(LEAST_FIRM, min(LONGEST_SHORT_FIRM, len(base) - 1) + 1):
            firms[key.scope, base[:length]][base] = key
    for key in bodies:
        found = firms.get((key.scope, key.rest)) if key.scope != NATION else None
        if not found:
            continue
        base = min(found, key=len)
        alone = all(other.startswith(base) for other in found)
        if alone and TRADES.fullmatch(base.removeprefix(key.rest)):
            reason = f"short for {bodies[found[base]].full}, the only firm of its place that begins so"
            yield Merge(Rank.TRADE, key, found[base], reason)


def _by_firm(bodies: Iterable[Key], places: Mapping[Key, Group]) -> Iterator[Merge]:
    """Merge what was read as a place with the firm of its name, unless it is called like a place: 南山, 南山集团."""
    for key in bodies:
        stem = FIRM.off(key.rest)
        if not LEAST_FIRM <= len(stem) < len(key.rest) or stem.endswith(PLACE_ENDS):
            continue
        if (place := key._replace(rest=stem)) in places:
            yield Merge(Rank.FIRM, place, key, f"the same name as {key.rest} but for its last words")


def _by_parent(bodies: Mapping[Key, Group]) -> Iterator[Merge]:
    """Merge a firm with the only one of its place that is written with a parent's name before it."""
    owned: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for key, group in bodies.items():
        name = plain(group.full)
        if parent := PARENT.match(name):
            owned[key.scope, name[parent.end() :]].add(key)
    if not owned:
        return
    firms: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for key, group in bodies.items():
        for full, _ in group.fulls:
            firms[key.scope, plain(full)].add(key)
    for (scope, rest), longs in owned.items():
        shorts, own = firms.get((scope, rest), set()), FIRM.off(rest)
        if len(shorts) == len(longs) == 1 and len(own) >= LEAST_SUBSIDIARY and not MAKES.fullmatch(own):
            (short,), (long,) = shorts, longs
            yield Merge(Rank.PARENT, short, long, f"{plain(bodies[long].full)} without the name of its parent")


def _by_site(groups: Mapping[Key, Group]) -> Iterator[Merge]:
    """Merge a name without its site with the only one of its place that has it: 锦州港|保税物流中心."""
    sites: dict[str, set[str]] = defaultdict(set)
    for key, group in groups.items():
        if group.kind in SITED:
            sites[key.scope].update(plain(full) for full, _ in group.fulls)
    placed: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for key, group in groups.items():
        name, of_scope = plain(group.full), sites[key.scope]
        for cut in range(2, len(name) - LEAST_ON_SITE + 1):
            if name[:cut] in of_scope:
                placed[key.scope, name[cut:]].add(key)
    for key, group in groups.items():
        found = placed.get((key.scope, key.rest), set()) if group.kind in (*SITED, Kind.INSTITUTION) else set()
        if len(found) == 1:
            (long,) = found
            near = groups[long].docs & group.docs or len(key.rest) >= LEAST_FAR_FROM_SITE
            if near and long.family == key.family:
                reason = f"short for {groups[long].full}, the only name of its place that ends so"
                yield Merge(Rank.SITE, key, long, reason)


def bearers(groups: Iterable[Group]) -> Iterator[Bearer]:
    """Yield the names that may be one with a name of a wider or narrower place."""
    for group in groups:
        scope, rest, family = group.key
        if len(rest) >= (LEAST_STEM if scope == NATION else LEAST_BARE):
            yield Bearer(rest, family, scope, group.kind, group.is_bare())


def by_wider_place(names: Iterable[Bearer]) -> Iterator[Merge]:
    """Merge a name without a place with the only one of its kind in a county or prefecture of its scope."""
    long = sorted(name for name in names if len(name.rest) >= LEAST_BARE)
    for _, together in groupby(long, key=lambda name: (name.rest, name.family)):
        same = list(together)
        nation = next((name for name in same if name.scope == NATION), None)
        for name in same:
            if nation and name != nation and name.kind is nation.kind and name.kind not in SITED and name.bare:
                yield Merge(Rank.WIDER_PLACE, name.key, nation.key, "the country's of the same name")
        if len(same) == 2 and same[0].kind is same[1].kind and same[0].kind in SITED:
            yield from _by_region(*sorted(same, key=lambda name: (_digits(name.scope), name.scope)))


def _by_region(wide: Bearer, narrow: Bearer) -> Iterator[Merge]:
    """Merge a bare name of a region with the placed one in it, and a bare name in it with the region's own."""
    if not _digits(wide.scope) or not narrow.scope.startswith(wide.scope[: _digits(wide.scope)]):
        return
    if wide.bare:
        yield Merge(Rank.WIDER_PLACE, wide.key, narrow.key, "the only one of this name within the region")
    elif narrow.bare and len(narrow.rest) >= LEAST_OF_REGION:
        yield Merge(Rank.WIDER_PLACE, narrow.key, wide.key, "the region's own, the only one of this name")


def _digits(scope: str) -> int:
    """Count the digits of a code that name a level: 2 for a province, 4 for a prefecture."""
    return len(stem(scope)) if scope.isdigit() else 0
