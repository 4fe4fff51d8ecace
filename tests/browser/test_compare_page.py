"""The page of what changed, in a real browser at a desk's and a phone's size."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jintu.compare import difference, of_year, to_html
from knowledge_samples import jinzhou

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_the_page_filters_by_count_and_by_words(browser: Browser, tmp_path: Path, size: tuple[int, int]) -> None:
    found = difference(of_year(jinzhou(), 2022), of_year(jinzhou(), 2023))
    path = tmp_path / "changes.html"
    path.write_text(to_html(found), encoding="utf-8")
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert page.inner_text("#left") == f"{len(found.changes)} 处"
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    for button in page.locator(".counts button:not(:disabled)").all():
        button.click()
    assert page.inner_text("#left") == "0 处"
    assert page.is_visible("#none")
    for button in page.locator(".counts button:not(:disabled)").all():
        button.click()
    page.fill("#words", "机场")
    assert 0 < page.locator("article:visible").count() < 4
    assert all("机场" in text for text in page.locator("article:visible").all_inner_texts())
    assert (complaints, asked) == ([], [path.as_uri()])
    page.close()
