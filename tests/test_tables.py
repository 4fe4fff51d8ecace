"""Indicators and projects as tables: what stands in them, and what opens in a spreadsheet."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jintu import rdf
from jintu.errors import JintuError
from jintu.model import (
    Entity,
    Evidence,
    Fact,
    Indicator,
    Kind,
    KnowledgeGraph,
    Measure,
    Modality,
    Quantity,
    Relation,
    Span,
    Status,
    replace,
)
from jintu.sheets import harmless
from jintu.tables import FORMATS, IndicatorRow, ProjectRow, Tables, tables, write
from knowledge_samples import hostile, jinzhou

EMPTY = KnowledgeGraph((), (), (), ())
NAMES = {f"t-{sheet}.{form}" for sheet in ("indicators", "projects") for form in ("csv", "parquet")} | {"t.xlsx"}


def project(made: Tables, name: str) -> ProjectRow:
    (row,) = [row for row in made.projects if row.name == name]
    return row


def indicator(made: Tables, name: str, kind: str) -> IndicatorRow:
    (row,) = [row for row in made.indicators if (row.indicator, row.kind) == (name, kind)]
    return row


def read_csv(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_an_indicator_is_a_row_with_number_unit_place_year_and_words() -> None:
    row = indicator(tables(jinzhou()), "造林", "level")
    assert (row.place, row.place_code, row.year) == ("锦州市", "210700", 2022)
    assert (row.number, row.unit, row.value, row.unit_code) == ("14.6", "万亩", Decimal(146000), "MU")
    assert (row.measure, row.modality, row.bound, row.document) == ("level", "stated", "exact", "report")
    assert "造林14.6万亩" in row.quote
    assert row.start is not None
    assert row.end == row.start + len(row.quote)


def test_a_planned_figure_is_a_target_that_keeps_its_measure() -> None:
    made = tables(jinzhou())
    aim, change = indicator(made, "地区生产总值", "target"), indicator(made, "地区生产总值", "change")
    assert (aim.year, aim.value, aim.measure, aim.modality, aim.bound) == (
        2023,
        Decimal(6),
        "change",
        "planned",
        "about",
    )
    assert (change.year, change.value, change.modality) == (2022, Decimal("2.5"), "stated")


def test_a_project_is_a_row_with_place_stages_money_and_words() -> None:
    row = project(tables(jinzhou()), "锦州海洋生态保护修复项目")
    assert (row.kind, row.place, row.place_code) == ("Project", "凌海市", "210781")
    assert (row.status, row.status_year, row.stages) == ("实施", 2022, "2022 实施")
    assert (row.investment, row.investment_written, row.investment_modality) == (
        Decimal(532000000),
        "5.32亿元",
        "stated",
    )
    assert row.mentions == 1
    assert "进入实施阶段" in row.quote


def test_what_is_only_planned_is_no_status() -> None:
    row = project(tables(jinzhou()), "锦州湾国际机场改扩建项目")
    assert (row.status, row.status_year, row.stages) == ("", None, "2023 （竣工）")
    assert (row.investment, row.investment_modality) == (Decimal(1800000000), "planned")


def test_a_place_outside_its_scope_is_not_where_a_project_lies() -> None:
    city = Entity("division/210700", Kind.PLACE, "锦州市", code="210700")
    far = Entity("division/440100", Kind.PLACE, "广州市", code="440100")
    bridge = Entity("project/210700/广州街大桥", Kind.PROJECT, "广州街大桥", scope=city.id)
    fact = Fact(bridge.id, Relation.LOCATED_IN, far.id, Modality.STATED, 2022, ())
    row = project(tables(KnowledgeGraph((), (city, far, bridge), (), (fact,))), "广州街大桥")
    assert (row.place, row.place_code) == ("锦州市", "210700")


def test_who_carries_it_out_and_what_it_won_are_named_once_each() -> None:
    knowledge = jinzhou()
    why = Evidence("report", Span(0, 3), "锦州市", "test")
    thing = "project/210700/灌溉工程"
    ends = [
        (Relation.RECEIVED, "honour/210700/全省水利工作先进集体"),
        (Relation.RECEIVED, "honour/210700/全省水利工作先进集体"),
    ]
    more = [Fact(thing, relation, to, Modality.STATED, year, (why,)) for year, (relation, to) in enumerate(ends, 2021)]
    more.append(Fact("division/210700", Relation.IMPLEMENTS, thing, Modality.STATED, 2022, (why,)))
    row = project(tables(replace(knowledge, facts=(*knowledge.facts, *more))), "灌溉工程")
    assert (row.implementers, row.honours) == ("锦州市；锦州市水利局", "全省水利工作先进集体")


def test_stated_money_counts_before_planned_and_other_currencies_are_no_yuan() -> None:
    thing = Entity("project/210700/新港", Kind.PROJECT, "新港")
    why = Evidence("a", Span(0, 2), "新港", "test")

    def sum_of(text: str, value: str, code: str, modality: Modality) -> Fact:
        return Fact(thing.id, Relation.INVESTMENT, Quantity(text, "", "", Decimal(value), code), modality, 2022, (why,))

    planned = sum_of("9亿元", "900000000", "CNY", Modality.PLANNED)
    stated = sum_of("2亿元", "200000000", "CNY", Modality.STATED)
    dollars = sum_of("3亿美元", "300000000", "USD", Modality.STATED)
    assert project(tables(KnowledgeGraph((), (thing,), (), (planned, stated))), "新港").investment == Decimal(200000000)
    row = project(tables(KnowledgeGraph((), (thing,), (), (dollars,))), "新港")
    assert (row.investment, row.investment_written) == (None, "3亿美元")


def test_all_projects_programmes_and_indicators_are_there_once() -> None:
    knowledge = jinzhou()
    made = tables(knowledge)
    wanted = [e.id for e in knowledge.entities if e.kind in (Kind.PROJECT, Kind.PROGRAMME)]
    assert sorted(row.id for row in made.projects) == sorted(wanted)
    assert len(made.indicators) == sum(fact.relation is Relation.INDICATOR for fact in knowledge.facts)


def test_a_graph_read_back_from_turtle_gives_the_same_rows(tmp_path: Path) -> None:
    rdf.write(jinzhou(), tmp_path / "a.ttl")
    assert tables(rdf.read(tmp_path / "a.ttl")) == tables(jinzhou())


def test_the_order_of_facts_does_not_matter() -> None:
    knowledge = jinzhou()
    turned = replace(knowledge, facts=knowledge.facts[::-1], entities=knowledge.entities[::-1])
    assert tables(turned) == tables(knowledge)


def test_all_formats_are_written_and_the_same_bytes_twice(tmp_path: Path) -> None:
    first = write(tables(jinzhou()), tmp_path / "1", name="t")
    second = write(tables(jinzhou()), tmp_path / "2", name="t")
    assert {path.name for path in first} == NAMES
    assert {path.name for path in (tmp_path / "1").iterdir()} == NAMES
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_the_workbook_holds_no_time_of_writing(tmp_path: Path) -> None:
    (path,) = write(tables(jinzhou()), tmp_path, name="t", formats=["xlsx"])
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2


def test_csv_is_utf_8_that_excel_knows_by_its_mark(tmp_path: Path) -> None:
    first, _ = write(tables(jinzhou()), tmp_path, name="t", formats=["csv"])
    assert first.read_bytes().startswith(b"\xef\xbb\xbfindicator,place,")
    head, *rows = read_csv(first)
    (row,) = [row for row in rows if row[0] == "造林"]
    assert dict(zip(head, row, strict=True))["value"] == "146000"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝", "\r@"])
def test_text_that_would_run_as_a_formula_is_made_harmless(start: str, tmp_path: Path) -> None:
    name = f"{start}HYPERLINK(1)"
    thing = Entity("project/x/1", Kind.PROJECT, name)
    first = write(tables(KnowledgeGraph((), (thing,), (), ())), tmp_path, name="t", formats=["csv", "xlsx"])
    assert read_csv(first[1])[1][0] == "'" + name.replace("\r", "\n")
    cell = openpyxl.load_workbook(first[2])["projects"]["A2"]
    assert (cell.data_type, cell.value.strip()) == ("s", name.strip().replace("\r", "\n"))


@pytest.mark.parametrize("text", ["锦州市", "-18.8", "+3%", "", "18.8-20"])
def test_plain_text_and_numbers_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_parquet_keeps_exact_decimals_and_whole_years(tmp_path: Path) -> None:
    first, second = write(tables(jinzhou()), tmp_path, name="t", formats=["parquet"])
    table = pq.read_table(first)
    assert pa.types.is_decimal(table.schema.field("value").type)
    assert pa.types.is_int32(table.schema.field("year").type)
    values = {row["indicator"]: row["value"] for row in table.to_pylist() if row["kind"] == "level"}
    assert values["造林"] == Decimal(146000)
    money = {row["name"]: row["investment"] for row in pq.read_table(second).to_pylist()}
    assert money["锦州海洋生态保护修复项目"] == Decimal(532000000)
    assert money["灌溉工程"] is None


def test_empty_tables_have_the_same_columns(tmp_path: Path) -> None:
    empty = write(tables(EMPTY), tmp_path / "0", name="t")
    full = write(tables(jinzhou()), tmp_path / "1", name="t")
    assert read_csv(empty[0]) == read_csv(full[0])[:1]
    assert pq.read_schema(empty[3]).equals(pq.read_schema(full[3]))


def test_the_workbook_has_two_sheets_with_numbers_and_a_frozen_head(tmp_path: Path) -> None:
    (path,) = write(tables(jinzhou()), tmp_path, name="t", formats=["xlsx"])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["indicators", "projects"]
    sheet = book["indicators"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width > 9
    head = [cell.value for cell in sheet[1]]
    by_name = {row[0].value: dict(zip(head, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(2)}
    assert (by_name["造林"]["value"], by_name["造林"]["year"]) == (146000, 2022)
    assert by_name["造林"]["place_code"] == "210700"


def test_a_number_that_parquet_cannot_keep_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    figure = Indicator("产值", Quantity("", "", "元", Decimal("1E+40"), "CNY"), Measure.LEVEL)
    why = Evidence("a", Span(0, 2), "产值", "test")
    knowledge = KnowledgeGraph((), (), (), (Fact("x", Relation.INDICATOR, figure, Modality.STATED, 2022, (why,)),))
    with pytest.raises(JintuError, match="产值: 1E"):
        write(tables(knowledge), tmp_path, name="t", formats=["csv", "parquet"])
    assert list(tmp_path.iterdir()) == []


def test_whatever_a_graph_holds_can_be_written(tmp_path: Path) -> None:
    names = ("=1+1", "a\x00b\x0b", "\ud800", "\ufffe", '“引号”,\n换行"', "𠮷" * 40_000, "<&>", "\u202e")
    written = write(tables(hostile(names)), tmp_path, name="t")
    assert {path.name for path in written} == NAMES
    assert openpyxl.load_workbook(written[4])["projects"].max_row > 1
    assert pq.read_table(written[3]).num_rows == len(read_csv(written[1])) - 1


def test_a_graph_without_evidence_has_empty_words() -> None:
    thing = Entity("project/210700/新港", Kind.PROJECT, "新港", scope="division/210700")
    fact = Fact(thing.id, Relation.STATUS, Status("开工"), Modality.STATED, None, ())
    row = project(tables(KnowledgeGraph((), (thing,), (), (fact,))), "新港")
    assert (row.quote, row.start, row.place) == ("", None, "division/210700")


@pytest.mark.parametrize("form", ["parquet", "xlsx"])
def test_a_library_that_is_not_there_is_named_with_the_command(form: str, tmp_path: Path) -> None:
    code = f"""
import importlib.util, pathlib
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name in ("pyarrow", "openpyxl") else find(name, *rest)
from jintu.tables import Tables, write
write(Tables((), ()), pathlib.Path({str(tmp_path)!r}), name="t", formats=["csv", {form!r}])
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert 'not installed; run: pip install "jintu[tables]"' in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_verb_writes_what_it_names(tmp_path: Path) -> None:
    rdf.write(jinzhou(), tmp_path / "t.ttl")
    code = "from jintu.cli import main; main()"
    words = [sys.executable, "-c", code, "table", str(tmp_path / "t.ttl"), "-o", str(tmp_path / "out")]
    run = subprocess.run(words, capture_output=True, text=True, check=True)
    assert {Path(line).name for line in run.stdout.splitlines()} == NAMES
    assert all(Path(line).exists() for line in run.stdout.splitlines())
    wrong = subprocess.run([*words, "--format", "ods"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert f'"ods" is none of {", ".join(sorted(FORMATS))}' in wrong.stderr
