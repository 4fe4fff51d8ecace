"""Cut a document into sentences and a text into words.

This is the only home of jieba; rjieba gives the same words and is taken where it is installed.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import accumulate, pairwise, zip_longest
from pathlib import Path
from typing import Any

from jintu.modality import HEADING as HEADING_COUNTS
from jintu.modality import course, leaning
from jintu.model import Document, Modality, Section, Sentence, Span

LONE = re.compile("[\ud800-\udfff]")  # half a character, as broken input holds it
UNKNOWN = "x"  # the tag of a word that is not in the dictionary

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


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """Hold a way to cut a text into words, and to tell a word's tag in jieba's dictionary.

    The words joined are the text; a word that is not in the dictionary has the tag ``x``.
    """

    cut: Callable[[str], list[str]]
    tag: Callable[[str], str]


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
    within = [bisect_right(starts, span.start) - 1 for span in spans]
    modalities = course(_leanings(document.text, spans, within, ordered))
    for span, at, modality in zip(spans, within, modalities, strict=True):
        title = ordered[at].title if at >= 0 else ""
        yield Sentence(document.id, span, span.of(document.text), title, modality)


def _leanings(
    text: str, spans: tuple[Span, ...], within: Sequence[int], sections: Sequence[Section]
) -> Iterator[float]:
    """Weigh each sentence's words, and a heading that turns to the other modality at its part's first sentence."""
    cut = tokenizer().cut
    before = Modality.STATED
    for span, at in zip(spans, within, strict=True):
        lean = leaning(cut(span.of(text)))
        now = sections[at].modality if at >= 0 else before
        if now is not before:
            lean += HEADING_COUNTS if now is Modality.PLANNED else -HEADING_COUNTS
        before = now
        yield lean


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


@cache
def tokenizer() -> Tokenizer:
    """Return the process's tokenizer: rjieba where it is installed, else jieba itself; neither can be pickled.

    >>> words = tokenizer()
    >>> [(word, words.tag(word)) for word in words.cut("建成两座水库。")]
    [('建成', 'v'), ('两座', 'm'), ('水库', 'n'), ('。', 'x')]
    """
    return rjieba_tokenizer() if find_spec("rjieba") else jieba_tokenizer()


def jieba_tokenizer() -> Tokenizer:
    """Make jieba's own tokenizer, private to the caller."""
    import jieba  # noqa: PLC0415 - loading it reads a dictionary; importing jintu must not

    jieba.setLogLevel(logging.ERROR)  # it reports its cache on stderr
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    tags = {word: tag for word, _, tag in (line.split(" ") for line in lines)}
    return Tokenizer(jieba.Tokenizer().lcut, lambda word: tags.get(word, UNKNOWN))


def rjieba_tokenizer() -> Tokenizer:
    """Make rjieba's tokenizer: the same words and tags, faster."""
    import rjieba  # noqa: PLC0415 - an optional part

    known: Any = rjieba.Jieba()

    def tag(word: str) -> str:
        tagged = known.tag(word, False) if known.has_word(sayable(word)) else []
        return str(tagged[0][1]) if len(tagged) == 1 else UNKNOWN

    def cut(text: str) -> list[str]:
        words: list[str] = known.cut(sayable(text))
        return words if sayable(text) is text else _as_written(text, words)

    return Tokenizer(cut, tag)


def sayable(text: str) -> str:
    """Put U+FFFD for lone surrogates, which no library outside Python takes; the text itself where it has none."""
    return LONE.sub("\ufffd", text)


def _as_written(text: str, words: Sequence[str]) -> list[str]:
    """Cut a text where ``words``, as long together, were cut."""
    ends = list(accumulate(map(len, words)))
    return [text[start:end] for start, end in pairwise([0, *ends])]
