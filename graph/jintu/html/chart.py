"""Say where on the map the divisions of a graph lie, and what lies around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Spot:
    """Hold where a division lies, in degrees, and its short name."""

    name: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Reference:
    """Hold what a page needs to know beside the graph: units by code, and places on the map by division code."""

    units: Mapping[str, str] = field(default_factory=dict)
    spots: Mapping[str, Spot] = field(default_factory=dict)


def chart(codes: Sequence[str | None], spots: Mapping[str, Spot]) -> dict[str, Any] | None:
    """Return the places of a graph's divisions, and all others as a ground to read them on; None where there are none.

    ``codes`` are those of the entities. Degrees are in hundredths, about a kilometre: a county is wider. Counties are
    named only in provinces of which the graph names a part.

    >>> lake = Spot("青湖", 121.354, 41.13)
    >>> chart(["210799", None], {"210799": lake})["entities"]
    [[0, 12135, 4113]]
    """
    placed = [(number, spots[code]) for number, code in enumerate(codes) if code and code in spots]
    if not placed:
        return None
    near = {code[:2] for code in codes if code and not code.endswith("0000")}
    ground = [(code, spots[code]) for code in sorted(spots)]
    return {
        "entities": [[number, *_hundredths(spot)] for number, spot in placed],
        "ground": [_hundredths(spot) for _, spot in ground],
        "names": [spot.name if code.endswith("00") or code[:2] in near else 0 for code, spot in ground],
        "levels": "".join(_level(code) for code, _ in ground),
    }


def _hundredths(spot: Spot) -> list[int]:
    return [round(100 * spot.longitude), round(100 * spot.latitude)]


def _level(code: str) -> str:
    """Return 0 for a province, 1 for a prefecture, 2 for a county (GB/T 2260: two digits each)."""
    return "0" if code.endswith("0000") else "1" if code.endswith("00") else "2"
