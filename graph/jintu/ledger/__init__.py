"""Follow projects, programmes and aims from the report that planned them to the next: the ledger."""

from jintu.ledger.book import COLUMNS, SHORT, Ledger, ledger, life_rows, short_rows, stages_by_year, to_csv, to_json
from jintu.ledger.entries import Answer, Entry, Outcome, Promise
from jintu.ledger.stages import Life, Step, lives

__all__ = [
    "COLUMNS",
    "SHORT",
    "Answer",
    "Entry",
    "Ledger",
    "Life",
    "Outcome",
    "Promise",
    "Step",
    "ledger",
    "life_rows",
    "lives",
    "short_rows",
    "stages_by_year",
    "to_csv",
    "to_json",
]
