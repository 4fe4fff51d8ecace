"""Keep named graphs on disk in Oxigraph, as generations that nobody changes once they are there.

A folder store holds ``jintu-store``, a file that names the current generation; the generations, each with a database
of its own; and ``writing``, which the one writer holds locked. A writer works on a copy of the current generation,
which shares its files by hard links, and makes it current by renaming one small file. So all graphs change together or
not at all, whenever the writer is killed; a reader holds the generation that it opened, so that it stays until the last
reader has gone.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from jintu.errors import SHOWN, GraphError
from jintu.rdf.files import FORMATS
from jintu.rdf.stores.snapshot import NamedGraph, Snapshot

POINTER = "jintu-store"  # whatever folder holds it is a store
_LOCK, _HELD, _GRAPH, _NOTE = "writing", "held", "graph", "note"


@dataclass(frozen=True, slots=True)
class FolderStore:
    """Keep named graphs in a folder, for any number of readers and one writer at a time."""

    folder: Path

    def snapshot(self) -> Snapshot:
        """Open the current generation; it stays as it is while the snapshot lives."""
        return self.opened(self.hold())

    def triples(self) -> Iterator[Triple]:
        """Give each triple of the current generation once."""
        return self.snapshot().triples()

    def hold(self) -> IO[bytes]:
        """Return what keeps the current generation from being cleared away, in this process and those forked from it.

        Raises:
            GraphError: if the folder is no store.
        """
        while generation := current(self.folder):
            held = _locked(generation / _HELD)
            if held:
                return held
            if generation == current(self.folder):  # else another one has taken its place in between
                raise GraphError(f"{self.folder}: {generation.name} is gone from the store; build it again elsewhere")
        if found := sorted(path for path in self.folder.glob("*.*") if path.suffix.lstrip(".") in FORMATS):
            raise GraphError(f"{self.folder}: is no store; name a graph in it: {', '.join(map(str, found[:SHOWN]))}")
        raise GraphError(f"{self.folder}: is no store; make one with jintu build --store {self.folder}")

    def opened(self, held: IO[bytes]) -> Snapshot:
        """Open the generation that is held.

        Raises:
            GraphError: if it cannot be opened or holds nothing.
        """
        database = Path(held.name).parent / _GRAPH
        try:
            store = Store.read_only(str(database))
        except (OSError, RuntimeError) as error:
            raise GraphError(f"{database}: cannot be opened ({error}); build the store again elsewhere") from None
        if next(iter(store), None) is None:
            raise GraphError(f"{self.folder}: holds no triples; add documents with jintu build --store {self.folder}")
        return Snapshot(store, held)

    def replace(self, graphs: Iterable[NamedGraph]) -> None:
        """Replace graphs in a new generation."""
        with self.writer() as writer:
            writer.replace(graphs)

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """Keep others from writing until the block ends.

        Raises:
            GraphError: if another process writes to the store, or the folder can be no store.
        """
        _make(self.folder)
        lock = _locked(self.folder / _LOCK, alone=True)
        if lock is None:
            raise GraphError(f"{self.folder}: another process is writing to this store; try again when it is done")
        with lock:
            yield Writer(self.folder)


@dataclass(frozen=True, slots=True)
class Writer:
    """Write to a store that is locked against others."""

    folder: Path

    @property
    def note(self) -> bytes:
        """Return what was noted with the current generation, nothing where there is none."""
        generation = current(self.folder)
        return (generation / _NOTE).read_bytes() if generation else b""

    def replace(self, graphs: Iterable[NamedGraph], *, note: bytes = b"") -> None:
        """Replace graphs in a new generation, make it the current one and clear away those that nobody reads.

        ``note`` is what the next writer wants to know of this one.
        """
        before = current(self.folder)
        _clear(self.folder, before)
        after = self.folder / f"{1 + max(map(int, _generations(self.folder)), default=0):06}"
        after.mkdir()
        try:
            _fill(after / _GRAPH, before and before / _GRAPH, graphs)
            (after / _NOTE).write_bytes(note)
            (after / _HELD).touch()
            _point(self.folder / POINTER, after.name)
        except OSError as error:
            said = " ".join(str(error).split())
            raise GraphError(f"{self.folder}: cannot be written to ({said}); the store is as it was before") from None
        finally:
            _clear(self.folder, current(self.folder))


def current(folder: Path) -> Path | None:
    """Return the current generation of a store, or None where the folder is none."""
    try:
        name = (folder / POINTER).read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise GraphError(f"{folder / POINTER}: cannot be read ({error.strerror})") from None
    if not name.isdecimal():
        raise GraphError(f"{folder / POINTER}: names no generation of the store; build it again elsewhere")
    return folder / name


def _generations(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.isdecimal() and path.is_dir()]


def _clear(folder: Path, kept: Path | None) -> None:
    """Remove the generations that are neither current nor read, such as those of writers that were killed."""
    for name in _generations(folder):
        generation = folder / name
        lock = None if generation == kept else _locked(generation / _HELD, alone=True)
        if lock or not (generation / _HELD).exists():
            shutil.rmtree(generation, ignore_errors=True)


def _make(folder: Path) -> None:
    """Make a folder for a store, unless it holds something else."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not (folder / _LOCK).exists():
            raise GraphError(f"{folder}: holds other files and is no store; name a new folder")
        (folder / _LOCK).touch()
    except OSError as error:
        raise GraphError(f"{folder}: cannot be written to ({error.strerror}); name another folder") from None


def _fill(database: Path, before: Path | None, graphs: Iterable[NamedGraph]) -> None:
    """Make a database of an earlier one, if any, with some graphs replaced; all of it is on disk then."""
    if before is None:
        store = Store(str(database))
        store.bulk_extend(quad for name, triples in graphs for triple in triples for quad in _both(triple, name))
    else:
        Store.read_only(str(before)).backup(str(database))
        store = Store(str(database))
        for name, triples in graphs:
            _replace(store, name, set(triples))
    store.flush()


def _replace(store: Store, name: NamedNode, new: set[Triple]) -> None:
    """Replace a named graph, and keep the default graph the union of all."""
    old = {quad.triple for quad in store.quads_for_pattern(None, None, None, name)}
    for triple in old - new:
        subject, predicate, value = triple
        store.remove(Quad(subject, predicate, value, name))
        found = store.quads_for_pattern(subject, predicate, value, None)
        if all(isinstance(quad.graph_name, DefaultGraph) for quad in found):
            store.remove(Quad(subject, predicate, value))
    store.extend(quad for triple in new - old for quad in _both(triple, name))
    if not new:
        store.remove_graph(name)


def _both(triple: Triple, name: NamedNode) -> tuple[Quad, Quad]:
    subject, predicate, value = triple
    return Quad(subject, predicate, value, name), Quad(subject, predicate, value)


def _point(pointer: Path, name: str) -> None:
    """Rename a file that names a generation into place, on disk too."""
    part = pointer.with_suffix(".part")
    with part.open("w", encoding="ascii") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    part.replace(pointer)
    folder = os.open(pointer.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _locked(path: Path, *, alone: bool = False) -> IO[bytes] | None:
    """Open and lock a file until it is closed; return None where it is gone or another process holds it alone."""
    import fcntl  # noqa: PLC0415  # POSIX alone has it, and files are read everywhere

    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    if path.exists():
        return file
    file.close()
    return None
