"""The verbs that turn graphs into other files: table, ledger, html and diff."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jintu.cli.answers import answering
from jintu.cli.options import GRAPH, ONTOLOGY, OUTPUT, formats_of
from jintu.errors import JintuError
from jintu.files import replace_file
from jintu.terminal import print_table

SAME, DIFFERENT, TROUBLE = 0, 1, 2  # exit statuses of diff(1)


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


@click.command()
@click.argument("named", nargs=-1, required=True, metavar="A [B]", type=click.Path(path_type=Path))
@click.option("--years", nargs=2, type=int, metavar="Y1 Y2", help="Compare two years' documents of one graph.")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), help="Else the ending of -o, or text.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write to.")
def diff(named: tuple[Path, ...], years: tuple[int, int] | None, form: str | None, output: Path | None) -> None:
    """Say what came, went and changed from graph A to graph B, each with its quotes.

    Exits with 0 where both say the same, 1 where they differ, 2 when they cannot be compared or the answer not written.

    \b
    jintu diff outputs/锦州市-2022.ttl outputs/锦州市-2023.ttl
    jintu diff outputs/liaoning.ttl --years 2022 2023 -o changes.html
    """
    from jintu import graphs

    if len(named) != (1 if years else 2):
        raise click.UsageError("name two graphs, or one graph and --years Y1 Y2")
    try:
        found = graphs.compare(named, years)
        text = graphs.DIFFERENCES[form or _ending(output)](found)
        if output:
            replace_file(output, text.encode("utf-8", "replace"))
    except JintuError as error:
        click.echo(f"jintu: {error}", err=True)
        sys.exit(TROUBLE)
    with answering(TROUBLE):
        click.echo(output or text, nl=output is not None)
    sys.exit(DIFFERENT if found.changes else SAME)


def _ending(output: Path | None) -> str:
    ending = output.suffix[1:] if output else ""
    return ending if ending in ("json", "html") else "text"
