"""Facts about who was given a title."""

from __future__ import annotations

import time

import pytest

from jintu.relate import Relater
from relate_samples import RELATER, RULES_ALONE, facts


@pytest.mark.parametrize("relater", [RELATER, RULES_ALONE], ids=["weighed", "rules"])
@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("去年，[P 黑山县]被[I 农业部]列为[H 全国产粮大县]。", {("黑山县", "全国产粮大县")}),
        ("该市被[I 财政部]、[I 住建部]列入[H 全国海绵城市示范市]。", {("锦州市", "全国海绵城市示范市")}),
        ("我市连续两年被[I 财政部]评为[H 全国先进城市]。", {("锦州市", "全国先进城市")}),
        ("课堂改革被[I 教育部]评为[H 全国优秀案例]。", set()),
        ("对入选[H 国家级“小巨人”企业]的，给予50万元奖励。", set()),
        (
            "[P 黑山县]、[P 义县]分别入选[H 全国文明县城]、[H 国家卫生县城]。",
            {("黑山县", "全国文明县城"), ("义县", "国家卫生县城")},
        ),
        ("[P 黑山县]、[P 义县]分别获评[H 全国文明县城]。", {("黑山县", "全国文明县城"), ("义县", "全国文明县城")}),
    ],
)
def test_titles_go_to_who_was_given_them(text: str, won: set[tuple[str, str]], relater: Relater) -> None:
    found = facts(text, relater)
    assert {(who, what) for who, relation, what in found if relation == "received"} == won


def test_who_helps_is_no_condition() -> None:
    found = facts("对口帮扶的[P 黑山县]获评[H 全国示范县]的称号。")
    assert ("黑山县", "received", "全国示范县") in found


def test_words_before_a_passive_are_read_in_linear_time() -> None:
    start = time.process_time()
    assert facts("连续今年今年" * 2_000 + "的被[I 农业部]列为[H 全国示范县]。") is not None
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("[E 葡萄节]成功举办。", {"锦州市"}),
        ("[E 推进会]在我市召开。", {"锦州市"}),
        ("[E 葡萄节]在[P 黑山县]隆重举行。", {"黑山县"}),
        ("组织企业参加[E 进博会]。", set()),
        ("市长出席[E 葡萄节]开幕式。", set()),
    ],
)
def test_what_is_held_has_a_host_and_who_takes_part_is_none(text: str, hosts: set[str]) -> None:
    assert {who for who, relation, _ in facts(text) if relation == "hosts"} == hosts


@pytest.mark.parametrize(
    "text",
    [
        "力争[P 黑山县]入选[H 全国农业强县]。",
        "明年支持[P 黑山县]创建[H 国家卫生县城]。",
        "[I 甲报社]组织开展的“[H 十佳村]”评选活动揭晓。",
        "去年[P 黑山县]入围[H 全国文明城市]候选名单。",
    ],
)
def test_a_title_that_is_not_won_yet_is_nobody_s(text: str) -> None:
    assert not {who for who, relation, _ in facts(text, RELATER) if relation == "received"}


@pytest.mark.parametrize(
    ("text", "winners"),
    [
        ("[P 马庄村]致力于文化建设，先后获得[H 全国文明村]。", {"马庄村"}),
        ("[P 管道社区]环境优美。先后被授予[H 全国示范社区]。", {"管道社区"}),
        ("去年获评[H 全国文明村]。", set()),
        ("去年新增“[H 瞪羚]”企业5家。", set()),
        ("去年全市获评[H 全国文明城市]。", {"锦州市"}),
        ("拟命名[P 甲社区]为[H 全国示范社区]。", set()),
        ("四川省纳入统计的[H 4A级景区]不少。", set()),
    ],
)
def test_a_village_s_title_is_no_city_s(text: str, winners: set[str]) -> None:
    assert {who for who, relation, _ in facts(text, RELATER) if relation == "received"} == winners


def test_what_a_congress_year_is_called_after_is_no_event_of_the_own_place() -> None:
    assert not {who for who, relation, _ in facts("去年是[E 党的二十大]召开之年。") if relation == "hosts"}


@pytest.mark.parametrize(
    ("text", "winners"),
    [
        ("[P 黑山县]花生入选[H 全国名特优新农产品名录]。", set()),
        ("[P 黑山县]成功入选[H 全国农业强县]。", {"黑山县"}),
        ("[P 黑山县]第三次获评[H 全国农业强县]。", {"黑山县"}),
        ("[P 黑山县]连续三年跻身[H 全国农业强县]。", {"黑山县"}),
    ],
)
def test_a_title_of_what_grows_in_a_place_is_not_the_place_s(text: str, winners: set[str]) -> None:
    assert {who for who, relation, _ in facts(text, RELATER) if relation == "received"} == winners
