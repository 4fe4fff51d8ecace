"""A real browser for the page's tests; they are skipped where there is none."""

from __future__ import annotations

import re
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from browser.pixels import COLOURS
from jintu.html import write_page
from jintu.model import KnowledgeGraph

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# a text field stands for the clipboard, which a page opened from a file may write but a test may not read
CLIPBOARD = "navigator.clipboard.writeText = async (text) => { window.copied = text; }"
DESK, PHONE = (1366, 768), (390, 844)
PATIENCE = 120  # seconds: a busy machine is slow


@dataclass
class Visit:
    """Hold a page that is open in a browser, with what it complained of and what it asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def complain(self, kind: str, words: str) -> None:
        """Note what the page says on the console; that reading pixels is slow is the driver's word."""
        if "GPU stall due to ReadPixels" not in words:
            self.complaints.append(f"{kind}: {words}")

    def text(self, selector: str) -> str:
        return str(self.page.inner_text(selector))

    def shows(self, selector: str) -> None:
        """Wait until an element is to be seen."""
        self.page.wait_for_selector(selector, state="visible", timeout=PATIENCE * 1000)

    def hides(self, selector: str) -> None:
        """Wait until an element is not to be seen."""
        self.page.wait_for_selector(selector, state="hidden", timeout=PATIENCE * 1000)

    def pick(self, words: str) -> None:
        """Type into the search box and take the first match."""
        self.page.fill("#search", words)
        self.page.keyboard.press("Enter")

    def matches(self, words: str) -> list[str]:
        self.page.fill("#search", words)
        return list(self.page.locator("#matches [role=option] bdi").all_inner_texts())

    def copied(self, form: str) -> str:
        """Return what a press on one of the panel's buttons for copying puts on the clipboard."""
        self.page.evaluate(CLIPBOARD)
        self.page.get_by_role("button", name=form, exact=True).click()
        return str(self.page.evaluate("window.copied"))

    def saved(self, press: str, folder: Path) -> Path:
        """Return the file that a press on a button downloads."""
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name=press, exact=True).click()
        path = folder / str(download.value.suggested_filename)
        download.value.save_as(path)
        return path

    def drawn(self, least: int, selector: str = "#canvas") -> None:
        """Wait until so many pixels of an element have a colour."""
        self._look(selector, lambda seen: seen["count"] >= least)

    def spot(self, selector: str = "#canvas") -> tuple[float, float]:
        """Wait until there is a coloured shape in an element, and return a place inside it."""
        x, y = self._look(selector, lambda seen: seen["spot"] is not None)["spot"]
        return x, y

    def _look(self, selector: str, enough: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            picture = b64encode(self.page.screenshot()).decode("ascii")
            seen: dict[str, Any] = self.page.evaluate(COLOURS, [picture, selector])
            if enough(seen):
                return seen
        pytest.fail(f"{selector} shows {seen} after {PATIENCE} seconds")

    def shown(self, what: str) -> int:
        """Return how many entities or facts the page says it shows."""
        found = re.search(r"显示 (\d+).*?个实体、(\d+)", self.text("#shown"))
        assert found
        return int(found[1 if what == "entities" else 2])


Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open the page of a knowledge graph from a file; at the end nothing may have been asked for or complained of."""
    visits: list[Visit] = []

    def open_page(
        knowledge: KnowledgeGraph,
        *,
        fragment: str = "",
        size: tuple[int, int] = DESK,
        scheme: Literal["light", "dark"] = "light",
        **choices: Any,
    ) -> Visit:
        path = write_page(knowledge, tmp_path / "page.html", **choices)
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce"
        )
        context.set_default_timeout(1000 * PATIENCE)
        visited = Visit(context.new_page())
        visits.append(visited)
        visited.page.on("console", lambda said: visited.complain(said.type, said.text))
        visited.page.on("pageerror", lambda error: visited.complaints.append(str(error)))
        visited.page.on("dialog", lambda dialog: visited.complaints.append(f"a script said {dialog.message}"))
        visited.page.on("request", lambda asked: visited.requests.append(asked.url))
        visited.page.goto(path.as_uri() + fragment)
        return visited

    yield open_page
    for visited in visits:
        own = (tmp_path / "page.html").as_uri()
        assert visited.complaints == []
        asked = [url for url in visited.requests if not url.startswith(("data:", "blob:"))]  # these are the page's own
        assert [url for url in asked if url.partition("#")[0] != own] == []
        visited.page.context.close()
