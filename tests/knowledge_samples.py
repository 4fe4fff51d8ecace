"""Knowledge graphs for tests, made from sentences of our own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256

from jintu.model import (
    Bound,
    Document,
    Entity,
    Evidence,
    Fact,
    Indicator,
    Kind,
    KnowledgeGraph,
    Link,
    Measure,
    Mention,
    Modality,
    Quantity,
    Relation,
    Section,
    Span,
    Status,
    Value,
)

REPORT = """锦州市2023年政府工作报告(样例)
一、过去一年的工作
水利建设又进一步。锦凌水库位于太和区境内，周边生态治理工程已经完成，锦州市为此投入3.6亿元。
总投资5.32亿元的锦州海洋生态保护修复项目进入实施阶段，项目在凌海市沿岸展开。
新苏环保垃圾焚烧发电项目已在太和区投产，锦州医科大学新校区在建。
黑山县黑山镇派出所获得全国“枫桥式公安派出所”称号，锦州市获得全国森林草原防火先进单位称号。
锦州市中心医院的新门诊楼投用，方便了古塔区和凌河区的居民。
锦州市举办全国竞走冠军赛，渤海大学承办了辽西青年创业大会。
全年造林14.6万亩，地区生产总值增长2.5%，新增就业2.5万余人。
锦州市支援盘锦市防汛，又把一批蔬菜送到沈阳市。
锦州市实施乡村振兴战略，开展扫黑除恶斗争，义县启动义县奉国寺保护工程。
音舞诗剧《曙光》获得省“五个一”工程奖，主创李明来自锦州市艺术研究所。
北镇市的北镇西沙河治理工程竣工，医巫闾山风景区游客增长三成。
二、2023年的打算
锦州市将开工建设锦州湾国际机场改扩建项目，计划投资18亿元，力争年内竣工。
计划在滨海新区建设锦州港30万吨级航道工程，地区生产总值增长6%左右。
黑山县将实施黑山县高标准农田建设项目，锦州市将推进城市更新行动。
"""

BULLETIN = """锦州市2022年水利公报(样例)
锦凌水库在建的灌溉工程由锦州市水利局组织，年内开工。
大凌河与小凌河在锦州市境内，小凌河流经凌河区，大凌河流经义县和凌海市。
锦州市水利局实施河长制，获得全省水利工作先进集体称号。
盘锦市与锦州市共同治理绕阳河，绕阳河在黑山县境内。
"""

DIVISIONS = {
    "辽宁省": ("210000", None),
    "锦州市": ("210700", "辽宁省"),
    "盘锦市": ("211100", "辽宁省"),
    "沈阳市": ("210100", "辽宁省"),
    "太和区": ("210711", "锦州市"),
    "古塔区": ("210702", "锦州市"),
    "凌河区": ("210703", "锦州市"),
    "黑山县": ("210726", "锦州市"),
    "义县": ("210727", "锦州市"),
    "凌海市": ("210781", "锦州市"),
    "北镇市": ("210782", "锦州市"),
    "黑山镇": ("210726100", "黑山县"),
}

NAMES = {
    Kind.PLACE: "锦凌水库 医巫闾山风景区 滨海新区 大凌河 小凌河 绕阳河",
    Kind.INSTITUTION: "黑山镇派出所 锦州市中心医院 渤海大学 锦州医科大学 锦州市艺术研究所 锦州市水利局",
    Kind.PROJECT: "周边生态治理工程 锦州海洋生态保护修复项目 新苏环保垃圾焚烧发电项目 锦州医科大学新校区 "
    "新门诊楼 义县奉国寺保护工程 北镇西沙河治理工程 锦州湾国际机场改扩建项目 锦州港30万吨级航道工程 "
    "黑山县高标准农田建设项目 灌溉工程",
    Kind.PROGRAMME: "乡村振兴战略 扫黑除恶斗争 城市更新行动 河长制",
    Kind.HONOUR: "全国“枫桥式公安派出所” 全国森林草原防火先进单位 省“五个一”工程奖 全省水利工作先进集体",
    Kind.EVENT: "全国竞走冠军赛 辽西青年创业大会",
    Kind.PERSON: "李明",
    Kind.WORK: "曙光",
}

# subject, relation, object or value, planned?; each is proved by the first sentence that holds both names
SAID = """锦凌水库 locatedIn 太和区
周边生态治理工程 locatedIn 锦凌水库
周边生态治理工程 status 完成
周边生态治理工程 investment 3.6亿元
锦州海洋生态保护修复项目 investment 5.32亿元
锦州海洋生态保护修复项目 status 实施
锦州海洋生态保护修复项目 locatedIn 凌海市
新苏环保垃圾焚烧发电项目 locatedIn 太和区
新苏环保垃圾焚烧发电项目 status 投产
锦州医科大学新校区 partOf 锦州医科大学
锦州医科大学新校区 status 在建
黑山镇派出所 received 全国“枫桥式公安派出所”
黑山镇派出所 locatedIn 黑山镇
锦州市 received 全国森林草原防火先进单位
锦州市中心医院 locatedIn 古塔区
新门诊楼 partOf 锦州市中心医院
新门诊楼 status 投用
锦州市 hosts 全国竞走冠军赛
渤海大学 hosts 辽西青年创业大会
锦州市 aids 盘锦市
锦州市 aids 沈阳市
锦州市 implements 乡村振兴战略
锦州市 implements 扫黑除恶斗争
义县 implements 义县奉国寺保护工程
义县奉国寺保护工程 status 启动
曙光 received 省“五个一”工程奖
锦州市艺术研究所 locatedIn 锦州市
北镇西沙河治理工程 locatedIn 北镇市
北镇西沙河治理工程 status 竣工
医巫闾山风景区 locatedIn 北镇市
锦州湾国际机场改扩建项目 locatedIn 锦州市
锦州湾国际机场改扩建项目 investment 18亿元
锦州湾国际机场改扩建项目 status 竣工
锦州港30万吨级航道工程 locatedIn 滨海新区
黑山县 implements 黑山县高标准农田建设项目
锦州市 implements 城市更新行动
灌溉工程 locatedIn 锦凌水库
灌溉工程 status 在建
锦州市水利局 implements 灌溉工程
锦州市水利局 implements 河长制
锦州市水利局 received 全省水利工作先进集体
大凌河 locatedIn 锦州市
小凌河 locatedIn 锦州市
小凌河 locatedIn 凌河区
大凌河 locatedIn 义县
大凌河 locatedIn 凌海市
绕阳河 locatedIn 黑山县
锦州市 implements 周边生态治理工程
"""

FIGURES = {
    "3.6亿元": ("3.6", "亿元", "360000000", "CNY"),
    "5.32亿元": ("5.32", "亿元", "532000000", "CNY"),
    "18亿元": ("18", "亿元", "1800000000", "CNY"),
}

INDICATORS = (
    ("造林", "14.6万亩", "14.6", "万亩", "146000", "MU", Bound.EXACT, Measure.LEVEL),
    ("地区生产总值", "2.5%", "2.5", "%", "2.5", "PERCENT", Bound.EXACT, Measure.CHANGE),
    ("新增就业", "2.5万余人", "2.5", "万人", "25000", "PERSON", Bound.LOWER, Measure.CHANGE),
    ("地区生产总值", "6%左右", "6", "%", "6", "PERCENT", Bound.ABOUT, Measure.CHANGE),
)

GAZETTEER = Evidence("", Span(0, 0), "", "gazetteer", 1.0)


def document(name: str, text: str, *, year: int = 2023) -> Document:
    """Make a document whose sections are its headed parts, the first from the start."""
    second = text.find("二、")
    cut = second if second >= 0 else len(text)
    sections = [Section(Span(0, cut), "一、过去一年的工作", Modality.STATED)]
    if cut < len(text):
        sections.append(Section(Span(cut, len(text)), "二、2023年的打算", Modality.PLANNED))
    digest = sha256(text.encode()).hexdigest()
    title = text.partition("\n")[0]
    return Document(name, text, title, f"{name}.txt", digest, "锦州市", year, "title", tuple(sections))


@dataclass
class Builder:
    """Collect entities, links and facts, each fact with the sentence that says it."""

    documents: tuple[Document, ...]
    entities: dict[str, Entity] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)

    def add(self, name: str, kind: Kind, *, code: str | None = None) -> None:
        local = f"division/{code}" if code else f"{kind.lower()}/210700/{name}"
        aliases = (name[:-1],) if code else ()
        self.entities[name] = Entity(local, kind, name, aliases, None if code else "division/210700", code)

    def say(self, subject: str, relation: Relation, target: str, *words: str) -> None:
        evidence, modality, year = self.prove(*(words or (subject, target)))
        value = self.entities[target].id if target in self.entities else _value(target)
        self.facts.append(Fact(self.entities[subject].id, relation, value, modality, year, (evidence,)))

    def prove(self, *words: str) -> tuple[Evidence, Modality, int | None]:
        for source in self.documents:
            for start, sentence in _sentences(source.text):
                if all(word in sentence for word in words):
                    planned = any(
                        s.span.start <= start < s.span.end and s.modality == "planned" for s in source.sections
                    )
                    quote = sentence.rstrip()
                    evidence = Evidence(source.id, Span(start, start + len(quote)), quote, "sample.rule", 0.9)
                    year = source.year if planned else (source.year or 1) - 1
                    return evidence, Modality.PLANNED if planned else Modality.STATED, year
        raise AssertionError(f"no sentence holds {words}")

    def links(self) -> Iterator[Link]:
        for source in self.documents:
            for name, entity in self.entities.items():
                start = source.text.find(name)
                while start >= 0:
                    mention = Mention(source.id, Span(start, start + len(name)), name, entity.kind)
                    yield Link(mention, entity.id, 1.0, "name")
                    start = source.text.find(name, start + 1)

    def knowledge(self) -> KnowledgeGraph:
        return KnowledgeGraph(
            self.documents,
            tuple(sorted(self.entities.values(), key=lambda e: e.id)),
            tuple(sorted(self.links(), key=lambda x: (x.mention.doc, x.mention.span, x.entity))),
            tuple(sorted(self.facts, key=lambda f: (f.subject, f.relation, str(f.object), f.modality))),
        )


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, line
        start += len(line)


def _value(text: str) -> Value:
    if text in FIGURES:
        number, unit, value, code = FIGURES[text]
        return Quantity(text, number, unit, Decimal(value), code)
    return Status(text)


def jinzhou() -> KnowledgeGraph:
    """Make the graph of two short reports: all kinds, all relations, stated and planned."""
    made = Builder((document("bulletin", BULLETIN, year=2022), document("report", REPORT)))
    for name, (code, _) in DIVISIONS.items():
        made.add(name, Kind.PLACE, code=code)
    for kind, names in NAMES.items():
        for name in names.split():
            made.add(name, kind)
    for line in SAID.splitlines():
        subject, relation, target = line.split(" ")
        made.say(subject, Relation(relation), target)
    for name, text, number, unit, value, code, bound, measure in INDICATORS:
        evidence, modality, year = made.prove(name, text)
        figure = Indicator(name, Quantity(text, number, unit, Decimal(value), code, bound), measure)
        made.facts.append(Fact("division/210700", Relation.INDICATOR, figure, modality, year, (evidence,)))
    for name, (_, parent) in DIVISIONS.items():
        if parent:
            ends = made.entities[name].id, made.entities[parent].id
            made.facts.append(Fact(ends[0], Relation.LOCATED_IN, ends[1], Modality.STATED, None, (GAZETTEER,)))
    return made.knowledge()


def hostile(names: tuple[str, ...]) -> KnowledgeGraph:
    """Make a graph in which each name is a label, an alias, a quote, a section and a document's title."""
    made: list[Entity] = []
    documents: list[Document] = []
    facts: list[Fact] = []
    for number, name in enumerate(names):
        text = f"前文{name}后文"
        whole = Span(0, len(text))
        documents.append(
            Document(
                f"{number}{name[:50]}", text, name, name, "0" * 64, sections=(Section(whole, name, Modality.STATED),)
            )
        )
        made.append(
            Entity(f"work/{number}/{name[:50]}", list(Kind)[number % 8], name, (name, name + "二"), code=name[:50])
        )
        evidence = Evidence(documents[-1].id, Span(2, 2 + len(name)), name, name[:50])
        facts.append(Fact(made[-1].id, Relation.STATUS, Status(name), Modality.STATED, 2023, (evidence,)))
        facts.append(Fact(made[-1].id, Relation.PART_OF, made[0].id, Modality.PLANNED, None, (evidence,)))
    return KnowledgeGraph(tuple(documents), tuple(made), (), tuple(facts))


def grown(count: int) -> KnowledgeGraph:
    """Make a graph of ``count`` entities and twice as many facts, with hubs, by integer arithmetic alone."""
    text = "某市推进某项工程建设并取得新的进展。" * 40
    source = document("grown", text)
    kinds = list(Kind)
    entities = tuple(
        Entity(f"e/{n:06}", kinds[n % 8], f"{'新兴富民安康永宁'[n % 8]}{'河山林田湖海'[n % 6]}{n}号")
        for n in range(count)
    )
    facts = tuple(_grow(n, source) for n in range(2, 2 * count))
    return KnowledgeGraph((source,), entities, (), tuple(sorted(facts, key=lambda f: (f.subject, str(f.object)))))


def _grow(number: int, source: Document) -> Fact:
    count_back = number * 7919 % 97 + 1
    subject = number // 2
    target = max(0, subject // count_back - number % 2)
    relation = (Relation.LOCATED_IN, Relation.IMPLEMENTS, Relation.PART_OF)[number % 3]
    span = Span(number % 300, number % 300 + 18)
    evidence = Evidence(source.id, span, span.of(source.text), "grown", 0.8)
    return Fact(f"e/{subject:06}", relation, f"e/{target:06}", Modality.STATED, 2015 + number % 9, (evidence,))
