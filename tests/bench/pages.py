"""Print how much of thirty composed pages is read right, beside trafilatura where that is installed."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from jintu.read.child import extracted
from jintu.read.formats import Format
from read.composed import PAGES, compose, right


def beside(raw: bytes) -> str:
    """Return what trafilatura reads, at its own best setting for these pages."""
    import trafilatura  # noqa: PLC0415 - it is no part of the project

    return trafilatura.extract(raw, include_comments=False, include_tables=True) or ""


def main() -> None:
    """Print a line for each page and the means."""
    others = find_spec("trafilatura") is not None
    shares: list[tuple[float, float]] = []
    for path in PAGES:
        raw, article = compose(path)
        ours = right(extracted(Format.PAGE, raw, source=path.name).text, article.text)
        body = "\n".join(article.lines)  # it gives no title
        theirs = max(right(beside(raw), body), right(beside(raw), article.text)) if others else 0.0
        shares.append((ours, theirs))
        print(f"{path.stem:24} {ours:.3f}" + (f"  {theirs:.3f}" if others else ""))
    means = [sum(column) / len(shares) for column in zip(*shares, strict=True)]
    print(f"{'mean of ' + str(len(shares)):24} {means[0]:.3f}" + (f"  {means[1]:.3f} trafilatura" if others else ""))


if __name__ == "__main__":
    main()
