"""Write many rows of the same kind as columns: names of fields and repeated values are written once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import NoneType
from typing import Any

FEW = 4  # a column in which a value comes this often on average names each value once
SPARSE = 3  # a column that fewer than one row in this many fills names the rows


def packed(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Turn rows into columns; a row need not fill every column.

    A column is ``all`` its values, or the values ``of`` which it is made with the place ``at`` which
    each row's stands (without ``at``: the same in all rows), or ``some`` values of the ``rows`` named.

    >>> packed([{"name": "甲河", "kind": "Place"}, {"name": "乙河", "kind": "Place"}])
    {'count': 2, 'columns': {'name': {'all': ['甲河', '乙河']}, 'kind': {'of': ['Place']}}}
    """
    names = dict.fromkeys(name for row in rows for name in row)
    return table(len(rows), {name: [row.get(name) for row in rows] for name in names})


def table(count: int, columns: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Turn columns of ``count`` values each, None where a row has none, into what ``packed`` gives."""
    return {"count": count, "columns": {name: _column(values) for name, values in columns.items()}}


def _column(values: Sequence[Any]) -> dict[str, Any]:
    if SPARSE * (len(values) - values.count(None)) < len(values):
        filled = [place for place, value in enumerate(values) if value is not None]
        return {"rows": filled, "some": [values[place] for place in filled]}
    kinds = set(map(type, values))
    if all(kind is NoneType or issubclass(kind, str | int | float) for kind in kinds):
        named: Sequence[Any] = values
        if len(kinds & {bool, int, float}) > 1:  # True and 1 and 1.0 are three values
            named = [(type(value), value) for value in values]
        first: dict[Any, int] = {}
        at = [first.setdefault(name, len(first)) for name in named]
        of = list(first) if named is values else [value for _, value in first]
        if len(of) == 1:
            return {"of": of}
        if FEW * len(of) <= len(values):
            return {"of": of, "at": at}
    return {"all": list(values)}
