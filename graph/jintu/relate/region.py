"""Know where a name lies, seen from the report's own place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from jintu.divisions import Division, Divisions, Level
from jintu.recent import Recent

LONGEST = 11  # characters of a prefecture's name


class Where(StrEnum):
    """Tell how a division lies to the report's own place; ``unknown`` for what is no division above townships."""

    INSIDE = "inside"
    SELF = "self"
    ABOVE = "above"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


AFAR = (Where.ABOVE, Where.ELSEWHERE)


@dataclass(frozen=True)
class Region:
    """Tell where names lie for the reports of one place and year; ``here`` are the own place and all it lies in."""

    divisions: Divisions | None
    own: str
    year: int | None
    here: tuple[str, ...] = ()
    _known: Recent[str, Where] = field(default_factory=lambda: Recent(20_000))

    def __call__(self, name: str) -> Where:
        """Return where a name lies; of its readings one inside the own place wins, then one around it."""
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> Where:
        if self.own and self.own.startswith(name):
            return Where.SELF
        found = self._named(name)
        if any(self._is_inside(each) for each in found):
            return Where.INSIDE
        if any(each.code in self.here for each in found):
            return Where.ABOVE
        return Where.ELSEWHERE if any(each.level < Level.TOWNSHIP for each in found) else Where.UNKNOWN

    def excludes(self, name: str) -> bool:
        """Tell whether a name is surely that of a division elsewhere or above: 东湖 may be a lake, 东湖区 may not."""
        return self(name) in AFAR and any(
            each.level <= Level.PREFECTURE or each.name == name for each in self._named(name)
        )

    def begins_elsewhere(self, name: str) -> bool:
        """Tell whether a name begins with another province, or in full with another prefecture: 海东市医院."""
        known = self.divisions.leading(name, longest=LONGEST) if self.divisions and self.here else ()
        return any(self(name[:cut]) is Where.ELSEWHERE and self._is_wide(name[:cut]) for cut in known)

    def _is_wide(self, name: str) -> bool:
        return any(
            each.level is Level.PROVINCE or (each.level is Level.PREFECTURE and each.name == name)
            for each in self._named(name)
        )

    def _named(self, name: str) -> tuple[Division, ...]:
        return self.divisions.named(name, year=self.year) if self.divisions and self.here else ()

    def _is_inside(self, found: Division) -> bool:
        chain = self.divisions.chain(found.code, year=self.year) if self.divisions else ()
        return any(each.code == self.here[0] for each in chain)


def region_of(place: str | None, year: int | None, divisions: Divisions | None) -> Region:
    """Return the region of a report's own place; without a table of divisions nothing is known of it."""
    own = divisions.named(place, year=year) if divisions and place else ()
    here = tuple(each.code for each in divisions.chain(own[0].code, year=year)) if divisions and own else ()
    return Region(divisions, place or "", year, here)
