"""Read the words that tell no things and no concepts apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from jintu.ontology import Ontology, complain, load

FILE = "rules/ledger.toml"
LISTS = ("works", "policies", "details", "light", "ceilings", "sums")


@dataclass(frozen=True, slots=True)
class Words:
    """Hold patterns of the words that say nothing, and what other ways of writing stand for."""

    works: re.Pattern[str]
    policies: re.Pattern[str]
    details: re.Pattern[str]
    light: re.Pattern[str]
    ceilings: re.Pattern[str]
    sums: re.Pattern[str]
    same: Mapping[str, str]


def read_words(ontology: Ontology) -> Words:
    """Read the words of ``rules/ledger.toml``.

    Raises:
        OntologyError: with every list that is missing or holds something else than words.
    """
    rules = ontology.rules(FILE)
    mistakes = [f"{FILE}: {name} must be a list of words" for name in LISTS if not _are_words(rules.get(name))]
    same = rules.get("same", {})
    if not isinstance(same, dict) or not _are_words(list(same.values())):
        mistakes.append(f'{FILE}: [same] must hold lines like "GDP" = "地区生产总值"')
    complain(mistakes)
    works, policies, details, light, ceilings, sums = (_any_of(rules[name]) for name in LISTS)
    return Words(works, policies, _run_of(details), _run_of(light), ceilings, sums, same)


@cache
def words() -> Words:
    """Return the words of the installed ontology.

    >>> words().works.sub("", "锦凌水库供水工程")
    '锦凌水库供水'
    """
    return read_words(load())


def _are_words(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(word, str) and word for word in found)


def _run_of(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern.pattern}|、)+")


def _any_of(found: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(found, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
