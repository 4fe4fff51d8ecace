"""Learn what the relater's tables hold: what speaks for a candidate, and for a plan.

    python -m jintu.relate.train facts GOLD.jsonl...     writes ontology/rules/weights.tsv
    python -m jintu.relate.train mood REPORT.txt...      writes ontology/rules/modality.tsv
    python -m jintu.relate.train score GOLD.jsonl...     prints precision, recall and F1 on held-out places

Facts are learned from annotated reports, moods from the headings of any reports.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from jintu import divisions, gold, ontology
from jintu.divisions import Divisions
from jintu.files import replace_file
from jintu.gold import GoldDocument
from jintu.model import Document, Mention, Modality, Sentence
from jintu.ontology import Ontology
from jintu.relate import Relater, judge, modality, surface
from jintu.relate.candidates import Calendar, claim_of
from jintu.relate.judge import Judge
from jintu.relate.learn import Example, weigh
from jintu.relate.modality import Mood, clauses
from jintu.segment import segment

PENALTY = 0.6  # L2; 0.3 to 1.2 give the same F1 on held-out places (2026-11)
RAREST = 2  # a feature seen once teaches nothing of other reports
FEWEST = 60  # candidates; with fewer, the rule alone is surer than what is learned
LIGHTEST = 0.05  # weights below it change nothing

MOOD_PENALTY = 5.0
MOOD_RAREST = 40  # clauses
MOOD_FEWEST_REPORTS = 20  # a clue must stand in as many reports, or it is a local turn of phrase
MOOD_LIGHTEST = 0.25
MIXED = (0.25, 0.8)  # the share of planned sentences in a report whose headings tell plan from review


def fit(documents: Iterable[GoldDocument], known: Ontology, places: Divisions) -> Judge:
    """Learn a judge from gold documents; those without facts are passed over."""
    relater = Relater(known, divisions=places, judge=Judge({}))
    by_decision: defaultdict[str, list[Example]] = defaultdict(list)
    for found in documents:
        for decision, example in _examples(found, relater):
            by_decision[decision].append(example)
    return Judge({d: _kept(examples) for d, examples in sorted(by_decision.items()) if len(examples) >= FEWEST})


def held_out(documents: Sequence[GoldDocument], known: Ontology) -> dict[str, gold.Score]:
    """Score the facts of each place, read with the annotated names and a judge that has not seen the place."""
    places = divisions.load(known)
    total: dict[str, gold.Score] = {}
    for group in sorted({found.group for found in documents if found.facts is not None}):
        learned = fit((g for g in documents if g.group != group), known, places)
        relater = Relater(known, divisions=places, judge=learned)
        for found in documents:
            if found.group == group and found.facts is not None:
                document, mentions = as_document(found)
                read = {surface(claim) for claim in relater(document, segment(document), mentions)}
                for name, score in gold.score_facts(read, found.facts).items():
                    total[name] = total.get(name, gold.Score()) + score
    return total


def as_document(found: GoldDocument) -> tuple[Document, tuple[Mention, ...]]:
    """Return a gold document as one to read, with its names as mentions."""
    document = Document(found.doc, found.text, "", "", "", place=found.place, year=found.year)
    names = sorted(found.names, key=lambda name: (name.span.start, -name.span.end, name.nested))
    return document, tuple(
        Mention(found.doc, name.span, name.span.of(found.text), name.kind, name.nested) for name in names
    )


def _examples(found: GoldDocument, relater: Relater) -> Iterator[tuple[str, Example]]:
    if found.facts is None:
        return
    document, mentions = as_document(found)
    calendar = Calendar(document)
    for candidate in relater.propose(document, segment(document), mentions):
        is_right = surface(claim_of(document, candidate, 1.0, calendar)) in found.facts
        yield candidate.decision, (candidate.features, is_right)


def _kept(examples: Sequence[Example]) -> dict[str, float]:
    weights = weigh(examples, rarest=RAREST, penalty=PENALTY)
    return {name: round(weight, 2) for name, weight in weights.items() if not name or abs(weight) >= LIGHTEST}


def fit_mood(documents: Iterable[Document]) -> Mood:
    """Learn from headed reports how clauses that plan begin and end."""
    headed = [sentences for sentences in map(segment, documents) if _is_mixed(sentences)]
    examples = [example for sentences in headed for example in map(_mood_example, sentences)]
    reports = Counter(clue for sentences in headed for clue in {c for s in sentences for c in _mood_example(s)[0]})
    common = [
        (tuple(clue for clue in clues if reports[clue] >= MOOD_FEWEST_REPORTS), plans) for clues, plans in examples
    ]
    weights = weigh(common, rarest=MOOD_RAREST, penalty=MOOD_PENALTY)
    heavy = {name: round(weight, 2) for name, weight in weights.items() if name and abs(weight) >= MOOD_LIGHTEST}
    sides = {side: {n[len(side) + 1 :]: w for n, w in heavy.items() if n.startswith(side)} for side in ("head", "tail")}
    return Mood(sides["head"], sides["tail"])


def _is_mixed(sentences: Sequence[Sentence]) -> bool:
    plans = sum(sentence.modality is Modality.PLANNED for sentence in sentences)
    return MIXED[0] < plans / max(1, len(sentences)) < MIXED[1]


def _mood_example(sentence: Sentence) -> Example:
    words = {clause for clause in clauses(sentence.text) if len(clause) > 1}
    found = {(f"head {each[:2]}", f"head {each[:4]}", f"tail {each[-2:]}") for each in words}
    return tuple(sorted({clue for three in found for clue in three})), sentence.modality is Modality.PLANNED


def write_judge(learned: Judge, root: Path) -> None:
    """Write a judge's weights as a table of the ontology."""
    rows = [(d, f, str(w)) for d, weights in sorted(learned.weights.items()) for f, w in sorted(weights.items())]
    _write(root / judge.FILE, "what each feature of a candidate claim weighs", "facts GOLD.jsonl", judge.COLUMNS, rows)


def write_mood(learned: Mood, root: Path) -> None:
    """Write a mood's weights as a table of the ontology."""
    rows = [("head", words, str(weight)) for words, weight in sorted(learned.heads.items())]
    rows += [("tail", words, str(weight)) for words, weight in sorted(learned.tails.items())]
    about = (
        "what the first two or four (head) and the last two characters (tail) of a clause say for a plan; digits as 0"
    )
    _write(root / modality.FILE, about, "mood REPORT.txt", modality.COLUMNS, rows)


def _write(path: Path, about: str, command: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    head = f"# Learned: {about}\n# (`python -m jintu.relate.train {command}...`).\n"
    lines = ["\t".join(cells) for cells in (columns, *rows)]
    replace_file(path, (head + "\n".join(lines) + "\n").encode("utf-8"))


def _facts(names: Sequence[str], known: Ontology) -> None:
    write_judge(fit(gold.load([Path(name) for name in names]), known, divisions.load(known)), known.root)


def _score(names: Sequence[str], known: Ontology) -> None:
    for name, score in sorted(held_out(gold.load([Path(name) for name in names]), known).items()):
        print(f"{name:22} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}  {score.gold} in gold")


def _mood(names: Sequence[str], known: Ontology) -> None:
    texts = ((Path(name).stem, Path(name).read_text(encoding="utf-8")) for name in sorted(names))
    write_mood(fit_mood(Document(stem, text, "", "", "") for stem, text in texts), known.root)


if __name__ == "__main__":
    lessons: dict[str, Callable[[Sequence[str], Ontology], None]] = {"facts": _facts, "mood": _mood, "score": _score}
    lessons[sys.argv[1]](sys.argv[2:], ontology.load())
