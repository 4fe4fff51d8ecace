"""Gather what all documents name in one region: groups of one name, and what may be joined to what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jintu.link import amend
from jintu.link.aliases import Merge, bearers, merges, national_stems, short_names
from jintu.link.buckets import Reaching
from jintu.link.census import Form, Share
from jintu.link.corrections import Corrections
from jintu.link.groups import Group, Key, fullest_first, kind_of
from jintu.link.sightings import DIVISION
from jintu.model import Kind

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


def gather(region: str, shares: Sequence[Share], corrections: Corrections | None = None) -> Gathered:
    """Gather the shares of one region, which come sorted by document; pure, and the same wherever it runs."""
    lines = corrections or Corrections()
    keyed = amend.tell_apart(lines, shares)
    settled = _settled(shares, keyed)
    groups = tuple(group for _, group in sorted(_groups(shares, settled).items()))
    numbers = {group.key: number for number, group in enumerate(groups)}
    named = [group for group in groups if group.key.family != DIVISION]
    return Gathered(
        region,
        groups,
        tuple(tuple(numbers[key] for key, _ in keys) for keys in settled),
        tuple(sorted(merges({group.key: group for group in named}))),
        _reaching(named, shares, tuple(amend.spoken_of(lines, shares, settled))),
    )


def _reaching(named: Sequence[Group], shares: Sequence[Share], spoken: tuple[amend.Spoken, ...]) -> Reaching:
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


def _settled(shares: Sequence[Share], keyed: Sequence[Sequence[Key]]) -> list[list[Settled]]:
    """Give the forms of a key its commonest kind that all their claims allow, else its commonest kind.

    Those whose claims forbid it keep a key of their own, unless they are few: then their claims state nothing.
    """
    counts: dict[Key, dict[Kind, int]] = defaultdict(dict)
    claimed: dict[Key, set[tuple[Kind, ...]]] = defaultdict(set)
    for form, key, count in _counted(shares, keyed):
        found = counts[key]
        found[form.kind] = found.get(form.kind, 0) + count
        if form.kinds:
            claimed[key].add(form.kinds)
    kinds = {key: _kind(found, claimed.get(key, ())) for key, found in counts.items()}
    against: Counter[Key] = Counter()
    for form, key, count in _counted(shares, keyed):
        if _forbids(form, kinds[key]):
            against[key] += count
    parted = {key for key, count in against.items() if count >= STRAY * sum(counts[key].values())}
    return [
        [_settle(form, key, kinds[key], apart=key in parted) for form, key in zip(share.forms, keys, strict=True)]
        for share, keys in zip(shares, keyed, strict=True)
    ]


def _counted(shares: Sequence[Share], keyed: Sequence[Sequence[Key]]) -> Iterator[tuple[Form, Key, int]]:
    for share, keys in zip(shares, keyed, strict=True):
        yield from zip(share.forms, keys, share.counts, strict=True)


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


def _groups(shares: Sequence[Share], settled: Sequence[Sequence[Settled]]) -> Mapping[Key, Group]:
    fulls: dict[Key, dict[str, int]] = defaultdict(dict)
    texts: dict[Key, set[str]] = defaultdict(set)
    docs: dict[Key, set[str]] = defaultdict(set)
    kinds: dict[Key, Kind] = {}
    for share, keys in zip(shares, settled, strict=True):
        for form, count, (key, kind) in zip(share.forms, share.counts, keys, strict=True):
            ways = fulls[key]
            ways[form.full] = ways.get(form.full, 0) + count
            texts[key].add(form.text)
            docs[key].add(share.doc)
            kinds[key] = kind
    return {
        key: Group(
            key,
            kind,
            sum(fulls[key].values()),
            fullest_first(fulls[key]),
            tuple(sorted(texts[key])),
            frozenset(docs[key]),
        )
        for key, kind in kinds.items()
    }
