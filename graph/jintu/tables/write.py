"""Write tables as CSV, Parquet and Excel: the same bytes each time, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

from jintu.errors import JintuError
from jintu.files import replace_file
from jintu.sheets import csv_text
from jintu.tables.rows import IndicatorRow, ProjectRow, Tables

Row: TypeAlias = IndicatorRow | ProjectRow
Sheet: TypeAlias = tuple[str, type[Row], Sequence[Row]]
Cells: TypeAlias = tuple[Any, ...]
BOM = "\ufeff"  # by which Excel knows that a CSV is UTF-8
FORMATS = ("csv", "parquet", "xlsx")
NEEDS = {"parquet": "pyarrow", "xlsx": "openpyxl"}


def write(made: Tables, folder: Path, *, name: str, formats: Sequence[str] = FORMATS) -> tuple[Path, ...]:
    """Write tables to a folder: NAME-indicators.csv, NAME-projects.csv, the same as .parquet, and NAME.xlsx.

    Raises:
        JintuError: if a library is not installed, or a table does not fit a format; nothing is written then.
    """
    for form in formats:
        if form in NEEDS and find_spec(NEEDS[form]) is None:
            raise JintuError(f'{form} needs {NEEDS[form]}, which is not installed; run: pip install "jintu[tables]"')
    contents = [content for form in formats for content in _writers()[form](made, name)]
    return tuple(replace_file(folder / file, content) for file, content in contents)


def sheets(made: Tables) -> tuple[Sheet, Sheet]:
    """Return the tables with their names and the classes of their rows."""
    return ("indicators", IndicatorRow, made.indicators), ("projects", ProjectRow, made.projects)


def columns(kind: type[Row]) -> tuple[str, ...]:
    """Return the names of the columns.

    >>> columns(ProjectRow)[:2]
    ('name', 'kind')
    """
    return tuple(field.name for field in fields(kind))


def cells(row: Row) -> Cells:
    """Return the cells of a row, in the order of the columns."""
    return tuple(getattr(row, field.name) for field in fields(row))


def _writers() -> Mapping[str, Callable[[Tables, str], Iterator[tuple[str, bytes]]]]:
    return {"csv": _csv, "parquet": _parquet, "xlsx": _xlsx}


def _csv(made: Tables, name: str) -> Iterator[tuple[str, bytes]]:
    for title, kind, rows in sheets(made):
        text = csv_text(columns(kind), (tuple(map(_plain, cells(row))) for row in rows))
        yield f"{name}-{title}.csv", (BOM + text).encode("utf-8", "replace")


def _plain(cell: Any) -> Any:
    """Write a decimal in full: 1E+2 is no number to everybody."""
    return f"{cell:f}" if isinstance(cell, Decimal) else cell


def _parquet(made: Tables, name: str) -> Iterator[tuple[str, bytes]]:
    parquet = import_module("jintu.tables.parquet")
    for title, kind, rows in sheets(made):
        yield f"{name}-{title}.parquet", parquet.to_parquet(kind, columns(kind), list(map(cells, rows)))


def _xlsx(made: Tables, name: str) -> Iterator[tuple[str, bytes]]:
    excel = import_module("jintu.tables.excel")
    pages = [(title, columns(kind), map(cells, rows)) for title, kind, rows in sheets(made)]
    yield f"{name}.xlsx", excel.to_xlsx(pages)
