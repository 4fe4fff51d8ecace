"""Read the documents of a build that were not read before: each, and each stretch of a long one, for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jintu.folders import reading, rows
from jintu.folders.crew import Job
from jintu.folders.running import Steps
from jintu.folders.shelf import Piece, Pieces, dumped, pieces, size_of
from jintu.folders.stretch import Stretch
from jintu.folders.works import file_digest
from jintu.model import Document
from jintu.pipeline import Failure
from jintu.read import Source

SHARE = "share:"


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a source with the digest of its bytes; ``shown`` is its name for people."""

    source: Source
    shown: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Opened:
    """Hold a document whose text is kept: what is known of it, its stretches and the file of the first."""

    document: Document
    stretches: tuple[Stretch, ...]
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Paper:
    """Hold a document that was read: what was read of each stretch, and of all together where there are several."""

    document: Document
    mentions: int
    stretches: tuple[Stretch, ...]
    read: tuple[Pieces, ...]
    met: tuple[str, ...]
    together: Pieces

    @property
    def doc(self) -> str:
        """Return the document's id."""
        return self.document.id

    @property
    def own(self) -> tuple[str | None, int | None]:
        """Return the document's own place and its year."""
        return self.document.place, self.document.year

    def shares(self) -> Iterator[tuple[str, str, Piece]]:
        """Yield what regions see of each stretch, and of all together: the region, the stretch's name and what."""
        for number, found in enumerate((*self.read, self.together)):
            for name, piece in found.items():
                if name.startswith(SHARE):
                    yield name.removeprefix(SHARE), seen(self.doc, number), piece


def seen(doc: str, number: int) -> str:
    """Return the name under which linking knows a stretch of a document."""
    return f"{number}:{doc}"


def read_all(found: Sequence[Found], run: Steps, failures: list[Failure]) -> tuple[Paper, ...]:
    """Read the documents that were not read before; one that fails is added to ``failures`` and left out."""
    reasons: dict[str, str] = {}
    opened = _open(found, run, reasons)
    read = _read_stretches(opened, run, reasons)
    failures.extend(Failure(one.shown, reasons[one.shown]) for one in found if one.shown in reasons)
    whole = [one for one in opened if one.document.source not in reasons]
    papers = sorted(_papers(whole, read, run), key=lambda paper: paper.doc)
    run.characters = 0  # the stages to come read none
    run.used.update(paper.stretches[0].kept for paper in papers)
    return tuple(papers)


def _open(found: Sequence[Found], run: Steps, reasons: dict[str, str]) -> list[Opened]:
    """Read documents with their first stretches."""
    wanted: list[Job] = []
    kept: dict[Path, Path] = {}
    for one in found:
        path = run.target("documents", one.source.id, one.shown, one.digest)
        text = run.works.text(one.source.id)
        kept[path] = text
        arguments = (one.source, one.shown, one.digest, run.settings, text)
        wanted.append(Job(one.shown, reading.read, arguments, path, one.size))
    opened = run.run(
        "reading",
        wanted,
        lambda path: _opened(path, kept[path]),
        reasons=reasons,
        read=lambda path, document: document.stretches[0].characters,
    )
    return [opened[path] for path in kept if path in opened]


def _opened(path: Path, kept: Path) -> Opened | None:
    """Return a document as it was read, or None where it was not or the kept text is of another version of it."""
    found = pieces(path)
    if found is None or found["text"].rows() != file_digest(kept):
        return None
    stretches = tuple(
        Stretch(found["about"], found[f"sections:{number}"], kept, number, (first, last, start, end))
        for number, (first, last, start, end) in enumerate(found["stretches"].rows())
    )
    return Opened(rows.document_of(found["about"].rows()), stretches, found)


def _read_stretches(opened: Iterable[Opened], run: Steps, reasons: dict[str, str]) -> dict[Stretch, Pieces]:
    """Read what stands behind the first stretches of long documents."""
    wanted: list[Job] = []
    later: dict[Stretch, Path] = {}
    for one in opened:
        for stretch in one.stretches[1:]:
            digests = (stretch.about.digest, stretch.sections.digest)
            path = run.target("stretches", dumped([stretch.number, stretch.place]), *digests)
            arguments = (stretch, run.settings)
            wanted.append(Job(one.document.source, reading.read_stretch, arguments, path, stretch.size))
            later[stretch] = path
    lengths = {path: stretch.characters for stretch, path in later.items()}
    read = run.run("reading long documents", wanted, pieces, reasons=reasons, read=lambda path, found: lengths[path])
    return {stretch: read[path] for stretch, path in later.items() if path in read}


def _papers(opened: Sequence[Opened], read: Mapping[Stretch, Pieces], run: Steps) -> Iterator[Paper]:
    parts = [(one.pieces, *(read[stretch] for stretch in one.stretches[1:])) for one in opened]
    together = _together(opened, parts, run)
    for one, found, all_of_it in zip(opened, parts, together, strict=True):
        names = [part["names"].rows() for part in found]
        yield Paper(
            one.document,
            sum(mentions for mentions, _ in names),
            one.stretches,
            found,
            tuple(sorted({name for _, met in names for name in met})),
            all_of_it,
        )


def _together(opened: Sequence[Opened], parts: Sequence[Sequence[Pieces]], run: Steps) -> list[Pieces]:
    """Pair the names of documents of several stretches."""
    wanted: list[Job] = []
    paths: list[Path | None] = []
    for one, found in zip(opened, parts, strict=True):
        shares = [piece for part in found for name, piece in part.items() if name.startswith(SHARE)]
        document = one.document
        path = run.target("pairs", document.id, *(share.digest for share in shares)) if len(found) > 1 else None
        if path:
            arguments = (document.id, document.place, shares)
            wanted.append(Job(document.source, reading.pair, arguments, path, size_of(shares)))
        paths.append(path)
    made = run.make("pairing names", wanted)
    return [made[path] if path else {} for path in paths]
