"""A page as the lines that a reader sees, each with the place in the tree where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from lxml.html import HtmlElement

INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "img", "ins", "kbd", "label",
    "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "o:p", "st1:chsdate",
))  # fmt: skip
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SENTENCE = re.compile(r"[。；！？：，;!?,]")
BLANK = re.compile(r"[ \t\r\n\f]+")
HAN = r"[\u2e80-\u9fff\uff00-\uffef“”‘’]"
BROKEN = re.compile(rf"(?<={HAN})[ \t\r\f]*\n[ \t\r\n\f]*(?={HAN})")
CELL = "\t"  # between the cells of a row
LONGEST_CELL = 80  # characters: tables of figures have no longer cells on average, layouts have


@dataclass(frozen=True)
class Line:
    """Hold one line of a page, how many of its characters are links, and the element that holds its beginning."""

    text: str
    linked: int
    block: HtmlElement

    @cached_property
    def weight(self) -> int:
        """Return the characters that tell of running text: those outside links, on a line with punctuation."""
        own = len(self.text) - self.linked
        return own if SENTENCE.search(self.text) and own > self.linked else 0

    @property
    def level(self) -> int:
        """Return the level of the heading that the line is, from 1; 0 for other lines."""
        tags = (node.tag for node in (self.block, *self.block.iterancestors()))
        return next((int(tag[1]) for tag in tags if tag in HEADINGS), 0)


def lines(root: HtmlElement) -> tuple[Line, ...]:
    """Return the lines of a page in order: blocks and line breaks part them, a row of figures is one line.

    >>> from lxml.html import fromstring
    >>> [line.text for line in lines(fromstring("<div><p>水库<b>建成</b>。</p>学校<br>开学</div>"))]
    ['水库建成。', '学校', '开学']
    """
    return tuple(_walk(root, _rows(root)))


def _walk(root: HtmlElement, rows: frozenset[HtmlElement]) -> Iterator[Line]:
    """Yield lines; inside a row of figures nothing parts them but its cells."""
    line = _Line()
    links = row = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        starts = event == "start"
        links += (starts or -1) * (node.tag == "a")
        row += (starts or -1) * (node in rows)
        if node.tag == "br" or node.tag not in INLINE:
            if row and node not in rows:
                line.add(CELL if node.tag in ("td", "th") and not starts else " ", node, linked=False)
            else:
                yield from line.end()
                line = _Line()
        if said := node.text if starts else node.tail if node is not root else None:
            line.add(said, node if starts else node.getparent(), linked=links > 0)
    yield from line.end()


class _Line:
    """Gather the pieces of a line until a block ends it."""

    def __init__(self) -> None:
        self.pieces, self.linked, self.block = list[str](), 0, None

    def add(self, piece: str, block: HtmlElement, *, linked: bool) -> None:
        """Add a piece of text that ``block`` holds."""
        self.pieces.append(piece)
        if not piece.isspace():
            self.block = block if self.block is None else self.block
            self.linked += len("".join(piece.split())) if linked else 0

    def end(self) -> Iterator[Line]:
        """Yield the line, if it shows anything."""
        text = tidy("".join(self.pieces))
        if text and self.block is not None:
            yield Line(text, self.linked, self.block)


def tidy(text: str) -> str:
    """Write white space as a browser shows it, without breaks that only the source has.

    >>> tidy("　　清溪河 \\n 大桥&  ")
    '清溪河大桥&'
    """
    cells = (BLANK.sub(" ", BROKEN.sub("", cell.replace("\xa0", " "))).strip() for cell in text.split(CELL))
    return CELL.join(cell.strip("\u3000 ") for cell in cells).strip()


def _rows(root: HtmlElement) -> frozenset[HtmlElement]:
    """Return the rows of those tables that hold figures and not the layout of the page."""
    return frozenset(row for table in root.iter("table") if _of_figures(table) for row in table.iter("tr"))


def _of_figures(table: HtmlElement) -> bool:
    rows = [row.findall("td") + row.findall("th") for row in table.iter("tr")]
    cells = [cell for row in rows for cell in row]
    wide = sum(len(row) > 1 for row in rows)
    if not cells or wide * 2 <= len(rows) or len(rows) < 2 or next(table.iterdescendants("table"), None) is not None:
        return False
    said = sum(len(" ".join(cell.itertext()).strip()) for cell in cells)
    return 0 < said <= LONGEST_CELL * len(cells) and not any(len(cell.findall(".//br")) > 2 for cell in cells)
