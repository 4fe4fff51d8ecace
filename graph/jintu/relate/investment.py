"""Read what a project costs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jintu.model import Kind, Mention, Modality, Relation, Span
from jintu.relate.candidates import Candidate
from jintu.relate.layout import JOINT, NAME, Layout, name_of
from jintu.text import Figure

MONEY = frozenset(("CNY", "USD", "EUR", "HKD", "JPY"))
SPENT = re.compile(r"投资(?:额|总额|规模)?(?:约|达到|达|为|共)?\Z")
PROJECT = name_of(Kind.PROJECT)
AHEAD = re.compile(rf"(?:的|建设|实施|新建|改造|打造|开工|启动)[^，。；、\n]{{0,12}}?[“《]?({PROJECT})")
# What may stand before a project's own 投资: no other noun (交通投资), year (年度投资) or verb (启动总投资…的).
OWN = "(?:该|项目|工程|计划|概算|估算|预计|静态|动态|建设|协议|累计|[总共约已拟将])*+投资"
BEHIND = re.compile(
    rf"({PROJECT})[”》）]?(?:{JOINT}{NAME})*+"
    rf"(?:(?:由[^，。；、\d\n]{{0,30}}|[^，。；、\d\n]{{0,12}})[，,（(]|(?:[^，。；、\d\n年]{{0,10}}(?:项目|工程|等|个|期|段|完成))?){OWN}"
)
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
        project = _ahead(layout, figure) or _behind(layout, figure)
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
    return _mention(layout, found.start(1)) if found else None


def _behind(layout: Layout, figure: Figure) -> Mention | None:
    named = [*BEHIND.finditer(layout.masked, max(0, figure.span.start - WINDOW), figure.span.start)]
    is_near = bool(named) and figure.span.start - named[-1].end() < CLOSE
    return _mention(layout, named[-1].start(1)) if is_near else None


def _mention(layout: Layout, at: int) -> Mention | None:
    series = layout.before(at + 1)
    return next((member for member in series.members if member.span.start == at), None) if series else None
