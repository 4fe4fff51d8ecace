"""Tell from its own words whose a text is that says 我市, 全县 or 县政府 and never says whose it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from jintu.divisions import Division, Divisions, Level

LEVELS = "省市州盟县旗区"
OWN = re.compile(
    rf"[我全本](?P<own>[{LEVELS}])(?![域场])|(?<![一-鿿])(?P<body>[{LEVELS}])(?:委|人民政府|政府|人大|政协)"
)
FEWEST = 3  # times that a place's names must stand in the text
LEAD = 2  # times as often as those of any other place, which may be words besides (新建, 任)
MOST = 2 / 3  # of a city's names are those of one county-level city in it: then 全市 is that one
LENT = ("大学", "学院", "路", "大道", "街")  # what bears the name of a place wherever it is: 中山大学


def whereabouts(text: str, divisions: Divisions, *, year: int | None = None) -> tuple[str, str] | None:
    """Return the place that a text calls its own, with the reason, or None where the text does not tell.

    >>> from jintu import divisions, ontology
    >>> places = divisions.load(ontology.load())
    >>> whereabouts("我市支援沈阳抗洪。锦州港扩建，锦州银行增资，黑山县修路。", places)
    ('锦州市', 'place from the text: 我市 and 3 names of 锦州市 or its counties')
    >>> whereabouts("全县抗旱。黑山县修路，黑山县通水，黑山葡萄丰收。", places)
    ('黑山县', 'place from the text: 全县 and 3 names of 黑山县')
    """
    level, word = _own_word(text)
    votes = _votes(text, level, divisions, year) if word else {}
    ranked = sorted(votes, key=lambda place: (-votes[place], place.level, place.code))
    if not ranked:
        return None
    chosen = _within(ranked[0], votes)
    rivals = (votes[place] for place in ranked if place not in (chosen, ranked[0]) and not _lies_in(place, chosen))
    if votes[chosen] < FEWEST or votes[chosen] < LEAD * max(rivals, default=0):
        return None
    whole = f"{chosen.name} or its counties" if chosen.level < Level.COUNTY else chosen.name
    return chosen.name, f"place from the text: {word} and {votes[chosen]} names of {whole}"


def _own_word(text: str) -> tuple[str, str]:
    """Return the level that a text speaks of most as its own, and the first word for it."""
    words: dict[str, list[str]] = {}
    for found in OWN.finditer(text):
        words.setdefault(found["own"] or found["body"], []).append(found[0])
    level = max(words, key=lambda each: len(words[each]), default="")
    return level, words[level][0] if level else ""


def _votes(text: str, level: str, divisions: Divisions, year: int | None) -> Mapping[Division, int]:
    """Count for each place of a level how often its name or that of a place in it stands in a text."""
    votes: Counter[Division] = Counter()
    for row in divisions.rows:
        stands = row.valid(year) if year else row.until is None
        if stands and row.level > Level.COUNTRY and (count := _count(row, text)):
            for place in divisions.chain(row.code, year=year):
                if place.name.endswith(level) and (place.level < Level.COUNTY or place.name in text):
                    votes[place] += count
    return votes


def _count(row: Division, text: str) -> int:
    name = row.short if len(row.short) > 1 else row.name
    count = text.count(name)
    return count - sum(text.count(name + thing) for thing in LENT) if count else 0


def _within(city: Division, votes: Mapping[Division, int]) -> Division:
    """Return the county-level city that most names of a city are of, else the city."""
    inside = (place for place in votes if _lies_in(place, city) and votes[place] >= MOST * votes[city])
    return next(inside, city)


def _lies_in(place: Division, wide: Division) -> bool:
    return wide.level < place.level and place.parent == wide.code
