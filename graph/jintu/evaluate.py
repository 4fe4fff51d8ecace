"""Score the recogniser and the relater against gold, never on a document the model learned from.

Documents are held out by place: all reports of a place are read by a model that was trained
without any of them. Gold that the shipped model has not seen is read by that model as it is.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jintu import gold, pipeline
from jintu.errors import JintuError
from jintu.files import replace_file
from jintu.gold import TAGS, GoldDocument, Name, Score
from jintu.model import Mention, Reading, Span
from jintu.pipeline import Settings, Tools
from jintu.read import document
from jintu.recognise import Recogniser, train
from jintu.recognise.reading import Reader
from jintu.relate import Relater, surface
from jintu.relate import train as weigh

Watch = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Error:
    """Hold one name that is wrong: what was read, what gold says, and the sentence."""

    what: str  # missed, spurious, boundary or kind
    read: str
    wanted: str
    doc: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold the scores of a run with what they were measured on."""

    tagger: str
    digest: str
    documents: int
    scores: dict[str, Score]
    sources: dict[str, Score]
    errors: tuple[Error, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the evaluation as plain values."""
        return {
            "tagger": self.tagger,
            "gold": self.digest,
            "documents": self.documents,
            "scores": {name: _plain(score) for name, score in self.scores.items()},
            "sources": {name: _plain(score) for name, score in self.sources.items()},
            "errors": [[e.what, e.read, e.wanted, e.doc, e.sentence] for e in self.errors],
        }


def _plain(score: Score) -> dict[str, float]:
    ratios = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    counts = {"right": score.right, "predicted": score.predicted, "gold": score.gold}
    return {**{name: round(ratio, 4) for name, ratio in ratios.items()}, **counts}


def evaluate(
    documents: Sequence[GoldDocument],
    settings: Settings,
    *,
    more: Sequence[GoldDocument] = (),
    shipped: bool = False,
    folds: int | None = None,
    without: str | None = None,
    watch: Watch | None = None,
) -> Evaluation:
    """Read gold documents and score what was read.

    ``more`` is gold to learn from that is not scored, ``shipped`` takes the shipped models for
    every document, ``folds`` holds that many groups of places out instead of place after place,
    ``without`` leaves a source of candidates out. The network of the full tier is not trained
    anew: only documents of places that it has not learned from are scored.

    Raises:
        JintuError: if no document is left to score.
    """
    tools = pipeline.prepare(settings)
    learned, documents = (
        documents,
        [found for found in documents if shipped or found.group not in tools.recognise.places],
    )
    if not documents:
        raise JintuError("the network learned from every document; name other gold, or score --tagger fast")
    school = None if shipped else School.of([*learned, *more], tools, without)
    readings: list[tuple[GoldDocument, Reading]] = []
    for held_out in _held_out(documents, folds):
        fitted = school.without(held_out) if school else tools
        readings.extend((found, _read(found, fitted)) for found in documents if found.group in held_out)
        if watch:
            watch("、".join(held_out))
    return Evaluation(
        tagger=tools.recognise.tagger,
        digest=gold.digest(sorted(documents, key=lambda d: d.doc)),
        documents=len(documents),
        scores=_scores(readings),
        sources=_sources(readings),
        errors=tuple(error for found, reading in readings for error in _errors(found, reading)),
    )


def _held_out(documents: Iterable[GoldDocument], folds: int | None) -> list[tuple[str, ...]]:
    """Return the places to hold out together: each by itself, or dealt into so many folds."""
    places = sorted({found.group for found in documents})
    count = min(folds or len(places), len(places))
    return [tuple(places[first::count]) for first in range(count)]


@dataclass(frozen=True)
class School:
    """Hold the gold as the models see it, to train tools without some places."""

    documents: tuple[GoldDocument, ...]
    lessons: tuple[train.Lesson, ...]
    tools: Tools
    sources: tuple[str, ...]

    @classmethod
    def of(cls, documents: Sequence[GoldDocument], tools: Tools, without: str | None) -> School:
        """Lay all gold out once."""
        read = Reader(tools.ontology)
        sources = tuple(source for source in train.SOURCES if source != without)
        if without is not None and sources == train.SOURCES:
            raise JintuError(f'"{without}" is no source of the tagger; choose one of {", ".join(sources)}')
        return cls(tuple(documents), tuple(train.lesson(found, read) for found in documents), tools, sources)

    def without(self, places: Sequence[str]) -> Tools:
        """Train the tools on all gold but that of some places."""
        kept = [at for at, found in enumerate(self.documents) if found.group not in places]
        models = train.train([self.lessons[at] for at in kept], sources=self.sources)
        data, tagger = self.tools.ontology, self.tools.recognise.tagger
        models = replace(models, network=self.tools.recognise.models.network)
        judge = weigh.fit([self.documents[at] for at in kept], data)
        return replace(
            self.tools,
            recognise=Recogniser(data, tagger, models=models),
            relate=Relater(data, divisions=self.tools.divisions, judge=judge),
        )


def _read(found: GoldDocument, tools: Tools) -> Reading:
    place, year = found.place, found.year
    return pipeline.extract(document(found.text, tools.divisions, name=found.doc, place=place, year=year), tools)


def _names(mentions: Iterable[Mention]) -> list[Name]:
    return [Name(mention.span, mention.kind, mention.nested) for mention in mentions]


def _scores(readings: Sequence[tuple[GoldDocument, Reading]]) -> dict[str, Score]:
    total: dict[str, Score] = {}
    for found, reading in readings:
        scored = gold.score_names(_names(reading.mentions), found.names)
        if found.facts is not None:
            scored |= gold.score_facts({surface(claim) for claim in reading.claims}, found.facts)
        for name, score in scored.items():
            total[name] = total.get(name, Score()) + score
    return total


def _sources(readings: Sequence[tuple[GoldDocument, Reading]]) -> dict[str, Score]:
    """Count for each source of candidates the names it supported and those of them that are right."""
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for found, reading in readings:
        wanted = {(name.span, name.kind) for name in found.names}
        for mention in reading.mentions:
            for source in mention.rule.split("+"):
                total[source] += 1
                right[source] += (mention.span, mention.kind) in wanted
    everything = sum(len(found.names) for found, _ in readings)
    return {source: Score(right[source], total[source], everything) for source in sorted(total)}


def _errors(found: GoldDocument, reading: Reading) -> Iterator[Error]:
    wanted = [name for name in found.names if not name.nested]
    read = [name for name in _names(reading.mentions) if not name.nested]
    for name in sorted(set(wanted) - set(read)):
        near = next((other for other in read if other.span.meets(name.span)), None)
        yield _error(found, _what(near, name), near, name)
    for name in sorted(set(read) - set(wanted)):
        if not any(other.span.meets(name.span) for other in wanted):
            yield _error(found, "spurious", name, None)


def _what(read: Name | None, wanted: Name) -> str:
    if read is None:
        return "missed"
    return "kind" if read.span == wanted.span else "boundary"


def _error(found: GoldDocument, what: str, read: Name | None, wanted: Name | None) -> Error:
    there = wanted or read
    sentence = _around(found.text, there.span) if there else ""
    return Error(what, _shown(found, read), _shown(found, wanted), found.doc, sentence)


def _shown(found: GoldDocument, name: Name | None) -> str:
    return f"{name.span.of(found.text)} {TAGS[name.kind]}" if name else ""


def _around(text: str, span: Span) -> str:
    start = max(text.rfind(stop, 0, span.start) for stop in "。！？\n") + 1
    ends = [at for at in (text.find(stop, span.end) for stop in "。！？\n") if at >= 0]
    return text[start : min(ends, default=len(text)) + 1].strip()[:200]


def table(scores: dict[str, Score]) -> Iterator[tuple[object, ...]]:
    """Yield scores as rows: name, precision, recall, F1, right, predicted, gold."""
    for name, score in scores.items():
        ratios = (f"{ratio:.3f}" for ratio in (score.precision, score.recall, score.f1))
        yield (name, *ratios, score.right, score.predicted, score.gold)


def worst(evaluation: Evaluation, most: int) -> list[tuple[str, str, str, int, str]]:
    """Return the commonest errors: what, read, wanted, how often, and one sentence."""
    counted = Counter((error.what, error.read, error.wanted) for error in evaluation.errors)
    sentences = {(error.what, error.read, error.wanted): error.sentence for error in reversed(evaluation.errors)}
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [(*key, count, sentences[key]) for key, count in ranked]


def write_json(evaluation: Evaluation, path: Path) -> None:
    """Write an evaluation to a file."""
    text = json.dumps(evaluation.to_json(), ensure_ascii=False, indent=1)
    replace_file(path, (text + "\n").encode("utf-8"))
