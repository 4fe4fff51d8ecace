"""Thirty pages laid out as government sites lay them out give their text, title and date, and nothing of the site."""

from pathlib import Path

import pytest

from jintu.errors import SourceError
from jintu.read.child import extracted
from jintu.read.extract import Extract
from jintu.read.formats import Format
from read.composed import PAGES, compose, right


def page(html: str) -> Extract:
    return extracted(Format.PAGE, html.encode(), source="a.html")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_gives_its_text(path: Path) -> None:
    raw, article = compose(path)
    found = extracted(Format.PAGE, raw, source=path.name)
    assert right(found.text, article.text) >= 0.97
    assert found.title == article.title
    assert found.date == article.date


def test_pages_give_nearly_every_character() -> None:
    assert len(PAGES) >= 30
    composed = [compose(path) for path in PAGES]
    shares = [right(extracted(Format.PAGE, raw, source="a.html").text, article.text) for raw, article in composed]
    assert sum(shares) / len(shares) >= 0.99


def test_paragraphs_stay_apart_and_source_line_breaks_go() -> None:
    found = page("<div><p>锦凌\n  水库<b>建成</b>。</p><p>学校开学，<br>医院开诊。</p></div>")
    assert found.text == "锦凌水库建成。\n学校开学，\n医院开诊。\n"


def test_figures_in_a_table_are_rows() -> None:
    cells = "<table><tr><th>指标</th><th>数</th></tr><tr><td>粮食，万吨</td><td>64.7</td></tr></table>"
    assert page(f"<p>产量如下，单位见表。</p>{cells}<p>以上为初步数。</p>").text.splitlines()[1:3] == [
        "指标\t数",
        "粮食，万吨\t64.7",
    ]


def test_declared_encoding_is_checked_against_the_bytes() -> None:
    html = '<meta charset="utf-8"><p>锦凌水库建成，市中心医院开诊。</p>'
    assert "锦凌水库" in extracted(Format.PAGE, html.encode("gb18030"), source="a.html").text
    assert "锦凌水库" in extracted(Format.PAGE, html.replace("utf-8", "big5").encode(), source="a.html").text


def test_broken_bytes_are_named_with_their_offset() -> None:
    raw = b"<p>" + "锦凌水库建成。".encode() + b"\xff\xfe" + "学校。".encode()
    with pytest.raises(SourceError, match=r"^a\.html: .* at byte 24 "):
        extracted(Format.PAGE, raw, source="a.html")


@pytest.mark.parametrize("html", ["<html></html>", "<script>var a = '句子，不见。';</script>", "<a href=1>首页</a>"])
def test_page_without_text_is_named(html: str) -> None:
    with pytest.raises(SourceError, match=r"^a\.html: .*no text"):
        page(html)


def test_title_is_not_said_twice() -> None:
    said = "<title>水库建成</title><div><h1>水库建成</h1><p>锦凌水库建成，开始供水。</p></div>"
    assert page(said).text == "水库建成\n锦凌水库建成，开始供水。\n"
