"""Find where a text defines a short name: 某某工程（以下简称“某工程”）."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jintu.model import Mention, Span

ABBREVIATION = "abbreviation"  # the rule by which the mentions of a short name are read
WORDS = ("简称", "统称", "下称")  # one of them is in each definition; most texts have none
DEFINED = re.compile(
    r"(?:(?:以下|下文|下面)(?:简称|统称)|简称|统称|下称)(?:为|作|是)?[：:\s]*"
    r"(?:“(?P<a>[^“”\n]{2,12})”|《(?P<b>[^《》\n]{2,12})》|\"(?P<c>[^\"\n]{2,12})\"|「(?P<d>[^「」\n]{2,12})」"
    r"|(?P<e>[^\s“”《》\"「」（）()，,。；;：:、！？的]{2,12})(?=[）)，,。；;\n]|$))"
)
BETWEEN = '”》」"）)（(，, \u3000'  # marks that may stand between the long name and the words that define the short one
REACH = 4  # of them


@dataclass(frozen=True, slots=True)
class Definition:
    """Hold where a short name is defined, and the long name that it stands for."""

    short: Span
    long: Mention


def definitions(text: str, mentions: Iterable[Mention]) -> Iterator[Definition]:
    """Yield the short names that a text defines right after a long one.

    >>> from jintu.model import Kind
    >>> text = "云岭水库扩建工程（以下简称“云扩工程”）开工。"
    >>> long = Mention("d", Span(0, 8), text[:8], Kind.PROJECT)
    >>> [found.short.of(text) for found in definitions(text, [long])]
    ['云扩工程']
    """
    if not any(word in text for word in WORDS):
        return
    ending = {mention.span.end: mention for mention in mentions if not mention.nested}
    for found in DEFINED.finditer(text) if ending else ():
        long = _before(found.start(), text, ending)
        short = Span(*found.span(str(found.lastgroup)))
        if long and short.of(text) != long.text:
            yield Definition(short, long)


def _before(at: int, text: str, ending: dict[int, Mention]) -> Mention | None:
    """Return the name that ends at an offset, marks between not counting."""
    for back in range(REACH + 1):
        if at - back in ending:
            return ending[at - back]
        if text[at - back - 1 : at - back] not in BETWEEN:
            break
    return None
