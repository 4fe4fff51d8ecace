"""Gather what all documents name in one region: groups of one name, and what may be joined to what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from jintu.link import amend
from jintu.link.aliases import Merge, bearers, merges, national_stems, short_names
from jintu.link.buckets import Reaching
from jintu.link.census import Form, Share
from jintu.link.corrections import Corrections
from jintu.link.groups import Group, Key, fullest_first, kind_of
from jintu.link.sightings import DIVISION
from jintu.model import Kind, Struct

Settled = tuple[Key, Kind]
STRAY = 1 / 4  # of a name's mentions; where fewer have claims that its kind forbids, those claims were misread
SITED = (Kind.PLACE, Kind.PROJECT, Kind.INSTITUTION)  # a park in building or a hospital is one thing of two kinds


@dataclass(frozen=True, slots=True)
class Gathered:
    """Hold the names of one region: their groups, sorted, and for each share the group of each of its forms.

    ``merges`` are found within a scope, ``reaching`` is what may be matched with names of other scopes.
    """

    region: str
    groups: tuple[Group, ...]
    assigned: tuple[tuple[int, ...], ...]
    merges: tuple[Merge, ...]
    reaching: Reaching


def gather(region: str, shares: Iterable[Share], corrections: Corrections | None = None) -> Gathered:
    """Gather the shares of one region, which come sorted by document; pure, and the same wherever it runs.

    The shares are gone through several times and never held, so that they may come from files.
    """
    lines = corrections or Corrections()
    settle = _settling(shares, amend.told_apart(lines, shares))
    groups = tuple(_groups(shares, settle))
    numbers = {group.key: number for number, group in enumerate(groups)}
    named = [group for group in groups if group.key.family != DIVISION]
    keyed = ((share, [key for key, _ in settle(share)]) for share in shares)
    return Gathered(
        region,
        groups,
        tuple(tuple(numbers[key] for key, _ in settle(share)) for share in shares),
        tuple(sorted(merges({group.key: group for group in named}))),
        _reaching(named, shares, tuple(amend.spoken_of(lines, keyed))),
    )


def _reaching(named: Sequence[Group], shares: Iterable[Share], spoken: tuple[amend.Spoken, ...]) -> Reaching:
    bodies = {group.key for group in named if group.kind is Kind.INSTITUTION}
    within = set(short_names(named, lambda group: group.key.scope))
    between = {pair for share in shares for pair in share.pairs}
    return Reaching(
        tuple(sorted(national_stems(named))),
        tuple(sorted(bearers(named))),
        tuple(sorted(within | {pair for pair in between if pair.short in bodies})),
        tuple(sorted(within | {pair for pair in between if pair.long in bodies})),
        spoken,
    )


@dataclass(frozen=True, slots=True)
class _Settling:
    """Give the forms of a key its commonest kind that all their claims allow, else its commonest kind.

    Those whose claims forbid it keep a key of their own, unless they are few: then their claims state nothing.
    """

    told_apart: amend.Parted
    kinds: Mapping[Key, Kind]
    parted: Set[Key]

    def __call__(self, share: Share) -> list[Settled]:
        keys = amend.keys_of(share, self.told_apart)
        return [
            _settle(form, key, self.kinds[key], apart=key in self.parted)
            for form, key in zip(share.forms, keys, strict=True)
        ]


def _settling(shares: Iterable[Share], told_apart: amend.Parted) -> _Settling:
    counts: dict[Key, dict[Kind, int]] = {}
    claimed: dict[Key, set[tuple[Kind, ...]]] = defaultdict(set)
    for form, key, count in _counted(shares, told_apart):
        of_key = counts.setdefault(key, {})
        of_key[form.kind] = of_key.get(form.kind, 0) + count
        if form.kinds:
            claimed[key].add(form.kinds)
    kinds = {key: _kind(found, claimed.get(key, ())) for key, found in counts.items()}
    against: Counter[Key] = Counter()
    for form, key, count in _counted(shares, told_apart):
        if _forbids(form, kinds[key]):
            against[key] += count
    parted = {key for key, count in against.items() if count >= STRAY * sum(counts[key].values())}
    return _Settling(told_apart, kinds, parted)


def _counted(shares: Iterable[Share], told_apart: amend.Parted) -> Iterator[tuple[Form, Key, int]]:
    for share in shares:
        yield from zip(share.forms, amend.keys_of(share, told_apart), share.counts, strict=True)


def _kind(counts: Mapping[Kind, int], claimed: Iterable[tuple[Kind, ...]]) -> Kind:
    commonest = kind_of(counts)
    if len(counts) == 1:
        return commonest
    sited = {kind: count for kind, count in counts.items() if kind in SITED}
    allowed = {kind: count for kind, count in sited.items() if all(kind in kinds for kinds in claimed)}
    return kind_of(allowed) if allowed and commonest in SITED else commonest


def _forbids(form: Form, kind: Kind) -> bool:
    return bool(form.kinds) and kind not in form.kinds


def _settle(form: Form, key: Key, kind: Kind, *, apart: bool) -> Settled:
    if form.kind is kind or key.family == DIVISION:
        return key, form.kind
    if apart and _forbids(form, kind):
        return key._replace(family=f"{key.family} {form.kind.value}"), form.kind
    return key, kind


class _Tally(Struct):
    """Count the mentions of one name while they come; those of one document come together."""

    kind: Kind
    fulls: dict[str, int]
    texts: set[str]
    docs: list[str]


def _groups(shares: Iterable[Share], settle: _Settling) -> Iterator[Group]:
    """Yield the groups of names, sorted; what was counted for one is let go when it is made."""
    found: dict[Key, _Tally] = {}
    for share in shares:
        for form, times, (key, kind) in zip(share.forms, share.counts, settle(share), strict=True):
            tally = found.get(key)
            if tally is None:
                tally = found[key] = _Tally(kind, {}, set(), [])
            tally.kind = kind
            tally.fulls[form.full] = tally.fulls.get(form.full, 0) + times
            tally.texts.add(form.text)
            if share.doc not in tally.docs[-1:]:
                tally.docs.append(share.doc)
    together: dict[tuple[str, ...], frozenset[str]] = {}  # most names stand in few documents, and in the same
    for key in sorted(found):
        tally = found.pop(key)
        names = tuple(tally.docs)
        docs = together.get(names) or together.setdefault(names, frozenset(names))
        fulls, texts = fullest_first(tally.fulls), tuple(sorted(tally.texts))
        yield Group(key, tally.kind, sum(tally.fulls.values()), fulls, texts, docs)
