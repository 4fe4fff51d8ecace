"""Tell from its own words whose a text is that says 我市, 全县 or 县政府 and never says whose it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from jintu.divisions import Division, Divisions, Level

LEVELS = "省市州盟县旗区"
OWN = re.compile(
    rf"[我全本](?P<own>[{LEVELS}])(?![域场])|(?<![一-鿿])(?P<body>[{LEVELS}])(?:委|人民政府|政府|人大|政协)"
)
FEWEST = 3  # times that a place's names must stand in the text
LEAD = 2  # times as often as those of any other place, which may be words besides (新建, 任)
OFTEN = 2  # times that the only place of a text must stand in it in full
VISIT, HEAD = re.compile("代表团|考察团|来访|到访"), 60  # what a text of guests says at its beginning
# Words that are also names of divisions, or end other words.
COMMON = frozenset(("市区", "城区", "矿区", "郊区", "新区", "滨海新区", "开县", "范县"))
END_OF_NAME = re.compile(f"[{LEVELS}](?![圈域场民])")
LONGEST = 15  # characters of a division's name
MOST = 2 / 3  # of a city's names are those of one county-level city in it: then 全市 is that one
HALF = 1 / 2  # of a province's names are those of one city in it, which compares itself: 全省第三
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
    votes = _votes(text, divisions, year) if word else {}
    of_level = [place for place in votes if place.name.endswith(level) and _is_spoken_of(place, votes, text)]
    ranked = sorted(of_level, key=lambda place: (-votes[place], place.level, place.code))
    if not ranked:
        return None
    chosen = _within(ranked[0], votes)
    rivals = (votes[place] for place in ranked if place not in (chosen, ranked[0]) and not _lies_in(place, chosen))
    if votes[chosen] < FEWEST or votes[chosen] < LEAD * max(rivals, default=0):
        return None
    word = word if chosen.name.endswith(level) else f"{word}, where most are of one city,"
    whole = f"{chosen.name} or its counties" if chosen.level < Level.COUNTY else chosen.name
    return chosen.name, f"place from the text: {word} and {votes[chosen]} names of {whole}"


def only_place(text: str, divisions: Divisions, *, year: int | None = None) -> tuple[str, str] | None:
    """Return the narrowest place with which all places that a text names in full lie in one line, with the reason.

    It is named twice, or once where the text speaks of its level as its own.

    >>> from jintu import divisions, ontology
    >>> places = divisions.load(ontology.load())
    >>> only_place("黑山县抓招商。锦州市支持，黑山县签约。", places)
    ('黑山县', 'place from the text: all places that it names are in 黑山县 or around it')
    >>> only_place("黑山县抓招商，黑山县签约。凌海市也签约。", places) is None
    True
    """
    if VISIT.search(text, 0, HEAD):
        return None
    level, _ = _own_word(text)
    times = Counter(_in_full(text, divisions, year))
    lines = {place: divisions.chain(place.code, year=year) for place in times}
    apart = (place for place in times if all(place in line or other in lines[place] for other, line in lines.items()))
    alone = max(apart, key=lambda place: (place.level, place.code), default=None)
    if alone is None or not Level.PREFECTURE <= alone.level <= Level.COUNTY:
        return None
    if times[alone] < (1 if alone.name.endswith(level or "-") else OFTEN):
        return None
    return alone.name, f"place from the text: all places that it names are in {alone.name} or around it"


def _in_full(text: str, divisions: Divisions, year: int | None) -> Iterator[Division]:
    """Yield the divisions down to counties that a text names in full, where the name is one's alone."""
    for found in END_OF_NAME.finditer(text):
        names = (text[start : found.end()] for start in range(max(0, found.end() - LONGEST), found.start()))
        name = next((name for name in names if name in divisions and name not in COMMON), "")
        bearers = [row for row in divisions.named(name, year=year) if row.name == name and (year or not row.until)]
        if len(bearers) == 1 and bearers[0].level <= Level.COUNTY:
            yield bearers[0]


def _own_word(text: str) -> tuple[str, str]:
    """Return the level that a text speaks of most as its own, and the first word for it."""
    words: dict[str, list[str]] = {}
    for found in OWN.finditer(text):
        words.setdefault(found["own"] or found["body"], []).append(found[0])
    level = max(words, key=lambda each: len(words[each]), default="")
    return level, words[level][0] if level else ""


def _votes(text: str, divisions: Divisions, year: int | None) -> Mapping[Division, int]:
    """Count for each place how often its name or that of a place in it stands in a text."""
    votes: Counter[Division] = Counter()
    for row in divisions.rows:
        stands = row.valid(year) if year else row.until is None
        if stands and row.level > Level.COUNTRY and (count := _count(row, text)):
            votes.update(dict.fromkeys(divisions.chain(row.code, year=year), count))
    return votes


def _count(row: Division, text: str) -> int:
    name = row.short if len(row.short) > 1 else row.name
    count = text.count(name)
    return count - sum(text.count(name + thing) for thing in LENT) if count else 0


def _is_spoken_of(place: Division, votes: Mapping[Division, int], text: str) -> bool:
    """Tell whether a text names a county in full, and a wider place by more than common words (新建 is a county)."""
    if place.level >= Level.COUNTY:
        return place.name in text
    inside = (row for row in votes if row.parent == place.code)
    return place.short in text or any((row.name if row.level >= Level.COUNTY else row.short) in text for row in inside)


def _within(wide: Division, votes: Mapping[Division, int]) -> Division:
    """Return the one that most names of a place are of: a city of a province, a county-level city of a city."""
    share, end = (HALF, "") if wide.level is Level.PROVINCE else (MOST, wide.name[-1])
    inside = (
        place
        for place in votes
        if _lies_in(place, wide) and place.name.endswith(end) and votes[place] >= share * votes[wide]
    )
    return next(inside, wide)


def _lies_in(place: Division, wide: Division) -> bool:
    return wide.level < place.level and place.parent == wide.code
