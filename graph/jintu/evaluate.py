"""Score the recogniser and the relater against gold, never on a document the model learned from.

Documents are held out by place: all reports of a place are read by a model that was trained
without any of them. Gold that the shipped weights have not learned from is read with them as they
are, where that is wished.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from jintu.recognise import NETWORK, Recogniser, train
from jintu.recognise.reading import Reader
from jintu.relate import Relater, surface
from jintu.relate import train as weigh

Watch = Callable[[str], None]
Readings = Sequence[tuple[GoldDocument, Reading]]
COMPARED = ("CORE4", "ALL", "nested")  # the scores by which a source is judged


@dataclass(frozen=True, slots=True)
class Error:
    """Hold one name that is wrong: what was read, what gold says, and the sentence."""

    what: str  # missed, spurious, boundary or kind
    read: str
    wanted: str
    doc: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Without:
    """Hold the scores without a source of candidates: ``gives`` right names are read with it alone, ``costs`` wrong."""

    source: str
    scores: dict[str, Score]
    gives: int
    costs: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold the scores of a run with what they were measured on, and what each source is worth where asked for."""

    tagger: str
    digest: str
    documents: int
    scores: dict[str, Score]
    errors: tuple[Error, ...]
    ablation: tuple[Without, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the evaluation as plain values."""
        return {
            "tagger": self.tagger,
            "gold": self.digest,
            "documents": self.documents,
            "scores": _all_plain(self.scores),
            "ablation": {
                row.source: {"gives": row.gives, "costs": row.costs, "scores": _all_plain(row.scores)}
                for row in self.ablation
            },
            "errors": [[e.what, e.read, e.wanted, e.doc, e.sentence] for e in self.errors],
        }


def _all_plain(scores: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    return {name: _plain(score) for name, score in scores.items()}


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
    ablation: bool = False,
    folds: int | None = None,
    watch: Watch | None = None,
) -> Evaluation:
    """Read gold documents and score what was read.

    ``more`` is gold to learn from that is not scored, ``shipped`` takes the shipped recogniser as
    it is, ``ablation`` measures again without each source of candidates, ``folds`` holds that many
    groups of places out instead of place after place. The network of the full tier is not trained
    anew. Documents of places that a shipped part has learned from are not scored with it.

    Raises:
        JintuError: if no document is left to score or to learn from, or the shipped recogniser shall be ablated.
    """
    if shipped and ablation:
        raise JintuError("the shipped recogniser cannot be trained without a source; ablate without --shipped")
    tools = pipeline.prepare(settings)
    recogniser = tools.recognise
    seen = recogniser.places if shipped else recogniser.places_of_network
    scored = [found for found in documents if found.group not in seen]
    if not scored:
        raise JintuError("what is shipped learned from every document; name other gold, or score --tagger fast")
    held_out = _held_out(scored, folds)
    if not shipped:
        _refuse_nothing_to_learn(held_out, [*documents, *more])
    school = School.of([*documents, *more], tools, shipped=shipped)
    readings = school.read(scored, held_out, watch=watch)
    sources = recogniser.sources if ablation else ()
    return Evaluation(
        tagger=recogniser.tagger,
        digest=gold.digest(sorted(scored, key=lambda d: d.doc)),
        documents=len(scored),
        scores=_scores(readings),
        errors=tuple(error for found, reading in readings for error in _errors(found, reading)),
        ablation=tuple(
            _compared(source, readings, school.read(scored, held_out, without=source, watch=watch))
            for source in sources
        ),
    )


def _held_out(documents: Iterable[GoldDocument], folds: int | None) -> list[tuple[str, ...]]:
    """Return the places to hold out together: each by itself, or dealt into so many folds."""
    places = sorted({found.group for found in documents})
    count = min(folds or len(places), len(places))
    return [tuple(places[first::count]) for first in range(count)]


def _refuse_nothing_to_learn(held_out: Iterable[Sequence[str]], gold: Iterable[GoldDocument]) -> None:
    known = {found.group for found in gold}
    if any(known <= set(places) for places in held_out):
        raise JintuError(
            f"all gold is of one place ({'、'.join(sorted(known))}), which leaves nothing to learn from; "
            "name gold of other places too (--learn), or score what is shipped (--shipped)"
        )


@dataclass(frozen=True)
class School:
    """Hold the gold as the models see it, to train tools without some places; no lessons where they are shipped."""

    documents: tuple[GoldDocument, ...]
    lessons: tuple[train.Lesson, ...]
    tools: Tools

    @classmethod
    def of(cls, documents: Sequence[GoldDocument], tools: Tools, *, shipped: bool) -> School:
        """Lay all gold out once."""
        read = Reader(tools.ontology, tools.divisions)
        return cls(tuple(documents), () if shipped else tuple(train.lesson(found, read) for found in documents), tools)

    def read(
        self,
        documents: Sequence[GoldDocument],
        held_out: Iterable[Sequence[str]],
        *,
        without: str | None = None,
        watch: Watch | None = None,
    ) -> Readings:
        """Read each document with tools trained without the places that are held out together with its own."""
        readings: list[tuple[GoldDocument, Reading]] = []
        for places in held_out:
            fitted = self.fit(places, without=without)
            readings.extend((found, _read(found, fitted)) for found in documents if found.group in places)
            if watch:
                watch("、".join(places) + (f", without {without}" if without else ""))
        return readings

    def fit(self, places: Sequence[str], *, without: str | None = None) -> Tools:
        """Train the tools on all gold but that of some places, and without a source of candidates."""
        kept = [at for at, found in enumerate(self.documents) if found.group not in places]
        known, divisions = self.tools.ontology, self.tools.divisions
        judge = weigh.fit([self.documents[at] for at in kept], known, divisions)
        return replace(
            self.tools,
            recognise=self._recogniser(kept, without) if self.lessons else self.tools.recognise,
            relate=Relater(known, divisions=divisions, judge=judge),
        )

    def _recogniser(self, kept: Sequence[int], without: str | None) -> Recogniser:
        shipped = self.tools.recognise
        sources = [source for source in train.SOURCES if source != without]
        models = train.train([self.lessons[at] for at in kept], sources=sources)
        models = replace(models, network=None if without == NETWORK else shipped.models.network)
        return shipped.deciding_by(models, without=without)


def _read(found: GoldDocument, tools: Tools) -> Reading:
    place, year = found.place, found.year
    return pipeline.extract(document(found.text, tools.divisions, name=found.doc, place=place, year=year), tools)


def _names(mentions: Iterable[Mention]) -> list[Name]:
    return [Name(mention.span, mention.kind, mention.nested) for mention in mentions]


def _scores(readings: Readings) -> dict[str, Score]:
    total: dict[str, Score] = {}
    for found, reading in readings:
        scored = gold.score_names(_names(reading.mentions), found.names)
        if found.facts is not None:
            scored |= gold.score_facts({surface(claim) for claim in reading.claims}, found.facts)
        for name, score in scored.items():
            total[name] = total.get(name, Score()) + score
    return total


def _compared(source: str, whole: Readings, less: Readings) -> Without:
    """Compare what is read with and without a source."""
    right = wrong = 0
    for (found, reading), (_, other) in zip(whole, less, strict=True):
        alone = set(_names(reading.mentions)) - set(_names(other.mentions))
        right += len(alone & set(found.names))
        wrong += len(alone - set(found.names))
    return Without(source, _scores(less), right, wrong)


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


def worth(evaluation: Evaluation) -> Iterator[tuple[object, ...]]:
    """Yield for each source the scores without it, by how much they differ, and the names it gives and costs."""
    whole = [_judged(evaluation.scores, name) for name in COMPARED]
    for row in evaluation.ablation:
        less = [_judged(row.scores, name) for name in COMPARED]
        columns = (f"{now:.3f} ({now - before:+.3f})" for now, before in zip(less, whole, strict=True))
        yield (row.source, *columns, row.gives, row.costs)


def _judged(scores: Mapping[str, Score], name: str) -> float:
    return scores[name].recall if name == "nested" else scores[name].f1


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
