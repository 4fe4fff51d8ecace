"""Read the ontology's data: tables (TSV), rules (TOML), queries and Turtle.

The data is what an analyst may change: lines that start with ``#`` are comments, the first
other line of a table names its columns.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from jintu.errors import OntologyError

PACKAGED = Path(__file__).parent / "_ontology"  # where a wheel puts the data
CHECKOUT = Path(__file__).parents[2] / "ontology"  # where an editable install finds it


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one line of a table with where it stands, for messages."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def wrong(self, what: str) -> str:
        """Say where a mistake stands: ``gazetteers/places.tsv:17: ...``."""
        return f"{self.file}:{self.line}: {what}"


@dataclass(frozen=True, slots=True)
class Ontology:
    """Give access to a folder of ontology data."""

    root: Path

    def path(self, name: str) -> Path:
        """Return the path of a file of the ontology.

        Raises:
            OntologyError: if there is no such file.
        """
        path = self.root / name
        if not path.is_file():
            raise OntologyError(f"{path}: no such file in the ontology; restore it or name another folder")
        return path

    def text(self, name: str) -> str:
        """Return the text of a file of the ontology."""
        try:
            return self.path(name).read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise OntologyError(f"{name}: not UTF-8 at byte {error.start}; save it as UTF-8") from None

    def rows(self, name: str, *columns: str) -> tuple[Row, ...]:
        """Return the rows of a table, checked to have exactly ``columns``.

        Raises:
            OntologyError: with every mistake of the table, a line each.
        """
        lines = [(n, line) for n, line in enumerate(self.text(name).splitlines(), 1) if line.strip() and line[0] != "#"]
        mistakes: list[str] = []
        if not lines or tuple(lines[0][1].split("\t")) != columns:
            raise OntologyError(f"{name}: the first line must name the columns {', '.join(columns)}, tabs between")
        rows = tuple(_rows(name, lines[1:], columns, mistakes))
        complain(mistakes)
        return rows

    def rules(self, name: str) -> dict[str, Any]:
        """Return a TOML file of the ontology as a dictionary."""
        try:
            return tomllib.loads(self.text(name))
        except tomllib.TOMLDecodeError as error:
            raise OntologyError(f"{name}: {error}") from None

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the stems of the files in a folder of the ontology, sorted."""
        return tuple(sorted(path.stem for path in (self.root / folder).glob("*" + suffix)))


def _rows(name: str, lines: Iterable[tuple[int, str]], columns: tuple[str, ...], mistakes: list[str]) -> Iterator[Row]:
    for number, line in lines:
        cells = line.split("\t")
        if len(cells) == len(columns):
            yield Row(name, number, dict(zip(columns, cells, strict=True)))
        else:
            mistakes.append(f"{name}:{number}: {len(cells)} cells where {len(columns)} belong ({', '.join(columns)})")


def complain(mistakes: Iterable[str]) -> None:
    """Raise all mistakes of a file as one error, or return where there are none."""
    said = list(mistakes)
    if said:
        raise OntologyError("\n".join(said))


def choice(row: Row, column: str, valid: Iterable[str], mistakes: list[str]) -> str:
    """Return a cell that must be one of ``valid``; add a mistake with the nearest valid one otherwise."""
    cell, names = row[column], list(valid)
    if cell not in names:
        near = get_close_matches(cell, names, n=1, cutoff=0.3) or names[:1]
        mistakes.append(row.wrong(f'{column} "{cell}" is none of {", ".join(names)}; did you mean "{near[0]}"?'))
    return cell


def load(root: Path | None = None) -> Ontology:
    """Open the ontology: ``root``, or the packaged data, or the checkout's.

    >>> load().path("vocabulary.ttl").name
    'vocabulary.ttl'
    """
    found = root or (PACKAGED if PACKAGED.is_dir() else CHECKOUT)
    if not found.is_dir():
        raise OntologyError(f"{found}: no such folder; name a folder that holds vocabulary.ttl, gazetteers/ and rules/")
    return Ontology(found)
