"""Documents fall into sections of levels and parts, and say whose and of when they are."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jintu import divisions, ontology
from jintu.model import Modality, Part
from jintu.read import document
from jintu.read.extract import Heading
from jintu.read.issue import date, ends, issuer
from jintu.read.structure import sections
from read.composed import ARTICLES

PLACES = divisions.load(ontology.load())
LONG = (
    "建成水库两座，新修道路三十公里，改造老旧小区五十个，新建学校六所，医院开工建设，群众生活改善，各项工作取得新成绩。"
)


def outline(text: str) -> list[tuple[int, str, str]]:
    return [(section.level, section.part.value, section.title) for section in sections(text)]


def test_numbers_give_levels_and_headings_give_parts() -> None:
    text = "报告\n一、2022年工作回顾\n（一）经济\n1.工业\n二、2023年工作安排\n（一）项目\n1.水库\n"
    assert outline(text) == [
        (1, "review", "2022年工作回顾"), (2, "review", "经济"), (3, "review", "工业"),
        (1, "plan", "2023年工作安排"), (2, "plan", "项目"), (3, "plan", "水库"),
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["名词解释", "**注释：**", "《政府工作报告》有关名词解释", "附件2：名词注释"])
def test_a_glossary_explains_and_does_not_plan(heading: str) -> None:
    text = f"一、今年工作安排\n{LONG}\n{heading}\n1.“双减”：指减轻负担。\n2.工作目标：指一种目标。\n"
    found = sections(text)
    assert [section.part for section in found] == [Part.PLAN, Part.NOTES, Part.NOTES, Part.NOTES]
    assert [section.modality for section in found[1:]] == [Modality.STATED] * 3


def test_footnotes_at_the_end_are_notes() -> None:
    text = f"一、今年工作安排\n{LONG}\n[1] 指水库群。\n[2] 指学校。\n"
    last = sections(text)[-1]
    assert (last.part, last.span.of(text)) == (Part.NOTES, "[1] 指水库群。\n[2] 指学校。\n")


def test_a_line_of_words_between_paragraphs_is_a_heading() -> None:
    text = f"过去五年工作回顾\n{LONG}\n加强政府自身建设\n{LONG}\n张三、李四\n王五"
    assert [title for _, _, title in outline(text)] == ["过去五年工作回顾", "加强政府自身建设"]


@pytest.mark.parametrize("heading", ["下一步打算", "下步计划", "后续安排", "明年工作", "今后工作", "2025年打算"])
def test_a_heading_of_what_comes_next_plans(heading: str) -> None:
    text = f"一、总体情况\n建成水库。\n二、{heading}\n修建学校。\n"
    assert [section.modality for section in sections(text)] == [Modality.STATED, Modality.PLANNED]


@pytest.mark.parametrize("heading", ["2024年计划执行情况", "2024年计划完成情况", "进一步打牢基础"])
def test_a_heading_of_how_plans_were_carried_out_does_not_plan(heading: str) -> None:
    assert sections(f"一、{heading}\n建成水库。\n")[0].modality is Modality.STATED


def test_headings_that_a_file_marks_open_sections() -> None:
    text = "标题\n农业\n水库建成。\n林业\n造林。\n"
    marked = tuple(Heading(text.index(word), level) for word, level in (("农业", 2), ("林业", 3)))
    assert [(section.title, section.level) for section in sections(text, marked)] == [("农业", 1), ("林业", 2)]


@given(st.text(alphabet="一二三、（）()1.#* \n年工作安排回顾水库[]注释名词解释。", max_size=300))
def test_sections_follow_each_other_to_the_end(text: str) -> None:
    found = sections(text)
    assert all(a.span.end == b.span.start for a, b in pairwise(found))
    assert not found or found[-1].span.end == len(text)
    assert all(section.level >= 1 for section in found)
    assert all((section.modality is Modality.PLANNED) == (section.part is Part.PLAN) for section in found)


@pytest.mark.parametrize(
    ("name", "body", "day"),
    [
        ("report", "云岭市人民政府", "2022-01-12"),
        ("notice", "平江区人民政府办公室", "2023-04-20"),
        ("bulletin", "白沙州统计局", None),
        ("news", None, None),
    ],
)
def test_issuer_and_day_are_read(name: str, body: str | None, day: str | None) -> None:
    article = ARTICLES[name]
    said = ends(article.text)
    assert (issuer(article.title, said, place=None), date(said)) == (body, day)


def test_the_day_that_a_file_tells_is_the_last_resort() -> None:
    assert date(ends("通知\n2023年1月4日\n正文"), told="2023-02-01") == "2023-01-04"
    assert date(ends("通知\n正文"), told="2023-02-01") == "2023-02-01"


def test_a_report_speaks_for_the_government_of_its_place() -> None:
    known = document("锦州市政府工作报告\n二〇二三年一月四日\n各位代表：\n", PLACES)
    assert (known.issuer, known.date) == ("锦州市人民政府", "2023-01-04")


def test_running_text_that_names_an_office_is_no_issuer() -> None:
    said = "治水见成效\n黑山县人民政府县长王某汇报说，全县通水。\n"
    assert document(said, PLACES).issuer is None


def test_a_notice_without_a_year_at_its_beginning_is_of_the_year_of_its_day() -> None:
    known = document(f"关于节水的通知\n{LONG * 30}\n黑山县水务局\n2024年6月3日\n", PLACES)
    told = "place from 黑山县水务局, which signs; year from its date"
    assert (known.place, known.year, known.why) == ("黑山县", 2024, told)
    assert document("关于节水的通知\n2024年6月3日\n", PLACES, year=2023).year == 2023


def test_a_document_knows_the_section_of_each_character() -> None:
    known = document("锦州市政府工作报告\n一、去年工作回顾\n水库建成。\n二、今年工作安排\n学校开工。\n", PLACES)
    found = map(known.section_at, (0, known.text.index("水库"), known.text.index("学校")))
    assert [section and section.title for section in found] == [None, "去年工作回顾", "今年工作安排"]
