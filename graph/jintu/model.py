"""The values that flow from a document to a knowledge graph.

All are frozen; collections inside them are tuples. Offsets are code points of
``Document.text``, half open. This module imports nothing of ours, but where a graph is asked
to show itself: then, and only then, it asks the room that can.
"""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct as Struct  # noqa: PLC0414  # rooms make values of their own with it
from msgspec.structs import replace as replace  # noqa: PLC0414  # and change fields of values

if TYPE_CHECKING:
    from jintu.notebook import Shown


class Kind(StrEnum):
    """The kinds of thing a document names; each is a class of the vocabulary."""

    PLACE = "Place"
    INSTITUTION = "Institution"
    PROJECT = "Project"
    PROGRAMME = "Programme"
    HONOUR = "Honour"
    EVENT = "Event"
    PERSON = "Person"
    WORK = "Work"


CORE_KINDS = (Kind.PLACE, Kind.INSTITUTION, Kind.PROJECT, Kind.PROGRAMME)


class Relation(StrEnum):
    """The relations a document states; each is a property of the vocabulary."""

    LOCATED_IN = "locatedIn"
    PART_OF = "partOf"
    STATUS = "status"
    INVESTMENT = "investment"
    RECEIVED = "received"
    HOSTS = "hosts"
    IMPLEMENTS = "implements"
    AIDS = "aids"
    INDICATOR = "indicator"


class Modality(StrEnum):
    """Whether a document says that something is so or that it shall be."""

    STATED = "stated"
    PLANNED = "planned"


class Bound(StrEnum):
    """How a figure as written limits the true one: 余 and 以上 give ``lower``, 近 and 不到 ``upper``."""

    EXACT = "exact"
    LOWER = "lower"
    UPPER = "upper"
    ABOUT = "about"


class Measure(StrEnum):
    """What an indicator's figure measures: the level reached or the change against an earlier time."""

    LEVEL = "level"
    CHANGE = "change"


class Span(Struct, frozen=True, gc=False, order=True, cache_hash=True):
    """Hold a half-open range of code points.

    >>> Span(2, 6).of("建成锦凌水库。")
    '锦凌水库'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of ``text`` in the range."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies inside, ends included."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Tell whether at least one character is in both."""
        return self.start < other.end and other.start < self.end


class Part(StrEnum):
    """What a section belongs to: the look back, the plans, or the notes and glossary at the end."""

    REVIEW = "review"
    PLAN = "plan"
    NOTES = "notes"
    OTHER = "other"


class Section(Struct, frozen=True, gc=False, order=True):
    """Hold a headed part of a document; its span runs from the heading to the next heading.

    ``level`` is 1 for 一、, 2 for （一）, 3 for 1. and so on.
    """

    span: Span
    title: str
    modality: Modality
    level: int = 1
    part: Part = Part.OTHER


class Leaf(StrEnum):
    """What a file is made of: a PDF of pages, a Word file and a web page of paragraphs."""

    PAGE = "page"
    PARAGRAPH = "paragraph"


class Paging(Struct, frozen=True, gc=False):
    """Hold where the pages or paragraphs of a file start in its text, in order.

    >>> Paging(Leaf.PAGE, (0, 120, 120, 300)).number(299)
    3
    """

    leaf: Leaf
    starts: tuple[int, ...]

    def number(self, offset: int) -> int:
        """Return the page or paragraph, counted from one, in which a character stands."""
        return bisect_right(self.starts, offset)


class Document(Struct, frozen=True, gc=False):
    """Hold the text of a source with what is known of the whole.

    ``id`` is the file's name without its ending (made unique within a build), ``source`` the
    path as the user gave it, ``digest`` the SHA-256 of the text in UTF-8. ``place`` is the full
    name of the report's own place (锦州市), ``year`` the year the report was given in; ``why``
    says where place and year were found. ``issuer`` is the body that speaks (锦州市人民政府) and
    ``date`` the day, as ISO 8601; ``paging`` says where the pages of the file start in the text.
    """

    id: str
    text: str
    title: str
    source: str
    digest: str
    place: str | None = None
    year: int | None = None
    why: str = ""
    sections: tuple[Section, ...] = ()
    issuer: str | None = None
    date: str | None = None
    paging: Paging | None = None

    def section_at(self, offset: int) -> Section | None:
        """Return the section in which a character stands; ``sections`` are in order."""
        at = bisect_right(self.sections, offset, key=lambda section: section.span.start) - 1
        return self.sections[at] if at >= 0 else None


class Sentence(Struct, frozen=True, gc=False):
    """Hold one sentence with its place in the document: ``text == span.of(document.text)``."""

    doc: str
    span: Span
    text: str
    section: str
    modality: Modality


class Mention(Struct, frozen=True, gc=False, cache_hash=True):
    """Hold one name as it stands in a document.

    ``rule`` names the source that proposed it, ``score`` is its certainty from 0 to 1;
    ``nested`` marks a name inside a longer one (黑山镇 in 黑山镇派出所).
    """

    doc: str
    span: Span
    text: str
    kind: Kind
    nested: bool = False
    score: float = 1.0
    rule: str = ""


class OwnPlace(Struct, frozen=True, gc=False):
    """Stand for the report's own place where the text says 我市 or leaves the subject out."""

    doc: str
    name: str


class Quantity(Struct, frozen=True, gc=False):
    """Hold a figure as written and as a number.

    ``number`` and ``unit`` are as written (14.6, 万亩), ``value`` is exact in ``measured_in``
    (146000, MU), the code of a row of ``ontology/units.tsv``.
    """

    text: str
    number: str
    unit: str
    value: Decimal
    measured_in: str
    bound: Bound = Bound.EXACT


class Status(Struct, frozen=True, gc=False):
    """Hold a stage in the life of a project or programme: 开工, 在建, 投用, ..."""

    name: str


class Indicator(Struct, frozen=True, gc=False):
    """Hold what a figure measures, the figure, and whether it is a level or a change."""

    name: str
    quantity: Quantity
    measure: Measure


Value = Quantity | Status | Indicator
Participant = Mention | OwnPlace


class Evidence(Struct, frozen=True, gc=False):
    """Hold the words a statement was read from: ``quote == span.of(document.text)``."""

    doc: str
    span: Span
    quote: str
    rule: str
    score: float = 1.0


class Claim(Struct, frozen=True, gc=False):
    """Hold one relation between mentions, read before anything is linked."""

    subject: Participant
    relation: Relation
    object: Participant | Value
    modality: Modality
    year: int | None
    evidence: Evidence


class Reading(Struct, frozen=True, gc=False):
    """Hold all that was read from one document: what linking sees of it."""

    document: Document
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]


class Entity(Struct, frozen=True, gc=False):
    """Hold one thing, however it was written.

    ``id`` is the readable local part of its IRI (``division/210700``,
    ``institution/210700/市中心医院``); ``scope`` is the id of the place that makes its label
    unique, ``code`` a division's code, ``same_as`` IRIs of the same thing elsewhere,
    ``identifiers`` codes of it with the register of each (ISO 3166-2:CN-LN).
    """

    id: str
    kind: Kind
    label: str
    aliases: tuple[str, ...] = ()
    scope: str | None = None
    code: str | None = None
    same_as: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


class Link(Struct, frozen=True, gc=False):
    """Hold which entity a mention names, how sure that is and why."""

    mention: Mention
    entity: str
    score: float
    reason: str


class Fact(Struct, frozen=True, gc=False):
    """Hold one statement about entities with all the evidence for it.

    ``subject`` is an entity's id; ``object`` an entity's id or a value. A fact of the
    gazetteer (a county lies in its prefecture) has evidence without a document.
    """

    subject: str
    relation: Relation
    object: str | Value
    modality: Modality
    year: int | None
    evidence: tuple[Evidence, ...]


class KnowledgeGraph(Struct, frozen=True, gc=False):
    """Hold what a set of documents says: four sorted tuples."""

    documents: tuple[Document, ...]
    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    facts: tuple[Fact, ...]

    def __repr__(self) -> str:
        """Return the counts of the graph.

        >>> KnowledgeGraph((), (), (), ())
        <KnowledgeGraph: 0 documents, 0 entities, 0 links, 0 facts>
        """
        held = ((len(getattr(self, part)), part) for part in self.__struct_fields__)
        return f"<KnowledgeGraph: {', '.join(f'{count} {name}' for count, name in held)}>"

    def show(self, *, height: int = 640) -> Shown:
        """Show the graph in a notebook, as the page that ``jintu.write`` makes; ``height`` is in pixels."""
        from jintu.notebook import show  # noqa: PLC0415  # what is shown is made far below values

        return show(self, height=height)

    def _repr_html_(self) -> str:
        """Show the counts of the graph in a notebook, where all its values would fill the screen."""
        from jintu.notebook import counts  # noqa: PLC0415  # as above

        return counts(self, "KnowledgeGraph")
