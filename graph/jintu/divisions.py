"""Know China's administrative divisions: codes, levels, parents, names and the years they are valid.

The tables are ``ontology/gazetteers/divisions.tsv`` (country to counties, every year since 1980),
``townships.tsv`` (the townships of the end of 2025), ``former_townships.tsv`` (those that stood in 2016 or
later and do no more) and ``identifiers.tsv`` (what others call a division).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import IntEnum
from functools import cached_property

from jintu.errors import JintuError
from jintu.ontology import Ontology, Row, choice, complain
from jintu.recent import Recent

COUNTRY = "100000"
DIVISIONS = "gazetteers/divisions.tsv"
TOWNSHIPS = "gazetteers/townships.tsv"
FORMER = "gazetteers/former_townships.tsv"
IDENTIFIERS = "gazetteers/identifiers.tsv"
LEVEL_ENDS = ("省", "市", "州", "县", "盟", "旗")
TOWNSHIP_DIGITS = 9  # of a code; wider divisions have six
TOWNSHIP_ENDS = ("街道", "镇", "乡", "苏木", "区公所")  # what a township's short name leaves out


class Level(IntEnum):
    """The levels of division, the widest first."""

    COUNTRY = 0
    PROVINCE = 1
    PREFECTURE = 2
    COUNTY = 3
    TOWNSHIP = 4


@dataclass(frozen=True, slots=True)
class Division:
    """Hold a division as it was from ``since`` to ``until`` (the last year at whose end it stood).

    ``code`` is that of GB/T 2260, six digits, or nine for a township; ``parent`` the code of the
    division it lies in. No ``until`` means that it still stands, no ``since`` that its history is
    not known.
    """

    code: str
    name: str
    short: str
    level: Level
    parent: str
    since: int | None = None
    until: int | None = None
    aliases: tuple[str, ...] = ()

    def valid(self, year: int | None) -> bool:
        """Tell whether the division stood on some day of a year; without a year, whether it ever did.

        >>> Division("500105", "江北区", "江北", Level.COUNTY, "500000", 1997, 2024).valid(2025)
        True
        """
        if year is None:
            return True
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until + 1)


def standing(found: Iterable[Division], year: int | None) -> tuple[Division, ...]:
    """Keep the divisions that stood when a year began, else those that stood on some day of it; without a year today's.

    A report is given in the first weeks of its year: a county that becomes a city in summer is still a county in it.

    >>> county = Division("450331", "荔浦县", "荔浦", Level.COUNTY, "450300", 1980, 2017)
    >>> city = Division("450381", "荔浦市", "荔浦", Level.COUNTY, "450300", 2018)
    >>> [found.name for found in standing([county, city], 2018)], [found.name for found in standing([city], 2018)]
    (['荔浦县'], ['荔浦市'])
    """
    if year is None:
        return tuple(place for place in found if place.until is None)
    valid = tuple(place for place in found if place.valid(year))
    return tuple(place for place in valid if place.since is None or place.since < year) or valid


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Hold what others call a division: its codes with the register of each, and IRIs of the same thing."""

    codes: tuple[str, ...]
    iris: tuple[str, ...] = ()


@dataclass(frozen=True)
class Divisions:
    """Find divisions by name and by code.

    ``rows`` are the divisions down to counties, ``townships`` the lines ``code, name, short`` of
    the townships, which become divisions only when asked for; ``former`` are townships that stand
    no more, found by their full names alone; ``elsewhere`` says what others call a division.
    """

    rows: tuple[Division, ...]
    townships: tuple[tuple[str, str, str], ...]
    former: tuple[Division, ...] = ()
    elsewhere: Mapping[str, Identifiers] = field(default_factory=dict)

    def named(self, name: str, *, year: int | None = None) -> tuple[Division, ...]:
        """Find the divisions of a full, short or customary name, the widest first.

        >>> from jintu.ontology import load as ontology
        >>> [found.name for found in load(ontology()).named("黑山", year=2023)][:2]
        ['黑山县', '黑山街道']
        """
        above, codes = self._by_name.get(name, ()), self._township_codes.get(name, ())
        known = (*above, *map(self._township, codes), *self._former_by_name.get(name, ()))
        return tuple(found for found in known if found.valid(year))

    def __contains__(self, name: str) -> bool:
        """Tell whether any division is or was called by a name, in full or in short."""
        return name in self._called

    def leading(self, text: str, *, longest: int) -> Iterator[int]:
        """Yield the lengths of the names of two characters or more that a text begins with, the longest first.

        >>> from jintu.ontology import load as ontology
        >>> list(load(ontology()).leading("锦州市中心医院", longest=6))
        [3, 2]
        """
        if text[:2] in self._openings:
            yield from (cut for cut in range(min(longest, len(text)), 1, -1) if text[:cut] in self._called)

    def at(self, code: str, *, year: int | None = None) -> Division | None:
        """Return the bearer of a code: the last one, or the one of a year where there was one.

        >>> from jintu.ontology import load as ontology
        >>> divisions = load(ontology())
        >>> divisions.at("420600").name, divisions.at("420600", year=2008).name
        ('襄阳市', '襄樊市')
        """
        if len(code) == TOWNSHIP_DIGITS and code in self._township_names:
            return self._township(code)
        bearers = self._by_code.get(code, ()) or self._former_by_code.get(code, ())
        return next((found for found in bearers if found.valid(year)), bearers[0] if bearers else None)

    def chain(self, code: str, *, year: int | None = None) -> tuple[Division, ...]:
        """Return a division and all that it lies in, up to the country.

        >>> from jintu.ontology import load as ontology
        >>> " ".join(found.short for found in load(ontology()).chain("210726"))
        '黑山 锦州 辽宁 中国'
        """
        found = self.at(code, year=year)
        chain: list[Division] = []
        while found is not None and found not in chain:
            chain.append(found)
            found = self.at(found.parent, year=year)
        return tuple(chain)

    def identifiers(self, code: str) -> Identifiers:
        """Return what others call a division; the codes of the national standards are derived from its own.

        >>> from jintu.ontology import load as ontology
        >>> load(ontology()).identifiers("210000")
        Identifiers(codes=('GB/T 2260:210000', 'ISO 3166-2:CN-LN'), iris=('https://sws.geonames.org/2036115/',))
        """
        standard = "GB/T 2260" if len(code) == 6 else "GB/T 10114"
        others = self.elsewhere.get(code, Identifiers(()))
        return Identifiers((f"{standard}:{code}", *others.codes), others.iris)

    def located(self, path: str, *, year: int | None = None) -> tuple[Division, ...]:
        """Find the divisions of a name that the names of wider divisions may precede.

        >>> from jintu.ontology import load as ontology
        >>> [found.code for found in load(ontology()).located("辽宁省锦州市古塔区")]
        ['210702']
        """
        if path in self and (found := self.named(path, year=year)):
            return found
        for cut in self.leading(path, longest=len(path) - 1):
            if wider := {found.code for found in self.named(path[:cut], year=year)}:
                within = self.located(path[cut:], year=year)
                if inner := tuple(found for found in within if wider & self._codes_above(found, year)):
                    return inner
        return ()

    def _codes_above(self, division: Division, year: int | None) -> set[str]:
        return {found.code for found in self.chain(division.parent, year=year)}

    def names(self) -> dict[str, tuple[Level, ...]]:
        """Return every full name with the levels that bear it, standing townships too."""
        above = ((row.name, row.level) for row in self.rows)
        return _levels((*above, *((name, Level.TOWNSHIP) for _, name, _ in self.townships)))

    def short_names(self) -> dict[str, tuple[Level, ...]]:
        """Return every short and customary name with the levels that bear it, down to counties."""
        return _levels((name, row.level) for row in self.rows for name in (row.short, *row.aliases) if name != row.name)

    def _township(self, code: str) -> Division:
        if code not in self._met:
            name, short = self._township_names[code]
            self._met[code] = Division(code, name, short, Level.TOWNSHIP, code[:6])
        return self._met[code]

    @cached_property
    def _met(self) -> Recent[str, Division]:
        return Recent(5_000)

    @cached_property
    def _called(self) -> frozenset[str]:
        return frozenset((*self._by_name, *self._township_codes, *self._former_by_name))

    @cached_property
    def _openings(self) -> frozenset[str]:
        return frozenset(name[:2] for name in self._called)

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Division, ...]]:
        by_name: dict[str, list[Division]] = {}
        for row in sorted(self.rows, key=_rank):
            for name in dict.fromkeys((row.name, row.short, *row.aliases)):
                by_name.setdefault(name, []).append(row)
        return {name: tuple(rows) for name, rows in by_name.items()}

    @cached_property
    def _by_code(self) -> Mapping[str, tuple[Division, ...]]:
        by_code: dict[str, list[Division]] = {}
        for row in sorted(self.rows, key=_rank):
            by_code.setdefault(row.code, []).append(row)
        return {code: tuple(rows) for code, rows in by_code.items()}

    @cached_property
    def _former_by_name(self) -> Mapping[str, list[Division]]:
        by_name: dict[str, list[Division]] = {}
        for township in self.former:
            by_name.setdefault(township.name, []).append(township)
        return by_name

    @cached_property
    def _former_by_code(self) -> Mapping[str, list[Division]]:
        by_code: dict[str, list[Division]] = {}
        for township in sorted(self.former, key=_rank):
            by_code.setdefault(township.code, []).append(township)
        return by_code

    @cached_property
    def _township_names(self) -> Mapping[str, tuple[str, str]]:
        return {code: (name, short or _drop_end(name)) for code, name, short in self.townships}

    @cached_property
    def _township_codes(self) -> Mapping[str, list[str]]:
        """Index the townships by full and short name."""
        by_name: dict[str, list[str]] = {}
        for code, (name, short) in self._township_names.items():
            by_name.setdefault(name, []).append(code)
            if short != name:
                by_name.setdefault(short, []).append(code)
        return by_name


def refuse_unknown(name: str, divisions: Divisions) -> None:
    """Refuse a name that ends like a division's and is none's; a zone or another place may have any name.

    Raises:
        JintuError: with the nearest name there is.

    >>> from jintu.ontology import load as ontology
    >>> refuse_unknown("辽宁省锦州市", load(ontology()))
    """
    if name.endswith(LEVEL_ENDS) and not divisions.located(name):
        alike = (known for known in divisions.names() if known[-1] == name[-1])
        near = get_close_matches(name, alike, n=1, cutoff=0.5)
        meant = f'; did you mean "{near[0]}"?' if near else ""
        raise JintuError(f'"{name}" is no division of any year since 1980{meant}')


def namesakes(name: str, divisions: Divisions, *, year: int | None = None) -> tuple[str, ...]:
    """Return how to write each division that a name may mean in a year, where it may mean several of one level.

    >>> from jintu.ontology import load as ontology
    >>> namesakes("朝阳区", load(ontology())), namesakes("北京市朝阳区", load(ontology()))
    (('北京市朝阳区', '长春市朝阳区'), ())
    """
    named = divisions.located(name, year=year)
    found = standing(named, year) or named or divisions.located(name)
    widest = {place.code: place for place in found if place.level == found[0].level}
    above = ((divisions.at(place.parent, year=year), place) for place in widest.values())
    written = tuple(f"{parent.name if parent else ''}{place.name}" for parent, place in above)
    return written if len(written) > 1 else ()


def load(ontology: Ontology) -> Divisions:
    """Read the tables of divisions.

    Raises:
        OntologyError: with every mistake of a table, a line each.

    >>> from jintu.ontology import load as ontology
    >>> load(ontology()).at("210700").name
    '锦州市'
    """
    mistakes: list[str] = []
    columns = ("code", "name", "short", "aliases", "level", "parent", "since", "until")
    rows = tuple(_division(row, mistakes) for row in ontology.rows(DIVISIONS, *columns))
    townships = tuple(_townships(ontology.text(TOWNSHIPS), mistakes))
    former = tuple(_former(row, mistakes) for row in ontology.rows(FORMER, "code", "name", "until"))
    elsewhere = {row["code"]: _identifiers(row) for row in ontology.rows(IDENTIFIERS, "code", "iso", "geonames")}
    complain(mistakes)
    return Divisions(rows, townships, former, elsewhere)


def _division(row: Row, mistakes: list[str]) -> Division:
    level = choice(row, "level", _LEVELS, mistakes)
    since, until = (_year(row, column, mistakes) for column in ("since", "until"))
    aliases = tuple(row["aliases"].split())
    known = _LEVELS.get(level, Level.COUNTRY)
    return Division(row["code"], row["name"], row["short"], known, row["parent"], since, until, aliases)


def _former(row: Row, mistakes: list[str]) -> Division:
    code, name = row["code"], row["name"]
    return Division(code, name, _drop_end(name), Level.TOWNSHIP, code[:6], until=_year(row, "until", mistakes))


def _identifiers(row: Row) -> Identifiers:
    codes = (f"ISO 3166-2:{row['iso']}",) if row["iso"] else ()
    return Identifiers(codes, (row["geonames"],) if row["geonames"] else ())


def _year(row: Row, column: str, mistakes: list[str]) -> int | None:
    cell = row[column]
    if cell and not (cell.isascii() and cell.isdigit()):
        mistakes.append(row.wrong(f'{column} "{cell}" is no year; write four digits or nothing'))
        return None
    return int(cell) if cell else None


def _townships(text: str, mistakes: list[str]) -> Iterator[tuple[str, str, str]]:
    """Read the long table line by line: a checked ``Row`` for each would take four times as long."""
    lines = ((number, line) for number, line in enumerate(text.splitlines(), 1) if line and line[0] != "#")
    next(lines, None)  # the heads of the columns
    for number, line in lines:
        cells = line.split("\t")
        if len(cells) == 3 and len(cells[0]) == TOWNSHIP_DIGITS:
            yield cells[0], cells[1], cells[2]
        else:
            mistakes.append(f"{TOWNSHIPS}:{number}: a code of nine digits, a name and a short name belong here")


def _drop_end(name: str) -> str:
    for end in TOWNSHIP_ENDS:
        if name.endswith(end):
            return name.removesuffix(end) or name
    return name


def _rank(row: Division) -> tuple[int, str, int]:
    """Sort the widest first, then by code, then the latest bearer first."""
    return row.level, row.code, -(row.until or 9999)


def _levels(pairs: Iterable[tuple[str, Level]]) -> dict[str, tuple[Level, ...]]:
    levels: dict[str, tuple[Level, ...]] = {}
    for name, level in pairs:
        known = levels.setdefault(name, (level,))
        if level not in known:
            levels[name] = tuple(sorted((*known, level)))
    return levels


_LEVELS = {level.name.lower(): level for level in Level}
