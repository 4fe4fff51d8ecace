"""The command line: each verb parses, calls one function of the library and prints.

Words for people and progress go to stderr, what was asked for to stdout; exit status 0 done,
1 refused or failed with a clear line, 2 wrong usage.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jintu.errors import JintuError
from jintu.terminal import print_table, progress

if TYPE_CHECKING:
    from jintu.pipeline import Build, Failure, Settings

SOURCES = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
GRAPH = click.argument("graph", type=click.Path(path_type=Path), metavar="GRAPH")
ONTOLOGY = click.option(
    "--ontology", type=click.Path(path_type=Path), help="Folder to take instead of the shipped ontology."
)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of every verb that reads documents."""
    for option in (
        click.option(
            "--place", help="The reports' own place, e.g. 锦州市; else title, opening lines or file name say it."
        ),
        click.option("--year", type=click.IntRange(1949, 2100), help="The year the reports were given in."),
        click.option(
            "--tagger",
            type=click.Choice(["full", "fast"]),
            help="full: with the neural tagger (default); fast: without.",
        ),
        click.option("--corrections", type=click.Path(path_type=Path), help="Table of merges and names to correct."),
        ONTOLOGY,
    ):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jintu", message="jintu %(version)s")
def cli() -> None:
    """Build RDF knowledge graphs from Chinese documents, and ask them.

    \b
    jintu build 锦州市-2023.txt -o outputs/
    jintu query outputs/锦州市-2023.ttl projects-by-investment
    """


@cli.command()
@SOURCES
@click.option(
    "-o", "--output", default="outputs", type=click.Path(path_type=Path), help="Folder to write to [outputs]."
)
@click.option("--name", help="Name of the files; else that of the only source, or graph.")
@click.option(
    "--format",
    "formats",
    default="ttl,html,graphml",
    help="What to write [ttl,html,graphml]; also nt, nq, trig, jsonld, rdf.",
)
@reading_options
def build(sources: tuple[str, ...], output: Path, name: str | None, formats: str, **choices: Any) -> None:
    """Read SOURCEs (files, folders, globs or -) and write their graph.

    \b
    jintu build tests/corpus/jinzhou-2023.txt -o outputs/
    jintu build reports/ -o outputs/ --name liaoning --format ttl
    cat report.txt | jintu build - --place 锦州市 --year 2023
    """
    from jintu import ontology, pipeline, publish

    wanted = _formats(formats, publish.WRITERS)
    settings = _settings(choices)
    with progress("reading") as watch:
        made = pipeline.build(sources, settings, watch=watch)
    title = publish.file_name(
        name or (made.knowledge.documents[0].id if len(made.knowledge.documents) == 1 else "graph")
    )
    known = ontology.load(settings.ontology)
    for path in publish.publish(made.knowledge, output, name=title, formats=wanted, data=known):
        click.echo(path)
    _say_what_was_built(made)
    _finish(made.failures)


@cli.command()
@SOURCES
@reading_options
def annotate(sources: tuple[str, ...], **choices: Any) -> None:
    """Print names and facts of SOURCEs as JSON Lines, one a document.

    \b
    jintu annotate tests/corpus/jinzhou-2023.txt > names.jsonl
    """
    from jintu import pipeline

    failures: list[Failure] = []
    with progress("annotating") as watch:
        for row in pipeline.annotate(sources, _settings(choices), failures, watch=watch):
            click.echo(json.dumps(row, ensure_ascii=False))
    _finish(failures)


@cli.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="GOLD...")
@click.option(
    "--learn", multiple=True, type=click.Path(path_type=Path), help="More gold to learn from, which is not scored."
)
@click.option(
    "--corpus", type=click.Path(path_type=Path), help="Folder of the texts that gold of offsets alone points into."
)
@click.option(
    "--json", "to_json", type=click.Path(path_type=Path), help="Also write the scores and errors to this file."
)
@click.option(
    "--shipped", is_flag=True, help="Score the shipped model as it is: for gold that it has not learned from."
)
@click.option(
    "--folds", type=click.IntRange(2), help="Hold out this many groups of places instead of each place by itself."
)
@click.option("--without", metavar="SOURCE", help="Leave a source of candidates out, to see what it gives.")
@click.option(
    "--errors", default=0, show_default=True, help="List this many of the commonest errors with their sentences."
)
@reading_options
def evaluate(
    gold: tuple[Path, ...],
    learn: tuple[Path, ...],
    corpus: Path | None,
    to_json: Path | None,
    shipped: bool,
    folds: int | None,
    without: str | None,
    errors: int,
    **choices: Any,
) -> None:
    """Score names and facts against GOLD, strictly: span and kind.

    All documents of a place are read by a model that was trained without them.

    \b
    jintu evaluate ../shared/gold/*.jsonl --tagger fast --errors 20
    """
    from jintu import evaluate as evaluation
    from jintu import gold as annotated

    documents, more = annotated.load(gold, corpus), annotated.load(learn, corpus)
    with progress("evaluating") as watch:
        made = evaluation.evaluate(
            documents, _settings(choices), more=more, shipped=shipped, folds=folds, without=without, watch=watch
        )
    columns = ("name", "precision", "recall", "F1", "right", "predicted", "gold")
    click.echo(f"{made.documents} documents, gold {made.digest[:12]}, tagger {made.tagger}")
    print_table(columns, evaluation.table(made.scores))
    print_table(("source", *columns[1:]), evaluation.table(made.sources))
    if errors:
        print_table(("error", "read", "gold", "times", "for example"), evaluation.worst(made, errors))
    if to_json:
        evaluation.write_json(made, to_json)


@cli.command()
@GRAPH
@click.argument("question", metavar="QUERY")
@click.option(
    "--format", "form", default="table", type=click.Choice(["table", "csv", "tsv", "json", "xml", "ttl", "nt"])
)
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="Value of a shipped question's parameter.")
@ONTOLOGY
def query(graph: Path, question: str, form: str, values: tuple[str, ...], ontology: Path | None) -> None:
    """Ask GRAPH a QUERY: SPARQL text, a .rq file or the name of a shipped question.

    \b
    jintu query outputs/sample/jinzhou-2023.ttl projects-by-investment
    jintu query outputs/sample/jinzhou-2023.ttl indicators-of-place --set place=锦州市
    jintu query outputs/sample/jinzhou-2023.ttl 'SELECT * { ?s a jt:Project } LIMIT 5' --format csv
    """
    from jintu import graphs

    answer = graphs.open(graph, ontology=ontology).query(question, **_pairs(values))
    print_table(answer.columns, answer.table()) if form == "table" and answer.columns else click.echo(answer.text(form))


@cli.command()
@ONTOLOGY
def questions(ontology: Path | None) -> None:
    """List the questions that are shipped, with their parameters.

    \b
    jintu questions
    """
    from jintu import ontology as data
    from jintu import rdf

    rows = [(q.name, q.zh, q.en, " ".join(sorted(q.parameters))) for q in rdf.questions(data.load(ontology)).values()]
    print_table(("name", "zh", "en", "--set"), rows)


@cli.command()
@GRAPH
@ONTOLOGY
def check(graph: Path, ontology: Path | None) -> None:
    """Check GRAPH against the shapes of the ontology.

    \b
    jintu check outputs/sample/jinzhou-2023.ttl
    """
    from jintu import ontology as data
    from jintu import rdf

    _verdict(rdf.check(graph, data.load(ontology)), f"{graph}: keeps to the shapes", "broken shapes")


@cli.command()
@GRAPH
@SOURCES
def verify(graph: Path, sources: tuple[str, ...]) -> None:
    """Open SOURCEs again and prove every quote of GRAPH.

    \b
    jintu verify outputs/sample/jinzhou-2023.ttl tests/corpus/jinzhou-2023.txt
    """
    from jintu import graphs

    proof = graphs.verify(graph, sources)
    _verdict(proof.mistakes, f"{graph}: {proof.quotes} quotes stand in {proof.documents} documents", "unproved")


@cli.command()
@GRAPH
@click.option("--top", default=10, show_default=True, help="How many of the most connected entities to show.")
def show(graph: Path, top: int) -> None:
    """Show what GRAPH holds: documents, counts by kind, the most connected, what was left out.

    \b
    jintu show outputs/sample/jinzhou-2023.ttl
    """
    from jintu import graphs

    for title, columns, rows in graphs.overview(graph, top=top):
        click.echo(f"\n{title}")
        print_table(columns, rows)


@cli.command()
@GRAPH
@click.option(
    "-o", "--output", default="outputs", type=click.Path(path_type=Path), help="Folder to write to [outputs]."
)
@click.option("--format", "formats", default="csv,parquet,xlsx", help="What to write [csv,parquet,xlsx].")
def table(graph: Path, output: Path, formats: str) -> None:
    """Write the indicators and projects of GRAPH as tables for a statistician.

    \b
    jintu table outputs/jinzhou-2023.ttl -o outputs/tables
    jintu table outputs/jinzhou-2023.ttl --format csv
    """
    from jintu import graphs, tables

    wanted = _formats(formats, tables.FORMATS)
    made = tables.tables(graphs.open(graph).knowledge)
    for path in tables.write(made, output, name=graph.stem, formats=wanted):
        click.echo(path)
    click.echo(f"{len(made.indicators)} indicators, {len(made.projects)} projects and programmes", err=True)


@cli.command()
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


@cli.command()
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


def _settings(choices: dict[str, Any]) -> Settings:
    from jintu.pipeline import Settings

    return Settings(**choices)


def _formats(words: str, known: Any) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))
    for word in wanted:
        if word not in known:
            raise click.BadParameter(f'"{word}" is none of {", ".join(sorted(known))}', param_hint="--format")
    return wanted or tuple(known)[:1]


def _pairs(values: tuple[str, ...]) -> dict[str, str]:
    for value in values:
        if "=" not in value:
            raise click.BadParameter(f'"{value}" has no "="; write NAME=VALUE', param_hint="--set")
    return dict(value.split("=", 1) for value in values)


def _say_what_was_built(made: Build) -> None:
    knowledge = made.knowledge
    for document in knowledge.documents[:20]:
        place = f"{document.place or 'no place'}, {document.year or 'no year'} ({document.why or 'nothing says so'})"
        click.echo(f"{document.id}: {place}", err=True)
    click.echo(
        f"{len(knowledge.documents)} documents, {len(knowledge.links)} mentions, {len(knowledge.entities)} entities, "
        f"{len(knowledge.facts)} facts; tagger {made.tagger}",
        err=True,
    )


def _verdict(mistakes: Any, good: str, what: str) -> None:
    if mistakes:
        raise JintuError("\n".join([*map(str, mistakes), f"{len(mistakes)} {what}"]))
    click.echo(good)


def _finish(failures: Any) -> None:
    for failure in failures:
        click.echo(f"jintu: {failure.reason}", err=True)
    if failures:
        sys.exit(1)


def main() -> None:
    """Run the command line in UTF-8 whatever the locale, and turn our errors into one clear line."""
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    try:
        cli(standalone_mode=True)
    except JintuError as error:
        click.echo(f"jintu: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left; nothing more to say
        sys.exit(1)
