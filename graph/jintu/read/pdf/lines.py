"""The lines of a page of a PDF, with where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf import PageObject

HAN = r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff]"
SPACED = re.compile(rf"{HAN}(?: {HAN}){{2,}}(?!{HAN})")  # a headline set wide: one character, one blank
# Some fonts call characters by the radicals or ligatures that look the same: Unicode's equivalents of those that NFKC
# leaves as they are (EquivalentUnifiedIdeograph.txt), and the dash that is as long as two.
LOOKS = "⺁⺄⺇⺊⺎⺒⺓⺜⺝⺟⺠⺧⺩⺫⺬⺮⺳⺶⺺⺼⺽⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻕⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱⻳"
MEANT = "厂乙几卜兀巳幺日月母民牛王目示竹网羊聿肉臼虎西见角贝足车長长门阜雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齿龙龜龟"
RADICALS = str.maketrans({**dict(zip(LOOKS, MEANT, strict=True)), "⸺": "——"})
ALIKE = re.compile(r"[\u2f00-\u2fdf\uf900-\ufaff\ufb00-\ufb06]+")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
MARGIN = 0.12  # of the height of a page, at its head and foot, is where headers, footers and numbers stand
Matrix = Sequence[float]


@dataclass(frozen=True, slots=True)
class Line:
    """Hold a line, its page, its left and right ends and its size in points, its height on the page from 0 to 1."""

    text: str
    page: int
    left: float
    right: float
    size: float
    height: float

    @property
    def marginal(self) -> bool:
        """Tell whether the line stands where headers and footers do."""
        return not MARGIN <= self.height <= 1 - MARGIN


@dataclass(slots=True)
class _Piece:
    text: str
    x: float
    y: float
    size: float


def lines(page: PageObject, number: int) -> tuple[Line, ...]:
    """Return the lines of a page in the order in which it is read."""
    pieces: list[_Piece] = []

    def see(text: str, outer: Matrix, inner: Matrix, _font: object, size: float) -> None:
        if text:
            pieces.append(_piece(text, outer, inner, size))

    page.extract_text(visitor_text=see)
    low, high = float(page.mediabox.bottom), float(page.mediabox.top)
    found, row = [], list[_Piece]()
    for piece in (*pieces, _Piece("\n", 0, 0, 0)):
        row.append(piece)
        if "\n" in piece.text:
            found.extend(_line(row, number, low, max(high - low, 1)))
            row = []
    return tuple(found)


def _piece(text: str, outer: Matrix, inner: Matrix, size: float) -> _Piece:
    x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
    y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    scale = abs(inner[3] * outer[3] + inner[2] * outer[1]) or 1
    return _Piece(text, x, y, abs(size * scale) or 1)


def _line(row: Sequence[_Piece], page: int, low: float, height: float) -> list[Line]:
    shown = [piece for piece in row if piece.text.strip()]
    parts = "".join(piece.text for piece in row).split("\n")
    texts = [text for part in parts if (text := clean(part))]
    if not shown or not texts:
        return []
    first = shown[0]
    size = max(piece.size for piece in shown)
    at = (first.y - low) / height
    return [Line(text, page, first.x, first.x + _ems(text) * size, size, at) for text in texts]


def clean(text: str) -> str:
    """Write a line's characters as such: none of control, no radicals in place of characters, no blanks in words."""
    plain = ALIKE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), CONTROLS.sub("", text).translate(RADICALS))
    return SPACED.sub(lambda found: found[0].replace(" ", ""), " ".join(plain.split()))


def _ems(text: str) -> float:
    """Return the width of a line in units of its size: a Han character is as wide as it is high."""
    return sum(1.0 if character >= "\u2014" else 0.5 for character in text)
