"""Markdown files: their text without the marks, so that none stands in a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from jintu.errors import SourceError
from jintu.read.decode import decode
from jintu.read.extract import Extract, of_paragraphs
from jintu.text.dates import day_of

FRONT = re.compile(r"\A---[ \t]*\r?\n(?P<front>(?:.*\r?\n){0,200}?)---[ \t]*(?:\r?\n|\Z)")
FIELD = re.compile(r"^(?P<name>title|date):[ \t]*(?P<value>.+?)[ \t]*\r?$", re.MULTILINE)
TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^>]*>", re.DOTALL)
BREAK = re.compile(r"<br\s*/?>", re.I)
# CommonMark leaves marks of emphasis standing where Chinese punctuation is inside and no blank outside them.
TIMES = re.compile(r"(?<=\d)\*(?=\d)")  # 3*5 is no emphasis
MARKS = re.compile(r"\*\*+|__(?=[^A-Za-z0-9_])")
CELL = "\t"


def markdown(raw: bytes, *, source: str) -> Extract:
    """Return the text of a Markdown file: a line for each paragraph's line, item and row of a table.

    Title and date come from its front matter.

    >>> markdown("# 工作回顾\\n建成**锦凌水库**，见[图](a.png)。".encode(), source="a.md").text
    '工作回顾\\n建成锦凌水库，见图。\\n'
    """
    text = decode(raw, source=source)
    front = FRONT.match(text)
    told = {field["name"]: field["value"].strip("\"'") for field in FIELD.finditer(front["front"])} if front else {}
    parsed = parser().parse(TIMES.sub(r"\*", text[front.end() if front else 0 :]))
    lines = [*_lines([Token("start", "", 0), *parsed])]
    title = told.get("title", "")
    if title and title not in [line for line, _ in lines[:5]]:
        lines.insert(0, (title, 0))
    if not lines:
        raise SourceError(f"{source}: holds no text; leave it out or fill it")
    return of_paragraphs(lines, title=title, date=day_of(told.get("date", "")) or "")


@cache
def parser() -> MarkdownIt:
    """Return a parser of CommonMark and tables.

    Lines that stand in are text, since Chinese paragraphs do; a line under dashes is no heading.
    """
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["code", "lheading"])


def _lines(tokens: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """Yield the lines of a text, each with its level as a heading (0: none)."""
    item, row = "", list[str]()
    for before, token in pairwise(tokens):
        match token.type:
            case "list_item_open":
                item = f"{token.info}{token.markup} " if token.info else ""
            case "inline" if before.type in ("td_open", "th_open"):
                row.append(_plain(token).replace("\n", " "))
            case "tr_close":
                yield from _shown(CELL.join(row), 0)
                row = []
            case "inline":
                level = int(before.tag[1:]) if before.type == "heading_open" else 0
                yield from _shown(item + _plain(token), level)
                item = ""
            case "fence":
                yield from _shown(token.content, 0)
            case "html_block":
                yield from _shown(TAG.sub("", BREAK.sub("\n", token.content)), 0)


def _shown(text: str, level: int) -> Iterator[tuple[str, int]]:
    for line in text.splitlines():
        words = MARKS.sub("", line).strip()
        if words.strip("-=_*~ "):
            yield words, level


def _plain(inline: Token) -> str:
    return "".join(map(_piece, inline.children or ()))


def _piece(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "html_inline":
        return "\n" if BREAK.fullmatch(token.content) else ""
    return "" if token.type == "image" else token.content
