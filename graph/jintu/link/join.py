"""Join the names that mean one thing: what stays within a region there, and what crosses regions where it meets.

The order of merges is their own: by rank, then by names. What becomes of a name depends on those alone that it hangs
together with through merges, so each such set is joined by itself, wherever it is seen whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jintu.link.aliases import Merge
from jintu.link.buckets import Apart, Matched, match, parted
from jintu.link.corrections import Corrections
from jintu.link.entities import Move, Moves, identify
from jintu.link.gather import Gathered
from jintu.link.groups import Group, Key
from jintu.link.unions import Unions
from jintu.regions import region_of

Joined = Mapping[Key, tuple[Key, str]]  # the root of each joined key, and why
BETWEEN = ""  # what lies in no one region


@dataclass(frozen=True, slots=True)
class Inside:
    """Hold what was matched within one region, and which of its keys were matched with those of others."""

    merges: tuple[Merge, ...] = ()
    apart: tuple[Apart, ...] = ()
    ends: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """Hold what is joined within a region, and of what hangs together with other regions' names all that others need.

    ``keys`` are the names that hang together so.
    """

    staying: tuple[Move, ...]
    beyond: Matched
    keys: tuple[Key, ...]


def join(regions: Mapping[str, Gathered], corrections: Corrections, *, buckets: int = 1) -> dict[str, Moves]:
    """Join the names of all regions in memory; how many buckets there are changes nothing."""
    insides: dict[str, list[Inside]] = {region: [] for region in regions}
    crossing: list[Matched] = []
    full = [parted(gathered.reaching, buckets) for gathered in regions.values()]
    for number in range(buckets):
        within, between = sort_out(match([one[number] for one in full if number in one], corrections))
        crossing.append(between)
        for region, inside in within.items():
            insides[region].append(inside)
    closed = {region: close(gathered.merges, insides[region]) for region, gathered in regions.items()}
    crossing.extend(one.beyond for one in closed.values())
    asked = {key for one in closed.values() for key in one.keys}
    groups = {group.key: group for one in regions.values() for group in one.groups if group.key in asked}
    met = meet(crossing, groups)
    return {region: all_moves(one.staying, met.get(region, Moves())) for region, one in closed.items()}


def sort_out(matched: Matched) -> tuple[dict[str, Inside], Matched]:
    """Sort what was matched: what lies within one region by region, and what lies between."""
    merges: dict[str, list[Merge]] = defaultdict(list)
    apart: dict[str, list[Apart]] = defaultdict(list)
    ends: dict[str, set[Key]] = defaultdict(set)
    for merge in matched.merges:
        merges[_region_of(merge.short, merge.long)].append(merge)
    for pair in matched.apart:
        apart[_region_of(*pair)].append(pair)
    between = Matched(tuple(merges.pop(BETWEEN, ())), tuple(apart.pop(BETWEEN, ())))
    for key in (key for merge in between.merges for key in (merge.short, merge.long)):
        ends[region_of(key.scope)].add(key)
    return {
        region: Inside(tuple(merges[region]), tuple(apart[region]), tuple(sorted(ends[region])))
        for region in sorted({*merges, *apart, *ends})
    }, between


def _region_of(one: Key, other: Key) -> str:
    region = region_of(one.scope)
    return region if region == region_of(other.scope) else BETWEEN


def close(merges: Iterable[Merge], insides: Iterable[Inside]) -> Closed:
    """Join the names of one region that hang together with no other's, and tell what others need of the rest; pure."""
    known = tuple(insides)
    merges = (*merges, *(merge for inside in known for merge in inside.merges))
    apart = tuple(pair for inside in known for pair in inside.apart)
    ends = {key for inside in known for key in inside.ends}
    sets: Unions[Key] = Unions()
    for merge in merges:
        sets.join(merge.short, merge.long)
    far = {sets.root(key) for key in ends}
    beyond = Matched(
        tuple(merge for merge in merges if sets.root(merge.short) in far),
        tuple(pair for pair in apart if sets.root(pair[0]) in far),
    )
    joined = moved(Matched(tuple(merge for merge in merges if sets.root(merge.short) not in far), apart))
    return Closed(
        tuple(Move(key, root, reason, "") for key, (root, reason) in joined.items()),
        beyond,
        tuple(sorted(ends.union(*((merge.short, merge.long) for merge in beyond.merges)))),
    )


def moved(matched: Matched) -> Joined:
    """Return where each joined key has gone, and why: the last reason that holds."""
    unions: Unions[Key] = Unions(matched.apart)
    reasons: dict[Key, str] = {}
    for merge in sorted(matched.merges):
        low = unions.root(merge.short)  # what the name was joined to before goes with it
        if unions.join(merge.short, merge.long):
            reasons[low] = reasons[merge.short] = merge.reason
    return {key: (root, reason) for key, reason in sorted(reasons.items()) if (root := unions.root(key)) != key}


def meet(crossing: Iterable[Matched], groups: Mapping[Key, Group]) -> dict[str, Moves]:
    """Join what crosses regions, and tell each region which of its names go where, and which come to it; pure.

    ``crossing`` is what lies between regions and what hangs together with it in them, ``groups`` all names of it.
    """
    known = tuple(crossing)
    merges = tuple(merge for one in known for merge in one.merges)
    joined = moved(Matched(merges, tuple(pair for one in known for pair in one.apart)))
    ids = _ids(joined, groups)
    leaving: dict[str, list[Move]] = defaultdict(list)
    coming: dict[str, list[tuple[Key, Group]]] = defaultdict(list)
    for key, (root, reason) in joined.items():
        leaving[region_of(key.scope)].append(Move(key, root, reason, ids[root]))
        if region_of(root.scope) != region_of(key.scope):
            coming[region_of(root.scope)].append((root, groups[key]))
    return {
        region: Moves(
            tuple(sorted(leaving[region])), tuple(sorted(coming[region], key=lambda row: (row[0], row[1].key)))
        )
        for region in sorted({*leaving, *coming})
    }


def _ids(joined: Joined, groups: Mapping[Key, Group]) -> dict[Key, str]:
    """Return the ids of what names were joined to."""
    members: dict[Key, set[Key]] = defaultdict(set)
    for key, (root, _) in joined.items():
        members[root].update((root, key))
    return {root: identify(root, [groups[key] for key in sorted(keys)]) for root, keys in members.items()}


def all_moves(staying: Iterable[Move], met: Moves) -> Moves:
    """Return all that moves in a region: what stays within it, and what meets others."""
    return Moves(tuple(sorted((*staying, *met.leaving))), met.coming)
