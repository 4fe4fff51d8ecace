"""People behind their titles, and what a title does to the names around it."""

import time
from functools import cache
from pathlib import Path

import pytest

from jintu.errors import OntologyError
from jintu.model import Document, Kind, Span
from jintu.ontology import Ontology, load
from jintu.recognise.people import TITLES, People
from jintu.segment import tokenizer
from relate_samples import read as named


@cache
def people(ontology: Ontology) -> People:
    return People(ontology, tokenizer().tag)


def read(marked: str) -> set[tuple[str, Kind]]:
    document, given = named(marked)
    found = list(people(load())(document, Span(0, len(document.text)), given))
    assert all(mention.span.of(document.text) == mention.text for mention in found)
    return {(mention.text, mention.kind) for mention in found}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("副市长王一民说，路快修好了。", {"王一民"}),
        ("市长 王 民\n各位来宾：", {"王 民"}),
        ("市长王民率队到场。", {"王民"}),
        ("教授欧阳一民、院士李安平出席。", {"欧阳一民", "李安平"}),
        ("院士李安平、王一民等到场。", {"李安平", "王一民"}),
        ("记者王民摄", {"王民"}),
        ("教师阿依努尔·买买提说。", {"阿依努尔·买买提"}),
        ("县人大常委会主任古丽·艾山出席。", {"古丽·艾山"}),
        ("教师热合曼·尼亚孜签订合同。", {"热合曼·尼亚孜"}),
        ("由区长任组长。", set()),
        ("村民代表会、议事会都开了。", set()),
        ("由县委书记任县长，书记任主任，代表万人、工人。", set()),
        ("市长王__，来了。", set()),
        ("市长高度评价了这件事。", set()),
        ("书记，王一民说。", set()),
        ("天气晴好。", set()),
    ],
)
def test_a_name_behind_a_title_is_a_person(text: str, who: set[str]) -> None:
    assert read(text) == {(name, Kind.PERSON) for name in who}


@pytest.mark.parametrize(
    ("marked", "left"),
    [
        ("[I 黑山县委书记]王一民说。", {("黑山县委", Kind.INSTITUTION), ("王一民", Kind.PERSON)}),
        ("[I 黑山县委副书记]王一民说。", {("黑山县委", Kind.INSTITUTION), ("王一民", Kind.PERSON)}),
        ("办理[I 市人大代表]建议三件。", {("市人大", Kind.INSTITUTION)}),
        ("[I 黑山县县长]王一民说。", {("黑山县", Kind.PLACE), ("王一民", Kind.PERSON)}),
        ("[I 自治州州长]王一民说。", {("王一民", Kind.PERSON)}),
        ("市长[I 王一民代表市政府]签约。", {("王一民", Kind.PERSON)}),
        ("市长[N 王一民]说。", {("王一民", Kind.PERSON)}),
        ("荣获[H 市长王冠奖]。", {("市长王冠奖", Kind.HONOUR)}),
        ("省属高校[I 长江大学]、中学。", {("长江大学", Kind.INSTITUTION)}),
    ],
)
def test_a_name_ends_before_a_title_and_gives_way_to_a_person(marked: str, left: set[tuple[str, Kind]]) -> None:
    assert read(marked) == left


def test_people_carry_the_rule_that_they_were_read_by() -> None:
    text = "校长王一民说。"
    (found,) = people(load())(Document("d", text, "", "", ""), Span(0, len(text)), ())
    assert (found.rule, found.nested, 0 < found.score < 1) == (TITLES, False, True)


@pytest.mark.parametrize("piece", ["任书记", "书记王民、", "市长甲·", "市长王", "教授、"])
def test_titles_without_end_take_linear_time(piece: str) -> None:
    text = piece * 20_000
    start = time.process_time()
    found = list(people(load())(Document("d", text, "", "", ""), Span(0, len(text)), ()))
    assert len({mention.span for mention in found}) == len(found) <= 20_000
    assert time.process_time() - start < 10


def test_a_stretch_is_read_alone() -> None:
    text = "校长王一民说，校长李安平说。"
    (found,) = people(load())(Document("d", text, "", "", ""), Span(7, len(text)), ())
    assert found.text == "李安平"


def test_a_table_with_another_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "titles.tsv").write_text("title\n市长\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"lists/titles\.tsv"):
        People(Ontology(tmp_path), tokenizer().tag)


def test_a_person_who_was_read_once_is_known_again() -> None:
    document, given = named("市长[N 王一民]到场。[P 王一民都]细看，[I 王一民]讲话，[I 王一民团队]成立。")
    found = people(load()).met_again(document, given)
    assert sorted((mention.text, mention.kind) for mention in found) == [
        ("王一民", Kind.PERSON),
        ("王一民", Kind.PERSON),
        ("王一民", Kind.PERSON),
        ("王一民团队", Kind.INSTITUTION),
    ]
    assert all(mention.span.of(document.text) == mention.text for mention in found)


def test_a_name_that_is_more_often_something_else_is_no_person() -> None:
    document, given = named("[N 金山湾]到场。[P 金山湾]和[P 金山湾]。")
    assert people(load()).met_again(document, given) == given


def test_the_characters_of_several_words_are_no_person() -> None:
    document, given = named("店主[N 高建设]介绍。全市提高建设水平，高建设认为不错。")
    found = people(load()).met_again(document, given)
    assert [(mention.span.start, mention.text) for mention in found] == [(2, "高建设"), (17, "高建设")]
