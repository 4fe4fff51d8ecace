"""Apply a user's corrections to what was seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from jintu.link.aliases import Merge
from jintu.link.corrections import Correction, Corrections, Verb
from jintu.link.groups import Key
from jintu.link.naming import plain
from jintu.link.sightings import THING, Sighting
from jintu.model import Kind, Mention
from jintu.ontology import complain

if TYPE_CHECKING:
    from jintu.link.census import Form, Share

PAIRED = (Verb.SAME, Verb.DIFFERENT)


class Spoken(NamedTuple):
    """Hold a key that a line of the corrections speaks of, by its first name (0) or its second (1)."""

    line: int
    side: int
    key: Key


def met(corrections: Corrections, seen: Iterable[Sighting], place: str | None) -> Iterator[str]:
    """Yield the names of the corrections that a document of a place holds, each with its line's place."""
    if not corrections.lines:
        return
    names = {name for sighting in seen for name in (plain(sighting.mention.text), plain(sighting.full))}
    for line in corrections.lines:
        if line.place in ("", place):
            yield from (_asked(name, line.place) for name in _names(line) if plain(name) in names)


def check(corrections: Corrections, found: Iterable[str], names: Callable[[], Iterable[str]]) -> None:
    """Refuse corrections of names that nothing has, all at once; ``names`` gives what there is.

    Raises:
        OntologyError: with a line for each unknown name.
    """
    known = set(found)
    missing = [
        (line, name) for line in corrections.lines for name in _names(line) if _asked(name, line.place) not in known
    ]
    if missing:
        there = sorted(set(names()))
        complain(_unknown(line, name, there) for line, name in missing)


def amended_kinds(corrections: Corrections, seen: Sequence[Sighting], place: str | None) -> dict[Mention, Kind | None]:
    """Return the kind of each mention of a document whose kind is corrected, None for what is no name."""
    amended: dict[Mention, Kind | None] = {}
    for verb in (Verb.KIND, Verb.NOT_A_NAME):
        for line in corrections.of(verb):
            kind = Kind(line.other) if verb is Verb.KIND else None
            of_line = (s.mention for s in seen if _is_called(line.name, s.mention.text, s.full))
            amended.update((mention, kind) for mention in of_line if line.place in ("", place))
    return amended


Parted = Sequence[tuple[Correction, frozenset[Key]]]  # lines that call two names different, and the keys of both


def told_apart(corrections: Corrections, shares: Iterable[Share]) -> Parted:
    """Return the lines that call different what was seen as one."""
    lines = corrections.of(Verb.DIFFERENT)
    spoken = _sides(lines, ((share, [form.key for form in share.forms]) for share in shares)) if lines else []
    return [(line, frozenset(ours & others)) for line, (ours, others) in zip(lines, spoken, strict=True)]


def keys_of(share: Share, parted: Parted) -> list[Key]:
    """Return the key of each form: its own, or another for names that are called different but were seen as one."""
    keys = [form.key for form in share.forms]
    for line, both in parted:
        for number in _of(share, line.name, line) if both else ():
            form = share.forms[number]
            if form.key in both and plain(form.text) == plain(line.name):
                keys[number] = form.key._replace(rest=f"={plain(line.name)}", family=THING)
    return keys


def spoken_of(corrections: Corrections, keyed: Iterable[tuple[Share, Sequence[Key]]]) -> Iterator[Spoken]:
    """Yield the keys that the two names of each line have."""
    for number, sides in enumerate(_sides(corrections.lines, keyed)):
        yield from (Spoken(number, side, key) for side, keys in enumerate(sides) for key in sorted(keys))


def _sides(
    lines: Sequence[Correction], keyed: Iterable[tuple[Share, Sequence[Key]]]
) -> list[tuple[set[Key], set[Key]]]:
    sides: list[tuple[set[Key], set[Key]]] = [(set(), set()) for _ in lines]
    paired = [(line, found) for line, found in zip(lines, sides, strict=True) if line.verb in PAIRED]
    for share, keys in keyed if paired else ():
        for line, found in paired:
            for side, name in zip(found, _names(line), strict=True):
                side.update(keys[number] for number in _of(share, name, line))
    return sides


def apart(corrections: Corrections, spoken: Iterable[Spoken]) -> Iterator[tuple[Key, Key]]:
    """Yield the pairs of keys that must not be merged; ``spoken`` comes from all regions."""
    for number, pairs in _pairs(spoken):
        if corrections.lines[number].verb is Verb.DIFFERENT:
            yield from pairs


def joined(corrections: Corrections, spoken: Iterable[Spoken]) -> Iterator[Merge]:
    """Yield the merges that the corrections ask for: within a scope where both names have it, else all.

    They come before all others, in the order of their lines.
    """
    for number, pairs in _pairs(spoken):
        line = corrections.lines[number]
        if line.verb is Verb.SAME:
            local = [(one, other) for one, other in pairs if one.scope == other.scope]
            for one, other in local or pairs:
                yield Merge(number - len(corrections.lines), one, other, f"called the same at {line.where}")


def _names(line: Correction) -> tuple[str, ...]:
    return (line.name, line.other) if line.verb in PAIRED else (line.name,)


def _asked(name: str, place: str) -> str:
    return f"{plain(name)}\t{place}"


def _is_called(name: str, text: str, full: str) -> bool:
    return plain(name) in (plain(text), plain(full))


def _of(share: Share, name: str, line: Correction) -> Iterator[int]:
    """Yield the numbers of the forms of a name, in the reports of the line's place where it gives one."""
    if line.place in ("", share.place):
        yield from (number for number, form in enumerate(share.forms) if _has(form, name))


def _has(form: Form, name: str) -> bool:
    return _is_called(name, form.text, form.full)


def _pairs(spoken: Iterable[Spoken]) -> Iterator[tuple[int, list[tuple[Key, Key]]]]:
    """Yield the number of each line with the pairs of what its two names have."""
    sides: dict[int, tuple[set[Key], set[Key]]] = defaultdict(lambda: (set(), set()))
    for line, side, key in spoken:
        sides[line][side].add(key)
    for line, (ours, others) in sorted(sides.items()):
        yield line, sorted((one, other) for one in ours for other in others if one != other)


def _unknown(line: Correction, name: str, there: Sequence[str]) -> str:
    near = get_close_matches(plain(name), there, n=1, cutoff=0.5)
    meant = f'; did you mean "{near[0]}"?' if near else ""
    where = f"in the reports of {line.place}" if line.place else "in these documents"
    return f'{line.where}: nothing is called "{name}" {where}{meant}'
