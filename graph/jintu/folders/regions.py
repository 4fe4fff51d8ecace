"""Say what all documents state of the things of one region, thing by thing, however much there is of it.

Statements are sorted in runs, so that those of one thing come together and no more than a run of them is in memory;
of a thing of very many statements, as a city has in a yearbook, they are said in slices.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from heapq import merge
from itertools import chain, groupby, islice
from operator import attrgetter, itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from jintu import rdf
from jintu.folders import rows
from jintu.folders.shelf import Piece, Writer, dumped, shelving
from jintu.folders.steps import Saying, put_said
from jintu.link.entities import once
from jintu.link.lift import Said, chain_of, facts_of, said_of
from jintu.model import Entity, Fact

BATCH = 1000  # entities that are said at once: some 60,000 triples
SLICE = 3000  # facts that are said at once, at most
RUN = 50_000  # rows sorted in memory: some 100 MB
RUNS = 200  # files of them that are open at once; systems often allow a process 1,024, some 256
ORDER = itemgetter(0, 1)


def say_region(
    region: str,
    entities: Sequence[Piece],
    said: Sequence[tuple[str, Piece]],
    named: Sequence[tuple[str, Piece]],
    saying: Saying,
    target: Path,
) -> None:
    """Merge what all documents state of a region's entities and say it, in the graphs of those that name them too.

    Raises:
        GraphError: if the chapter breaks a shape.
    """
    with shelving(target) as shelf:
        teller = _Teller(f"region {region}", shelf, saying, _docs_by_name(named), target.parent)
        stated = (rows.said_of(doc, row) for doc, piece in said for row in piece.rows())
        facts = _facts(chain(stated, chain_of(_known(entities))), target.parent)
        for entity, about in _beside(once(_known(entities)), facts):
            teller.tell(entity, about)
        teller.end()
        shelf.rows("concepts", [sorted(teller.statuses), sorted(teller.indicators)])
        shelf.rows("counts", [sum(1 for _ in once(_known(entities))), teller.facts])


def _known(entities: Iterable[Piece]) -> Iterator[Entity]:
    """Read a region's entities in the order of their ids."""
    return merge(*(map(rows.entity_of, piece.each()) for piece in entities), key=attrgetter("id"))


def _facts(stated: Iterable[Said], folder: Path) -> Iterator[tuple[str, Iterator[Fact]]]:
    """Give the subjects of statements in order, each with its facts, in the order in which they are said."""
    mint = rdf.Mint()
    found = (
        [said[0][0], mint.statement(Fact(*said[0], ())).value, said[1].doc, rows.said_row(said)] for said in stated
    )
    for subject, about in groupby(_sorted(found, folder), key=itemgetter(0)):
        same = (facts_of(rows.said_of(doc, row) for *_, doc, row in one) for _, one in groupby(about, itemgetter(1)))
        yield subject, chain.from_iterable(same)


def _sorted(found: Iterable[rows.Row], folder: Path) -> Iterator[rows.Row]:
    """Sort rows by their first two cells, run by run; equal ones stay in their order."""
    rest = iter(found)
    with ExitStack() as files:
        runs: list[Iterable[rows.Row]] = []
        while len(run := sorted(islice(rest, RUN), key=ORDER)) == RUN:
            runs.append(_run(run, files.enter_context(TemporaryFile(dir=folder))))
            del run
            if len(runs) == RUNS:
                with files.pop_all():
                    runs = [_run(merge(*runs, key=ORDER), files.enter_context(TemporaryFile(dir=folder)))]
        yield from merge(*runs, run, key=ORDER)


def _run(sorted_rows: Iterable[rows.Row], file: IO[bytes]) -> Iterator[rows.Row]:
    """Write rows to a file and give them again."""
    file.writelines(dumped(row) + b"\n" for row in sorted_rows)
    file.seek(0)
    return map(json.loads, file)


def _beside(
    entities: Iterator[Entity], facts: Iterable[tuple[str, Iterator[Fact]]]
) -> Iterator[tuple[Entity | None, Iterator[Fact]]]:
    """Put entities and the facts about them side by side, both in the order of ids."""
    waiting = next(entities, None)
    for subject, about in facts:
        while waiting and waiting.id < subject:
            yield waiting, iter(())
            waiting = next(entities, None)
        if waiting and waiting.id == subject:
            yield waiting, about
            waiting = next(entities, None)
        else:
            yield None, about
    for entity in chain([waiting] if waiting else [], entities):
        yield entity, iter(())


@dataclass(slots=True)
class _Teller:
    """Say entities as they come, some at a time, and note what they have to do with."""

    what: str
    shelf: Writer
    saying: Saying
    docs: Mapping[str, Sequence[str]]
    folder: Path
    facts: int = 0
    statuses: set[str] = field(default_factory=set)
    indicators: set[str] = field(default_factory=set)
    _said: int = 0
    _parts: int = 0
    _entities: list[Entity] = field(default_factory=list)
    _stated: list[Fact] = field(default_factory=list)

    def tell(self, entity: Entity | None, about: Iterator[Fact]) -> None:
        """Say an entity with the facts about it, which is only counted where it is no entity of the region."""
        noted = self._noted(about)
        first = list(islice(noted, SLICE))
        if entity and len(first) == SLICE:
            self.end()
            self._tell_long(entity, chain(first, noted))
        elif entity:
            self._entities.append(entity)
            self._stated += first
            if len(self._entities) >= BATCH or len(self._stated) >= SLICE:
                self.end()
        else:
            sum(1 for _ in noted)

    def end(self) -> None:
        """Say what is waiting."""
        if self._entities:
            self._put(rdf.entities_fragment(self.what, self._entities, self._stated))
            self._put_quads(self._entities, self._stated)
            self._entities, self._stated = [], []

    def _noted(self, about: Iterable[Fact]) -> Iterator[Fact]:
        for fact in about:
            self.facts += 1
            statuses, indicators = rdf.concept_names([fact.object])
            self.statuses |= statuses
            self.indicators |= indicators
            yield fact

    def _tell_long(self, entity: Entity, about: Iterable[Fact]) -> None:
        """Say an entity of many facts: first what it is and what is so of it, then its statements in slices."""
        direct = set[rdf.Direct]()
        with TemporaryFile(dir=self.folder) as file:
            for fact in about:
                direct.update(rdf.direct(fact))
                file.write(dumped([[said[1].doc, rows.said_row(said)] for said in said_of(fact)]) + b"\n")
            self._put_direct(entity, sorted(direct))
            file.seek(0)
            while some := [fact for line in islice(file, SLICE) for fact in _again(line)]:
                self._put(rdf.statements_fragment(self.what, entity, some))
            file.seek(0)
            self._put_quads([entity], (fact for line in file for fact in _again(line)))

    def _put_direct(self, entity: Entity, direct: Sequence[rdf.Direct]) -> None:
        """Say an entity with all that is so of it, which is tried in slices and written as one."""
        for start in range(0, max(len(direct), 1), SLICE):
            some = rdf.direct_fragment(self.what, entity, direct[start : start + SLICE])
            rdf.tried(some, (), self.saying.ontology)
        for format in self.saying.of_triples:
            whole = rdf.fragment(rdf.direct_triples(entity, direct), format=format)
            self.shelf.put(f"{format}:{self._said}", whole)
        self._said += 1

    def _put(self, chapter: rdf.Chapter) -> None:
        put_said(self.shelf, self._said, chapter, self.saying.of_triples, self.saying)
        self._said += 1

    def _put_quads(self, entities: Iterable[Entity], facts: Iterable[Fact]) -> None:
        """Say entities in the graphs of documents, for which all facts about one are held."""
        graphs = self.saying.of_graphs
        for quads in rdf.quads_of(entities, facts, self._docs_of) if graphs else ():
            for format in graphs:
                self.shelf.put(f"{format}:{self._parts}", rdf.fragment(quads, format=format))
            self._parts += 1

    def _docs_of(self, entity: Entity) -> Sequence[str]:
        """Return the documents in whose graphs an entity is; the gazetteer's holds divisions and what none names."""
        found = self.docs.get(entity.id, ())
        return ["", *found] if entity.code or not found else found


def _docs_by_name(named: Iterable[tuple[str, Piece]]) -> Mapping[str, Sequence[str]]:
    """Return the documents that name each entity, sorted, as the pieces come."""
    docs: dict[str, list[str]] = defaultdict(list)
    for doc, piece in named:
        for name in piece.rows():
            if docs[name][-1:] != [doc]:  # another stretch of the same document
                docs[name].append(doc)
    return docs


def _again(line: bytes) -> Iterator[Fact]:
    """Read one fact with its evidence."""
    yield from facts_of(rows.said_of(doc, row) for doc, row in json.loads(line))
