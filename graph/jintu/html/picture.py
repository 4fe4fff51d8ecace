"""Draw nodes and the facts between them: with pyvis, whose only home this is, or for sigma where there are many.

pyvis holds nodes, edges and options and brings vis-network. Its own template is not used:
it loads Bootstrap from the network, writes its heading unescaped, and takes titles as HTML.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from jintu.html.columns import packed
from jintu.html.districts import by_community
from jintu.html.layout import Point, positions
from jintu.model import Kind
from jintu.network import communities, pagerank

# a shape for each kind, so that no reader depends on colours
SHAPES: dict[str, str] = {
    Kind.PLACE: "dot",
    Kind.INSTITUTION: "square",
    Kind.PROJECT: "diamond",
    Kind.PROGRAMME: "hexagon",
    Kind.HONOUR: "star",
    Kind.EVENT: "triangle",
    Kind.PERSON: "triangleDown",
    Kind.WORK: "custom",
}
MOST = 3000  # entities up to which vis-network stays quick; sigma draws more
SMALLEST, LARGEST = 10, 32  # radii of nodes, in the units of the picture
ROOMY = 2000  # a picture wider than this is looked at from further away, so its nodes are larger
BUSY = 1500  # edges above which they are left out while the picture moves
NODE, EDGE = ("shape", "size", "x", "y", "community"), ("from", "to", "relation", "facts", "gazetteer", "smooth")

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "keyboard": False, "tooltipDelay": 100000},
    "nodes": {"font": {"size": 0}, "borderWidth": 1, "borderWidthSelected": 3, "labelHighlightBold": False},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}},
        "smooth": False,
        "selectionWidth": 1.5,
        "hoverWidth": 1,
    },
}


class Line(NamedTuple):
    """Hold a fact between two nodes: their places, its relation, its own place, and whether a source states it."""

    subject: int
    object: int
    relation: str
    fact: int
    stated: bool


Ends = tuple[int, int, str]


def load() -> ModuleType:
    """Load pyvis when a page is made: it takes half a second."""
    import pyvis.edge  # noqa: PLC0415 -- queries need not wait for it
    import pyvis.network  # noqa: PLC0415 -- the same

    return pyvis  # type: ignore[no-any-return]


def is_large(count: int) -> bool:
    """Tell whether a graph has more nodes than pyvis draws well."""
    return count > MOST


def picture(kinds: Sequence[str], names: Sequence[str], lines: Iterable[Line]) -> dict[str, Any]:
    """Return nodes, edges and options in columns; ``kinds`` and ``names`` are those of the nodes."""
    edges = _gathered(lines)
    count, ties = len(kinds), [(subject, target) for subject, target, _ in edges]
    stated = [(line.subject, line.object) for beside in edges.values() for line in beside if line.stated]
    towns = communities(count, stated)
    places = by_community(towns, ties) if is_large(count) else positions(count, ties)
    nodes = _nodes(kinds, pagerank(count, stated), towns, places)
    drawn = list(_drawn(edges))
    options: dict[str, Any] = {}
    if not is_large(count):
        nodes, drawn, options = _by_pyvis(kinds, names, nodes, drawn)
    return {
        "nodes": packed([_only(node, NODE) for node in nodes]),
        "edges": packed([_only(edge, EDGE) for edge in drawn]),
        "options": options,
    }


def vis_network() -> str:
    """Return the script of vis-network, the newest that pyvis brings."""
    root = Path(str(load().__file__)).parent / "templates" / "lib"
    newest = max(root.glob("vis-*/vis-network.min.js"), key=lambda path: _version(path.parent.name))
    return newest.read_text(encoding="utf-8")


def _version(name: str) -> list[int]:
    return [int(part) for part in name.removeprefix("vis-").split(".")]


def _gathered(lines: Iterable[Line]) -> dict[Ends, list[Line]]:
    """Gather facts by subject, object and relation."""
    gathered: dict[Ends, list[Line]] = {}
    for line in lines:
        gathered.setdefault(line[:3], []).append(line)
    return dict(sorted(gathered.items()))


def _nodes(
    kinds: Sequence[str], ranks: Sequence[float], towns: Sequence[int], places: Sequence[Point]
) -> list[dict[str, Any]]:
    top = max(ranks, default=1.0)
    swell = min(max(max((x for x, _ in places), default=0) / ROOMY, 1.0), 2.5)
    sizes = [round(swell * (SMALLEST + (LARGEST - SMALLEST) * math.sqrt(rank / top)), 1) for rank in ranks]
    return [
        {"shape": SHAPES.get(kind, "dot"), "size": size, "x": x, "y": y, "community": town}
        for kind, size, town, (x, y) in zip(kinds, sizes, towns, places, strict=True)
    ]


def _drawn(edges: Mapping[Ends, Sequence[Line]]) -> Iterator[dict[str, Any]]:
    beside: Counter[tuple[int, int]] = Counter()
    for (subject, target, relation), lines in edges.items():
        drawn: dict[str, Any] = {"from": subject, "to": target, "relation": relation}
        drawn["facts"] = [line.fact for line in lines]
        if not any(line.stated for line in lines):
            drawn["gazetteer"] = True
        pair = min(subject, target), max(subject, target)
        if beside[pair]:
            drawn["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": 0.15 * beside[pair]}
        beside[pair] += 1
        yield drawn


def _by_pyvis(
    kinds: Sequence[str], names: Sequence[str], nodes: Sequence[dict[str, Any]], edges: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Let pyvis hold the picture; edges without its ``add_edge``, which looks through all nodes each time."""
    pyvis = load()
    network = pyvis.network.Network(directed=True)
    for number, (kind, name, node) in enumerate(zip(kinds, names, nodes, strict=True)):
        network.add_node(number, name, group=kind, **node)
    for edge in edges:
        more = {name: value for name, value in edge.items() if name not in ("from", "to")}
        network.edges.append(pyvis.edge.Edge(edge["from"], edge["to"], directed=False, **more).options)
    busy = len(edges) > BUSY
    moving = {**OPTIONS["interaction"], "hideEdgesOnDrag": busy, "hideEdgesOnZoom": busy}
    network.set_options(json.dumps(OPTIONS | {"interaction": moving}))
    drawn_nodes, drawn_edges, _, _, _, options = network.get_network_data()
    return drawn_nodes, drawn_edges, json.loads(options)


def _only(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: row[name] for name in names if name in row}
