"""Write a difference as text for a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from jintu.compare.changes import SHOWN, Change, Difference, Group, Outline, Side, Sort
from jintu.model import Modality

SIGNS = {Sort.CAME: "+", Sort.GONE: "-", Sort.CHANGED: "~"}
PLURALS = {Group.ENTITY: "entities", Group.FACT: "facts", Group.INDICATOR: "indicators"}


def to_text(found: Difference) -> str:
    """Write a difference: the counts first, then thing by thing what changed, each side with its first quote."""
    return "\n".join([*_summary(found), *_things(found)]) + "\n"


def to_json(found: Difference) -> str:
    """Write a difference as JSON, with every quote."""
    counts = found.counts()
    said = {
        "before": _outline(found.before),
        "after": _outline(found.after),
        "counts": {PLURALS[group]: {sort.value: counts[group, sort] for sort in Sort} for group in Group},
        "how": {how.value: count for how, count in found.ways().items()},
        "changes": [_change(change) for change in found.changes],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _summary(found: Difference) -> Iterator[str]:
    sides = zip(("before", "after"), (found.before, found.after), found.alone(), strict=True)
    for name, outline, alone in sides:
        documents = "、".join(document.id for document in outline.documents[:SHOWN])
        more = f" and {len(outline.documents) - SHOWN} more" if len(outline.documents) > SHOWN else ""
        yield f"{name:<8}{outline.entities} entities, {outline.facts} facts  {documents}{more}"
        if alone:
            yield f"{'':<8}places that are here alone: {'、'.join(alone[:SHOWN])}{'…' if len(alone) > SHOWN else ''}"
    yield ""
    counts = found.counts()
    yield f"{'':<12}" + "".join(f"{sort.value:>9}" for sort in Sort)
    for group in Group:
        yield f"{PLURALS[group]:<12}" + "".join(f"{counts[group, sort]:>9}" for sort in Sort)
    if ways := found.ways():
        yield ""
        yield "changed: " + ", ".join(f"{count} {how.value}" for how, count in ways.items())


def _things(found: Difference) -> Iterator[str]:
    for (_, thing, kind), changes in groupby(found.changes, key=lambda change: (change.id, change.thing, change.kind)):
        yield ""
        yield f"{_visible(thing)} ({kind.value})"
        for change in changes:
            yield from _lines(change)


def _lines(change: Change) -> Iterator[str]:
    aspect = f"{change.aspect} {change.measure.value}" if change.measure else change.aspect or "named"
    sides = [brief(side) for side in (change.before, change.after) if side]
    how = f"  [{change.how.value}]" if change.how else ""
    said = _visible(f"{aspect}: {' -> '.join(sides)}")
    yield f"  {SIGNS[change.sort]} {said}{how}"
    for sign, side in (("-", change.before), ("+", change.after)):
        for quote in side.quotes[:1] if side else ():
            yield f"      {sign} {_visible(quote.doc)}:{quote.start}  {_visible(quote.text)}"


def _visible(text: str) -> str:
    """Return text on one line, without what would command a terminal."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def brief(side: Side) -> str:
    """Write what a side says in short: planned ones in brackets, with the year.

    >>> brief(Side("开工", (), 2023, Modality.PLANNED))
    '（开工） 2023'
    """
    said = f"（{side.said}）" if side.modality is Modality.PLANNED else side.said
    return f"{said} {side.year}" if side.year else said


def _outline(outline: Outline) -> dict[str, Any]:
    documents = [{"id": d.id, "title": d.title, "place": d.place, "year": d.year} for d in outline.documents]
    return {"documents": documents, "entities": outline.entities, "facts": outline.facts}


def _change(change: Change) -> dict[str, Any]:
    return {
        "id": change.id,
        "thing": change.thing,
        "kind": change.kind.value,
        "group": change.group.value,
        "aspect": change.aspect or None,
        "measure": change.measure.value if change.measure else None,
        "sort": change.sort.value,
        "how": change.how.value or None,
        "before": _side(change.before),
        "after": _side(change.after),
    }


def _side(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    quotes = [{"document": q.doc, "start": q.start, "end": q.end, "text": q.text} for q in side.quotes]
    return {"said": side.said, "year": side.year, "modality": side.modality.value, "quotes": quotes}
