"""Have what documents name linked: by region, in buckets, by region again. Here go file names and digests alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jintu.folders import linking, rows
from jintu.folders.crew import Job
from jintu.folders.running import Steps
from jintu.folders.shelf import Piece, Pieces, dumped, size_of
from jintu.link import amend, corrections
from jintu.link.naming import plain

SHARE = 8 << 20  # bytes of what documents name for which there is one bucket: some 40,000 names to match
MOST_BUCKETS = 256  # each takes a piece of every region's file
Shares = Mapping[str, Sequence[tuple[str, Piece]]]  # by region, what it sees of each document
Jobs = dict[str, Job]  # by the name of a region or bucket


def link(shares: Shares, met: Iterable[str], run: Steps) -> dict[str, Pieces]:
    """Link the names of all documents: return by region its entities and what each document's forms mean.

    ``met`` are the names in the user's corrections that documents hold.
    """
    gathered = _gather(shares, run)
    if run.settings.corrections:
        amend.check(corrections.read(run.settings.corrections), met, lambda: _all_names(gathered))
    matched = _match(gathered, run)
    closed = _close(gathered, matched, run)
    going = _meet(matched, closed, run)
    return _resolve(shares, gathered, closed, going, run)


def buckets_for(size: int) -> int:
    """Return how many buckets hold names: four times as many whenever there is four times as much.

    >>> buckets_for(1000), buckets_for(SHARE + 1), buckets_for(1000 * SHARE)
    (1, 4, 256)
    """
    buckets = 1
    while buckets < MOST_BUCKETS and size > buckets * SHARE:
        buckets *= 4
    return buckets


def _gather(shares: Shares, run: Steps) -> dict[str, Pieces]:
    buckets = buckets_for(sum(size_of(piece for _, piece in seen) for seen in shares.values()))
    jobs: Jobs = {}
    for region, seen in sorted(shares.items()):
        found = [piece for _, piece in seen]
        path = run.target("names", region, str(buckets), *(piece.digest for piece in found))
        arguments = (region, found, buckets, run.settings.corrections)
        jobs[region] = Job(f"names of region {region}", linking.gather_region, arguments, path, size_of(found))
    return _make("gathering names", jobs, run)


def _make(stage: str, jobs: Jobs, run: Steps) -> dict[str, Pieces]:
    made = run.make(stage, jobs.values())
    return {name: made[job.target] for name, job in jobs.items()}


def _all_names(gathered: Mapping[str, Pieces]) -> Iterator[str]:
    for found in gathered.values():
        for row in found["groups"].rows():
            yield from map(plain, rows.group_of(row).forms)


def _match(gathered: Mapping[str, Pieces], run: Steps) -> dict[str, Pieces]:
    buckets: dict[str, list[Piece]] = defaultdict(list)
    for found in gathered.values():
        for name, piece in _named("bucket:", found):
            buckets[name].append(piece)
    jobs: Jobs = {}
    for number, reaching in sorted(buckets.items()):
        path = run.target("matches", number, *(piece.digest for piece in reaching))
        arguments = (reaching, run.settings.corrections)
        jobs[number] = Job(f"names of bucket {number}", linking.match_bucket, arguments, path, size_of(reaching))
    return _make("matching names", jobs, run)


def _named(kind: str, found: Pieces) -> Iterator[tuple[str, Piece]]:
    """Yield the pieces of a kind, each with the rest of its name."""
    return ((name.removeprefix(kind), piece) for name, piece in found.items() if name.startswith(kind))


def _close(gathered: Mapping[str, Pieces], matched: Mapping[str, Pieces], run: Steps) -> dict[str, Pieces]:
    insides: dict[str, list[Piece]] = defaultdict(list)
    for found in matched.values():
        for region, piece in _named("inside:", found):
            insides[region].append(piece)
    jobs: Jobs = {}
    for region, found in gathered.items():
        groups, merges, within = found["groups"], found["merges"], insides[region]
        path = run.target("closed", region, *(piece.digest for piece in (groups, merges, *within)))
        arguments = (groups, merges, within)
        jobs[region] = Job(f"names within region {region}", linking.close_region, arguments, path, size_of([groups]))
    return _make("joining names", jobs, run)


def _meet(matched: Mapping[str, Pieces], closed: Mapping[str, Pieces], run: Steps) -> Pieces:
    crossing = [found["between"] for found in matched.values()]
    crossing.extend(found["beyond"] for found in closed.values() if "beyond" in found)
    met = [found["met"] for found in closed.values() if "met" in found]
    path = run.target("meeting", str(len(met)), *(piece.digest for piece in (*crossing, *met)))
    job = Job("names between regions", linking.meet_regions, (crossing, met), path)
    return run.make("joining regions", [job])[path]


def _resolve(
    shares: Shares, gathered: Mapping[str, Pieces], closed: Mapping[str, Pieces], going: Pieces, run: Steps
) -> dict[str, Pieces]:
    jobs: Jobs = {}
    for region, found in gathered.items():
        docs = [doc for doc, _ in shares[region]]
        groups, assigned = found["groups"], found["assigned"]
        staying, met = closed[region]["staying"], going.get(f"moves:{region}")
        of_all = (groups, assigned, staying, *([met] if met else []))
        path = run.target("entities", region, dumped(docs), *(piece.digest for piece in of_all))
        arguments = (groups, assigned, docs, staying, met)
        jobs[region] = Job(f"entities of region {region}", linking.resolve_region, arguments, path, size_of(of_all))
    return _make("making entities", jobs, run)
