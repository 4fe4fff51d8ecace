"""Find the year and the day a passage speaks of."""

from __future__ import annotations

import re
from calendar import monthrange

YEAR = re.compile(r"(?<![\d.．])(?:19|20)\d{2}(?=年)|(?<![\d.．])(?:１９|２０)[０-９]{2}(?=年)")

DAY = re.compile(r"((?:19|20)\d\d)\s*[-年/.]\s*(1[0-2]|0?[1-9])\s*[-月/.]\s*(3[01]|[12]\d|0?[1-9])")
HAN_DAY = re.compile(
    r"(二[〇○零][〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
HAN = {figure: number for number, figure in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "": 1}


def year_of(text: str) -> int | None:
    """Return the one year that a passage names, or None where it names none or several.

    >>> year_of("力争2025年建成通车"), year_of("2020年至2022年连续增长"), year_of("第七巡视组")
    (2025, None, None)
    """
    if "年" not in text:
        return None
    years = {int(found) for found in YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def day_of(text: str) -> str | None:
    """Return the first day that a passage names, as ISO 8601, or None where it names none that there is.

    >>> day_of("发布时间：2023年4月7日 08:30"), day_of("二〇二三年十二月三十日"), day_of("2023-2-30")
    ('2023-04-07', '2023-12-30', None)
    """
    if found := DAY.search(text):
        year, month, day = map(int, found.groups())
    elif found := HAN_DAY.search(text):
        year, month, day = int("".join(str(HAN[figure]) for figure in found[1])), _han(found[2]), _han(found[3])
    else:
        return None
    return f"{year}-{month:02}-{day:02}" if month and 0 < day <= monthrange(year, month)[1] else None


def _han(written: str) -> int:
    """Return a month or a day written in Han figures: 十二 is 12."""
    tens, ten, ones = written.rpartition("十")
    return (HAN.get(tens, 1) if ten else 0) * 10 + (HAN[ones] if ones else 0)
