"""Find the communities of a network by Louvain's method (Blondel and others 2008), in whole numbers throughout.

networkx has the method too, but at 100,000 nodes it takes longer than all else that makes a page.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

Links = list[dict[int, int]]  # for each node, its neighbours with the weight of the link; never itself


def communities(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return the community of each of ``count`` nodes, numbered from 0, the largest first.

    ``pairs`` say which nodes are linked; a pair counts once however often and in whichever order it comes.

    >>> communities(5, [(0, 1), (1, 2), (0, 2), (3, 4)])
    [0, 0, 0, 1, 1]
    """
    links: Links = [{} for _ in range(count)]
    for a, b in pairs:
        if a != b:
            links[a][b] = links[b][a] = 1
    return _numbered(_merged(links))


def _merged(links: Links) -> list[int]:
    """Let nodes join the communities of their neighbours, then treat each community as a node, until none moves."""
    degrees = [sum(near.values()) for near in links]
    homes = list(range(len(links)))
    while True:
        found = _numbered(_settled(links, degrees))
        if max(found, default=-1) + 1 == len(links):
            return homes
        homes = [found[home] for home in homes]
        links, degrees = _joined(links, degrees, found)


def _settled(links: Links, degrees: Sequence[int]) -> list[int]:
    """Move each node to the community that gains most, and look again at its neighbours when it moved.

    The gain in modularity of joining a community is ``whole * links into it - own degree * its degrees``, up to a
    factor that is the same for all.
    """
    whole = sum(degrees)
    homes, held = list(range(len(links))), list(degrees)
    waiting, queued = deque(range(len(links))), [True] * len(links)
    while waiting:
        node = waiting.popleft()
        queued[node] = False
        own, degree = homes[node], degrees[node]
        held[own] -= degree
        near: dict[int, int] = {own: 0}
        for other, weight in links[node].items():
            near[homes[other]] = near.get(homes[other], 0) + weight
        best, most = own, whole * near[own] - degree * held[own]
        for home, weight in near.items():
            gain = whole * weight - degree * held[home]
            if gain > most or (gain == most and best != own and home < best):
                best, most = home, gain
        homes[node] = best
        held[best] += degree
        if best != own:
            for other in links[node]:
                if homes[other] != best and not queued[other]:
                    queued[other] = True
                    waiting.append(other)
    return homes


def _joined(links: Links, degrees: Sequence[int], homes: Sequence[int]) -> tuple[Links, list[int]]:
    """Return the network whose nodes are the communities; their degrees keep what is linked inside."""
    size = max(homes) + 1
    joined: Links = [{} for _ in range(size)]
    summed = [0] * size
    for node, near in enumerate(links):
        home = homes[node]
        summed[home] += degrees[node]
        row = joined[home]
        for other, weight in near.items():
            if homes[other] != home:
                row[homes[other]] = row.get(homes[other], 0) + weight
    return joined, summed


def _numbered(homes: Sequence[int]) -> list[int]:
    """Number communities from 0, the largest first, then the one whose first node comes first."""
    members: dict[int, list[int]] = {}
    for node, home in enumerate(homes):
        members.setdefault(home, []).append(node)
    ordered = sorted(members.values(), key=lambda group: (-len(group), group[0]))
    numbers = [0] * len(homes)
    for number, group in enumerate(ordered):
        for node in group:
            numbers[node] = number
    return numbers
