"""Compare what two graphs say of one thing, relation by relation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from jintu.compare.changes import Change, Group, How, Quote, Side, Sort
from jintu.compare.things import Thing
from jintu.ledger.stages import rank
from jintu.ledger.words import words
from jintu.model import Evidence, Fact, Indicator, Measure, Modality, Quantity, Relation, Status

BOTH_WAYS = ((Modality.PLANNED, Modality.STATED), (Modality.STATED, Modality.PLANNED))
K = TypeVar("K")
Things = Mapping[str, Thing]
Pairs = Iterator[tuple[Fact, Fact]]


class Slot(NamedTuple):
    """Hold what facts share that can be compared; ``of`` is the unit of an amount, or the other thing's ids.

    A sum or a mean of several years is compared with others alone.
    """

    relation: Relation
    aspect: str
    measure: Measure | None
    of: tuple[str, ...]
    is_summed: bool = False


def compare_facts(thing: Thing, before: Iterable[Fact], after: Iterable[Fact], known: Things) -> Iterator[Change]:
    """Yield what came, went and changed among the facts of one thing.

    The same value is no change, though it is said for another year, unless the same document says it. What is
    left is paired in this order: a plan and the same value stated; two values for one year; the latest of both.
    """
    ours, theirs = _by_slot(before, known), _by_slot(after, known)
    for slot in sorted({*ours, *theirs}, key=lambda slot: (slot.aspect, slot.measure or "", slot.of, slot.is_summed)):
        for one, other in _pairs(ours.get(slot, []), theirs.get(slot, [])):
            yield _change(thing, slot, one, other, known)


def quote_of(evidence: Evidence) -> Quote:
    """Return the words of a piece of evidence."""
    return Quote(evidence.doc, evidence.span.start, evidence.span.end, evidence.quote)


def _by_slot(facts: Iterable[Fact], known: Things) -> Mapping[Slot, list[Fact]]:
    slots: dict[Slot, list[Fact]] = defaultdict(list)
    for fact in facts:
        slots[_slot(fact, known)].append(fact)
    return {slot: sorted(found, key=_age) for slot, found in slots.items()}


def _slot(fact: Fact, known: Things) -> Slot:
    match fact.object:
        case Indicator(name, quantity, measure):
            is_summed = any(words().sums.search(piece.quote) for piece in fact.evidence)
            return Slot(fact.relation, name, measure, (quantity.measured_in,), is_summed)
        case Quantity():
            return Slot(fact.relation, fact.relation, None, (fact.object.measured_in,))
        case Status():
            return Slot(fact.relation, fact.relation, None, ())
    return Slot(fact.relation, fact.relation, None, known[fact.object].ids if fact.object in known else (fact.object,))


def _pairs(ours: Sequence[Fact], theirs: Sequence[Fact]) -> Iterator[tuple[Fact | None, Fact | None]]:
    """Yield what differs: pairs of facts, and facts of one side alone."""
    shared = {_key(fact) for fact in ours} & {_key(fact) for fact in theirs}
    for key in sorted(shared):
        yield from _dated(_of(ours, key), _of(theirs, key))
    ours = [fact for fact in ours if _key(fact) not in shared]
    theirs = [fact for fact in theirs if _key(fact) not in shared]
    for match in STEPS:
        for one, other in tuple(match(ours, theirs)):
            ours, theirs = _without(ours, one), _without(theirs, other)
            yield one, other
    yield from ((fact, None) for fact in ours)
    yield from ((None, fact) for fact in theirs)


def _dated(ours: Sequence[Fact], theirs: Sequence[Fact]) -> Pairs:
    """Yield the same value that one document says for another year than before."""
    docs = [{piece.doc for fact in side for piece in fact.evidence} for side in (ours, theirs)]
    if {fact.year for fact in ours} != {fact.year for fact in theirs} and docs[0] & docs[1]:
        yield ours[-1], theirs[-1]


def _carried_out(ours: Sequence[Fact], theirs: Sequence[Fact]) -> Pairs:
    """Pair a plan with the same value stated, and the other way round."""
    for way in BOTH_WAYS:
        first, second = (_grouped(side, _value) for side in (_in(ours, way[0]), _in(theirs, way[1])))
        for value in sorted(first.keys() & second.keys()):
            yield from zip(first[value], second[value], strict=False)


def _revised(ours: Sequence[Fact], theirs: Sequence[Fact]) -> Pairs:
    """Pair two values for one year, where each side has one."""
    first, second = (_grouped(side, lambda fact: (fact.year or 0, fact.modality)) for side in (ours, theirs))
    for when in sorted(first.keys() & second.keys()):
        if len(first[when]) == len(second[when]) == 1:
            yield first[when][0], second[when][0]


def _latest(ours: Sequence[Fact], theirs: Sequence[Fact]) -> Pairs:
    """Pair the latest values that are stated, and the latest that are planned."""
    for modality in Modality:
        first, second = _in(ours, modality), _in(theirs, modality)
        if first and second:
            yield first[-1], second[-1]


STEPS: tuple[Callable[[Sequence[Fact], Sequence[Fact]], Pairs], ...] = (_carried_out, _revised, _latest)


def _change(thing: Thing, slot: Slot, one: Fact | None, other: Fact | None, known: Things) -> Change:
    before, after = _side(one, known), _side(other, known)
    how = _how(one, other) if one and other else How.NONE
    sort = Sort.CHANGED if one and other else Sort.GONE if one else Sort.CAME
    group = Group.INDICATOR if slot.relation is Relation.INDICATOR else Group.FACT
    return Change(thing.ids[0], thing.label, thing.kind, group, slot.aspect, slot.measure, sort, how, before, after)


def _side(fact: Fact | None, known: Things) -> Side | None:
    if fact is None:
        return None
    quotes = tuple(sorted({quote_of(piece) for piece in fact.evidence}))
    return Side(_written(fact, known), quotes, fact.year, fact.modality)


def _written(fact: Fact, known: Things) -> str:
    match fact.object:
        case Indicator(_, quantity):
            return quantity.text
        case Quantity(text):
            return text
        case Status(name):
            return name
    return known[fact.object].label if fact.object in known else fact.object


def _how(one: Fact, other: Fact) -> How:
    if one.modality is not other.modality:
        return How.BECAME_SO if other.modality is Modality.STATED else How.PLANNED_AGAIN
    if _value(one) == _value(other):
        return How.DATED
    before, after = _weight(one), _weight(other)
    if before == after:
        return How.REWORDED
    if isinstance(one.object, Status):
        return How.MOVED_ON if before < after else How.WENT_BACK
    return How.ROSE if before < after else How.FELL


def _weight(fact: Fact) -> Decimal:
    """Return how far a stage goes, or how much an amount is."""
    match fact.object:
        case Indicator(_, quantity):
            return quantity.value
        case Quantity():
            return fact.object.value
        case Status(name):
            return Decimal(rank(name))
    return Decimal(0)


def _value(fact: Fact) -> str:
    """Return a text that is the same for equal values alone: bounds count, the way of writing does not."""
    match fact.object:
        case Indicator(_, quantity):
            return f"{quantity.value.normalize()} {quantity.bound}"
        case Quantity():
            return f"{fact.object.value.normalize()} {fact.object.bound}"
        case Status(name):
            return name
    return ""  # the other thing is part of the slot


def _key(fact: Fact) -> tuple[str, Modality]:
    return _value(fact), fact.modality


def _age(fact: Fact) -> tuple[int, Decimal, str, Modality]:
    return fact.year or 0, _weight(fact), _value(fact), fact.modality


def _of(facts: Iterable[Fact], key: tuple[str, Modality]) -> list[Fact]:
    return [fact for fact in facts if _key(fact) == key]


def _in(facts: Iterable[Fact], modality: Modality) -> list[Fact]:
    return [fact for fact in facts if fact.modality is modality]


def _without(facts: Sequence[Fact], taken: Fact) -> Sequence[Fact]:
    return [fact for fact in facts if fact is not taken]


def _grouped(facts: Iterable[Fact], by: Callable[[Fact], K]) -> dict[K, list[Fact]]:
    groups: dict[K, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[by(fact)].append(fact)
    return groups
