"""Draw entities and the facts between them: with pyvis, whose only home this is, or for sigma where there are many.

pyvis holds nodes, edges and options and brings vis-network. Its own template is not used:
it loads Bootstrap from the network, writes its heading unescaped, and takes titles as HTML.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyvis
from pyvis.edge import Edge
from pyvis.network import Network

from jintu.html.columns import packed
from jintu.html.districts import by_community
from jintu.html.layout import Point, positions
from jintu.model import Fact, Kind, KnowledgeGraph
from jintu.network import Standing, from_documents, measures

# a shape for each kind, so that no reader depends on colours
SHAPES = {
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
Ends = tuple[int, int, str]


def is_large(knowledge: KnowledgeGraph) -> bool:
    """Tell whether a graph has more entities than pyvis draws well."""
    return len(knowledge.entities) > MOST


def picture(knowledge: KnowledgeGraph) -> dict[str, Any]:
    """Return nodes, edges and options in columns; a node's place is its entity's in the graph.

    An edge stands for all facts with the same ends and relation and names them by place.
    """
    gathered = _edges(knowledge)
    standings = measures(knowledge).standings
    pairs = [ends[:2] for ends in gathered]
    large = is_large(knowledge)
    places = by_community([s.community for s in standings], pairs) if large else positions(len(standings), pairs)
    nodes = list(_nodes(standings, places))
    edges = list(_drawn(gathered, knowledge.facts))
    options: dict[str, Any] = {}
    if not large:
        nodes, edges, options = _by_pyvis(knowledge, nodes, edges)
    return {
        "nodes": packed([_only(node, NODE) for node in nodes]),
        "edges": packed([_only(edge, EDGE) for edge in edges]),
        "options": options,
    }


def vis_network() -> str:
    """Return the script of vis-network, the newest that pyvis brings."""
    root = Path(pyvis.__file__).parent / "templates" / "lib"
    newest = max(root.glob("vis-*/vis-network.min.js"), key=lambda path: _version(path.parent.name))
    return newest.read_text(encoding="utf-8")


def _version(name: str) -> list[int]:
    return [int(part) for part in name.removeprefix("vis-").split(".")]


def _edges(knowledge: KnowledgeGraph) -> dict[Ends, list[int]]:
    """Gather facts by subject, object and relation."""
    places = {entity.id: number for number, entity in enumerate(knowledge.entities)}
    gathered: dict[Ends, list[int]] = {}
    for number, fact in enumerate(knowledge.facts):
        if isinstance(fact.object, str):
            ends = places[fact.subject], places[fact.object], str(fact.relation)
            gathered.setdefault(ends, []).append(number)
    return dict(sorted(gathered.items()))


def _nodes(standings: Sequence[Standing], places: Sequence[Point]) -> Iterator[dict[str, Any]]:
    top = max((standing.pagerank for standing in standings), default=1.0)
    swell = min(max(max((x for x, _ in places), default=0) / ROOMY, 1.0), 2.5)
    for standing, (x, y) in zip(standings, places, strict=True):
        size = round(swell * (SMALLEST + (LARGEST - SMALLEST) * math.sqrt(standing.pagerank / top)), 1)
        shape = SHAPES.get(standing.entity.kind, "dot")
        yield {"shape": shape, "size": size, "x": x, "y": y, "community": standing.community}


def _drawn(edges: Mapping[Ends, list[int]], facts: tuple[Fact, ...]) -> Iterator[dict[str, Any]]:
    beside: Counter[tuple[int, int]] = Counter()
    for (subject, target, relation), gathered in edges.items():
        edge: dict[str, Any] = {"from": subject, "to": target, "relation": relation, "facts": gathered}
        if not any(from_documents(facts[place]) for place in gathered):
            edge["gazetteer"] = True
        pair = min(subject, target), max(subject, target)
        if beside[pair]:
            edge["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": 0.15 * beside[pair]}
        beside[pair] += 1
        yield edge


def _by_pyvis(
    knowledge: KnowledgeGraph, nodes: Iterable[dict[str, Any]], edges: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Let pyvis hold the picture; edges without its ``add_edge``, which looks through all nodes each time."""
    network = Network(directed=True)
    for number, (entity, node) in enumerate(zip(knowledge.entities, nodes, strict=True)):
        network.add_node(number, entity.label or entity.id, group=str(entity.kind), **node)
    for edge in edges:
        more = {name: value for name, value in edge.items() if name not in ("from", "to")}
        network.edges.append(Edge(edge["from"], edge["to"], directed=False, **more).options)
    busy = len(edges) > BUSY
    moving = {**OPTIONS["interaction"], "hideEdgesOnDrag": busy, "hideEdgesOnZoom": busy}
    network.set_options(json.dumps(OPTIONS | {"interaction": moving}))
    drawn_nodes, drawn_edges, _, _, _, options = network.get_network_data()
    return drawn_nodes, drawn_edges, json.loads(options)


def _only(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: row[name] for name in names if name in row}
