"""Read the rules of the relations from ``ontology/rules``, checked as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jintu.ontology import Ontology, complain
from jintu.relate.words import pattern


@dataclass(frozen=True, slots=True)
class Stage:
    """Hold a status and the one that stands for it when the thing is a programme."""

    status: str
    programme: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Hold all rules, compiled; each pattern finds the words of one list."""

    wished: re.Pattern[str]
    stages_before: Mapping[str, Stage]
    stages_after: Mapping[str, Stage]
    weak: frozenset[str]
    status_before: re.Pattern[str]
    status_after: re.Pattern[str]
    carries_out: re.Pattern[str]
    carried_out: re.Pattern[str]
    quiet: frozenset[str]
    supports: re.Pattern[str]
    receives: re.Pattern[str]
    wishes: re.Pattern[str]
    hosts: re.Pattern[str]
    settles: re.Pattern[str]
    aids: re.Pattern[str]
    thanked: re.Pattern[str]
    national: tuple[str, ...]
    abroad: frozenset[str]
    parts: tuple[str, ...]
    lines: tuple[str, ...]
    moves: re.Pattern[str]


KEYS = ("status", "programme", "before", "after")
STATUSES = ("规划中", "前期", "签约", "开工", "在建", "竣工", "投用", "实施", "完成", "获批")
SHAPE = {
    "modality": ("wished",),
    "implements": ("before", "after", "quiet", "supports"),
    "honours": ("received.verbs", "received.wishes", "hosts.verbs", "hosts.settles", "aids.verbs", "aids.thanked"),
    "places": ("national", "abroad", "upper", "parts", "lines", "moves"),
}


def read_rules(ontology: Ontology) -> Rules:
    """Read and check the rules.

    Raises:
        OntologyError: with every mistake of every file, a line each.
    """
    mistakes: list[str] = []
    lists = {
        f"{name}.{key}": _words(name, key, ontology.rules(f"rules/{name}.toml"), mistakes)
        for name, keys in SHAPE.items()
        for key in keys
    }
    status = ontology.rules("rules/status.toml")
    weak = _words("status", "weak", status, mistakes)
    before, after = _stages(status, mistakes)
    complain(mistakes)
    return Rules(
        wished=pattern(lists["modality.wished"]),
        stages_before=before,
        stages_after=after,
        weak=frozenset(weak),
        status_before=pattern(before),
        status_after=pattern(after),
        carries_out=pattern(lists["implements.before"] + lists["implements.quiet"]),
        carried_out=pattern(lists["implements.after"]),
        quiet=frozenset(lists["implements.quiet"]),
        supports=pattern(lists["implements.supports"]),
        receives=pattern(lists["honours.received.verbs"]),
        wishes=pattern(lists["honours.received.wishes"]),
        hosts=pattern(lists["honours.hosts.verbs"]),
        settles=pattern(lists["honours.hosts.settles"]),
        aids=pattern(lists["honours.aids.verbs"]),
        thanked=pattern(lists["honours.aids.thanked"]),
        national=lists["places.national"] + lists["places.upper"],
        abroad=frozenset(lists["places.abroad"]),
        parts=lists["places.parts"],
        lines=lists["places.lines"],
        moves=pattern(lists["places.moves"]),
    )


def _words(name: str, key: str, table: Mapping[str, Any], mistakes: list[str]) -> tuple[str, ...]:
    found: Any = table
    for step in key.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    if not isinstance(found, list) or not found or not all(isinstance(word, str) and word for word in found):
        mistakes.append(f"rules/{name}.toml: {key} must be a list of words that is not empty")
        return ("",)
    mistakes += [f'rules/{name}.toml: {key} has "{word}" twice; keep one' for word in _twice(found)]
    return tuple(found)


def _twice(words: list[str]) -> list[str]:
    return sorted({word for word in words if words.count(word) > 1})


def _stages(table: Mapping[str, Any], mistakes: list[str]) -> tuple[dict[str, Stage], dict[str, Stage]]:
    found: tuple[dict[str, Stage], dict[str, Stage]] = ({}, {})
    for number, entry in enumerate(table.get("stage", []), 1):
        where = f"rules/status.toml: stage {number}"
        mistakes += [f'{where}: "{key}" is none of {", ".join(KEYS)}' for key in sorted(set(entry) - set(KEYS))]
        status = entry.get("status", "")
        stage = Stage(status, entry.get("programme", status))
        for name in sorted({stage.status, stage.programme} - set(STATUSES)):
            mistakes.append(f'{where}: status "{name}" is none of {", ".join(STATUSES)}')
        for side, key in zip(found, ("before", "after"), strict=True):
            for word in entry.get(key, []):
                if not isinstance(word, str) or not word:
                    mistakes.append(f"{where}: {key} holds {word!r}, which is no word")
                elif word in side:
                    mistakes.append(f'{where}: "{word}" says {side[word].status} too; keep it in one stage')
                else:
                    side[word] = stage
    if not found[0] or not found[1]:
        mistakes.append("rules/status.toml: no [[stage]] with words before and after; add one")
    return found
