"""Files of every format, broken in ways that a number tells: the same number gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from read.composed import ARTICLES, PAGES, compose

FONT = "STSong-Light"
WORDS: Mapping[str, bytes] = {  # parted by blanks
    "txt": b"\xff\xfe \xef\xbb\xbf \x00 \x81\x30\x81\x30 \x1f " + "一、 （二）".encode() + " 注释".encode("gb18030"),
    "md": b"** [ ]( \n# \n- \n> |---| <!-- ``` ![ \n1. &#0; ---\n <br> \n---",
    "html": b"<table> <tr><td> </div> <div <!DOCTYPE <![CDATA[ &#x0; <script> <a> <br> <svg> <!-- &#55296; <?xml "
    b"<base> <meta/charset=big5> <p/style='display:none'> </html> <textarea>",
    "pdf": b"<< >> [ ] ( ) endobj /Kids /Count /Parent stream\n Tf /Filter/ASCII85Decode /Length 99999999999 BT ET Tj "
    b"/Encrypt xref -1 1\n0\nR startxref\n0 %%EOF",
    "docx": b"<w:p> </w:p> <w:tbl> <w:tr> <w:tc> <w:t> <!DOCTYPE &b; <w:sdt> <w:txbxContent> <w:footnoteReference/> "
    b"<w:del> <w:numId/> <w:ilvl/> <w:r> </w:r> <w:br/>",
    "zip": b"PK\x01\x02 PK\x03\x04 PK\x05\x06 \xff\xff\xff\xff ../ \x00\x00\x00\x00 a.txt b.html",
}


def pdf_of(*lines: str) -> bytes:
    """Return a PDF of a line a page, half of them packed."""
    file = BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(file, pagesize=(595, 842), pageCompression=len(lines) % 2, invariant=True)
    for line in lines:
        canvas.setFont(FONT, 16)
        canvas.drawString(90, 600, line)
        canvas.drawString(290, 30, "- 1 -")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def word_of(*lines: str) -> bytes:
    """Return a Word file of a heading, paragraphs, an item of a list and a table."""
    file = docx.Document()
    file.add_heading(lines[0], 1)
    for line in lines:
        file.add_paragraph(line)
        file.add_paragraph(line, "List Number")
    file.add_table(2, 2).cell(1, 1).text = lines[-1]
    raw = BytesIO()
    file.save(raw)
    with ZipFile(raw) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})


def packed(members: Mapping[str, bytes]) -> bytes:
    """Return an archive of files of one day long ago."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return file.getvalue()


@cache
def seeds(format: str) -> tuple[bytes, ...]:
    """Return the whole files that are broken."""
    texts = [article.text for article in ARTICLES.values()]
    lines = ARTICLES["news"].lines
    match format:
        case "txt":
            return tuple(text.encode(code) for text in texts for code in ("utf-8", "gb18030", "utf-16", "utf-8-sig"))
        case "md":
            marked = "---\ntitle: 报告\n---\n# 一、**回顾**\n\n- [甲](a)\n\n1. 乙\n\n> 戊<br>己\n\n"
            table = "|丙|丁|\n|---|---|\n|1|2|\n\n"
            return tuple((marked + table + text).encode() for text in texts)
        case "html":
            return tuple(compose(path)[0] for path in PAGES)
        case "pdf":
            return pdf_of(*lines[:2]), pdf_of(*lines[:3]), pdf_of(lines[0])
        case "docx":
            return word_of(*lines[:2]), word_of(*ARTICLES["notice"].lines[:4])
        case _:
            page, text = compose(PAGES[3])[0], texts[1].encode("gb18030")
            return packed({"a.html": page, "b.txt": text}), packed(
                {"c.pdf": pdf_of(lines[0]), "d.docx": word_of(*lines[:2])}
            )


def mutant(format: str, number: int) -> bytes:
    """Return a broken file; of archives and Word files it is often a member that is broken and the rest whole."""
    random = Random(f"{format} {number}")
    raw = random.choice(seeds(format))
    inside = format in ("docx", "zip") and random.random() < 0.7
    return _inside(raw, format, random) if inside else _broken(raw, format, random)


def _inside(raw: bytes, format: str, random: Random) -> bytes:
    with ZipFile(BytesIO(raw)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chosen = random.choice([name for name in members if format == "zip" or name.endswith((".xml", ".rels"))])
    return packed({**members, chosen: _broken(members[chosen], format, random)})


def _broken(raw: bytes, format: str, random: Random) -> bytes:
    for _ in range(random.choice((1, 1, 2, 4, 16, 64))):
        raw = random.choice(WAYS)(raw, format, random)
    return raw[: 2**20]


def _flip(raw: bytes, _format: str, random: Random) -> bytes:
    at = random.randrange(len(raw) + 1)
    return raw[:at] + bytes([random.randrange(256)]) + raw[at + 1 :]


def _cut(raw: bytes, _format: str, random: Random) -> bytes:
    start, end = sorted(random.randrange(len(raw) + 1) for _ in range(2))
    return raw[:start] + raw[min(end, start + random.choice((1, 10, 1000))) :]


def _repeat(raw: bytes, _format: str, random: Random) -> bytes:
    start = random.randrange(len(raw) + 1)
    piece = raw[start : start + random.choice((1, 8, 64, 512))]
    return raw[:start] + piece * random.choice((2, 3, 50)) + raw[start:]


def _put(raw: bytes, format: str, random: Random) -> bytes:
    at = random.randrange(len(raw) + 1)
    return raw[:at] + random.choice(WORDS[format].split(b" ")) * random.choice((1, 1, 2, 300)) + raw[at:]


def _truncate(raw: bytes, _format: str, random: Random) -> bytes:
    return raw[: random.randrange(len(raw) + 1)] if random.random() < 0.2 else raw


def _mix(raw: bytes, format: str, random: Random) -> bytes:
    other = random.choice(seeds(format))
    at, start = random.randrange(len(raw) + 1), random.randrange(len(other))
    return raw[:at] + other[start : start + 400] + raw[at:]


WAYS: tuple[Callable[[bytes, str, Random], bytes], ...] = (_flip, _cut, _repeat, _put, _truncate, _mix)
FORMATS = tuple(WORDS)
