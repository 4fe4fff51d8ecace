"""Choose the division that a place's name means: the own region first, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jintu.divisions import Division, Divisions, Level, standing
from jintu.link.context import Context, stem
from jintu.model import Struct
from jintu.recent import Recent

LATEST = 2025  # the year of the newest rows, for documents without a year
WATERS_AND_HILLS = tuple("河江湖海水溪川山岭峰沟湾泉岛港口滩洲坡")
NO_TOWNSHIP = (*WATERS_AND_HILLS, *"区城园路街桥站场心")  # sites that a township shares its short name with
# Names that a district somewhere bears and that mean an own one anywhere else.
GENERIC = re.compile(r"(?:[市城郊矿]|[新老][城市]?|[东西南北]市?|[一二三四五]|开发|高新|经开|滨海新)区")
SURE, FROM_CONTEXT, ABOLISHED = 1.0, 0.9, 0.8


class Choice(Struct, frozen=True, gc=False):
    """Hold the division a name was found to mean, or the candidates where it is open, and why."""

    division: Division | None
    candidates: tuple[Division, ...]
    reason: str
    score: float


class Hints(Struct, frozen=True, gc=False):
    """Hold what stands around a name: the level of the list it is in, the place named right before it,
    and the codes of the divisions that its document names beyond doubt."""

    level: Level | None = None
    before: Division | None = None
    known: frozenset[str] = frozenset()


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Placer:
    """Find the division that a name means in the context of a document."""

    divisions: Divisions
    _cache: Recent[tuple[str, str, int | None], tuple[Division, ...]] = field(
        default_factory=lambda: Recent(20_000), repr=False
    )

    def __call__(self, name: str, context: Context, hints: Hints = NO_HINTS) -> Choice | None:
        """Return the choice for a name, or None where no division is called so.

        >>> from jintu.divisions import load
        >>> from jintu.ontology import load as ontology
        >>> divisions = load(ontology())
        >>> jinzhou = Context(divisions.chain("210700"), 2023)
        >>> Placer(divisions)("黑山", jinzhou).division.name
        '黑山县'
        """
        found = self.candidates(name, context)
        if hints.level is None and hints.before is None:
            found = tuple(place for place in found if not self._is_rather_a_hill(place, name, context))
        if not found:
            return None
        narrowed, reason, score = self._narrow(found, name, context, hints)
        if len({place.code for place in narrowed}) == 1:
            return Choice(narrowed[0], found, reason, score)
        return Choice(None, found, _open(name, narrowed), score / 2)

    def candidates(self, name: str, context: Context) -> tuple[Division, ...]:
        """Return the divisions a name may mean in a document: valid ones, else those that once were."""
        own = context.own.code if context.own else ""
        key = (name, own, context.year)
        if key not in self._cache:
            self._cache[key] = self._candidates(name, context)
        return self._cache[key]

    def _candidates(self, name: str, context: Context) -> tuple[Division, ...]:
        year = context.year or LATEST
        valid = standing(self.divisions.located(name, year=year), year)
        found = tuple(place for place in valid if self._plausible(place, name, context))
        return found or _last(place for place in self.divisions.located(name) if self._plausible(place, name, context))

    def _plausible(self, place: Division, name: str, context: Context) -> bool:
        """Drop namesakes that nobody means by a bare name: generic ones, those long gone, and far small ones."""
        own = context.own
        inside = self._inside(place, own)
        if GENERIC.fullmatch(name):
            return inside and _is_city(own)
        if place.level is Level.TOWNSHIP:
            return self._plausible_township(place, name, context, inside=inside)
        if not place.valid(context.year or LATEST):
            return name.endswith(place.name) and (inside or self._inside(place, context.province) or not context.own)
        if name.endswith(place.name):
            return True
        if place.level <= Level.PREFECTURE or name in place.aliases or inside or self._inside(place, context.province):
            return True
        return self._has_no_namesake(place, name) or (place.name.endswith("市") and not name.endswith(WATERS_AND_HILLS))

    def _has_no_namesake(self, place: Division, name: str) -> bool:
        """Tell whether nothing else is called so but what lies in the place, as its seat."""
        others = standing(self.divisions.named(name), LATEST)
        return all(place.code in (other.code, other.parent) for other in others)

    def _plausible_township(self, place: Division, name: str, context: Context, *, inside: bool) -> bool:
        """Take a township by its full name in its region, by its short one in its own prefecture or county."""
        if name not in (place.name, place.short):  # a path, such as 古塔区 with a township
            return name.endswith(place.name)
        if name == place.name:
            return inside or context.own is None
        own = context.own  # a municipality has too many townships for one to be meant by a short name
        return inside and own is not None and own.level >= Level.PREFECTURE and not name.endswith(NO_TOWNSHIP)

    def _narrow(
        self, found: tuple[Division, ...], name: str, context: Context, hints: Hints
    ) -> tuple[tuple[Division, ...], str, float]:
        """Keep the likeliest candidates: by what stands around the name, then by region, then by level."""
        year = context.year or LATEST
        pool, reason = self._around(found, hints)
        nearest, where = self._nearest(_provinces_first(pool, name) if pool is found else pool, context)
        widest = _at(nearest, min(place.level for place in nearest))
        if len(widest) > 1 and (known := self._known(widest, hints.known)):
            return known, "the document names it in full elsewhere", FROM_CONTEXT
        if len(widest) > 1 and (cities := tuple(place for place in widest if place.name == name + "市")):
            return cities, "the city rather than the county of its name", FROM_CONTEXT
        if not any(place.valid(year) for place in widest):
            return widest, f"{where}; abolished or renamed after {widest[0].until}", ABOLISHED
        return widest, reason or where, FROM_CONTEXT if reason else SURE

    def _is_rather_a_hill(self, place: Division, name: str, context: Context) -> bool:
        """Tell whether a bare name is the lake, or the far hill or water, that lent a district its name."""
        if place.level is not Level.COUNTY or place.name == name or not place.name.endswith("区"):
            return False
        return name.endswith("湖") or (name.endswith(WATERS_AND_HILLS) and not self._inside(place, context.own))

    def _around(self, found: tuple[Division, ...], hints: Hints) -> tuple[tuple[Division, ...], str]:
        """Keep the candidates that fit what stands around the name, with the reason; all where nothing tells."""
        if hints.before and (inner := self._all_inside(found, hints.before)):
            return inner, f"lies in {hints.before.name}, which is named right before it"
        if hints.level is not None and (alike := _at(found, hints.level)):
            return alike, f"stands in a list of divisions of the level {hints.level.name.lower()}"
        return found, ""

    def _nearest(self, found: tuple[Division, ...], context: Context) -> tuple[tuple[Division, ...], str]:
        """Keep the candidates of the own region, else of the own province, else all."""
        own, province = context.own, context.province
        if own in found:
            return (own,), "the document's own place"
        mine = tuple(place for place in found if place in context.chain or self._inside(place, own))
        if own and mine:
            above = all(place in context.chain for place in mine)
            return (
                mine,
                "a division that the document's own place lies in" if above else f"a division within {own.name}",
            )
        nearby = self._all_inside(found, province) if province else ()
        if province and nearby:
            return nearby, f"a division of the same province {province.name}"
        return found, "the widest division of this name" if len(found) > 1 else "the only division of this name"

    def _known(self, found: tuple[Division, ...], known: frozenset[str]) -> tuple[Division, ...]:
        """Keep the candidates that the document names elsewhere, else those that lie in such a division."""
        same = tuple(place for place in found if place.code in known)
        return same or tuple(place for place in found if place.parent in known)

    def _all_inside(self, found: Iterable[Division], region: Division) -> tuple[Division, ...]:
        return tuple(place for place in found if place.code != region.code and self._inside(place, region))

    def _inside(self, place: Division, region: Division | None) -> bool:
        if region is None:
            return False
        if region.level is Level.COUNTRY or place.code == region.code:
            return place.level is not Level.TOWNSHIP or place.code == region.code
        return place.code.startswith(stem(region.code))


def list_level(members: Sequence[tuple[Division, ...]]) -> Level | None:
    """Return the widest level at which every name of a list is a division, None for a list of one.

    >>> from jintu.divisions import load
    >>> from jintu.ontology import load as ontology
    >>> divisions = load(ontology())
    >>> list_level([divisions.named("长春"), divisions.named("吉林")]).name
    'PREFECTURE'
    """
    levels = [{place.level for place in found} - {Level.TOWNSHIP} for found in members]
    named = [found for found in levels if found]  # a county's seat shares its name and tells nothing of the list
    common = set.intersection(*named) if len(named) > 1 else set()
    return min(common) if common else None


def _is_city(own: Division | None) -> bool:
    """Tell whether a document's place is so narrow that it may call a district by a bare name."""
    return own is not None and (own.level >= Level.PREFECTURE or own.name.endswith("市"))


def _at(found: Iterable[Division], level: Level) -> tuple[Division, ...]:
    return tuple(place for place in found if place.level is level)


def _provinces_first(found: tuple[Division, ...], name: str) -> tuple[Division, ...]:
    """Leave out counties that share a province's short name: 河北 in a report of 天津 is the province."""
    provinces = any(place.level is Level.PROVINCE and place.short == name for place in found)
    return tuple(place for place in found if place.level <= Level.PREFECTURE) if provinces else found


def _last(bearers: Iterable[Division]) -> tuple[Division, ...]:
    """Keep the bearers of a name that lost it last."""
    found = tuple(bearers)
    latest = max((place.until or LATEST for place in found), default=LATEST)
    return tuple(place for place in found if (place.until or LATEST) == latest)


def _open(name: str, candidates: tuple[Division, ...]) -> str:
    shown = ", ".join(f"{place.name} {place.code}" for place in candidates[:6])
    more = f" and {len(candidates) - 6} more" if len(candidates) > 6 else ""
    return f"left open: {name} may be {shown}{more}"
