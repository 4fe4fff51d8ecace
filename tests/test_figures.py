"""Facts about whose figure a figure is, and what it is called."""

from __future__ import annotations

import pytest

from jintu.model import Indicator
from jintu.relate import Relater
from relate_samples import RELATER, RULES_ALONE, claims, facts


def indicators(marked: str, relater: Relater = RULES_ALONE, *, place: str = "锦州市") -> set[tuple[str, str]]:
    found = facts(marked, relater, place=place)
    return {(subject, thing) for subject, relation, thing in found if relation == "indicator"}


@pytest.mark.parametrize(
    "text",
    [
        "学校占地85亩，建筑面积3万平方米，学位1200个。",
        "[P 黑山县]新建的城南学校占地85亩，学位1200个。",
        "大桥全长2.6公里，主跨310米。",
        "目前，该项目总投资12亿元，吸纳就业300人。",
        "项目建成后，年产值达到20亿元，年纳税8000万元。",
        "双方签订协议，总金额达35亿元。",
        "企业年产值突破5亿元，带动就业600人。",
        "村集体经济收入达到86万元，户均分红3000元。",
        "去年全镇茶园面积达到3.2万亩，产值2.1亿元。",
        "[J 城南水厂]占地50亩，吸纳就业80人。",
    ],
)
def test_figures_of_a_thing_are_none_of_the_own_place(text: str) -> None:
    assert "锦州市" not in {subject for subject, _ in indicators(text)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("企业数量达到5万户。", "企业数量|5|万户|level"),
        ("项目开工率达到92%。", "项目开工率|92|%|level"),
        ("全市学校占地面积达到5000亩。", "学校占地面积|5000|亩|level"),
        ("全市村集体经济收入达到86万元。", "村集体经济收入|86|万元|level"),
        ("策划储备项目120个，项目总投资35亿元。", "项目总投资|35|亿元|level"),
        ("该项目总投资12亿元，全市固定资产投资增长8%。", "固定资产投资|8|%|change"),
        ("该项目总投资12亿元；固定资产投资增长8%。", "固定资产投资|8|%|change"),
    ],
)
def test_figures_of_all_things_of_a_kind_are_the_own_place_s(text: str, name: str) -> None:
    assert ("锦州市", name) in indicators(text)


def test_what_goes_on_with_among_them_follows_at_once() -> None:
    assert not indicators("全市新建学校3所。\n二、农业\n其中，[P 黑山县]增长5.2%。", RELATER) & {
        ("黑山县", "新建学校|5.2|%|change")
    }


def test_a_town_has_the_figures_of_the_whole_town() -> None:
    assert indicators("全镇茶园面积达到3.2万亩。", place="黑山镇") == {("黑山镇", "茶园面积|3.2|万亩|level")}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "[P 黑山县]、[P 义县]茶园面积分别为8万亩和6万亩。",
            {("黑山县", "茶园面积|8|万亩|level"), ("义县", "茶园面积|6|万亩|level")},
        ),
        (
            "全市生产总值增长6%。其中，[P 黑山县]、[P 义县]分别增长5.2%和4.8%。",
            {
                ("锦州市", "生产总值|6|%|change"),
                ("黑山县", "生产总值|5.2|%|change"),
                ("义县", "生产总值|4.8|%|change"),
            },
        ),
        (
            "全市茶园面积14万亩，[P 黑山县]8万亩、[P 义县]6万亩。",
            {
                ("锦州市", "茶园面积|14|万亩|level"),
                ("黑山县", "茶园面积|8|万亩|level"),
                ("义县", "茶园面积|6|万亩|level"),
            },
        ),
        (
            "[P 黑山县]和[P 义县]生产总值均突破100亿元。",
            {("黑山县", "生产总值|100|亿元|level"), ("义县", "生产总值|100|亿元|level")},
        ),
        ("投资完成情况：[P 黑山镇]200亿元，增长6%；[P 八道壕镇]增长5.5%。", set()),
        (
            "用电量增速高于邻省0.8个百分点、[P 东北地区]0.6个百分点。",
            {("锦州市", "用电量增速高于邻省|0.8|个百分点|change")},
        ),
    ],
)
def test_each_place_of_a_list_has_its_own_figure(text: str, found: set[tuple[str, str]]) -> None:
    assert indicators(text) == found


def test_a_part_of_a_figure_is_one_too() -> None:
    found = indicators("进出口总额120亿元，其中出口60.5亿元，下降0.7%。", RELATER)
    assert {name for _, name in found} >= {"出口|60.5|亿元|level", "出口|-0.7|%|change"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("全盟牧草产量达到12万吨。", {"牧草产量|12|万吨|level"}),
        ("目前全旗森林覆盖率达到35%。", {"森林覆盖率|35|%|level"}),
        ("旅游人数、旅游收入分别恢复到2019年的85%和78%。", set()),
        ("生产总值连续6个季度正增长。", set()),
        ("群众满意度连续3年保持98%。", {"群众满意度|98|%|level"}),
        ("教育支出占25.4%。", {"教育支出占比|25.4|%|level"}),
        ("教育支出52亿元，占25%。", {"教育支出|52|亿元|level", "教育支出占比|25|%|level"}),
        (
            "接待游客68万人次，旅游收入9亿元，分别增长7%、5%。",
            {
                "接待游客|68|万人次|level",
                "旅游收入|9|亿元|level",
                "接待游客|7|%|change",
                "旅游收入|5|%|change",
            },
        ),
        ("供养标准由每人每月705元增加到760元。", {"供养标准|760|元|level"}),
        (
            "城市和乡村居民存款分别从5万元、2万元提高到6万元、3万元。",
            {"城市居民存款|6|万元|level", "乡村居民存款|3|万元|level"},
        ),
    ],
)
def test_names_say_what_figures_measure(text: str, names: set[str]) -> None:
    assert {name for _, name in indicators(text)} == names


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("地区生产总值达到154.75亿。", "CNY"),
        ("本外币贷款余额突破420亿。", "CNY"),
        ("常住人口达到280万。", "ONE"),
        ("直播观看次数突破2亿。", "ONE"),
    ],
)
def test_a_bare_count_is_money_where_its_name_says_so(text: str, unit: str) -> None:
    (claim,) = claims(text)
    assert isinstance(claim.object, Indicator)
    assert (claim.object.quantity.measured_in, claim.object.quantity.unit[-1:]) == (unit, text[-2])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "城乡居民收入分别达到4万元、2万元，年均增长5%、7%。",
            {"城镇居民收入|4|万元|level", "农村居民收入|7|%|change"},
        ),
        ("三次产业占比分别为12%、38%和50%。", {"第一产业占比|12|%|level", "第三产业占比|50|%|level"}),
        ("第一、二、三产业投资分别增长1%、2%、3%。", {"第一产业投资|1|%|change", "第三产业投资|3|%|change"}),
        ("新改扩建学校9所、新增学位3万个。", {"新改扩建学校|9|所|level", "学位|3|万个|change"}),
        ("办结率、满意率均达98%。", {"办结率|98|%|level", "满意率|98|%|level"}),
        ("税收收入8亿元，完成年度预算的97%，增长2%。", {"税收收入|8|亿元|level", "税收收入|2|%|change"}),
        ("公路完工90公里、超年计划4%。", {"公路完工|90|公里|level", "公路完工超年计划|4|%|level"}),
        ("出口增长4%左右、突破40亿元。", {"出口|4|%|change", "出口|40|亿元|level"}),
        ("企业总量首次突破5万户。", {"企业总量|5|万户|level"}),
        ("粮食产量60万吨，增产2万吨。", {"粮食产量|60|万吨|level", "粮食产量|2|万吨|change"}),
        ("固定资产投资增长 8%，绿化率达到 40%。", {"固定资产投资|8|%|change", "绿化率|40|%|level"}),
        ("谋划3个总投资20亿元的风电项目。", {"谋划风电项目|3|个|level"}),
        ("城东输水管道等5个项目建成投产。", {"建成投产项目|5|个|level"}),
        ("经营主体发展到9万户。", {"经营主体|9|万户|level"}),
    ],
)
def test_figures_are_called_what_they_measure(text: str, names: set[str]) -> None:
    assert names <= {name for _, name in indicators(text)}


@pytest.mark.parametrize(
    "text", ["补助金额分别增长7%、9%。", "旅游收入恢复到上年的48%。", "游客数量是“十二五”末的2倍。"]
)
def test_figures_of_nothing_that_is_said_are_left_out(text: str) -> None:
    assert not indicators(text)


def test_sums_that_were_got_are_no_wish() -> None:
    assert ("锦州市", "上级资金|9|亿元|level") in indicators("城区面貌明显改善，争取上级资金9亿元，建成公路90公里。")
    assert all("计划" in name for _, name in indicators("争取完成投资9亿元。"))


@pytest.mark.parametrize(
    "text",
    [
        "该桥主跨507米，全桥总长1420米。",
        "[J 城东产业园]，新建厂房20000平方米，带动就业500人。",
        "城区面貌明显改善，完成投资30亿元，产值突破50亿元。",
    ],
)
def test_a_measure_of_something_that_is_not_said_is_none_of_the_own_place(text: str) -> None:
    assert "锦州市" not in {subject for subject, _ in indicators(text)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("生产总值735亿元，两年平均增长6%。", "生产总值两年平均|6|%|change"),
        ("采矿业增加值增长2%，制造业增长7%。", "制造业增加值|7|%|change"),
        ("昨日集中开工10个重大项目。", "开工重大项目|10|个|level"),
        ("3.改造棚户区10万平方米。", "改造棚户区|10|万平方米|level"),
        ("地方工业完成产值256亿元。", "地方工业产值|256|亿元|level"),
        ("规上企业产值过50亿元。", "规上企业产值|50|亿元|level"),
    ],
)
def test_a_figure_is_called_by_the_whole_of_its_name(text: str, name: str) -> None:
    assert ("锦州市", name) in indicators(text)


def test_a_difference_to_an_earlier_quarter_is_no_figure_of_its_own() -> None:
    found = indicators("生产总值735亿元，比一季度回落4.8个百分点。")
    assert found == {("锦州市", "生产总值|735|亿元|level")}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("一般公共预算收入8亿元，完成年初预算24580万元的59.7%，增长3%。", "一般公共预算收入|3|%|change"),
        ("1-6月财政收入累计完成146845万元。", "财政收入|146845|万元|level"),
        ("地区生产总值同比（下同）增长4.5%。", "地区生产总值|4.5|%|change"),
        ("[J 甲堤]建设、[J 乙河治理]等10处重点防洪工程加快推进。", "重点防洪工程|10|处|level"),
    ],
)
def test_what_stands_beside_a_name_is_no_part_of_it(text: str, name: str) -> None:
    found = indicators(text)
    assert ("锦州市", name) in found
    assert not any("24580" in thing or "月" in thing or "下同" in thing for _, thing in found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("自然保护区面积达到5万亩。", {"自然保护区面积|5|万亩|level"}),
        ("5月当月实现社会消费品零售总额12亿元。", {"社会消费品零售总额|12|亿元|level"}),
        ("出口增长8%，增速比1-4月加快2个百分点，其中5月份增长9%。", {"出口|8|%|change", "出口|9|%|change"}),
        ("出口增长8%，高于全省2个百分点。", {"出口|8|%|change", "出口高于全省|2|个百分点|change"}),
        ("农旅项目共签约8个。", {"农旅项目共签约|8|个|level"}),
        ("规上企业约8个。", {"规上企业|8|个|level"}),
        ("梳理5方面21项问题。", {"梳理5方面问题|21|项|level"}),
    ],
)
def test_figures_of_months_and_comparisons(text: str, names: set[str]) -> None:
    assert {name for _, name in indicators(text)} == names


def test_each_of_several_figures_may_have_a_verb_of_its_own() -> None:
    found = {name for _, name in indicators("采矿业、制造业和建筑业分别下降29%、增长6%和3%。")}
    assert found == {"采矿业|-29|%|change", "制造业|6|%|change", "建筑业|3|%|change"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("六是更新20个老旧社区。", {"更新老旧社区|20|个|level"}),
        ("3.改造老旧小区60个、棚户区547户。", {"改造老旧小区|60|个|level", "改造棚户区|547|户|level"}),
        ("八是新建9座公园、10条绿道。", {"新建公园|9|座|level", "新建绿道|10|条|level"}),
        ("（其中普惠托位5505个）。", {"普惠托位|5505|个|level"}),
        ("（10）城区新建便民市场5个。", {"城区新建便民市场|5|个|level"}),
        ("②新增托位6870个。", {"托位|6870|个|change"}),
        ("2021全县政府性基金预算收入完成130亿元。", {"政府性基金预算收入|130|亿元|level"}),
    ],
)
def test_the_number_of_an_item_is_no_part_of_a_name(text: str, names: set[str]) -> None:
    assert {name for _, name in indicators(text)} == names


def test_a_figure_that_takes_its_name_from_the_one_before_has_its_place() -> None:
    found = indicators("[P 黑山县]签约工业项目10个，总投资12亿元；[P 义县]签约工业项目4个，总投资7亿元。")
    assert {(who, what) for who, what in found if "总投资" in what} == {
        ("黑山县", "签约工业项目总投资|12|亿元|level"),
        ("义县", "签约工业项目总投资|7|亿元|level"),
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "税收收入完成14亿元，同比下降（以下简称“下降”）2.5%。",
            {"税收收入|14|亿元|level", "税收收入|-2.5|%|change"},
        ),
        ("农业总产值57亿元，按现价计算同比增长8.7%。", {"农业总产值|57|亿元|level", "农业总产值|8.7|%|change"}),
        ("一般公共预算收入实际完成85亿元。", {"一般公共预算收入|85|亿元|level"}),
        ("特别是煤炭开采业占比为95%。", {"煤炭开采业占比|95|%|level"}),
        (
            "城、乡居民人均可支配收入分别为22694元、9527元。",
            {"城镇居民人均可支配收入|22694|元|level", "农村居民人均可支配收入|9527|元|level"},
        ),
        (
            "存、贷款余额分别增长3%、4%。",
            {"存款余额|3|%|change", "贷款余额|4|%|change"},
        ),
        ("生产总值跨越1500亿元大关。", {"生产总值|1500|亿元|level"}),
        ("旅客吞吐量突破200万人次大关。", {"旅客吞吐量|200|万人次|level"}),
        ("生产总值跨越3个千亿元台阶。", set()),
        ("城镇人口占总人口比重（城镇化率）为65%。", {"城镇人口占总人口比重|65|%|level"}),
        (
            "普通小学17所，招收新生2073人，在校学生12117人。",
            {"普通小学|17|所|level", "普通小学招收新生|2073|人|level", "普通小学在校学生|12117|人|level"},
        ),
        ("分别拉动生产总值增长1.6、3.1、2.1个百分点。", set()),
    ],
)
def test_words_around_a_figure_are_no_part_of_its_name(text: str, names: set[str]) -> None:
    assert {name for _, name in indicators(text)} == names
