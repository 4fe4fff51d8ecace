"""Find out whose report a document is and of which year, from its title, first lines and file name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from jintu.divisions import LEVEL_ENDS, Division, Divisions, standing

NATION = "中国"
FIRST_LINES = 40
LONGEST_LINE = 100  # longer lines are running text, which names many places and years
LONGEST_PATH = 30  # characters of a division's name with the names of those it lies in
HEADED = 3  # lines of which one may be the title of a bulletin
END = 2  # characters that tell a full name's end: its last one may be a short name's too
NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)"
DATE = re.compile(YEAR + r"年(?P<month>\d{1,2})月")
HAN_DATE = re.compile(r"(?P<year>二[〇○零][〇○零一二三四五六七八九]{2})年(?P<month>[一二三四五六七八九十]{1,2})月")
HAN_YEAR = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
NUMBERED = re.compile(r"^.{1,12}[〔\[(](?P<year>20\d\d)[〕\])]\d+号$")  # the number of a paper: 云政办发〔2024〕5号
SIGNED = re.compile(rf"^[(]?{YEAR}年\d{{1,2}}月(?:\d{{1,2}}日)?[)]?$")
DATELINE = re.compile(
    r"^(?:发[布表](?:时间|日期)|时间|日期|来源)?[:：]?[^\d,，]{0,12}"
    + YEAR
    + r"[-年./](?P<month>\d{1,2})[-月./]\d{1,2}"
)
LAST_MONTHS = ("11", "12", "十一", "十二")
MARKS = re.compile(r"[\s#*_>]+|^[—–-]+")
SESSION = re.compile(r"(?P<place>[^，。；]{2,40}?)第?[\d一二三四五六七八九十百]+届(?:人民代表大会|人大)")
SOURCE = re.compile(r"^(?:(?:信息|稿件|文章|内容)?来源|供稿)[:：](?P<place>[一-鿿]{3,30})")
SPEAKS_FOR = re.compile(r"我(?:谨|受[^，。]{2,12}委托,?)?代表(?P<place>[一-鿿]{2,30}?)人民政府")
NATIONAL = re.compile(r"^国务院(?:总理|.{0,8}政府工作报告)|全国人民代表大会第?[一二三四五六七]次会议上$|我代表国务院")
REPORT = re.compile(r"^(?:\d{4}年度?)?(?P<place>[一-鿿]{2,30}?)(?:人民)?政府(?:\d{4}年度?)?工作报告")
# A line that says who speaks, and nothing else: 某市市长 某某.
NAMED = r"(?:[一-鿿]{0,4}|[一-鿿]+(?:[·•][一-鿿]+)+)"
OFFICE = rf"(?:代理?)?(?:省长|市长|州长|县长|区长|主席|盟长|旗长|专员)[:：]?{NAMED}[:：]?(?:[(（].*)?$"
SPEAKER = re.compile(r"^(?P<place>[一-鿿]{2,30}?)(?:人民政府)?" + OFFICE)
PAPER = re.compile(
    r"报告|公报|通报|简报|公告|通告|公示|通知|批复|规划|纲要|方案|计划|草案|预案|要点|打算|总结|小结|意见|建议|措施|指南"
    r"|实事(?:项目|工程)?|大事|好事|决定|决议|办法|细则|规定|规则|条例|章程|标准|清单|名单|名录|目录|台账|概况|简介|年鉴|白皮书|情况|分析|解读|数据|快报|月报|季报"
)
PERIOD = r"(?:\d{1,2}(?:[-—–~至]\d{1,2})?月份?|[上下]半年|前?[一二三四1-4]季度|[春夏秋冬]季)"
OPENING = re.compile(
    rf"^(?:[\d〇○零一二三四五六七八九]{{4}}年度?)?{PERIOD}?(?:中共)?(?:关于)?(?:印发|公布|发布|下达|转发)?《?"
)
BUREAU = re.compile(r"^(?P<place>[一-鿿]{3,20}?)(?:[一-鿿]{1,8}(?:局|委|办|厅|院|中心|政府))[:：]")
GUEST = re.compile("[与和及、来赴访到在委]|[省市县区州]长|书记|代表团|考察团|党政")  # 沈阳市|代表团来访
BULLETIN = re.compile(
    YEAR + r"年(?![上下]半年|.{0,8}季度|\d+月|\d+[-—–~至]\d+月)\S*(?:公报|执行情况|总结|决算|年报|年鉴|白皮书|统计简报)"
)
OF_A_YEAR = re.compile(  # a title that ends with what the paper is, and names one year
    rf"^\D*{YEAR}年(?!远景目标|.*\d{{4}}年)(?:.*(?:{PAPER.pattern})|修订)[)）]?(?:[(（].*)?$"
)
# A heading that says what a report looks back on: 一、2022年工作回顾.
REVIEW = re.compile(
    rf"^(?:.{{0,6}}|.{{0,20}}解读.{{0,4}}){YEAR}年度?(?:主要|重点|政府)*(?:工作)?(?:回顾|总结|完成情况)[^，。]{{0,6}}$"
)
YEAR_IN_TITLE = re.compile(YEAR + r"(?:年|[)）])")
YEAR_IN_NAME = re.compile(YEAR + r"(?!\d)")


@dataclass(frozen=True, slots=True)
class Origin:
    """Hold the full name of a report's own place, the year of the report, and how both were found."""

    place: str | None
    year: int | None
    why: str


def origin(*, title: str, head: str, name: str, divisions: Divisions) -> Origin:
    """Find a report's own place and year; either is None where nothing says it.

    ``head`` is the beginning of the text, ``name`` the file's name without its ending. A report
    given in November or December is the one of the next year: it looks back on the year that
    ends. The text is believed before the file's name.

    >>> from jintu import divisions, ontology
    >>> known = divisions.load(ontology.load())
    >>> origin(title="锦州市政府工作报告（2023年1月4日）", head="", name="a", divisions=known)
    Origin(place='锦州市', year=2023, why='place and year from the title')
    """
    heading, lines = plain_line(title), _short_lines(head)
    year, year_why = next(_years(heading, lines, name), (None, ""))
    place, place_why = next(_places(heading, lines, name, Finder(divisions, year)), (None, ""))
    return Origin(place, year, _why(place_why, year_why))


def _why(place: str, year: str) -> str:
    if place and place == year:
        return f"place and year from {place}"
    return "; ".join(f"{what} from {why}" for what, why in (("place", place), ("year", year)) if why)


def _short_lines(head: str) -> tuple[str, ...]:
    lines = tuple(line for line in map(plain_line, re.split(r"[\n。]", head)) if line)
    return tuple(line for line in lines[:FIRST_LINES] if len(line) <= LONGEST_LINE)


def plain_line(line: str) -> str:
    """Write a line in one width, without blanks and the marks of Markdown."""
    return MARKS.sub("", unicodedata.normalize("NFKC", line))


def _years(title: str, lines: tuple[str, ...], name: str) -> Iterator[tuple[int, str]]:
    named = HAN_YEAR.sub(lambda found: found[0].translate(NUMERALS), title)
    for line, where in ((named, "the title"), *((line, "the first lines") for line in lines[:HEADED])):
        if found := BULLETIN.search(line):
            yield int(found["year"]) + 1, f"{where}, which looks back on the year before"
    for line in lines:
        if SESSION.search(line) and (given := _given(line)):
            yield given[0], f"the opening line{given[1]}"
    if given := _given(title):
        yield given[0], f"the title{given[1]}"
    if "解读" in title and (found := REVIEW.search(title)):
        yield int(found["year"]) + 1, "the title, which looks back on the year before"
    for line in (title, *lines):
        if (REPORT.search(line) or "工作报告" in line) and (found := YEAR_IN_TITLE.search(line)):
            yield int(found["year"]), "the title"
    if found := OF_A_YEAR.search(named):
        yield int(found["year"]), "the title"
    of_lines = ((REVIEW, 1, "the heading of the review"), (DATELINE, 0, "the date line"))
    for pattern, later, where in (*of_lines, (NUMBERED, 0, "the paper's number"), (SIGNED, 0, "the date line")):
        yield from ((int(found["year"]) + later, where) for line in lines if (found := pattern.search(line)))
    yield from ((int(found["year"]), "the file name") for found in YEAR_IN_NAME.finditer(name))


def year_on(day: str, title: str) -> int:
    """Return the year of a document of a day, as ISO 8601: a report of the last weeks is the next year's.

    >>> year_on("2022-12-28", "政府工作报告"), year_on("2022-12-28", "关于做好防汛工作的通知")
    (2023, 2022)
    """
    return int(day[:4]) + (day[5:7] in LAST_MONTHS and "报告" in title)


def _given(line: str) -> tuple[int, str] | None:
    """Return the year of the report that was given on a line's date, and a remark where it is the next year."""
    found = DATE.search(line) or HAN_DATE.search(line)
    if not found:
        return None
    year = int(found["year"].translate(NUMERALS))
    late = found["month"] in LAST_MONTHS and bool(SESSION.search(line) or "报告" in line)
    return (year + 1, f" (given at the end of {year})") if late else (year, "")


def _places(title: str, lines: tuple[str, ...], name: str, finder: Finder) -> Iterator[tuple[str, str]]:
    if any(NATIONAL.search(line) for line in (title, *lines)):
        yield NATION, "the opening line"
    for pattern, where in ((REPORT, "the title"), (SESSION, "the opening line"), (SPEAKER, "the speaker's office")):
        for line in (title, *lines):
            if (found := pattern.search(line)) and (place := finder.at_end(found["place"])):
                yield place, "the title" if line == title else where
    for pattern, where in ((BUREAU, "who says it"), (SPEAKS_FOR, "who is spoken for"), (SOURCE, "the source line")):
        for line in lines:
            if (found := pattern.search(line)) and (place := finder.at_start(found["place"])):
                yield place, where
    if PAPER.search(title) and (place := finder.at_start(OPENING.sub("", title, count=1))):
        yield place, "the title"
    if place := finder.in_file_name(name):
        yield place, "the file name"


@dataclass(frozen=True, slots=True)
class Finder:
    """Find the full name of a place at an end of a phrase, as valid in a year."""

    divisions: Divisions
    year: int | None

    def at_end(self, phrase: str) -> str | None:
        """Return the full name of the longest place that a phrase is, or ends with in full.

        An end that is but a place's short name may be part of another name: 江市 of 松江市 is not 江市镇.
        """
        starts = range(max(0, len(phrase) - LONGEST_PATH), len(phrase) - 1)
        found = ((start, place) for start in starts if (place := self.in_full(phrase[start:])))
        return next((place for start, place in found if start == 0 or _in_full(place, phrase)), None)

    def at_start(self, phrase: str, *, least: int = 3) -> str | None:
        """Return the full name of the longest place that a phrase starts with; that of 松江市 is not 松江区."""
        ends = range(min(LONGEST_PATH, len(phrase)), least - 1, -1)
        short = (2,) if least > 2 and phrase[1:2] == "县" else ()  # 莘县, which no short name is like
        found = ((end, place) for end in (*ends, *short) if (place := self.in_full(phrase[:end])))
        return next(
            (place for end, place in found if phrase[end : end + 1] not in LEVEL_ENDS or _in_full(place, phrase[:end])),
            None,
        )

    def path_at_start(self, phrase: str) -> str | None:
        """Return the full name of the place that a phrase starts with behind those it lies in: 辽宁省锦州市|…."""
        ends = range(min(LONGEST_PATH, len(phrase)), 3, -1)
        paths = (phrase[:end] for end in ends if phrase[end - 1] in LEVEL_ENDS and phrase[:end] not in self.divisions)
        found = ((path, place) for path in paths if (place := self.in_full(path)) and _in_full(place, path))
        path, place = next(found, ("", None))
        return None if GUEST.match(phrase, len(path)) else place

    def in_full_at_start(self, phrase: str) -> str | None:
        """Return the place that a phrase starts with in full, and of which it goes on to tell: 黑山县|新桥通车."""
        ends = (end for end in range(2, LONGEST_PATH) if phrase[end - 1 : end] in LEVEL_ENDS)
        found = next(((end, place) for end in ends if (place := self.in_full(phrase[:end]))), None)
        return found[1] if found and not GUEST.match(phrase, found[0]) else None

    def in_file_name(self, name: str) -> str | None:
        """Return the place that a part of a file's name starts with."""
        for part in re.findall(r"[一-鿿]{2,60}", unicodedata.normalize("NFKC", name)):
            words = part.lstrip("年度")
            if words.startswith("国务院"):
                return NATION
            if place := self.at_start(words, least=2):
                return place
        return None

    def in_full(self, name: str) -> str | None:
        """Return the full name of the place that a name means, the name itself where it may mean several."""
        named = self.divisions.located(name, year=self.year)
        found = standing(named, self.year) or named
        widest = [place for place in found if place.level == found[0].level]
        if len(widest) != 1:
            return name if widest else None
        return self._unambiguous(widest[0])

    def _unambiguous(self, place: Division) -> str:
        """Put the parent's name before a name that several places of a level bear: 南京市鼓楼区."""
        namesakes = standing(self.divisions.named(place.name, year=self.year), self.year)
        if sum(other.level == place.level for other in namesakes) <= 1:
            return place.name
        parent = self.divisions.at(place.parent, year=self.year)
        return parent.name + place.name if parent else place.name


def _in_full(place: str, phrase: str) -> bool:
    """Tell whether a phrase ends with a place's full name, where it ends with one of its names."""
    return place.endswith(phrase[-END:])
