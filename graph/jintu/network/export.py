"""Give a knowledge graph to networkx, and write it as GraphML."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

from jintu.files import replace_file
from jintu.model import Bound, Entity, Fact, Indicator, KnowledgeGraph, Modality, Quantity, Status, Value
from jintu.network.standing import from_documents

if TYPE_CHECKING:
    import networkx as nx

Network: TypeAlias = "nx.MultiDiGraph[str]"

BOUNDS = {Bound.EXACT: "", Bound.LOWER: "≥", Bound.UPPER: "≤", Bound.ABOUT: "≈"}
# XML 1.0, production 2 (Char): all that GraphML cannot hold
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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


def load() -> ModuleType:
    """Load networkx when a network is made: it takes a fifth of a second."""
    import networkx  # noqa: PLC0415 -- queries need not wait for it

    return networkx


def to_networkx(knowledge: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    """Return entities as nodes and the facts between them as edges, numbers and strings as attributes.

    An edge's key is ``f`` and the place of the fact in ``knowledge.facts``. Values become
    attributes of the subject: one string a relation, joined by ``; ``.
    """
    network: nx.MultiDiGraph[str] = load().MultiDiGraph()
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
    legal = load().relabel_nodes(network, {node: NO_XML.sub("\ufffd", node) for node in network if NO_XML.search(node)})
    buffer = BytesIO()
    load().write_graphml_xml(legal, buffer)
    return replace_file(Path(path), buffer.getvalue())


def _all_attributes(network: nx.MultiDiGraph[str]) -> Iterator[dict[str, Any]]:
    yield from (attributes for _, attributes in network.nodes(data=True))
    yield from (attributes for _, _, attributes in network.edges(data=True))
