"""Build the graph of many documents step by step, each step kept under the digest of what it was made of.

Steps that find their file need not run: so a build goes on where it was stopped, reads only what has changed, and
gives the same bytes whoever runs its steps in whatever order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jintu.folders import rows, steps
from jintu.folders.crew import Job
from jintu.folders.joining import Shares, link
from jintu.folders.running import Steps
from jintu.folders.shelf import Piece, Pieces, dumped, pieces, size_of
from jintu.model import Document
from jintu.pipeline import Failure
from jintu.read import Source


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a source with the digest of its bytes; ``shown`` is its name for people."""

    source: Source
    shown: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Paper:
    """Hold a document that was read: without text and sections, its length, its stretches and what was read of them."""

    document: Document
    characters: int
    mentions: int
    parts: tuple[tuple[int, int, int], ...]
    met: tuple[str, ...]
    pieces: Pieces
    kept: Path

    @property
    def doc(self) -> str:
        """Return the document's id."""
        return self.document.id

    @property
    def own(self) -> tuple[str | None, int | None]:
        """Return the document's own place and its year."""
        return self.document.place, self.document.year


@dataclass(frozen=True, slots=True)
class Told:
    """Hold all that a graph is put together from: documents, regions by name, and the places."""

    papers: tuple[Paper, ...]
    stretches: tuple[tuple[Pieces, ...], ...]
    named: Mapping[str, tuple[Piece, ...]]
    resolved: Mapping[str, Pieces]
    places: Pieces
    regions: Mapping[str, Pieces]


def read_all(found: Sequence[Found], run: Steps, failures: list[Failure]) -> tuple[Paper, ...]:
    """Read the documents that were not read before; one that fails is added to ``failures`` and left out."""
    wanted: dict[Path, Job] = {}
    kept: dict[Path, Path] = {}
    for one in found:
        path = run.target("documents", one.source.id, one.shown, one.digest)
        text = run.works.text(one.source.id)
        if not text.exists():
            path.unlink(missing_ok=True)
        kept[path] = text
        arguments = (one.source, one.shown, one.digest, run.settings, text, path)
        wanted[path] = Job(one.shown, steps.read, arguments, one.size)
    papers = {path: paper for path in wanted if (paper := _paper(path, kept[path]))}
    reasons: dict[Path, str] = {}
    for path, reason in run.run("reading", wanted):
        reasons[path] = reason
        if paper := _paper(path, kept[path]):
            papers[path] = paper
            run.characters += paper.characters
    run.characters = 0  # the stages to come read none
    failures.extend(Failure(wanted[path].name, reasons[path]) for path in wanted if reasons.get(path))
    run.used.update(paper.kept for paper in papers.values())
    return tuple(sorted(papers.values(), key=lambda paper: paper.doc))


def _paper(path: Path, kept: Path) -> Paper | None:
    found = pieces(path)
    if found is None:
        return None
    row, characters, mentions, parts, met = found["about"].rows()
    stretches = tuple((offset, start, end) for offset, start, end in parts)
    return Paper(rows.document_of(row), characters, mentions, stretches, tuple(met), found, kept)


def tell(papers: Sequence[Paper], run: Steps, saying: steps.Saying) -> Told:
    """Link all documents, and say each and each region in chapters."""
    shares = _shares(papers)
    resolved = link(shares, (name for paper in papers for name in paper.met), run)
    places = _places(papers, resolved, run)
    named: dict[str, list[Piece]] = defaultdict(list)
    for region, seen in sorted(shares.items()):
        for doc, _ in seen:
            named[doc].append(resolved[region][f"named:{doc}"])
    stretches = _say_documents(papers, named, places, saying, run)
    regions = _say_regions(papers, stretches, resolved, places, saying, run)
    return Told(
        tuple(papers), stretches, {doc: tuple(found) for doc, found in named.items()}, resolved, places, regions
    )


def _shares(papers: Iterable[Paper]) -> Shares:
    regions: dict[str, list[tuple[str, Piece]]] = defaultdict(list)
    for paper in papers:
        for name, piece in paper.pieces.items():
            if name.startswith("share:"):
                regions[name.removeprefix("share:")].append((paper.doc, piece))
    return regions


def _places(papers: Sequence[Paper], resolved: Mapping[str, Pieces], run: Steps) -> Pieces:
    own = sorted({paper.own for paper in papers}, key=str)
    named = [resolved[region]["divisions"] for region in sorted(resolved)]
    path = run.target("places", dumped(own), *(piece.digest for piece in named))
    job = Job("places", steps.place_region, (named, own, run.settings.ontology, path))
    return run.make("making places", {path: job})[path]


def _say_documents(
    papers: Sequence[Paper], named: Mapping[str, Sequence[Piece]], places: Pieces, saying: steps.Saying, run: Steps
) -> tuple[tuple[Pieces, ...], ...]:
    owns = places["own"].rows()
    wanted: dict[Path, Job] = {}
    paths: list[list[Path]] = []
    for paper in papers:
        own = owns.get(paper.own[0], [None, None])
        paths.append([])
        for number in range(len(paper.parts)):
            stretch = _stretch(paper, number)
            pieces_of = (stretch.document, stretch.numbers, stretch.mentions, stretch.claims)
            digests = [piece.digest for piece in (*pieces_of, *named[paper.doc])]
            path = run.target("chapters", dumped([number, own, saying.formats, saying.reifiers]), *digests)
            arguments = (stretch, named[paper.doc], own, saying, path)
            wanted[path] = Job(paper.doc, steps.say_stretch, arguments, size_of(pieces_of))
            paths[-1].append(path)
    made = run.make("linking documents", wanted)
    return tuple(tuple(made[path] for path in each) for each in paths)


def _stretch(paper: Paper, number: int) -> steps.Stretch:
    found = paper.pieces
    return steps.Stretch(
        found["document"],
        found["numbers"],
        found[f"mentions:{number}"],
        found[f"claims:{number}"],
        paper.kept,
        *paper.parts[number],
        headed=number == 0,
    )


def _say_regions(
    papers: Sequence[Paper],
    stretches: Sequence[Sequence[Pieces]],
    resolved: Mapping[str, Pieces],
    places: Pieces,
    saying: steps.Saying,
    run: Steps,
) -> dict[str, Pieces]:
    said, spoken_of = (_by_region(kind, papers, stretches) for kind in ("said", "named"))
    here = {name.removeprefix("places:") for name in places if name.startswith("places:")}
    wanted: dict[Path, Job] = {}
    regions: dict[str, Path] = {}
    for region in sorted({*said, *resolved, *here}):
        known = _known(region, resolved, places)
        facts, names = said[region], spoken_of[region]
        digests = [text for doc, piece in (*facts, *names) for text in (doc, piece.digest)]
        how = dumped([saying.formats, saying.reifiers, len(known), len(facts)])
        path = run.target("chapters", region, how, *(piece.digest for piece in known), *digests)
        size = size_of((*known, *(piece for _, piece in (*facts, *names))))
        wanted[path] = Job(f"region {region}", steps.say_region, (region, known, facts, names, saying, path), size)
        regions[region] = path
    made = run.make("writing entities", wanted)
    return {region: made[path] for region, path in regions.items()}


def _by_region(
    kind: str, papers: Sequence[Paper], stretches: Sequence[Sequence[Pieces]]
) -> dict[str, list[tuple[str, Piece]]]:
    """Return what documents leave for each region, in their order."""
    regions: dict[str, list[tuple[str, Piece]]] = defaultdict(list)
    for paper, parts in zip(papers, stretches, strict=True):
        for name, piece in (row for part in parts for row in part.items()):
            if name.startswith(f"{kind}:"):
                regions[name.removeprefix(f"{kind}:")].append((paper.doc, piece))
    return regions


def _known(region: str, resolved: Mapping[str, Pieces], places: Pieces) -> list[Piece]:
    """Return the pieces that hold a region's entities."""
    found = (resolved.get(region, {}).get("entities"), places.get(f"places:{region}"))
    return [piece for piece in found if piece]
