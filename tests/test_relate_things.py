"""Where things are, what they cost and how far they have come, as reports and news say it."""

from __future__ import annotations

import pytest

from relate_samples import KNOWING, RELATER, facts


@pytest.mark.parametrize(
    ("marked", "sums"),
    [
        ("[J 甲公路]开工，总投资16亿元。", {"16亿元"}),
        ("[J 甲公路]（计划总投资16亿元）开工。", {"16亿元"}),
        ("[J 甲公路]项目投资16亿元。", {"16亿元"}),
        ("[J 甲公路]开工，完成交通投资16亿元。", set()),
        ("[J 甲公路]开工，全年完成投资16亿元。", set()),
        ("[J 甲公路]年度投资16亿元。", set()),
        ("[J 甲公路]开工，固定资产投资16亿元。", set()),
        ("[J 甲公路]开工，启动总投资16亿元的一批工程。", set()),
        ("总投资16亿元的[J 甲公路]等5项交通工程开工。", set()),
        ("总投资16亿元的[J 甲公路]、[J 乙公路]开工。", set()),
        ("开工总投资16亿元的33个项目，[J 甲公路]通车。", set()),
        ("[J 甲公路]等三个总投资16亿元的项目开工。", set()),
        ("[J 甲公路]等3个项目开工，总投资16亿元。", set()),
        ("[J 甲公路]开工。该项目总投资16亿元，明年建成。", {"16亿元"}),
        ("[J 甲公路]开工。该路全长9公里，概算总投资16亿元。", {"16亿元"}),
        ("[J 甲公路]开工。该路全长9公里，全市固定资产投资16亿元。", set()),
        ("[J 甲公路]、[J 乙公路]开工。该项目总投资16亿元。", set()),
        ("[J 甲厂]，占地50亩、总建筑面积2万平方米，总投资16亿元。", {"16亿元"}),
        ("[J 甲厂]，占地50亩，全市固定资产投资16亿元。", set()),
        ("投资5亿元的[J 甲厂]、投资3亿元的[J 乙厂]，总投资16亿元。", {"5亿元", "3亿元"}),
    ],
)
def test_a_sum_invested_in_something_else_is_no_cost(marked: str, sums: set[str]) -> None:
    assert {thing for _, relation, thing in facts(marked) if relation == "investment"} == sums


@pytest.mark.parametrize(
    ("marked", "thing"),
    [
        ("位于[P 黑山镇]的[J 新水厂]开工。", "新水厂"),
        ("[J 新水厂]坐落于[P 黑山镇]。", "新水厂"),
        ("[J 新水厂]开工仪式在[P 黑山镇]举行。", "新水厂"),
    ],
)
def test_a_thing_lies_where_it_is_said_to_stand(marked: str, thing: str) -> None:
    assert (thing, "locatedIn", "黑山镇") in facts(marked, RELATER)
    assert (thing, "locatedIn", "锦州市") not in facts(marked, RELATER)


@pytest.mark.parametrize(
    ("marked", "places"),
    [
        ("[J [P 辽蒙]边贸中心]开工。", {"锦州市"}),
        ("[J [P 京津]快线配套厂]开工。", {"锦州市"}),
        ("[J [P 新宁]边贸中心]开工。", {"新宁"}),  # 新宁县, a county of 湖南
    ],
)
def test_a_thing_does_not_lie_in_the_provinces_that_it_joins(marked: str, places: set[str]) -> None:
    found = facts(marked, KNOWING)
    assert {place for _, relation, place in found if relation == "locatedIn"} == places


def test_a_paper_into_which_something_is_taken_up_has_no_stage() -> None:
    found = facts("[J 新水厂]被列入《[G “十四五”水利规划]》。", RELATER)
    assert not any(thing == "“十四五”水利规划" and relation == "status" for thing, relation, _ in found)
    assert ("新水厂", "status", "计划获批") in facts("明年力争[J 新水厂]纳入国家规划。")


def test_a_section_of_a_line_is_no_part_of_the_town_that_it_begins_in() -> None:
    found = facts("[J [P 甲城]至乙城铁路丙段]开工。[J [P 丁高速]戊段]开工。")
    assert {what for _, relation, what in found if relation == "partOf"} == {"丁高速"}


def test_a_place_that_is_visited_carries_nothing_out() -> None:
    found = facts("[I 甲工商联]一行赴[P 黑山县]开展[G 结对行动]。", RELATER)
    assert not {who for who, relation, _ in found if relation == "implements"} & {"黑山县"}


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("建成投入使用", "投用"),
        ("建成并投入使用", "投用"),
        ("进入联调联试阶段", "在建"),
        ("等在建项目竣工", "竣工"),
        ("竣工投运", "投用"),
        ("全面复工", "在建"),
    ],
)
def test_the_last_that_is_said_of_a_thing_is_its_stage(text: str, stage: str) -> None:
    assert {what for _, relation, what in facts(f"去年[J 甲桥]{text}。") if relation == "status"} == {stage}


def test_each_of_a_list_has_its_own_sum_and_all_have_the_stage() -> None:
    found = facts("总投资16亿元的[J 甲公路]、总投资9亿元的[J 乙公路]、计划总投资3亿元的[J 丙公路]等项目开工。", RELATER)
    assert {(who, what) for who, relation, what in found if relation == "investment"} == {
        ("甲公路", "16亿元"),
        ("乙公路", "9亿元"),
        ("丙公路", "3亿元"),
    }
    assert {(who, what) for who, relation, what in found if relation == "status"} == {
        ("甲公路", "开工"),
        ("乙公路", "开工"),
        ("丙公路", "开工"),
    }


@pytest.mark.parametrize(
    ("marked", "stages"),
    [
        ("[J 甲公路]，2021年5月6日开工，2023年底竣工；[J 乙公路]，2022年3月正式开工。", {"甲公路 竣工", "乙公路 开工"}),
        ("[J 甲公路]，2021年5月6日开工，计划2026年竣工。", {"甲公路 开工"}),
        ("[J 甲公路]，计划2026年竣工。", {"甲公路 计划竣工"}),
        ("[J 甲公路]，2021年全市开工30个项目。", set()),
        ("依托[J 甲公路]，2021年开工30个项目。", set()),
    ],
)
def test_a_name_alone_has_the_stage_that_the_days_behind_it_say(marked: str, stages: set[str]) -> None:
    found = facts(marked, RELATER)
    assert {f"{who} {what}" for who, relation, what in found if relation == "status"} == stages
