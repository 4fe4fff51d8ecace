"""See each mention of a document as a name of something: a division, or a name in a scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jintu.divisions import Division, Divisions, Level
from jintu.link.context import Context, context_of
from jintu.link.groups import Key
from jintu.link.naming import Handle, Namer, plain
from jintu.link.places import FROM_CONTEXT, Choice, Hints, Placer, list_level
from jintu.model import Document, Kind, Mention, Reading, Relation, Span, Struct
from jintu.regions import NOWHERE

DIVISION = "division"  # the family of names that mean a division; their scope is its code
THING = "thing"
# One name of one scope is one thing whatever its kind, in these; a park under construction is a project first.
THINGS = (Kind.PLACE, Kind.INSTITUTION, Kind.PROJECT, Kind.PROGRAMME)
FAMILIES = {kind: THING if kind in THINGS else kind.value for kind in Kind}
BETWEEN = ("、", "和", "与", "及", "以及")  # what stands between the members of a list
ACTORS = frozenset({Kind.PLACE, Kind.INSTITUTION})
WORKS = frozenset({Kind.PROJECT, Kind.PROGRAMME})
SUBJECTS: dict[Relation, frozenset[Kind]] = {
    Relation.STATUS: WORKS | ACTORS,  # a hospital is put to use, a park is in building
    Relation.INVESTMENT: WORKS | ACTORS,
    Relation.HOSTS: ACTORS,
    Relation.IMPLEMENTS: ACTORS,
    Relation.AIDS: ACTORS,
    Relation.INDICATOR: frozenset({Kind.PLACE}),
}
OBJECTS: dict[Relation, frozenset[Kind]] = {
    Relation.LOCATED_IN: frozenset({Kind.PLACE}),
    Relation.IMPLEMENTS: WORKS,
    Relation.AIDS: ACTORS,
}
ANY: frozenset[Kind] = frozenset()  # of mentions whose claims allow any kind
NAMED, LEFT_OPEN = 1.0, 0.5
LEAST_MENTIONS, LEAST_SHARE = 2, 2 / 3  # of a region among the places of a document that has none of its own


class Sighting(Struct, frozen=True, gc=False):
    """Hold what a mention was seen as; ``kinds`` are those that its claims allow, none where all do."""

    mention: Mention
    kind: Kind
    key: Key
    full: str
    reason: str
    score: float
    kinds: frozenset[Kind] = ANY


def sightings(
    reading: Reading, named: Iterable[tuple[Mention, Kind]], placer: Placer, namer: Namer
) -> Iterator[Sighting]:
    """Yield a sighting of each mention with its kind, in the order of the text."""
    context = context_of(reading.document, placer.divisions)
    kinds = ((mention, _kind(mention, kind, context, placer)) for mention, kind in named)
    ordered = sorted(kinds, key=lambda pair: (pair[0].span.start, pair[0].span.end, pair[1]))
    places = [mention for mention, kind in ordered if kind is Kind.PLACE]
    choices = _choices(places, reading.document, context, placer)
    if not context.own and (region := _region(choices.values(), placer.divisions)):
        context = Context(placer.divisions.chain(region.code, year=context.year), context.year)
        choices = _choices(places, reading.document, context, placer)
    needs = _needs(reading)
    before = {span.end: choice.division for span, choice in choices.items() if choice.division}
    for mention, kind in ordered:
        choice = choices.get(mention.span) if kind is Kind.PLACE else None
        if choice and namer.is_national(mention.text) and not _is_rather_local(choice, context):
            choice = None
        if choice and choice.division:
            key = Key(choice.division.code, "", DIVISION)
            yield Sighting(mention, Kind.PLACE, key, choice.division.name, choice.reason, choice.score)
            continue
        handle = _left_open(mention, choice, context) if choice else namer(mention.text, kind, context)
        if kind is Kind.INSTITUTION and (place := before.get(mention.span.start)):
            handle = namer.after(handle, place, context)
        key = Key(handle.scope, handle.rest, FAMILIES[kind])
        score = LEFT_OPEN if choice else NAMED
        yield Sighting(mention, kind, key, handle.full, handle.reason, score, needs.get(mention, ANY))


def _kind(mention: Mention, kind: Kind, context: Context, placer: Placer) -> Kind:
    """Take the bare name of a place that the document's own is, lies in or holds for the place and no body of it."""
    if kind not in (Kind.INSTITUTION, Kind.PROJECT) or mention.text not in placer.divisions:
        return kind
    choice = placer(mention.text, context)
    found = choice.division if choice else None
    own = context.own
    is_own = found in context.chain or bool(found and own and found.level <= Level.COUNTY and found.parent == own.code)
    return Kind.PLACE if is_own else kind


def _region(choices: Iterable[Choice], divisions: Divisions) -> Division | None:
    """Return the prefecture in which most places of a document without an own place lie, if one stands out."""
    codes = [
        choice.division.code for choice in choices if choice.division and choice.division.level >= Level.PREFECTURE
    ]
    counts = Counter(code[:4] for code in codes)
    code, count = min(counts.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    if count < LEAST_MENTIONS or count < LEAST_SHARE * len(codes):
        return None
    return divisions.at(code + "00") or divisions.at(code[:2] + "0000")


def _is_rather_local(choice: Choice, context: Context) -> bool:
    """Tell whether a name of the whole country is a division here: by what stands around it, or a county of the
    own prefecture; a district that a river or a region gave its name is rather the river.
    """
    own, place = context.own, choice.division
    near = own and place and own.level >= Level.PREFECTURE and place.code[:4] == own.code[:4]
    return choice.score == FROM_CONTEXT or bool(near and place and not place.name.endswith("区"))


def _left_open(mention: Mention, choice: Choice, context: Context) -> Handle:
    return Handle(context.scope, plain(mention.text), mention.text, choice.reason)


def _needs(reading: Reading) -> dict[Mention, frozenset[Kind]]:
    """Say which kinds a mention may be of, by what its claims say of it."""
    needs: dict[Mention, frozenset[Kind]] = {}
    for claim in reading.claims:
        for participant, allowed in ((claim.subject, SUBJECTS), (claim.object, OBJECTS)):
            if isinstance(participant, Mention) and claim.relation in allowed:
                kinds = allowed[claim.relation]
                needs[participant] = needs.get(participant, kinds) & kinds
    return needs


def _choices(places: Sequence[Mention], document: Document, context: Context, placer: Placer) -> dict[Span, Choice]:
    """Choose divisions twice: what is open at first may be named in full elsewhere in the document."""
    levels = dict(_list_levels(places, document.text, context, placer))
    first = dict(_choose(places, levels, frozenset(), context, placer))
    known = frozenset(choice.division.code for choice in first.values() if choice.division)
    still_open = any(choice.division is None for choice in first.values())
    return dict(_choose(places, levels, known, context, placer)) if still_open else first


def _choose(
    places: Sequence[Mention],
    levels: Mapping[Span, Level],
    known: frozenset[str],
    context: Context,
    placer: Placer,
) -> Iterator[tuple[Span, Choice]]:
    before: dict[int, Division] = {}  # the division whose name ends at an offset
    for mention in places:
        hints = Hints(levels.get(mention.span), before.get(mention.span.start), known)
        choice = placer(mention.text, context, hints)
        if choice:
            yield mention.span, choice
        if choice and choice.division:
            before[mention.span.end] = choice.division


def _list_levels(
    places: Sequence[Mention], text: str, context: Context, placer: Placer
) -> Iterator[tuple[Span, Level]]:
    """Yield the level of each name that stands in a list of divisions of one level."""
    for members in _lists(places, text):
        level = list_level([placer.candidates(mention.text, context) for mention in members])
        if level is not None:
            yield from ((mention.span, level) for mention in members)


def _lists(places: Sequence[Mention], text: str) -> Iterator[list[Mention]]:
    members: list[Mention] = []
    for mention in places:
        if members and text[members[-1].span.end : mention.span.start] not in BETWEEN:
            yield members
            members = []
        members.append(mention)
    if members:
        yield members


def own_id(name: str) -> str:
    """Return the id of a document's own place that is no division."""
    return f"place/{NOWHERE}/{name}"
