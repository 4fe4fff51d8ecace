"""Say what came, what went and what changed from one graph to another, each with its quotes."""

from jintu.compare.changes import Change, Difference, Group, How, Quote, Side, Sort
from jintu.compare.difference import difference, of_year
from jintu.compare.page import to_html
from jintu.compare.write import to_json, to_text

__all__ = [
    "Change",
    "Difference",
    "Group",
    "How",
    "Quote",
    "Side",
    "Sort",
    "difference",
    "of_year",
    "to_html",
    "to_json",
    "to_text",
]
