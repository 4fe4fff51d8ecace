"""Hold a document stretch by stretch: neither its text nor its sections are ever needed whole again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from jintu.files import replacing
from jintu.folders import rows
from jintu.folders.shelf import Piece, Writer
from jintu.model import Document, Section, Span, replace
from jintu.segment import stretches, within

Place = tuple[int, int, int, int]  # the characters of the document that a stretch holds, and the bytes of the kept text


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hold a stretch of a document: what is known of the document, the sections, and where the text is kept."""

    about: Piece
    sections: Piece
    kept: Path
    number: int
    place: Place

    @property
    def offset(self) -> int:
        """Return where the stretch begins in the document."""
        return self.place[0]

    @property
    def characters(self) -> int:
        """Return how long the stretch is."""
        return self.place[1] - self.place[0]

    @property
    def size(self) -> int:
        """Return how many bytes of the kept text it takes."""
        return self.place[3] - self.place[2]

    def text(self) -> str:
        """Read the text."""
        with self.kept.open("rb") as file:
            file.seek(self.place[2])
            return file.read(self.size).decode("utf-8", "surrogatepass")

    def document(self) -> Document:
        """Return the document without its text: its sections are those that begin here, after those around them."""
        sections = tuple(map(rows.section_of, self.sections.rows()))
        return replace(rows.document_of(self.about.rows()), sections=sections)

    def alone(self) -> Document:
        """Return the stretch as a document of its own, with offsets from its start."""
        return _alone(self.document(), self.text(), Span(*self.place[:2]))


def first(document: Document) -> Document:
    """Return the first stretch of a document as a document of its own, a report itself."""
    here = next(stretches(document.text))
    return _alone(document, here.of(document.text), here)


def _alone(document: Document, text: str, here: Span) -> Document:
    return replace(document, text=text, sections=tuple(within(document.sections, here)))


def keep(document: Document, kept: Path, shelf: Writer) -> list[Place]:
    """Keep a document's text, and put its digest, what is known of it and the sections of each stretch on a shelf."""
    places: list[Place] = []
    start, digest = 0, sha256()
    kept.parent.mkdir(parents=True, exist_ok=True)
    with replacing(kept) as file:
        for span, sections in _sections(document):
            content = span.of(document.text).encode("utf-8", "surrogatepass")
            size = file.write(content)
            digest.update(content)
            shelf.rows(f"sections:{len(places)}", list(map(rows.section_row, sections)))
            places.append((span.start, span.end, start, start + size))
            start += size
    shelf.rows("text", digest.hexdigest())
    shelf.rows("about", rows.document_row(replace(document, sections=())))
    return places


def _sections(document: Document) -> Iterator[tuple[Span, list[Section]]]:
    """Yield each stretch with the sections that begin in it, after those around its start, the nearest last."""
    starts = [section.span.start for section in document.sections]
    around: list[Section] = []
    for span in stretches(document.text):
        here = document.sections[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        yield span, [*around, *here]
        for section in here:
            around = [*(outer for outer in around if outer.level < section.level), section]
