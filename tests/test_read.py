"""Sources are found, decoded and seen as documents; what is wrong with them is said in one line."""

import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jintu import divisions, html, ontology
from jintu.errors import SourceError
from jintu.model import KnowledgeGraph, Modality
from jintu.read import Source, decode, document, find, read
from jintu.read.structure import sections, title

TEXT = "锦凌水库向城区供水，市中心医院新楼投入使用。"
PLACES = divisions.load(ontology.load())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030", "gbk"])
def test_text_is_decoded_from_every_encoding(encoding: str) -> None:
    raw = TEXT.encode(encoding)
    if encoding == "utf-16-le":
        raw = b"\xff\xfe" + raw
    assert decode(raw, source="a.txt") == TEXT


def test_short_gbk_text_is_read_as_gbk() -> None:
    assert decode("项目".encode("gbk"), source="a.txt") == "项目"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "holds no text"),
        (b" \n\t", "holds no text"),
        (TEXT.encode() + b"\xff" + TEXT.encode(), "at byte"),
        (b"\xed\xa0\x80 lone surrogate", "at byte 0"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "at byte 0"),
        ("水库\x07建成".encode(), "control character U+0007 at character 2"),
        ("水库\x00建成".encode(), "control character U+0000 at character 2"),
        (b"\xff\xfe\x00", "not text in utf-16"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_offset(raw: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=r"^a\.txt: ") as refused:
        decode(raw, source="a.txt")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_one_clear_line(raw: bytes) -> None:
    try:
        text = decode(raw, source="a.txt")
    except SourceError as error:
        assert str(error).startswith("a.txt: ")
    else:
        text.encode("utf-8")


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("一\r\n二\r三".encode())
    assert read(Source("a", str(path)), PLACES).text == "一\r\n二\r三"


def test_folder_gives_its_texts_in_order_each_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.png", ".hidden.txt", "deep/d.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    sources, wrong = find([str(tmp_path), str(tmp_path / "b.txt"), str(tmp_path / "*.md")])
    assert [source.id for source in sources] == ["a", "b", "d"]
    assert wrong == ()


def test_what_is_hidden_or_a_build_wrote_is_no_document(tmp_path: Path) -> None:
    documents = ("a.txt", "page.html", "sources/c.txt", "deep/sources/d.txt", "sources/a/e.txt")
    others = (".venv/lib/notes.txt", "deep/.git/x.md", "out/.jintu/graph/x.txt", "out/sources/graph/a.txt")
    for name in (*documents, *others, "out/b.txt", "named/a.ttl", "named/sources/a/a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("建成水库。", encoding="utf-8")
    html.write_page(KnowledgeGraph((), (), (), ()), tmp_path / "out" / "graph.html")
    found, wrong = find([str(tmp_path)])
    assert wrong == ()
    assert sorted(source.path for source in found) == sorted(str(tmp_path / name) for name in (*documents, "out/b.txt"))


def test_same_stems_get_their_folders_in_front(tmp_path: Path) -> None:
    for name in ("锦州/2023.txt", "沈阳/2023.txt", "沈阳/2024.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    sources, _ = find([str(tmp_path)])
    assert [source.id for source in sources] == ["2024", "沈阳/2023", "锦州/2023"]


def test_what_is_missing_is_named_and_the_rest_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    words = [str(tmp_path / name) for name in ("a.txt", "no.txt", "empty", "*.docx")]
    sources, wrong = find(words)
    assert [source.id for source in sources] == ["a"]
    assert len(wrong) == 3
    assert "no such file" in wrong[0]
    assert "in this folder" in wrong[1]
    assert "no file matches" in wrong[2]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(SourceError, match="may not be read"):
        read(Source("a", str(path)), PLACES)


def test_file_name_that_is_no_text_does_not_break_the_id(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    with open(path, "wb") as file:
        file.write(TEXT.encode())
    sources, _ = find([str(tmp_path)])
    assert sources[0].id == "�"
    assert read(sources[0], PLACES).text == TEXT


def test_title_comes_from_front_matter_or_first_line() -> None:
    assert title("---\ntitle: 锦州市政府工作报告\ndate: 2023\n---\n\n各位代表：") == "锦州市政府工作报告"
    assert title("\n\n**政府工作报告**\n\n各位代表：") == "政府工作报告"


def test_plan_part_is_told_from_review_part() -> None:
    text = "一、2022年工作回顾\n（一）经济\n建成。\n二、2023年工作安排\n（一）项目\n开工。\n"
    assert [section.modality for section in sections(text)] == [
        Modality.STATED,
        Modality.STATED,
        Modality.PLANNED,
        Modality.PLANNED,
    ]


def test_plan_part_without_numbers_is_seen() -> None:
    text = "去年，水库建成。\n今年工作的总体要求是：稳中求进。\n1.抓项目\n学校开工。\n"
    assert [section.modality for section in sections(text)] == [Modality.PLANNED, Modality.PLANNED]


@given(st.text(alphabet="一二三、（）()1.#* \n年工作安排回顾水库", max_size=300))
def test_sections_follow_each_other_to_the_end(text: str) -> None:
    found = sections(text)
    assert all(a.span.end == b.span.start for a, b in pairwise(found))
    assert not found or found[-1].span.end == len(text)


def test_given_place_and_year_overrule_the_text() -> None:
    known = document("锦州市政府工作报告\n——2023年1月4日\n", PLACES, place="沈阳市", year=2020)
    assert (known.place, known.year) == ("沈阳市", 2020)
    assert known.why.startswith("place as given, and not 锦州市; year as given, and not 2023")
    assert document("锦州市政府工作报告\n", PLACES, place="锦州").why.startswith("place as given; ")


def test_a_text_that_says_our_city_is_placed_by_the_names_in_it() -> None:
    text = "我市支援沈阳、营口抗洪。黑山县修路，北镇市建水库，锦州港扩建，锦州师专扩招。"
    known = document(text, PLACES)
    assert known.place == "锦州市"
    assert known.why.startswith("place from the text")


@pytest.mark.parametrize(
    "text", ["沈阳、营口、锦州三市签约，我市参加。", "锦州港扩建，锦州师专扩招，黑山县修路。", "我市修路。"]
)
def test_a_text_that_does_not_tell_is_not_placed(text: str) -> None:
    assert document(text, PLACES).place is None
