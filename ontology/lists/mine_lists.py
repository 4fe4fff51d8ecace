"""Count over reports how names begin and end and what stands beside them: ``python mine_lists.py CORPUS``.

CORPUS is a folder of plain texts, read with the shipped weights, less those that ``--without``
names, one a line. Writes the tables beside this script; lines that say ``own`` are kept. The same
texts and weights give the same tables.
"""

from __future__ import annotations

import argparse
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from jintu.model import Document, Kind, Span
from jintu.ontology import load
from jintu.recognise import Recogniser, available
from jintu.segment import segment, tokenizer

HERE = Path(__file__).parent
BESIDE = 30  # times that an opener or a status stands beside names
SELDOM = 0.001  # the share of them up to which it "never" begins or ends one: slips of the tagger
HEADS, OF_ONE_KIND = 10, 0.9  # names that a head ends, and the share of them that is of its kind
PLACES, NAMED = 15, 0.2  # whose reports hold a generic phrase, and the share of its places where it is read as a name
WORDS, LENGTHS, ENDS = 4, range(3, 11), 20  # of a generic phrase: words, characters, names that its last word ends


@dataclass(frozen=True)
class Read:
    """Hold a sentence's words, and the outer names of its document by where they begin and end."""

    place: str
    words: tuple[tuple[Span, str], ...]
    starts: dict[int, tuple[Span, Kind]]
    ends: dict[int, tuple[Span, Kind]]
    order: Sequence[int]  # where names begin, sorted


def sentences(corpus: Path, without: frozenset[str]) -> Iterator[Read]:
    """Yield the sentences of the texts of a folder."""
    recognise, cut = Recogniser(load(), available()), tokenizer().cut
    for path in sorted(corpus.glob("*.txt")):
        if path.stem in without:
            continue
        document = Document(path.stem, path.read_text(encoding="utf-8"), "", "", "")
        parts = segment(document)
        names = [(mention.span, mention.kind) for mention in recognise(document, parts) if not mention.nested]
        starts, ends = {name[0].start: name for name in names}, {name[0].end: name for name in names}
        for sentence in parts:
            words = cut(sentence.text)
            at = list(accumulate(map(len, words), initial=sentence.span.start))
            spans = (Span(start, end) for start, end in pairwise(at))
            yield Read(path.stem.split("-")[0], tuple(zip(spans, words, strict=True)), starts, ends, sorted(starts))


@dataclass(frozen=True)
class Edges:
    """Hold how often each word stands before a name, begins one, ends one of a kind, and stands after one."""

    before: Counter[str]
    first: Counter[str]
    last: dict[str, Counter[Kind]]
    after: Counter[str]

    @classmethod
    def of(cls, found: Iterable[Read]) -> Edges:
        """Count the words at the edges of names."""
        before, first, after = Counter[str](), Counter[str](), Counter[str]()
        last: dict[str, Counter[Kind]] = defaultdict(Counter)
        for read in found:
            for span, word in read.words:
                first[word] += span.start in read.starts
                before[word] += span.end in read.starts
                after[word] += span.start in read.ends
                if span.end in read.ends:
                    last[word][read.ends[span.end][1]] += 1
        return cls(before, first, last, after)

    def openers(self) -> dict[str, int]:
        """Return the words that lead up to names and never begin one."""
        return {w: n for w, n in self.before.items() if n >= BESIDE and self.first[w] <= SELDOM * n and _plain(w)}

    def statuses(self) -> dict[str, int]:
        """Return the words that say what became of something: they follow names and never end one."""
        ended = {word: sum(kinds.values()) for word, kinds in self.last.items()}
        return {w: n for w, n in self.after.items() if n >= BESIDE and ended.get(w, 0) <= SELDOM * n and _plain(w)}

    def heads(self) -> Iterator[tuple[str, Kind, int]]:
        """Yield the words that end names of one kind."""
        beside = self.openers().keys() | self.statuses().keys()
        for word, kinds in self.last.items():
            kind, most = min(kinds.items(), key=lambda item: (-item[1], item[0]))
            often = sum(kinds.values()) >= HEADS and most >= OF_ONE_KIND * sum(kinds.values())
            if often and _plain(word) and word not in beside:
                yield word, kind, most

    def ending(self, least: int) -> frozenset[str]:
        """Return the words that end at least so many names."""
        return frozenset(word for word, kinds in self.last.items() if sum(kinds.values()) >= least)


def _plain(word: str) -> bool:
    return len(word) > 1 and word.isalpha()


def generic(found: Iterable[Read], heads: frozenset[str]) -> dict[str, int]:
    """Return the phrases of many places that end like names and are taken for one now and then."""
    met, named, places = Counter[str](), Counter[str](), defaultdict[str, set[str]](set)
    for read in found:
        for span, phrase in _phrases(read, heads):
            name = read.starts.get(span.start)
            if name and name[0] == span:
                named[phrase] += 1
            elif _in_name(span, read):
                continue
            met[phrase] += 1
            places[phrase].add(read.place)
    wide = (phrase for phrase in met if len(places[phrase]) >= PLACES)
    return {phrase: met[phrase] for phrase in wide if 0 < named[phrase] <= NAMED * met[phrase]}


def _phrases(read: Read, heads: frozenset[str]) -> Iterator[tuple[Span, str]]:
    for at, (last, word) in enumerate(read.words):
        for first in range(max(0, at - WORDS + 1), at + 1) if word in heads else ():
            phrase = "".join(word for _, word in read.words[first : at + 1])
            if len(phrase) in LENGTHS and phrase.isalnum():
                yield Span(read.words[first][0].start, last.end), phrase


def _in_name(span: Span, read: Read) -> bool:
    at = bisect_right(read.order, span.start) - 1
    return at >= 0 and read.starts[read.order[at]][0].covers(span)


def write(table: str, title: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Write a table, sorted, with the lines that an analyst added to the one before it."""
    path = HERE / f"{table}.tsv"
    before = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    lines = {line for line in before if line.endswith("\town")} | {"\t".join(map(str, row)) for row in rows}
    path.write_text("\n".join([f"# {title}", columns, *sorted(lines), ""]), encoding="utf-8")


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--without", type=Path, help="a file that names texts to leave out, one a line")
    chosen = parser.parse_args()
    without = frozenset(chosen.without.read_text(encoding="utf-8").split()) if chosen.without else frozenset()
    found = tuple(sentences(chosen.corpus, without))
    edges = Edges.of(found)
    write("openers", "Words that lead up to names; no name begins with one.", "word\tseen", edges.openers().items())
    write(
        "statuses",
        "Words that say what became of a name; no name ends with one.",
        "word\tseen",
        edges.statuses().items(),
    )
    write("heads", "Words that end names of one kind.", "word\tkind\tseen", edges.heads())
    write(
        "generic",
        "Phrases that look like names and are none.",
        "name\tseen",
        generic(found, edges.ending(ENDS)).items(),
    )


if __name__ == "__main__":
    main()
