"""Whose report a document is and of which year, from title, first lines and file name."""

from __future__ import annotations

from pathlib import Path

import pytest

from jintu.divisions import Divisions, load
from jintu.ontology import load as ontology
from jintu.read import document
from jintu.read.origin import Origin, origin
from jintu.read.structure import title as title_of
from jintu.read.whereabouts import only_place, whereabouts

REPORTS = Path(__file__).parents[2] / "shared" / "corpus" / "reports"


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return load(ontology())


def found(divisions: Divisions, *, title: str = "", head: str = "", name: str = "text") -> Origin:
    return origin(title=title, head=head or title, name=name, divisions=divisions)


@pytest.mark.parametrize(
    ("title", "place", "year"),
    [
        ("义乌市政府工作报告（2019年2月1日）", "义乌市", 2019),
        ("2025年吉林省政府工作报告", "吉林省", 2025),
        ("恩施州人民政府工作报告（2021）", "恩施土家族苗族自治州", 2021),
        ("辽宁省锦州市黑山县人民政府2020年工作报告", "黑山县", 2020),
        ("2022年盘锦市国民经济和社会发展统计公报", "盘锦市", 2023),
        ("南京市鼓楼区政府工作报告（2018年1月9日）", "南京市鼓楼区", 2018),
        ("石家庄市长安区2024年工作要点", "石家庄市长安区", 2024),
        ("关于印发盘锦市2024年供水方案的通知", "盘锦市", 2024),
        ("莘县2025年工作要点", "莘县", 2025),
        ("盘锦市第十四个五年规划和二〇三五年远景目标纲要", "盘锦市", None),
        ("营口市水务局2023年工作总结和2024年工作打算", "营口市", 2024),
        ("二〇二二年朝阳市国民经济和社会发展统计公报（摘要）", "朝阳市", 2023),
        ("阜新市2022年水资源公报", "阜新市", 2023),
        ("阜新市2022年第三季度水质通报", "阜新市", 2022),
        ("中共铁岭市委关于治水的决定（2021年12月3日）", "铁岭市", 2021),
    ],
)
def test_the_title_tells_place_and_year(divisions: Divisions, title: str, place: str, year: int) -> None:
    assert (found(divisions, title=title).place, found(divisions, title=title).year) == (place, year)


@pytest.mark.parametrize(("title", "name"), [("松江市政府工作报告（2024年1月5日）", "报告"), ("报告", "松江市-2024")])
def test_a_part_of_an_unknown_name_is_no_place(divisions: Divisions, title: str, name: str) -> None:
    assert found(divisions, title=title, name=name).place is None


def test_a_full_name_may_be_followed_by_anything(divisions: Divisions) -> None:
    assert found(divisions, title="锦州市市政设施规划").place == "锦州市"


def test_the_opening_line_tells_what_a_bare_title_does_not(divisions: Divisions) -> None:
    head = "政府工作报告\n——二〇二二年一月九日在阜新市第十七届人民代表大会 第一次会议上\n市长 某某\n各位代表："
    told = found(divisions, title="政府工作报告", head=head)
    assert (told.place, told.year, told.why) == ("阜新市", 2022, "place and year from the opening line")


def test_a_report_given_at_the_end_of_a_year_is_the_one_of_the_next(divisions: Divisions) -> None:
    told = found(divisions, title="盘锦市政府工作报告（2021年12月28日）")
    assert (told.year, "given at the end of 2021" in told.why) == (2022, True)


def test_the_state_council_reports_for_the_country(divisions: Divisions) -> None:
    head = "政府工作报告\n——2019年3月5日在第十三届全国人民代表大会第二次会议上\n国务院总理　某某"
    assert found(divisions, title="政府工作报告", head=head).place == "中国"


def test_the_file_name_tells_what_the_text_does_not(divisions: Divisions) -> None:
    told = found(divisions, title="政府工作报告", head="各位代表：", name="盘锦市-2018")
    assert (told.place, told.year, told.why) == ("盘锦市", 2018, "place and year from the file name")


def test_the_text_is_believed_before_the_file_name(divisions: Divisions) -> None:
    assert found(divisions, title="盘锦市政府工作报告（2018年1月3日）", name="营口市-2020").place == "盘锦市"


def test_an_ambiguous_place_stays_as_written(divisions: Divisions) -> None:
    assert found(divisions, title="鼓楼区政府工作报告").place == "鼓楼区"


def test_news_tells_nothing(divisions: Divisions) -> None:
    head = "新桥通车了\n昨天下午，市民在辽河边散步时看到，新桥的灯亮了。"
    assert found(divisions, title="新桥通车了", head=head, name="news") == Origin(None, None, "")


@pytest.mark.parametrize(
    "paper",
    [
        "通报",
        "简报",
        "公示",
        "公告",
        "办法",
        "实施细则",
        "决定",
        "应急预案",
        "责任清单",
        "实施方案",
        "若干措施",
        "的建议",
    ],
)
def test_papers_of_all_kinds_begin_with_their_place(divisions: Divisions, paper: str) -> None:
    assert found(divisions, title=f"黑山县供水{paper}").place == "黑山县"


@pytest.mark.parametrize(
    "line", ["黑山县县长 王某", "黑山县代县长：王某某", "黑山县人民政府县长 阿某·吐某（代）", "黑山县县长"]
)
def test_a_line_that_says_who_speaks_tells_the_place(divisions: Divisions, line: str) -> None:
    told = found(divisions, title="工作汇报", head=f"工作汇报\n{line}\n各位委员：")
    assert (told.place, told.why) == ("黑山县", "place from the speaker's office")


@pytest.mark.parametrize(
    "line", ["黑山县县长王某汇报说，全县通水。", "黑山县县长王某介绍情况。", "黑山县县长王某、李某到场"]
)
def test_running_text_that_names_an_office_tells_no_place(divisions: Divisions, line: str) -> None:
    assert found(divisions, title="治水见成效", head=f"治水见成效\n{line}").place is None


def test_a_name_of_one_line_without_breaks_is_found(divisions: Divisions) -> None:
    head = (
        "盘锦市政府工作报告——2020年1月6日在盘锦市第八届人民代表大会第三次会议上 市长 某某。各位代表，"
        + "全市经济平稳。" * 90
    )
    told = found(divisions, title=head[:80], head=head)
    assert (told.place, told.year) == ("盘锦市", 2020)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the corpus of reports is not beside this checkout")
@pytest.mark.parametrize("named", [True, False])
def test_place_and_year_of_the_corpus(divisions: Divisions, named: bool) -> None:
    """The files' names tell what is right; 牡丹江市-2016 holds the report that was given in 2015."""
    wrong = []
    for path in sorted(REPORTS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        told = origin(title=title_of(text), head=text[:1500], name=path.stem if named else "", divisions=divisions)
        place, year = path.stem.replace("国务院", "中国").split("-")
        if (told.place, told.year) != (place, int(year)):
            wrong.append(path.stem)
    assert wrong == ["牡丹江市-2016"]


def test_what_a_text_calls_a_city_is_no_prefecture(divisions: Divisions) -> None:
    own = "{}修路。凯里通车，黔东南通水，凯里通气。"
    assert whereabouts(own.format("全州"), divisions) == (
        "黔东南苗族侗族自治州",
        "place from the text: 全州 and 3 names of 黔东南苗族侗族自治州 or its counties",
    )
    assert whereabouts(own.format("全市"), divisions) is None


@pytest.mark.parametrize(
    ("title", "head", "place", "why"),
    [
        ("工作汇报", "我受区长委托,代表盘山县人民政府,向大会报告工作。", "盘山县", "who is spoken for"),
        ("水利成绩显著", "来源：黑山县统计局", "黑山县", "the source line"),
        ("黑山县简介", "", "黑山县", "the title"),
        ("2024年1-5月黑山县经济运行情况", "", "黑山县", "the title"),
        ("黑山县统计局：1-5月经济运行", "", "黑山县", "who says it"),
    ],
)
def test_what_else_tells_the_place(divisions: Divisions, title: str, head: str, place: str, why: str) -> None:
    told = found(divisions, title=title, head=f"{title}\n{head}")
    assert (told.place, told.why.replace("place and year", "place")) == (place, f"place from {why}")


def test_the_heading_of_the_review_tells_the_year(divisions: Divisions) -> None:
    told = found(divisions, title="政府工作报告", head="政府工作报告\n一、2022年工作回顾\n二、工作打算")
    assert (told.year, told.why) == (2023, "year from the heading of the review")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("全县抗旱。黑山县修路，黑山县通水，黑山葡萄丰收，全市第一。", "黑山县"),
        ("县委书记到黑山县八道壕镇，黑山县委开会，黑山县修路。", "黑山县"),
        ("全市开工。凌海市修路，凌海市通水，凌海建桥。", "凌海市"),
        ("全市开工。凌海市修路，黑山县通水，锦州港扩建。", "锦州市"),
        ("我市与中山大学合作，中山大学医院揭牌，中山大学来访，锦州设点，锦州签约，锦州建院。", "锦州市"),
        ("我省开工。锦州修路，沈阳通水，大连建港。", "辽宁省"),
        ("产值居全省第三。凌海市修路，锦州港扩建，黑山县通水，沈阳来人。", "锦州市"),
        ("全市开工。新建三座桥，新建两条路，新建一所学校。", None),
        ("全市场都知道锦州、锦州和锦州。", None),
        ("锦州市委书记到锦州，锦州市委开会。", None),
    ],
)
def test_own_words_tell_the_place_of_their_level(divisions: Divisions, text: str, place: str | None) -> None:
    told = whereabouts(text, divisions)
    assert (told and told[0]) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("黑山县抓招商，黑山县签约，锦州市支持，八道壕镇建园。", "黑山县"),
        ("年初以来，黑山县抓招商，全县签约。", "黑山县"),
        ("黑山县抓招商，签约三个项目。", None),
        ("义县抓招商，义县签约，锦州市支持。", "义县"),
        ("黑山县抓招商，黑山县签约，义县观摩。", None),
        ("黑山县抓招商，黑山县签约，凌海市观摩。", None),
        ("锦州市都市圈规划，南昌都市圈规划。", None),
        ("黑山县代表团来访。黑山县签约。", None),
        ("辽宁省修路，辽宁省通水。", None),
    ],
)
def test_the_only_place_that_a_text_names_is_its_own(divisions: Divisions, text: str, place: str | None) -> None:
    told = only_place(text, divisions)
    assert (told and told[0]) == place


@pytest.mark.parametrize(
    ("given", "full"),
    [("安庆", "安庆市"), ("安庆市", "安庆市"), ("朝阳区", "朝阳区"), ("云港新区", "云港新区"), ("黑山", "黑山县")],
)
def test_a_place_that_is_given_in_short_is_the_one_in_full(divisions: Divisions, given: str, full: str) -> None:
    assert document("全市抗旱。", divisions, place=given).place == full


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the corpus of reports is not beside this checkout")
def test_stretches_of_the_corpus_without_a_title_are_of_their_place_or_of_none(divisions: Divisions) -> None:
    right = wrong = 0
    for path in sorted(REPORTS.glob("*.txt")):
        text, place = path.read_text(encoding="utf-8"), path.stem.replace("国务院", "中国").split("-")[0]
        for at in (len(text) // 3, len(text) // 2):
            told = document(text[at : at + 1000], divisions).place
            right, wrong = right + (told == place), wrong + (told not in (None, place))
    assert right >= 145
    assert wrong <= 8


@pytest.mark.parametrize(
    ("title", "text", "place"),
    [
        ("黑山县新桥通车", "黑山县交通局说，黑山大桥通车了。", "黑山县"),
        ("黑山县代表团来访", "黑山县的客人说，黑山大桥通车了。", None),
        ("黑山县新桥通车", "昨天通车了。", None),
        ("辽宁省锦州市黑山县大桥通车", "昨天上午通车。", "黑山县"),
        ("新桥通车", "辽宁锦州黑山县消息，昨天通车。", "黑山县"),
        ("辽宁省沈阳市代表团来访", "我市与沈阳签约，锦州港、锦州银行和锦州师专到场。", None),
    ],
)
def test_a_title_that_begins_with_a_place_tells_it_where_the_text_goes_on_about_it(
    divisions: Divisions, title: str, text: str, place: str | None
) -> None:
    assert document(f"{title}\n{text}", divisions).place == place


def test_what_explains_a_report_is_of_the_year_after_the_one_it_looks_back_on(divisions: Divisions) -> None:
    assert found(divisions, title="《政府工作报告》解读二：2024年工作回顾（二）").year == 2025


@pytest.mark.parametrize(
    ("title", "head", "year", "why"),
    [
        (
            "黑山县",
            "黑山县\n2021年国民经济和社会发展统计公报",
            2022,
            "the first lines, which looks back on the year before",
        ),
        ("黑山县2025年度十件民生实事项目", "", 2025, "the title"),
        ("黑山县人民政府文件", "黑政发〔2017〕27号", 2017, "the paper's number"),
        ("黑山县统计公报", "（2022年2月）", 2022, "the date line"),
        ("治水见成效", "锦凌水库，2011年5月6日开工", None, ""),
    ],
)
def test_what_else_tells_the_year(divisions: Divisions, title: str, head: str, year: int | None, why: str) -> None:
    told = found(divisions, title=title, head=f"{title}\n{head}")
    assert told.year == year
    assert not why or told.why.endswith(f"year from {why}")
