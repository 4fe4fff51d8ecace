"""Put the graph of many documents together step by step, each step kept under the digest of what it was made of.

Steps that find their file need not run: so a build goes on where it was stopped, reads only what has changed, and
gives the same bytes whoever runs its steps in whatever order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jintu.folders import regions, steps
from jintu.folders.crew import Job
from jintu.folders.joining import Shares, link
from jintu.folders.papers import Paper, seen
from jintu.folders.running import Steps
from jintu.folders.shelf import Piece, Pieces, dumped, size_of


@dataclass(frozen=True, slots=True)
class Told:
    """Hold all that a graph is put together from: documents and their stretches, regions by name, and the places."""

    papers: tuple[Paper, ...]
    stretches: tuple[tuple[Pieces, ...], ...]
    named: Mapping[str, Sequence[Piece]]
    resolved: Mapping[str, Pieces]
    places: Pieces
    regions: Mapping[str, Pieces]


def tell(papers: Sequence[Paper], run: Steps, saying: steps.Saying) -> Told:
    """Link all documents, and say each and each region in chapters."""
    shares = _shares(papers)
    resolved = link(shares, (name for paper in papers for name in paper.met), run)
    places = _places(papers, resolved, run)
    named: dict[str, list[Piece]] = defaultdict(list)
    for region, of_region in sorted(shares.items()):
        for name, _ in of_region:
            named[name].append(resolved[region][f"named:{name}"])
    stretches = _say_documents(papers, named, places, saying, run)
    said = _say_regions(papers, stretches, resolved, places, saying, run)
    return Told(tuple(papers), stretches, named, resolved, places, said)


def _shares(papers: Iterable[Paper]) -> Shares:
    found: dict[str, list[tuple[str, Piece]]] = defaultdict(list)
    for paper in papers:
        for region, name, piece in paper.shares():
            found[region].append((name, piece))
    return found


def _places(papers: Sequence[Paper], resolved: Mapping[str, Pieces], run: Steps) -> Pieces:
    own = sorted({paper.own for paper in papers}, key=str)
    named = [resolved[region]["divisions"] for region in sorted(resolved)]
    path = run.target("places", dumped(own), *(piece.digest for piece in named))
    job = Job("places", steps.place_region, (named, own, run.settings.ontology), path)
    return run.make("making places", [job])[path]


def _say_documents(
    papers: Sequence[Paper],
    named: Mapping[str, Sequence[Piece]],
    places: Pieces,
    saying: steps.Saying,
    run: Steps,
) -> tuple[tuple[Pieces, ...], ...]:
    owns = places["own"].rows()
    wanted: list[Job] = []
    paths: list[list[Path]] = []
    for paper in papers:
        own = owns.get(paper.own[0], [None, None])
        paths.append([])
        for stretch, read in zip(paper.stretches, paper.read, strict=True):
            meant = named.get(seen(paper.doc, stretch.number), ())
            pieces_of = (stretch.about, stretch.sections, read["mentions"], read["claims"])
            digests = [piece.digest for piece in (*pieces_of, *meant)]
            path = run.target("chapters", dumped([stretch.place, own, saying.formats, saying.reifiers]), *digests)
            arguments = (stretch, read["mentions"], read["claims"], meant, own, saying)
            wanted.append(Job(paper.doc, steps.say_stretch, arguments, path, size_of(pieces_of)))
            paths[-1].append(path)
    made = run.make("linking documents", wanted)
    return tuple(tuple(made[path] for path in each) for each in paths)


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
    wanted: list[Job] = []
    files: dict[str, Path] = {}
    for region in sorted({*said, *resolved, *here}):
        known = _known(region, resolved, places)
        facts, names = said[region], spoken_of[region]
        digests = [text for doc, piece in (*facts, *names) for text in (doc, piece.digest)]
        how = dumped([saying.formats, saying.reifiers, len(known), len(facts)])
        path = run.target("chapters", region, how, *(piece.digest for piece in known), *digests)
        size = size_of((*known, *(piece for _, piece in (*facts, *names))))
        arguments = (region, known, facts, names, saying)
        wanted.append(Job(f"region {region}", regions.say_region, arguments, path, size))
        files[region] = path
    made = run.make("writing entities", wanted)
    return {region: made[path] for region, path in files.items()}


def _by_region(
    kind: str, papers: Sequence[Paper], stretches: Sequence[Sequence[Pieces]]
) -> dict[str, list[tuple[str, Piece]]]:
    """Return what documents leave for each region, in their order."""
    found: dict[str, list[tuple[str, Piece]]] = defaultdict(list)
    for paper, parts in zip(papers, stretches, strict=True):
        for name, piece in (row for part in parts for row in part.items()):
            if name.startswith(f"{kind}:"):
                found[name.removeprefix(f"{kind}:")].append((paper.doc, piece))
    return found


def _known(region: str, resolved: Mapping[str, Pieces], places: Pieces) -> list[Piece]:
    """Return the pieces that hold a region's entities."""
    found = (resolved.get(region, {}).get("entities"), places.get(f"places:{region}"))
    return [piece for piece in found if piece]
