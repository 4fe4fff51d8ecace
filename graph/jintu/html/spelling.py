"""Spell characters in pinyin; this is the only home of pypinyin."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType


def load() -> ModuleType:
    """Load pypinyin when a page is made: it takes a third of a second."""
    import pypinyin  # noqa: PLC0415 -- queries need not wait for it

    return pypinyin


def readings(texts: Iterable[str]) -> dict[str, str]:
    """Return every reading of each Chinese character in ``texts``, without tones, parted by spaces.

    The page matches any of them, so that 重庆 is found as chongqing and as zhongqing.

    >>> readings(["锦州"])
    {'州': 'zhou', '锦': 'jin'}
    """
    known, spelled = load(), dict[str, str]()
    for character in sorted(set().union(*texts)):
        if "\u3400" <= character <= "\u9fff" or character > "\U0001ffff":
            found = known.pinyin(character, style=known.Style.NORMAL, heteronym=True, errors="ignore")
            if found:
                spelled[character] = " ".join(sorted(set(found[0])))
    return spelled
