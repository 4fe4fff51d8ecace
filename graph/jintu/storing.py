"""Build documents into a folder store, where they join those that are there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from jintu import pipeline, rdf, readings
from jintu.errors import EvidenceError, GraphError, JintuError, SourceError, refuse
from jintu.files import replace_file
from jintu.folders.fingerprint import code_digest, fingerprint
from jintu.link import corrections
from jintu.model import Document, KnowledgeGraph, Reading
from jintu.pipeline import Failure, Settings, Tools, Watch
from jintu.read import Source, find
from jintu.recognise import Tagger

READINGS = "readings"  # a folder of the store: what was read from each of its documents
CORRECTIONS = "corrections.tsv"  # a file of the store: the corrections that were given last


@dataclass(frozen=True, slots=True)
class Stored:
    """Hold what a store knows after a build, which documents came or changed, and what could not be read."""

    knowledge: KnowledgeGraph
    tagger: Tagger
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    failures: tuple[Failure, ...]


def store(
    words: Sequence[str], folder: Path, settings: Settings | None = None, *, watch: Watch | None = None
) -> Stored:
    """Read files, folders and globs into a store: when this returns all of it is there, else nothing of it.

    A document takes the place of the one of the same id, and the documents of the store are linked together again.
    What was read is kept as it comes, so that a build that was stopped goes on where it stood.

    Raises:
        GraphError: if another process writes to the store, or a graph breaks a shape.
        EvidenceError: if a statement cannot be proved from its document.
        JintuError: if no source can be read at all.
    """
    with rdf.FolderStore(folder).writer() as writer:
        tools = pipeline.prepare(_corrected(settings or Settings(), folder / CORRECTIONS))
        asked = replace(tools.settings, place=None, year=None, corrections=None)
        shelf = Shelf(folder / READINGS, fingerprint(asked, code_digest()))
        before: Mapping[str, str] = json.loads(writer.note or "{}")
        sources, wrong = find(words)
        failures = [Failure("", reason) for reason in wrong]
        new = dict(_read(sources, tools, shelf, failures, watch))
        if not new:
            raise JintuError("\n".join(failure.reason for failure in failures))
        after = dict(sorted({**before, **new}.items()))
        knowledge = pipeline.fold(map(shelf.reading, after.values()), tools)
        changed = {doc for doc, key in new.items() if before.get(doc) != key}
        writer.replace(_proved(knowledge, changed, tools), note=json.dumps(after).encode())
        shelf.clear(after.values())
    added, replaced = (tuple(sorted(docs)) for docs in (changed - before.keys(), changed & before.keys()))
    return Stored(knowledge, tools.recognise.tagger, added, replaced, tuple(failures))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Keep readings in a folder, each in a file under a key of its document and of what read it."""

    folder: Path
    reader: str

    def key(self, document: Document) -> str:
        """Return the key under which the reading of a document is kept."""
        return sha256(f"{self.reader} {document!r}".encode("utf-8", "surrogatepass")).hexdigest()

    def put(self, key: str, reading: Reading) -> None:
        """Keep a reading."""
        replace_file(self._file(key), readings.dump(reading))

    def holds(self, key: str) -> bool:
        """Tell whether a reading is kept."""
        return self._file(key).exists()

    def reading(self, key: str) -> Reading:
        """Return a reading that is kept.

        Raises:
            GraphError: if it is gone or was damaged.
        """
        try:
            return readings.load(self._file(key).read_bytes())
        except (OSError, ValueError) as error:
            raise GraphError(f"{self._file(key)}: cannot be read ({error}); build the store again elsewhere") from None

    def clear(self, kept: Iterable[str]) -> None:
        """Remove all readings but those to be kept."""
        names = {self._file(key) for key in kept}
        for path in set(self.folder.iterdir()) - names:
            path.unlink()

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def _read(
    sources: Sequence[Source], tools: Tools, shelf: Shelf, failures: list[Failure], watch: Watch | None
) -> Iterator[tuple[str, str]]:
    """Read what the shelf does not hold yet; give each document's id and the key of its reading."""
    for source in sources:
        try:
            document = pipeline.open_document(source, tools)
        except SourceError as error:
            failures.append(Failure(source.path, str(error)))
            continue
        key = shelf.key(document)
        if not shelf.holds(key):
            shelf.put(key, pipeline.extract(document, tools))
        yield document.id, key
        if watch:
            watch(document.id)


def _proved(knowledge: KnowledgeGraph, changed: Set[str], tools: Tools) -> Iterator[rdf.NamedGraph]:
    """Give the graph of each document, all proved and those that changed checked against the shapes."""
    texts = {document.id: document.text for document in knowledge.documents}
    refuse(rdf.verify(knowledge, texts.get), EvidenceError, "statements cannot be proved")
    names = {rdf.Mint().document(doc) for doc in changed}
    for name, triples in rdf.to_graphs(knowledge):
        if name in names:
            refuse(rdf.check(triples, tools.ontology), GraphError, "shapes are broken")
        yield name, triples


def _corrected(settings: Settings, kept: Path) -> Settings:
    """Return the settings with the corrections that are named, which are kept from now on, or those that were kept."""
    if settings.corrections:
        corrections.read(settings.corrections)
        replace_file(kept, settings.corrections.read_bytes())
    return replace(settings, corrections=kept if kept.exists() else None)
