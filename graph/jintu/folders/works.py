"""Keep what a build works with beside what it writes: ``.jintu/NAME`` for its steps, ``sources/NAME`` for texts."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from jintu.errors import JintuError
from jintu.files import make_folder, replace_file
from jintu.folders.shelf import digest_of, dumped
from jintu.publish import file_name
from jintu.read import KEPT_STEPS, KEPT_TEXTS

LEDGER = "built.json"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Works:
    """Hold the folders of one build."""

    folder: Path
    name: str

    @property
    def steps(self) -> Path:
        """Return the folder of the files that steps leave."""
        return self.folder / KEPT_STEPS / self.name

    @property
    def texts(self) -> Path:
        """Return the folder of the documents' texts."""
        return self.folder / KEPT_TEXTS / self.name

    def step(self, kind: str, digest: str) -> Path:
        """Return the file of a step by the digest of what it is made of."""
        return self.steps / kind / digest

    def text(self, doc: str) -> Path:
        """Return the file for a document's text: its id where that is safe as a name, else with a digest."""
        safe, mark = file_name(doc), sha256(doc.encode("utf-8", "replace")).hexdigest()[:8]
        return self.texts / (f"{safe}.txt" if safe == doc else f"{safe}-{mark}.txt")

    def made(self, digest: str) -> tuple[dict[str, str], list[str]] | None:
        """Return the files that the last build wrote, if it was of this digest and they are still so, and its words."""
        try:
            kept = json.loads((self.steps / LEDGER).read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        files: dict[str, str] = kept["files"]
        same = kept["digest"] == digest and all(file_digest(self.folder / name) == was for name, was in files.items())
        return (files, kept["words"]) if same else None

    def forget(self) -> None:
        """Forget what the last build wrote, since from now on what it kept is changed."""
        (self.steps / LEDGER).unlink(missing_ok=True)

    def note(self, digest: str, files: Mapping[str, str], words: Iterable[str]) -> None:
        """Write down what a build wrote."""
        replace_file(self.steps / LEDGER, dumped({"digest": digest, "files": dict(files), "words": list(words)}))

    def tidy(self, used: Iterable[Path]) -> None:
        """Remove what no step of the last build left: documents that are gone, names that never became whole."""
        kept = {*used, self.steps / LEDGER, self.steps / "lock"}
        for folder in (self.steps, self.texts):
            for at, _, names in os.walk(folder, topdown=False):
                for path in (Path(at) / name for name in names):
                    if path not in kept:
                        path.unlink(missing_ok=True)
                with suppress(OSError):  # others hold something
                    Path(at).rmdir()

    def abandon(self) -> None:
        """Remove the folders again where nothing is in them; only who holds the lock may."""
        (self.steps / "lock").unlink(missing_ok=True)
        for folder in (self.steps / "documents", self.steps, self.steps.parent, self.folder):
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def working(works: Works) -> Iterator[None]:
    """Make the folders of a build and keep others out of them; where it is refused, what is empty goes again.

    Raises:
        JintuError: if they cannot be made, or another build works there.
    """
    make_folder(works.folder)
    make_folder(works.steps)
    if not os.access(works.folder, os.W_OK):
        raise JintuError(f"{works.folder}: may not be written to; name another folder with -o")
    with (works.steps / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise JintuError(f"{works.folder}: another build of {works.name} is at work here; wait for it") from None
        try:
            yield
        except JintuError:
            works.abandon()
            raise


def file_digest(path: Path) -> str:
    """Return the digest of a file's bytes, of a folder's files as they stand, or nothing where there is neither."""
    if path.is_dir():
        return digest_of([dumped(sorted(quads_files(path).items()))])
    digest = sha256()
    try:
        with path.open("rb") as file:
            while content := file.read(CHUNK):
                digest.update(content)
    except OSError:
        return ""
    return digest.hexdigest()


def quads_files(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the N-Quads files of a folder, each with its size and when it was written."""
    found = ((path.name, path.stat()) for path in folder.glob("*.nq"))
    return {name: (state.st_size, state.st_mtime_ns) for name, state in found}
