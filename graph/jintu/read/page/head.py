"""What a page says of itself: its title and its date."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from jintu.read.page.lines import Line, tidy
from jintu.text.dates import day_of

TITLES = ("articletitle", "og:title", "title", "dc.title", "twitter:title")
DATES = (
    "pubdate", "publishdate", "article:published_time", "og:published_time", "publish_date", "dc.date", "dcterms.date",
    "firstpublishedtime", "date", "createdate", "others",
)  # fmt: skip
SAID = re.compile(r"(?:日期|时间|发布|来源|更新)\S{0,8}?[:：]")
PARTS = re.compile(r"\s*[_|｜\-–—:：]{1,2}\s*|\s{2,}|[ \u3000]")
NEAR = 60  # lines before the text in which its title stands
SHORTEST, LONGEST = 4, 120  # characters of a title


@dataclass(frozen=True, slots=True)
class Told:
    """Hold what the head of a page says: its titles, the likeliest first, and its dates."""

    titles: tuple[str, ...]
    dates: tuple[str, ...]


def told(root: HtmlElement) -> Told:
    """Return what the head of a page and its first heading say of it."""
    said = {_name(node): tidy(node.get("content") or "") for node in reversed([*root.iter("meta")])}
    named = [tidy("".join(node.itertext())) for tag in ("title", "h1") for node in root.iter(tag)]
    return Told(tuple(filter(None, [*_of(said, TITLES), *named])), _of(said, DATES))


def _name(meta: HtmlElement) -> str:
    return (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()


def _of(said: Mapping[str, str], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(said[name] for name in names if said.get(name))


def title(said: Told, before: Sequence[Line]) -> str:
    """Return the title of a page: the part of what its head says that a line above the text says too."""
    shown = {_bare(line.text) for line in before[-NEAR:] if line.linked * 2 < len(line.text)}
    return next((part for name in said.titles for part in _parts(name) if _bare(part) in shown), "")


def _parts(name: str) -> list[str]:
    """Return a title and its parts, the name of the site among them, the longest first."""
    parts = {part for part in (name, *PARTS.split(name)) if SHORTEST <= len(part) <= LONGEST}
    return sorted(parts, key=lambda part: (-len(part), part))


def _bare(text: str) -> str:
    return "".join(text.split())


def date(said: Told, before: Sequence[Line]) -> str:
    """Return the day on which a page was published, as ISO 8601, or nothing."""
    shown = [line.text for line in reversed(before[-NEAR:]) if SAID.search(line.text) or len(line.text) < 30]
    return next((day for text in (*said.dates, *shown) if (day := day_of(text))), "")
