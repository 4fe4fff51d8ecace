"""Prove a knowledge graph from its sources: each quote must stand where its evidence says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from jintu.model import Document, Evidence, Fact, KnowledgeGraph, Link, Span
from jintu.rdf.literals import storable

GAZETTEER = "gazetteer"  # what the rule of evidence without a document starts with


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """Hold one thing that is wrong with a graph: where, and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def verify(
    knowledge: KnowledgeGraph, texts: Callable[[str], str | None], *, unnamed: Collection[str] = ()
) -> tuple[Violation, ...]:
    """Prove each quote of a knowledge graph; return what cannot be proved.

    ``texts`` gives the text of a document's id, or None where its source is gone or, if it is ``unnamed``, was not
    named.

    >>> paper = Document("甲", "", "甲", "甲.txt", sha256("锦凌水库。".encode()).hexdigest())
    >>> verify(KnowledgeGraph((paper,), (), (), ()), {"甲": "锦凌水库。"}.get)
    ()
    >>> print(*verify(KnowledgeGraph((paper,), (), (), ()), {"甲": "女儿河。"}.get))
    甲: the source has changed since the graph was built; build again
    """
    opened = {document.id: texts(document.id) for document in knowledge.documents}
    known = {entity.id for entity in knowledge.entities}
    gone = {doc for doc, text in opened.items() if text is None}
    lost = Counter(doc for doc in _quoted(knowledge) if doc in gone) if gone else Counter[str]()

    def papers(paper: Document) -> Iterable[Violation]:
        text = opened[paper.id]
        return [_unseen(paper, lost[paper.id], paper.id in unnamed)] if text is None else _document(paper, text)

    found = [
        *(wrong for paper in knowledge.documents for wrong in papers(paper)),
        *(wrong for link in knowledge.links for wrong in _link(link, opened, known)),
        *(wrong for fact in knowledge.facts for wrong in _fact(fact, opened, known)),
    ]
    return tuple(dict.fromkeys(found))


def prove(quotes: Iterable[tuple[str, Span, str]], text: str, *, offset: int = 0) -> Iterator[Violation]:
    """Yield what is not true of quotes, each with its document; ``text`` begins ``offset`` characters into that.

    >>> list(prove([("甲", Span(2, 4), "水库")], "锦凌水库。"))
    []
    """
    for doc, span, quote in quotes:
        moved = Span(span.start - offset, span.end - offset)
        if wrong := _misquotes(moved, quote, text):
            yield Violation(_where(doc, span), wrong)


def _quoted(knowledge: KnowledgeGraph) -> Iterator[str]:
    """Yield the document of each name and of each quote."""
    yield from (link.mention.doc for link in knowledge.links)
    yield from (evidence.doc for fact in knowledge.facts for evidence in fact.evidence)


def _unseen(document: Document, lost: int, unnamed: bool) -> Violation:
    why, hint = ("was not named", "name it too") if unnamed else ("is gone", "name where it is now")
    lacks = f"so that its {lost} names and quotes cannot be checked"
    return Violation(document.id, f"the source {document.source} {why}, {lacks}; {hint}")


def _document(document: Document, text: str) -> Iterator[Violation]:
    if sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != document.digest:
        yield Violation(document.id, "the source has changed since the graph was built; build again")
    else:
        for section in document.sections:
            if not 0 <= section.span.start <= section.span.end <= len(text):
                yield Violation(document.id, f'section "{section.title}" lies outside the text')


def _link(link: Link, opened: dict[str, str | None], known: set[str]) -> Iterator[Violation]:
    mention = link.mention
    if wrong := _differs(mention.doc, mention.span, mention.text, opened):
        yield Violation(_where(mention.doc, mention.span), wrong)
    if link.entity not in known:
        yield Violation(_where(mention.doc, mention.span), f"names {link.entity}, which is no entity of the graph")


def _fact(fact: Fact, opened: dict[str, str | None], known: set[str]) -> Iterator[Violation]:
    where = f"{fact.subject} {fact.relation} {fact.object if isinstance(fact.object, str) else '…'}"
    for end in (fact.subject, fact.object):
        if isinstance(end, str) and end not in known:
            yield Violation(where, f"{end} is no entity of the graph")
    if not fact.evidence:
        yield Violation(where, "has no evidence")
    for evidence in fact.evidence:
        yield from _evidence(where, evidence, opened)


def _evidence(where: str, evidence: Evidence, opened: dict[str, str | None]) -> Iterator[Violation]:
    if not evidence.doc and evidence.rule.startswith(GAZETTEER):
        return
    if wrong := _differs(evidence.doc, evidence.span, evidence.quote, opened):
        yield Violation(f"{where} ({_where(evidence.doc, evidence.span)})", wrong)


def _differs(doc: str, span: Span, quote: str, opened: dict[str, str | None]) -> str:
    """Say how a quote differs from its document; of a source that is gone enough is said with the document."""
    if doc not in opened:
        return "the document is not of the graph"
    text = opened[doc]
    return "" if text is None else _misquotes(span, quote, text)


def _misquotes(span: Span, quote: str, text: str) -> str:
    stands = storable(span.of(text))
    if not quote or not 0 <= span.start < span.end <= len(text):
        return "quotes nothing"
    return "" if stands == storable(quote) else f'the source reads "{stands[:40]}" where "{quote[:40]}" is quoted'


def _where(doc: str, span: Span) -> str:
    return f"{doc}:{span.start}-{span.end}"
