"""Place the nodes of a large picture: each community is a district, and linked districts stand side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from jintu.html.layout import LEAF, WIDE, Point, Spot, arrange, place

MARGIN = LEAF  # between districts


def by_community(communities: Sequence[int], edges: Iterable[tuple[int, int]]) -> tuple[Point, ...]:
    """Return a place for each node; ``communities`` names the community of each.

    >>> by_community([0, 0, 1], [(0, 1)])
    ((94, 116), (208, 116), (94, 305))
    """
    pairs = sorted({(min(a, b), max(a, b)) for a, b in edges if a != b})
    linked = {node for pair in pairs for node in pair}
    homes = [home if node in linked else -1 for node, home in enumerate(communities)]  # those alone live together
    members: dict[int, list[int]] = {}
    for node, home in enumerate(homes):
        members.setdefault(home, []).append(node)
    order = sorted(members, key=lambda home: (home < 0, home))
    numbered = {home: number for number, home in enumerate(order)}
    inside = {node: number for home in order for number, node in enumerate(members[home])}
    inner: dict[int, list[tuple[int, int]]] = {home: [] for home in order}
    roads = set()
    for a, b in pairs:
        if homes[a] == homes[b]:
            inner[homes[a]].append((inside[a], inside[b]))
        else:
            one, other = numbered[homes[a]], numbered[homes[b]]
            roads.add((min(one, other), max(one, other)))
    towns = [_town(len(members[home]), inner[home], len(communities)) for home in order]
    centres = arrange([radius + MARGIN for _, radius in towns], sorted(roads))
    placed: dict[int, Point] = {}
    for home, (points, _), (x, y) in zip(order, towns, centres, strict=True):
        placed |= {
            node: (round((x + dx) * WIDE), round(y + dy)) for node, (dx, dy) in zip(members[home], points, strict=True)
        }
    return tuple(placed[node] for node in range(len(communities)))


def _town(count: int, pairs: Sequence[tuple[int, int]], whole: int) -> tuple[list[Spot], float]:
    """Return places around 0 and how far the furthest stands; each town has its share of the work."""
    points = place(count, pairs, share=count / whole)
    x, y = ((min(along) + max(along)) / 2 for along in zip(*points, strict=True))
    centred = [(a - x, b - y) for a, b in points]
    return centred, max(math.sqrt(a * a + b * b) for a, b in centred)
