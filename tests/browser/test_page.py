"""The page as its reader meets it, in a real browser; the fixture checks that it is silent and asks for nothing."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jintu.model import Entity, Kind, KnowledgeGraph, replace
from jintu.reference import reference
from knowledge_samples import grown, hostile, jinzhou

Open = Callable[..., Any]
DESK, PHONE = (1366, 768), (390, 844)
EMPTY = KnowledgeGraph((), (), (), ())
RESERVOIR = "#e=place%2F210700%2F%E9%94%A6%E5%87%8C%E6%B0%B4%E5%BA%93"
VIEWS = ("facts", "entities", "timeline", "divisions", "map", "statistics")
FILLED = "document.querySelector('#canvas canvas').clientWidth === document.getElementById('canvas').clientWidth"
AXE = "axe-core@4.14.1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_page_opens_and_tells_what_it_shows(visit: Open, size: tuple[int, int], scheme: str) -> None:
    knowledge = jinzhou()
    page = visit(knowledge, size=size, scheme=scheme)
    assert page.shown("entities") == len(knowledge.entities)
    assert page.shown("facts") == len(knowledge.facts)
    page.drawn(500)
    assert page.page.evaluate("document.documentElement.dataset.theme") == scheme
    assert not page.page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("words", ["锦凌水库", "锦凌", "jinlingshuiku", "jlsk", "JinLing", "锦lsk", "jin ling sk"])
def test_search_finds_by_characters_pinyin_and_initials(visit: Open, words: str) -> None:
    assert visit(jinzhou()).matches(words)[0] == "锦凌水库"


def test_a_press_on_a_match_takes_it(visit: Open) -> None:
    page = visit(jinzhou())
    page.matches("jl")
    page.page.locator("#matches [role=option]", has_text="锦凌水库").click()
    assert page.text("#panel h2") == "锦凌水库"
    page.hides("#matches")


def test_search_finds_by_alias_and_code_and_says_when_there_is_nothing(visit: Open) -> None:
    page = visit(jinzhou())
    assert page.matches("盘锦")[0] == "盘锦市"
    assert page.matches("210726")[0] == "黑山县"
    assert page.matches("长白山天池") == []
    assert "没有找到" in page.text("#matches")


def test_an_entitys_facts_are_shown_with_their_quotes_in_context(visit: Open) -> None:
    page = visit(jinzhou())
    page.pick("锦凌水库")
    assert page.text("#panel h2") == "锦凌水库"
    assert "水利建设又进一步。" in page.text("#panel blockquote >> nth=0")
    assert "锦凌水库位于太和区境内" in page.text("#panel mark >> nth=0")
    assert "锦州市2023年政府工作报告(样例) · 一、过去一年的工作 · 规则 sample.rule" in page.text(
        "#panel .source >> nth=0"
    )


def test_a_click_on_the_graph_opens_the_evidence_of_an_entity_and_of_an_edge(visit: Open) -> None:
    page = visit(jinzhou(), fragment="#f=" + '["place/210700/锦凌水库","locatedIn","division/210711"]')
    assert "锦凌水库位于太和区境内" in page.text("#panel mark")
    page.page.keyboard.press("Escape")
    page.hides("#panel")
    page.page.wait_for_function(FILLED)
    box = page.page.locator("#canvas").bounding_box()
    page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)  # the edge is in the middle
    page.page.wait_for_selector("#panel mark")
    assert "位于" in page.text("#panel h2")


def test_money_and_indicators_are_exact_in_the_panel(visit: Open) -> None:
    page = visit(jinzhou())
    page.pick("锦州海洋生态保护修复项目")
    assert "投资\n5.32亿元" in page.text("#panel .facts")
    assert "= 532\u202f000\u202f000 CNY" in page.text("#panel .facts")
    page.pick("锦州市")
    assert "新增就业\t2.5万余人\t变化\t2022" in page.text("#panel table")
    assert "计划" in page.text("#panel table")


def test_filters_change_the_counts_and_all_can_be_shown_again(visit: Open) -> None:
    knowledge = jinzhou()
    page = visit(knowledge)
    places = sum(entity.kind is Kind.PLACE for entity in knowledge.entities)
    page.page.get_by_label("地点").uncheck()
    assert page.shown("entities") == len(knowledge.entities) - places
    page.page.get_by_label("地点").check()
    page.page.get_by_role("checkbox", name="计划", exact=True).uncheck()
    assert page.shown("facts") == sum(fact.modality == "stated" for fact in knowledge.facts)
    page.page.get_by_label("行政区划表").uncheck()
    page.page.get_by_label("2021 年").uncheck()
    left = sum(fact.modality == "stated" and fact.year == 2022 for fact in knowledge.facts)
    assert page.shown("facts") == left
    page.page.click("#show-all")
    assert page.shown("facts") == len(knowledge.facts)


def test_a_permalink_brings_back_filters_selection_and_depth(visit: Open) -> None:
    knowledge = jinzhou()
    page = visit(knowledge)
    page.page.get_by_label("荣誉").uncheck()
    page.page.get_by_label("2021 年").uncheck()
    page.pick("锦凌水库")
    page.page.keyboard.press("2")
    fragment = page.page.evaluate("location.hash")
    again = visit(knowledge, fragment=fragment)
    assert again.text("#panel h2") == "锦凌水库"
    assert again.text("#shown") == page.text("#shown")
    assert not again.page.get_by_label("荣誉").is_checked()
    assert again.text("#focus [aria-pressed=true]") == "2 步"


def test_a_broken_permalink_shows_the_whole_graph(visit: Open) -> None:
    knowledge = jinzhou()
    for fragment in ("#e=nowhere&k=[&d=99&v=no", "#%%%", "#f=[1,2]&h={}&o=3&s=7"):
        page = visit(knowledge, fragment=fragment)
        page.hides("#panel")
        page.shows("#graph-view")


def test_back_returns_to_the_entity_before(visit: Open) -> None:
    page = visit(jinzhou())
    page.pick("锦凌水库")
    page.pick("太和区")
    page.page.go_back()
    page.page.wait_for_function("document.querySelector('#panel h2').textContent === '锦凌水库'")


def test_neighbours_can_be_isolated_and_an_entity_hidden(visit: Open) -> None:
    knowledge = jinzhou()
    page = visit(knowledge, fragment=RESERVOIR)
    page.page.get_by_role("button", name="只看周围").click()
    assert page.shown("entities") == 4  # with 太和区 and two projects
    page.page.keyboard.press("2")
    assert page.shown("entities") == 7  # and 锦州市, 新苏环保垃圾焚烧发电项目, 锦州市水利局
    page.page.get_by_role("button", name="隐藏", exact=True).click()
    assert page.shown("entities") == 6
    page.page.get_by_role("button", name="恢复全部").click()
    assert page.shown("entities") == len(knowledge.entities)


def test_the_keyboard_alone_reaches_search_graph_evidence_and_help(visit: Open) -> None:
    page = visit(jinzhou())
    keys = page.page.keyboard
    keys.press("/")
    keys.type("jlsk")
    keys.press("Enter")
    assert page.text("#panel h2") == "锦凌水库"
    keys.press("Escape")
    page.hides("#panel")
    page.page.focus("#canvas")
    keys.press("ArrowRight")  # from nowhere: the most important entity
    first = page.text("#panel h2")
    keys.press("ArrowLeft")
    assert page.text("#panel h2") not in ("", first)
    keys.press("Enter")
    assert page.page.evaluate("document.activeElement.id") == "panel"
    keys.press("?")
    page.shows("#help")
    keys.press("Escape")
    page.hides("#help")


def test_every_control_is_reached_by_tab(visit: Open) -> None:
    page = visit(jinzhou(), fragment=RESERVOIR)
    wanted = page.page.evaluate(
        "[...document.querySelectorAll('button, input, summary, [tabindex=\"0\"]')]"
        ".filter((e) => e.checkVisibility() && e.tabIndex >= 0).length"
    )
    reached: set[int] = set()
    page.page.evaluate("() => { window.met = []; document.body.focus(); }")
    for _ in range(wanted + 10):
        page.page.keyboard.press("Tab")
        reached.add(
            page.page.evaluate(
                "() => { const e = document.activeElement; if (!met.includes(e)) met.push(e); return met.indexOf(e); }"
            )
        )
    assert len(reached) >= wanted


def test_tables_list_what_is_shown_sort_and_open_the_evidence(visit: Open) -> None:
    knowledge = jinzhou()
    page = visit(knowledge)
    page.page.get_by_role("button", name="实体表").click()
    assert page.page.locator("#other-view tbody tr").count() == len(knowledge.entities)
    page.page.get_by_role("button", name="事实", exact=True).click()
    page.page.get_by_role("button", name="事实 ↑", exact=True).click()
    assert page.text("#other-view tbody tr >> nth=0").startswith("锦州市")
    page.page.get_by_role("button", name="事实表").click()
    assert page.page.locator("#other-view tbody tr").count() == len(knowledge.facts)
    page.page.locator("#other-view tbody .name", has_text="锦凌水库").first.click()
    assert page.text("#panel h2") == "锦凌水库"


def test_without_texts_the_page_shows_the_quotes(visit: Open) -> None:
    knowledge = jinzhou()
    bare = replace(knowledge, documents=tuple(replace(d, text="", sections=()) for d in knowledge.documents))
    page = visit(bare, fragment=RESERVOIR)
    assert "锦凌水库位于太和区境内" in page.text("#panel mark >> nth=0")


def test_reports_of_one_title_are_told_apart(visit: Open) -> None:
    knowledge = jinzhou()
    alike = replace(knowledge, documents=tuple(replace(d, title="政府工作报告") for d in knowledge.documents))
    told = visit(alike, fragment="#v=statistics").text("#other-view")
    assert [f"{d.place} {d.year} 政府工作报告" in told for d in alike.documents] == [True, True]


def test_an_empty_graph_and_a_single_entity_say_so(visit: Open) -> None:
    assert "这个图谱是空的" in visit(EMPTY).text("#nothing")
    page = visit(KnowledgeGraph((), (Entity("e", Kind.PLACE, "某地"),), (), ()))
    assert page.text("#shown") == "显示 1 个实体、0 条事实，出自 0 份文件"
    page.drawn(50)


NAMES = (
    "</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(2)>',
    "javascript:alert(3)",
    "href",
    "<a href='https://example.org/'>href</a>",
    "长" * 10_000,
    "\u202eكلمة عربية معكوسة\u2066",
    "👩‍👩‍👧‍👦🏳️‍🌈一家",
    "零\x00宽\u200b\ud800",
    "${alert(4)}`{{payload}}",
    "__proto__",
    "constructor",
)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_hostile_names_run_no_script_and_break_no_layout(visit: Open, size: tuple[int, int]) -> None:
    page = visit(hostile(NAMES), size=size)
    assert page.shown("entities") == len(NAMES)
    for name in NAMES:
        page.page.fill("#search", name[:150])
        page.page.keyboard.press("Enter")
        heading = page.page.locator("#panel h2").text_content()
        assert heading == name.replace("\ud800", "\ufffd")
        assert inside(page)
    for view in ("实体表", "事实表", "时间线", "区划树", "统计", "图谱"):
        page.page.get_by_role("button", name=view).click()
        assert inside(page)
    assert page.page.locator("img, svg[onload], a[href^=http], a[href^=javascript]").count() == 0


@pytest.mark.parametrize("fragment", ["", RESERVOIR, *(f"#v={view}" for view in VIEWS)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(visit: Open, axe: str, fragment: str, scheme: str) -> None:
    page = visit(jinzhou(), reference=reference(), fragment=fragment, scheme=scheme)
    page.page.evaluate(axe)
    found = page.page.evaluate("axe.run().then((all) => all.violations)")
    serious = [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []


def test_three_thousand_entities_are_drawn_and_searched_and_long_lists_are_cut(visit: Open) -> None:
    page = visit(grown(3000))
    page.drawn(500)
    page.pick("新河0号")
    assert "再显示 30 条" in page.text("#panel")


def inside(page: Any) -> bool:
    """Tell whether nothing sticks out of the window at its right or below."""
    return bool(
        page.page.evaluate(
            "document.documentElement.scrollWidth <= innerWidth && document.body.scrollHeight <= innerHeight"
            " && [...document.querySelectorAll('#panel *')].every((e) => e.scrollWidth <= innerWidth)"
        )
    )


@pytest.fixture(scope="session")
def axe(pytestconfig: pytest.Config) -> str:
    """Return the source of axe-core (MPL-2.0; used by this test alone and never shipped)."""
    folder = Path(str(pytestconfig.cache.mkdir("axe"))) if pytestconfig.cache else Path("axe")
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    npm = shutil.which("npm")
    if not script.exists() and npm:
        subprocess.run([npm, "install", "--prefix", str(folder), AXE], capture_output=True, timeout=120, check=False)
    if not script.exists():
        pytest.skip(f"{AXE} cannot be had: npm or its registry is missing")
    return script.read_text(encoding="utf-8")
