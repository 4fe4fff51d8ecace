"""When a claim holds: its year, and whether it is done or planned."""

from __future__ import annotations

import pytest

from jintu.model import Relation, Span, replace
from jintu.relate import surface
from jintu.segment import segment
from jintu.text import Years
from relate_samples import RULES_ALONE, claims, facts, read


@pytest.mark.parametrize(
    "marked",
    [
        "[J 甲水厂]将于年内启用。",
        "[J 甲水厂]也将在年内启用。",
        "[J 甲水厂]即将建成投用。",
        "[J 甲水厂]二期有望提前投用。",
        "企业将在[P 乙县]启用[J 甲水厂]。",
        "2024年底前启用[J 甲水厂]。",
        "[J 甲水厂]明年启用。",
    ],
)
def test_a_word_of_the_future_plans_before_and_behind_a_name(marked: str) -> None:
    assert ("甲水厂", "status", "计划投用") in facts(marked)


def test_a_word_of_the_future_plans_in_its_clause_alone() -> None:
    assert ("甲水厂", "status", "投用") in facts("[J 甲水厂]建成投用，[J 乙水厂]即将开工。")


def test_a_plan_holds_for_the_reports_year_and_a_review_for_the_year_before() -> None:
    document, mentions = read("去年[J 甲水厂]建成，成效显著。")
    (done,) = [c for c in RULES_ALONE(document, segment(document), mentions) if c.relation is Relation.STATUS]
    document, mentions = read("力争今年[J 甲水厂]竣工，继续做好服务。")
    (plan,) = [c for c in RULES_ALONE(document, segment(document), mentions) if c.relation is Relation.STATUS]
    assert (done.year, plan.year) == (2023, 2024)


def test_a_year_in_the_clause_wins() -> None:
    document, mentions = read("2019年[J 甲水厂]建成，成效显著。")
    assert {c.year for c in RULES_ALONE(document, segment(document), mentions) if c.relation is Relation.STATUS} == {
        2019
    }


def test_a_year_carries_over_its_sentence_and_a_year_to_compare_with_is_none() -> None:
    marked = "到2027年，[J 甲水厂]建成投用，年供水量达到3亿立方米，比2020年增加1亿立方米。"
    assert {claim.year for claim in claims(marked) if claim.relation is not Relation.LOCATED_IN} == {2027}


@pytest.mark.parametrize(
    ("title", "date", "head", "year"),
    [
        ("", None, "", 2023),
        ("甲水厂建成", "2024-06-01", "", 2024),
        ("乙县关于供水的通知", "2024-06-01", "", 2024),
        ("乙县2024年供水情况通报", None, "", 2024),
        ("甲水厂建成", None, "2024年6月1日，", 2024),
        ("", None, "2024年1月9日在乙县第十届人民代表大会第一次会议上\n", 2023),
        ("2024年是不平凡的一年。我们", None, "", 2023),
        ("乙县政府工作报告", "2024-01-09", "", 2023),
        ("乙县统计公报", "2024-04-09", "", 2023),
        ("乙县计划执行情况", "2024-04-09", "", 2023),
        ("下载", "2024-01-09", "各位代表：\n", 2023),
        ("甲水厂建成", None, "本报讯 6月1日，", 2024),
        ("乙县2024年上半年预算执行情况的报告", None, "", 2024),
        ("2024年1-5月乙县经济运行情况", None, "", 2024),
    ],
)
def test_news_and_notices_of_a_day_speak_of_their_own_year(title: str, date: str | None, head: str, year: int) -> None:
    document, mentions = read("[J 甲水厂]建成，成效显著。")
    shift = len(head)
    moved = [replace(m, span=Span(m.span.start + shift, m.span.end + shift)) for m in mentions]
    document = replace(document, text=head + document.text, title=title, date=date)
    (done,) = [c for c in RULES_ALONE(document, segment(document), moved) if c.relation is Relation.STATUS]
    assert done.year == year


def test_news_of_a_day_tell_the_last_year_from_the_next() -> None:
    document, mentions = read("[J 甲水厂]去年开工。[J 乙水厂]明年底建成。")
    document = replace(document, title="两座水厂", date="2024-06-01")
    found = [c for c in RULES_ALONE(document, segment(document), mentions) if c.relation is Relation.STATUS]
    assert [claim.year for claim in found] == [2023, 2025]


def test_a_relative_year_inside_other_words_is_none() -> None:
    assert ("甲水厂", "status", "计划投用") not in facts("数据表明年内[J 甲水厂]启用。")
    assert Years("目前年产值达5亿元，表明年均增长快。", now=2024).of(0, 20) is None


@pytest.mark.parametrize(("said", "status"), [("100%", True), ("2023年度任务", True), ("28公里", False)])
def test_what_is_done_in_part_is_not_complete(said: str, status: bool) -> None:
    assert (("甲水厂", "status", "完成") in facts(f"[J 甲水厂]完成{said}。")) is status


def test_a_speech_says_nothing_of_what_stands_before_it() -> None:
    visit = "市长一行察看[J 甲水厂]，甲水厂建成投用。"
    speech = (
        "他指出，要加快收尾，要加大招商力度，要尽快实现运营，要确保质量，要抓好安全，要强化服务，要推动[J 乙水厂]开工。"
    )
    found = facts("。\n".join([visit + "[J 丙水厂]竣工", speech * 3]))
    assert ("丙水厂", "status", "竣工") in found
    assert ("乙水厂", "status", "计划开工") in found


def test_how_much_was_built_is_not_that_all_is() -> None:
    assert not [fact for fact in facts("[J 甲水厂]建成28公里管线。") if fact[1] == "status"]


@pytest.mark.parametrize(
    "behind",
    [
        "建成后，将惠及居民，提高供水能力，提升供水质量，促进就业，推动发展。" * 3,
        "今年以来，全市供水能力提高。今年以来，供水成本下降。" * 4,
    ],
)
def test_what_comes_of_a_thing_does_not_make_a_plan_of_it(behind: str) -> None:
    assert ("甲水厂", "status", "开工") in facts(f"[J 甲水厂]25日开工建设。{behind}")


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("黑山县2025年十件民生实事", "计划完成"),
        ("黑山县政府将为民办好15件大事", "计划完成"),
        ("黑山县2025年民生实事完成情况", "完成"),
        ("黑山县动态", "完成"),
    ],
)
def test_a_title_that_promises_plans_what_is_below_it(title: str, stage: str) -> None:
    document, mentions = read("完成[J 甲大道一期]。完成[J 乙大道一期]。")
    document = replace(document, title=title)
    found = RULES_ALONE(document, segment(document), mentions)
    assert {surface(claim)[2] for claim in found if claim.relation is Relation.STATUS} == {stage}


def test_a_stage_has_the_year_of_its_own_clause() -> None:
    found = claims("[J 甲水厂]，2010年5月开工，2014年建成。[J 乙水厂]，计划2026年开工，2028年竣工。")
    stages = {(surface(claim)[2], claim.year) for claim in found if claim.relation is Relation.STATUS}
    assert stages == {("完成", 2014), ("计划竣工", 2028)}
