"""See a report's structure: its title and its headed sections, reviewing or planning."""

from __future__ import annotations

import re
from itertools import pairwise

from jintu.model import Modality, Section, Span

HEADING = re.compile(  # at the start of a line; first-level ones also after a full stop, for texts without line breaks
    r"(?:^[ \t　]*(?:#{1,6} *)?|(?<=[。！])(?=\*{0,2}[一二三四五六七八九十]{1,3}、))\*{0,2}"
    r"(?P<number>第?[一二三四五六七八九十]{1,3}(?:、|部分|章)|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)|)"
    r"(?P<title>[^\n。]{1,60})",
    re.MULTILINE,
)
PLAN = re.compile(
    r"工作(?:安排|打算|思路|部署|目标|建议|总体要求)|总体(?:要求|思路|考虑)|(?:目标|主要|重点)任务|(?:主要|预期|奋斗)目标|目标(?:和|与)?要求"
    r"|[明今]年.{0,8}(?:工作|任务|重点)|\d{4}年.{0,10}(?:重点工作|主要工作|工作重点|政府工作(?!报告)|工作任务)|未来|今后"
)
REVIEW = re.compile(r"回顾|总结|成就|工作情况|主要成绩|过去|完成情况")
# A paragraph that opens a part of a report which has no numbered heading for it.
TURN = re.compile(
    r"(?:各位代表[！，!,：:]\s*)?(?:做好|为做好|按照|围绕)?(?:今年|明年|新的一年|今后五年|未来五年|“十[三四五]五”时期|展望\d{4}|20\d\d年)"
    r"(?![^。\n]*完成)[^。\n]{0,40}(?:总体要求|总体思路|预期目标|主要目标|工作任务|我们(?:将|要)|重点(?:抓好|做好))"
)
FRONT_TITLE = re.compile(r"\A---\s*\n(?:.*\n)*?title:\s*(?P<title>.+)\n(?:.*\n)*?---\s*\n")
MARKS = re.compile(r"[#*_\s]+")


def title(text: str) -> str:
    """Return the title of a document: its front matter's, or its first line with words on it.

    >>> title("\\n# 锦州市政府工作报告\\n各位代表：")
    '锦州市政府工作报告'
    """
    if front := FRONT_TITLE.match(text):
        return front["title"].strip().strip("\"'")[:200]
    first = next((line for line in text[:4000].splitlines() if MARKS.sub("", line)), "")
    return MARKS.sub(" ", first).strip()[:80]


def sections(text: str) -> tuple[Section, ...]:
    """Return the sections that numbered headings open, in order, each up to the next heading.

    A section of the second level plans when the one of the first level above it does.

    >>> text = "一、去年工作回顾\\n建成水库。\\n二、今年工作安排\\n（一）抓项目\\n"
    >>> [(section.title, section.modality.value) for section in sections(text)]
    [('去年工作回顾', 'stated'), ('今年工作安排', 'planned'), ('抓项目', 'planned')]
    """
    openings = [opening for opening in HEADING.finditer(text) if _opens(opening)]
    edges = [opening.start() for opening in openings] + [len(text)]
    modality, found = Modality.STATED, []
    for opening, (start, end) in zip(openings, pairwise(edges), strict=True):
        name = _name(opening["title"])
        modality = _modality(name, modality, top=not opening["number"] or opening["number"][-1] in "、分章")
        found.append(Section(Span(start, end), name, modality))
    return tuple(found)


def _opens(line: re.Match[str]) -> bool:
    """Tell whether a line is a numbered heading, a short one with a heading's words, or a turn to plans."""
    words = line["title"].strip().rstrip("*")
    if line["number"]:
        return True
    short = len(words) <= 30 and not words.endswith(("。", "；", "，", "：", ":"))
    return bool((short and (PLAN.search(words) or REVIEW.search(words))) or TURN.match(words))


def _name(rest: str) -> str:
    """Keep a heading's words and drop the paragraph that may follow on the same line."""
    return re.split(r"[。；*：:]", rest.strip())[0].strip()[:40]


def _modality(name: str, above: Modality, *, top: bool) -> Modality:
    if REVIEW.search(name) and not TURN.match(name):
        return Modality.STATED
    if TURN.match(name) or (PLAN.search(name) and (top or above is Modality.STATED)):
        return Modality.PLANNED
    return above
