"""Write a graph as a folder of N-Quads files that workers make: documents in buckets, then region by region.

A file's name and content depend on nothing but the documents or the region that it says, so that a build makes only
those anew whose documents or region have changed. New files wait beside the steps until all are there; then each
takes its name in the folder, and what is no partition any more goes.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from jintu.errors import JintuError
from jintu.files import replace_file
from jintu.folders.build import Told
from jintu.folders.crew import Job
from jintu.folders.running import Steps
from jintu.folders.shelf import Piece, dumped, whole
from jintu.folders.works import Works, quads_files
from jintu.folders.writing import concepts, gazetteer, knows_divisions, pieces_of
from jintu.rdf import encode

SAID = "nq"  # the format of the files
MOST = 100  # documents in a bucket: fewer files would be made anew whole for a document, more would be too many
KEPT = "partitions.json"  # among the steps: which partitions are in their place, and of what they were made

OURS = re.compile(r"(documents(-[0-9a-f]+)?|region-.+|gazetteer)\.nq")  # what partitions are called


@dataclass(frozen=True, slots=True)
class Spoken:
    """Hold the pieces of what a document says in its graph, and of the concepts that it speaks of."""

    doc: str
    said: tuple[Piece, ...]
    concepts: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Partition:
    """Hold what a file is made of: documents, pieces of a region's chapter, or neither for the gazetteer."""

    name: str
    documents: tuple[Spoken, ...] = ()
    region: tuple[Piece, ...] = ()

    def made_of(self) -> Iterator[str]:
        """Give the digests of all that the file is made of."""
        for spoken in self.documents:
            yield from (spoken.doc, str(len(spoken.said)))
            yield from (piece.digest for piece in (*spoken.said, *spoken.concepts))
        yield from (piece.digest for piece in self.region)


def refuse_others(folder: Path) -> None:
    """Refuse a folder that is none or holds what no build put there; hidden names are the system's.

    Raises:
        JintuError: with what is in the way.
    """
    if folder.exists() and not folder.is_dir():
        raise JintuError(f"{folder}: is no folder; move it away, or name the graph otherwise with --name")
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    if others := [name for name in names if not name.startswith(".") and not OURS.fullmatch(name)]:
        raise JintuError(
            f"{folder}: holds other files ({others[0]}); move them away, or name the graph otherwise with --name"
        )


def make(told: Told, folder: Path, run: Steps) -> dict[str, Path]:
    """Make the partitions that are not in their place yet; return all by name, each with the file of its step.

    Raises:
        JintuError: if one cannot be made.
    """
    there = _in_place(run.works, folder)
    files: dict[str, Path] = {}
    wanted: list[Job] = []
    for partition in _partitions(told):
        path = files[partition.name] = run.target("partitions", partition.name, *partition.made_of())
        if there.get(partition.name) != path.name:
            wanted.append(Job(partition.name, write, (partition,), path, _size(partition)))
    run.run("writing partitions", wanted, _made)
    return files


def place(files: Mapping[str, Path], folder: Path, works: Works) -> None:
    """Give new partitions their names in the folder, and remove those that are none any more."""
    folder.mkdir(exist_ok=True)
    for name, path in files.items():
        if path.exists():
            path.replace(folder / name)
    for name in quads_files(folder).keys() - files.keys():
        if OURS.fullmatch(name):
            (folder / name).unlink()
    rows = {name: [files[name].name, *state] for name, state in quads_files(folder).items() if name in files}
    replace_file(works.steps / KEPT, dumped(rows))


def write(partition: Partition, target: Path) -> None:
    """Write a partition."""
    with whole(target) as file:
        for spoken in partition.documents:
            file.writelines(piece.bytes() for piece in spoken.said)
            file.write(concepts(spoken.concepts, SAID, spoken.doc))
        file.writelines(piece.bytes() for piece in partition.region)
        if not (partition.documents or partition.region):
            file.write(gazetteer(SAID))


def _partitions(told: Told) -> Iterator[Partition]:
    if knows_divisions(told):
        yield Partition("gazetteer.nq")
    buckets: dict[str, list[Spoken]] = defaultdict(list)
    digits = digits_of(len(told.papers))
    for paper, chapters in zip(told.papers, told.stretches, strict=True):
        named = tuple(chapter["concepts"] for chapter in chapters)
        buckets[bucket_of(paper.doc, digits)].append(Spoken(paper.doc, tuple(pieces_of(chapters, SAID)), named))
    for bucket, documents in sorted(buckets.items()):
        yield Partition(f"{bucket}.nq", tuple(documents))
    for region, chapter in told.regions.items():
        if said := tuple(pieces_of([chapter], SAID)):
            yield Partition(f"region-{encode(region)}.nq", region=said)


def digits_of(documents: int) -> int:
    """Return how many digits tell buckets apart so that none holds many more documents than it may.

    >>> digits_of(100), digits_of(101), digits_of(10**8)
    (0, 1, 5)
    """
    digits = 0
    while documents > MOST * 16**digits:
        digits += 1
    return digits


def bucket_of(doc: str, digits: int) -> str:
    """Return the bucket of a document, by the first digits of its id's digest.

    >>> bucket_of("锦州市-2023", 0), bucket_of("锦州市-2023", 2)
    ('documents', 'documents-59')
    """
    digest = sha256(doc.encode("utf-8", "surrogatepass")).hexdigest()
    return f"documents-{digest[:digits]}" if digits else "documents"


def _made(path: Path) -> Path | None:
    return path if path.exists() else None


def _in_place(works: Works, folder: Path) -> dict[str, str]:
    """Return the partitions that are as the last build left them, each with the digest of what it was made of."""
    try:
        kept = json.loads((works.steps / KEPT).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    now = quads_files(folder)
    return {name: digest for name, (digest, *state) in kept.items() if now.get(name) == tuple(state)}


def _size(partition: Partition) -> int:
    pieces = (*(piece for spoken in partition.documents for piece in spoken.said), *partition.region)
    return sum(piece.end - piece.start for piece in pieces)
