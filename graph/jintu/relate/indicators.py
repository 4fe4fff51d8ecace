"""Read what figures measure: an indicator has a place, a name, a figure and is a level or a change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, repeat

from jintu.model import (
    Indicator,
    Kind,
    Measure,
    Mention,
    Modality,
    OwnPlace,
    Participant,
    Quantity,
    Relation,
    Sentence,
    Span,
    Struct,
    replace,
)
from jintu.relate.candidates import Candidate
from jintu.relate.groups import DURATIONS, Group, by_clause, grouped
from jintu.relate.investment import MONEY
from jintu.relate.layout import Layout, name_of
from jintu.relate.naming import (
    BEFORE,
    GOAL,
    LONGEST_NAME,
    NUMBERS_OF_A_LIST,
    PAIRED,
    PARTS,
    REFERENCE,
    SHORT_PAIRS,
    SPREAD,
    Naming,
    Phrase,
    Said,
    completed,
    counted,
    parted,
    said,
    spread,
    tidy,
)
from jintu.relate.scopes import Turns, turns
from jintu.relate.words import scan
from jintu.text import Figure
from jintu.text.quantities import DASH

SUBJECT = re.compile(f"{name_of(Kind.PLACE, Kind.INSTITUTION, Kind.PROJECT)}的?")
PLACES = re.compile(f"{name_of(Kind.PLACE)}(?:(?:、|和|与|及|以及){name_of(Kind.PLACE)})+等?的?")
ALONE = re.compile(name_of(Kind.PLACE))
AMONG = re.compile("其中[，,：:]?")
RANGE = re.compile(rf"(?<=\d){DASH}(?=\d)")  # what stands between the figures of a range: 2—3
COUNTED = "indicator:q n"
THERE_ARE = "有"
STEPS = ("台阶", "关口")  # what is passed is no thing that there is: 500亿斤|台阶, 3个千亿元|台阶
EXPLAINED = re.compile("（[^（）]*）\\Z")
BEYOND = re.compile("[高低快好多少大慢]于")  # 高于全国1个百分点、邻省2个百分点: the places are no subjects
SHARES = frozenset("%％")
LASTING = re.compile(r"连续[^\d、，]{0,2}\Z")  # 连续|6个季度, 连续迈上|4个台阶


class Reading(Struct, frozen=True, gc=False):
    """Hold one way to read a figure: the name, the figure as it counts, and how it was found."""

    name: str
    quantity: Quantity
    measure: Measure
    rule: str


def read_indicators(
    layout: Layout, figures: Sequence[Figure], naming: Naming, wished: re.Pattern[str]
) -> Iterator[Candidate]:
    """Propose an indicator for each figure that stands outside names and measures something."""
    own = layout.own
    sentence: Sentence | None = None
    phrase = Phrase()
    turned, turning = Turns(), scan(naming.turning, layout.sayable)
    for clause, measured in by_clause(layout, figures):
        around = layout.sentence(clause.start)
        if around != sentence:
            sentence, phrase = around, Phrase(_among(layout, around, phrase), subjects=_opening(layout, naming, around))
            turned = turns(layout, naming, sentence, turning)
        mood = sentence.modality if sentence else Modality.STATED
        for group in grouped(layout, naming, measured, clause):
            phrase, readings = _read(layout, naming, group, phrase, clause)
            is_wished = wished.search(layout.masked, clause.start, group.left.end)
            modality = Modality.PLANNED if is_wished else mood
            is_other = turned.is_of_thing(clause.start) and not _is_named(phrase.subjects, clause)
            for subject, reading in [] if is_other else _shared(phrase.subjects, readings, own):
                is_told = 1 < len(reading.name) <= LONGEST_NAME
                if is_told and not (subject is own and naming.bare.fullmatch(reading.name)):
                    yield Candidate(
                        decision="indicator",
                        features=_features(reading, group, layout, shared=len(phrase.subjects) > 1),
                        subject=subject,
                        relation=Relation.INDICATOR,
                        object=Indicator(reading.name, reading.quantity, reading.measure),
                        span=clause,
                        modality=modality,
                        rule=reading.rule,
                    )


def _read(layout: Layout, naming: Naming, group: Group, phrase: Phrase, clause: Span) -> tuple[Phrase, list[Reading]]:
    """Read one group; return what later figures may leave out, and the readings."""
    words = _words(naming, group.left.of(layout.masked).rstrip())
    start, subjects = _begin(layout, naming, group, words)
    origin = naming.origin.search(layout.masked, start, group.left.end)
    written = _written(layout, start, min(group.left.start + words.end, origin.start() if origin else group.left.end))
    noun, is_listed = _noun(layout, group), phrase.clause == clause.start and words.measure is None
    says_new = bool(naming.new.search(written)) or words.verb in ("新增", "净增")
    new = says_new or (is_listed and phrase.new)
    name = naming.new.sub("", written) if new else written
    if (noun and naming.settings.match(name)) or (_stands_alone(layout, group) and BEYOND.search(phrase.name)):
        return phrase, []
    broken = REFERENCE.search(name) or (None if _code(group) in DURATIONS else LASTING.search(name))
    if broken or noun.endswith(STEPS):
        name = (name[: broken.start()] if broken else name) or phrase.name
        return Phrase(name, subjects=subjects or phrase.subjects, clause=clause.start), []
    whole = name
    name, lead, rule = _named(naming, name, noun, words, phrase, is_listed=is_listed and not says_new)
    name = _finished(naming, name, group, words)
    subjects = subjects or phrase.carried(clause.start, words, is_completed=not noun and name != whole)
    told = phrase.told if clause.start - phrase.end <= 1 else ()
    readings = [*_readings(naming, group, words, name, rule, lead=lead, new=new)]
    if not noun and len(subjects) < 2 and _follows_on(layout, group, written, readings):
        readings = _dealt(readings, told, written)
    readings = [] if len(subjects) < len(readings) and _is_one_twice(readings) else readings
    told = (*told, *(reading.name for reading in readings))
    going_on = name.removesuffix("年均")  # 年均增长8%，五年累计…
    return Phrase(going_on, lead, subjects, new, clause.start, clause.end, told), [] if origin else readings


def _words(naming: Naming, left: str) -> Said:
    """Part the words before a figure; a verb may have its explanation behind it: 下降（以下简称“降”）|3%."""
    words = said(naming, left)
    explained = said(naming, EXPLAINED.sub("", left)) if not words.verb and left.endswith("）") else words
    return explained if explained.verb else words


def _written(layout: Layout, start: int, end: int) -> str:
    written = BEFORE.sub("", SPREAD.sub("", layout.document.text[start:end]).strip("的、 "))
    written = PAIRED.sub(lambda pair: SHORT_PAIRS[pair[0]], written)
    return "" if written == THERE_ARE else written


def _named(
    naming: Naming, name: str, noun: str, words: Said, phrase: Phrase, *, is_listed: bool
) -> tuple[str, str, str]:
    """Return what is counted or measured, the verb that a list shares, and the rule it was found by."""
    if noun:
        lead = name or (phrase.verb if is_listed else "")
        lead = _verb(naming, name) if lead.endswith(("等", "批")) else lead
        return counted(naming, lead, noun), lead, COUNTED
    name = completed(naming, name, words, phrase, is_listed=is_listed)
    return name, _verb(naming, name), f"indicator:{words.verb or 'n q'}"


def _verb(naming: Naming, name: str) -> str:
    verb = naming.keeps.match(name)
    return verb[0] if verb else ""


def _finished(naming: Naming, name: str, group: Group, words: Said) -> str:
    """Return a name as it is written, or nothing where it is too long for one."""
    is_share = words.verb in ("占", "占到") and group.figures[0].quantity.unit in SHARES
    name = tidy(naming, name) + ("占比" if is_share else "")
    return "" if len(name) > LONGEST_NAME or NUMBERS_OF_A_LIST.search(name) else name


def _is_one_twice(readings: Sequence[Reading]) -> bool:
    """Tell whether several figures in one unit have one name, so that nothing says what each of them measures."""
    return len(readings) > 1 and len({(each.name, each.quantity.measured_in) for each in readings}) == 1


def _follows_on(layout: Layout, group: Group, written: str, readings: Sequence[Reading]) -> bool:
    """Tell whether several figures have no names of their own: …，分别增长5%和4%."""
    is_bare = (written == "" or written.startswith("占")) and "分别" in group.left.of(layout.masked)
    return is_bare and len({reading.name for reading in readings}) < len(readings)


def _dealt(readings: Sequence[Reading], told: Sequence[str], tail: str) -> list[Reading]:
    """Give each of several figures the name it follows on: 产值8亿元、利税2亿元，分别增长5%和4%."""
    names = told[-len(readings) :]
    if len(names) < len(readings):
        return []
    return [replace(reading, name=name + tail) for name, reading in zip(names, readings, strict=True)]


def _readings(
    naming: Naming, group: Group, words: Said, name: str, rule: str, *, lead: str, new: bool
) -> Iterator[Reading]:
    figures = group.figures
    parts = [part for part in PARTS.split(name) if part]
    if words.each and len(figures) == 1 < len(parts):
        figures = figures * len(parts)
    names = spread(naming, parts) if 1 < len(figures) == len(parts) else parted(naming, name, len(figures))
    names = [each if each.startswith(lead) else lead + each for each in names]
    falls, own = words.falls, chain((None,), group.falls, repeat(None))
    for each, figure, fell in zip(names, figures, own, strict=False):
        falls = falls if fell is None else fell
        code = figure.quantity.measured_in
        moved = new or code == "DOUBLING" or (code == "PERCENT_POINT" and words.measure is None)
        measure = Measure.CHANGE if moved else words.measure or Measure.LEVEL
        quantity = _negative(figure.quantity) if falls else figure.quantity
        yield Reading(each, _in_money(naming, each, quantity), measure, rule)


def _in_money(naming: Naming, name: str, quantity: Quantity) -> Quantity:
    """Read a bare count as money where its name says so: 生产总值5154亿."""
    is_money = quantity.measured_in == "ONE" and quantity.unit != "" and naming.money.search(name)
    return replace(quantity, measured_in="CNY") if is_money else quantity


def _among(layout: Layout, sentence: Sentence | None, phrase: Phrase) -> str:
    """Return what a sentence right behind another is about that begins with 其中."""
    at = sentence.span.start if sentence else 0
    return phrase.name if at - phrase.end <= 1 and AMONG.match(layout.masked, at) else ""


def _opening(layout: Layout, naming: Naming, sentence: Sentence | None) -> tuple[Mention, ...]:
    """Return the place that a whole sentence is about: 永昌县以…为方向，…."""
    first = layout.at(sentence.span.start) if sentence else None
    is_about = first is not None and naming.opens.match(layout.masked, first.span.end)
    return (first,) if is_about and first is not None and first.kind is Kind.PLACE else ()


def _begin(layout: Layout, naming: Naming, group: Group, words: Said) -> tuple[int, tuple[Mention, ...]]:
    """Return where the name begins, behind light words and the subjects, and the subjects that are named."""
    masked, left, end = layout.masked, group.left, group.left.start + words.end
    goal = GOAL.search(masked, left.start, end)
    start = _light(naming, masked, goal.end() if goal else left.start, end)
    places = PLACES.match(masked, start, end)
    if places is not None:
        members = _members(layout, start)
        is_each = words.each or len(members) == len(group.figures)
        return (_light(naming, masked, places.end(), end), members) if is_each else (start, ())
    found = None if masked.startswith("等", left.end - 1) else SUBJECT.match(masked, start, end)
    if (
        found is None
        or masked[found.end() : found.end() + 1] in tuple("、和与及等")
        or not (
            found.end() < end or words.measure or masked.startswith("其中", left.start) or _stands_alone(layout, group)
        )
    ):
        return start, ()
    return _light(naming, masked, found.end(), end), _members(layout, start)[:1]


def _members(layout: Layout, start: int) -> tuple[Mention, ...]:
    """Return the names of a series from the one that starts at an offset."""
    series = layout.before(start + 1)
    return tuple(m for m in series.members if m.span.start >= start) if series else ()


def _stands_alone(layout: Layout, group: Group) -> bool:
    """Tell whether a place is all that a figure has around it: 、黑山县6万亩."""
    return bool(ALONE.fullmatch(layout.masked, group.left.start, group.left.end)) and not _noun(layout, group)


def _light(naming: Naming, masked: str, start: int, end: int) -> int:
    light = naming.light.match(masked, start, end)
    return light.end() if light else start


def _code(group: Group) -> str:
    return group.figures[0].quantity.measured_in


def _noun(layout: Layout, group: Group) -> str:
    """Return the noun behind a counted figure: 改造70个|老旧小区."""
    quantity = group.figures[0].quantity
    if quantity.unit[-1:] in SHARES or quantity.measured_in in MONEY:
        return ""
    noun = group.right.of(layout.document.text).strip("的 ")
    noun = noun if "（" in noun else noun.rstrip("）")  # （其中…5处）
    return "" if noun.endswith(STEPS) and quantity.unit != "个" else noun


def _negative(quantity: Quantity) -> Quantity:
    return replace(quantity, number="-" + RANGE.sub(r"\g<0>-", quantity.number), value=-quantity.value)


def _shared(
    subjects: tuple[Mention, ...], readings: Sequence[Reading], own: OwnPlace | None
) -> Iterator[tuple[Participant, Reading]]:
    """Give each of several subjects its own figure, or all of them the one; one subject takes all figures."""
    if len(subjects) < 2:
        pairs = [(subject, reading) for subject in subjects or (None,) for reading in readings]
    elif len(readings) == 1:
        pairs = [(subject, readings[0]) for subject in subjects]
    else:
        pairs = [*zip(subjects, readings, strict=False)] if len(subjects) == len(readings) else []
    for mention, reading in pairs:
        subject = _subject(mention, own)
        if subject is not None:
            yield subject, reading


def _subject(mention: Mention | None, own: OwnPlace | None) -> Participant | None:
    return own if mention is None or (own is not None and own.name.startswith(mention.text)) else mention


def _is_named(subjects: tuple[Mention, ...], clause: Span) -> bool:
    """Tell whether a clause names a thing as its subject: [城南水厂]占地120亩."""
    return any(subject.kind is not Kind.PLACE and clause.covers(subject.span) for subject in subjects)


def _features(reading: Reading, group: Group, layout: Layout, *, shared: bool) -> tuple[str, ...]:
    name, is_fall = reading.name, reading.quantity.number.startswith("-")
    right, left = group.right.of(layout.masked), group.left.of(layout.masked)
    left = left if reading.rule == COUNTED else AMONG.sub("", left, 1)
    left = "各" if shared else left
    return (
        f"rule={reading.rule}",
        f"unit={reading.quantity.unit}",
        f"measure={reading.measure}",
        f"head={name[:2]}",
        f"tail={name[-2:]}",
        f"length={min(len(name) // 3, 8)}",
        f"right={right[:2]}",
        f"rightlength={min(len(right) // 3, 5)}",
        f"left={'增长' if is_fall else left[-2:]}",
        f"start={'增长' if is_fall and len(left) < 3 else left[:2]}",
        f"count={1 if shared else len(group.figures)}",  # each of several places has one
        f"bound={reading.quantity.bound}",
    )
