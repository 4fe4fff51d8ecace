"""Make data frames of answers: numbers are numbers, dates are dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from pyoxigraph import Literal

from jintu.errors import QueryError
from jintu.rdf.answers import Answer, Term, shown

Cell = str | int | float | bool | date | datetime | None
XSD = "http://www.w3.org/2001/XMLSchema#"
INTEGERS = ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "gYear")
READERS: dict[str, Callable[[str], Cell]] = {
    **dict.fromkeys((XSD + name for name in INTEGERS), int),
    **dict.fromkeys((XSD + name for name in ("decimal", "double", "float")), float),
    XSD + "boolean": lambda written: written in ("true", "1"),
    XSD + "date": date.fromisoformat,
    XSD + "dateTime": datetime.fromisoformat,
}
LONGEST = 2**63


def frame(answer: Answer) -> Any:
    """Return the rows of an answer as a frame of pandas, or of polars where that alone is installed.

    A graph has the columns subject, predicate and object. Whole numbers are integers, others
    floating numbers; IRIs are short as in :func:`shown`, a cell without a value is missing.

    Raises:
        QueryError: if the answer is a truth, or neither library is installed.
    """
    if answer.form == "truth":
        raise QueryError("yes or no makes no table; ask with SELECT")
    makers = [make for name, make in (("pandas", _pandas), ("polars", _polars)) if _is_there(name)]
    if not makers:
        raise QueryError("frame needs pandas or polars; install one with pip install 'jintu[frame]'")
    names = answer.columns or ("subject", "predicate", "object")
    rows = answer.rows if answer.form == "rows" else [tuple(triple) for triple in answer.triples]
    cells = list(zip(*(map(cell, row) for row in rows), strict=True)) or [()] * len(names)
    return makers[0](dict(zip(names, map(_alike, cells), strict=True)))


def cell(term: Term | None) -> Cell:
    """Return a term as a plain value.

    >>> from pyoxigraph import NamedNode
    >>> cell(Literal("2.50", datatype=NamedNode(XSD + "decimal"))), cell(Literal("锦州市", language="zh"))
    (2.5, '锦州市')
    """
    if not isinstance(term, Literal):
        return None if term is None else shown(term)
    read = READERS.get(term.datatype.value, str)
    try:
        return read(term.value)
    except ValueError:  # ill-typed, as any store may hold it
        return term.value


def _is_there(library: str) -> bool:
    try:
        return find_spec(library) is not None
    except ValueError:  # taken out of reach
        return False


def _alike(cells: Sequence[Cell]) -> list[Cell]:
    """Return cells of one type: numbers as whole as they come, times of zones in UTC, all else of several as text."""
    types = {type(value) for value in cells if value is not None}
    if types <= {int, float} and (float in types or any(abs(value) >= LONGEST for value in _numbers(cells))):
        return [None if value is None else float(value) for value in cells]  # type: ignore[arg-type]  # all are numbers
    zones = {value.tzinfo is not None for value in cells if isinstance(value, datetime)}
    if len(types) > 1 or len(zones) > 1:
        return [None if value is None else str(value) for value in cells]
    return [value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else value for value in cells]


def _numbers(cells: Sequence[Cell]) -> Iterator[float]:
    return (value for value in cells if isinstance(value, int | float))


def _pandas(columns: Mapping[str, Sequence[Cell]]) -> Any:
    pandas = import_module("pandas")
    kinds = {int: "Int64", float: "float64", bool: "boolean"}

    def column(cells: Sequence[Cell]) -> Any:
        kind = next((type(value) for value in cells if value is not None), object)
        series = pandas.Series(cells, dtype=kinds.get(kind))
        return pandas.to_datetime(series) if issubclass(kind, date) else series

    return pandas.DataFrame({name: column(cells) for name, cells in columns.items()})


def _polars(columns: Mapping[str, Sequence[Cell]]) -> Any:
    return import_module("polars").DataFrame(columns)
