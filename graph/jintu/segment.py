"""Cut a document into sentences and a text into words.

This is the only home of jieba; rjieba gives the same words and is taken where it is installed.
A word carries no offsets of its own: words joined are the text, so ends are running sums.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import accumulate, zip_longest
from typing import Any

from jintu.model import Document, Modality, Section, Sentence, Span

Tokenizer = Callable[[str], list[str]]

LONGEST = 600  # characters: no sentence of the 192 reports of the corpus that ends in a full stop is longer
STOP = re.compile(r"[。！？!?]+[”’」』）)】]*|[\r\n\u2028\u2029\x0b\x0c\x85]+")
PAUSE = re.compile(r"[；;，,、\s]")
NUMERALS = "[一二三四五六七八九十]{1,3}"
NUMBERED = re.compile(rf"[#>*\s]*(?:第{NUMERALS}部分|{NUMERALS}、|[（(]{NUMERALS}[）)])")
MARKED = re.compile(r"\s*#{1,6}\s")
TOP = re.compile(rf"[#>*\s]*(?:第{NUMERALS}部分|{NUMERALS}、)")
PAST = re.compile(r"回顾|过去|去年|上年|五年来|一年来|以来|取得的?成|成就|总结|完成情况|工作情况|主要工作$")
COMING = re.compile(
    r"今年|明年|下一步|今后|未来|下阶段|目标|任务|总体要求|总体思路|指导思想|工作安排|工作打算|工作部署|"
    r"重点工作|主要工作|工作建议|主要预期|发展思路|战略定位|奋斗|规划|计划|安排|思路|政府自身建设|自身建设|展望"
)
HEADING = 40  # characters: a longer line is a sentence, not a heading


def segment(document: Document) -> tuple[Sentence, ...]:
    """Cut a document into sentences, each with the section it stands in and its modality.

    A sentence ends at a full stop, a question or exclamation mark or a line break; one that
    runs on for over 600 characters is cut at a pause.

    >>> text = "一、去年工作回顾\\n建成两座水库。\\n二、今年工作安排\\n再建一所学校。"
    >>> for sentence in segment(Document("a", text, "", "", "")):
    ...     print(sentence.text, sentence.section, sentence.modality)
    一、去年工作回顾 一、去年工作回顾 stated
    建成两座水库。 一、去年工作回顾 stated
    二、今年工作安排 二、今年工作安排 planned
    再建一所学校。 二、今年工作安排 planned
    """
    spans = tuple(_spans(document.text))
    sections = document.sections or tuple(_sections(document.text, spans))
    return tuple(_placed(document, spans, sections))


def _placed(document: Document, spans: tuple[Span, ...], sections: tuple[Section, ...]) -> Iterator[Sentence]:
    ordered = sorted(sections)
    starts = [section.span.start for section in ordered]
    for span in spans:
        at = bisect_right(starts, span.start) - 1
        title, modality = (ordered[at].title, ordered[at].modality) if at >= 0 else ("", Modality.STATED)
        yield Sentence(document.id, span, span.of(document.text), title, modality)


def _spans(text: str) -> Iterator[Span]:
    start = 0
    for stop in STOP.finditer(text):
        yield from _short(text, start, stop.end())
        start = stop.end()
    yield from _short(text, start, len(text))


def _short(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a sentence without the white space around it, in pieces where it is too long."""
    while end - start > LONGEST:
        pauses = [pause.end() for pause in PAUSE.finditer(text, start, start + LONGEST)]
        cut = pauses[-1] if pauses else start + LONGEST
        yield from _stripped(text, start, cut)
        start = cut
    yield from _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if start < end:
        yield Span(start, end)


def _sections(text: str, spans: tuple[Span, ...]) -> Iterator[Section]:
    """Yield the headed parts of a text; one without a word on time inherits it from the part above."""
    headings = [span for span in spans if _is_heading(span.of(text))]
    above = Modality.STATED
    for span, after in zip_longest(headings, headings[1:]):
        end = after.start if after else len(text)
        title = span.of(text)[:HEADING].strip("#>* \t")
        modality = modality_of(title, above)
        if TOP.match(span.of(text)):
            above = modality
        yield Section(Span(span.start, end), title, modality)


def _is_heading(line: str) -> bool:
    numbered = bool(NUMBERED.match(line))
    return (numbered or bool(MARKED.match(line))) and (len(line) <= HEADING or bool(TOP.match(line)))


def modality_of(title: str, above: Modality = Modality.STATED) -> Modality:
    """Tell from a heading whether its part reports or plans; one that says neither goes with the part above.

    >>> modality_of("三、下一步打算").value
    'planned'
    """
    if PAST.search(title):
        return Modality.STATED
    return Modality.PLANNED if COMING.search(title) else above


def ends(words: list[str]) -> list[int]:
    """Return where each word ends, as offsets of the text that the words make up.

    >>> ends(["建成", "锦凌水库", "。"])
    [2, 6, 7]
    """
    return list(accumulate(map(len, words)))


def tokenizer() -> Tokenizer:
    """Make a function that cuts a text into jieba's words: rjieba where it is installed, else jieba.

    Make one a process: neither can be pickled.

    >>> tokenizer()("建成两座水库。")
    ['建成', '两座', '水库', '。']
    """
    return rjieba_tokenizer() if find_spec("rjieba") else jieba_tokenizer()


def jieba_tokenizer() -> Tokenizer:
    """Make jieba's own tokenizer, private to the caller."""
    import jieba  # noqa: PLC0415 - loading it reads a dictionary; importing jintu must not

    jieba.setLogLevel(logging.ERROR)  # it reports its cache on stderr
    cut: Any = jieba.Tokenizer().lcut
    return lambda text: list(cut(text))


def rjieba_tokenizer() -> Tokenizer:
    """Make rjieba's tokenizer: the same words, faster."""
    import rjieba  # noqa: PLC0415 - an optional part

    cut: Any = rjieba.Jieba().cut
    return lambda text: list(cut(text))
