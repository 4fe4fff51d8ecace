"""Keep what a step makes in one file under the digest of what it was made of: whole, or not there.

A file holds named pieces, one after the other, then a line of JSON with where each begins and ends and the digest
of its bytes, then the length of that line. A step that finds its file need not run; a stop in the middle
leaves nothing but a temporary name.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from sys import intern
from typing import IO, Any

from jintu.files import replacing

TAIL = 20  # digits at the end of a file that say how long its index is
DIGEST = 16  # bytes


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold where some bytes of a file are, and their digest."""

    path: str
    start: int
    end: int
    digest: str

    def bytes(self) -> bytes:
        """Read the piece."""
        with open(self.path, "rb") as file:
            file.seek(self.start)
            return file.read(self.end - self.start)

    def rows(self) -> Any:
        """Read a piece that holds JSON."""
        return json.loads(self.bytes())

    def each(self) -> Iterator[Any]:
        """Read a piece that was written row by row, a row at a time."""
        with open(self.path, "rb") as file:
            file.seek(self.start)
            while file.tell() < self.end:
                line = file.readline().strip(b",\n")
                if line not in (b"[", b"]"):
                    yield json.loads(line)


Pieces = dict[str, Piece]


def size_of(found: Iterable[Piece]) -> int:
    """Return how many bytes some pieces have together."""
    return sum(piece.end - piece.start for piece in found)


@dataclass(slots=True)
class Writer:
    """Write pieces to an open file, one after the other."""

    path: str
    file: IO[bytes]
    pieces: Pieces = field(default_factory=dict)

    def put(self, name: str, content: bytes) -> None:
        """Write one piece."""
        with self.open(name) as put:
            put(content)

    def rows(self, name: str, rows: object) -> None:
        """Write one piece as JSON."""
        self.put(name, dumped(rows))

    def each(self, name: str, rows: Iterable[object]) -> None:
        """Write one piece as JSON, a row as it comes on a line of its own, so that no more need be in memory."""
        with self.open(name) as put:
            put(b"[")
            for number, row in enumerate(rows):
                put(b",\n" if number else b"\n")
                put(dumped(row))
            put(b"\n]\n")

    @contextmanager
    def open(self, name: str) -> Iterator[Any]:
        """Give a function that adds bytes to a piece, for one that comes in parts."""
        start, digest = self.file.tell(), blake2b(digest_size=DIGEST)

        def put(content: bytes) -> None:
            digest.update(content)
            self.file.write(content)

        yield put
        self.pieces[name] = Piece(self.path, start, self.file.tell(), digest.hexdigest())


@contextmanager
def shelving(path: Path) -> Iterator[Writer]:
    """Open a file of pieces for writing; it takes its name when all went well."""
    with whole(path) as file:
        writer = Writer(str(path), file)
        yield writer
        index = dumped({name: [p.start, p.end, p.digest] for name, p in writer.pieces.items()})
        file.write(index + f"{len(index):{TAIL}}".encode())


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing; it takes its name when all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        yield file


def pieces(path: Path) -> Pieces | None:
    """Return the pieces of a file by name, or None where there is no such file or it was damaged.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with shelving(Path(folder) / "甲") as shelf:
    ...         shelf.rows("names", ["锦凌水库"])
    ...     pieces(Path(folder) / "甲")["names"].rows()
    ['锦凌水库']
    """
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    with file:
        index = _index(file)
    held = str(path)  # one text for all pieces of a file, and one a name: a build holds many
    return None if index is None else {intern(name): Piece(held, *where) for name, where in index.items()}


def _index(file: IO[bytes]) -> Any:
    """Return where the pieces of a file are, or None where it does not end as it should."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - TAIL, 0))
    length = file.read().strip()
    if not length.isdigit() or int(length) > size - TAIL:
        return None
    file.seek(size - TAIL - int(length))
    try:
        return json.loads(file.read(int(length)))
    except ValueError:
        return None


def dumped(rows: object) -> bytes:
    """Write values as JSON, the same bytes for the same values."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def digest_of(parts: Iterable[str | bytes]) -> str:
    """Return one digest of several texts: different wherever one of them is."""
    digest = blake2b(digest_size=DIGEST)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()
