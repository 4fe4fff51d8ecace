"""The text of a Word file's paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from jintu.read.word.styles import Element, Numbering, Style, value

BREAKS = {qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
# Not shown, or shown elsewhere: what was deleted or moved away, the words of fields, text boxes (they follow their
# paragraph), a second copy of drawings for old versions of Word, the reading above characters.
UNSEEN = frozenset(
    (qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr"), qn("w:txbxContent"), qn("w:rt"),
     "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
)  # fmt: skip
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff]")  # the private ones are Symbol's bullets
LONGEST_CELL = 200  # characters; a longer cell belongs to a table that lays out text
Paragraph = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Writer:
    """Write the blocks of a document as paragraphs, each with its level as a heading (0: none)."""

    styles: Mapping[str, Style]
    numbering: Numbering

    def blocks(self, parent: Element) -> Iterator[Paragraph]:
        """Yield the paragraphs of a body, a cell or a text box."""
        begun = ""
        for node in parent:
            if node.tag == qn("w:p"):
                text, level = self.paragraph(node)
                if _mark_deleted(node):
                    begun += text
                    continue
                yield from _lines(begun + text, level)
                begun = ""
                yield from self.boxes(node)
            elif node.tag == qn("w:tbl"):
                yield from self.table(node)
            elif node.tag == qn("w:sdt") and not _contents(node):
                for inner in node.findall(qn("w:sdtContent")):
                    yield from self.blocks(inner)
            elif node.tag in (qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
                yield from self.blocks(node)
        yield from _lines(begun, 0)

    def paragraph(self, node: Element) -> Paragraph:
        """Return a paragraph with the number that stands before it."""
        style = self.styles.get(value(node, "w:pPr/w:pStyle"), Style())
        text = "".join(_shown(node)).strip()
        if not text or style.name.startswith("toc "):
            return "", 0
        list_id = value(node, "w:pPr/w:numPr/w:numId") or style.list
        depth = value(node, "w:pPr/w:numPr/w:ilvl")
        number = self.numbering.number(list_id, int(depth) if depth.isdigit() else style.depth) if list_id else ""
        outline = value(node, "w:pPr/w:outlineLvl")
        return number + text, int(outline) + 1 if outline in tuple("012345678") else style.level

    def boxes(self, paragraph: Element) -> Iterator[Paragraph]:
        """Yield the paragraphs of the text boxes that hang on a paragraph."""
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(above.tag in (FALLBACK, qn("w:del")) for above in box.iterancestors()):
                yield from self.blocks(box)

    def table(self, node: Element) -> Iterator[Paragraph]:
        """Yield a line for each row of a table, or its paragraphs where it only lays out text."""
        rows = [[*self.cells(row)] for row in node.iter(qn("w:tr")) if next(row.iterancestors(qn("w:tbl"))) is node]
        longest = max((len(text) for row in rows for cell in row for text, _ in cell), default=0)
        for row in rows:
            if len(row) < 2 or longest > LONGEST_CELL:
                yield from (paragraph for cell in row for paragraph in cell)
            elif text := "\t".join(" ".join(text for text, _ in cell) for cell in row).strip():
                yield text, 0

    def cells(self, row: Element) -> Iterator[list[Paragraph]]:
        """Yield the paragraphs of each cell of a row."""
        for cell in row.iter(qn("w:tc")):
            if next(cell.iterancestors(qn("w:tr"))) is row and row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                yield [*self.blocks(cell)]


def _shown(node: Element) -> Iterator[str]:
    """Yield the pieces of a paragraph's text that are shown."""
    for child in node:
        if child.tag in UNSEEN or not isinstance(child.tag, str):
            continue
        if child.tag == qn("w:t") or child.tag.endswith("/math}t"):
            yield child.text or ""
        elif child.tag == qn("w:br"):
            yield "" if child.get(qn("w:type")) in ("page", "column") else "\n"
        elif child.tag in BREAKS:
            yield BREAKS[child.tag]
        elif child.tag != qn("w:r") or not _hidden(child):
            yield from _shown(child)


def _hidden(run: Element) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false")


def _mark_deleted(paragraph: Element) -> bool:
    """Tell whether the end of a paragraph was deleted, so that the next one goes on with it."""
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None


def _contents(block: Element) -> bool:
    """Tell whether a block is a table of contents, which says each heading again."""
    return any(node.get(qn("w:val")) == "Table of Contents" for node in block.iter(qn("w:docPartGallery")))


def _lines(text: str, level: int) -> Iterator[Paragraph]:
    for line in CONTROLS.sub("", text).split("\n"):
        if line.strip():
            yield line.strip(), level


def notes(file: WordDocument) -> Iterator[Paragraph]:
    """Yield the footnotes and then the endnotes of a file, in the order in which the text refers to them."""
    for kind in ("footnote", "endnote"):
        part = next((rel.target_part for rel in file.part.rels.values() if rel.reltype.endswith(f"/{kind}s")), None)
        if part is None:
            continue
        told = {node.get(qn("w:id")): node for node in parse_xml(part.blob).iter(qn(f"w:{kind}"))}
        references = file.element.body.iter(qn(f"w:{kind}Reference"))
        asked = [
            node.get(qn("w:id")) for node in references if not any(a.tag == qn("w:del") for a in node.iterancestors())
        ]
        for number, identifier in enumerate(asked, start=1):
            if identifier in told:
                said = " ".join("".join(_shown(line)).strip() for line in told[identifier].iter(qn("w:p")))
                yield from _lines(f"[{number}] {said.strip()}".replace("\n", " "), 0)
