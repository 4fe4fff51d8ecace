"""Cut a document into sentences and a text into words, and find known words in it.

This is the only home of jieba and daachorse; rjieba gives the same words as jieba and is taken where it is installed.
"""

from __future__ import annotations

import logging
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from jintu.model import Document, Modality, Section, Sentence, Span, replace

LONE = re.compile("[\ud800-\udfff]")  # half a character, as broken input holds it
UNKNOWN = "x"  # the tag of a word that is not in the dictionary

LONGEST = 600  # characters: no sentence of the 192 reports of the corpus that ends in a full stop is longer
STOP = re.compile(r"[。！？!?]+[”’」』）)】]*|[\r\n\u2028\u2029\x0b\x0c\x85]+")
STRETCH = 250_000  # characters: four times the longest report; memory is flat in the length of a document
PAUSE = re.compile(r"[；;，,、\s]")


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """Hold a way to cut a text into words, and to tell a word's tag in jieba's dictionary.

    The words joined are the text; a word that is not in the dictionary has the tag ``x``.
    """

    cut: Callable[[str], list[str]]
    tag: Callable[[str], str]


def stretches(text: str) -> Iterator[Span]:
    """Part a long text into stretches of some 250,000 characters, each worked on by itself; a report is one.

    A stretch ends where a paragraph does, or else a sentence.

    >>> [(span.start, span.end) for span in stretches("建成水库。" * 80_000)]
    [(0, 250000), (250000, 400000)]
    """
    end = _stretch_end(text, 0)
    yield Span(0, end)
    while end < len(text):
        start, end = end, _stretch_end(text, end)
        yield Span(start, end)


def within(sections: Iterable[Section], stretch: Span) -> Iterator[Section]:
    """Yield what of sections lies in a stretch, with offsets from its start."""
    for section in sections:
        start, end = max(section.span.start, stretch.start), min(section.span.end, stretch.end)
        if start < end:
            yield replace(section, span=Span(start - stretch.start, end - stretch.start))


def _stretch_end(text: str, start: int) -> int:
    end = start + STRETCH
    if end >= len(text):
        return len(text)
    line = text.rfind("\n", start + STRETCH // 2, end) + 1
    stop = text.rfind("。", start + STRETCH // 2, end) + 1
    return line or stop or end


def segment(document: Document) -> tuple[Sentence, ...]:
    """Cut a document into sentences, each with the section it stands in and that section's modality.

    A sentence ends at a full stop, a question or exclamation mark or a line break; one that
    runs on for over 600 characters is cut at a pause.

    >>> [sentence.text for sentence in segment(Document("a", "建成两座水库。再建一所学校。", "", "", ""))]
    ['建成两座水库。', '再建一所学校。']
    """
    sections = sorted(document.sections)
    starts = [section.span.start for section in sections]
    sentences = []
    for span in _spans(document.text):
        at = bisect_right(starts, span.start) - 1
        title, modality = (sections[at].title, sections[at].modality) if at >= 0 else ("", Modality.STATED)
        sentences.append(Sentence(document.id, span, span.of(document.text), title, modality))
    return tuple(sentences)


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
    return Tokenizer(jieba.Tokenizer().lcut, dictionary_tag)


def rjieba_tokenizer() -> Tokenizer:
    """Make rjieba's tokenizer: the same words, faster."""
    import rjieba  # noqa: PLC0415 - an optional part

    known: Any = rjieba.Jieba()

    def cut(text: str) -> list[str]:
        said = sayable(text)
        words: list[str] = known.cut(said)
        return words if said is text else _as_written(text, words)

    return Tokenizer(cut, dictionary_tag)


def dictionary_tag(word: str) -> str:
    """Return a word's tag in jieba's dictionary: rjieba's own has other tags for some words."""
    entries = _dictionary()
    start = word.encode("utf-8", "surrogatepass") + b" "
    at = bisect_left(entries, start)
    return entries[at].split(b" ")[2].decode() if at < len(entries) and entries[at].startswith(start) else UNKNOWN


@dataclass(frozen=True, slots=True)
class Lines:
    """Hold sorted lines in one string: a tenth of the memory that 349,000 of their own would take."""

    joined: bytes
    starts: array[int]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, at: int) -> bytes:
        return self.joined[self.starts[at] : self.starts[at + 1]]


@cache
def _dictionary() -> Lines:
    found = find_spec("jieba")
    assert found and found.origin
    lines = sorted((Path(found.origin).parent / "dict.txt").read_bytes().splitlines())
    return Lines(b"".join(lines), array("i", accumulate(map(len, lines), initial=0)))


class Finder:
    """Find the longest of known words from left to right, none inside another; make one for each list of words.

    >>> find = Finder(["推进", "加快推进"])
    >>> find.words, find("加快推进和推进")
    (('加快推进', '推进'), [(0, 4, 0), (5, 7, 1)])
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Take words; those with broken characters are never found."""
        import daachorse  # noqa: PLC0415 - importing jintu must load nothing slow

        self.words = tuple(sorted({word for word in words if sayable(word) == word}))
        kind = daachorse.MATCH_KIND_LEFTMOST_LONGEST
        self._automaton: Any = daachorse.CharwiseDoubleArrayAhoCorasick(list(self.words), kind)

    def __call__(self, text: str) -> list[tuple[int, int, int]]:
        """Return where each word starts and ends in a text that is :func:`sayable`, and its number in ``words``."""
        found: list[tuple[int, int, int]] = self._automaton.find(text)
        return found


def sayable(text: str) -> str:
    """Put U+FFFD for lone surrogates, which no library outside Python takes; the text itself where it has none."""
    try:
        text.encode()  # a third of the time that a search takes
    except UnicodeEncodeError:
        return LONE.sub("\ufffd", text)
    return text


def _as_written(text: str, words: Sequence[str]) -> list[str]:
    """Cut a text where ``words``, as long together, were cut."""
    ends = list(accumulate(map(len, words)))
    return [text[start:end] for start, end in pairwise([0, *ends])]
