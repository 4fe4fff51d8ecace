"""Word files give the text that Word shows, in its order."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from jintu.errors import SourceError
from jintu.read.child import extracted
from jintu.read.extract import Extract
from jintu.read.formats import Format
from read.composed import right

MARKUP = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def word(raw: bytes) -> Extract:
    return extracted(Format.WORD, raw, source="a.docx")


def saved(file: WordDocument) -> bytes:
    raw = BytesIO()
    file.save(raw)
    return raw.getvalue()


def of(*paragraphs: str) -> list[str]:
    """Return the lines that paragraphs written in Word's own markup give."""
    file = docx.Document()
    for paragraph in paragraphs:
        file.element.body.insert(-1, parse_xml(paragraph.replace(">", f" {nsdecls('w')} {MARKUP}>", 1)))
    return word(saved(file)).text.splitlines()


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_headings_paragraphs_lists_and_tables_come_in_order() -> None:
    file = docx.Document()
    file.add_heading("一、工作回顾", 1)
    file.add_paragraph("水库建成。")
    table = file.add_table(2, 2)
    for cell, text in zip((*table.rows[0].cells, *table.rows[1].cells), ("指标", "数", "粮食", "64.7"), strict=True):
        cell.text = text
    file.add_paragraph("抓项目", "List Number")
    file.add_paragraph("保民生", "List Number")
    file.add_paragraph("学校", "List Bullet")
    found = word(saved(file))
    assert found.text.splitlines() == [
        "一、工作回顾", "水库建成。", "指标\t数", "粮食\t64.7", "1. 抓项目", "2. 保民生", "学校",
    ]  # fmt: skip
    assert [(heading.start, heading.level) for heading in found.headings] == [(0, 1)]


def test_numbers_of_lists_are_written_as_word_counts_them() -> None:
    file = docx.Document()
    numbering = file.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (kind, text) in enumerate(
            (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%1.%3"))
        )
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for depth, text in ((0, "回顾"), (1, "经济"), (1, "项目"), (0, "安排"), (1, "农业"), (2, "水库")):
        paragraph = file.add_paragraph(text)
        mark = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(mark))
    assert word(saved(file)).text.splitlines() == [
        "一、回顾",
        "（一）经济",
        "（二）项目",
        "二、安排",
        "（一）农业",
        "二.1 水库",
    ]


def test_tracked_changes_count_as_accepted() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2">{run("新")}</w:ins>'
    assert of(f"<w:p>{run('建成')}{deleted}{inserted}{run('水库')}</w:p>") == ["建成新水库"]
    mark = '<w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>'
    assert of(f"<w:p>{mark}{run('建成')}</w:p>", f"<w:p>{run('水库')}</w:p>") == ["建成水库"]


def test_fields_show_their_result_and_hidden_text_stays_hidden() -> None:
    field = '<w:fldSimple w:instr=" PAGE ">' + run("水库") + "</w:fldSimple>"
    code = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF a</w:instrText></w:r>'
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>秘密</w:t></w:r>"
    assert of(f"<w:p>{run('建成')}{code}{field}{hidden}</w:p>") == ["建成水库"]


def test_links_and_content_controls_are_text() -> None:
    link = f'<w:hyperlink w:anchor="a">{run("水库")}</w:hyperlink>'
    control = f"<w:sdt><w:sdtContent>{run('学校')}</w:sdtContent></w:sdt>"
    assert of(f"<w:p>{link}{run('、')}{control}</w:p>") == ["水库、学校"]


def test_a_text_box_follows_its_paragraph_once() -> None:
    box = f"<w:txbxContent><w:p>{run('图注')}</w:p></w:txbxContent>"
    drawing = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert of(f"<w:p><w:r>{drawing}<w:t>正文</w:t></w:r></w:p>", f"<w:p>{run('下一段')}</w:p>") == [
        "正文", "图注", "下一段",
    ]  # fmt: skip


def test_a_table_of_contents_is_left_out() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    contents = f"<w:sdt>{gallery}<w:sdtContent><w:p>{run('一、回顾 1')}</w:p></w:sdtContent></w:sdt>"
    assert of(contents, f"<w:p>{run('一、回顾')}</w:p>") == ["一、回顾"]


def test_nested_tables_say_their_cells_once() -> None:
    file = docx.Document()
    cell = file.add_table(1, 2).cell(0, 1)
    inner = cell.add_table(1, 1)
    inner.cell(0, 0).text = "水库"
    file.tables[0].cell(0, 0).text = "项目"
    assert word(saved(file)).text.count("水库") == 1


def test_notes_come_last_with_their_numbers() -> None:
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p>{run("指水库群。")}</w:p></w:footnote></w:footnotes>'
    )
    file = docx.Document()
    file.add_paragraph("建成水网")._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))
    file.add_paragraph("开工学校。")
    raw = with_part(saved(file), "footnotes", notes)
    assert word(raw).text.splitlines() == ["建成水网", "开工学校。", "[1] 指水库群。"]


def with_part(raw: bytes, name: str, xml: str) -> bytes:
    """Add a part to a Word file, with the relation and the type that it needs."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + name
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="{name}.xml"/></Relationships>'
    media = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
    override = f'<Override PartName="/word/{name}.xml" ContentType="{media}"/></Types>'
    return replaced(
        raw,
        {f"word/{name}.xml": xml},
        {"word/_rels/document.xml.rels": ("</Relationships>", relation), "[Content_Types].xml": ("</Types>", override)},
    )


def replaced(raw: bytes, added: dict[str, str], changed: dict[str, tuple[str, str]] | None = None) -> bytes:
    """Put members into an archive, and change words of those that are there."""
    target = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name in (changed or {}):
                before, after = (changed or {})[name]
                text = text.replace(before.encode(), after.encode())
            if name not in added:
                new.writestr(name, text)
        for name, content in added.items():
            new.writestr(name, content)
    return target.getvalue()


def test_an_entity_is_not_expanded() -> None:
    file = docx.Document()
    file.add_paragraph("水库")
    raw = saved(file)
    with ZipFile(BytesIO(raw)) as archive:
        xml = archive.read("word/document.xml").decode()
    laughs = "".join(f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    doctype = f'<!DOCTYPE d [<!ENTITY a "哈">{laughs}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    hostile = xml.replace("<w:document", doctype + "<w:document", 1).replace("水库", "水库&i;&x;")
    try:
        text = word(replaced(raw, {"word/document.xml": hostile})).text
    except SourceError as error:
        assert "\n" not in str(error)
    else:
        assert text == "水库\n"


@pytest.mark.parametrize("raw", [b"PK\x03\x04", b"no archive", saved(docx.Document())[:500], saved(docx.Document())])
def test_a_broken_or_empty_file_is_named_in_one_line(raw: bytes) -> None:
    with pytest.raises(SourceError, match=r"^a\.docx: [^\n]+$"):
        word(raw)


def plainly(path: Path) -> Sequence[str]:
    """Read the paragraphs of a Word file of runs alone with the standard library."""
    with ZipFile(path) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    paragraphs = ("".join(text.text or "" for text in node.iter(qn("w:t"))) for node in body.iter(qn("w:p")))
    return [paragraph.strip() for paragraph in paragraphs if paragraph.strip()]


def test_reports_in_word_give_the_text_that_word_shows(shared: Path) -> None:
    paths = sorted((shared / "corpus" / "docx").glob("*.docx"))
    assert len(paths) == 3
    for path in paths:
        assert right(word(path.read_bytes()).text, "\n".join(plainly(path))) == 1.0
