"""See a knowledge graph as a network: GraphML, degrees, PageRank and communities.

This is the only home of networkx.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import numpy as np

from jintu.files import replace_file
from jintu.model import Bound, Entity, Fact, Indicator, KnowledgeGraph, Modality, Quantity, Status, Value

Network: TypeAlias = "nx.MultiDiGraph[str]"

SEED = 20  # Louvain visits nodes in a random order; a fixed seed gives the same communities each time
DAMPING = 0.85  # Brin and Page 1998
BOUNDS = {Bound.EXACT: "", Bound.LOWER: "≥", Bound.UPPER: "≤", Bound.ABOUT: "≈"}
# XML 1.0, production 2 (Char): all that GraphML cannot hold
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold what an entity's edges say of it.

    ``degree`` counts the facts with other entities, ``pagerank`` sums to 1 over the graph,
    ``community`` numbers communities from 0, the largest first.
    """

    entity: Entity
    degree: int
    pagerank: float
    community: int


@dataclass(frozen=True, slots=True)
class Measures:
    """Hold the standing of every entity, in the order of the knowledge graph's entities."""

    standings: tuple[Standing, ...]

    @property
    def communities(self) -> int:
        """Count the communities."""
        return 1 + max((standing.community for standing in self.standings), default=-1)

    def most_connected(self, count: int = 10) -> tuple[Standing, ...]:
        """Return the ``count`` entities with the most facts, the higher PageRank first among equals."""
        ranked = sorted(self.standings, key=lambda s: (-s.degree, -s.pagerank, s.entity.id))
        return tuple(standing for standing in ranked[:count] if standing.degree)


def from_documents(fact: Fact) -> bool:
    """Tell whether a document states a fact; the others are the gazetteer's."""
    return any(evidence.doc for evidence in fact.evidence)


def words(value: Value) -> str:
    """Write a value in one line for people.

    >>> words(Status("在建"))
    '在建'
    """
    match value:
        case Status(name):
            return name
        case Quantity():
            return BOUNDS[value.bound] + value.text
        case Indicator(name, quantity, measure):
            return f"{name} {BOUNDS[quantity.bound]}{quantity.text} ({measure})"


def to_networkx(knowledge: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    """Return entities as nodes and the facts between them as edges, numbers and strings as attributes.

    An edge's key is ``f`` and the place of the fact in ``knowledge.facts``. Values become
    attributes of the subject: one string a relation, joined by ``; ``.
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    values = _values(knowledge.facts)
    for entity in knowledge.entities:
        network.add_node(entity.id, **_attributes(entity), **values[entity.id])
    for number, fact in enumerate(knowledge.facts):
        if isinstance(fact.object, str):
            network.add_edge(fact.subject, fact.object, f"f{number}", **_edge(fact))
    return network


def _attributes(entity: Entity) -> dict[str, str]:
    said = {
        "label": entity.label,
        "kind": str(entity.kind),
        "aliases": "; ".join(entity.aliases),
        "code": entity.code or "",
        "scope": entity.scope or "",
        "same_as": " ".join(entity.same_as),
    }
    return {name: text for name, text in said.items() if text}


def _values(facts: Iterable[Fact]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for fact in facts:
        if not isinstance(fact.object, str):
            about = found[fact.subject]
            before = about.get(fact.relation, "")
            about[str(fact.relation)] = before + ("; " if before else "") + words(fact.object) + _when(fact)
    return found


def _when(fact: Fact) -> str:
    marks = [str(fact.year)] if fact.year else []
    if fact.modality is Modality.PLANNED:
        marks.append(str(fact.modality))
    return f" [{', '.join(marks)}]" if marks else ""


def _edge(fact: Fact) -> dict[str, Any]:
    said: dict[str, Any] = {"label": str(fact.relation), "modality": str(fact.modality)}
    if fact.year is not None:
        said["year"] = fact.year
    if from_documents(fact):
        said["documents"] = "; ".join(dict.fromkeys(evidence.doc for evidence in fact.evidence))
        said["quotes"] = "; ".join(dict.fromkeys(evidence.quote for evidence in fact.evidence))
        said["score"] = max(evidence.score for evidence in fact.evidence)
    return said


def write_graphml(knowledge: KnowledgeGraph, path: str | Path) -> Path:
    """Write the network as GraphML, the same bytes each time, and return the path.

    Characters that XML cannot hold become U+FFFD.
    """
    network = to_networkx(knowledge)
    for attributes in _all_attributes(network):
        for name, value in attributes.items():
            if isinstance(value, str):
                attributes[name] = NO_XML.sub("\ufffd", value)
    legal = nx.relabel_nodes(network, {node: NO_XML.sub("\ufffd", node) for node in network if NO_XML.search(node)})
    buffer = BytesIO()
    nx.write_graphml_xml(legal, buffer)
    return replace_file(Path(path), buffer.getvalue())


def _all_attributes(network: nx.MultiDiGraph[str]) -> Iterator[dict[str, Any]]:
    yield from (attributes for _, attributes in network.nodes(data=True))
    yield from (attributes for _, _, attributes in network.edges(data=True))


def measures(knowledge: KnowledgeGraph) -> Measures:
    """Measure how entities stand in what the documents state; the gazetteer's own facts do not count.

    Without that rule every province would outrank the city that the report is about.
    """
    stated = _stated(knowledge)
    places = range(len(knowledge.entities))
    degrees = dict(stated.degree())
    ranks = _pagerank(stated)
    communities = _communities(stated)
    return Measures(
        tuple(Standing(knowledge.entities[i], degrees[i], ranks[i], communities[i]) for i in places),
    )


def _stated(knowledge: KnowledgeGraph) -> nx.MultiDiGraph[int]:
    """Return the network of the documents' facts over the entities' places: integers hash alike in every run."""
    places = {entity.id: number for number, entity in enumerate(knowledge.entities)}
    network: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    network.add_nodes_from(range(len(places)))
    network.add_edges_from(
        (places[fact.subject], places[fact.object])
        for fact in knowledge.facts
        if isinstance(fact.object, str) and from_documents(fact)
    )
    return network


def _pagerank(network: nx.MultiDiGraph[int]) -> list[float]:
    """Return PageRank by power iteration; networkx's own needs scipy."""
    count = len(network)
    if not count:
        return []
    edges = np.array([edge[:2] for edge in sorted(network.edges())], dtype=np.int64).reshape(-1, 2)
    source, target = edges[:, 0], edges[:, 1]
    out = np.bincount(source, minlength=count).astype(float)
    rank = np.full(count, 1 / count)
    for _ in range(100):  # the error shrinks by DAMPING a step: 0.85^100 is 1e-7
        share = rank / np.where(out, out, 1)
        lost = rank[out == 0].sum() / count  # nodes without an edge out give their rank to all alike
        rank = (1 - DAMPING) / count + DAMPING * (np.bincount(target, share[source], count) + lost)
    return [round(float(value), 9) for value in rank]


def _communities(network: nx.MultiDiGraph[int]) -> list[int]:
    simple: nx.Graph[int] = nx.Graph()
    simple.add_nodes_from(network)
    simple.add_edges_from((min(a, b), max(a, b)) for a, b, *_ in sorted(network.edges()) if a != b)
    groups: list[set[int]] = list(nx.community.louvain_communities(simple, seed=SEED))
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    numbers = {node: number for number, group in enumerate(ordered) for node in group}
    return [numbers[node] for node in range(len(numbers))]
