"""Find the files that a user's words mean: files, folders, archives, globs and standard input."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from jintu.errors import SourceError
from jintu.read.archive import members, unpacked, unsafe
from jintu.read.formats import ARCHIVES, BY_SUFFIX, HEAD, SUFFIXES, Format, suffix_is_known

STANDARD_INPUT = "-"
LARGEST = 2**30  # bytes of one file
CHUNK = 2**20  # bytes read at a time
KEPT_STEPS, KEPT_TEXTS = ".jintu", "sources"  # the folders in which builds keep steps and texts beside what they write
OUR_PAGE = b'<meta name="generator" content="Jintu">'  # what a page that jintu wrote says at its beginning


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Hold where a document's bytes are and the id it gets in this build; ``member`` is its name in an archive."""

    id: str
    path: str
    member: str = ""

    @property
    def shown(self) -> str:
        """Return how the source is named to users: ``archive.zip/member.html``."""
        return printable(f"{self.path}/{self.member}" if self.member else self.path)

    def bytes(self) -> bytes:
        """Read the whole source.

        Raises:
            SourceError: if it cannot be read, is no regular file or changes meanwhile.
        """
        if self.member:
            return unpacked(self.path, self.member, shown=self.shown)
        with _opened(self.path, self.shown) as file:
            return file.read()


def chunks(source: Source) -> Iterator[bytes]:
    """Read a source piece by piece, so that it need not be in memory as a whole; a member of an archive is.

    Raises:
        SourceError: as for the whole, perhaps after the last piece.
    """
    if source.member:
        yield unpacked(source.path, source.member, shown=source.shown)
        return
    with _opened(source.path, source.shown) as file:
        while chunk := file.read(CHUNK):
            yield chunk


@contextmanager
def _opened(path: str, shown: str) -> Iterator[IO[bytes]]:
    """Open standard input or a file, which must not change before the end of it is reached."""
    if path == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        # Without O_NONBLOCK opening a pipe waits for whoever writes to it.
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(number, "rb") as file:
            before = os.fstat(number)
            _refuse_strange(before, shown)
            yield file
            after = os.fstat(number)
            read = file.tell()
    except OSError as error:
        raise SourceError(f"{shown}: {_reason(error)}") from None
    if read != before.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise SourceError(f"{shown}: changed while it was read; build again")


def _refuse_strange(stamp: os.stat_result, shown: str) -> None:
    if not stat.S_ISREG(stamp.st_mode):
        raise SourceError(f"{shown}: neither a file nor a folder; name a document")
    if stamp.st_size > LARGEST:
        raise SourceError(f"{shown}: has {stamp.st_size >> 20} MB, more than {LARGEST >> 20}; part it")


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
    """Return the sources that paths, folders, archives, globs and ``-`` name, and what is wrong with the rest.

    Folders and archives are searched for files of the known formats. The sources are sorted and
    each stands once; ids are file stems, with as many folders before them as make them differ.
    """
    places: list[Place] = []
    wrong: list[str] = []
    for word in words:
        try:
            _look(word, places, wrong)
        except SourceError as error:
            wrong.append(str(error))
    unique = {(_real(path), member): (path, member) for path, member in sorted(places, reverse=True)}
    return tuple(sorted(_named(sorted(unique.values())))), tuple(dict.fromkeys(wrong))


Place = tuple[str, str]  # a path, and the name in the archive there or nothing


def _real(path: str) -> str:
    return path if path == STANDARD_INPUT else os.path.realpath(path)


def _look(word: str, places: list[Place], wrong: list[str]) -> None:
    """Add what a word means to ``places``, and what is wrong with parts of it to ``wrong``."""
    path = Path(word)
    if word == STANDARD_INPUT:
        places.append((word, ""))
    elif path.is_dir():
        _take(_walk(path, wrong), places, wrong)
    elif path.is_file():
        _take([word], places, wrong)
    elif path.exists():
        raise SourceError(f"{printable(word)}: neither a file nor a folder; name a document")
    elif matches := sorted(match for match in glob.glob(word, recursive=True) if Path(match).is_file()):
        _take(matches, places, wrong)
    elif not glob.has_magic(word) or ("*" not in word and path.suffix in SUFFIXES):
        raise SourceError(f"{printable(word)}: no such file; check the name")
    else:
        raise SourceError(f"{printable(word)}: no file matches; check the pattern")


def _take(paths: Iterable[str], places: list[Place], wrong: list[str]) -> None:
    """Add files, and for archives what is in them."""
    for path in paths:
        if Path(path).suffix.lower() not in ARCHIVES:
            places.append((path, ""))
            continue
        try:
            names = members(path, shown=printable(path))
        except SourceError as error:
            wrong.append(str(error))
            continue
        known = [name for name in names if suffix_is_known(name) and (unsafe(name) or not _is_hidden(name))]
        wrong += [
            f"{printable(path)}/{ascii(name)[1:-1]}: {what}; rename it" for name in known if (what := unsafe(name))
        ]
        places += [(path, name) for name in known if not unsafe(name)]
        if not known:
            wrong.append(f"{printable(path)}: no document in this archive; name another one")


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) and part.strip(".") for part in PurePosixPath(name).parts)


def _walk(folder: Path, wrong: list[str]) -> list[str]:
    """Return the documents below a folder; links that lead out of it and what is no file are named."""
    found = sorted(_below(folder))
    inside = os.path.realpath(folder) + os.sep
    refused = {path: what for path in found if (what := _refused(path, inside))}
    wrong += [f"{printable(path)}: {what}" for path, what in refused.items()]
    kept = [path for path in found if path not in refused and not os.path.isdir(path)]
    if not kept and not refused:
        raise SourceError(
            f"{printable(str(folder))}: no document in this folder ({' '.join(SUFFIXES)}); name another one"
        )
    return kept


def _below(folder: Path) -> Iterator[str]:
    """Yield the documents and linked folders below a folder, leaving out what is hidden and what jintu wrote."""
    for at, folders, names in os.walk(folder):
        texts = _kept_texts(at, folders, names)
        folders[:] = [name for name in folders if not name.startswith(".") and name != texts]
        links = (name for name in folders if os.path.islink(os.path.join(at, name)))
        seen = (name for name in names if not name.startswith(".") and suffix_is_known(name))
        paths = (os.path.join(at, name) for name in (*links, *seen))
        yield from (path for path in paths if not _is_page_of_ours(path))


def _kept_texts(at: str, folders: Sequence[str], names: Sequence[str]) -> str:
    """Return the name of the folder of texts that builds kept beside their graphs, or nothing."""
    if KEPT_TEXTS not in folders:
        return ""
    graphs = {Path(name).stem for name in names if not suffix_is_known(name)}
    beside = KEPT_STEPS in folders or any(os.path.isdir(os.path.join(at, KEPT_TEXTS, name)) for name in graphs)
    return KEPT_TEXTS if beside else ""


def _is_page_of_ours(path: str) -> bool:
    is_page = BY_SUFFIX.get(Path(path).suffix.lower()) is Format.PAGE
    return is_page and begins_with(path, [OUR_PAGE], within=HEAD)


def begins_with(path: str | Path, marks: Collection[bytes], *, within: int) -> bool:
    """Tell whether one of some marks stands in the first bytes of a file; what is no file has none.

    >>> begins_with("/", [OUR_PAGE], within=HEAD)
    False
    """
    if not os.path.isfile(path):  # a pipe would be waited for
        return False
    with suppress(OSError), open(path, "rb") as file:
        head = file.read(within)
        return any(mark in head for mark in marks)
    return False


def _refused(path: str, inside: str) -> str:
    if os.path.islink(path) and not (os.path.realpath(path) + os.sep).startswith(inside):
        return "is a link out of the folder; name what it leads to"
    if not os.path.exists(path):
        return "is a link to nothing; remove it"
    return "" if os.path.isfile(path) or os.path.isdir(path) else "is no regular file; leave it out"


def _named(places: Sequence[Place]) -> Iterator[Source]:
    whole = _stems(places)
    depth = 1
    names = [_tail(parts, depth) for parts in whole]
    while len(set(names)) < len(names) and depth < max(map(len, whole)):
        depth += 1
        again = Counter(names)
        names = [_tail(parts, depth) if again[name] > 1 else name for name, parts in zip(names, whole, strict=True)]
    yield from (Source(name, path, member) for name, (path, member) in zip(names, places, strict=True))


def _stems(places: Sequence[Place]) -> list[tuple[str, ...]]:
    """Return the folders and the stem of each file, its whole name where another one there has the same stem."""
    paths = [Path("stdin") if path == STANDARD_INPUT else Path(os.path.abspath(path), *PurePosixPath(member).parts)
             for path, member in places]  # fmt: skip
    again = Counter(path.with_suffix("") for path in paths)
    return [(*path.parts[:-1], path.name if again[path.with_suffix("")] > 1 else path.stem) for path in paths]


def _tail(parts: Sequence[str], depth: int) -> str:
    return printable("/".join(parts[-depth:]).lstrip("/"))
