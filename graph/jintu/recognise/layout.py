"""Lay the words of sentences out in rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from jintu.model import Sentence
from jintu.recognise.columns import MARGIN, Layout
from jintu.recognise.lexicon import PAD, Lexicon


def lay_out(sentences: Sequence[Sentence], lexicon: Lexicon, cut: Callable[[str], list[str]]) -> Layout:
    """Cut sentences into words and set them in rows, with padding before, between and after."""
    words: list[str] = []
    counts = np.zeros(len(sentences) + 1, np.intp)
    for number, sentence in enumerate(sentences):
        words.extend(cut(sentence.text))
        counts[number + 1] = len(words)
    known = lexicon.numbered(words)
    numbers = np.repeat(np.arange(len(sentences)), np.diff(counts))
    lengths = np.fromiter(map(len, words), np.intp, len(words))
    running = np.concatenate([[0], np.cumsum(lengths)])
    firsts = np.fromiter((sentence.span.start for sentence in sentences), np.intp, len(sentences))
    shift = (firsts - running[counts[:-1]])[numbers] if words else np.zeros(0, np.intp)
    place = np.arange(len(words)) + MARGIN * (numbers + 1)
    total = len(words) + MARGIN * (len(sentences) + 1)
    return Layout(
        words=_spread(known, place, np.full(total, PAD, np.intp)),
        table=lexicon.table,
        inside=_spread(np.ones(len(words), np.bool_), place, np.zeros(total, np.bool_)),
        starts=_spread(running[:-1] + shift, place, np.full(total, -1, np.intp)),
        ends=_spread(running[1:] + shift, place, np.full(total, -1, np.intp)),
    )


def _spread(values: npt.NDArray[Any], place: npt.NDArray[np.intp], into: npt.NDArray[Any]) -> npt.NDArray[Any]:
    into[place] = values
    return into
