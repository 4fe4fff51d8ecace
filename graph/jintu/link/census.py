"""Count the ways in which a document names things: what linking sees of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jintu.link.aliases import Pair, short_names
from jintu.link.groups import Group, Key, fullest_first
from jintu.link.sightings import Sighting
from jintu.model import Kind, Struct
from jintu.regions import region_of


class Form(Struct, frozen=True, gc=False, order=True, cache_hash=True):
    """Hold one way of naming one thing: its key and kind, the kinds that claims allow, as written and written out."""

    key: Key
    kind: Kind
    kinds: tuple[Kind, ...]
    text: str
    full: str


@dataclass(frozen=True, slots=True)
class Share:
    """Hold what one region sees of a document: its forms and how often each stands there.

    ``pairs`` are the short names of the document with the long ones of other scopes, where the region has either.
    """

    doc: str
    place: str | None
    forms: tuple[Form, ...]
    counts: tuple[int, ...]
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Census:
    """Hold the shares of a document by region, sorted, and the names in the user's corrections that it holds."""

    doc: str
    shares: Mapping[str, Share]
    met: tuple[str, ...] = ()

    def numbers(self) -> dict[Form, int]:
        """Number the forms, region after region."""
        forms = (form for share in self.shares.values() for form in share.forms)
        return {form: number for number, form in enumerate(forms)}


def form_of(sighting: Sighting) -> Form:
    """Return the form in which a mention was seen."""
    kinds = tuple(sorted(sighting.kinds)) if sighting.kinds else ()
    return Form(sighting.key, sighting.kind, kinds, sighting.mention.text, sighting.full)


def census(doc: str, place: str | None, counts: Mapping[Form, int], *, met: Iterable[str] = ()) -> Census:
    """Sort the forms of one document, of which ``counts`` says how often each stands there."""
    regions: dict[str, list[Form]] = defaultdict(list)
    for form in sorted(counts):
        regions[region_of(form.key.scope)].append(form)
    pairs = pairs_by_region(counts)
    shares = {
        region: Share(doc, place, tuple(forms), tuple(counts[form] for form in forms), tuple(pairs.get(region, ())))
        for region, forms in sorted(regions.items())
    }
    return Census(doc, shares, tuple(sorted(set(met))))


def pairs_by_region(forms: Iterable[Form]) -> Mapping[str, Sequence[Pair]]:
    """Pair the short names among forms of a document with the long ones of other scopes, for the regions of either."""
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(_pairs(forms)):
        for region in {region_of(pair.short.scope), region_of(pair.long.scope)}:
            pairs[region].append(pair)
    return pairs


def _pairs(forms: Iterable[Form]) -> Iterator[Pair]:
    """Yield the short names of a document with the long ones of other scopes in it; a scope's own are paired there."""
    bodies: dict[Key, list[Form]] = defaultdict(list)
    for form in forms:
        if form.kind is Kind.INSTITUTION:
            bodies[form.key].append(form)
    groups = [_group(key, found) for key, found in sorted(bodies.items())]
    yield from (pair for pair in short_names(groups) if pair.short.scope != pair.long.scope)


def _group(key: Key, forms: Sequence[Form]) -> Group:
    return Group(key, Kind.INSTITUTION, len(forms), fullest_first(Counter(form.full for form in forms)), ())
