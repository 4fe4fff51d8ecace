"""What a Word file's styles and lists say of its paragraphs: heading or not, and which number stands before them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

HAN, CYCLE = "零一二三四五六七八九", "甲乙丙丁戊己庚辛壬癸"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
LEVELS = 9  # Word knows no deeper list or heading
LARGEST = 3999  # number of a list's item that is written out; the Roman ones end here
Element = Any  # lxml's elements, which python-docx subclasses without types


@dataclass(frozen=True, slots=True)
class Style:
    """Hold what a style gives its paragraphs: its name, a heading's level (0: none) and a list."""

    name: str = ""
    level: int = 0
    list: str = ""
    depth: int = 0


def styles(file: WordDocument) -> Mapping[str, Style]:
    """Return the styles of paragraphs by their ids, with what they take over from those they are based on."""
    told = {node.get(qn("w:styleId")): node for node in file.styles.element.iter(qn("w:style"))}
    return {identifier: _style(identifier, told) for identifier in told}


def _style(identifier: str, told: Mapping[str, Element]) -> Style:
    level = list_id = depth = ""
    above: str | None = identifier
    for _ in range(len(told)):
        node = told.get(above or "")
        if node is None:
            break
        level = level or value(node, "w:pPr/w:outlineLvl")
        list_id = list_id or value(node, "w:pPr/w:numPr/w:numId")
        depth = depth or value(node, "w:pPr/w:numPr/w:ilvl")
        above = value(node, "w:basedOn")
    return Style(value(told[identifier], "w:name").lower(), _heading(level), list_id, _whole(depth))


def _heading(outline: str) -> int:
    level = _whole(outline, missing=LEVELS)
    return level + 1 if level < LEVELS else 0  # 9 is body text


def _whole(written: str, *, missing: int = 0) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else missing


def value(node: Element, path: str) -> str:
    """Return the ``w:val`` of an element below, or nothing."""
    for step in path.split("/"):
        node = node.find(qn(step)) if node is not None else None
    return (node.get(qn("w:val")) or "") if node is not None else ""


@dataclass(frozen=True, slots=True)
class Level:
    """Hold how a level of a list is numbered: from which number, in which figures, with what around them."""

    start: int
    format: str
    pattern: str


@dataclass(slots=True)
class Numbering:
    """Count the items of a file's lists as Word does."""

    levels: Mapping[tuple[str, int], Level]
    counters: Mapping[str, str]
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, file: WordDocument) -> Numbering:
        """Read the lists that a file defines."""
        part = next((rel.target_part for rel in file.part.rels.values() if rel.reltype.endswith("/numbering")), None)
        root = getattr(part, "element", None)
        if root is None:
            return cls({}, {})
        abstract = {node.get(qn("w:abstractNumId")): node for node in root.iter(qn("w:abstractNum"))}
        levels: dict[tuple[str, int], Level] = {}
        counters: dict[str, str] = {}
        for node in root.iter(qn("w:num")):
            identifier, of = node.get(qn("w:numId")), value(node, "w:abstractNumId")
            own = node.find(qn("w:lvlOverride")) is not None  # such a list begins again
            counters[identifier] = f"own {identifier}" if own else of
            for shape in (abstract.get(of), *node.iter(qn("w:lvlOverride"))):
                levels.update(_levels(identifier, shape))
        return cls(levels, counters)

    def number(self, identifier: str, depth: int) -> str:
        """Count one item of a list and return what stands before it; nothing for a bullet."""
        level = self.levels.get((identifier, depth))
        if level is None:
            return ""
        counts = self.counts[self.counters[identifier]]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, LEVELS):
            counts.pop(deeper, None)
        return "" if level.format in ("bullet", "none") else self._written(identifier, level, counts)

    def _written(self, identifier: str, level: Level, counts: Mapping[int, int]) -> str:
        written = level.pattern
        for depth in range(LEVELS):
            if f"%{depth + 1}" in written and (shape := self.levels.get((identifier, depth))):
                written = written.replace(f"%{depth + 1}", figures(counts.get(depth, shape.start), shape.format))
        return written + (" " if written[-1:].isascii() and written else "")


def _levels(identifier: str, shape: Element) -> Mapping[tuple[str, int], Level]:
    found: dict[tuple[str, int], Level] = {}
    for node in shape.iter(qn("w:lvl")) if shape is not None else ():
        depth = _whole(node.get(qn("w:ilvl")) or "")
        start = _whole(value(node, "w:start"), missing=1)
        found[identifier, depth] = Level(start, value(node, "w:numFmt") or "decimal", value(node, "w:lvlText"))
    return found


def figures(number: int, format: str) -> str:
    """Write the number of an item in the figures that its list asks for.

    >>> [figures(12, kind) for kind in ("decimal", "chineseCounting", "upperLetter", "lowerRoman")]
    ['12', '十二', 'L', 'xii']
    """
    write = FIGURES.get(format)
    return write(number) if write and 0 < number <= LARGEST else str(number)


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number > 99:
        return str(number)
    return ("" if tens == 0 else "十" if tens == 1 else HAN[tens] + "十") + (HAN[ones] if ones else "")


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)  # Word goes on with aa, bb


def _roman(number: int) -> str:
    written = ""
    for size, letters in ROMAN:
        count, number = divmod(number, size)
        written += letters * count
    return written


FIGURES: Mapping[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate({ord("0") + n: ord("０") + n for n in range(10)}),
    "decimalEnclosedCircle": lambda number: chr(ord("①") + number - 1) if number <= 20 else str(number),
    "decimalEnclosedCircleChinese": lambda number: chr(ord("①") + number - 1) if number <= 20 else str(number),
    "ideographTraditional": lambda number: CYCLE[(number - 1) % len(CYCLE)],
    "ideographDigital": lambda number: "".join("〇一二三四五六七八九"[int(figure)] for figure in str(number)),
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"), _han),
    "taiwaneseCountingThousand": _han,
}
