"""The way from sources to a knowledge graph; the only file that knows the order of the stages."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jintu import divisions, gold, ontology
from jintu.divisions import Divisions
from jintu.errors import SHOWN, JintuError, SourceError
from jintu.link import Linker, corrections, lift
from jintu.link import naming as names
from jintu.model import Document, KnowledgeGraph, Reading
from jintu.ontology import Ontology
from jintu.read import Source, find, read
from jintu.recognise import Recogniser, Tagger, available
from jintu.relate import Relater, surface
from jintu.segment import segment
from jintu.typesetting import typeset

Watch = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold a user's choices; None leaves a choice to what is installed or to what a document says."""

    tagger: Tagger | None = None
    place: str | None = None
    year: int | None = None
    ontology: Path | None = None
    corrections: Path | None = None


@dataclass(frozen=True, slots=True)
class Tools:
    """Hold what settings are made into: tables and callables, one set a process."""

    settings: Settings
    ontology: Ontology
    divisions: Divisions
    recognise: Recogniser
    relate: Relater
    link: Linker


@dataclass(frozen=True, slots=True)
class Failure:
    """Hold why a source was left out."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Build:
    """Hold a knowledge graph, the tagger that read it, and the sources that gave nothing to it."""

    knowledge: KnowledgeGraph
    tagger: Tagger
    failures: tuple[Failure, ...]


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for cycles among values that form none: that takes an eighth of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@uncollected()
def prepare(settings: Settings | None = None, *, places: Divisions | None = None) -> Tools:
    """Make the tools for a run; ``places`` are read anew where none are given.

    Raises:
        OntologyError: if a table or a rule of the ontology is wrong.
        JintuError: if the place that was named is no division and should be one.
    """
    chosen = settings or Settings()
    known = ontology.load(chosen.ontology)
    places = places or divisions.load(known)
    divisions.refuse_unknown(chosen.place or "", places)
    return Tools(
        settings=chosen,
        ontology=known,
        divisions=places,
        recognise=Recogniser(known, tagger=chosen.tagger or available(), divisions=places),
        relate=Relater(known, divisions=places),
        link=Linker(
            places,
            names=names.load(known),
            corrections=corrections.read(chosen.corrections) if chosen.corrections else None,
        ),
    )


def open_document(source: Source, tools: Tools) -> Document:
    """Read a source as a document, with the place and year the user gave, if any."""
    return read(source, tools.divisions, place=tools.settings.place, year=tools.settings.year)


def whose(documents: Iterable[Document], settings: Settings) -> Iterator[str]:
    """Say of each document in a line whose it is and from when, and which divisions the place that was named may be."""
    known = divisions.load(ontology.load(settings.ontology)) if settings.place else None
    for found in documents:
        line = f"{found.id}: {found.place or 'no place'}, {found.year or 'no year'} ({found.why or 'nothing says so'})"
        if known:
            meant = divisions.namesakes(found.place or "", known, year=found.year)
            line += f"; ambiguous: write {' or '.join(meant[:SHOWN])}" if meant else ""
            line += "" if known.located(found.place or "") else f"; {found.place} is no division, so it has no code"
        yield line


@uncollected()
def extract(document: Document, tools: Tools) -> Reading:
    """Read the mentions and claims of one document: pure, and the same in any order of documents."""
    text = typeset(document)
    sentences = segment(text.document)
    mentions = tools.recognise(text.document, sentences)
    return text.reading(mentions, tools.relate(text.document, sentences, mentions))


def fold(readings: Iterable[Reading], tools: Tools) -> KnowledgeGraph:
    """Link what was read from all documents and lift it to facts."""
    read_all = tuple(sorted(readings, key=lambda reading: reading.document.id))
    entities, links = tools.link(read_all)
    facts = lift(read_all, entities, links)
    return KnowledgeGraph(tuple(reading.document for reading in read_all), entities, links, facts)


def readings(
    sources: Sequence[Source], tools: Tools, failures: list[Failure], *, watch: Watch | None = None
) -> Iterator[Reading]:
    """Read source after source; one that fails is added to ``failures`` and left out."""
    for source in sources:
        try:
            yield extract(open_document(source, tools), tools)
        except SourceError as error:
            failures.append(Failure(source.path, str(error)))
        if watch:
            watch(source.id)


def build(words: Sequence[str], settings: Settings | None = None, *, watch: Watch | None = None) -> Build:
    """Build the knowledge graph of files, folders and globs.

    Raises:
        JintuError: if no source can be read at all.
    """
    tools = prepare(settings)
    sources, wrong = find(words)
    failures = [Failure("", reason) for reason in wrong]
    knowledge = fold(readings(sources, tools, failures, watch=watch), tools)
    if not knowledge.documents:
        raise JintuError(
            "\n".join(failure.reason for failure in failures) or "no source named; name a file or a folder"
        )
    return Build(knowledge, tools.recognise.tagger, tuple(failures))


def annotate(
    words: Sequence[str], settings: Settings, failures: list[Failure], *, watch: Watch | None = None
) -> Iterator[dict[str, Any]]:
    """Give the names and facts of source after source in the annotation format.

    Each document is linked by itself, so memory does not grow with the corpus.
    """
    tools = prepare(settings)
    sources, wrong = find(words)
    failures.extend(Failure("", reason) for reason in wrong)
    for reading in readings(sources, tools, failures, watch=watch):
        yield annotation(reading, tools)


@uncollected()
def annotation(reading: Reading, tools: Tools) -> dict[str, Any]:
    """Link a document by itself and write it in the annotation format."""
    return gold.annotation(reading, tools.link.names((reading,)), surface)
