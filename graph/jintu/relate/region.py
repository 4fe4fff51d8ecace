"""Know where a name lies, seen from the report's own place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from jintu.divisions import Divisions, Level
from jintu.model import Document


class Where(StrEnum):
    """Tell how a division lies to the report's own place; ``unknown`` for what is no division above townships."""

    INSIDE = "inside"
    SELF = "self"
    ABOVE = "above"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Region:
    """Tell where names lie for one report; without a table of divisions nothing is known."""

    divisions: Divisions | None
    own: str
    year: int | None
    _known: dict[str, Where] = field(default_factory=dict)

    def __call__(self, name: str) -> Where:
        """Return where a name lies; the narrowest reading that fits the own place wins."""
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> Where:
        if self.own and self.own.startswith(name):
            return Where.SELF
        if self.divisions is None or not self.own:
            return Where.UNKNOWN
        own = self.divisions.named(self.own, year=self.year)
        found = self.divisions.named(name, year=self.year)
        if not own or not found:
            return Where.UNKNOWN
        here = own[0].code
        if any(here in self._codes(each.code) for each in found):
            return Where.INSIDE
        if any(each.code in self._codes(here) for each in found):
            return Where.ABOVE
        is_known = any(each.level < Level.TOWNSHIP for each in found)
        return Where.ELSEWHERE if is_known else Where.UNKNOWN

    def _codes(self, code: str) -> set[str]:
        return {each.code for each in self.divisions.chain(code, year=self.year)} if self.divisions else set()


def region_of(document: Document, divisions: Divisions | None) -> Region:
    """Return the region of a report."""
    return Region(divisions, document.place or "", document.year)
