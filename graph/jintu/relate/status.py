"""Read how far projects and programmes have come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jintu.model import Kind, Mention, Modality, Relation, Span, Status, replace
from jintu.relate.candidates import Candidate
from jintu.relate.layout import Layout, Series
from jintu.relate.rules import Rules, Stage
from jintu.relate.words import Found, Word, scan

REACH = 24  # characters between a name and what is said of it
COUNTED = re.compile(r"率|[约近超过]{0,2}(?!100[%％]|(?:19|20)\d\d年)\d")
PARTLY = ("完成", "建成")
DATED = re.compile(
    r"[，,](?=[^，,。；;]{0,6}\d{1,4}[年月])(?P<plan>计划|预计|力争|将)?(?:现?已|已经)?[于在]?"
    r"(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日|[初中末底]|份|[上中下]旬)?(?:正式|全面|顺利|主体)?"
)
LONGEST = 8  # characters of what is said of a day: 正式开工建设
ADJOINING = 2  # characters between 建设 and what is said of it: 建设基本|完成
TAKEN_UP = ("列入", "纳入", "入选")
AHEAD = "谋划"  # 谋划推进一项工程|建设: what is only thought of is not in building
KINDED = 3  # of the shared features, those that weigh differently by kind
BUILT = (Kind.PROJECT, Kind.PROGRAMME)


def read_status(layout: Layout, rules: Rules) -> Iterator[Candidate]:
    """Propose a status for each name of which a word of ``rules/status.toml`` says one."""
    before = scan(rules.status_before, layout.sayable)
    after = scan(rules.status_after, layout.sayable)
    for named in layout.series:
        if named.kinds.isdisjoint(STAGED):
            continue
        left = before.last(max(named.clause.start, named.span.start - REACH), named.span.start)
        right = _said(after, named, rules)
        series, right = (named, right) if left or right else _dated(layout, after, named)
        if left and right and right.text in rules.weak and left.text.startswith(AHEAD):
            right = None
        if left or right:
            shared = _shared(layout, series, left, right)
            dated = layout.clause(right.start) if right and series is not named else None  # what names the year
            for mention in series.members:
                if mention.kind in STAGED and not _is_paper(mention, left, right, rules):
                    yield from _candidates(series, mention, (left, right), rules, shared, dated)


STAGED = (*BUILT, Kind.PLACE, Kind.INSTITUTION)  # a hospital or a zone may be put to use or approved too


def _is_paper(mention: Mention, left: Word | None, right: Word | None, rules: Rules) -> bool:
    """Tell the paper into which something else is taken up: 列入|“十四五”水利规划."""
    takes_up = left is not None and right is None and left.text.endswith(TAKEN_UP)
    return takes_up and mention.text.rstrip("》”").endswith(rules.papers)


def _said(after: Found, series: Series, rules: Rules) -> Word | None:
    """Return the first word behind a series, or the one that follows a weak one at once: 建设|全面启动."""
    ceiling = min(series.clause.end, series.span.end + REACH)
    word = after.first(series.span.end, ceiling)
    if word is None or _counts(after.text, word):
        return None
    if word.text not in rules.weak:
        return word
    following = after.first(word.end, ceiling)
    return following if following and following.start - word.end <= ADJOINING else word


def _dated(layout: Layout, after: Found, series: Series) -> tuple[Series, Word | None]:
    """Return the last word of the clauses that say on which day a name alone came how far, with the clauses.

    锦凌水库，2010年5月开工，2014年建成. A plan behind what is done tells nothing new.
    """
    start, end, word = series.span.start, series.clause.end, None
    if start != series.clause.start or end - series.span.end > 1 or not _begins(layout, start):
        return series, None
    while day := DATED.match(layout.masked, end):
        found = after.first(day.end(), day.end() + LONGEST)
        if found is None or found.start != day.end() or (word and day["plan"]):
            break
        word, end = found, layout.clause(found.start).end
        mood = Modality.PLANNED if day["plan"] else series.modality  # what follows a plan is one too
        series = replace(series, clause=Span(start, end), modality=mood)
    return series, word


def _begins(layout: Layout, at: int) -> bool:
    sentence = layout.sentence(at)
    return sentence is None or sentence.span.start == at or layout.masked[at - 1] in "；;"


def _counts(text: str, word: Word) -> bool:
    """Tell a word that says how much was done, and not that all is: 完成|28公里, 建成|6万平方米."""
    return word.text.endswith(PARTLY) and bool(COUNTED.match(text, word.end))


def _candidates(
    series: Series,
    mention: Mention,
    words: tuple[Word | None, Word | None],
    rules: Rules,
    shared: tuple[str, ...],
    dated: Span | None,
) -> Iterator[Candidate]:
    left, right = words
    kind = str(mention.kind)
    features = (*shared, *[f"{kind},{feature}" for feature in shared[:KINDED]], kind, f"tail={mention.text[-2:]}")
    for word, stages, side in ((right, rules.stages_after, "after"), (left, rules.stages_before, "before")):
        if word is not None:
            name = _name(stages[word.text], mention)
            yield Candidate(
                decision="status",
                features=(*features, f"{side}={name}", f"{side}={name},{kind}", f"{side}={bool(left)}{bool(right)}"),
                subject=mention,
                relation=Relation.STATUS,
                object=Status(name),
                span=series.clause,
                modality=series.modality,
                rule=f"status:{'…' if side == 'after' else ''}{word.text}",
                likely=mention.kind in BUILT,
                choice=(mention.span.start, mention.span.end),
                dated=dated,
            )


def _shared(layout: Layout, series: Series, left: Word | None, right: Word | None) -> tuple[str, ...]:
    leftgap = layout.masked[left.end : series.span.start][:4] if left else "-"
    rightgap = layout.masked[series.span.end : right.start][:3] if right else "-"
    return (
        f"mood={series.modality}",
        f"left={left.text if left else ''}",
        f"right={right.text if right else ''}",
        f"leftgap={leftgap}",
        f"rightgap={rightgap}",
        f"neargap={len(leftgap) // 2},{len(rightgap) // 2}",
    )


def _name(stage: Stage, mention: Mention) -> str:
    return stage.programme if mention.kind is Kind.PROGRAMME else stage.status
