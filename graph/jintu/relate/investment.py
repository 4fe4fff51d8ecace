"""Read what a project costs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from jintu.model import Kind, Mention, Modality, Relation, Span
from jintu.relate.candidates import Candidate
from jintu.relate.layout import JOINT, NAME, Layout, Series, name_of
from jintu.text import Figure

MONEY = frozenset(("CNY", "USD", "EUR", "HKD", "JPY"))
SPENT = re.compile(r"投资(?:额|总额|规模)?(?:约|达到|达|为|共|高达)?\Z")
PROJECT = name_of(Kind.PROJECT)
AHEAD = re.compile(rf"(?:的|建设|实施|新建|改造|打造|开工|启动)[^，。；、\d\n]{{0,12}}?[“《]?({PROJECT})")
# What may stand before a project's own 投资: no other noun (交通投资), year (年度投资) or verb (启动总投资…的).
OWN = "(?:该|项目|工程|计划|概算|估算|预计|静态|动态|建设|协议|累计|[总共约已拟将])*+投资"
BEHIND = re.compile(
    rf"({PROJECT})[”》）]?(?:{JOINT}{NAME})*+"
    rf"(?:(?:由[^，。；、\d\n]{{0,30}}|[^，。；、\d\n]{{0,12}})[，,（(]|(?:[^，。；、\d\n年]{{0,10}}(?:项目|工程|等|个|期|段|完成))?){OWN}"
)
# What says that a sum is that of several: X等10项工程, the 133 projects of 117亿元的133个项目.
SEVERAL = re.compile(r"等|(?:\d|[一二两三四五六七八九十几])[余多]?[个项条座家]")
GOES_ON = re.compile("[”》）]*等")
# A sentence about the one project of the sentence before it.
POINTED = re.compile(r"(?:该|此|本|这一|这个)(?:项目|工程|[桥路站库园线])|(?:项目|工程)(?=[计划预概估算约]*总投资)")
ITS_OWN = re.compile(rf"{OWN}(?:额|总额|规模)?(?:约|达到|达|为|共|高达)?")
# What may be measured of a project before its sum: 占地50亩、|总投资2亿元.
MEASURED = (
    r"(?:(?:规划|总|净)?(?:占地|用地|建筑|建设)总?(?:面积|规模)?|全长|总长|线路长)"
    r"[约达为]{0,2}[\d.]+[^，。；、,\d]{1,8}[，、,]"
)
SIZED = re.compile(rf"({PROJECT})[”》）]?(?:项目|工程)?[，,]?(?:{MEASURED}){{1,3}}(?:项目)?{OWN}")
SUM = re.compile("投资")  # between two names of a series: the second has its own
CLOSE = 8  # characters between 投资 and its sum
WINDOW = 60  # characters before a sum in which the project's name may stand


def read_investment(layout: Layout, figures: Sequence[Figure]) -> Iterator[Candidate]:
    """Propose the sum that is invested in a project: 总投资5亿元的X, 投资5亿元实施X, X总投资5亿元."""
    for figure in figures:
        if figure.quantity.measured_in not in MONEY:
            continue
        at = figure.span.start
        if not SPENT.search(layout.masked, max(0, at - 8), at):
            continue
        project = _ahead(layout, figure) or _behind(layout, figure) or _pointed(layout, figure)
        if project is not None:
            sentence = layout.sentence(at)
            start, end = min(project.span.start, at), max(project.span.end, figure.span.end)
            yield Candidate(
                decision="investment",
                features=(),
                subject=project,
                relation=Relation.INVESTMENT,
                object=figure.quantity,
                span=Span(layout.clause(start).start, layout.clause(end - 1).end),
                modality=sentence.modality if sentence else Modality.STATED,
                rule="investment",
            )


def _ahead(layout: Layout, figure: Figure) -> Mention | None:
    found = AHEAD.match(layout.masked, figure.span.end)
    series = layout.before(found.start(1) + 1) if found else None
    if found is None or series is None or (len(series.members) == 1 and GOES_ON.match(layout.masked, series.span.end)):
        return None
    return _only(layout, series, found.start(1))


def _behind(layout: Layout, figure: Figure) -> Mention | None:
    start, end = max(0, figure.span.start - WINDOW), figure.span.start
    named = [*BEHIND.finditer(layout.masked, start, end)] or [*SIZED.finditer(layout.masked, start, end)]
    if not named or figure.span.start - named[-1].end() >= CLOSE:
        return None
    series = layout.before(named[-1].start(1) + 1)
    if series is None or len(series.members) > 1 or SEVERAL.search(layout.masked, series.span.end, figure.span.start):
        return None
    return _only(layout, series, named[-1].start(1))


def _pointed(layout: Layout, figure: Figure) -> Mention | None:
    """Return the one project of the sentence before the one that begins with 该项目."""
    sentence = layout.sentence(figure.span.start)
    pointed = POINTED.match(layout.masked, sentence.span.start, figure.span.start) if sentence else None
    if sentence is None or pointed is None:
        return None
    start = max(pointed.end(), layout.clause(figure.span.start).start)
    if not ITS_OWN.fullmatch(layout.masked, start, figure.span.start):
        return None
    before = layout.previous(sentence)
    named = layout.within(before.span) if before else ()
    projects = [name for series in named for name in series.members if name.kind is Kind.PROJECT]
    return projects[0] if len(projects) == 1 else None


def _only(layout: Layout, series: Series, at: int) -> Mention | None:
    """Return the name at an offset where no other shares its sum: a sum beside several is that of all."""
    names = series.members
    number = bisect_left(names, at, key=lambda name: name.span.start)
    if number == len(names) or names[number].span.start != at:
        return None
    beside = pairwise(names[max(0, number - 1) : number + 2])
    is_apart = all(SUM.search(layout.masked, one.span.end, other.span.start) for one, other in beside)
    return names[number] if is_apart else None
