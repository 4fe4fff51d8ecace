"""Draw entities and the facts between them with pyvis; this is its only home.

pyvis holds nodes, edges and options and brings vis-network. Its own template is not used:
it loads Bootstrap from the network, writes its heading unescaped, and takes titles as HTML.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyvis
from pyvis.edge import Edge
from pyvis.network import Network

from jintu.html.layout import positions
from jintu.model import Fact, Kind, KnowledgeGraph
from jintu.network import from_documents, measures

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
SMALLEST, LARGEST = 10, 32  # radii of nodes, in the units of the picture
ROOMY = 2000  # a picture wider than this is looked at from further away, so its nodes are larger
BUSY = 1500  # edges above which they are left out while the picture moves

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


def picture(knowledge: KnowledgeGraph) -> dict[str, Any]:
    """Return vis-network's nodes, edges and options; a node's id is the entity's place in the graph.

    An edge stands for all facts with the same ends and relation and names them by place.
    """
    network = Network(directed=True)
    drawn = _edges(knowledge)
    _add_nodes(network, knowledge, [ends[:2] for ends in drawn])
    network.edges.extend(_drawn(drawn, knowledge.facts))
    network.set_options(json.dumps(OPTIONS | {"interaction": _interaction(len(drawn))}))
    nodes, edges, _, _, _, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def vis_network() -> str:
    """Return the script of vis-network, the newest that pyvis brings."""
    root = Path(pyvis.__file__).parent / "templates" / "lib"
    newest = max(root.glob("vis-*/vis-network.min.js"), key=lambda path: _version(path.parent.name))
    return newest.read_text(encoding="utf-8")


def _version(name: str) -> list[int]:
    return [int(part) for part in name.removeprefix("vis-").split(".")]


def _interaction(edges: int) -> dict[str, Any]:
    return {**OPTIONS["interaction"], "hideEdgesOnDrag": edges > BUSY, "hideEdgesOnZoom": edges > BUSY}


def _edges(knowledge: KnowledgeGraph) -> dict[tuple[int, int, str], list[int]]:
    """Gather facts by subject, object and relation."""
    places = {entity.id: number for number, entity in enumerate(knowledge.entities)}
    gathered: dict[tuple[int, int, str], list[int]] = {}
    for number, fact in enumerate(knowledge.facts):
        if isinstance(fact.object, str):
            ends = places[fact.subject], places[fact.object], str(fact.relation)
            gathered.setdefault(ends, []).append(number)
    return dict(sorted(gathered.items()))


def _add_nodes(network: Network, knowledge: KnowledgeGraph, edges: Iterable[tuple[int, int]]) -> None:
    standings = measures(knowledge).standings
    top = max((standing.pagerank for standing in standings), default=1.0)
    places = positions(len(standings), edges)
    swell = min(max(max((x for x, _ in places), default=0) / ROOMY, 1.0), 2.5)
    for number, (standing, (x, y)) in enumerate(zip(standings, places, strict=True)):
        entity = standing.entity
        size = round(swell * (SMALLEST + (LARGEST - SMALLEST) * math.sqrt(standing.pagerank / top)), 1)
        shape = SHAPES.get(entity.kind, "dot")
        network.add_node(number, entity.label or entity.id, shape, group=str(entity.kind), size=size, x=x, y=y)


def _drawn(edges: dict[tuple[int, int, str], list[int]], facts: tuple[Fact, ...]) -> Iterable[dict[str, Any]]:
    """Make pyvis's edges without ``add_edge``, which looks through all nodes each time."""
    beside: Counter[tuple[int, int]] = Counter()
    for number, ((subject, target, relation), gathered) in enumerate(edges.items()):
        options: dict[str, Any] = {"id": number, "relation": relation, "facts": gathered}
        if not any(from_documents(facts[place]) for place in gathered):
            options["gazetteer"] = True
        pair = min(subject, target), max(subject, target)
        if beside[pair]:
            options["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": 0.15 * beside[pair]}
        beside[pair] += 1
        yield Edge(subject, target, directed=False, **options).options
