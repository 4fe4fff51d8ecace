"""Tell sentences that report from sentences that plan.

A heading often says it, but a stretch without headings, a press report or a heading that fits both does
not. So the beginnings and ends of clauses speak (获评, 力争, …显著), with the weights of
``rules/modality.tsv``, and as reports go on in one mood for pages, a change of mood costs.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jintu.model import Document, Modality, Sentence, replace
from jintu.ontology import Ontology, complain

FILE = "rules/modality.tsv"
COLUMNS = ("at", "words", "weight")
BREAK = re.compile(r"[，,；;。！？!?：:、\s*“”]")  # between clauses
# What somebody said tells no mood, neither of what stands around it nor, by its beginnings and ends, its own.
SPEECH = re.compile(r"(?:(?:指出|强调|表示|希望)[，,：:]|要求[：:])[^。！？!?\r\n]*")
# A title that says what will be done, and one that says what became of it.
PROMISES = re.compile("实事|(?:工作|重点)(?:要点|安排|计划|打算|思路)|目标任务|行动计划|将[为办]")
KEPT = re.compile("完成|进展|落实|执行|总结|回顾|成效|情况|公示结果|解读")
VERB = 2  # characters of the word that says that somebody speaks
# What will come of a thing that is finished tells no mood of what stands around it, and 今年以来 plans nothing.
EFFECT = re.compile(r"[将可能](?<=[成用产工水]后[，,].)[^。！？!?\r\n]*")
SINCE = re.compile("今年(?=以来)")
DIGITS = "123456789"
CHANGE = (
    12.0  # what a change of mood costs; 4 to 14 are alike on the gold, under 12 other reports flip for a page (2026-11)
)
FREE = 8.0  # the same in a text without headings, which may turn with each paragraph: news of a visit and a speech
TURNED = 14.0  # what the heading is worth at which the headings turn: enough for a change that nothing speaks against
START = 4.0  # what a plan at the very beginning costs: a text that says nothing states
HEADED = 0.7  # what a heading that plans is worth for each sentence below it


@dataclass(frozen=True, slots=True)
class Mood:
    """Hold what the first two or four and the last two characters of a clause say for a plan (above 0)."""

    heads: Mapping[str, float]
    tails: Mapping[str, float]


def read_mood(ontology: Ontology) -> Mood:
    """Read the weights of clause beginnings and ends.

    Raises:
        OntologyError: with every row that is not head or tail or whose weight is no number.
    """
    mood = Mood({}, {})
    sides = {"head": dict[str, float](), "tail": dict[str, float]()}
    mistakes: list[str] = []
    for row in ontology.rows(FILE, *COLUMNS):
        try:
            sides[row["at"]][row["words"]] = float(row["weight"])
        except (KeyError, ValueError):
            mistakes.append(row.wrong("a row is head or tail, the words, and a number above 0 for a plan"))
    complain(mistakes)
    return dataclasses.replace(mood, heads=sides["head"], tails=sides["tail"])


def settle_mood(document: Document, sentences: Sequence[Sentence], mood: Mood) -> tuple[Sentence, ...]:
    """Return the sentences of a document, in order, each with the modality that its words and neighbours say.

    A title that promises (十件民生实事) plans where no heading and no words say otherwise.
    """
    odds = _odds(document.text, sentences, mood)
    if PROMISES.search(document.title) and not KEPT.search(document.title):
        odds = [each + HEADED * (not sentence.section) for each, sentence in zip(odds, sentences, strict=True)]
        odds[:1] = [each + START for each in odds[:1]]
    planned = _smoothest(odds, CHANGE if any(sentence.section for sentence in sentences) else FREE)
    moods = (Modality.PLANNED if plans else Modality.STATED for plans in planned)
    return tuple(
        sentence if sentence.modality is mood else replace(sentence, modality=mood)
        for sentence, mood in zip(sentences, moods, strict=True)
    )


def clauses(text: str) -> list[str]:
    """Return what stands before, between and behind breaks, with digits as 0: its beginning and end speak for a mood.

    >>> clauses("建成12座，明年再建。")
    ['建成00座', '明年再建', '']
    """
    for digit in DIGITS:
        text = text.replace(digit, "0")
    return BREAK.split(text)


def _silent(said: re.Match[str]) -> str:
    return said[0][:VERB] + "，" * (len(said[0]) - VERB)


def _odds(text: str, sentences: Sequence[Sentence], mood: Mood) -> list[float]:
    starts = [sentence.span.start for sentence in sentences]
    odds = [
        HEADED if sentence.modality is Modality.PLANNED else -HEADED * bool(sentence.section) for sentence in sentences
    ]
    for index, (above, sentence) in enumerate(pairwise(sentences), 1):
        if above.modality is not sentence.modality:
            odds[index] += TURNED if sentence.modality is Modality.PLANNED else -TURNED
    heads, tails = mood.heads.get, mood.tails.get
    start = 0
    for clause in clauses(SINCE.sub("去年", EFFECT.sub(_silent, SPEECH.sub(_silent, text)))):
        weight = heads(clause[:2], 0.0) + heads(clause[:4], 0.0) + tails(clause[-2:], 0.0)
        if weight and (index := bisect_right(starts, start) - 1) >= 0:
            odds[index] += weight
        start += len(clause) + 1
    return odds


def _smoothest(odds: Sequence[float], change: float) -> list[bool]:
    """Return the run of moods that fits the odds best, each change at a cost (Viterbi, two states)."""
    stated, planned = 0.0, -START
    steps: list[tuple[bool, bool]] = []
    for each in odds:
        to_stated, to_planned = planned - change > stated, stated - change > planned
        steps.append((to_stated, to_planned))
        stated, planned = (
            (planned - change if to_stated else stated),
            (stated - change if to_planned else planned) + each,
        )
    plans = planned > stated
    moods: list[bool] = []
    for to_stated, to_planned in reversed(steps):
        moods.append(plans)
        plans = (not plans) if (to_planned if plans else to_stated) else plans
    return moods[::-1]
