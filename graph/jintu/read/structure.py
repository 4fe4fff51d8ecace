"""See a report's structure: its title and its headed sections, reviewing, planning or explaining."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jintu.model import Modality, Part, Section, Span
from jintu.read.extract import Heading

HEADING = re.compile(  # at the start of a line; first-level ones also after a full stop, for texts without line breaks
    r"(?:^[ \t　]*(?:#{1,6} *)?|(?<=[。！])(?=\*{0,2}[一二三四五六七八九十]{1,3}、))\*{0,2}"
    r"(?P<number>第?[一二三四五六七八九十]{1,3}(?:、|部分|章)|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)|)"
    r"(?P<title>[^\n。]{1,60})",
    re.MULTILINE,
)
PLAN = re.compile(
    r"工作(?:安排|打算|思路|部署|目标|建议|总体要求)|总体(?:要求|思路|考虑)|(?:目标|主要|重点)任务|(?:主要|预期|奋斗)目标|目标(?:和|与)?要求"
    r"|[明今]年.{0,8}(?:工作|任务|重点)|\d{4}年.{0,10}(?:重点工作|主要工作|工作重点|政府工作(?!报告)|工作任务)|未来|今后"
    r"|下一?步(?:的?工作|重点|主要)?(?:打算|计划|安排|思路|考虑|举措|措施|建议|工作|任务|重点)|下一?阶段(?:.{0,4}(?:打算|计划|安排|思路|工作|任务|重点))"
    r"|后续(?:工作|计划|安排|打算|举措)|\d{4}年(?:工作)?(?:打算|安排|思路|计划(?!执行|完成))|(?:^|[，、和及])下一?步$"
)
REVIEW = re.compile(r"回顾|总结|成就|工作情况|主要成绩|过去|完成情况")
# A paragraph that opens a part of a report which has no numbered heading for it.
TURN = re.compile(
    r"(?:各位代表[！，!,：:]\s*)?(?:做好|为做好|按照|围绕)?(?:今年|明年|新的一年|今后五年|未来五年|“十[三四五]五”时期|展望\d{4}|20\d\d年)"
    r"(?![^。\n]*完成)[^。\n]{0,40}(?:总体要求|总体思路|预期目标|主要目标|工作任务|我们(?:将|要)|重点(?:抓好|做好))"
)
# The title of a glossary; 49 of the 192 reports have one.
NOTES = re.compile(
    r"(?:附件?\d*[:：]?)?(?:《?政府工作报告》?)?(?:中)?(?:的)?(?:有关|部分|相关|主要)?(?:内容)?(?:专[业有])?(?:名词|用语|词语|术语|指标)*(?:术语)?"
    r"(?:解释|注释|释义)(?:[和与]?说明)?[:：]?|解释[和与]?说明[:：]?"
)
NOTE = re.compile(r"[ \t　]*(?:[\[〔［]\d{1,3}[\]〕］]|注\d{0,2}[:：])")  # footnotes, as their texts begin
BARE = re.compile(r"[一-鿿、“”]{3,18}")  # a heading without number: words alone, before a paragraph
ENDED = tuple("。！？”")  # how the line before a bare heading ends
PARAGRAPH = 50  # characters of the line after a bare heading; lists of names have shorter ones
NEAR = 40  # characters around a bare heading in which blank lines may stand
LAST = 100_000  # characters from the end in which notes stand
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


def sections(text: str, headings: Sequence[Heading] = ()) -> tuple[Section, ...]:
    """Return the sections that headings open, in order, each up to the next heading.

    ``headings`` are those that the file itself marks. A section of a lower level plans when the
    one of the first level above it does; a glossary does not plan, wherever it stands.

    >>> text = "一、去年工作回顾\\n建成水库。\\n二、今年工作安排\\n（一）抓项目\\n"
    >>> [(section.title, section.modality.value, section.level) for section in sections(text)]
    [('去年工作回顾', 'stated', 1), ('今年工作安排', 'planned', 1), ('抓项目', 'planned', 2)]
    """
    openings = [*_openings(text, {heading.start: heading.level for heading in headings})]
    edges = [opening.start for opening in openings] + [len(text)]
    modality, part, found = Modality.STATED, Part.OTHER, []
    for opening, (start, end) in zip(openings, pairwise(edges), strict=True):
        part = _part(opening.name, _modality(opening.name, modality), part)
        modality = Modality.STATED if part is Part.NOTES else _modality(opening.name, modality)
        found.append(Section(Span(start, end), opening.name, modality, opening.level, part))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Opening:
    """Hold where a section starts, its heading's words and its level."""

    start: int
    name: str
    level: int


def _openings(text: str, marked: Mapping[int, int]) -> Iterator[Opening]:
    """Yield the headings of a text: numbered, marked by the file, with a heading's words, or alone on a line."""
    notes = _footnotes(text)
    top = min(marked.values(), default=1)
    begun = False
    for line in HEADING.finditer(text, 0, notes):
        words, level = line["title"].strip().rstrip("*"), _level(line["number"])
        if line.start() in marked and line.start() > 0:
            level = level or marked[line.start()] - top + 1
        elif not level and (_opens(words) or (begun and _is_bare(words, text, line))):
            level = 1
        if level:
            begun = True
            yield Opening(line.start(), _name(words), level)
    if notes < len(text):
        yield Opening(notes, "注释", 1)


def _level(number: str) -> int:
    """Return the level that the form of a number tells: 一、 or 第一章 1, （一） 2, 1. 3; 0 without a number."""
    if not number:
        return 0
    return 3 if number[0].isdigit() and number[0].isascii() else 2 if number[0] in "（(" else 1


def _opens(words: str) -> bool:
    """Tell whether a line without number is a heading by its words, or a turn to plans."""
    short = len(words) <= 30 and not words.endswith(("。", "；", "，", "：", ":"))
    heading = short and (PLAN.search(words) or REVIEW.search(words))
    return bool(heading or NOTES.fullmatch(words) or TURN.match(words))


def _is_bare(words: str, text: str, line: re.Match[str]) -> bool:
    """Tell whether a line of a few words stands between paragraphs, as a heading does."""
    if not BARE.fullmatch(words) or text[line.end() : line.end() + 1] not in ("\n", "\r"):
        return False
    before = text[max(0, line.start() - NEAR) : line.start()].rstrip()
    following = text[line.end() : line.end() + NEAR + PARAGRAPH].lstrip().partition("\n")[0]
    return before.endswith(ENDED) and len(following) >= PARAGRAPH


def _footnotes(text: str) -> int:
    """Return where the notes at the end of a text start, each on a line with its number; the text's end without any."""
    start = len(text)
    for line in reversed(text[-LAST:].splitlines(keepends=True)):
        if line.strip() and not NOTE.match(line):
            break
        start -= len(line)
    return start if text[start:].strip() and len(text) - start < LAST else len(text)


def _name(rest: str) -> str:
    """Keep a heading's words and drop the paragraph that may follow on the same line."""
    words = rest.strip().rstrip("*：:")
    return words if NOTES.fullmatch(words) else re.split(r"[。；*：:]", words)[0].strip()[:40]


def _part(name: str, modality: Modality, before: Part) -> Part:
    """Tell to which part a section belongs; what comes after the glossary's title is the glossary."""
    if before is Part.NOTES or NOTES.fullmatch(name):
        return Part.NOTES
    if modality is Modality.PLANNED:
        return Part.PLAN
    return Part.REVIEW if REVIEW.search(name) or before is Part.PLAN else before


def _modality(name: str, above: Modality) -> Modality:
    if REVIEW.search(name) and not TURN.match(name):
        return Modality.STATED
    return Modality.PLANNED if TURN.match(name) or PLAN.search(name) else above
