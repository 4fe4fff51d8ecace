"""Place the nodes of a picture: the same input gives the same picture on every machine.

Only sums, products, divisions and square roots are used while forces act, which all
machines round alike; matrix products and networkx's own layouts differ from one processor
to the next, and a thousand small steps would make that visible.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Point = tuple[int, int]
Spot = tuple[float, float]

STEP = 90.0  # the distance of two nodes side by side, in the units of the picture
EDGE = 100.0  # the length an edge strives for, beside the room its ends need
LEAF = 72.0  # how far the first leaves stand from their hub; the others follow at the same density
WIDE = 1.3  # labels are wider than high, and so are screens
DENSE = 800  # nodes up to which every pair repels; above, nodes are repelled by cells
CELLS = 24  # cells a side of the grid that stands for far nodes
WORK = 1.2e8  # pairs looked at in all: about three seconds; fewer rounds for larger graphs
PARTING = 4e7  # the same for parting: 40 rounds to 1,000 nodes, 4 at 3,000, none at 10,000
FEWEST = 40  # rounds in which a whole picture finds its form; parts of a large one find theirs in fewer
BAND = 32  # rows of a table of pairs at once
GOLDEN = math.pi * (3 - math.sqrt(5))  # the angle between leaves, as in a sunflower


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold which nodes forces place, which hang on one other node, and which stand alone."""

    core: tuple[int, ...]
    leaves: dict[int, list[int]]
    alone: tuple[int, ...]


def positions(count: int, edges: Iterable[tuple[int, int]]) -> tuple[Point, ...]:
    """Return a place for each of ``count`` nodes; leaves circle their one neighbour, lone nodes stand below.

    >>> positions(2, [])
    ((-58, 0), (58, 0))
    """
    pairs = sorted({(min(a, b), max(a, b)) for a, b in edges if a != b})
    return tuple((round(x * WIDE), round(y)) for x, y in place(count, pairs))


def place(count: int, pairs: Sequence[tuple[int, int]], *, share: float = 1.0) -> list[Spot]:
    """Return a place for each node as it is before it is widened to the screen; ``share`` of the work is done."""
    plan = _plan(count, pairs)
    placed = _core(plan, pairs, share)
    for hub, leaves in plan.leaves.items():
        x, y = placed[hub]
        placed |= {leaf: (x + dx, y + dy) for leaf, (dx, dy) in zip(leaves, _sunflower(len(leaves)), strict=True)}
    placed |= _rows(plan.alone, list(placed.values()))
    return [placed[node] for node in range(count)]


def _plan(count: int, pairs: Sequence[tuple[int, int]]) -> Plan:
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for a, b in pairs:
        neighbours[a].append(b)
        neighbours[b].append(a)
    leaves: dict[int, list[int]] = {}
    for node in range(count):
        if len(neighbours[node]) == 1:
            hub = neighbours[node][0]
            if len(neighbours[hub]) > 1 or hub < node:
                leaves.setdefault(hub, []).append(node)
    hung = {leaf for ring in leaves.values() for leaf in ring}
    core = tuple(n for n in range(count) if neighbours[n] and n not in hung)
    return Plan(core, leaves, tuple(n for n in range(count) if not neighbours[n]))


def _core(plan: Plan, pairs: Sequence[tuple[int, int]], share: float) -> dict[int, Spot]:
    index = {node: number for number, node in enumerate(plan.core)}
    rooms = [_room(len(plan.leaves.get(node, ()))) for node in plan.core]
    inner = [(index[a], index[b]) for a, b in pairs if a in index and b in index]
    return dict(zip(plan.core, arrange(rooms, inner, share=share), strict=True))


def arrange(rooms: Sequence[float], pairs: Sequence[tuple[int, int]], *, share: float = 1.0) -> list[Spot]:
    """Return a middle for each of ``rooms`` (radii): connected parts settle by themselves, the largest stand first."""
    parts = []
    for nodes, edges in _parts(range(len(rooms)), pairs):
        index = {node: number for number, node in enumerate(nodes)}
        ends = np.array([(index[a], index[b]) for a, b in edges], dtype=np.int64).reshape(-1, 2)
        sizes = np.array([rooms[node] for node in nodes])
        parts.append((nodes, *_boxed(_settle(ends, sizes, share), sizes)))
    placed: dict[int, Spot] = {}
    for (nodes, points, _), (x, y) in zip(parts, _shelves([box for *_, box in parts]), strict=True):
        placed |= {node: (x + float(dx), y + float(dy)) for node, (dx, dy) in zip(nodes, points, strict=True)}
    return [placed[node] for node in range(len(rooms))]


def _parts(core: Sequence[int], inner: Sequence[tuple[int, int]]) -> list[tuple[list[int], list[tuple[int, int]]]]:
    """Return the connected parts of the core with their edges, the largest first."""
    leader = {node: node for node in core}

    def lead(node: int) -> int:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for a, b in inner:
        leader[max(lead(a), lead(b))] = min(lead(a), lead(b))
    nodes: dict[int, list[int]] = {}
    edges: dict[int, list[tuple[int, int]]] = {}
    for node in core:
        nodes.setdefault(lead(node), []).append(node)
    for edge in inner:
        edges.setdefault(lead(edge[0]), []).append(edge)
    return [(nodes[first], edges.get(first, [])) for first in sorted(nodes, key=lambda n: (-len(nodes[n]), n))]


def _boxed(points: Floats, sizes: Floats) -> tuple[Floats, Point]:
    """Move points so that their box, with the room of each, starts at 0; return its width and height too."""
    low = (points - sizes[:, None]).min(axis=0)
    high = (points + sizes[:, None]).max(axis=0)
    return points - low, (math.ceil(high[0] - low[0]), math.ceil(high[1] - low[1]))


def _shelves(boxes: Sequence[Point]) -> list[tuple[float, float]]:
    """Return a corner for each box, in rows no wider than makes the whole about square; the low start a row anew."""
    area = sum(width * height for width, height in boxes)
    widest = max([math.sqrt(area * 1.3), *(float(width) for width, _ in boxes)])
    corners: list[tuple[float, float]] = []
    x = y = tall = 0.0
    for width, height in boxes:
        if x and (x + width > widest or 3 * height < tall):
            x, y, tall = 0.0, y + tall, 0.0
        corners.append((x, y))
        x, tall = x + width, max(tall, float(height))
    return corners


def _room(leaves: int) -> float:
    """Return the radius that a node with its leaves needs."""
    return STEP * 0.5 + (LEAF * math.sqrt(leaves + 1.5) if leaves else 0.0)


def _sunflower(count: int) -> Iterable[tuple[float, float]]:
    """Give places around 0 in the order of their angle: leaves that come one after the other share a sector.

    Nodes come in the order of their ids, which begin with their kind, so that kinds are sectors too.
    """
    turn = 2 * math.pi
    for number in sorted(range(count), key=lambda number: number * GOLDEN % turn):
        radius = LEAF * math.sqrt(number + 1.5)
        yield radius * math.cos(number * GOLDEN), radius * math.sin(number * GOLDEN)


def _settle(edges: Integers, rooms: Floats, share: float) -> Floats:
    """Let edges pull and nodes push until the picture rests (Fruchterman and Reingold, with room for each node)."""
    count = len(rooms)
    if count == 1:
        return np.zeros((1, 2))
    extent = math.sqrt(float((rooms * rooms).sum()) + 1) * 2
    points = _spread(count) * extent
    sources = count if count <= DENSE else CELLS * CELLS
    rounds = max(round(FEWEST * share**0.25), min(200, int(WORK * share / (count * sources + 1))))
    for number in range(rounds):
        force = _push(points, rooms, number * 0.618 % 1) + _pull(points, rooms, edges) - points * 0.05
        length = np.sqrt((force * force).sum(axis=1, keepdims=True)) + 1e-9
        heat = extent * 0.12 * (1 - number / rounds) ** 2 + 1
        points = points + force * (np.minimum(length, heat) / length)
    return _part(points, rooms, share)


def _spread(count: int) -> Floats:
    """Return points spread evenly over a square around 0 (the R2 sequence: no sine, no chance)."""
    number = np.arange(1, count + 1, dtype=float)
    return np.stack([number * 0.7548776662466927 % 1 - 0.5, number * 0.5698402909980532 % 1 - 0.5], axis=1)


def _push(points: Floats, rooms: Floats, shift: float) -> Floats:
    if len(points) <= DENSE:
        return _repel(points, points, rooms, np.ones(len(points)), rooms)
    centres, sizes, crowd = _cells(points, rooms, shift)
    return _repel(points, centres, sizes, crowd, rooms)


def _repel(points: Floats, sources: Floats, sizes: Floats, crowd: Floats, rooms: Floats) -> Floats:
    """Return the push of ``sources`` on ``points``: stronger for large ones, and when rooms meet."""
    pushed = np.empty_like(points)
    for rows in _bands(len(points)):
        dx = points[rows, 0, None] - sources[None, :, 0]
        dy = points[rows, 1, None] - sources[None, :, 1]
        far = np.sqrt(dx * dx + dy * dy) + 1.0
        gap = np.maximum(far - rooms[rows, None] - sizes[None, :], EDGE * 0.2)
        strength = crowd[None, :] * (EDGE * EDGE) / (gap * far)
        pushed[rows, 0], pushed[rows, 1] = (dx * strength).sum(axis=1), (dy * strength).sum(axis=1)
    return pushed


def _bands(count: int) -> Iterable[slice]:
    """Return rows to take at once: tables of pairs that stay in the processor's cache are three times faster."""
    return (slice(start, start + BAND) for start in range(0, count, BAND))


def _cells(points: Floats, rooms: Floats, shift: float) -> tuple[Floats, Floats, Floats]:
    """Return the middle, the mean room and the number of the nodes in each cell that holds any.

    The grid is shifted in each round by another part of a cell, or its lines would show in the picture.
    """
    low = points.min(axis=0)
    side = (points.max(axis=0) - low) / (CELLS - 1) + 1e-9
    square = ((points - low) / side + shift).astype(np.int64)
    cell = square[:, 0] * CELLS + square[:, 1]
    crowd = np.bincount(cell, minlength=CELLS * CELLS).astype(float)
    used = crowd > 0
    held = [np.bincount(cell, weights, CELLS * CELLS)[used] / crowd[used] for weights in (*points.T, rooms)]
    return np.stack(held[:2], axis=1), held[2], crowd[used]


def _pull(points: Floats, rooms: Floats, edges: Integers) -> Floats:
    count = len(points)
    a, b = edges[:, 0], edges[:, 1]
    way = points[b] - points[a]
    far = np.sqrt((way * way).sum(axis=1)) + 1e-9
    gap = np.maximum(far - rooms[a] - rooms[b], 0.0)
    pulled = way * (gap / EDGE * gap / far)[:, None]
    return np.stack(
        [np.bincount(a, pulled[:, k], count) - np.bincount(b, pulled[:, k], count) for k in range(2)],
        axis=1,
    )


def _part(points: Floats, rooms: Floats, share: float) -> Floats:
    """Move nodes apart whose rooms still overlap, the smaller the further: many at one hub do not drive it away."""
    areas = rooms * rooms + 1e-9
    for _ in range(min(40, int(PARTING * share / (len(points) ** 2 + 1)))):
        moved = np.empty_like(points)
        for rows in _bands(len(points)):
            dx = points[rows, 0, None] - points[None, :, 0]
            dy = points[rows, 1, None] - points[None, :, 1]
            far = np.sqrt(dx * dx + dy * dy) + 1e-9
            yielding = areas[None, :] / (areas[rows, None] + areas[None, :])
            away = np.maximum(rooms[rows, None] + rooms[None, :] - far, 0.0) / far * 0.9 * yielding
            away[far < 1e-6] = 0.0  # the node itself
            moved[rows, 0], moved[rows, 1] = (dx * away).sum(axis=1), (dy * away).sum(axis=1)
        points = points + moved
    return points


def _rows(alone: Sequence[int], placed: Sequence[tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """Return places in rows below all that is placed."""
    xs, ys = [x for x, _ in placed] or [0.0], [y for _, y in placed] or [-1.5 * STEP]
    middle, top = (min(xs) + max(xs)) / 2, max(ys) + 1.5 * STEP
    width = max(int((max(xs) - min(xs)) / STEP), math.ceil(math.sqrt(2 * len(alone))), 1)
    return {
        node: (middle + (i % width - (min(width, len(alone)) - 1) / 2) * STEP, top + i // width * STEP)
        for i, node in enumerate(alone)
    }
