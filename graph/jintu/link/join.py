"""Join the names of all regions that mean one thing: the only step that sees them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jintu.link import amend
from jintu.link.aliases import Bearer, Merge, Pair, Reach, by_national_stem, by_short_name, by_wider_place
from jintu.link.corrections import Corrections
from jintu.link.entities import Move, Moves, identify
from jintu.link.gather import Gathered
from jintu.link.groups import Group, Key
from jintu.link.unions import Unions
from jintu.regions import region_of


@dataclass(frozen=True, slots=True)
class Joint:
    """Hold what joining needs of a region: the little that may reach beyond a name."""

    merges: tuple[Merge, ...]
    pairs: tuple[Pair, ...]
    reaches: tuple[Reach, ...]
    bearers: tuple[Bearer, ...]
    bodies: tuple[Key, ...]
    corrected: tuple[amend.Spoken, ...]


def joint_of(gathered: Gathered) -> Joint:
    """Return what joining needs of a region."""
    g = gathered
    return Joint(g.merges, g.pairs, g.reaches, g.bearers, g.bodies, g.corrected)


def merges(joints: Iterable[Joint], pairs: Iterable[Pair], corrections: Corrections) -> Iterator[Merge]:
    """Yield the merges of all regions in a fixed order, the user's first; ``pairs`` are those of the documents."""
    known = tuple(joints)
    yield from amend.joined(corrections, [joint.corrected for joint in known])
    yield from (merge for joint in known for merge in joint.merges)
    bodies = {key for joint in known for key in joint.bodies}
    fitting = [pair for pair in pairs if pair.short in bodies and pair.long in bodies]
    yield from by_short_name([*fitting, *(pair for joint in known for pair in joint.pairs)])
    names = [name for joint in known for name in joint.bearers]
    yield from by_national_stem((reach for joint in known for reach in joint.reaches), names)
    yield from by_wider_place(names)


def moved(joints: Sequence[Joint], pairs: Iterable[Pair], corrections: Corrections) -> dict[Key, tuple[Key, str]]:
    """Return where each joined key has gone, and why: the root of what it means."""
    unions: Unions[Key] = Unions(amend.apart(corrections, [joint.corrected for joint in joints]))
    asked = merges(joints, pairs, corrections)
    reasons = {merge.short: merge.reason for merge in asked if unions.join(merge.short, merge.long)}
    return {key: (unions.root(key), reason) for key, reason in sorted(reasons.items())}


def far(joined: Mapping[Key, tuple[Key, str]]) -> tuple[set[Key], set[Key]]:
    """Return the roots that are joined to from another region, and all that is joined to them, themselves too."""
    roots = {root for key, (root, _) in joined.items() if region_of(root.scope) != region_of(key.scope)}
    return roots, {key for key, (root, _) in joined.items() if root in roots} | roots


def moves(joined: Mapping[Key, tuple[Key, str]], groups: Mapping[Key, Group]) -> dict[str, Moves]:
    """Tell each region which of its names go where, and which come to it.

    ``groups`` holds at least the groups of what is joined across regions.
    """
    together: dict[Key, list[Group]] = defaultdict(list)
    roots, _ = far(joined)
    for key, (root, _) in joined.items():
        if root in roots and key in groups:
            together[root].append(groups[key])
    ids = {root: identify(root, [groups[root], *members]) for root, members in together.items()}
    leaving: dict[str, list[Move]] = defaultdict(list)
    coming: dict[str, list[tuple[Key, Group]]] = defaultdict(list)
    for key, (root, reason) in joined.items():
        leaving[region_of(key.scope)].append(Move(key, root, reason, ids.get(root, "")))
        if region_of(root.scope) != region_of(key.scope):
            coming[region_of(root.scope)].append((root, groups[key]))
    return {
        region: Moves(
            tuple(sorted(leaving[region])), tuple(sorted(coming[region], key=lambda row: (row[0], row[1].key)))
        )
        for region in sorted({*leaving, *coming})
    }
