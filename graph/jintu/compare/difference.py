"""Compare two graphs: things first, then what is said of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from jintu.compare.changes import Change, Difference, Group, How, Outline, Quote, Side, Sort
from jintu.compare.facts import compare_facts, quote_of
from jintu.compare.things import Thing, things
from jintu.errors import JintuError
from jintu.model import Entity, Fact, KnowledgeGraph, Link, Span, replace

TURNS = (Sort.CHANGED, Sort.CAME, Sort.GONE)


def difference(before: KnowledgeGraph, after: KnowledgeGraph) -> Difference:
    """Return all that is different between two graphs; nothing where they say the same.

    What the gazetteer says (a county lies in its prefecture) is no document's word and is left out.

    >>> empty = KnowledgeGraph((), (), (), ())
    >>> difference(empty, empty).changes
    ()
    """
    found = things(before, after)
    known = {entity.id: thing for thing in found for entity in (*thing.before, *thing.after)}
    spoken = _by_thing(before, known), _by_thing(after, known)
    shown = _mentions(before), _mentions(after)
    changes: list[Change] = []
    for thing in found:
        ours, theirs = (facts.get(thing.ids, []) for facts in spoken)
        changes += _of_thing(thing, (ours, theirs), shown)
        changes += compare_facts(thing, ours, theirs, known)
    return Difference(_outline(before), _outline(after), tuple(_in_order(changes)))


def of_year(knowledge: KnowledgeGraph, year: int) -> KnowledgeGraph:
    """Return what the documents of a year say.

    Raises:
        JintuError: if no document of the graph is of that year.
    """
    documents = tuple(document for document in knowledge.documents if document.year == year)
    if not documents:
        known = sorted({document.year for document in knowledge.documents if document.year})
        raise JintuError(f"no document of the graph is of {year}; it holds {', '.join(map(str, known)) or 'no years'}")
    docs = {document.id for document in documents}
    links = tuple(link for link in knowledge.links if link.mention.doc in docs)
    kept = (tuple(piece for piece in fact.evidence if piece.doc in docs) for fact in knowledge.facts)
    said = (replace(fact, evidence=pieces) for fact, pieces in zip(knowledge.facts, kept, strict=True))
    return KnowledgeGraph(documents, knowledge.entities, links, tuple(fact for fact in said if fact.evidence))


def _outline(knowledge: KnowledgeGraph) -> Outline:
    said = [fact for fact in knowledge.facts if any(piece.doc for piece in fact.evidence)]
    named = {link.entity for link in knowledge.links}
    return Outline(knowledge.documents, len(named), len(said))


def _by_thing(knowledge: KnowledgeGraph, known: Mapping[str, Thing]) -> Mapping[tuple[str, ...], list[Fact]]:
    facts: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in knowledge.facts:
        said = tuple(piece for piece in fact.evidence if piece.doc)
        if said and fact.subject in known:
            facts[known[fact.subject].ids].append(replace(fact, evidence=said))
    return facts


def _mentions(knowledge: KnowledgeGraph) -> Mapping[str, Link]:
    """Return the first mention of each entity."""
    first: dict[str, Link] = {}
    for link in sorted(knowledge.links, key=lambda link: (link.mention.doc, link.mention.span)):
        first.setdefault(link.entity, link)
    return first


def _of_thing(
    thing: Thing, facts: tuple[list[Fact], list[Fact]], shown: tuple[Mapping[str, Link], Mapping[str, Link]]
) -> Iterator[Change]:
    """Yield the change of a thing itself: that it came, went, or is called or parted otherwise."""
    how = _how(thing)
    if thing.before and thing.after and how is How.NONE:
        return
    before = _side(thing.before, facts[0], shown[0])
    after = _side(thing.after, facts[1], shown[1])
    sort = Sort.CHANGED if before and after else Sort.CAME if after else Sort.GONE
    yield Change(thing.ids[0], thing.label, thing.kind, Group.ENTITY, "", None, sort, how, before, after)


def _how(thing: Thing) -> How:
    """Say how a thing of both graphs changed; one that a single graph names did not."""
    if not thing.before or not thing.after or thing.before_ids == thing.after_ids:
        return How.NONE
    if len(thing.before) != len(thing.after):
        return How.MERGED if len(thing.before) > len(thing.after) else How.PARTED
    same_names = {entity.label for entity in thing.before} == {entity.label for entity in thing.after}
    return How.KIND if same_names else How.RENAMED


def _side(entities: tuple[Entity, ...], facts: Iterable[Fact], shown: Mapping[str, Link]) -> Side | None:
    """Return what one graph calls a thing, with the words of its first mention or first fact."""
    if not entities:
        return None
    said = "、".join(dict.fromkeys(f"{entity.label} ({entity.kind.value})" for entity in entities))
    links = sorted((shown[entity.id] for entity in entities if entity.id in shown), key=_place_of)
    around = sorted(quote_of(piece) for fact in facts for piece in fact.evidence)
    quotes = [_around(link, around) for link in links] or around[:1]
    return Side(said, tuple(dict.fromkeys(quotes)))


def _around(link: Link, quotes: Iterable[Quote]) -> Quote:
    """Return the first quote of a fact that holds a mention, else the mention's own words."""
    mention = link.mention
    own = Quote(mention.doc, mention.span.start, mention.span.end, mention.text)
    holds = (q for q in quotes if q.doc == own.doc and q.start <= own.start and own.end <= q.end)
    return next(holds, own)


def _place_of(link: Link) -> tuple[str, Span]:
    return link.mention.doc, link.mention.span


def _in_order(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield the changes thing by thing: what changed before what came and what went, the most changed first."""
    things: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        things[change.id].append(change)
    for _, of_thing in sorted(things.items(), key=lambda item: (_turn(item[1]), -len(item[1]), item[0])):
        yield from sorted(of_thing, key=_order)


def _turn(of_thing: Iterable[Change]) -> int:
    """Return the turn of a thing: first what both graphs name."""
    return next((TURNS.index(change.sort) for change in of_thing if change.group is Group.ENTITY), 0)


def _order(change: Change) -> tuple[object, ...]:
    """Sort the change of the thing itself first, then what changed, by what it is about and what is said."""
    sides = tuple(_said(side) for side in (change.before, change.after))
    turn, measure = TURNS.index(change.sort), change.measure or ""
    return bool(change.aspect), turn, change.group, change.aspect, measure, sides


def _said(side: Side | None) -> tuple[int, str, str, tuple[Quote, ...]]:
    return (side.year or 0, side.modality, side.said, side.quotes) if side else (0, "", "", ())
