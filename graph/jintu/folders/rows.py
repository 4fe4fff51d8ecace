"""Write values as rows of plain JSON and read them back: what a build keeps cannot run anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from sys import intern
from typing import Any

from jintu.link.aliases import Bearer, Merge, Pair, Reach
from jintu.link.amend import Spoken
from jintu.link.buckets import Apart, Matched, Reaching
from jintu.link.census import Form, Share
from jintu.link.entities import Move, Moves
from jintu.link.groups import Group, Key
from jintu.link.join import Inside
from jintu.link.lift import Said
from jintu.model import (
    Bound,
    Claim,
    Document,
    Entity,
    Evidence,
    Indicator,
    Kind,
    Measure,
    Mention,
    Modality,
    OwnPlace,
    Participant,
    Quantity,
    Relation,
    Section,
    Span,
    Status,
    Value,
    replace,
)
from jintu.readings import decoder, encoder

Row = list[Any]

_KINDS = {kind.value: kind for kind in Kind}
_RELATIONS = {relation.value: relation for relation in Relation}
_MODALITIES = {modality.value: modality for modality in Modality}
OWN = -1  # in place of a mention's number: the report's own place


def document_row(document: Document) -> Row:
    """Write a document without its text, which is kept elsewhere."""
    row: Row = encoder(Document)(replace(document, text=""))
    return row


def document_of(row: Row, text: str = "") -> Document:
    """Read a document."""
    document: Document = decoder(Document)(row)
    return replace(document, text=text)


def section_row(section: Section) -> Row:
    """Write a section of a document."""
    row: Row = encoder(Section)(section)
    return row


def section_of(row: Row) -> Section:
    """Read a section of a document."""
    section: Section = decoder(Section)(row)
    return section


def mention_row(mention: Mention, offset: int) -> Row:
    """Write a mention; ``offset`` is where its stretch begins in the document."""
    m = mention
    return [m.span.start + offset, m.span.end + offset, m.text, m.kind, m.nested, m.score, m.rule]


def mention_of(doc: str, row: Sequence[Any]) -> Mention:
    """Read a mention of a document."""
    start, end, text, kind, nested, score, rule = row
    return Mention(doc, Span(start, end), text, _KINDS[kind], nested, score, rule)


def claim_rows(claims: Iterable[Claim], mentions: Sequence[Mention], offset: int) -> Iterator[Row]:
    """Write claims, mentions by their number; one about what is no mention states nothing and is left out."""
    numbers = {mention: number for number, mention in enumerate(mentions)}
    for claim in claims:
        subject = _participant_row(claim.subject, numbers)
        thing = claim.object
        named = isinstance(thing, Mention | OwnPlace)
        object_ = _participant_row(thing, numbers) if isinstance(thing, Mention | OwnPlace) else value_row(thing)
        if subject is not None and object_ is not None:
            evidence = evidence_row(claim.evidence, offset)
            yield [subject, claim.relation, named, object_, claim.modality, claim.year, evidence]


def _participant_row(participant: Participant, numbers: Mapping[Mention, int]) -> int | None:
    return OWN if isinstance(participant, OwnPlace) else numbers.get(participant)


def claim_of(document: Document, row: Row, mentions: Sequence[Mention]) -> Claim:
    """Read a claim of a document."""
    subject, relation, named, thing, modality, year, evidence = row
    return Claim(
        _participant_of(document, subject, mentions),
        _RELATIONS[relation],
        _participant_of(document, thing, mentions) if named else value_of(thing),
        _MODALITIES[modality],
        year,
        evidence_of(document.id, evidence),
    )


def _participant_of(document: Document, number: int, mentions: Sequence[Mention]) -> Participant:
    return OwnPlace(document.id, document.place or "") if number == OWN else mentions[number]


def evidence_row(evidence: Evidence, offset: int = 0) -> Row:
    """Write a piece of evidence."""
    span = evidence.span
    return [span.start + offset, span.end + offset, evidence.quote, evidence.rule, evidence.score]


def evidence_of(doc: str, row: Row) -> Evidence:
    """Read a piece of evidence from a document."""
    start, end, quote, rule, score = row
    return Evidence(doc, Span(start, end), quote, rule, score)


def value_row(value: Value) -> Row:
    """Write a value: a status, an amount, or an indicator's figure."""
    match value:
        case Status(name):
            return [name]
        case Indicator(name, quantity, measure):
            return [name, measure, *value_row(quantity)]
        case Quantity():
            return [value.text, value.number, value.unit, str(value.value), value.measured_in, value.bound]


def value_of(row: Row) -> Value:
    """Read a value.

    >>> value_of(value_row(Status("开工")))
    Status(name='开工')
    """
    if len(row) == 1:
        return Status(row[0])
    text, number, unit, exact, code, bound = row[-6:]
    quantity = Quantity(text, number, unit, Decimal(exact), code, Bound(bound))
    return quantity if len(row) == 6 else Indicator(row[0], quantity, Measure(row[1]))


def said_row(said: Said) -> Row:
    """Write what a document states of an entity, with its evidence."""
    (subject, relation, thing, modality, year), evidence = said
    return [
        subject,
        relation,
        thing if isinstance(thing, str) else value_row(thing),
        modality,
        year,
        evidence_row(evidence),
    ]


def said_of(doc: str, row: Row) -> Said:
    """Read what a document states."""
    subject, relation, thing, modality, year, evidence = row
    object_ = thing if isinstance(thing, str) else value_of(thing)
    return (subject, _RELATIONS[relation], object_, _MODALITIES[modality], year), evidence_of(doc, evidence)


def share_row(share: Share) -> Row:
    """Write what a region sees of a document."""
    forms = [[*form.key, form.kind, form.kinds, form.text, form.full] for form in share.forms]
    return [share.doc, share.place, forms, share.counts, share.pairs]


def share_of(row: Row) -> Share:
    """Read what a region sees of a document."""
    doc, place, forms, counts, pairs = row
    return Share(doc, place, tuple(map(_form, forms)), tuple(counts), tuple(map(_pair, pairs)))


def _form(row: Row) -> Form:
    """Read a form; what is written alike is kept once, since a region may hold a million of them."""
    scope, rest, family, kind, kinds, text, full = row
    full = text if full == text else full
    key = Key(intern(scope), full if rest == full else rest, intern(family))
    return Form(key, _KINDS[kind], tuple(_KINDS[name] for name in kinds), text, full)


def group_row(group: Group) -> Row:
    """Write the mentions of one name in brief."""
    return [*group.key, group.kind, group.times, group.fulls, group.texts]


def group_of(row: Row) -> Group:
    """Read the mentions of one name in brief."""
    scope, rest, family, kind, count, fulls, texts = row
    counted = tuple((full, times) for full, times in fulls)
    return Group(Key(scope, rest, family), _KINDS[kind], count, counted, tuple(texts))


def reaching_row(reaching: Reaching) -> Row:
    """Write what one region puts into one bucket."""
    return [reaching.reaches, reaching.bearers, reaching.shorts, reaching.longs, reaching.spoken]


def reaching_of(row: Row) -> Reaching:
    """Read what one region puts into one bucket."""
    reaches, bearers, shorts, longs, spoken = row
    return Reaching(
        tuple(Reach(Key(*short), Key(*long), _KINDS[kind]) for short, long, kind in reaches),
        tuple(Bearer(rest, family, scope, _KINDS[kind], bare) for rest, family, scope, kind, bare in bearers),
        tuple(map(_pair, shorts)),
        tuple(map(_pair, longs)),
        tuple(Spoken(line, side, Key(*key)) for line, side, key in spoken),
    )


def _pair(row: Row) -> Pair:
    short, long, full = row
    return Pair(Key(*short), Key(*long), full)


def merge_of(row: Row) -> Merge:
    """Read a merge."""
    rank, short, long, reason = row
    return Merge(rank, Key(*short), Key(*long), reason)


def matched_row(matched: Matched) -> Row:
    """Write merges and what must stay apart."""
    return [matched.merges, matched.apart]


def matched_of(row: Row) -> Matched:
    """Read merges and what must stay apart."""
    merges, apart = row
    return Matched(tuple(map(merge_of, merges)), tuple(map(_apart, apart)))


def _apart(row: Row) -> Apart:
    one, other = row
    return Key(*one), Key(*other)


def inside_row(inside: Inside) -> Row:
    """Write what was matched within one region."""
    return [inside.merges, inside.apart, inside.ends]


def inside_of(row: Row) -> Inside:
    """Read what was matched within one region."""
    merges, apart, ends = row
    return Inside(tuple(map(merge_of, merges)), tuple(map(_apart, apart)), tuple(Key(*key) for key in ends))


def moves_row(moves: Moves) -> Row:
    """Write what leaves a region and what comes to it."""
    return [moves.leaving, [[root, group_row(group)] for root, group in moves.coming]]


def moves_of(row: Row) -> Moves:
    """Read what leaves a region and what comes to it."""
    leaving, coming = row
    return Moves(tuple(map(move_of, leaving)), tuple((Key(*root), group_of(group)) for root, group in coming))


def move_of(row: Row) -> Move:
    """Read a move."""
    key, root, reason, id = row
    return Move(Key(*key), Key(*root), reason, id)


def entity_row(entity: Entity) -> Row:
    """Write an entity."""
    row: Row = encoder(Entity)(entity)
    return row


def entity_of(row: Row) -> Entity:
    """Read an entity.

    >>> lake = Entity("place/210700/锦凌水库", Kind.PLACE, "锦凌水库", ("水库",))
    >>> entity_of(entity_row(lake)) == lake
    True
    """
    entity: Entity = decoder(Entity)(row)
    return entity
