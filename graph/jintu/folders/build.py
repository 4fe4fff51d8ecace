"""Build the graph of many documents step by step, each step kept under the digest of what it was made of.

Steps that find their file need not run: so a build goes on where it was stopped, reads only what has changed, and
gives the same bytes whoever runs its steps in whatever order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jintu.errors import JintuError
from jintu.folders import rows, steps
from jintu.folders.crew import Crew, Job
from jintu.folders.shelf import Piece, Pieces, digest_of, dumped, pieces
from jintu.folders.works import Works
from jintu.link import amend, corrections
from jintu.link.aliases import Pair
from jintu.link.corrections import Corrections
from jintu.link.entities import Moves
from jintu.link.groups import Group, Key
from jintu.link.join import far, moved, moves
from jintu.link.naming import plain
from jintu.model import Document
from jintu.pipeline import Failure, Settings
from jintu.read import Source
from jintu.regions import region_of


@dataclass(frozen=True, slots=True)
class Progress:
    """Hold how far a stage of a build is, and how many characters were read so far."""

    stage: str
    done: int
    total: int
    characters: int = 0


Watch = Callable[[Progress], None]


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
    pairs: tuple[Pair, ...]
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


@dataclass(slots=True)
class Steps:
    """Run the steps of one build that have not left their file yet, and know which files it stands on."""

    works: Works
    settings: Settings
    fingerprint: str
    crew: Crew
    watch: Watch | None = None
    used: set[Path] = field(default_factory=set)
    characters: int = 0

    def target(self, kind: str, *made_of: str | bytes) -> Path:
        """Return the file of a step."""
        path = self.works.step(kind, digest_of([self.fingerprint, kind, *made_of]))
        self.used.add(path)
        return path

    def run(
        self, stage: str, wanted: Mapping[Path, Job], *, sizes: Mapping[Path, int] | None = None
    ) -> Iterator[tuple[Path, str]]:
        """Run the jobs whose file is not there, the longest first, and yield each with why it failed, or nothing.

        Raises:
            JintuError: for what stands against the whole build.
        """
        missing = {path: job for path, job in wanted.items() if not path.exists()}
        order = sorted(missing, key=lambda path: (-missing[path].size, missing[path].name))
        paths = {id(missing[path]): path for path in order}
        done = len(wanted) - len(missing)
        for job, outcome in self.crew([missing[path] for path in order]):
            if outcome.fatal:
                raise JintuError(outcome.reason)
            done += 1
            if self.watch:
                self.watch(Progress(stage, done, len(wanted), self.characters))
            yield paths[id(job)], outcome.reason

    def make(self, stage: str, wanted: Mapping[Path, Job]) -> dict[Path, Pieces]:
        """Run jobs that none may fail, and return the pieces of each file."""
        for _, reason in self.run(stage, wanted):
            if reason:
                raise JintuError(reason)
        return {path: pieces(path) or {} for path in wanted}


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
    row, characters, mentions, parts, pairs, met = found["about"].rows()
    stretches = tuple((offset, start, end) for offset, start, end in parts)
    return Paper(
        rows.document_of(row), characters, mentions, stretches, tuple(map(rows.pair_of, pairs)), tuple(met), found, kept
    )


def tell(papers: Sequence[Paper], run: Steps, saying: steps.Saying) -> Told:
    """Link all documents, and say each and each region in chapters."""
    shares = _shares(papers)
    gathered = _gather(shares, run)
    going = _join(papers, gathered, run)
    resolved = _resolve(shares, gathered, going, run)
    places = _places(papers, resolved, run)
    named: dict[str, list[Piece]] = defaultdict(list)
    for region in sorted(shares):
        for paper in shares[region]:
            named[paper.doc].append(resolved[region][f"named:{paper.doc}"])
    stretches = _say_documents(papers, named, places, saying, run)
    regions = _say_regions(papers, stretches, resolved, places, saying, run)
    return Told(
        tuple(papers), stretches, {doc: tuple(found) for doc, found in named.items()}, resolved, places, regions
    )


def _shares(papers: Iterable[Paper]) -> dict[str, list[Paper]]:
    regions: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        for name in paper.pieces:
            if name.startswith("share:"):
                regions[name.removeprefix("share:")].append(paper)
    return regions


def _gather(shares: Mapping[str, Sequence[Paper]], run: Steps) -> dict[str, Pieces]:
    wanted: dict[Path, Job] = {}
    regions: dict[str, Path] = {}
    for region, papers in sorted(shares.items()):
        found = [paper.pieces[f"share:{region}"] for paper in papers]
        path = run.target("names", region, *(share.digest for share in found))
        wanted[path] = Job(
            f"names of region {region}", steps.gather_region, (region, found, run.settings.corrections, path)
        )
        regions[region] = path
    made = run.make("gathering names", wanted)
    return {region: made[path] for region, path in regions.items()}


def _join(papers: Sequence[Paper], gathered: Mapping[str, Pieces], run: Steps) -> dict[str, Moves]:
    """Join names across scopes and regions; what this reads of each region is small."""
    lines = corrections.read(run.settings.corrections) if run.settings.corrections else Corrections()
    met = (name for paper in papers for name in paper.met)
    amend.check(lines, met, lambda: _all_names(gathered))
    joints = [rows.joint_of(gathered[region]["joint"].rows()) for region in sorted(gathered)]
    joined = moved(joints, (pair for paper in papers for pair in paper.pairs), lines)
    _, members = far(joined)
    groups: dict[Key, Group] = {}
    for region in sorted({region_of(key.scope) for key in members}):
        known = map(rows.group_of, gathered[region]["groups"].rows())
        groups.update((group.key, group) for group in known if group.key in members)
    return moves(joined, groups)


def _all_names(gathered: Mapping[str, Pieces]) -> Iterator[str]:
    for found in gathered.values():
        for row in found["groups"].rows():
            yield from map(plain, rows.group_of(row).forms)


def _resolve(
    shares: Mapping[str, Sequence[Paper]], gathered: Mapping[str, Pieces], going: Mapping[str, Moves], run: Steps
) -> dict[str, Pieces]:
    wanted: dict[Path, Job] = {}
    regions: dict[str, Path] = {}
    for region, found in gathered.items():
        docs = [paper.doc for paper in shares[region]]
        row = steps.moves_row(going.get(region, Moves()))
        groups, assigned = found["groups"], found["assigned"]
        path = run.target("entities", region, groups.digest, assigned.digest, dumped(docs), dumped(row))
        wanted[path] = Job(f"entities of region {region}", steps.resolve_region, (groups, assigned, docs, row, path))
        regions[region] = path
    made = run.make("making entities", wanted)
    return {region: made[path] for region, path in regions.items()}


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
            wanted[path] = Job(paper.doc, steps.say_stretch, arguments, _size(pieces_of))
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
        size = _size((*known, *(piece for _, piece in (*facts, *names))))
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


def _size(found: Iterable[Piece]) -> int:
    return sum(piece.end - piece.start for piece in found)
