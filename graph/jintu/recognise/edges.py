"""Mend the edges of names where a word that leads up to a name, or ends a list, was cut into one word with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from jintu.model import Kind, Mention, Span, replace
from jintu.recognise.reading import GAZETTEER
from jintu.segment import UNKNOWN

JOINING = "至等及与"  # no name inside another begins or ends with one, but for places of two characters (2026-11)
CLOSING = re.compile(
    "[等及与]|为(?=代表|龙头|重点|中心|核心|载体|支撑|主[^要]|轴|引领|依托|基础|平台|骨干|纽带|契机|荣|牵引|支点|枢纽|节点)"
)
PAIR = re.compile("([省市县区州]委)([省市县区州]政府)")
CREDIT = re.compile("[（(][^（）()\\r\\n]{0,8}(?:记者|通讯员)[^（）()\\r\\n]*[）)]")  # who wrote the news that follows
GOES_ON = re.compile(r"[（(](?!含)[^（）()\d、，]{2,8}[）)](?=.{2})")
LONGEST = 60  # characters of a name that is joined of two
IN_BRACKETS = re.compile(r"[（(]([^（）()]{2,})[）)]")
ENDINGS = {"至": re.compile("(?:(?:高速)?公路|高速|铁路|高铁|段)$")}  # what is no part of a name behind a character
ENDINGS |= dict.fromkeys("速铁路河江线", re.compile("段$"))
ROUND = re.compile("(?:绕城|环城)$")
AND = "和与及暨"
LEADING = "以由获在将从对"  # of what is cut off before a name, 88 of 90 are right in 192 reports (2026-11)
ABROAD = re.compile("对[俄韩日台美欧非蒙朝印泰越缅港澳内外]")  # 对俄合作中心 is named so
MEASURES = "个家"  # behind digits: 2个|实验室
TOWARDS = re.compile("[向受请](?=[省市区县州](?:人大|政协|委|政府))")
INSIDE = (Kind.PLACE, Kind.INSTITUTION)  # kinds of what may be a name inside another
LED = (Kind.PLACE, Kind.INSTITUTION, Kind.PROJECT, Kind.HONOUR)  # a programme may be called 以竹代塑
SHORTEST, DIVISIONS = 3, "乡镇村区县市旗"  # 在妙镇: what is left of it is hardly a name
PREFIXES = (2, 3, 4)  # characters of the words of a dictionary that a name may begin with


def parts(span: Span, text: str) -> Iterator[Span]:
    """Yield the names that one stretch inside a name is: both ends of a line, without words that join or end it.

    >>> text = "白石高速红河镇至青山段，白石镇至河口公路，省委省政府文件"
    >>> [found.of(text) for at in ((4, 11), (12, 16), (21, 26)) for found in parts(Span(*at), text)]
    ['红河镇', '青山', '白石镇', '省委', '省政府']
    """
    *first, last = whole(span, text)
    yield from first
    start, end = last.start, last.end
    tail = ENDINGS.get(text[start - 1 : start], ROUND).search(text, start + 2, end)
    end = tail.start() if tail else end
    cut = text.find("至", start + 2, end - 2)
    ends = (Span(start, cut), Span(cut + 1, end)) if cut > 0 else (Span(start, end),)
    yield from (unjoined(each, text) for each in ends)


def whole(span: Span, text: str) -> tuple[Span, ...]:
    """Return the names that one stretch is: a party committee and its government, no credit line, no brackets around.

    >>> text = "市委市政府（记者 王一民）清河大桥（云山）"
    >>> [found.of(text) for at in ((0, 5), (5, 17), (17, 21)) for found in whole(Span(*at), text)]
    ['市委', '市政府', '清河大桥', '云山']
    """
    if pair := PAIR.fullmatch(text, span.start, span.end):
        return Span(*pair.span(1)), Span(*pair.span(2))
    if text[span.start] not in "（(":
        return (span,)
    credit = CREDIT.match(text, span.start, span.end)
    start = credit.end() if credit and credit.end() < span.end else span.start
    bare = IN_BRACKETS.fullmatch(text, start, span.end)
    return (Span(*bare.span(1)) if bare else Span(start, span.end),)


def unjoined(span: Span, text: str) -> Span:
    """Let a name inside another neither begin nor end with a word that joins.

    >>> text = "白石镇至河口公路"
    >>> unjoined(Span(0, 4), text).of(text), unjoined(Span(0, 2), "乐至县城").of("乐至县城")
    ('白石镇', '乐至')
    """
    start, end = span.start, span.end
    if end - start > 2 and text[end - 1] in JOINING:
        end -= 1
    if end - start > 2 and text[start] in JOINING:
        start += 1
    return Span(start, end)


def closed(span: Span, text: str) -> Span:
    """Let no name end with a word that ends a list, joins, or says what a name is taken for (以…为重点).

    >>> closed(Span(0, 4), "清水湖等湖泊").of("清水湖等湖泊"), closed(Span(1, 4), "以清河为轴线").of("以清河为轴线")
    ('清水湖', '清河')
    """
    is_closing = span.end - span.start > 2 and CLOSING.match(text, span.end - 1)
    return Span(span.start, span.end - 1) if is_closing else span


def rejoined(names: Iterable[Mention], text: str) -> Iterator[Mention]:
    """Let outer names, in the order of the text, that go on with a bracket begin where what is in front of it does.

    Two events with 暨 between them are one.

    >>> text = "清河铸管（云山）产业园"
    >>> names = [Mention("d", Span(*at), text[slice(*at)], Kind.INSTITUTION) for at in ((0, 4), (4, 11))]
    >>> [(name.text, name.nested) for name in rejoined(names, text)]
    [('清河铸管', True), ('清河铸管（云山）产业园', False)]
    """
    before: Mention | None = None
    for name in names:
        if before and _goes_on(before, name, text):
            if before.kind in INSIDE:
                yield replace(before, nested=True)
            span = Span(before.span.start, name.span.end)
            before = replace(name, span=span, text=span.of(text))
        else:
            if before:
                yield before
            before = name
    if before:
        yield before


def _goes_on(before: Mention, name: Mention, text: str) -> bool:
    if name.span.end - before.span.start > LONGEST:
        return False
    if before.kind is name.kind is Kind.EVENT and text[before.span.end : name.span.start] == "暨":
        return True
    return before.span.end == name.span.start and GOES_ON.match(name.text) is not None


def opened(names: Iterable[Mention], text: str, tag: Callable[[str], str]) -> Iterator[Mention]:
    """Let names, in the order of the text, begin behind a word that leads up to them.

    ``tag`` gives a word's tag in jieba's dictionary. What the gazetteer knows, or what begins with a word of the
    dictionary (从江, 获嘉), stays.

    >>> text = "A高速和B高速，以C港为龙头，由D局牵头"
    >>> names = [Mention("d", Span(*at), text[slice(*at)], Kind.PLACE) for at in ((0, 3), (3, 7), (8, 11), (15, 18))]
    >>> [name.text for name in opened(names, text, lambda word: UNKNOWN)]
    ['A高速', 'B高速', 'C港', 'D局']
    """
    end = -1
    for name in names:
        start, behind, end = name.span.start, end == name.span.start, name.span.end
        if name.kind in LED and end - start > 2 and _is_led(name, text[start - 1 : start], tag, behind=behind):
            yield replace(name, span=Span(start + 1, end), text=name.text[1:])
        else:
            yield name


def _is_led(name: Mention, before: str, tag: Callable[[str], str], *, behind: bool) -> bool:
    first = name.text[0]
    if len(name.text) == SHORTEST and name.text[-1] in DIVISIONS:
        return False
    is_word = first in LEADING and (first, before) != ("以", "、") and not ABROAD.match(name.text)
    if (first in AND and behind) or is_word or (first in MEASURES and before.isdecimal()):
        return GAZETTEER not in name.rule and all(tag(name.text[:length]) == UNKNOWN for length in PREFIXES)
    return TOWARDS.match(name.text) is not None
