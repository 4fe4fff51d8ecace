"""Write rows as Parquet with exact decimals; this is the only home of pyarrow."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from jintu.errors import JintuError

# 29 digits before the point and 9 behind it, the same for every table so that tables can be joined; 128 bits,
# since DuckDB and Spark read no wider decimals.
DIGITS, SCALE = 38, 9
TYPES = {str: pa.string(), int: pa.int32(), float: pa.float64(), Decimal: pa.decimal128(DIGITS, SCALE)}


def to_parquet(kind: type, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> bytes:
    """Return rows of a class as a Parquet file; the types of its columns are those of the class's fields.

    Raises:
        JintuError: if a number is too long to be kept exactly.
    """
    hints = get_type_hints(kind)
    schema = pa.schema([pa.field(column, _type(hints[column])) for column in columns])
    for row in rows:
        _check(row)
    arrays = [pa.array([_whole(row[at]) for row in rows], type=schema.field(at).type) for at in range(len(columns))]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def _type(hint: Any) -> Any:
    """Return the column type of a field: that of ``int`` for ``int | None``."""
    return next(TYPES[plain] for plain in TYPES if hint in (plain, plain | None))


def _check(row: tuple[Any, ...]) -> None:
    for cell in row:
        if isinstance(cell, Decimal) and not _fits(cell):
            raise JintuError(f"{row[0]}: {cell} has more digits than a Parquet decimal keeps; write csv or xlsx")


def _fits(number: Decimal) -> bool:
    """Tell whether a number is kept exactly.

    >>> _fits(Decimal("146000.5")), _fits(Decimal("0.0000000001")), _fits(Decimal("1E+30"))
    (True, False, False)
    """
    if not number.is_finite():
        return False
    exponent = number.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= SCALE and number.adjusted() < DIGITS - SCALE


def _whole(cell: Any) -> Any:
    """Replace halves of characters, which UTF-8 cannot write."""
    return cell.encode("utf-8", "replace").decode("utf-8") if isinstance(cell, str) else cell
