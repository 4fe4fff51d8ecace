"""The query page as a person uses it, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

import pytest

from browser.conftest import DESK, PHONE
from jintu import rdf
from web.conftest import Served, serving
from web.hostile import NAME, OTHER, knowledge

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., "Page"]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Open a page of a server; at the end nothing may have been complained of, or asked of another server."""
    complaints: list[str] = []
    foreign: list[str] = []
    pages: list[Page] = []

    def open_page(
        served: Served, path: str = "/", *, size: tuple[int, int] = DESK, scheme: Literal["light", "dark"] = "light"
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce"
        )
        page = context.new_page()
        pages.append(page)
        page.on("console", lambda said: complaints.append(said.text) if not _expected(said.text) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(f"a script said {dialog.message}"))
        page.on("request", lambda asked: foreign.append(asked.url) if _foreign(asked.url, served.url) else None)
        page.goto(served.url + path)
        if path.startswith("/#") or path == "/":
            page.wait_for_selector(".cm-content")
        return page

    yield open_page
    for page in pages:
        page.context.close()
    assert complaints == []
    assert foreign == []


def _expected(words: str) -> bool:
    """Tell whether the browser only says that a query was refused, which the page says too."""
    return "the server responded with a status of 400" in words or "the server responded with a status of 503" in words


def _foreign(url: str, own: str) -> bool:
    return not url.startswith((f"{own}/", "data:", "blob:"))


def write(page: Page, query: str) -> None:
    page.click(".cm-content")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(query)


def cells(page: Page, column: int) -> list[str]:
    return page.locator(f"#results tbody tr:not(.evidence) td:nth-child({column})").all_inner_texts()


def test_a_shipped_question_is_one_click_away(sample: Served, visit: Open) -> None:
    page = visit(sample)
    page.click("text=哪些项目投资最多？")
    page.wait_for_selector("#results table")
    assert cells(page, 1) == ["锦州港智慧码头项目", "锦州海洋生态保护修复项目"]
    assert "2 行" in page.inner_text("#told")


def test_parameters_are_filled_in(sample: Served, visit: Open) -> None:
    page = visit(sample)
    page.click("text=哪些项目投资最多？")
    page.fill("#parameters [name=min]", "10亿元")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=1 行")
    assert cells(page, 1) == ["锦州港智慧码头项目"]
    page.fill("#parameters [name=min]", "许多")
    page.keyboard.press("Enter")
    page.wait_for_selector("#error:visible")
    assert 'min: "许多" is no amount' in page.inner_text("#error")


def test_a_row_leads_to_the_words_that_it_was_read_from(sample: Served, visit: Open) -> None:
    page = visit(sample)
    page.click("text=哪些项目投资最多？")
    page.click("td.seen button >> nth=0")
    page.wait_for_selector("tr.evidence blockquote")
    assert page.inner_text("tr.evidence blockquote") == "谋划建设锦州港智慧码头项目，计划投资12亿元"
    assert "第 1376–1398 字" in page.inner_text("tr.evidence .source")
    assert page.inner_text("tr.evidence .chip") == "计划"
    page.click("tr.evidence .source a")
    page.wait_for_selector("h1")
    assert page.inner_text("h1") == "锦州市政府工作报告（样例）"


def test_every_row_of_every_question_finds_its_evidence_or_says_so(sample: Served, visit: Open) -> None:
    page = visit(sample)
    for name in ("谁支援谁？", "获得了哪些荣誉？", "计划做什么？"):
        page.click(f"#questions >> text={name}")
        page.wait_for_selector("#results table")
        page.click("td.seen button >> nth=0")
        page.wait_for_selector("tr.evidence blockquote")


def test_control_and_enter_runs_what_is_written(sample: Served, visit: Open) -> None:
    page = visit(sample)
    write(page, 'SELECT ?place { ?place rdfs:label "锦州市"@zh }')
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#results table")
    assert cells(page, 1) == ["division/210700"]
    page.click("#results tbody a")
    page.wait_for_selector("h1")
    assert page.inner_text("h1") == "锦州市"


def test_an_error_is_shown_where_it_stands(sample: Served, visit: Open) -> None:
    page = visit(sample)
    write(page, "SELECT * {\n  ?s ?p\n}")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#error:visible")
    assert "the query is wrong" in page.inner_text("#error")
    page.wait_for_selector(".cm-lintRange-error, .cm-lintPoint-error", state="attached")
    write(page, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=SERVICE would call another server")
    write(page, "ASK { ?s a jt:Project }")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=是（true）")
    assert page.is_hidden("#error")


def test_words_of_the_vocabulary_are_completed(sample: Served, visit: Open) -> None:
    page = visit(sample)
    write(page, "SELECT * { ?s a ")
    page.keyboard.type("jt:Proj")
    page.wait_for_selector(".cm-tooltip-autocomplete")
    assert "jt:Project" in page.inner_text(".cm-tooltip-autocomplete li[aria-selected]")
    page.wait_for_timeout(150)  # keys that come right after the list are taken for text
    page.keyboard.press("Enter")
    assert "?s a jt:Project" in page.inner_text(".cm-content")
    page.keyboard.type(" . ?s 位于")
    page.wait_for_selector(".cm-tooltip-autocomplete >> text=jt:locatedIn")


def test_a_query_has_a_link(sample: Served, visit: Open) -> None:
    query = 'SELECT ?甲 { ?甲 rdfs:label "锦州市"@zh } # 100% & more'
    page = visit(sample, f"/#query={quote(query)}")
    page.wait_for_selector("#results table")
    assert cells(page, 1) == ["division/210700"]
    assert page.inner_text(".cm-content") == query
    href = page.get_attribute("#permalink", "href")
    assert href
    again = visit(sample, f"/{href}")
    again.wait_for_selector("#results table")
    assert again.inner_text(".cm-content") == query


def test_a_table_is_sorted_by_figures_and_by_names(sample: Served, visit: Open) -> None:
    page = visit(sample)
    write(page, 'SELECT ?name ?n { VALUES (?name ?n) { ("b" 10) ("a" 9) ("c" UNDEF) ("d" 100) } }')
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#results table")
    page.click("th:nth-child(2) button")
    assert cells(page, 2) == ["9", "10", "100", ""]
    page.click("th:nth-child(2) button")
    assert cells(page, 2) == ["100", "10", "9", ""]
    assert page.get_attribute("th >> nth=1", "aria-sort") == "descending"


def test_an_answer_is_drawn(sample: Served, visit: Open) -> None:
    page = visit(sample)
    write(page, "CONSTRUCT { ?a jt:locatedIn ?b } { ?a jt:locatedIn ?b }")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#results table")
    page.click("[role=tab] >> text=图")
    page.wait_for_selector("#picture canvas")
    assert page.locator("#picture canvas").bounding_box()
    assert page.get_attribute("[role=tab] >> nth=1", "aria-selected") == "true"


@pytest.mark.parametrize(("form", "start"), [("CSV", b"project,"), ("TSV", b"?project\t"), ("JSON", b'{"head"')])
def test_an_answer_is_taken_home(form: str, start: bytes, sample: Served, visit: Open) -> None:
    page = visit(sample)
    page.click("text=哪些项目投资最多？")
    page.wait_for_selector("#results table")
    with page.expect_download() as waiting:
        page.click(f".tools >> text={form}")
    assert Path(waiting.value.path()).read_bytes().startswith(start)


def test_a_long_query_can_be_stopped(sample: Served, visit: Open) -> None:
    page = visit(sample)
    write(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    page.keyboard.press("Control+Enter")
    page.click("#stop:visible")
    assert page.inner_text("#told") == "已停止。"
    write(page, "ASK { }")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=是（true）")


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_the_screen(
    size: tuple[int, int], scheme: Literal["light", "dark"], sample: Served, visit: Open
) -> None:
    for path in ("/", "/id/division/210726", "/ontology"):
        page = visit(sample, path, size=size, scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page = visit(sample, "/#query=" + quote("SELECT * { ?s ?p ?o } LIMIT 20"), size=size, scheme=scheme)
    page.wait_for_selector("#results table")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(18, 22, 28)") == (scheme == "dark")


def test_the_theme_is_chosen_and_kept(sample: Served, visit: Open) -> None:
    page = visit(sample)
    dark = "getComputedStyle(document.body).backgroundColor === 'rgb(18, 22, 28)'"
    page.click("#theme")
    page.wait_for_function(dark)
    page.reload()
    page.wait_for_function(dark)


def test_no_name_becomes_a_script(visit: Open, tmp_path: Path) -> None:
    rdf.write(knowledge(), tmp_path / "graph.ttl")
    with serving(tmp_path / "graph.ttl", "--workers", "1") as served:
        page = visit(served)
        write(page, "SELECT ?s ?name ?relation ?o { ?s rdfs:label ?name OPTIONAL { ?s ?relation ?o } }")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("#results table")
        assert {NAME, OTHER} <= set(cells(page, 2))
        for row in range(page.locator("td.seen button").count()):
            page.locator("td.seen button").nth(row).click()
        page.wait_for_selector("tr.evidence blockquote")
        page.click("[role=tab] >> text=图")
        page.wait_for_selector("#picture canvas, #results .muted:text('画不成图')")
        assert page.locator("img").count() == 0
        found = served.ask("SELECT DISTINCT ?s { ?s ?p ?o }").json()["results"]["bindings"]
        for row in found:
            about = visit(served, f"/resource?iri={quote(row['s']['value'], safe='')}")
            assert about.locator("img, script, svg").count() == 0
