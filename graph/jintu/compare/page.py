"""Write a difference as one HTML page that asks the network for nothing."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import groupby

from jintu.compare.changes import SHOWN, Change, Difference, Group, How, Outline, Quote, Side, Sort
from jintu.model import Kind, Measure, Modality, Relation

SORTS = {Sort.CHANGED: "变化", Sort.CAME: "新增", Sort.GONE: "消失"}
GROUPS = {Group.ENTITY: "事物", Group.FACT: "事实", Group.INDICATOR: "指标"}
KINDS = {
    Kind.PLACE: "地方",
    Kind.INSTITUTION: "机构",
    Kind.PROJECT: "项目",
    Kind.PROGRAMME: "政策行动",
    Kind.HONOUR: "荣誉",
    Kind.EVENT: "活动",
    Kind.PERSON: "人物",
    Kind.WORK: "作品",
}
RELATIONS = {
    Relation.LOCATED_IN: "位于",
    Relation.PART_OF: "属于",
    Relation.STATUS: "阶段",
    Relation.INVESTMENT: "投资",
    Relation.RECEIVED: "获得",
    Relation.HOSTS: "举办",
    Relation.IMPLEMENTS: "实施",
    Relation.AIDS: "支援",
}
WAYS = {
    How.RENAMED: "改名",
    How.KIND: "改类",
    How.MERGED: "合并",
    How.PARTED: "分开",
    How.MOVED_ON: "进展",
    How.WENT_BACK: "退后",
    How.BECAME_SO: "计划已成",
    How.PLANNED_AGAIN: "再列计划",
    How.ROSE: "上升",
    How.FELL: "下降",
    How.REWORDED: "改写",
    How.DATED: "改年份",
}
MEASURES = {Measure.LEVEL: "", Measure.CHANGE: "（增减）"}
QUOTES = 2  # of a side; the rest are counted, and stand in the JSON
LONE = re.compile("[\ud800-\udfff]")  # surrogates that UTF-8 cannot hold


def to_html(found: Difference) -> str:
    """Return a difference as a page: the counts, which filter it, and thing by thing what changed."""
    style, script = _asset("compare.css"), _asset("compare.js")
    parts = {
        "policy": f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; base-uri 'none'",
        "title": f"{_name(found.before)} 与 {_name(found.after)} 之比",
        "style": style,
        "script": script,
        "sides": "".join(map(_outline, "前后", (found.before, found.after), found.alone())),
        "counts": _counts(found),
        "ways": "、".join(f"{WAYS[how]} {count}" for how, count in found.ways().items()),
        "things": "\n".join(_things(found.changes)) or "<p>两图所言相同。</p>",
    }
    filled = re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], _asset("compare.html"))
    return LONE.sub("\ufffd", filled)


def _name(outline: Outline) -> str:
    """Name a graph by its only document, or by the places and years of its documents."""
    documents = outline.documents
    places = dict.fromkeys(document.place or document.id for document in documents)
    years = sorted({document.year for document in documents if document.year})
    where = "、".join([*places][:2]) + ("等" if len(places) > 2 else "")
    when = f" {years[0]}" + (f"–{years[-1]}" if len(years) > 1 else "") if years else ""
    return escape(f"{where}{when}" or "空图")


def _outline(name: str, outline: Outline, alone: Sequence[str]) -> str:
    documents = "、".join(document.id for document in outline.documents[:SHOWN])
    more = f" 等 {len(outline.documents)} 份" if len(outline.documents) > SHOWN else ""
    counts = f"{outline.entities} 个事物、{outline.facts} 条事实"
    here = f"；独有 {'、'.join(alone[:SHOWN])}{'等' if len(alone) > SHOWN else ''}" if alone else ""
    return f"<dt>{name}</dt><dd>{_safe(documents + more)} <small>{counts}{_safe(here)}</small></dd>"


def _counts(found: Difference) -> str:
    counts = found.counts()
    rows = (
        f"<tr><th scope=row>{GROUPS[group]}</th>"
        + "".join(_button(group, sort, counts[group, sort]) for sort in SORTS)
        + "</tr>"
        for group in GROUPS
    )
    return "".join(rows)


def _button(group: Group, sort: Sort, count: int) -> str:
    state = 'aria-pressed="true"' if count else "disabled"
    return (
        f'<td><button type="button" class="{sort}" data-of="{group} {sort}" {state}>'
        f"{SORTS[sort]} <b>{count}</b></button></td>"
    )


def _things(changes: Iterable[Change]) -> Iterator[str]:
    for _, grouped in groupby(changes, key=lambda change: change.id):
        of_thing = tuple(grouped)
        head = f"<h2>{_safe(of_thing[0].thing)}<small>{KINDS[of_thing[0].kind]}</small></h2>"
        yield f"<article>{head}{''.join(map(_change, of_thing))}</article>"


def _change(change: Change) -> str:
    sides = " → ".join(_side(side) for side in (change.before, change.after) if side)
    how = f'<span class="how">{WAYS[change.how]}</span>' if change.how else ""
    quotes = "".join((*_quotes(change.before, Sort.GONE), *_quotes(change.after, Sort.CAME)))
    return (
        f'<section class="change {change.sort}" data-of="{change.group} {change.sort}">'
        f'<p><span class="tag">{SORTS[change.sort]}</span>{_aspect(change)}{sides}{how}</p>'
        f'<div class="quotes">{quotes}</div></section>'
    )


def _aspect(change: Change) -> str:
    if change.group is Group.ENTITY:
        return ""
    if change.measure:
        return f"{_safe(change.aspect)}{MEASURES[change.measure]}："
    return f"{RELATIONS[Relation(change.aspect)]}："


def _side(side: Side) -> str:
    year = f"（{side.year}）" if side.year else ""
    planned = ' class="plan" title="计划"' if side.modality is Modality.PLANNED else ""
    mark = "计划 " if planned else ""
    return f"<span{planned}>{mark}{_safe(side.said)}</span>{year}"


def _quotes(side: Side | None, of: Sort) -> Iterator[str]:
    for number, quote in enumerate(side.quotes[:QUOTES] if side else ()):
        more = len(side.quotes) - QUOTES if side and number == QUOTES - 1 else 0
        yield f'<blockquote class="{of}">{_safe(quote.text)}<cite>{_source(quote, more)}</cite></blockquote>'


def _source(quote: Quote, more: int) -> str:
    others = f"，另有 {more} 处" if more > 0 else ""
    return f"{_safe(quote.doc)}，第 {quote.start}–{quote.end} 字{others}"


def _safe(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>"


def _asset(name: str) -> str:
    return (files("jintu.compare") / "assets" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
