"""Gather from the ontology what the explorer needs beside a graph."""

from __future__ import annotations

from functools import cache

from jintu import divisions, ontology
from jintu.html import Reference, Spot
from jintu.ontology import complain
from jintu.text.units import unit_names

POINTS = "gazetteers/coordinates.tsv"


@cache
def reference() -> Reference:
    """Return the units, and where divisions lie, of the installed ontology.

    >>> reference().units["MU"], reference().spots["210726"].name
    ('亩', '黑山')
    """
    data = ontology.load()
    named = divisions.load(data)
    mistakes: list[str] = []
    spots = {}
    for row in data.rows(POINTS, "code", "longitude", "latitude"):
        division = named.at(row["code"])
        if division is None:
            mistakes.append(row.wrong(f'"{row["code"]}" is the code of no division'))
        else:
            spots[row["code"]] = Spot(division.short, float(row["longitude"]), float(row["latitude"]))
    complain(mistakes)
    return Reference(unit_names(), spots)
