"""The steps that link names: each is pure, takes pieces of files and leaves one file, wherever it runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jintu.folders import rows
from jintu.folders.shelf import Piece, shelving
from jintu.link import corrections
from jintu.link.buckets import match, parted
from jintu.link.census import Share
from jintu.link.corrections import Corrections
from jintu.link.entities import Moves, entities_of, named_divisions, resolve
from jintu.link.gather import gather
from jintu.link.groups import Group, Key
from jintu.link.join import all_moves, close, meet, sort_out


def gather_region(region: str, shares: Sequence[Piece], buckets: int, asked: Path | None, target: Path) -> None:
    """Gather the names of one region, and what of them goes into which bucket; the shares come sorted by document."""
    gathered = gather(region, _Shares(shares), corrections_of(asked))
    with shelving(target) as shelf:
        shelf.each("groups", map(rows.group_row, gathered.groups))
        shelf.each("assigned", gathered.assigned)
        shelf.rows("merges", gathered.merges)
        for number, reaching in parted(gathered.reaching, buckets).items():
            shelf.rows(f"bucket:{number}", rows.reaching_row(reaching))


@dataclass(frozen=True, slots=True)
class _Shares:
    """Read shares from their files, each time anew: in memory is one at a time."""

    pieces: Sequence[Piece]

    def __iter__(self) -> Iterator[Share]:
        for piece in self.pieces:
            yield rows.share_of(piece.rows())


@cache
def corrections_of(path: Path | None) -> Corrections:
    """Return the corrections in a file, or none."""
    return corrections.read(path) if path else Corrections()


def match_bucket(reaching: Sequence[Piece], asked: Path | None, target: Path) -> None:
    """Match the names of one bucket, which come from all regions: what lies within each, and what lies between."""
    bucket = [rows.reaching_of(piece.rows()) for piece in reaching]
    insides, between = sort_out(match(bucket, corrections_of(asked)))
    with shelving(target) as shelf:
        for region, inside in insides.items():
            shelf.rows(f"inside:{region}", rows.inside_row(inside))
        shelf.rows("between", rows.matched_row(between))


def close_region(groups: Piece, merges: Piece, insides: Sequence[Piece], target: Path) -> None:
    """Join the names of a region that hang together with no other's, and tell what others need of the rest."""
    closed = close(map(rows.merge_of, merges.rows()), [rows.inside_of(piece.rows()) for piece in insides])
    keys = set(closed.keys)
    with shelving(target) as shelf:
        shelf.rows("staying", closed.staying)
        if keys:
            shelf.rows("beyond", rows.matched_row(closed.beyond))
            shelf.each("met", (row for row in groups.each() if Key(*row[:3]) in keys))


def meet_regions(crossing: Sequence[Piece], met: Sequence[Piece], target: Path) -> None:
    """Join what crosses regions, and tell each which of its names go where, and which come to it."""
    known = {group.key: group for piece in met for group in _groups(piece)}
    going = meet((rows.matched_of(piece.rows()) for piece in crossing), known)
    with shelving(target) as shelf:
        for region, moves in going.items():
            shelf.rows(f"moves:{region}", rows.moves_row(moves))


def _groups(piece: Piece) -> Iterable[Group]:
    return map(rows.group_of, piece.each())


def resolve_region(
    groups: Piece, assigned: Piece, docs: Sequence[str], staying: Piece, met: Piece | None, target: Path
) -> None:
    """Make a region's entities, and tell each document what its forms mean."""
    beyond = rows.moves_of(met.rows()) if met else Moves()
    resolved = resolve(tuple(_groups(groups)), all_moves(map(rows.move_of, staying.rows()), beyond))
    with shelving(target) as shelf:
        shelf.each("entities", map(rows.entity_row, entities_of(resolved)))
        shelf.rows("divisions", named_divisions(resolved))
        for doc, numbers in zip(docs, assigned.each(), strict=True):
            shelf.rows(f"named:{doc}", [resolved.named[number] for number in numbers])
