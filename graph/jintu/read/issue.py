"""Find out which body a document speaks for, and of which day it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jintu.read.origin import MARKS, NATION, OFFICE
from jintu.text.dates import day_of

BODY = (
    r"(?:人民政府(?:办公[室厅]|研究室)?|政府办公[室厅]|国务院(?:办公厅)?|委员会|人民法院|人民检察院"
    r"|[一-鿿]{2,8}(?:厅|局|委|办公室|管委会|总队|调查队))"
)
SIGNED = re.compile(rf"(?:[一-鿿]{{2,20}}?{BODY}[ 　]*){{1,3}}")
ABOUT = re.compile(rf"(?P<body>[一-鿿]{{2,20}}?{BODY})关于")
SPEAKER = re.compile(r"(?P<body>[一-鿿]{2,20}?人民政府)" + OFFICE)
REPORT = re.compile(r"政府工作报告")
OPENING = re.compile(r"人民代表大会|人大|会议上")
HEAD, TAIL = 12, 8  # lines in which a document says at its beginning and its end whose and of when it is
NEAR = 3000  # characters in which those lines stand
LONGEST = 60  # characters of such a line


@dataclass(frozen=True, slots=True)
class Ends:
    """Hold the short lines at the beginning and at the end of a document, without marks and blanks."""

    head: tuple[str, ...]
    tail: tuple[str, ...]


def ends(text: str) -> Ends:
    """Return the lines of a text in which it says whose and of when it is.

    >>> ends("锦州市政府工作报告\\n市长　王某\\n各位代表：").head
    ('锦州市政府工作报告', '市长王某', '各位代表：')
    """
    near = text if len(text) <= 2 * NEAR else f"{text[:NEAR]}\n{text[-NEAR:]}"
    lines = [line for line in map(_bare, near.splitlines()) if line]
    short = [tuple(line for line in part if len(line) <= LONGEST) for part in (lines[:HEAD], lines[HEAD:][-TAIL:])]
    return Ends(*short)


def _bare(line: str) -> str:
    return MARKS.sub("", line)


def issuer(title: str, said: Ends, *, place: str | None) -> str | None:
    """Return the body that a document speaks for, or None where it does not say.

    >>> issuer("平江区人民政府办公室关于做好防汛工作的通知", ends(""), place=None)
    '平江区人民政府办公室'
    """
    return next(_issuers(_bare(title), said, place), None)


def _issuers(title: str, said: Ends, place: str | None) -> Iterator[str]:
    if found := ABOUT.match(title):
        yield found["body"]
    yield from (found["body"] for line in said.head if (found := SPEAKER.match(line)))
    yield from (line for line in (*said.head[1:], *said.tail) if SIGNED.fullmatch(line))
    if place and any(REPORT.search(line) for line in (title, *said.head)):
        yield "国务院" if place == NATION else f"{place}人民政府"


def date(said: Ends, *, told: str = "") -> str | None:
    """Return the day of a document as ISO 8601: when it was given, signed or, as its file tells, published.

    >>> date(ends("政府工作报告\\n——2023年1月4日在某市第十七届人民代表大会第二次会议上"))
    '2023-01-04'
    """
    opening = (line for line in said.head if OPENING.search(line))
    alone = (line for line in (*said.head, *said.tail) if len(line) <= LONGEST // 2)
    return next((day for line in (*opening, *alone) if (day := day_of(line))), None) or told or None
