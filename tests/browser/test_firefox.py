"""The page in Firefox: the small picture, the large one in WebGL, search, evidence, the map, and not one request."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from browser.firefox import FIREFOX, PATIENCE, XVFB, Tab, started
from browser.pixels import COLOURS
from jintu.html import write_page
from jintu.html.picture import MOST
from jintu.model import KnowledgeGraph
from jintu.reference import reference
from knowledge_samples import grown, hostile, jinzhou

ENTER, ESCAPE = "\ue007", "\ue00c"
FILLED = "document.querySelector('#canvas canvas').clientWidth === document.getElementById('canvas').clientWidth"
MIDDLE = (
    "(({ x, y, width, height }) => [x + width / 2, y + height / 2])"
    "(document.querySelector('#canvas').getBoundingClientRect())"
)
Show = Callable[..., Tab]


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    pytest.importorskip("websockets", reason="websockets is missing: pip install websockets")
    if FIREFOX is None or XVFB is None:
        pytest.skip("no Firefox with a screen on this machine: apt-get install firefox-esr xvfb")
    with started(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture
def show(firefox: Tab, tmp_path: Path) -> Iterator[Show]:
    """Open the page of a knowledge graph; at the end nothing may have been complained of, and nothing asked for."""

    def open_page(knowledge: KnowledgeGraph, fragment: str = "") -> Tab:
        firefox.open("about:blank")
        firefox.open(write_page(knowledge, tmp_path / "page.html", reference=reference()).as_uri() + fragment)
        return firefox

    firefox.complaints.clear()
    firefox.requests.clear()
    yield open_page
    assert firefox.complaints == []
    assert [url for url in firefox.requests if not url.startswith(("file:", "data:", "blob:", "about:"))] == []


def seen(tab: Tab, selector: str, least: int) -> None:
    """Wait until so many pixels with a colour are on the screen where an element stands."""
    end = time.monotonic() + PATIENCE
    while (count := tab.evaluate(f"({COLOURS})(['{tab.screenshot()}', '{selector}'])")["count"]) < least:
        assert time.monotonic() < end, f"{selector} has {count} coloured pixels, not {least}"


def until(tab: Tab, condition: str) -> Any:
    """Wait until an expression holds in the page and return what it gives."""
    end = time.monotonic() + PATIENCE
    while not (given := tab.evaluate(condition)) and time.monotonic() < end:
        time.sleep(0.1)
    assert given, condition
    return given


def test_the_page_opens_is_drawn_and_found_in(show: Show) -> None:
    tab = show(jinzhou())
    assert "显示 47 个实体" in tab.text("#shown")
    seen(tab, "#canvas", 1000)
    tab.keys("/jlsk" + ENTER)
    assert until(tab, "document.querySelector('#panel h2')?.innerText") == "锦凌水库"
    assert "锦凌水库位于太和区境内" in tab.text("#panel mark")


def test_a_large_graph_is_drawn_by_webgl(show: Show) -> None:
    tab = show(grown(MOST + 1000))
    assert tab.evaluate("document.querySelector('#canvas').querySelectorAll('canvas').length > 3")
    assert not tab.evaluate("document.body.innerText.includes('没有 WebGL')")
    seen(tab, "#canvas", 5000)
    tab.keys("/xinhe0" + ENTER)
    assert until(tab, "document.querySelector('#panel h2')?.innerText") == "新河0号"


def test_a_click_on_a_relation_opens_its_evidence(show: Show) -> None:
    tab = show(jinzhou(), '#f=["place/210700/锦凌水库","locatedIn","division/210711"]')
    assert "锦凌水库位于太和区境内" in tab.text("#panel mark")
    tab.keys(ESCAPE)
    until(tab, "document.querySelector('#panel').hidden")
    until(tab, FILLED)
    tab.click(*tab.evaluate(MIDDLE))  # the edge is in the middle of the view
    assert "位于" in until(tab, "document.querySelector('#panel h2')?.innerText")


@pytest.mark.parametrize("view", ["entities", "facts", "timeline", "divisions", "map", "statistics"])
def test_every_view_opens(show: Show, view: str) -> None:
    tab = show(jinzhou(), f"#v={view}")
    assert tab.evaluate(f"document.querySelector('[data-view={view}]').ariaPressed") == "true"
    assert tab.evaluate("document.querySelector('#other-view').children.length") > 0
    if view == "map":
        assert until(tab, "document.querySelector('#map').width") > 300
        seen(tab, "#map", 300)


def test_a_permalink_restores(show: Show) -> None:
    tab = show(jinzhou(), '#e=division%2F210700&k=["Honour"]')
    assert tab.text("#panel h2") == "锦州市"
    assert tab.evaluate("document.querySelector('#legend .off').innerText.includes('荣誉')")


def test_hostile_names_run_no_script(show: Show) -> None:
    names = ("</script><img src=x onerror=alert(1)>", '"><svg onload=alert(2)>', "长" * 10_000, "\u202eعربي")
    tab = show(hostile(names))
    assert tab.evaluate("document.querySelectorAll('img, svg[onload]').length") == 0
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
