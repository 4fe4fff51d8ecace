"""Find the files that a user's words mean: files, folders, globs and standard input."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jintu.errors import SourceError

SUFFIXES = (".md", ".txt")
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Hold where a document's bytes are and the id it gets in this build."""

    id: str
    path: str

    def bytes(self) -> bytes:
        """Read the whole source.

        Raises:
            SourceError: if it cannot be read.
        """
        if self.path == STANDARD_INPUT:
            return sys.stdin.buffer.read()
        try:
            return Path(self.path).read_bytes()
        except OSError as error:
            raise SourceError(f"{printable(self.path)}: {_reason(error)}") from None


def _reason(error: OSError) -> str:
    return {
        "FileNotFoundError": "no such file; check the name",
        "PermissionError": "may not be read; change its permissions",
        "IsADirectoryError": "is a folder where a file belongs; name the folder itself",
    }.get(type(error).__name__, error.strerror or str(error))


def printable(path: str) -> str:
    """Return a path as text: bytes of the name that are no UTF-8 become question marks."""
    return os.fsencode(path).decode("utf-8", "replace")


def find(words: Sequence[str]) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """Return the sources that paths, folders, globs and ``-`` name, and what is wrong with the rest.

    Folders are walked for .txt and .md files. The sources are sorted and each stands once;
    ids are file stems, with as many folders before them as make them differ.
    """
    paths: list[str] = []
    wrong: list[str] = []
    for word in words:
        try:
            paths.extend(_expand(word))
        except SourceError as error:
            wrong.append(str(error))
    unique = {os.path.realpath(path) if path != STANDARD_INPUT else path: path for path in sorted(paths, reverse=True)}
    return tuple(sorted(_named(sorted(unique.values())))), tuple(wrong)


def _expand(word: str) -> Iterator[str]:
    path = Path(word)
    if word == STANDARD_INPUT or path.is_file():
        yield word
    elif path.is_dir():
        yield from _texts(path)
    elif path.exists():
        raise SourceError(f"{printable(word)}: neither a file nor a folder; name a text file")
    elif matches := sorted(glob.glob(word, recursive=True)):
        yield from (match for match in matches if Path(match).is_file())
    elif path.suffix in SUFFIXES or not glob.has_magic(word):
        raise SourceError(f"{printable(word)}: no such file; check the name")
    else:
        raise SourceError(f"{printable(word)}: no file matches; check the pattern")


def _texts(folder: Path) -> list[str]:
    found = sorted(
        os.path.join(at, name)
        for at, _, names in os.walk(folder)
        for name in names
        if Path(name).suffix.lower() in SUFFIXES and not name.startswith(".")
    )
    if not found:
        raise SourceError(f"{printable(str(folder))}: no {' or '.join(SUFFIXES)} file in this folder; name another one")
    return found


def _named(paths: Sequence[str]) -> Iterator[Source]:
    depth = 1
    names = [_tail(path, depth) for path in paths]
    while len(set(names)) < len(names) and depth < 64:
        depth += 1
        names = [_tail(path, depth) if names.count(name) > 1 else name for name, path in zip(names, paths, strict=True)]
    yield from (Source(name, path) for name, path in zip(names, paths, strict=True))


def _tail(path: str, depth: int) -> str:
    if path == STANDARD_INPUT:
        return "stdin"
    parts = [*Path(os.path.abspath(path)).parts[:-1], Path(path).stem]
    return printable("/".join(parts[-depth:]).lstrip("/"))
