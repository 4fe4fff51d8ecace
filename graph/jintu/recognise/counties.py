"""Know by name what lies in a report's own place: a longer name that begins so is of there."""

from __future__ import annotations

from jintu.divisions import Divisions, Level
from jintu.model import Document
from jintu.recent import Recent

DIGITS = {Level.PROVINCE: 2, Level.PREFECTURE: 4, Level.COUNTY: 4}  # of a code: those of the place or the one around it
INSIDE = (Level.PREFECTURE, Level.COUNTY)


class Counties:
    """Name the prefectures and counties of a report's own place, or those beside it; make one a process.

    >>> from jintu import divisions, ontology
    >>> counties = Counties(divisions.load(ontology.load()))
    >>> sorted(counties(Document("report", "", "", "", "", "阜新市", 2023)))[:4]
    ['太平', '太平区', '彰武', '彰武县']
    """

    def __init__(self, divisions: Divisions) -> None:
        self._divisions = divisions
        self._known: Recent[tuple[str | None, int | None], frozenset[str]] = Recent(16)

    def __call__(self, document: Document) -> frozenset[str]:
        """Return full names and short ones of two characters or more; none where the place is not known."""
        own = document.place, document.year
        if own not in self._known:
            self._known[own] = self._find(*own)
        return self._known[own]

    def _find(self, place: str | None, year: int | None) -> frozenset[str]:
        found = self._divisions.located(place, year=year) if place else ()
        digits = DIGITS.get(found[0].level) if found else None
        if digits is None:
            return frozenset()
        rows = [row for row in self._divisions.rows if row.code[:digits] == found[0].code[:digits] and row.valid(year)]
        inside = [row for row in rows if row.level in INSIDE and row.code != found[0].code]
        return frozenset(name for row in inside for name in (row.name, row.short) if len(name) > 1)
