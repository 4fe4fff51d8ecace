"""Know the units of ``ontology/units.tsv`` by each form in which reports write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from jintu.ontology import Ontology, choice, complain, load
from jintu.text.numerals import numeral

COLUMNS = ("code", "forms", "factor", "iri", "lone", "label")


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold a unit: a figure in it times ``factor`` is a figure in ``code``.

    ``iri`` is a QUDT name (``unit:HA``, ``cur:CNY``), or ``-`` where QUDT has none; ``lone`` tells
    whether one Chinese digit before the unit makes a figure (两倍) or more likely a name (四个全面).
    """

    code: str
    factor: Decimal
    iri: str
    lone: bool
    label: str


def read_units(ontology: Ontology) -> Mapping[str, Unit]:
    """Return each written form of a unit with its unit.

    Raises:
        OntologyError: with every mistake of the table, a line each.
    """
    forms: dict[str, Unit] = {}
    mistakes: list[str] = []
    for row in ontology.rows("units.tsv", *COLUMNS):
        factor = numeral(row["factor"])
        if not factor:
            mistakes.append(row.wrong(f'factor "{row["factor"]}" is no number above 0'))
            continue
        lone = choice(row, "lone", ("yes", "no"), mistakes) == "yes"
        unit = Unit(row["code"], factor, row["iri"], lone, row["label"])
        for form in row["forms"].split():
            if form in forms:
                mistakes.append(row.wrong(f'form "{form}" is a form of {forms[form].code} too; keep it in one row'))
            forms[form] = unit
    complain(mistakes)
    return forms


@cache
def units() -> Mapping[str, Unit]:
    """Return the units of the installed ontology by written form.

    >>> units()["亩"].code, units()["公里"].iri
    ('MU', 'unit:KiloM')
    """
    return read_units(load())


@cache
def unit_names() -> Mapping[str, str]:
    """Return how reports write each unit, by its code.

    >>> unit_names()["MU"], unit_names()["PERCENT"]
    ('亩', '%')
    """
    return {unit.code: form for form, unit in reversed(list(units().items())) if unit.factor == 1}
