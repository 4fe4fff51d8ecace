"""PDF files give paragraphs as they were before lines and pages broke them."""

import re
from collections.abc import Sequence
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

from jintu.errors import SourceError
from jintu.model import Leaf
from jintu.read.child import extracted
from jintu.read.extract import Extract
from jintu.read.formats import Format
from jintu.read.pdf.lines import clean
from read.composed import ARTICLES, Article, right

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
BODY = ParagraphStyle("body", fontName=FONT, fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK", alignment=4)
HEAD = ParagraphStyle("head", fontName=FONT, fontSize=22, leading=36, wordWrap="CJK", alignment=1)


def furniture(canvas: Canvas, page: SimpleDocTemplate) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawString(90, 800, "2022年政府工作报告汇编")
    canvas.drawCentredString(300, 30, f"— {page.page} —")


def written(title: str, lines: Sequence[str]) -> bytes:
    file = BytesIO()
    story: list[Flowable] = [Paragraph(title, HEAD), *(Paragraph(line, BODY) for line in lines)]
    SimpleDocTemplate(file, pagesize=(595, 842)).build(story, onFirstPage=furniture, onLaterPages=furniture)
    return file.getvalue()


def drawn(*pages: str) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for page in pages:
        canvas.setFont(FONT, 16)
        if page:
            canvas.drawString(90, 600, page)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def pdf(raw: bytes) -> Extract:
    return extracted(Format.PDF, raw, source="a.pdf")


def spaced(text: str) -> list[str]:
    return [re.sub(r"\s", "", line) for line in text.strip().split("\n")]


@pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES)
def test_paragraphs_are_whole_again_over_lines_and_pages(article: Article) -> None:
    lines = [line for line in article.lines if "|" not in line] * 4
    found = pdf(written(article.title, lines))
    assert right(found.text, "\n".join([article.title, *lines])) >= 0.99
    assert spaced(found.text)[1:] == spaced("\n".join(lines))


def test_pages_start_where_their_first_character_stands() -> None:
    lines = [f"第{number}段，水库建成，学校开学，医院开诊。" for number in range(60)]
    raw = written("工作报告", lines)
    found = pdf(raw)
    assert found.paging is not None
    assert found.paging.leaf is Leaf.PAGE
    for number, page in enumerate(PdfReader(BytesIO(raw)).pages, start=1):
        for inside in re.findall(r"第\d+段", page.extract_text()):
            assert found.paging.number(found.text.index(inside)) == number


def test_radicals_and_ligatures_that_fonts_name_become_characters() -> None:
    assert clean("⼈⺠政府市⻓⸺办公ﬁle") == "人民政府市长——办公file"
    assert clean("政 府 工 作 报 告") == "政府工作报告"
    assert clean("市长 周明远") == "市长 周明远"


def test_footers_with_a_page_of_pages_go() -> None:
    pages = [f"第{name}年建成水库一座，开始供水。" for name in "一二三"]
    file = BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for number, page in enumerate(pages, start=1):
        canvas.setFont(FONT, 16)
        canvas.drawString(90, 600, page)
        canvas.drawString(90, 30, f"http://example.org/a.html {number}/3")
        canvas.showPage()
    canvas.save()
    assert pdf(file.getvalue()).text.splitlines() == pages


def test_an_empty_page_keeps_its_number() -> None:
    found = pdf(drawn("水库建成，开始向城区供水。", "", "学校开学，招收新生五百名。"))
    assert found.paging is not None
    assert found.paging.number(found.text.index("学校")) == 3


def test_a_scan_is_named_as_one() -> None:
    with pytest.raises(SourceError, match=r"^a\.pdf: 3 pages without text, a scan; .*OCR"):
        pdf(drawn("", "", ""))


def test_a_password_is_asked_for_and_an_empty_one_is_none() -> None:
    for password, readable in (("geheim", False), ("", True)):
        writer = PdfWriter(BytesIO(drawn("水库建成，开始向城区供水。")))
        writer.encrypt(password, "owner", algorithm="RC4-128")
        file = BytesIO()
        writer.write(file)
        if readable:
            assert "水库建成" in pdf(file.getvalue()).text
        else:
            with pytest.raises(SourceError, match="protected by a password"):
                pdf(file.getvalue())


def test_fonts_that_hide_their_characters_are_named() -> None:
    with pytest.raises(SourceError, match="its fonts do not say"):
        pdf(drawn("龘靐齉爩鱻麤龗灪吁龖", "龘靐齉爩鱻麤龗灪吁龖"))


@pytest.mark.parametrize("raw", [b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<</Root 1 0 R>>", b"%PDF"])
def test_a_broken_file_is_named_in_one_line(raw: bytes) -> None:
    with pytest.raises(SourceError, match=r"^a\.pdf: [^\n]+$"):
        pdf(raw)
