"""Say documents as RDF: what is known of each, its sections, and in which of them evidence stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from jintu.model import Document, Evidence, Section
from jintu.rdf import terms as t
from jintu.rdf.literals import chinese, plain, word
from jintu.rdf.mint import Mint

Said = tuple[NamedNode, NamedNode, NamedNode | Literal]  # a triple's subject, predicate and object


@dataclass(frozen=True, slots=True)
class Papers:
    """Say the documents of a graph with the IRIs of one mint."""

    mint: Mint
    documents: Mapping[str, Document]

    def say(self, identifier: str, places: Mapping[str, str]) -> Iterator[Said]:
        """Say a document; ``places`` are the ids of divisions whose full name is no other's."""
        document = self.documents[identifier]
        yield from self.document(document, places)
        yield from self.sections(document)

    def document(self, document: Document, places: Mapping[str, str]) -> Iterator[Said]:
        """Say what is known of a document; its text stays outside the graph."""
        node = self.mint.document(document.id)
        yield (node, t.A, t.DOCUMENT)
        yield (node, t.IDENTIFIER, plain(document.id))
        yield (node, t.TITLE, chinese(document.title))
        yield (node, t.SOURCE, plain(document.source))
        yield (node, t.DIGEST, plain(document.digest))
        if document.issuer is not None:
            yield (node, t.ISSUER, plain(document.issuer))
        if document.date is not None:
            yield (node, t.ISSUED, Literal(document.date, datatype=t.DATE))
        if document.place is not None:
            yield (node, t.PLACE_NAME, plain(document.place))
        if spatial := places.get(document.place or ""):
            yield (node, t.SPATIAL, self.mint.entity(spatial))
        if document.year is not None:
            yield (node, t.YEAR, Literal(document.year))
        if document.why:
            yield (node, t.WHY, plain(document.why))
        if document.paging is not None:
            yield (node, t.STARTS[document.paging.leaf], plain(" ".join(map(str, document.paging.starts))))

    def sections(self, document: Document, *, since: int = 0) -> Iterator[Said]:
        """Say the sections of a document that begin from a character on, each within the one above it."""
        above: list[Section] = []
        for section in sorted(set(document.sections)):
            above = [outer for outer in above if outer.level < section.level]
            if section.span.start >= since:
                yield from self.section(document.id, section, above)
            above.append(section)

    def section(self, identifier: str, section: Section, above: Sequence[Section]) -> Iterator[Said]:
        """Say a section of a document; ``above`` are those around it, the nearest last."""
        node = self.mint.section(identifier, section)
        yield (node, t.A, t.SECTION)
        yield (node, t.PART_OF, self.mint.document(identifier))
        if above:
            yield (node, t.WITHIN, self.mint.section(identifier, above[-1]))
        yield (node, t.START, Literal(section.span.start))
        yield (node, t.END, Literal(section.span.end))
        yield (node, t.TITLE, chinese(section.title))
        yield (node, t.DEPTH, Literal(section.level))
        yield (node, t.PART, word(section.part))
        yield (node, t.MODALITY, word(section.modality))

    def standing(self, node: NamedNode, evidence: Evidence) -> Iterator[Said]:
        """Say in which section evidence stands, and on which page or in which paragraph of the file."""
        document = self.documents.get(evidence.doc)
        if document is None:
            return
        if section := document.section_at(evidence.span.start):
            yield (node, t.IN_SECTION, self.mint.section(document.id, section))
        if document.paging is not None:
            yield (node, t.LEAVES[document.paging.leaf], Literal(document.paging.number(evidence.span.start)))


def starts(written: str) -> tuple[int, ...]:
    """Read where the pages or paragraphs of a file start."""
    return tuple(int(start) for start in written.split() if start.isdecimal())
