"""The verbs that turn a graph into other files: table, ledger and html."""

from __future__ import annotations

from pathlib import Path

import click

from jintu.cli.options import GRAPH, ONTOLOGY, OUTPUT, formats_of
from jintu.terminal import print_table


@click.command()
@GRAPH
@OUTPUT
@click.option("--format", "formats", default="csv,parquet,xlsx", help="What to write [csv,parquet,xlsx].")
def table(graph: Path, output: Path, formats: str) -> None:
    """Write the indicators and projects of GRAPH as tables for a statistician.

    \b
    jintu table outputs/jinzhou-2023.ttl -o outputs/tables
    jintu table outputs/jinzhou-2023.ttl --format csv
    """
    from jintu import graphs, tables

    wanted = formats_of(formats, tables.FORMATS)
    made = tables.tables(graphs.open(graph).knowledge)
    for path in tables.write(made, output, name=graph.stem, formats=wanted):
        click.echo(path)
    click.echo(f"{len(made.indicators)} indicators, {len(made.projects)} projects and programmes", err=True)


@click.command()
@GRAPH
@click.option("--place", help="Keep the reports of this place alone, e.g. 锦州市.")
@click.option("--format", "form", default="table", type=click.Choice(["table", "csv", "json"]))
def ledger(graph: Path, place: str | None, form: str) -> None:
    """Set what each report of GRAPH planned against what the next one of its place says.

    Below it stand the lives of projects and programmes: their stages year by year, planned ones in brackets.
    csv and json give both quotes too; csv leaves the lives out.

    \b
    jintu ledger outputs/jinzhou.ttl
    jintu ledger outputs/jinzhou.ttl --place 锦州市 --format csv > ledger.csv
    """
    from jintu import graphs
    from jintu import ledger as book

    kept = book.ledger(graphs.open(graph).knowledge, place=place)
    if form == "table":
        print_table(book.SHORT, book.short_rows(kept))
        click.echo()
        print_table(("thing", "kind", "stages by year"), book.life_rows(kept))
    else:
        click.echo(book.to_csv(kept) if form == "csv" else book.to_json(kept), nl=False)


@click.command()
@GRAPH
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File to write; else GRAPH with the ending .html."
)
@click.option("--sparql", is_flag=True, help="Let the page answer SPARQL by itself: 2 MB more, to 200,000 triples.")
@ONTOLOGY
def html(graph: Path, output: Path | None, sparql: bool, ontology: Path | None) -> None:
    """Write the explorer page of GRAPH: one file that opens anywhere, without network.

    \b
    jintu html outputs/sample/jinzhou-2023.ttl -o jinzhou.html --sparql
    """
    from jintu import graphs

    click.echo(graphs.explore(graph, output or graph.with_suffix(".html"), sparql=sparql, ontology=ontology))
