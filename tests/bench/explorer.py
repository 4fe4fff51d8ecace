"""Measure the explorer: how long a page takes to make and to open, its size, and how quick it is to the hand.

    python tests/bench/explorer.py [--entities 10000 100000] [--graph GRAPH.ttl] [--json FILE]

The browser draws in software, as on a machine without a graphics card. Each figure is the median of some runs. On a
busy machine read what the processor worked, which others hardly lengthen: for the page's making in Python, for
opening and handling in all of the browser's processes together.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from jintu import rdf
from jintu.html import write_page
from jintu.model import KnowledgeGraph
from knowledge_samples import grown, jinzhou

RUNS = 5
SLOW = 50_000  # entities above which making a page is timed once
LOOP = 10_000_000
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
YARDSTICK = f"""() => {{
  const start = performance.now();
  let sum = 0;
  for (let i = 0; i < {LOOP}; i += 1) sum += Math.sqrt(i);
  return [performance.now() - start, sum][0];
}}"""
KEYS = """() => ['xinhe', 'jlsk', '新河', 'zhongxin', 'mt'].flatMap((words) => Array.from(words, (_, at) => {
  const box = document.getElementById('search');
  box.value = words.slice(0, at + 1);
  const start = performance.now();
  box.dispatchEvent(new Event('input'));
  return performance.now() - start;
}))"""


COUNT_FRAMES = """() => {
  window.seen = 0;
  let drawn = false;
  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    drawn = true;
    clearRect.apply(this, box);
  };
  const tick = () => {
    if (drawn) seen += 1;
    drawn = false;
    requestAnimationFrame(tick);
  };
  tick();
}"""


def cpu(work: Callable[[], object], runs: int) -> float:
    """Return the median time that the processor worked, which other programs do not lengthen much."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def worked() -> float:
    """Return the seconds that all processes which this one has started, and those have started, have worked so far."""
    parents, times = {}, {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # gone in the meantime
        parents[int(entry.parent.name)] = int(fields[1])
        times[int(entry.parent.name)] = int(fields[11]) + int(fields[12])
    own, found = {os.getpid()}, 0
    while len(own) > found:
        found = len(own)
        own |= {process for process, parent in parents.items() if parent in own}
    return sum(times[process] for process in own - {os.getpid()}) / os.sysconf("SC_CLK_TCK")


def opening(browser: Browser, path: Path) -> dict[str, float]:
    """Return the seconds to the first usable view, and what the processor worked for it."""
    times, work, loops = [], [], []
    for _ in range(RUNS):
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto("about:blank")
        loops.append(page.evaluate(YARDSTICK) / 1000)
        start, before = time.perf_counter(), worked()
        page.goto(path.as_uri())
        page.evaluate(DRAWN)
        times.append(time.perf_counter() - start)
        work.append(worked() - before)
        page.close()
    loop = statistics.median(loops)
    return {
        "seconds to open": statistics.median(times),
        "seconds to open, of the processor": statistics.median(work),
        "yardstick in the browser, seconds": loop,
        "times the yardstick, to open": statistics.median(times) / loop,
    }


def frames(page: Any, act: Callable[[int], None], count: int = 20) -> tuple[float, float]:
    """Return frames a second that were drawn anew while the reader acts, and how many a second of work gives."""
    page.evaluate(COUNT_FRAMES)
    start, before = time.perf_counter(), worked()
    for number in range(count):
        act(number)
        page.evaluate("new Promise(requestAnimationFrame)")
    seen = page.evaluate("seen")
    return seen / (time.perf_counter() - start), seen / (worked() - before)


def handling(browser: Browser, path: Path) -> dict[str, float]:
    """Return how fast the page answers to typing, panning, zooming and filtering."""
    page = browser.new_page(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    page.goto(path.as_uri())
    page.evaluate(DRAWN)
    figures = {"milliseconds a keystroke": statistics.median(page.evaluate(KEYS))}
    page.fill("#search", "")  # or its matches lie over the picture
    page.mouse.move(700, 400)
    page.mouse.down()
    pan = frames(page, lambda n: page.mouse.move(700 + 8 * n, 400 + 3 * n))
    page.mouse.up()
    page.wait_for_timeout(1000)
    wheel = frames(page, lambda n: page.mouse.wheel(0, -120 if n % 4 < 2 else 120))
    figures["frames a second, panning"], figures["frames a second of the processor, panning"] = pan
    figures["frames a second, zooming"], figures["frames a second of the processor, zooming"] = wheel
    start = time.perf_counter()
    page.get_by_label("项目", exact=True).uncheck()
    page.evaluate(DRAWN)
    figures["seconds a filter"] = time.perf_counter() - start
    page.close()
    return figures


def measure(browser: Browser, graphs: Iterator[tuple[str, KnowledgeGraph]]) -> dict[str, float]:
    """Return the figures of each graph."""
    yardstick = cpu(lambda: sum(number * number for number in range(LOOP)), RUNS)
    figures: dict[str, float] = {"load": os.getloadavg()[0], "yardstick in Python, seconds": yardstick}
    with TemporaryDirectory() as folder:
        for name, knowledge in graphs:
            path = Path(folder) / "page.html"
            size = len(knowledge.entities)
            made = cpu(lambda k=knowledge, p=path: write_page(k, p), 1 if size > SLOW else 3)  # type: ignore[misc]  # mypy cannot type a lambda's defaults
            found = {
                "entities": size,
                "facts": len(knowledge.facts),
                "megabytes": path.stat().st_size / 1e6,
                "seconds to make, of the processor": made,
                "times the yardstick, to make": made / yardstick,
                **opening(browser, path),
                **handling(browser, path),
            }
            figures |= {f"{name}: {what}": round(figure, 3) for what, figure in found.items()}
    return figures


def chosen(sizes: list[int], paths: list[Path]) -> Iterator[tuple[str, KnowledgeGraph]]:
    """Yield the sample, the graphs grown to some sizes, and graphs of files."""
    yield "sample", jinzhou()
    yield from ((f"grown to {size}", grown(size)) for size in sizes)
    yield from ((path.stem, rdf.read(path)) for path in paths)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, nargs="*", default=[10_000])
    parser.add_argument("--graph", type=Path, nargs="*", default=[])
    parser.add_argument("--json", type=Path)
    choices = parser.parse_args()
    with sync_playwright() as driver, driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as chromium:
        measured = measure(chromium, chosen(choices.entities, choices.graph))
    for what, figure in measured.items():
        print(f"{figure:>12.3f}  {what}")
    if choices.json:
        choices.json.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
