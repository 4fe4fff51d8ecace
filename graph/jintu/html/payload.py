"""Say in plain lists and dictionaries what the page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from jintu.html.chart import Reference, chart
from jintu.html.columns import packed, table
from jintu.html.picture import SHAPES, Line, picture
from jintu.html.spelling import readings
from jintu.html.windows import Windows, is_narrow, utf16, windows
from jintu.model import (
    Bound,
    Document,
    Entity,
    Evidence,
    Fact,
    Indicator,
    Kind,
    KnowledgeGraph,
    Leaf,
    Link,
    Measure,
    Modality,
    Quantity,
    Relation,
    Span,
    Status,
    Value,
)
from jintu.network import from_documents

PIECE = ("document", "text", "start", "end", "section", "why", "score")
Piece = tuple[int, int, int, int, str, str, float]
MENTIONS = 12  # mentions shown for an entity; their number is always told in full

KINDS = {
    Kind.PLACE: "地点",
    Kind.INSTITUTION: "机构",
    Kind.PROJECT: "项目",
    Kind.PROGRAMME: "计划行动",
    Kind.HONOUR: "荣誉",
    Kind.EVENT: "事件",
    Kind.PERSON: "人物",
    Kind.WORK: "作品",
}
RELATIONS = {
    Relation.LOCATED_IN: "位于",
    Relation.PART_OF: "属于",
    Relation.STATUS: "进展",
    Relation.INVESTMENT: "投资",
    Relation.RECEIVED: "获得",
    Relation.HOSTS: "举办",
    Relation.IMPLEMENTS: "实施",
    Relation.AIDS: "支援",
    Relation.INDICATOR: "指标",
}
MODALITIES = {Modality.STATED: "已述", Modality.PLANNED: "计划"}
# the life of a project, in its order
STATUSES = ("规划中", "前期", "签约", "获批", "开工", "在建", "竣工", "投用", "实施", "完成")
BOUNDS = {Bound.EXACT: "", Bound.LOWER: "不少于", Bound.UPPER: "不超过", Bound.ABOUT: "约"}
MEASURES = {Measure.LEVEL: "水平", Measure.CHANGE: "变化"}


def words(units: Mapping[str, str]) -> dict[str, Any]:
    """Return the words of the vocabulary in Chinese, the shape of each kind, and which kinds wear another's."""
    return {
        "kinds": KINDS,
        "relations": RELATIONS,
        "modalities": MODALITIES,
        "bounds": BOUNDS,
        "measures": MEASURES,
        "shapes": SHAPES,
        "units": units,
        "statuses": STATUSES,
        "worn": {},
    }


def payload(knowledge: KnowledgeGraph, title: str, reference: Reference) -> dict[str, Any]:
    """Return all that the page needs, ready for JSON."""
    shelf = Shelf(knowledge)
    entities = [_entity(entity, shelf) for entity in knowledge.entities]
    facts = [_fact(fact, shelf) for fact in knowledge.facts]
    return {
        "title": title,
        "note": "",
        "words": words(reference.units),
        "documents": [_document(document) for document in knowledge.documents],
        "entities": packed(entities),
        "mentions": _pieces([_mention(link, shelf) for entity in knowledge.entities for link in shelf.shown(entity)]),
        "facts": packed(facts),
        "values": packed([_value(fact.object) for fact in knowledge.facts if not isinstance(fact.object, str)]),
        "evidence": _pieces([_evidence(piece, shelf) for fact in knowledge.facts for piece in fact.evidence]),
        "texts": shelf.texts,
        "pinyin": readings(name for entity in knowledge.entities for name in (entity.label, *entity.aliases)),
        "map": chart([entity.code for entity in knowledge.entities], reference.spots),
        "graph": picture(
            [str(entity.kind) for entity in knowledge.entities],
            [entity.label or entity.id for entity in knowledge.entities],
            _lines(knowledge.facts, shelf),
        ),
    }


def _lines(facts: Iterable[Fact], shelf: Shelf) -> Iterator[Line]:
    for number, fact in enumerate(facts):
        if isinstance(fact.object, str):
            ends = shelf.entities[fact.subject], shelf.entities[fact.object]
            yield Line(*ends, fact.relation, number, from_documents(fact))


class Shelf:
    """Keep what is looked up while the payload is made: places in lists, and the texts around quotes."""

    def __init__(self, knowledge: KnowledgeGraph) -> None:
        """Cut every document around its quotes and its mentions."""
        self.documents = {document.id: number for number, document in enumerate(knowledge.documents)}
        self.entities = {entity.id: number for number, entity in enumerate(knowledge.entities)}
        self.labels = {entity.id: entity.label for entity in knowledge.entities}
        self.mentions: dict[str, list[Link]] = defaultdict(list)
        for link in knowledge.links:
            self.mentions[link.entity].append(link)
        self._sources = {document.id: document for document in knowledge.documents}
        self._narrow = {document.id: is_narrow(document.text) for document in knowledge.documents}
        self.texts: list[str] = []
        self._cut: dict[str, tuple[int, Windows]] = {}
        spans = self._spans(knowledge)
        for document in knowledge.documents:
            cut = windows(document.text, spans[document.id])
            self._cut[document.id] = len(self.texts), cut
            self.texts.extend(stretch.of(document.text) for stretch in cut.stretches)

    def quote(self, doc: str, span: Span, quote: str) -> tuple[int, int, int]:
        """Return where a quote stands in ``texts``; a quote without its text is a text of its own."""
        if not self._holds(doc, span, quote):
            self.texts.append(quote)
            return len(self.texts) - 1, *utf16(quote, Span(0, len(quote)))
        first, cut = self._cut[doc]
        number, inside = cut.find(span)
        if self._narrow[doc]:
            return first + number, inside.start, inside.end
        return first + number, *utf16(self.texts[first + number], inside)

    def shown(self, entity: Entity) -> list[Link]:
        """Return the mentions of an entity that the page shows."""
        return self.mentions[entity.id][:MENTIONS]

    def section(self, doc: str, offset: int) -> str:
        """Return the title of the section that an offset stands in, and the page of the file where it has pages."""
        document = self._sources.get(doc)
        if document is None:
            return ""
        section, paging = document.section_at(offset), document.paging
        page = f"第 {paging.number(offset)} 页" if paging and paging.leaf is Leaf.PAGE else ""
        return "，".join(filter(None, (section.title if section else "", page)))

    def _holds(self, doc: str, span: Span, quote: str) -> bool:
        return doc in self._sources and bool(quote) and span.of(self._sources[doc].text) == quote

    def _spans(self, knowledge: KnowledgeGraph) -> dict[str, list[Span]]:
        spans: dict[str, list[Span]] = defaultdict(list)
        for fact in knowledge.facts:
            for evidence in fact.evidence:
                if self._holds(evidence.doc, evidence.span, evidence.quote):
                    spans[evidence.doc].append(evidence.span)
        for entity in knowledge.entities:
            for mention in (link.mention for link in self.shown(entity)):
                if self._holds(mention.doc, mention.span, mention.text):
                    spans[mention.doc].append(mention.span)
        return spans


def _document(document: Document) -> dict[str, Any]:
    return _filled(
        id=document.id, title=document.title, source=document.source, place=document.place, year=document.year
    )


def _entity(entity: Entity, shelf: Shelf) -> dict[str, Any]:
    links = shelf.mentions[entity.id]
    return _filled(
        id=entity.id,
        kind=entity.kind,
        label=entity.label,
        aliases=entity.aliases,
        code=entity.code,
        scope=shelf.labels.get(entity.scope or "", entity.scope),
        same=entity.same_as,
        documents=sorted({shelf.documents.get(link.mention.doc, -1) for link in links}),
        mentioned=len(links) or None,
        mentions=len(shelf.shown(entity)) or None,
    )


def _mention(link: Link, shelf: Shelf) -> Piece:
    mention = link.mention
    return _piece(mention.doc, mention.span, mention.text, link.reason, link.score, shelf)


def _fact(fact: Fact, shelf: Shelf) -> dict[str, Any]:
    target = fact.object
    return _filled(
        subject=shelf.entities[fact.subject],
        relation=fact.relation,
        object=shelf.entities[target] if isinstance(target, str) else None,
        value=None if isinstance(target, str) else 1,
        modality=fact.modality,
        year=fact.year,
        evidence=len(fact.evidence) or None,
    )


def _evidence(evidence: Evidence, shelf: Shelf) -> Piece:
    return _piece(evidence.doc, evidence.span, evidence.quote, evidence.rule, evidence.score, shelf)


def _piece(doc: str, span: Span, quote: str, why: str, score: float, shelf: Shelf) -> Piece:
    """Say where words stand and why they were read so; the page finds the pieces of a fact by counting."""
    text, start, end = shelf.quote(doc, span, quote)
    document, section = shelf.documents.get(doc, -1), shelf.section(doc, span.start)
    return document, text, start, end, section, why, round(score, 3)


def _pieces(pieces: Sequence[Piece]) -> dict[str, Any]:
    return table(len(pieces), dict(zip(PIECE, zip(*pieces, strict=True), strict=True)) if pieces else {})


def _value(value: Value) -> dict[str, Any]:
    match value:
        case Status(name):
            return {"status": name}
        case Quantity():
            return {"text": value.text, "number": f"{value.value:f}", "unit": value.measured_in, "bound": value.bound}
        case Indicator(name, quantity, measure):
            return {"indicator": name, "measure": measure, **_value(quantity)}


def _filled(**named: Any) -> dict[str, Any]:
    """Leave out what says nothing; a zero says something."""
    return {name: value for name, value in named.items() if value not in (None, "", [], ())}


def default_title(documents: Iterable[Document]) -> str:
    """Name a page after its document, or tell how many there are."""
    titles = [document.title or document.id for document in documents]
    return titles[0] if len(titles) == 1 else f"{len(titles)} 份文件的知识图谱" if titles else "知识图谱"
