"""Find the year and the day a passage speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange

SAYING = "表说证文"  # 表明|年均: 明年 is none behind them
NAMED = re.compile(
    r"年(?:(?<=(?<![\d.．])(?:19|20|１９|２０)\d\d年)"
    rf"|(?<=[今去前明]年)(?<![目以提之此]前年)(?<![{SAYING}]明年)(?<![当如]今年))"  # 目前|年产值
)
RELATIVE = {"前": -2, "去": -1, "今": 0, "明": 1}
LONGEST_TITLE = 60  # characters of a title in 《》 before a year in it
LONGEST_SENTENCE = 600  # characters over which a year carries
NEAR = 6  # characters before a year that tell what it is
OPENS = re.compile(
    r"(?:\A|[，,；;。：:！!？?\s—）)])(?:(?:预计|力争|确保|争取|计划)?(?:到|至|截[至止]|在|于)?|展望|面向)\Z"
)
ALONE = re.compile(
    r"(?:全年|[年末底初内]|[上下]半年|前?[一二三四]季度|[春夏秋冬]季?|\d{1,2}月(?:份|[末底初中]|[上中下]旬|\d{1,2}日)?)?(?:期间|之?前|左右)?[，,]"
)
MEASURED = re.compile(r"(?:(?<!占)[比较由]|[高低]于|超过)\Z")
SINCE, RUNS = re.compile(r"[从自]\Z"), re.compile(r"[^，,；;。\n]{0,9}?(?:起|开始)")
BESIDE, COMPARED = re.compile(r"[与和同]\Z"), re.compile(r"(?:[末底]|同期)?(?:相比|相当|持平)")
TIMES = re.compile(r"(?:同期|[末底])?的[约近]?\d[\d.]*(?:倍|%|％)")  # 2019年的1.3倍
STOP = re.compile(r"[。！？!?\r\n]")

DAY = re.compile(r"((?:19|20)\d\d)\s*[-年/.]\s*(1[0-2]|0?[1-9])\s*[-月/.]\s*(3[01]|[12]\d|0?[1-9])")
HAN_DAY = re.compile(
    r"(二[〇○零][〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
HAN = {figure: number for number, figure in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "": 1}


class Years:
    """Tell of which year a part of a text speaks.

    A year that something is measured against (比2020年, 由2019年的) is none, nor is one in the title of
    a work. A year alone in its clause holds for those behind it, up to the next one or the end of the
    sentence. ``now`` is the year that 今年 is, where that is known.

    >>> text = "2024年，新建学校5所，比2020年增加3所。改造12所。"
    >>> years = Years(text)
    >>> years.of(6, 12), years.of(13, 23), years.of(24, 29)
    (2024, 2024, None)
    """

    def __init__(self, text: str, *, now: int | None = None) -> None:
        """Find the years of a text, once for all its parts."""
        self._ends: list[int] = []
        self._years: list[int] = []
        self._leads: list[int] = []
        self._led: list[tuple[int, int | None]] = []
        for found in NAMED.finditer(text):
            self._add(text, found.start(), now)

    def _add(self, text: str, end: int, now: int | None) -> None:
        step = RELATIVE.get(text[end - 1])
        start = end - 4 if step is None else end - 1
        before, near = text[max(0, start - NEAR) : start], max(0, start - LONGEST_TITLE)
        if _is_measured(text, before, end + 1) or text.rfind("《", near, start) > text.rfind("》", near, start):
            return
        year = int(text[start:end]) if step is None else None if now is None else now + step
        if year is not None:
            self._ends.append(end)
            self._years.append(year)
        if OPENS.search(before) and ALONE.match(text, end + 1):
            stop = STOP.search(text, end, end + LONGEST_SENTENCE)
            self._leads.append(end)
            self._led.append((stop.start() if stop else end + LONGEST_SENTENCE, year))

    def of(self, start: int, end: int) -> int | None:
        """Return the one year of which the text between two offsets speaks, or None for none or several."""
        first, last = bisect_left(self._ends, start), bisect_left(self._ends, end)
        if first < last:
            years = set(self._years[first:last])
            return years.pop() if len(years) == 1 else None
        lead = bisect_right(self._leads, start) - 1
        reach, year = self._led[lead] if lead >= 0 else (0, None)
        return year if start < reach else None


def _is_measured(text: str, before: str, after: int) -> bool:
    return bool(
        MEASURED.search(before)
        or text.startswith("远景目标", after)
        or TIMES.match(text, after)
        or (SINCE.search(before) and not RUNS.match(text, after))
        or (BESIDE.search(before) and COMPARED.match(text, after))
    )


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
