"""Pages of the web: the text without the site around it."""

from __future__ import annotations

from jintu.errors import SourceError
from jintu.read.extract import Extract, of_paragraphs
from jintu.read.page.body import body, headline
from jintu.read.page.head import date, title, told
from jintu.read.page.lines import lines
from jintu.read.page.tree import tree, visible


def page(raw: bytes, *, source: str) -> Extract:
    """Return the text of a page, its title first.

    Raises:
        SourceError: if the bytes are no text or the page shows none.
    """
    root = tree(raw, source=source)
    said = told(root)
    shown = visible(root)
    seen = lines(shown)
    start, end = body(seen, shown)
    name = title(said, seen[: start + 3]) or headline(seen[:start])
    text = [(line.text, 0 if line.text == name else line.level) for line in seen[start:end]]
    if name and name not in [words for words, _ in text[:3]]:
        text.insert(0, (name, 0))
    if not text:
        raise SourceError(f"{source}: the page shows no text; its text may come by script, save what the browser shows")
    return of_paragraphs(text, title=name, date=date(said, seen[:start]))
