"""Find names of one place that mean one thing, and never two things that only look alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from jintu.link.context import NATION, stem
from jintu.link.naming import plain
from jintu.model import Kind

WORKS_TAIL = re.compile(r"(?:建设)?(?:项目|工程)$|建设$")
POLICY_TAIL = re.compile(r"(?:政策|工作)$")
FIRM_TAIL = re.compile(r"(?:发展|实业|投资|产业)?(?:[(]集团[)]|控股|集团|股份|有限|责任|总|公司)+$")
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
MARKS = re.compile(r"\d+|[一二三四五六七八九十百甲乙丙丁东西南北中上下前后新老旧内外a-zⅰ-ⅹ]")
TAILS = {  # with the least characters of a name without its last words
    Kind.PROJECT: (WORKS_TAIL, 3),
    Kind.PROGRAMME: (POLICY_TAIL, 2),
    Kind.INSTITUTION: (FIRM_TAIL, 2),
}
SITED = (Kind.PLACE, Kind.PROJECT)
LEAST_OF_REGION = 5  # the same, in the region around it
LEAST_BARE = 4  # characters a name must have to be looked for in the counties of its prefecture
LONGEST_SHORT_NAME = 5
LONGEST_RATIO = 4  # a character of a short name stands for a word or two


class Key(NamedTuple):
    """Hold what the mentions of one name have in common: a scope, a normal form, a family of kinds."""

    scope: str
    rest: str
    family: str


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the mentions of one name in brief: their kind, the documents, how the name is written out."""

    key: Key
    kind: Kind
    docs: frozenset[str]
    fulls: tuple[str, ...]


class Merge(NamedTuple):
    """Hold that the name ``short`` means what ``long`` means, and why."""

    short: Key
    long: Key
    reason: str


def merges(groups: Mapping[Key, Group]) -> Iterator[Merge]:
    """Yield the merges of groups, each for one reason that holds by itself."""
    yield from _by_tail(groups)
    yield from _by_short_name(groups)
    yield from _by_wider_place(groups)


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
    if long.startswith(short) or short.endswith(tuple(HEADS)) or look_alike(short, long):
        return False
    head = next((word for word in sorted(HEADS, key=len, reverse=True) if long.endswith(word)), "")
    if not head or not short.endswith((HEADS[head], head[-1])):
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def _by_tail(groups: Mapping[Key, Group]) -> Iterator[Merge]:
    """Merge names that differ in a closing 项目 or 工程, 政策, or the legal form of a firm."""
    stems: dict[tuple[str, str, Kind, str], list[Key]] = defaultdict(list)
    for key, group in sorted(groups.items()):
        stem = _stem(group)
        if stem:
            stems[key.scope, key.family, group.kind, stem].append(key)
    for (_, _, kind, _), keys in sorted(stems.items()):
        *shorter, longest = sorted(keys, key=lambda key: (len(key.rest), key))
        for key in shorter:
            if kind is not Kind.INSTITUTION or longest.rest.startswith(key.rest):  # 甲集团 is not 甲公司
                yield Merge(key, longest, f"the same name as {longest.rest} but for its last words")


def _stem(group: Group) -> str:
    rest = group.key.rest
    if group.kind not in TAILS:
        return ""
    tail, least = TAILS[group.kind]
    stem = tail.sub("", rest)
    return stem if len(stem) >= least else ""


def _by_short_name(groups: Mapping[Key, Group]) -> Iterator[Merge]:
    """Merge an institution's short name with the only long name of its place or documents that fits."""
    bodies = [group for _, group in sorted(groups.items()) if group.kind is Kind.INSTITUTION]
    index: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in bodies:
        for where in (group.key.scope, *sorted(group.docs)):
            for first in {form[0] for form in _forms(group)}:
                index[where, first].append(group)
    for group in bodies:
        if len(group.key.rest) <= LONGEST_SHORT_NAME and (long := _only_long(group, index)):
            yield Merge(
                group.key, long.key, f"short for {long.fulls[0]}, the only name of its place or report that fits"
            )


def _only_long(group: Group, index: Mapping[tuple[str, str], list[Group]]) -> Group | None:
    found: dict[Key, Group] = {}
    for form in _forms(group) if _is_bare(group) else _forms(group)[:1]:
        for where in (group.key.scope, *sorted(group.docs)):
            for long in index.get((where, form[0]), ()):
                if any(is_short_for(form, other) for other in _forms(long)):
                    found[long.key] = long
    return next(iter(found.values())) if len(found) == 1 else None


def _forms(group: Group) -> tuple[str, ...]:
    """Return the name as written out and without its place, less 第, which short names drop."""
    forms = (group.key.rest, *map(plain, group.fulls))
    return tuple(dict.fromkeys(form.replace("第", "") or form for form in forms if form))


def _by_wider_place(groups: Mapping[Key, Group]) -> Iterator[Merge]:
    """Merge a name without a place with the only one of its kind in a county or prefecture of its scope."""
    same: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in sorted(groups):
        if len(key.rest) >= LEAST_BARE:
            same[key.rest, key.family].append(key)
    for keys in same.values():
        nation = next((key for key in keys if key.scope == NATION), None)
        for key in keys:
            if nation and key != nation and groups[key].kind not in SITED and _is_bare(groups[key]):
                yield Merge(key, nation, "the country's of the same name")
        if len(keys) == 2 and groups[keys[0]].kind is groups[keys[1]].kind and groups[keys[0]].kind in SITED:
            yield from _by_region(groups, *sorted(keys, key=lambda key: (_digits(key.scope), key)))


def _by_region(groups: Mapping[Key, Group], wide: Key, narrow: Key) -> Iterator[Merge]:
    """Merge a bare name of a region with the placed one in it, and a bare name in it with the region's own."""
    if not _digits(wide.scope) or not narrow.scope.startswith(wide.scope[: _digits(wide.scope)]):
        return
    if _is_bare(groups[wide]):
        yield Merge(wide, narrow, "the only one of this name within the region")
    elif _is_bare(groups[narrow]) and len(narrow.rest) >= LEAST_OF_REGION:
        yield Merge(narrow, wide, "the region's own, the only one of this name")


def _is_bare(group: Group) -> bool:
    """Tell whether a name was never written with a place."""
    return all(plain(full) == group.key.rest for full in group.fulls)


def _digits(scope: str) -> int:
    """Count the digits of a code that name a level: 2 for a province, 4 for a prefecture."""
    return len(stem(scope)) if scope.isdigit() else 0
