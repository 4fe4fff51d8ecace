"""Read people by their titles: what stands between a title and what comes behind a name (市长|王一民|说)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from itertools import pairwise

from jintu.model import Document, Kind, Mention, Span, replace
from jintu.ontology import Ontology
from jintu.recognise.gazetteer import Gazetteer
from jintu.recognise.known import Known
from jintu.recognise.lists import LISTS
from jintu.recognise.settle import Outer
from jintu.segment import UNKNOWN, Finder, sayable

TITLES = "titles"  # the source, and the rule of what it reads
SURE = 0.95  # the share that is right of what it reads in 430 annotated texts (2026-11)
NAMES = (UNKNOWN, "nr", "nrt", "nrfg")  # how jieba's dictionary tags what may be a name
GIVEN = "[^\\W\\da-zA-Z_人说摄率在向为等与同的是获被把对到带任只就并也还又都会组赞]"
FOREIGN = "[^\\W\\d_]{1,7}(?:[·•][^\\W\\d_]{1,5}?){1,4}"  # names of several parts: 阿依努尔·买买提
RUN = 2  # characters behind a person's name that belong to what is said of him
HOLDERS = (Kind.INSTITUTION, Kind.PERSON)  # kinds of what may be read together with a title
LEVELS = ("自治区", "自治州", "自治县", "自治旗")
DIVISIONS = "省市县区州盟旗镇乡村"
LEAD = re.compile("(?:常务)?副$|[代原]$")
BEFORE = re.compile(r"\W?")  # a pause, or the beginning of the text
NEXT = (
    r"[，,。；;：:、！？!?（）()\s“”—]|$|[说摄率在向为等与和同的是获被把对到带任作赴走]|介绍|汇报|表示|表态|指出|强调|出席|主持|代表"
    "|参加|宣布|调研|讲话|致辞|当选|告诉|认为|坦言|一行|深入|来到|分别|一同|陪同|签订|签约|应邀|宣读|作出|带队|检查|察看|走访|慰问|督导|听取|回忆|感叹|透露|会见|作了|同志|就|还|也|再"
)


class People:
    """Find the people of a text behind their titles; make one a process."""

    def __init__(self, ontology: Ontology, tag: Callable[[str], str]) -> None:
        """Open the tables of titles and of surnames; ``tag`` gives a word's tag in jieba's dictionary."""
        self._titles = Finder(row["word"] for row in ontology.rows(f"{LISTS}/titles.tsv", "word"))
        surnames = "|".join(sorted(row["word"] for row in ontology.rows(f"{LISTS}/surnames.tsv", "word")))
        own = f"(?:{surnames})(?:{GIVEN}{{1,2}}|[ 　]{GIVEN})"
        self._name = re.compile(f"[ 　]?({own}|{FOREIGN})(?={NEXT})")
        self._long = re.compile(f"(?:{surnames}){GIVEN}{{2}}")  # names of two characters may be other words
        self._behind = re.compile(NEXT)
        self._tag = tag

    def __call__(self, document: Document, within: Span, names: Sequence[Mention]) -> Iterator[Mention]:
        """Yield outer ``names``, in the order of the text, and the people of a stretch.

        A name that runs over a title ends before it, one that runs into a person gives way.
        """
        outer, by_span = Outer.of(names), {name.span: name for name in names}
        kept: dict[Span, Mention | None] = dict(by_span)
        for title, people in self._found(document.text, within):
            held = [by_span[at] for at in outer.meeting(title)]
            if any(name.span.start > title.start or name.kind not in HOLDERS for name in held):
                continue
            kept |= {name.span: _before(name, title) for name in held if _ends(name, title)}
            for span in people:
                meeting = [by_span[at] for at in outer.meeting(span)]
                if not any(name.kind is Kind.PERSON and _is_exact(name, span) for name in meeting):
                    kept |= {name.span: _before(name, title) for name in meeting}
                    yield Mention(document.id, span, span.of(document.text), Kind.PERSON, score=SURE, rule=TITLES)
        yield from filter(None, kept.values())

    def met_again(self, document: Document, mentions: Sequence[Mention]) -> Sequence[Mention]:
        """Return the mentions with every place where a person stands who was read elsewhere: |王一民|还来到.

        A name that is more often something else is none of a person.
        """
        counts = Counter(name.text for name in mentions if name.kind is Kind.PERSON and self._long.fullmatch(name.text))
        others = Counter(name.text for name in mentions if name.text in counts and name.kind is not Kind.PERSON)
        people = {name for name, count in counts.items() if others[name] <= count < document.text.count(name)}
        if not people:
            return mentions
        outer = Outer.of(mentions)
        gone = {name.span for name in mentions if not name.nested and _runs_on(name, people)}
        kept = [name for name in mentions if outer.holding(name.span) not in gone]
        gazetteer = Gazetteer(dict.fromkeys(people, Kind.PERSON))
        known = Known((Kind.PERSON,) * len(gazetteer.names), gazetteer, TITLES, SURE, self._stands)
        read = {name.span: name for name in kept if name.kind is Kind.PERSON}
        return tuple(read.get(name.span, name) for name in known(document, Span(0, len(document.text)), kept))

    def _stands(self, text: str, span: Span) -> bool:
        """Tell a name from characters of several words (提|高建|设): a pause before it, or what comes behind names."""
        return bool(BEFORE.fullmatch(text[span.start - 1 : span.start]) or self._behind.match(text, span.end))

    def _found(self, text: str, within: Span) -> Iterator[tuple[Span, list[Span]]]:
        """Yield titles and the names behind each; what runs into the next title is no name (书记任主|任)."""
        found_titles = self._titles(sayable(within.of(text)))
        titles = [Span(within.start + start, within.start + end) for start, end, _ in found_titles]
        for title, following in pairwise([*titles, Span(within.end, within.end)]):
            people, at = [], title.end
            while (found := self._name.match(text, at, following.start)) and self._tag(found[1]) in NAMES:
                people.append(Span(*found.span(1)))
                at = found.end() + (text[found.end() : found.end() + 1] == "、")
            yield title, people


def _runs_on(name: Mention, people: Set[str]) -> bool:
    """Tell a name that is a person's and what comes behind it: 王一民|都; 王一民|团队 is a body."""
    text, most = name.text, RUN if name.kind in (Kind.PLACE, Kind.PERSON) else 1
    return text not in people and any(text[:-more] in people for more in range(1, most + 1))


def _ends(name: Mention, title: Span) -> bool:
    return name.kind is Kind.INSTITUTION and name.span.end == title.end


def _is_exact(person: Mention, span: Span) -> bool:
    """Tell whether a person was read already; where a name of several parts ends, the tagger knows better."""
    return person.span == span or (person.span.start == span.start and "·" in person.text)


def _before(name: Mention, title: Span) -> Mention | None:
    """Cut a name before a title, or leave nothing: 市委|书记 is of 市委, 锦州市|市长 of a place."""
    text = LEAD.sub("", name.text[: max(title.start - name.span.start, 0)])
    if len(text) < 2 or text in LEVELS:
        return None
    kind = Kind.PLACE if text[-1] in DIVISIONS else name.kind
    return replace(name, span=Span(name.span.start, name.span.start + len(text)), text=text, kind=kind)
