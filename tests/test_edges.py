"""Names whose first or last word was cut into one word with what leads up to them, or ends a list."""

from time import process_time

import pytest

from jintu.model import Kind, Mention, Span
from jintu.recognise.edges import opened, rejoined, whole
from jintu.recognise.settle import fitted
from jintu.segment import tokenizer


@pytest.mark.parametrize(
    ("text", "name", "kind", "rule", "left"),
    [
        ("我们以白石港为龙头。", "以白石港", Kind.PLACE, "tagger", "白石港"),
        ("团队获省科技奖。", "获省科技奖", Kind.HONOUR, "tagger", "省科技奖"),
        ("路由县交通局来修。", "由县交通局", Kind.INSTITUTION, "tagger", "县交通局"),
        ("请向市人大常委会报告。", "向市人大常委会", Kind.INSTITUTION, "tagger", "市人大常委会"),
        ("人员从市交通局抽调。", "从市交通局", Kind.INSTITUTION, "tagger", "市交通局"),
        ("请对红河苑项目督查。", "对红河苑项目", Kind.PROJECT, "tagger", "红河苑项目"),
        ("建成2个省实验室白石分中心。", "个省实验室白石分中心", Kind.PROJECT, "tagger", "省实验室白石分中心"),
        ("建成2家京白合作医院。", "家京白合作医院", Kind.INSTITUTION, "tagger", "京白合作医院"),
        ("建设白石港、家和苑。", "家和苑", Kind.PLACE, "tagger", "家和苑"),
        ("建设白石港、对俄合作中心。", "对俄合作中心", Kind.PROJECT, "tagger", "对俄合作中心"),
        ("到了从江岜沙寨。", "从江岜沙寨", Kind.PLACE, "tagger", "从江岜沙寨"),
        ("来自以岭药业。", "以岭药业", Kind.INSTITUTION, "tagger+gazetteer", "以岭药业"),
        ("建设白石园、以晴园。", "以晴园", Kind.PROJECT, "tagger", "以晴园"),
        ("车到在妙镇停下。", "在妙镇", Kind.PLACE, "tagger", "在妙镇"),
        ("推行以竹代塑。", "以竹代塑", Kind.PROGRAMME, "tagger", "以竹代塑"),
        ("来到向阳湖。", "向阳湖", Kind.PLACE, "tagger", "向阳湖"),
        ("加快和庆镇建设。", "和庆镇", Kind.PLACE, "tagger", "和庆镇"),
    ],
)
def test_a_name_begins_behind_the_word_that_leads_up_to_it(
    text: str, name: str, kind: Kind, rule: str, left: str
) -> None:
    start = text.index(name)
    mention = Mention("d", Span(start, start + len(name)), name, kind, rule=rule)
    (found,) = opened([mention], text, tokenizer().tag)
    assert (found.text, found.span.of(text)) == (left, left)


def test_a_name_begins_behind_the_word_that_joins_it_to_the_one_before() -> None:
    text = "白石高速和红河高速通车，督促和钢公司。"
    spans = (Span(0, 4), Span(4, 9), Span(text.index("和钢"), text.index("和钢") + 4))
    names = [Mention("d", span, span.of(text), Kind.PROJECT) for span in spans]
    assert [found.text for found in opened(names, text, tokenizer().tag)] == ["白石高速", "红河高速", "和钢公司"]


def test_a_name_of_its_own_that_begins_so_stays_beside_another() -> None:
    text = "沈阳市和平区办学。"
    names = [Mention("d", span, span.of(text), Kind.PLACE) for span in (Span(0, 3), Span(3, 6))]
    assert [found.text for found in opened(names, text, tokenizer().tag)] == ["沈阳市", "和平区"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市委市政府", ["市委", "市政府"]),
        ("市委市政府督查组", ["市委市政府督查组"]),
        ("（记者 王一民）白石水厂", ["白石水厂"]),
        ("(本报记者王一民 通讯员 李四海)白石水厂", ["白石水厂"]),
        ("（白石）产业园", ["（白石）产业园"]),
        ("（白石）", ["白石"]),
        ("（记者王一民）", ["记者王一民"]),
    ],
)
def test_a_stretch_is_the_names_without_what_is_no_part_of_them(text: str, names: list[str]) -> None:
    assert [found.of(text) for found in whole(Span(0, len(text)), text)] == names


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("国际班列", "（白石）集结中心", ["国际班列（白石）集结中心"]),
        ("国际班列", "（含白石）集结中心", ["国际班列", "（含白石）集结中心"]),
        ("国际班列", "（2025年）行动计划", ["国际班列", "（2025年）行动计划"]),
        ("国际班列", "（白石）", ["国际班列", "（白石）"]),
    ],
)
def test_a_name_that_goes_on_with_a_bracket_is_one(first: str, second: str, names: list[str]) -> None:
    text, cut = first + second, len(first)
    spans = (Span(0, cut), Span(cut, len(text)))
    found = [Mention("d", span, span.of(text), Kind.PROGRAMME) for span in spans]
    assert [name.text for name in rejoined(found, text)] == names


def test_two_events_that_are_held_as_one_are_one() -> None:
    text = "举办白石论坛暨红河年会、清水大会。"
    names = [Mention("d", Span(*at), text[slice(*at)], Kind.EVENT) for at in ((2, 6), (7, 11), (12, 16))]
    assert [name.text for name in rejoined(names, text)] == ["白石论坛暨红河年会", "清水大会"]


@pytest.mark.parametrize(
    ("outer", "inner", "left"),
    [
        ((0, 5), (0, 2), []),  # 关岭 is what 关岭自治县 is called in short
        ((0, 7), (0, 5), ["关岭自治县"]),
        ((2, 7), (0, 5), ["自治县"]),
        ((0, 7), (0, 1), []),
        ((0, 7), (0, 7), []),
    ],
)
def test_names_inside_others_are_cut_to_them(outer: tuple[int, int], inner: tuple[int, int], left: list[str]) -> None:
    text = "关岭自治县水库"
    name, inside = (Mention("d", Span(*at), text[slice(*at)], Kind.PLACE) for at in (outer, inner))
    assert [found.text for found in fitted([inside], [name])] == left


def test_names_without_end_are_read_in_no_time() -> None:
    text = "（白石）" * 20_000
    names = [Mention("d", Span(at, at + 4), text[at : at + 4], Kind.PLACE) for at in range(0, len(text), 4)]
    assert max(len(name.text) for name in rejoined(names, text)) <= 60
    start = process_time()
    folk = "全市清河" + "族" * 400
    name = Mention("d", Span(0, len(folk)), folk, Kind.PLACE)
    assert [found.text for found in fitted([Mention("d", Span(0, 2), folk[:2], Kind.PLACE)], [name])] == ["全市"]
    assert process_time() - start < 1
