"""Match names that reach beyond their scope, in buckets: what may be matched with each other is in one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from jintu.link import amend
from jintu.link.aliases import Bearer, Merge, Pair, Reach, by_national_stem, by_short_name, by_wider_place
from jintu.link.corrections import Corrections
from jintu.link.groups import Key

T = TypeVar("T")
Apart = tuple[Key, Key]


@dataclass(frozen=True, slots=True)
class Reaching:
    """Hold what names of a region may be matched with those of other scopes.

    ``reaches`` may mean a name of the country, ``bearers`` what others of their name mean. A pair holds where its
    short name is an institution and its long one is: ``shorts`` are those of whose short name a region says so,
    ``longs`` those of the long one. ``spoken`` is what the user's corrections speak of.
    """

    reaches: tuple[Reach, ...] = ()
    bearers: tuple[Bearer, ...] = ()
    shorts: tuple[Pair, ...] = ()
    longs: tuple[Pair, ...] = ()
    spoken: tuple[amend.Spoken, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """Hold merges and pairs of keys that must stay apart."""

    merges: tuple[Merge, ...] = ()
    apart: tuple[Apart, ...] = ()


def parted(reaching: Reaching, buckets: int) -> dict[int, Reaching]:
    """Put what reaches beyond a region into buckets, by the name that is matched; empty ones are left out.

    A name is in one bucket whatever its region; how many there are does not change what is found.
    """
    reaches = _by_bucket(reaching.reaches, lambda reach: reach.long.rest, buckets)
    bearers = _by_bucket(reaching.bearers, lambda bearer: bearer.rest, buckets)
    shorts = _by_bucket(reaching.shorts, lambda pair: pair.short.rest, buckets)
    longs = _by_bucket(reaching.longs, lambda pair: pair.short.rest, buckets)
    spoken = _by_bucket(reaching.spoken, lambda spoken: str(spoken.line), buckets)
    return {
        number: Reaching(
            reaches.get(number, ()),
            bearers.get(number, ()),
            shorts.get(number, ()),
            longs.get(number, ()),
            spoken.get(number, ()),
        )
        for number in sorted({*reaches, *bearers, *shorts, *longs, *spoken})
    }


def _by_bucket(rows: Iterable[T], name: Callable[[T], str], buckets: int) -> dict[int, tuple[T, ...]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[bucket_of(name(row), buckets)].append(row)
    return {number: tuple(some) for number, some in found.items()}


def bucket_of(name: str, buckets: int) -> int:
    """Return the bucket of a name, the same in every process."""
    if buckets == 1:
        return 0
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()) % buckets


def match(bucket: Iterable[Reaching], corrections: Corrections) -> Matched:
    """Find the merges of one bucket, which holds what comes into it from all regions; pure."""
    known = tuple(bucket)
    bearers = [bearer for one in known for bearer in one.bearers]
    spoken = [row for one in known for row in one.spoken]
    shorts = {pair for one in known for pair in one.shorts}
    merges = (
        *amend.joined(corrections, spoken),
        *by_short_name(shorts.intersection(pair for one in known for pair in one.longs)),
        *by_national_stem((reach for one in known for reach in one.reaches), bearers),
        *by_wider_place(bearers),
    )
    return Matched(tuple(sorted(merges)), tuple(amend.apart(corrections, spoken)))
