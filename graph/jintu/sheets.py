"""Write rows as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for the start of a formula, also behind blanks (OWASP, CSV Injection).
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t")
BREAK = re.compile("\r\n?")  # Python's csv leaves a lone one unquoted, and readers end the row there
NUMBER = re.compile(r"[+-]?\d[\d,.]*%?")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write rows as CSV below a line that names the columns; None is an empty cell.

    >>> print(csv_text(("name", "value"), [("=1+1", -3)]), end="")
    name,value
    '=1+1,-3
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()


def harmless(text: str) -> str:
    """Put an apostrophe in front of text that a spreadsheet would run; numbers are not text and stay as they are.

    >>> harmless("@SUM(A1)"), harmless("锦凌水库"), harmless("-18.8")
    ("'@SUM(A1)", '锦凌水库', '-18.8')
    """
    text = BREAK.sub("\n", text)
    is_risky = text.lstrip(" \n\u3000\ufeff").startswith(FORMULA) and not NUMBER.fullmatch(text)
    return "'" + text if is_risky else text
