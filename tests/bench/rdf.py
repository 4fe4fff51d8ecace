"""Measure the graph's files, stores, questions and checks, beside pyoxigraph or rdflib called directly in the same run.

    python tests/bench/rdf.py [files store questions rdflib memory shapes] [--triples 1000000]

Each document of the small golden graph is repeated under new names until there are enough triples. Questions and
Turtle are measured in seconds of the processor, which a busy machine changes least.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import rdflib
from pyoxigraph import Quad, QuerySolution, QuerySolutions, RdfFormat, serialize

sys.path.insert(0, str(Path(__file__).parents[1]))  # the golden graph stands among the tests
from golden.knowledge import KNOWLEDGE
from jintu import ontology, rdf
from jintu.model import Entity, Fact, KnowledgeGraph, Link, replace

SMALL = 100_000  # triples for pyshacl, which works in memory
JOINED = 20_000  # triples for rdflib, whose joins take the square of them
STREAMED = 5  # times the triples, written from partitions
JOINS = ("kept-plans", "located-in", "shared-programmes", "who-implements")  # what rdflib answers within minutes
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


def seconds(job: Callable[[], object], *, runs: int = RUNS, clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the shortest of some runs."""
    times = []
    for _ in range(runs):
        start = clock()
        job()
        times.append(clock() - start)
    return min(times)


busy = partial(seconds, clock=time.process_time, runs=2)


def line(what: str, ours: float, theirs: float | None = None, of: str = "") -> None:
    """Print a figure, and how many times that of the yardstick it is."""
    beside = "" if theirs is None else f"   {of} {theirs:7.3f} s   {ours / theirs:5.2f} times"
    print(f"{what:44} {ours:7.3f} s{beside}", flush=True)


def main() -> None:
    """Print a line for each job."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jobs", nargs="*", default=list(JOBS), metavar="JOB")
    parser.add_argument("--triples", type=int, default=1_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for job in asked.jobs:
            JOBS[job](Path(folder), asked.triples)


def of_about(triples: int) -> KnowledgeGraph:
    """Return a graph of about so many triples."""
    each = len(list(rdf.to_rdf(grown(2)))) - len(list(rdf.to_rdf(KNOWLEDGE)))
    return grown(triples // each)


def files(folder: Path, size: int) -> None:
    """Measure writing and reading Turtle."""
    knowledge = of_about(size)
    triples = list(rdf.to_rdf(knowledge))
    print(f"{len(triples):,} triples of {len(knowledge.documents):,} documents")
    ours, theirs = folder / "ours.ttl", folder / "theirs.ttl"
    format, prefixes = RdfFormat.TURTLE, rdf.PREFIXES
    written = busy(lambda: serialize(triples, theirs, format=format, prefixes=prefixes))
    line("Turtle of these triples", busy(lambda: rdf.save(triples, ours, format="ttl")), written, "pyoxigraph")
    line("Turtle of the knowledge, triples made first", busy(lambda: rdf.write(knowledge, ours), runs=1))
    empty = seconds(lambda: rdf.Store().bulk_load(path=ours, format=format), runs=1)
    line("loading a graph file", seconds(lambda: rdf.load(ours), runs=1), empty, "bulk_load")
    line("reading the knowledge back", seconds(lambda: rdf.read(ours), runs=1))


def store(folder: Path, size: int) -> None:
    """Measure a folder store: filling it, replacing one document, opening it."""
    graphs = list(rdf.to_graphs(of_about(size)))
    kept = rdf.FolderStore(folder / "store")
    named = partial(rdf.Store(str(folder / "named")).bulk_extend)
    quads = [Quad(*triple, name) for name, triples in graphs for triple in triples]  # type: ignore[call-arg]  # of three
    theirs = seconds(lambda: named(quads), runs=1)
    line(f"a store of {len(graphs):,} graphs", seconds(lambda: kept.replace(graphs), runs=1), theirs, "bulk_extend")
    changed = [(graphs[1][0], graphs[2][1])]
    line("replacing one graph in it", seconds(lambda: kept.replace(changed), runs=1))
    line("a snapshot of it", seconds(kept.snapshot))


def questions(_: Path, size: int) -> None:
    """Measure the shipped questions through our query and through the engine itself."""
    kept, shipped = rdf.Store(), rdf.questions(ontology.load())
    kept.bulk_extend(Quad(*triple) for triple in rdf.to_rdf(of_about(size)))
    ours: dict[str, float] = {}
    theirs: dict[str, float] = {}
    for name, question in shipped.items():
        theirs[name] = busy(partial(directly, kept, question.text))
        ours[name] = busy(partial(rdf.query, kept, question.text))
    line(f"{len(shipped)} questions of {len(kept):,} triples", sum(ours.values()), sum(theirs.values()), "pyoxigraph")
    slowest = max(ours, key=lambda name: ours[name])
    line(f"the slowest, {slowest}", ours[slowest], theirs[slowest], "pyoxigraph")


def directly(store: rdf.Store, sparql: str) -> list[QuerySolution]:
    """Ask the engine itself."""
    found = store.query(sparql)
    return list(found) if isinstance(found, QuerySolutions) else []


def beside_rdflib(folder: Path, _: int) -> None:
    """Measure joins beside rdflib in memory."""
    path, shipped = folder / "small.ttl", rdf.questions(ontology.load())
    rdf.write(of_about(JOINED), path)
    kept, graph = rdf.load(path), rdflib.Graph().parse(path)
    for name in JOINS:
        text = shipped[name].text
        ours, theirs = busy(partial(rdf.query, kept, text)), busy(partial(answered, graph, text), runs=1)
        what = f"{name}, {JOINED:,} triples"
        print(f"{what:44} {ours:7.3f} s   rdflib {theirs:11.3f} s   {theirs / ours:5.0f} times as fast", flush=True)


def answered(graph: rdflib.Graph, sparql: str) -> list[object]:
    """Ask rdflib."""
    return list(graph.query(sparql))


def memory(folder: Path, size: int) -> None:
    """Measure the memory of writing Turtle from partitions, in a process of its own."""
    triples = list(rdf.to_rdf(of_about(size)))
    part = folder / "part.nt"
    rdf.save(triples, part, format="nt")
    for times in (1, STREAMED):
        words = [sys.executable, "-c", STREAM, str(part), str(times), str(folder / "whole.ttl")]
        said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        print(f"{f'writing {times * len(triples):,} triples from partitions':44} {int(said) / 1024:7.0f} MB at most")


STREAM = """
import re, sys
from pathlib import Path
from jintu import rdf
part, times, whole = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
rdf.save((triple for _ in range(times) for triple in rdf.triples(part)), whole, format="ttl")
print(re.search("VmHWM:\\s*([0-9]+)", Path("/proc/self/status").read_text())[1])
"""


def shapes(folder: Path, _: int) -> None:
    """Measure the shapes and the proof."""
    path, knowledge = folder / "checked.ttl", of_about(SMALL)
    rdf.write(knowledge, path)
    line(f"shapes, {len(list(rdf.triples(path))):,} triples", busy(lambda: rdf.check(path)))
    golden = {paper.id: paper.text for paper in KNOWLEDGE.documents}
    texts = {paper.id: golden[paper.id.rpartition("-")[0]] for paper in knowledge.documents}
    line(f"proof of {len(texts):,} documents", busy(lambda: rdf.verify(knowledge, texts.get)))


JOBS: dict[str, Callable[[Path, int], None]] = {
    "files": files,
    "store": store,
    "questions": questions,
    "rdflib": beside_rdflib,
    "memory": memory,
    "shapes": shapes,
}

if __name__ == "__main__":
    main()
