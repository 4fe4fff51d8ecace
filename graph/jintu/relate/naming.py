"""Name what a figure measures, from the words before and behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from jintu.model import Measure, Mention, Struct
from jintu.ontology import Ontology, complain
from jintu.relate.rules import WANTS, is_word_list
from jintu.segment import Finder

FILE = "rules/indicators.toml"
VERBS = ("rises", "falls", "to", "reaches", "keeps", "joins", "does")
NAMES = ("new", "light", "filler", "each", "metrics", "properties", "schools", "pupils", "money", "stops", "bare")
FRAMES = ("settings", "origins", "opens")
SCOPES = ("ours", "wholes", "pointers", "things", "traits", "sizes")
LISTS = (*VERBS, *NAMES, *FRAMES, *SCOPES)
MEMBERS = "members"  # the table of words that stand for several
AIM = (  # what is planned, with its sum or without; possessive, or 市级 could be read in two ways at every turn
    "(?:年初|年度|全年|年|调整|本级|既定|预期|上级|[省市县区]级?|级|下达|考核|确定)*+"
    r"(?:预算|计划|目标|任务|指标)++数?(?:\d[\d.,]*[万亿]?元)?"
)
COMPARED = re.compile(
    r"(?:较|比)(?:“[^”]{1,8}”(?:末|时期|期间)?|[^、比较]{0,8}(?:上年|去年|同期|末|年|底|时期|初|以来))\Z"
)
RELATIVE = re.compile(  # what is said beside another figure: 高于全省|2个百分点, 占全省|5%, 超年计划|42%
    rf"(?:均|都)?(?:[高低快慢好优]于|[高低]出|超出|超过(?=全)|[高低](?=全[国省市])|占|超(?:额完成)?(?={AIM}))"
)
GOAL = re.compile(r"(?:目标|指标|预期)(?:是|为)")
DATED = re.compile(
    r"(?:到|至)?(?:19|20)\d\d(?:年(?:底|末)?|(?=全[省市县区州盟旗]))|\d年内?|\d{1,2}(?:[-—–~至]\d{1,2})?月份?[末底初]?|前?[一二三四]季度"
)
COMPUTED = r"按[^，。；、\d]{0,4}(?:\d{4}年)?[^，。；、\d]{1,6}计算"  # 按现价计算|增长8%
JOINED = "、|以及|和|与|及"
PARTS = re.compile(JOINED)
PER = "年平人户亩日月"  # 年均, 户均: one word, whose 均 gives nothing to each
SIGNING = "签续履预节契"  # 签约|8个: one word too
ARRIVALS = "通到抵直送"  # 通达, 直达: one word, whose 达 is no word of its own
NOTE = re.compile(
    r"\[\d+\]|〔\d+〕|［\d+］|(?:同比)?[（(][^（）()]*下同[）)]"
)  # a footnote's mark, and what is no name
ASIDE = re.compile(r"\A（[^（）]*）")
ALSO_CALLED = re.compile("(?<=[率重比度额量值数])（[^（）]{2,14}[率重比度额量值]）\\Z")  # 比重（城镇化率）
ACHIEVED = re.compile(r"(?<=...)(?:实现(?=...)|完成(?=总?产值|投资|增加值|收入|税收|利润|出口|销售))")
SPREAD = re.compile(r"分别|连续(?:\d+|[一二两三四五六七八九十]+)(?:个?[年月]|个季度)")
REFERENCE = re.compile(  # a share of what was or was to be: 恢复到2019年|95%, 是上年的|2倍, 为年度预算的|102%
    r"(?:分别)?(?:恢复(?:到|至)|相当于|完成|占|是|为|较|比)"
    r"(?:(?:19|20)\d\d年(?:同期|水平|底|末)?|(?:上年|去年)(?:同期|水平)?|“[^”]{1,8}”(?:末|时期)?"
    rf"|{AIM})的?\Z|\A{AIM}\Z"
    r"|\A(?:分别)?[较比][^，。；、]{1,8}\Z|(?:同比)?(?:增速|增幅|涨幅|降幅)[比较][^，。；]{1,24}\Z"
)
AMOUNTING = re.compile(r"\A[^，。；]*\d[^的]*的(?=..)")  # 销售收入超5000万元的|园区
BEFORE = re.compile(r"\A（?(?:[一二三四五六七八九十]是|其中|\d{1,2}[.．、)）]|[①-⑳])(?=..)")  # 七是新建…, 3.改造…
SHORT_PAIRS = {"城、乡": "城镇、农村", "存、贷款": "存款、贷款"}
PAIRED = re.compile("(?<!县)城、乡(?!镇)|存、贷款")
NUMBERS_OF_A_LIST = re.compile(r"\d、\d")  # 拉动1.6、|3.1个百分点: figures without their unit
START = re.compile(r"(?<=..)(?:从|由)\d+(?:\.\d+)?\Z")  # a number without unit that a change starts from
INDEX = re.compile(r"(?<=[A-Za-z])_(?=\d)")  # PM_2.5, as files with formulas write it
APART = "(?![区方率])"  # behind what is told of a thing: not 占|地区, 达产|率
TRADE, ADDED = "业", "增加值"  # 工业增加值增长6%，制造业增长7%
AVERAGES = frozenset(("平均", "两年平均", "三年平均", "五年平均"))
NUMBERS = frozenset("一二三四五六七八九十")
COLLECTIVE = "村集体"
UNUSUAL = re.compile(r"[（(\[〔［_]|\d\Z")
QUOTED = re.compile("“[^“”]*”")
LONG_HEAD = 2  # 演出、赛事等活动 needs its examples, …等新字号企业 does not
WINDOW = 24  # characters before a figure in which its verb and the words beside it stand
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Naming:
    """Hold the word lists of ``rules/indicators.toml``, compiled."""

    tail: re.Pattern[str]
    new: re.Pattern[str]
    does: re.Pattern[str]
    light: re.Pattern[str]
    filler: re.Pattern[str]
    keeps: re.Pattern[str]
    each: re.Pattern[str]
    metrics: re.Pattern[str]
    stops: re.Pattern[str]
    bare: re.Pattern[str]
    ends_keep: re.Pattern[str]
    properties: re.Pattern[str]
    properties_end: re.Pattern[str]
    pupils: re.Pattern[str]
    school: re.Pattern[str]
    money: re.Pattern[str]
    joins: re.Pattern[str]
    settings: re.Pattern[str]
    origin: re.Pattern[str]
    opens: re.Pattern[str]
    ours: re.Pattern[str]
    wholes: re.Pattern[str]
    thing: re.Pattern[str]
    traits: re.Pattern[str]
    sized: re.Pattern[str]
    turning: Finder
    members: Mapping[str, list[str]]
    moves: re.Pattern[str]


class Said(Struct, frozen=True, gc=False):
    """Hold what the words before a figure say: the name left, and what the figure is."""

    end: int
    measure: Measure | None
    falls: bool
    verb: str
    each: bool


def read_naming(ontology: Ontology) -> Naming:
    """Read the word lists.

    Raises:
        OntologyError: with every list that is missing, empty or holds no words.
    """
    table = ontology.rules(FILE)
    mistakes = [
        f"{FILE}: {key} must be a list of words that is not empty"
        for key in LISTS
        if not (table.get(key) and is_word_list(table.get(key)))
    ]
    members = table.get(MEMBERS)
    if not isinstance(members, dict) or not all(map(is_word_list, members.values())):
        mistakes.append(f"{FILE}: [{MEMBERS}] must be a table of words, each with the list of words that it stands for")
    known = (*LISTS, MEMBERS)
    mistakes += [f'{FILE}: "{key}" is none of {", ".join(known)}' for key in sorted(set(table) - set(known))]
    complain(mistakes)
    return _compile({key: table[key] for key in LISTS}, table[MEMBERS])


def _compile(table: Mapping[str, list[str]], members: Mapping[str, list[str]]) -> Naming:
    either = {key: _either(words) for key, words in table.items()}
    to, filler = (
        either["to"],
        f"(?:(?<![{PER}])(?:{either['each']})|(?<![{ARRIVALS}](?=达))(?<![{SIGNING}](?=约))(?:{either['filler']}))",
    )
    traits = f"的?(?:{either['traits']}|{either['sizes']}){APART}"
    pointed = product(table["pointers"], table["things"])
    moves = f"(?:(?P<rise>{either['rises']})|(?P<fall>{either['falls']}))了?(?P<to>{to})?"
    return Naming(
        tail=re.compile(
            rf"(?P<fill>{filler}*)(?:{moves}|(?<![{ARRIVALS}])(?P<reach>{either['reaches']}|(?<=[值额入量])过)){filler}*\Z"
        ),
        new=re.compile(rf"(?:{either['new']})(?!值)|\A增加(?!值)"),
        does=re.compile(rf"(?:{either['does']})\Z"),
        light=re.compile(rf"(?:{either['light']}|{DATED.pattern}|{COMPUTED}|{WANTS}|\s|[*、）])+"),
        filler=re.compile(rf"{filler}+\Z"),
        keeps=re.compile(rf"(?:{either['keeps']})(?!率)"),
        each=re.compile(either["each"]),
        metrics=re.compile(rf"(?:{either['metrics']})\Z"),
        stops=re.compile(either["stops"]),
        bare=re.compile(either["bare"]),
        ends_keep=re.compile(rf"(?:{either['keeps']})\Z"),
        properties=re.compile(rf"(?:{either['properties']})\Z"),
        properties_end=re.compile(rf"(?<=..)(?:{either['properties']})\Z"),
        pupils=re.compile(either["pupils"]),
        school=re.compile(rf"(?:{either['schools']})(?=(?:{either['pupils']})?\Z)"),
        money=re.compile(rf"(?:{either['money']})\Z"),
        joins=re.compile(rf"(?:{either['joins']})"),
        settings=re.compile(rf"(?:{either['settings']})"),
        opens=re.compile(either["opens"]),
        ours=re.compile(either["ours"]),
        wholes=re.compile(either["wholes"]),
        thing=re.compile(rf"(?P<pointer>{either['pointers']})?(?P<thing>{either['things']})(?(pointer)|(?={traits}))"),
        traits=re.compile(traits),
        sized=re.compile(rf"[^，。；、：\d\s]{{1,14}}?(?:{either['things']})的?(?:{either['sizes']}){APART}"),
        turning=Finder([*table["wholes"], *table["traits"], *table["sizes"], COLLECTIVE, *map("".join, pointed)]),
        members=members,
        moves=re.compile(rf"\s*(?:{JOINED})\s*{moves}"),
        origin=re.compile(rf"(?:{either['origins']})(?:[^、，]{{0,12}}的|每人每[年月])?\Z"),
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


def said(naming: Naming, words: str) -> Said:
    """Part the words before a figure into a name and a verb that tells level from change."""
    found = verb_at_end(naming, words)
    if found is None:
        end = _before_filler(naming, words, len(words))
        return Said(end, None, False, "", bool(naming.each.search(words, end)))
    moves = bool(found["rise"] or found["fall"])
    measure = Measure.CHANGE if moves and not found["to"] else Measure.LEVEL
    compared = COMPARED.search(words, max(0, found.start() - WINDOW), found.start())
    end = _before_filler(naming, words, compared.start() if compared else found.start())
    falls = bool(found["fall"]) and measure is Measure.CHANGE
    verb = found["rise"] or found["fall"] or found["reach"]
    return Said(end, measure, falls, verb, bool(naming.each.search(words, end)))


def _before_filler(naming: Naming, words: str, end: int) -> int:
    filler = naming.filler.search(words, max(0, end - WINDOW), end)
    return filler.start() if filler else end


def verb_at_end(naming: Naming, words: str) -> re.Match[str] | None:
    """Find the verb of a figure at the end of the words before it."""
    return naming.tail.search(words, max(0, len(words) - WINDOW))


def spread(naming: Naming, parts: list[str]) -> list[str]:
    """Complete the members of a list that share the head of the member behind them.

    >>> from jintu.ontology import load
    >>> spread(read_naming(load()), ["城镇居民", "农村居民人均收入"])
    ['城镇居民人均收入', '农村居民人均收入']
    >>> spread(read_naming(load()), ["第一", "二", "三产业增加值"])
    ['第一产业增加值', '第二产业增加值', '第三产业增加值']
    """
    numbers = (parts[0][-1:], *parts[1:-1], parts[-1][:1])
    if len(set(numbers)) == len(numbers) and NUMBERS.issuperset(numbers):
        return [parts[0][:-1] + number + parts[-1][1:] for number in numbers]
    whole = parts[-1:]
    for part in reversed(parts[:-1]):
        whole.append(_headed(naming, part, whole[-1]))
    return whole[::-1]


def parted(naming: Naming, name: str, count: int) -> list[str]:
    """Name several figures that have one name, by the members of the word in it that stands for as many.

    >>> from jintu.ontology import load
    >>> parted(read_naming(load()), "城乡居民人均收入", 2)
    ['城镇居民人均收入', '农村居民人均收入']
    """
    for word, members in naming.members.items() if count > 1 else ():
        if len(members) == count and word in name:
            return [name.replace(word, member, 1) for member in members]
    return [name] * count


def _headed(naming: Naming, part: str, following: str) -> str:
    if naming.metrics.search(part):
        return part
    shared = next((n for n in range(len(part), 0, -1) if part[-n:] in following[:-1]), 0)
    if shared and not following.endswith(part[-shared:]):
        return part + following[following.index(part[-shared:]) + shared :]
    return part + following[len(part) :] if len(following) - len(part) > 1 else part


class Phrase(Struct, frozen=True, gc=False):
    """Hold what later figures of a sentence may leave out: the name, its verb, its subjects, and 新增.

    ``told`` are the names of all figures so far, without one that words without a figure part from the next.
    """

    name: str = ""
    verb: str = ""
    subjects: tuple[Mention, ...] = ()
    new: bool = False
    clause: int = -1
    end: int = -1
    told: tuple[str, ...] = ()

    def carried(self, clause: int, words: Said, *, is_completed: bool) -> tuple[Mention, ...]:
        """Return the subjects where they go on: in the same clause, for a measure of them, or of what they have."""
        goes_on = clause == self.clause or words.measure is not None or is_completed
        return self.subjects if goes_on else ()


def counted(naming: Naming, lead: str, noun: str) -> str:
    """Name what is counted: 改造|老旧小区; what it does comes first: 入选名录|村."""
    noun = AMOUNTING.sub("", noun.replace("全部", ""))
    deed = naming.joins.search(noun, 1)
    if deed:
        what, does = noun[: deed.start()], noun[deed.start() :]
        return lead + does + ("" if does.endswith(what) else what)
    deed = naming.does.search(noun)
    if deed:
        return deed[0] + noun[: deed.start()]
    stop = naming.stops.search(noun, 2)
    return lead + (noun[: stop.start()] if stop else noun).removesuffix("建设")


def completed(naming: Naming, name: str, words: Said, before: Phrase, *, is_listed: bool) -> str:
    """Fill in what a name leaves out from what was said before: 竣工|50个 is 竣工安置房项目."""
    if not before.name:
        return name
    if name in ("", "年均"):
        return before.name
    if name in AVERAGES or RELATIVE.match(name):
        return before.name + name
    if naming.keeps.fullmatch(name):
        return _done(naming, name, before)
    if naming.properties.match(name):
        is_property = naming.properties.match(before.name) or naming.bare.fullmatch(before.name)
        return name if is_property else naming.properties_end.sub("", before.name) + name
    return _alike(naming, name, words, before, is_listed=is_listed)


def _done(naming: Naming, deed: str, before: Phrase) -> str:
    rest = naming.properties_end.sub("", before.name.removeprefix(before.verb))
    tail = naming.ends_keep.search(rest)
    return deed + rest if before.verb else (rest[: tail.start()] if tail else rest) + deed


def _alike(naming: Naming, name: str, words: Said, before: Phrase, *, is_listed: bool) -> str:
    """Give a name the end, the verb or the school that it has in common with the one before."""
    if naming.pupils.fullmatch(name) and (school := naming.school.search(before.name)):
        return before.name[: school.end()] + name
    if name.endswith(TRADE) and words.measure is Measure.CHANGE and before.name.endswith(ADDED):
        return name + ADDED
    if name.endswith("以上") and "以上" in before.name:
        name += before.name.rpartition("以上")[2]
    shares_verb = is_listed and before.verb not in ("", before.name) and not naming.keeps.match(name)
    return before.verb + name if shares_verb else name


def tidy(naming: Naming, name: str) -> str:
    """Drop what is no part of a name: footnote marks, where a change starts, examples before 等, half a quote."""
    if UNUSUAL.search(name):  # few names have any of it, and each search costs
        name = ALSO_CALLED.sub("", name)
        name = INDEX.sub("", START.sub("", ASIDE.sub("", NOTE.sub("", name))))
    examples, found, head = name.rpartition("等")
    if found and len(head) > LONG_HEAD and ("、" in examples or "”" in examples):
        verb = naming.keeps.match(examples)
        name = (verb[0] if verb else "") + head
    name = ACHIEVED.sub("", name)
    if name.count("“") > name.count("”"):
        name = name.replace("“", "", 1)
    elif name.count("”") > name.count("“"):
        name = name.replace("”", "", 1)
    return name[1:-1] if QUOTED.fullmatch(name) else name
