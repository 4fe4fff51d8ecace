"""Write tables and progress to a terminal; this is the only home of rich, which is imported when it is used."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import TaskID

    from jintu.folders.running import Progress


@contextmanager
def progress(verb: str) -> Iterator[Callable[[str], None] | None]:
    """Show on a terminal's stderr what was done last; elsewhere show nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{verb} ...") as status:
        yield lambda name: status.update(f"{verb}: {name} done")


@contextmanager
def build_progress() -> Iterator[Callable[[Progress], None] | None]:
    """Show on a terminal's stderr how far a build is: documents, characters a second, time left."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[speed]}"))
    start = time.monotonic()
    with Bars(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bars:
        shown: dict[str, TaskID] = {}

        def watch(progress: Progress) -> None:
            if progress.stage not in shown:
                shown[progress.stage] = bars.add_task(progress.stage, total=progress.total, speed="")
            passed = time.monotonic() - start
            speed = f"{progress.characters / passed:,.0f} characters/s" if progress.characters else ""
            bars.update(shown[progress.stage], completed=progress.done, speed=speed)

        yield watch


def print_table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Print rows under their columns, as wide as the terminal or 200 characters."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    wide = None if sys.stdout.isatty() else 200
    Console(file=sys.stdout, width=wide, highlight=False).print(table)
