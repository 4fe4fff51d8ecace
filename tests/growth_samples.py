"""Work that may not need more memory where there is more of it, and how much more it takes."""

import resource
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from jintu.folders import reading, regions, rows
from jintu.folders.shelf import pieces, shelving
from jintu.folders.steps import Saying
from jintu.model import Entity, Evidence, Indicator, Kind, Measure, Modality, Quantity, Relation, Span
from jintu.pipeline import Settings
from jintu.read import Source

FAST = Settings(tagger="fast")
TITLE = "锦州市政府工作报告\n——2023年2月9日在锦州市人民代表大会第六次会议上\n"
PARTS = (
    "一、2022年工作回顾\n锦凌水库供水工程竣工。市中心医院总投资5.32亿元，黑山县获评全国文明城市。外贸增长3.6%。\n",
    "（一）项目建设\n锦州医科大学新校区投用。地铁4号线开工建设，总投资120亿元。\n",
    "二、2023年工作安排\n推进锦凌水库扩建工程，财政收入增长6%。渤海大学实施乡村振兴战略。\n",
    "（一）改善民生\n新建市中心医院分院，黑山镇派出所迁建。锦医大获奖。\n",
)


def grown(work: Callable[[Path, int], None], folder: Path) -> float:
    """Return by how many MB the peak of this process grows from some work to four times as much."""
    peaks = []
    for number, times in enumerate((1, 1, 4)):  # the first fills what is remembered
        work(folder / str(number), times)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return peaks[2] - peaks[1]


def read_a_text(folder: Path, times: int) -> None:
    """Read a text of some megabytes as far as its first stretch."""
    folder.mkdir()
    path = folder / "锦州市-2023.txt"
    with path.open("w", encoding="utf-8") as file:
        file.write(TITLE)
        file.writelines("".join(PARTS) + "群众出行条件明显改善。\n" * 90 for _ in range(2000 * times))
    source = Source("a", str(path))
    digest, _ = reading.digest_of_source(source)
    reading.read(source, "a", digest, FAST, folder / "text", folder / "target")


def say_a_region(folder: Path, times: int) -> None:
    """Say a region in which one city has thousands of statements."""
    city = Entity("division/210700", Kind.PLACE, "锦州市", scope="division/210000", code="210700")
    amount = Quantity("3.6%", "3.6", "%", Decimal("3.6"), "P1")
    folder.mkdir()
    regions.RUN = 5_000  # rows, so that little work makes many runs
    with shelving(folder / "made") as shelf:
        shelf.each("entities", [rows.entity_row(city)])
        shelf.each("said", (_said(city, amount, number) for number in range(8_000 * times)))
    made = pieces(folder / "made")
    assert made
    saying = Saying(("nt",), False, None)
    regions.say_region("2107", [made["entities"]], [("a", made["said"])], [], saying, folder / "target")


def _said(city: Entity, amount: Quantity, number: int) -> rows.Row:
    figure = Indicator(f"指标{number}", amount, Measure.LEVEL)
    evidence = Evidence("a", Span(number, number + 4), "增长3.6%", "indicator", 1.0)
    return rows.said_row(((city.id, Relation.INDICATOR, figure, Modality.STATED, 2023), evidence))
