"""Tell what a document reports from what it plans.

Headings say it, and so does the wording (荣获, 累计 look back; 力争, 确保 look ahead). One
sentence says it weakly; but documents turn from one to the other seldom, so that the likeliest
course over all sentences is nearly always right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from jintu.model import Modality
from jintu.ontology import load

CUES = "model/modality.tsv"
FIRM = 6.0  # the most that one sentence counts
TURN = 4.0  # what a turn costs; with 6 and 4, 365 of 367 sentences of the gold with facts come out right (2026-11)
HEADING = 8.0  # what a heading that turns counts: enough against one sentence that seems to say otherwise


@cache
def cues() -> Mapping[str, float]:
    """Return the words that look back or ahead and how strongly, counted over reports with headings."""
    return {row["word"]: float(row["weight"]) for row in load().rows(CUES, "word", "weight")}


def leaning(words: Sequence[str]) -> float:
    """Weigh the words of a sentence: below 0 it looks back, above 0 it looks ahead.

    >>> leaning(["成功", "荣获", "称号", "。"]) < 0 < leaning(["力争", "今年", "通车", "。"])
    True
    """
    known = cues()
    total = sum(known.get(word, 0.0) for word in sorted(set(words))) + known.get("^" + "".join(words[:1]), 0.0)
    return max(-FIRM, min(FIRM, total))


def course(leanings: Iterable[float]) -> tuple[Modality, ...]:
    """Return the likeliest modality of each sentence when documents seldom turn.

    >>> [modality.value for modality in course([-5, 1, -5, 6, 6, -1, 6])]
    ['stated', 'stated', 'stated', 'planned', 'planned', 'planned', 'planned']
    """
    stated, planned = 0.0, -TURN / 2  # a text that says nothing states
    choices: list[tuple[bool, bool]] = []
    for lean in leanings:
        choices.append((planned - TURN > stated, planned >= stated - TURN))
        stated, planned = max(stated, planned - TURN) - lean / 2, max(planned, stated - TURN) + lean / 2
    ahead = planned > stated
    backwards = []
    for from_planned, stays_planned in reversed(choices):
        backwards.append(Modality.PLANNED if ahead else Modality.STATED)
        ahead = stays_planned if ahead else from_planned
    return tuple(reversed(backwards))
