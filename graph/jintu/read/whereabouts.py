"""Tell from its own words whose a text is that says 我市 and never names itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from jintu.divisions import Divisions, Level

OWN_CITY = re.compile("我市|我州|我盟|全市|全州|全盟")
FEWEST = 3  # times that a city's names must stand in the text
LEAD = 2  # times as often as those of any other city, which may be words besides (新建, 任)


def whereabouts(text: str, divisions: Divisions, *, year: int | None = None) -> tuple[str, str] | None:
    """Return the city that a text calls its own, with the reason, or None where the text does not tell.

    >>> from jintu import divisions, ontology
    >>> places = divisions.load(ontology.load())
    >>> whereabouts("我市支援沈阳抗洪。锦州港扩建，锦州银行增资，黑山县修路。", places)
    ('锦州市', 'place from the text: 我市 and 3 names of 锦州市 or its counties')
    """
    own = OWN_CITY.search(text)
    if not own:
        return None
    ranked = sorted(_cities(text, divisions, year), key=lambda found: (-found[1], found[0]))
    (code, most), (_, next_most) = (*ranked, ("", 0), ("", 0))[:2]
    city = divisions.at(code, year=year)
    if city is None or most < FEWEST or most < LEAD * next_most:
        return None
    if own[0].endswith("市") and not city.name.endswith("市"):
        return None
    return city.name, f"place from the text: {own[0]} and {most} names of {city.name} or its counties"


def _cities(text: str, divisions: Divisions, year: int | None) -> Iterator[tuple[str, int]]:
    """Yield each city whose name, or a county's of it, stands in the text, and how often."""
    found: Counter[str] = Counter()
    for row in divisions.rows:
        stands = row.valid(year) if year else row.until is None
        if stands and row.level in (Level.PREFECTURE, Level.COUNTY):
            city = row.code if row.level is Level.PREFECTURE else row.parent
            found[city] += text.count(row.short if len(row.short) > 1 else row.name)
    yield from ((code, count) for code, count in sorted(found.items()) if count)
