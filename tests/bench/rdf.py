"""Measure the graph's files, questions and checks, beside pyoxigraph called directly in the same run.

    python tests/bench/rdf.py [--triples 1000000]

Each document of the small golden graph is repeated under new names until there are enough triples.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from pyoxigraph import DefaultGraph, QuerySolution, QuerySolutions, RdfFormat, serialize

sys.path.insert(0, str(Path(__file__).parents[1]))  # the golden graph stands among the tests
from golden.knowledge import KNOWLEDGE
from jintu import ontology, rdf
from jintu.model import Entity, Fact, KnowledgeGraph, Link

CHECKED = 100_000  # triples; pyshacl works in memory
RUNS = 3


def grown(times: int) -> KnowledgeGraph:
    """Repeat the golden graph: the divisions stay, all else is new each time."""
    documents = {
        f"{paper.id}-{n}": replace(paper, id=f"{paper.id}-{n}") for n in range(times) for paper in KNOWLEDGE.documents
    }
    entities = {
        thing.id: thing for n in range(times) for thing in (_entity(entity, n) for entity in KNOWLEDGE.entities)
    }
    links = tuple(_link(link, n) for n in range(times) for link in KNOWLEDGE.links)
    facts = tuple(_fact(fact, n) for n in range(times) for fact in KNOWLEDGE.facts)
    return rdf.canonical(KnowledgeGraph(tuple(documents.values()), tuple(entities.values()), links, facts))


def _id(name: str, n: int) -> str:
    return name if name.startswith("division/") else f"{name}{n}"


def _entity(entity: Entity, n: int) -> Entity:
    renamed = _id(entity.id, n)
    return replace(entity, id=renamed, label=entity.label if renamed == entity.id else f"{entity.label}{n}")


def _link(link: Link, n: int) -> Link:
    return replace(link, entity=_id(link.entity, n), mention=replace(link.mention, doc=f"{link.mention.doc}-{n}"))


def _fact(fact: Fact, n: int) -> Fact:
    thing = _id(fact.object, n) if isinstance(fact.object, str) else fact.object
    evidence = tuple(replace(piece, doc=f"{piece.doc}-{n}" if piece.doc else "") for piece in fact.evidence)
    return replace(fact, subject=_id(fact.subject, n), object=thing, evidence=evidence)


def seconds(job: Callable[[], object]) -> float:
    """Return the shortest of some runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def line(what: str, ours: float, theirs: float | None = None, of: str = "") -> None:
    """Print a figure, and how many times that of the yardstick it is."""
    beside = "" if theirs is None else f"   {of} {theirs:7.3f} s   {ours / theirs:5.2f} times"
    print(f"{what:44} {ours:7.3f} s{beside}")


def main() -> None:
    """Print a line for each job."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=1_000_000)
    each = len(list(rdf.to_rdf(grown(2)))) - len(list(rdf.to_rdf(KNOWLEDGE)))
    knowledge = grown(parser.parse_args().triples // each)
    with tempfile.TemporaryDirectory() as folder:
        files(knowledge, Path(folder))
        questions(Path(folder) / "ours.ttl")
        checks(Path(folder) / "checked.ttl", CHECKED // each)


def files(knowledge: KnowledgeGraph, folder: Path) -> None:
    """Measure writing and reading Turtle."""
    triples = list(rdf.to_rdf(knowledge))
    print(f"{len(triples):,} triples of {len(knowledge.documents):,} documents")
    ours, theirs = folder / "ours.ttl", folder / "theirs.ttl"
    format, prefixes = RdfFormat.TURTLE, rdf.PREFIXES
    written = seconds(lambda: serialize(triples, theirs, format=format, prefixes=prefixes))
    line("Turtle of these triples", seconds(lambda: rdf.save(triples, ours, format="ttl")), written, "pyoxigraph")
    store = rdf.load(ours)
    dumped = seconds(lambda: store.dump(theirs, format=format, from_graph=DefaultGraph(), prefixes=prefixes))
    line(
        "Turtle of the knowledge, triples made first", seconds(lambda: rdf.write(knowledge, ours)), dumped, "Store.dump"
    )
    empty = seconds(lambda: rdf.Store().bulk_load(path=ours, format=format))
    line("loading a store", seconds(lambda: rdf.load(ours)), empty, "bulk_load")
    line("reading the knowledge back", seconds(lambda: rdf.read(ours)))


def questions(path: Path) -> None:
    """Measure the shipped questions through our query and through the engine itself."""
    store, shipped = rdf.load(path), rdf.questions(ontology.load())
    ours = {name: seconds(partial(rdf.query, store, question.text)) for name, question in shipped.items()}
    theirs = {name: seconds(partial(directly, store, question.text)) for name, question in shipped.items()}
    line(f"{len(shipped)} questions", sum(ours.values()), sum(theirs.values()), "pyoxigraph")
    slowest = max(ours, key=lambda name: ours[name])
    line(f"the slowest, {slowest}", ours[slowest], theirs[slowest], "pyoxigraph")


def directly(store: rdf.Store, sparql: str) -> list[QuerySolution]:
    """Ask the engine itself."""
    found = store.query(sparql)
    return list(found) if isinstance(found, QuerySolutions) else []


def checks(path: Path, times: int) -> None:
    """Measure the shapes and the proof."""
    knowledge = grown(times)
    rdf.write(knowledge, path)
    texts = {f"{paper.id}-{n}": paper.text for n in range(times) for paper in KNOWLEDGE.documents}
    line(f"shapes, {len(list(rdf.triples(path))):,} triples", seconds(lambda: rdf.check(path)))
    line(f"proof of {len(texts):,} documents", seconds(lambda: rdf.verify(knowledge, texts.get)))


if __name__ == "__main__":
    main()
