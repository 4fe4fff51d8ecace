"""Find the year a passage speaks of."""

from __future__ import annotations

import re

YEAR = re.compile(r"(?<![\d.．])(?:19|20)\d{2}(?=年)|(?<![\d.．])(?:１９|２０)[０-９]{2}(?=年)")


def year_of(text: str) -> int | None:
    """Return the one year that a passage names, or None where it names none or several.

    >>> year_of("力争2025年建成通车"), year_of("2020年至2022年连续增长"), year_of("第七巡视组")
    (2025, None, None)
    """
    if "年" not in text:
        return None
    years = {int(found) for found in YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None
