"""Say in plain lists and dictionaries what the page shows of a graph in any vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jintu.html.columns import packed, table
from jintu.html.payload import KINDS, PIECE, words
from jintu.html.picture import Line, picture
from jintu.html.spelling import readings
from jintu.resources import Resource, ResourceGraph, Tie, Writing


def payload_of_resources(graph: ResourceGraph, title: str) -> dict[str, Any]:
    """Return all that the page needs, ready for JSON; triples are facts that the file states without quoting anyone."""
    classes, predicates = dict(graph.classes), dict(graph.predicates)
    kinds = [classes.get(resource.kind, "") for resource in graph.resources]
    worn = _worn(kinds)
    relations = [predicates[tie.predicate] for tie in graph.ties]
    left_out = f"另有 {graph.left_out} 个没有标识的节点过多，未画出" if graph.left_out else ""
    return {
        "title": title,
        "note": left_out,
        "words": words({}) | {"worn": worn, "classes": _turned(classes), "predicates": _turned(predicates)},
        "documents": [{"id": graph.source, "title": graph.source}],
        "entities": packed(list(map(_entity, graph.resources, kinds))),
        "mentions": packed([]),
        "facts": packed(list(map(_fact, graph.ties, relations))),
        "values": packed([_value(tie.object) for tie in graph.ties if isinstance(tie.object, Writing)]),
        "evidence": table(len(graph.ties), {name: [value] * len(graph.ties) for name, value in NOWHERE.items()}),
        "texts": [""],
        "pinyin": readings(name for resource in graph.resources for name in (resource.label, *resource.aliases)),
        "map": None,
        "graph": picture(
            [worn.get(kind, kind) for kind in kinds],
            [resource.label for resource in graph.resources],
            _lines(graph.ties, relations),
        ),
    }


# A piece of evidence that names the file and marks no words in it.
NOWHERE = dict(zip(PIECE, (0, 0, 0, 0, "", "", 1), strict=True))


def _worn(kinds: Iterable[str]) -> dict[str, str]:
    """Lend colours and shapes of our kinds that the graph does not have to its commonest others."""
    counted = Counter(kind for kind in kinds if kind)
    free = [kind for kind in KINDS if kind not in counted]
    strange = sorted((kind for kind in counted if kind not in set(KINDS)), key=lambda kind: (-counted[kind], kind))
    return {kind: str(lent) for kind, lent in zip(strange, free, strict=False)}


def _turned(names: dict[str, str]) -> dict[str, str]:
    return {name: iri for iri, name in names.items()}


def _entity(resource: Resource, kind: str) -> dict[str, Any]:
    return {"id": resource.iri, "kind": kind, "label": resource.label, "aliases": resource.aliases or None}


def _fact(tie: Tie, relation: str) -> dict[str, Any]:
    ends = {"value": 1} if isinstance(tie.object, Writing) else {"object": tie.object}
    return {"subject": tie.subject, "relation": relation, "evidence": 1, **ends}


def _value(writing: Writing) -> dict[str, Any]:
    return {"text": writing.text, "term": writing.term}


def _lines(ties: Sequence[Tie], relations: Sequence[str]) -> Iterator[Line]:
    for number, (tie, relation) in enumerate(zip(ties, relations, strict=True)):
        if isinstance(tie.object, int):
            yield Line(tie.subject, tie.object, relation, number, stated=True)
