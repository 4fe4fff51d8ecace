"""Know the words that a name may end in or not: 项目, 工程, 行动, and the legal forms of firms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jintu.model import Kind

LEAST_STEM = 3  # characters of a programme's or works' name without its last word


@dataclass(frozen=True, slots=True)
class Tail:
    """Hold words that may end a name; ``last`` are the ends of them all, which cost less to look for."""

    words: re.Pattern[str]
    last: tuple[str, ...]

    def off(self, name: str) -> str:
        """Return a name without these words at its end.

        >>> FIRM.off("锦云药业集团有限公司"), FIRM.off("锦云公司医院")
        ('锦云药业', '锦云公司医院')
        """
        return self.words.sub("", name) if name.endswith(self.last) else name


WORKS = Tail(re.compile(r"(?:建设)?(?:项目|工程)$|建设$"), ("项目", "工程", "建设"))
POLICY = Tail(re.compile(r"(?:政策|工作)$"), ("政策", "工作"))
# What a programme's name may end in or not, where the name without it is a programme's too.
PLAN = Tail(
    re.compile(r"(?:改革|模式|工程|(?:专项)?行动|战略|建设)$"), ("改革", "模式", "工程", "行动", "战略", "建设")
)
FIRM = Tail(
    re.compile(r"(?:发展|实业|投资|产业)?(?:[(]集团[)]|控股|集团|股份|有限|责任|总|公司)+$"),
    ("(集团)", "控股", "集团", "股份", "有限", "责任", "总", "公司"),
)
TAILS = {  # with the least characters of a name without its last words
    Kind.PROJECT: (WORKS, 3),
    Kind.PROGRAMME: (POLICY, 2),
    Kind.INSTITUTION: (FIRM, 2),
}
PLAN_TAILS = {Kind.PROGRAMME: PLAN, Kind.PROJECT: WORKS}


@lru_cache(maxsize=20_000)
def without_tail(kind: Kind, name: str) -> str:
    """Return the name of a programme or of works without its last word, or the whole name.

    >>> without_tail(Kind.PROGRAMME, "清水绿岸行动"), without_tail(Kind.INSTITUTION, "市中心医院")
    ('清水绿岸', '市中心医院')
    """
    stem = PLAN_TAILS[kind].off(name) if kind in PLAN_TAILS else name
    return stem if len(stem) >= LEAST_STEM else name
