"""The annotation format: what ``annotate`` prints, what gold files hold, and the strict score.

A gold file is JSON Lines, one object a sentence (its document is its sentences joined), or one
JSON object that holds offsets alone and names the file of a corpus they point into.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jintu.errors import SourceError, unreadable
from jintu.model import CORE_KINDS, Kind, Mention, Reading, Span

TAGS = {
    Kind.PLACE: "PLACE",
    Kind.INSTITUTION: "INST",
    Kind.PROJECT: "PROJ",
    Kind.PROGRAMME: "PROG",
    Kind.HONOUR: "HONOUR",
    Kind.EVENT: "EVENT",
    Kind.PERSON: "PERSON",
    Kind.WORK: "WORK",
}
KINDS = {tag: kind for kind, tag in TAGS.items()}

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """Hold one annotated name; two are the same when span, kind and nesting are."""

    span: Span
    kind: Kind
    nested: bool = False


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """Hold an annotated text; ``facts`` is None where facts were not annotated."""

    doc: str
    text: str
    place: str | None
    year: int | None
    names: tuple[Name, ...]
    facts: frozenset[Triple] | None

    @property
    def group(self) -> str:
        """Return what must be held out together: the place that the reports are of."""
        return self.place or self.doc


def annotation(reading: Reading, ids: Mapping[Mention, str], surface: Callable[..., Triple]) -> dict[str, Any]:
    """Return a reading in the annotation format; ``ids`` are of what mentions name, ``surface`` writes a claim."""
    entities = [
        {
            "start": mention.span.start,
            "end": mention.span.end,
            "text": mention.text,
            "type": TAGS[mention.kind],
            "nested": mention.nested,
            "id": ids.get(mention),
            "score": round(mention.score, 3),
        }
        for mention in reading.mentions
    ]
    facts = sorted({surface(claim) for claim in reading.claims})
    return {"doc": reading.document.id, "text": reading.document.text, "entities": entities, "facts": facts}


def load(paths: Sequence[Path], corpus: Path | None = None) -> tuple[GoldDocument, ...]:
    """Read gold files, sorted by document.

    Raises:
        SourceError: if a file is missing or no gold, with its line.
    """
    found: list[GoldDocument] = []
    for path in sorted(paths):
        found.extend(_offsets(path, corpus) if path.suffix == ".json" else _lines(path))
    return tuple(sorted(found, key=lambda gold: gold.doc))


def _lines(path: Path) -> list[GoldDocument]:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, line in enumerate(_text(path).splitlines(), 1):
        row = _parsed(line, f"{path}:{number}")
        rows[row["doc"]].append(row)
    return [_joined(doc, found) for doc, found in rows.items()]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: {unreadable(error)}; name gold: a file as jintu annotate writes it") from None


def _parsed(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
        _ = row["doc"] if "doc" in row else row["file"], row["entities"]
    except (json.JSONDecodeError, KeyError, TypeError):
        raise SourceError(f"{where}: no gold: an object with doc, text and entities belongs here") from None
    else:
        return dict(row)


def _joined(doc: str, rows: Sequence[Mapping[str, Any]]) -> GoldDocument:
    text, facts = "", None
    names: list[Name] = []
    for row in rows:
        names.extend(_name(entity, len(text)) for entity in row["entities"])
        text += row["text"]
        if row.get("facts") is not None:
            facts = (facts or frozenset()) | {(s, r, o) for s, r, o in row["facts"]}
    place, year = _place_and_year(rows[0].get("place"))
    return GoldDocument(doc, text, place, year, tuple(sorted(names)), facts)


def _name(entity: Mapping[str, Any], shift: int) -> Name:
    span = Span(entity["start"] + shift, entity["end"] + shift)
    return Name(span, KINDS[entity["type"]], bool(entity["nested"]))


def _place_and_year(words: str | None) -> tuple[str | None, int | None]:
    """Split 锦州市 2022 into place and year."""
    match = re.fullmatch(r"(\S+?)[ -]?(\d{4})?", words or "")
    return (match[1], int(match[2]) if match[2] else None) if match else (None, None)


def _offsets(path: Path, corpus: Path | None) -> list[GoldDocument]:
    row = _parsed(_text(path), str(path))
    source = (corpus or path.parent) / row["file"]
    raw = source.read_bytes() if source.is_file() else b""
    if hashlib.sha256(raw).hexdigest() != row["sha256"]:
        raise SourceError(f"{path}: points into {source}, which is missing or has changed; name its folder (--corpus)")
    start, end = row["start"], row["end"]
    names = tuple(sorted(_name(entity, -start) for entity in row["entities"]))
    place, year = _place_and_year(Path(row["file"]).stem)
    return [GoldDocument(Path(row["file"]).stem, raw.decode("utf-8")[start:end], place, year, names, None)]


def digest(documents: Iterable[GoldDocument]) -> str:
    """Return the SHA-256 of gold: of texts, names and facts, in order."""
    whole = hashlib.sha256()
    for gold in documents:
        names = [(n.span.start, n.span.end, n.kind.value, n.nested) for n in gold.names]
        whole.update(repr((gold.doc, gold.text, names, sorted(gold.facts or ()))).encode("utf-8"))
    return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class Score:
    """Hold counts of a comparison: right, predicted and gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Return the share of predicted that is right, 0 where nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Return the share of gold that was found, 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall.

        >>> Score(right=1, predicted=2, gold=1).f1
        0.6666666666666666
        """
        return 2 * self.right / (self.predicted + self.gold) if self.predicted + self.gold else 0.0


def compare(predicted: Iterable[Any], gold: Iterable[Any]) -> Score:
    """Count what is in both sets."""
    found, wanted = set(predicted), set(gold)
    return Score(len(found & wanted), len(found), len(wanted))


def score_names(predicted: Iterable[Name], gold: Iterable[Name]) -> dict[str, Score]:
    """Score outer names a kind, over the core kinds and over all, and the nested ones' recall.

    A nested gold name counts as found when any predicted name has its span and kind.
    """
    found, wanted = tuple(predicted), tuple(gold)
    scores = {TAGS[kind]: compare(_outer(found, kind), _outer(wanted, kind)) for kind in Kind}
    scores["CORE4"] = sum((scores[TAGS[kind]] for kind in CORE_KINDS), Score())
    scores["ALL"] = sum((scores[TAGS[kind]] for kind in Kind), Score())
    inner = {(name.span, name.kind) for name in wanted if name.nested}
    right = len(inner & {(name.span, name.kind) for name in found})
    scores["nested"] = Score(right, len({n for n in found if n.nested}), len(inner))
    return scores


def _outer(names: Iterable[Name], kind: Kind) -> set[Span]:
    return {name.span for name in names if name.kind is kind and not name.nested}


def score_facts(predicted: Iterable[Triple], gold: Iterable[Triple]) -> dict[str, Score]:
    """Score triples of surface names a relation and over all."""
    found, wanted = set(predicted), set(gold)
    relations = sorted({relation for _, relation, _ in found | wanted})
    scores = {r: compare({t for t in found if t[1] == r}, {t for t in wanted if t[1] == r}) for r in relations}
    scores["facts"] = sum(scores.values(), Score())
    return scores
