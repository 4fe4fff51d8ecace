"""Say in plain lists and dictionaries what the page shows."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from jintu.html.picture import SHAPES, picture
from jintu.html.spelling import readings
from jintu.html.windows import Windows, utf16, windows
from jintu.model import (
    Bound,
    Document,
    Entity,
    Evidence,
    Fact,
    Indicator,
    Kind,
    KnowledgeGraph,
    Link,
    Measure,
    Modality,
    Quantity,
    Relation,
    Span,
    Status,
    Value,
)

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
BOUNDS = {Bound.EXACT: "", Bound.LOWER: "不少于", Bound.UPPER: "不超过", Bound.ABOUT: "约"}
MEASURES = {Measure.LEVEL: "水平", Measure.CHANGE: "变化"}


def payload(knowledge: KnowledgeGraph, title: str) -> dict[str, Any]:
    """Return all that the page needs, ready for JSON."""
    shelf = Shelf(knowledge)
    return {
        "title": title,
        "words": {
            "kinds": KINDS,
            "relations": RELATIONS,
            "modalities": MODALITIES,
            "bounds": BOUNDS,
            "measures": MEASURES,
            "shapes": SHAPES,
        },
        "documents": [_document(document) for document in knowledge.documents],
        "entities": [_entity(entity, shelf) for entity in knowledge.entities],
        "facts": [_fact(fact, shelf) for fact in knowledge.facts],
        "texts": shelf.texts,
        "pinyin": readings(name for entity in knowledge.entities for name in (entity.label, *entity.aliases)),
        "graph": picture(knowledge),
    }


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
        self._starts = {d.id: [section.span.start for section in d.sections] for d in knowledge.documents}
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
        return first + number, *utf16(self.texts[first + number], inside)

    def section(self, doc: str, offset: int) -> str:
        """Return the title of the section that an offset stands in."""
        if doc not in self._sources:
            return ""
        number = bisect_right(self._starts[doc], offset) - 1
        return self._sources[doc].sections[number].title if number >= 0 else ""

    def _holds(self, doc: str, span: Span, quote: str) -> bool:
        return doc in self._sources and bool(quote) and span.of(self._sources[doc].text) == quote

    def _spans(self, knowledge: KnowledgeGraph) -> dict[str, list[Span]]:
        spans: dict[str, list[Span]] = defaultdict(list)
        for fact in knowledge.facts:
            for evidence in fact.evidence:
                if self._holds(evidence.doc, evidence.span, evidence.quote):
                    spans[evidence.doc].append(evidence.span)
        for links in self.mentions.values():
            for mention in (link.mention for link in links[:MENTIONS]):
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
        mentioned=len(links),
        mentions=[_mention(link, shelf) for link in links[:MENTIONS]],
    )


def _mention(link: Link, shelf: Shelf) -> list[Any]:
    mention = link.mention
    where = shelf.quote(mention.doc, mention.span, mention.text)
    section = shelf.section(mention.doc, mention.span.start)
    return [shelf.documents.get(mention.doc, -1), *where, section, link.reason, round(link.score, 3)]


def _fact(fact: Fact, shelf: Shelf) -> dict[str, Any]:
    target = fact.object
    return _filled(
        subject=shelf.entities[fact.subject],
        relation=fact.relation,
        object=shelf.entities[target] if isinstance(target, str) else None,
        value=None if isinstance(target, str) else _value(target),
        modality=fact.modality,
        year=fact.year,
        evidence=[_evidence(evidence, shelf) for evidence in fact.evidence],
    )


def _evidence(evidence: Evidence, shelf: Shelf) -> list[Any]:
    document = shelf.documents.get(evidence.doc, -1)
    where = shelf.quote(evidence.doc, evidence.span, evidence.quote)
    section = shelf.section(evidence.doc, evidence.span.start)
    return [document, *where, section, evidence.rule, round(evidence.score, 3)]


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
