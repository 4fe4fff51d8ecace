"""Read the rules of the relations from ``ontology/rules``, checked as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jintu.ontology import Ontology, complain
from jintu.relate.words import pattern
from jintu.segment import Finder
from jintu.text.dates import SAYING


@dataclass(frozen=True, slots=True)
class Stage:
    """Hold a status and the one that stands for it when the thing is a programme."""

    status: str
    programme: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Hold all rules, compiled; each finder and each pattern finds the words of one list."""

    wished: re.Pattern[str]
    stages_before: Mapping[str, Stage]
    stages_after: Mapping[str, Stage]
    weak: frozenset[str]
    papers: tuple[str, ...]
    status_before: Finder
    status_after: Finder
    carries_out: Finder
    carried_out: Finder
    quiet: frozenset[str]
    supports: re.Pattern[str]
    receives: Finder
    wishes: re.Pattern[str]
    makes: tuple[str, ...]
    smaller: tuple[str, ...]
    hosts: Finder
    settles: re.Pattern[str]
    aids: Finder
    aided: re.Pattern[str]
    thanked: Finder
    national: tuple[str, ...]
    abroad: frozenset[str]
    parts: tuple[str, ...]
    lines: tuple[str, ...]
    moves: Finder
    sites: tuple[str, ...]
    joined: frozenset[str]


WANTS = "要(?![求素点闻件么地是害不事道塞])"
ASKS = f"{WANTS}(?<=[，。；：,:;]要)"  # at the beginning of a clause: …指出，要加快建设
NEXT_YEAR = "明年"  # 表明|年均: none behind words of saying
KEYS = ("status", "programme", "before", "after")
STATUSES = ("规划中", "前期", "签约", "开工", "在建", "竣工", "投用", "实施", "完成", "获批")
SHAPE = {
    "status": ("weak", "papers"),
    "modality": ("wished", "sought", "gained"),
    "implements": ("before", "after", "quiet", "supports"),
    "honours": (
        *(f"received.{key}" for key in ("verbs", "wishes", "makes", "smaller")),
        *("hosts.verbs", "hosts.settles", "aids.verbs", "aids.thanked"),
    ),
    "places": ("national", "abroad", "upper", "parts", "lines", "moves", "sites", "joined"),
}


def read_rules(ontology: Ontology) -> Rules:
    """Read and check the rules.

    Raises:
        OntologyError: with every mistake of every file, a line each.
    """
    tables = {name: ontology.rules(f"rules/{name}.toml") for name in SHAPE}
    mistakes = [mistake for name, table in tables.items() for mistake in _strangers(name, table)]
    lists = {f"{name}.{key}": _words(name, key, tables[name], mistakes) for name, keys in SHAPE.items() for key in keys}
    before, after = _stages(tables["status"], mistakes)
    complain(mistakes)
    return Rules(
        wished=_wished(*(pattern(lists[f"modality.{key}"]).pattern for key in SHAPE["modality"])),
        stages_before=before,
        stages_after=after,
        weak=frozenset(lists["status.weak"]),
        papers=lists["status.papers"],
        status_before=Finder(before),
        status_after=Finder(after),
        carries_out=Finder(lists["implements.before"] + lists["implements.quiet"]),
        carried_out=Finder(lists["implements.after"]),
        quiet=frozenset(lists["implements.quiet"]),
        supports=pattern(lists["implements.supports"]),
        receives=Finder(lists["honours.received.verbs"]),
        wishes=pattern(lists["honours.received.wishes"]),
        makes=lists["honours.received.makes"],
        smaller=lists["honours.received.smaller"],
        hosts=Finder(lists["honours.hosts.verbs"]),
        settles=pattern(lists["honours.hosts.settles"]),
        aids=Finder(lists["honours.aids.verbs"]),
        aided=pattern(lists["honours.aids.verbs"]),
        thanked=Finder(lists["honours.aids.thanked"]),
        national=lists["places.national"] + lists["places.upper"],
        abroad=frozenset(lists["places.abroad"]),
        parts=lists["places.parts"],
        lines=lists["places.lines"],
        moves=Finder(lists["places.moves"]),
        sites=lists["places.sites"],
        joined=frozenset(lists["places.joined"]),
    )


def _wished(wished: str, sought: str, gained: str) -> re.Pattern[str]:
    """Compile the words that wish; one that seeks does not where a sum of what is got so follows: 争取|资金3亿元.

    Every branch begins with its word, and looks behind from there: that is searched three times as fast.
    """
    got = rf"到|[^，。；：]{{0,16}}(?:{gained})[^，。；：\d]{{0,4}}(?:\d|\Z)"  # up to a figure or its beginning
    said = wished.replace(NEXT_YEAR, f"{NEXT_YEAR}(?<![{SAYING}]{NEXT_YEAR})")
    return re.compile(f"{said}|(?:{sought})(?!{got})|{ASKS}")


def _words(name: str, key: str, table: Mapping[str, Any], mistakes: list[str]) -> tuple[str, ...]:
    found: Any = table
    for step in key.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    if not is_word_list(found) or not found:
        mistakes.append(f"rules/{name}.toml: {key} must be a list of words that is not empty")
        return ("",)
    mistakes += [f'rules/{name}.toml: {key} has "{word}" twice; keep one' for word in _twice(found)]
    return tuple(found)


def is_word_list(found: Any) -> bool:
    """Tell whether a value of a rule file is a list of words, none of them empty."""
    return isinstance(found, list) and all(isinstance(word, str) and word for word in found)


def _twice(words: list[str]) -> list[str]:
    return sorted({word for word in words if words.count(word) > 1})


def _strangers(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    """Name the keys of a file that no rule reads: most are slips of the pen."""
    known = [key.partition(".")[0] for key in SHAPE[name]] + (["stage"] if name == "status" else [])
    for key in sorted(set(table) - set(known)):
        yield f'rules/{name}.toml: "{key}" is none of {", ".join(dict.fromkeys(known))}'


def _stages(table: Mapping[str, Any], mistakes: list[str]) -> tuple[dict[str, Stage], dict[str, Stage]]:
    found: tuple[dict[str, Stage], dict[str, Stage]] = ({}, {})
    entries = table.get("stage")
    for number, entry in enumerate(entries if isinstance(entries, list) else [], 1):
        where = f"rules/status.toml: stage {number}"
        wrong = [*_wrong_in(entry, where)]
        mistakes += wrong
        if wrong:
            continue
        stage = Stage(entry["status"], entry.get("programme", entry["status"]))
        for side, key in zip(found, ("before", "after"), strict=True):
            taken = [word for word in entry.get(key, []) if word in side]
            mistakes += [f'{where}: "{word}" says {side[word].status} too; keep it in one stage' for word in taken]
            side.update(dict.fromkeys(entry.get(key, []), stage))
    if not found[0] or not found[1]:
        mistakes.append("rules/status.toml: no [[stage]] with words before and after; add one")
    return found


def _wrong_in(entry: Any, where: str) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"{where}: no table; begin it with [[stage]]"
        return
    for key in sorted(set(entry) - set(KEYS)):
        yield f'{where}: "{key}" is none of {", ".join(KEYS)}'
    status = entry.get("status", "")
    for name in dict.fromkeys((status, entry.get("programme", status))):
        if name not in STATUSES:
            yield f'{where}: status "{name}" is none of {", ".join(STATUSES)}'
    for key in ("before", "after"):
        if not is_word_list(entry.get(key, [])):
            yield f"{where}: {key} must be a list of words"
