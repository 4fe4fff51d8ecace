"""Write many rows of the same kind as columns: names of fields and repeated values are written once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    return {"count": len(rows), "columns": {name: _column([row.get(name) for row in rows]) for name in names}}


def _column(values: Sequence[Any]) -> dict[str, Any]:
    filled = [place for place, value in enumerate(values) if value is not None]
    if SPARSE * len(filled) < len(values):
        return {"rows": filled, "some": [values[place] for place in filled]}
    if all(value is None or isinstance(value, str | int | float) for value in values):
        places: dict[tuple[type, Any], int] = {}
        at = [places.setdefault((type(value), value), len(places)) for value in values]  # True and 1 are two values
        of = [value for _, value in places]
        if len(of) == 1:
            return {"of": of}
        if FEW * len(of) <= len(values):
            return {"of": of, "at": at}
    return {"all": list(values)}
