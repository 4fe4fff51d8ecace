"""The map in a real browser: where it opens, what its points say, keys, filters, pictures of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from jintu.reference import reference
from knowledge_samples import hostile, jinzhou

Open = Callable[..., Any]
DESK, PHONE = (1366, 768), (390, 844)


def button(page: Any, name: str) -> Any:
    return page.page.get_by_role("button", name=name, exact=True)


def drawn(page: Any, folder: Path) -> list[str]:
    """Return the names of the points on the screen, as the picture of it says them, the most important first."""
    page.page.click("#export-open")
    root = ElementTree.parse(page.saved("SVG 图片", folder)).getroot()
    return ["".join(title.itertext()) for title in root.iterfind(".//{*}circle/{*}title")]


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_divisions_are_points_the_more_is_said_of_them_the_larger(
    visit: Open, tmp_path: Path, size: tuple[int, int]
) -> None:
    page = visit(jinzhou(), reference=reference(), fragment="#v=map", size=size)
    button(page, "全部").click()
    assert drawn(page, tmp_path)[0] == "锦州市"
    assert {"黑山县", "盘锦市", "辽宁省"} <= set(drawn(page, tmp_path))
    assert not page.page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_it_opens_where_most_of_the_facts_are(visit: Open, tmp_path: Path) -> None:
    page = visit(jinzhou(), reference=reference(), fragment="#v=map")
    first = drawn(page, tmp_path)
    assert {"锦州市", "凌海市"} <= set(first)
    for _ in range(6):
        button(page, "放大").click()
    assert len(drawn(page, tmp_path)) < len(first)


def test_a_click_on_a_point_opens_its_facts_and_the_page_stays_a_map(visit: Open) -> None:
    page = visit(jinzhou(), reference=reference(), fragment="#v=map&e=division%2F210726")
    assert page.text("#panel h2") == "黑山县"
    page.page.keyboard.press("Escape")
    page.page.focus("#map")
    page.page.keyboard.press("ArrowRight")  # from nowhere: where most is said
    assert page.text("#panel h2") == "锦州市"
    box = page.page.locator("#map").bounding_box()
    page.page.mouse.click(box["x"] + 3, box["y"] + 3)
    page.hides("#panel")
    point = page.page.evaluate(
        """() => {
          const canvas = document.getElementById('map');
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          for (let at = 0; at < pixels.length; at += 4)
            if (pixels[at + 1] > pixels[at] + 80) return [(at / 4) % canvas.width, Math.floor(at / 4 / canvas.width)];
        }"""
    )
    box = page.page.locator("#map").bounding_box()
    page.page.mouse.click(box["x"] + point[0], box["y"] + point[1] + 2)
    page.shows("#panel h2")
    page.shows("#map")


def test_the_keyboard_walks_from_place_to_place(visit: Open) -> None:
    page = visit(jinzhou(), reference=reference(), fragment="#v=map&e=division%2F210700")
    page.page.focus("#map")
    page.page.keyboard.press("ArrowUp")
    assert page.text("#panel h2") in ("义县", "黑山县", "北镇市", "古塔区", "凌河区")
    page.page.keyboard.press("Enter")
    assert page.page.evaluate("document.activeElement.id") == "panel"


def test_filters_change_the_points(visit: Open, tmp_path: Path) -> None:
    page = visit(jinzhou(), reference=reference(), fragment="#v=map")
    button(page, "全部").click()
    before = len(drawn(page, tmp_path))
    page.page.get_by_label("地点", exact=True).uncheck()
    assert "没有能放到图上的地方" in page.text(".map .caption")
    page.page.get_by_label("地点", exact=True).check()
    assert len(drawn(page, tmp_path)) == before


def test_the_map_is_taken_home_as_png(visit: Open, tmp_path: Path) -> None:
    page = visit(jinzhou(), reference=reference(), fragment="#v=map")
    page.page.click("#export-open")
    assert page.saved("PNG 图片", tmp_path).read_bytes().startswith(b"\x89PNG")


def test_without_a_place_on_the_map_there_is_no_map(visit: Open) -> None:
    page = visit(hostile(("甲",)), reference=reference(), fragment="#v=map")
    assert page.page.locator("[data-view=map]").count() == 0
    page.shows("#graph-view")
