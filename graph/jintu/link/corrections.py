"""Read the corrections that a user keeps: what is the same, what is different, what is no name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from jintu.errors import OntologyError
from jintu.link.naming import plain
from jintu.link.unions import Unions
from jintu.model import Kind
from jintu.ontology import complain


class Verb(StrEnum):
    """What a line of a corrections file says of its name."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_A_NAME = "not-a-name"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Correction:
    """Hold one line: ``other`` is a second name or a kind, ``place`` limits it to that place's reports."""

    verb: Verb
    name: str
    other: str
    place: str
    where: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """Hold the lines of a corrections file."""

    lines: tuple[Correction, ...] = ()

    def of(self, verb: Verb) -> tuple[Correction, ...]:
        """Return the lines of a verb."""
        return tuple(line for line in self.lines if line.verb is verb)


def read(path: Path) -> Corrections:
    """Read a corrections file: tab-separated ``verb, name, other, place``; ``#`` starts a comment.

    ``same`` and ``different`` take a second name, ``kind`` a kind, ``not-a-name`` nothing; a
    place, the full name of the reports' own, is optional.

    Raises:
        OntologyError: with every mistake and contradiction of the file, a line each.
    """
    mistakes: list[str] = []
    lines = tuple(_lines(path, mistakes))
    complain([*mistakes, *_contradictions(lines)])
    return Corrections(lines)


def _lines(path: Path, mistakes: list[str]) -> Iterator[Correction]:
    for number, text in enumerate(_text(path).splitlines(), 1):
        cells = [cell.strip() for cell in text.split("\t")]
        if not text.strip() or text.startswith("#") or cells[0] == "verb":
            continue
        where = f"{path.name}:{number}"
        mistake = _mistake(cells)
        if mistake:
            mistakes.append(f"{where}: {mistake}")
        else:
            verb, name, other, place = (*cells, "", "")[:4]
            yield Correction(Verb(verb), name, other, place, where)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read ({error.strerror}); name a corrections file") from None
    except UnicodeDecodeError as error:
        raise OntologyError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None


def _mistake(cells: list[str]) -> str:
    """Say what is wrong with a line, or nothing."""
    verb, name, other = (*cells, "", "", "")[:3]
    kinds = [kind.value for kind in Kind]
    pair = verb in (Verb.SAME, Verb.DIFFERENT)
    wrong = {
        f'verb "{verb}" is none of {", ".join(Verb)}; tabs stand between the cells': verb not in list(Verb),
        "verb, name, other and place belong here, tabs between": len(cells) > 4 or not name,
        f'kind "{other}" is none of {", ".join(kinds)}': verb == Verb.KIND and other not in kinds,
        f'not-a-name takes one name; "{other}" is left over (a place comes fourth)': verb == Verb.NOT_A_NAME and other,
        f"{verb} takes a second name in the third cell": pair and not other,
        f"{name} and {other} are one name": pair and plain(name) == plain(other),
    }
    return next((mistake for mistake, holds in wrong.items() if holds), "")


def _contradictions(lines: tuple[Correction, ...]) -> Iterator[str]:
    yield from _pairs_both_ways(lines)
    kinds: dict[tuple[str, str], Correction] = {}
    dropped = {(plain(line.name), line.place): line for line in lines if line.verb is Verb.NOT_A_NAME}
    for line in lines:
        if line.verb is Verb.NOT_A_NAME:
            continue
        for name in (line.name, line.other) if line.verb is not Verb.KIND else (line.name,):
            if first := dropped.get((plain(name), line.place)):
                yield f"{line.where}: {name} is called no name at {first.where}"
        if line.verb is Verb.KIND:
            first = kinds.setdefault((plain(line.name), line.place), line)
            if first.other != line.other:
                yield f"{line.where}: {line.name} is {line.other} here and {first.other} at {first.where}"


def _pairs_both_ways(lines: tuple[Correction, ...]) -> Iterator[str]:
    """Find names that are called different and are the same, by one line or through others."""
    same: Unions[tuple[str, str]] = Unions()
    for line in lines:
        if line.verb is Verb.SAME:
            same.join((line.place, plain(line.name)), (line.place, plain(line.other)))
    for line in lines:
        one, other = ((line.place, plain(name)) for name in (line.name, line.other))
        if line.verb is Verb.DIFFERENT and same.root(one) == same.root(other):
            yield f"{line.where}: {line.name} and {line.other} are called the same by other lines"
