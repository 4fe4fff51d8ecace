"""Write rows as an Excel workbook that is the same bytes each time; this is the only home of openpyxl."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from jintu.errors import JintuError

# The published types of openpyxl leave out much of a write-only sheet, so sheets and cells are Any here.
Page: TypeAlias = tuple[str, Sequence[str], Iterable[tuple[Any, ...]]]
THEN = datetime(2000, 1, 1)  # any fixed time: the hour of writing would change the bytes
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that a zip archive can hold
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2 (Char)
LONGEST_CELL = 32_767  # characters, a limit of Excel, as are the rows
MOST_ROWS = 1_048_576
WIDEST, NARROWEST = 60, 9  # columns, in characters; a Chinese one is two wide
PROBE = 200  # rows that tell how wide a column is


def to_xlsx(pages: Sequence[Page]) -> bytes:
    """Return pages as a workbook: real numbers, a frozen bold head, columns as wide as what they hold.

    Raises:
        JintuError: if a page has more rows than Excel opens.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "jintu"
    book.properties.created = THEN
    for title, columns, rows in pages:
        sheet = book.create_sheet(title)
        _fill(sheet, title, columns, list(rows))
    written = BytesIO()
    book.save(written)
    return _timeless(written)


def _fill(sheet: Any, title: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    if len(rows) >= MOST_ROWS:
        raise JintuError(f"{title}: {len(rows)} rows are more than Excel opens ({MOST_ROWS - 1}); write csv or parquet")
    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns, 1):
        shown = [column, *(str(row[at - 1]) for row in rows[:PROBE])]
        sheet.column_dimensions[get_column_letter(at)].width = _width(shown)
    sheet.append(_head(sheet, columns))
    for row in rows:
        sheet.append(_cell(sheet, value) for value in row)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"


def _head(sheet: Any, columns: Sequence[str]) -> Iterator[Any]:
    for column in columns:
        cell = WriteOnlyCell(sheet, value=column)
        cell.font = Font(bold=True)
        yield cell


def _cell(sheet: Any, value: Any) -> Any:
    """Return a number or nothing as it is, and text as text, be it written like a formula."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=NO_XML.sub("\ufffd", value)[:LONGEST_CELL])
    cell.data_type = "s"
    return cell


def _width(shown: Iterable[str]) -> float:
    longest = max(sum(1 + (character > "\u2e7f") for character in text) for text in shown)
    return float(min(WIDEST, max(NARROWEST, longest + 2)))


def _timeless(written: BytesIO) -> bytes:
    """Return a workbook with all times in it the same."""
    then = THEN.isoformat().encode() + b"Z"
    timeless = BytesIO()
    with ZipFile(written) as old, ZipFile(timeless, "w", ZIP_DEFLATED) as new:
        for part in sorted(old.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            content = MODIFIED.sub(rb"\g<1>" + then + rb"\g<2>", old.read(part))
            entry = ZipInfo(part, EPOCH)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, content)
    return timeless.getvalue()
