"""Write a name out: what place it holds or stands for, and what is left without it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from jintu.divisions import Division, Level
from jintu.link.context import Context, scope_of, stem
from jintu.link.places import Placer
from jintu.model import Kind
from jintu.ontology import Ontology
from jintu.recent import Recent
from jintu.regions import NATION
from jintu.typesetting import widened

NATIONAL = "gazetteers/national.tsv"
BODIES = "gazetteers/bodies.tsv"
QUOTES = re.compile(r"[\s“”\"‘’'「」『』《》〈〉【】]+")
DASHES = re.compile(r"[—–―‐‑−－~～]+")
PARTY = re.compile(r"^(?:中共|中国共产党)(?=.)")
LEVEL_WORD = re.compile(r"^(?:我|本)?(?P<word>自治区|自治州|自治县|全省|全市|省|市|州|县|区|盟|旗)(?P<rest>.+)")
# What follows a level's character where it does not stand for the document's place: 市场, 省道, 区块链.
OTHER_WORDS = {
    "省": "道级际会域份",
    "市": "场区民域级容郊价值辖长内外县校",
    "州": "际县级域",
    "县": "域级城乡道区市内",
    "区": "域块位间级县内外划",
    "盟": "国军主约",
    "旗": "下帜舰袍",
}
POLITICS = re.compile(r"^政(?![府协法务研])")  # 市政道路, but 市政府, 市政协, 市政法委
NATIONWIDE = re.compile(
    r"^(?:全国|国家|中国|中央(?![公商广大城厨湖森绿活山])|中共中央|中华|党的|党中央|国务院|习近平|联合国|世界|国际|亚洲|二十届"
    r"|十[一-九]届[一-七]中|十[一二三四五六]五)"
)
PROVINCIAL = re.compile(r"^(?:省级|全省|自治区级|全区)")
METRO = re.compile(r"^(?:轨道交通|地铁|轻轨)(?=\d+号线)")
ROAD = re.compile(r"^(?:[东西南北中]|[一二三四五六七八九十]经|[一二三四五六七八九十]纬)?(?:路|街|大道|大街|巷)")
LONGEST_PLACE = 14
LEVELLED = frozenset(
    {"政府", "人大", "人大常委会", "政协", "委", "纪委", "法院", "检察院"}
)  # bodies that every level has
LEAST_FIRM = 3  # characters of a firm's name without the place in it
NATION_KINDS = (Kind.INSTITUTION, Kind.PROGRAMME, Kind.HONOUR, Kind.EVENT)
LOCAL_KINDS = (Kind.PROJECT, Kind.PROGRAMME, Kind.HONOUR)  # a far place in such a name says what it is for, not where
WITHOUT_PLACE = (Kind.PERSON, Kind.WORK)


@dataclass(frozen=True, slots=True)
class Names:
    """Hold the names that the whole country knows, with the label of each, and the short forms of bodies."""

    national: Mapping[str, str]
    bodies: Mapping[str, str]
    starts_with_body: re.Pattern[str]


def load(ontology: Ontology) -> Names:
    """Read the tables of national names and of bodies.

    Raises:
        OntologyError: with every mistake of a table.
    """
    national = {plain(row["name"]): row["label"] or row["name"] for row in ontology.rows(NATIONAL, "name", "label")}
    bodies = {row["name"]: row["short"] for row in ontology.rows(BODIES, "name", "short")}
    longest_first = sorted(bodies, key=lambda name: (-len(name), name))
    return Names(national, bodies, re.compile("|".join(map(re.escape, longest_first)) or r"(?!)"))


@dataclass(frozen=True, slots=True)
class Handle:
    """Hold what makes a name one thing's: the scope, the normal form without the scope's place.

    ``full`` is the name written out, from which the label is chosen.
    """

    scope: str
    rest: str
    full: str
    reason: str


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """Return the normal form of a name: one width, no quotes or blanks, one dash, no upper case.

    >>> plain("“ＨＤ 项目”"), plain("《曙光》"), plain("甲—乙快线")
    ('hd项目', '曙光', '甲-乙快线')
    """
    return DASHES.sub("-", QUOTES.sub("", unicodedata.normalize("NFKC", name))).casefold()


@dataclass(frozen=True, slots=True)
class Namer:
    """Write names out in the context of their document."""

    placer: Placer
    names: Names
    _cache: Recent[tuple[str, Kind, str, int | None], Handle] = field(
        default_factory=lambda: Recent(20_000), repr=False
    )

    def __call__(self, name: str, kind: Kind, context: Context) -> Handle:
        """Return the handle of a name.

        >>> from jintu import ontology
        >>> from jintu.divisions import load as places
        >>> known = ontology.load()
        >>> divisions = places(known)
        >>> namer = Namer(Placer(divisions), load(known))
        >>> handle = namer("市中心医院", Kind.INSTITUTION, Context(divisions.chain("210700"), 2023))
        >>> handle.scope, handle.rest, handle.full
        ('210700', '中心医院', '锦州市中心医院')
        """
        key = (name, kind, context.scope, context.year)
        if key not in self._cache:
            self._cache[key] = self._handle(name, kind, context)
        return self._cache[key]

    def after(self, handle: Handle, place: Division, context: Context) -> Handle:
        """Return the handle of a name that stands right after a place's, if it is not placed otherwise."""
        if handle.scope != context.scope or handle.reason != _own(context):
            return handle
        reason = f"named right after its place {place.name}"
        return Handle(scope_of(place), self._short_body(plain(handle.full)), place.name + handle.full, reason)

    def is_national(self, name: str) -> bool:
        """Tell whether the whole country knows one thing by a name."""
        return plain(name) in self.names.national

    def _handle(self, name: str, kind: Kind, context: Context) -> Handle:
        name = widened(name)
        form = plain(name)
        if form in self.names.national:
            label = self.names.national[form]
            return Handle(NATION, plain(label), label, "a name the whole country knows")
        if kind in WITHOUT_PLACE:
            return Handle(context.scope, form, name, _own(context))
        return (
            self._deictic(name, form, context)
            or self._nationwide(name, form, kind, context)
            or self._placed(name, form, kind, context)
            or self._unplaced(name, form, kind, context)
        )

    def _deictic(self, name: str, form: str, context: Context) -> Handle | None:
        """Write out 市, 省, 县 and the like at the front of a name as the place they stand for."""
        found = LEVEL_WORD.match(form)
        place = meant(found["word"], found["rest"], context) if found else None
        if not found or not place:
            return None
        inner = self._placed_inside(found["rest"], place, context)
        rest = inner[1] if inner else self._short_body(found["rest"])
        full = _customary(place) + name[name.find(found["word"]) + len(found["word"]) :]
        scope = scope_of(inner[0]) if inner else scope_of(place)
        return Handle(
            scope, rest, full, f"{found['word']} stands for {place.name}, the document's own place or above it"
        )

    def _nationwide(self, name: str, form: str, kind: Kind, context: Context) -> Handle | None:
        if kind is Kind.HONOUR and PROVINCIAL.match(form) and context.province:
            return Handle(context.province.code, form, name, f"granted by {context.province.name}")
        if kind not in NATION_KINDS or not NATIONWIDE.match(form):
            return None
        if kind in (Kind.INSTITUTION, Kind.EVENT) and context.own and context.own.short in form:
            return None
        return Handle(NATION, form, name, "named as the whole country's")

    def _placed(self, name: str, form: str, kind: Kind, context: Context) -> Handle | None:
        """Split off the places that a name starts with."""
        bare = PARTY.sub("", form)
        found = self._leading(bare, context)
        if not found or (kind in LOCAL_KINDS and not _is_near(found[0], context)):
            return None
        place, rest = found
        inner = self._placed_inside(rest, place, context)
        place, rest = inner or (place, self._short_body(rest))
        return Handle(scope_of(place), rest, PARTY.sub("", name), f"named with its place {place.name}")

    def _placed_inside(self, rest: str, region: Division, context: Context) -> tuple[Division, str] | None:
        """Split off a narrower place that follows a wider one: 古塔区 in 锦州市古塔区信访局."""
        inside = Context(self.placer.divisions.chain(region.code, year=context.year), context.year)
        found = self._leading(rest, inside)
        if not found or found[0].level <= region.level or not _is_near(found[0], inside):
            return None
        return found[0], self._short_body(found[1])

    def _unplaced(self, name: str, form: str, kind: Kind, context: Context) -> Handle:
        """Take a name without a place as one of the own place, an honour as one of the country."""
        rest = self._short_body(form)
        if rest in LEVELLED:
            rest = form  # of whichever level: 县级以上人民政府
        elif kind is Kind.INSTITUTION and context.own and len(rest) >= len(context.own.short) + LEAST_FIRM:
            rest = rest.replace(context.own.short, "")  # 中信钛业 is also 中信锦州钛业
        return Handle(NATION if kind is Kind.HONOUR else context.scope, rest, name, _own(context))

    def _leading(self, form: str, context: Context) -> tuple[Division, str] | None:
        for cut in self.placer.divisions.leading(form, longest=min(LONGEST_PLACE, len(form) - 1)):
            head, rest = form[:cut], form[cut:]
            if ROAD.match(rest) or _is_other_word(head[-1], rest):
                continue
            choice = self.placer(head, context)
            if choice and choice.division and self._names_a_place(head, choice.division, context):
                return choice.division, rest
        return None

    def _names_a_place(self, head: str, place: Division, context: Context) -> bool:
        """Trust full names, short names of provinces and prefectures, and those of the own region's counties."""
        if head.endswith(place.name) or place.level <= Level.PREFECTURE:
            return place.level is not Level.COUNTRY
        return place.level is Level.COUNTY and _is_near(place, context)

    def _short_body(self, rest: str) -> str:
        """Write a body's long official name as the short one, 人民政府 as 政府, and 地铁2号线 as 2号线."""
        rest = METRO.sub("", rest)
        found = self.names.starts_with_body.match(rest)
        return self.names.bodies[found.group()] + rest[found.end() :] if found else rest


def meant(word: str, rest: str, context: Context) -> Division | None:
    """Return the place that a level's word means in a document: its own place or one above it.

    >>> from jintu.divisions import load
    >>> from jintu.ontology import load as ontology
    >>> heishan = Context(load(ontology()).chain("210726"), 2023)
    >>> meant("市", "委", heishan).name, meant("县", "医院", heishan).name, meant("市", "场", heishan)
    ('锦州市', '黑山县', None)
    """
    level = word.lstrip("全")
    if _is_other_word(level[-1], rest):
        return None
    return next((place for place in context.chain if _is_of(level, place, context)), None)


def _is_of(level: str, place: Division, context: Context) -> bool:
    """Tell whether a level's word fits a division; 区 fits an autonomous region only where that is the own place."""
    if not place.name.endswith(level):
        return False
    return level != "区" or place.level is Level.COUNTY or place == context.own


def _is_other_word(character: str, rest: str) -> bool:
    if character == "市" and rest.startswith("政"):
        return bool(POLITICS.match(rest))
    return rest[:1] in OTHER_WORDS.get(character, ()) and rest[:1] != ""


def _is_near(place: Division, context: Context) -> bool:
    """Tell whether a place is the document's own, lies in it, or holds it."""
    own = context.own
    if own is None or own.level is Level.COUNTRY:
        return own is not None and place.level <= Level.PREFECTURE  # 平安中国 is not of 平安区
    return place in context.chain or place.code.startswith(stem(own.code))


def _customary(place: Division) -> str:
    """Return the name that people put before a body: 恩施州 for 恩施土家族苗族自治州."""
    return next((alias for alias in place.aliases if alias.endswith("州")), place.name)


def _own(context: Context) -> str:
    return f"a name of {context.own.name}" if context.own else "a name of a document without a place of its own"
