"""The verbs that read documents: build and annotate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from jintu.cli.options import OUTPUT, SOURCES, finish, formats_of, reading_options, settings_of
from jintu.terminal import build_progress, progress

if TYPE_CHECKING:
    from jintu.model import KnowledgeGraph
    from jintu.pipeline import Failure


OF_FILES = ("-o", "--name", "--format", "--evidence")
OF_WORKERS = ("--workers", "--scheduler")


@click.command()
@SOURCES
@OUTPUT
@click.option("--name", help="Name of the files; else that of the only source, or graph.")
@click.option(
    "--format",
    "formats",
    default="ttl,html,graphml",
    help="What to write [ttl,html,graphml]; also nt, nq, trig, jsonld, rdf, or parts: a folder of N-Quads files.",
)
@click.option(
    "--evidence",
    type=click.Choice(["statement", "reifier"]),
    default="statement",
    help="How ttl and nt tie evidence to facts: statements that every engine reads [statement], or RDF 1.2 reifiers.",
)
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    help="Put the documents into this store, a folder, instead of writing files.",
)
@click.option("--workers", type=click.IntRange(1), help="Processes that work at once [one a core, at most 8].")
@click.option("--scheduler", metavar="ADDRESS", help="Work on the dask cluster at tcp://HOST:PORT; local makes one.")
@click.option("--keep-going", is_flag=True, help="End with status 0 even where documents could not be read.")
@reading_options
def build(
    sources: tuple[str, ...],
    *,
    output: Path,
    name: str | None,
    formats: str,
    evidence: str,
    store: Path | None,
    workers: int | None,
    scheduler: str | None,
    keep_going: bool,
    **choices: Any,
) -> None:
    """Read SOURCEs (files, folders, globs or -) and write their graph.

    Of many documents only those are read that have changed since the last build, and a build that was stopped goes
    on where it stood; their texts are kept in sources/ beside the graph.

    A store is a folder that grows: documents join those that are there or take the place of the one of their name.

    \b
    jintu build tests/corpus/jinzhou-2023.txt -o outputs/
    jintu build reports/ -o outputs/ --name liaoning --format ttl --workers 4
    jintu build /shared/reports -o /shared/outputs --format parts --scheduler tcp://10.0.0.1:8786
    cat report.txt | jintu build - --place 锦州市 --year 2023
    jintu build reports/2023/ --store outputs/reports
    """
    if store is not None:
        _refuse_options(click.get_current_context())
        _build_into(store, sources, choices, keep_going=keep_going)
        return
    from jintu import folders, publish, rdf

    wanted, reifiers = formats_of(formats, (*publish.WRITERS, rdf.PARTS)), evidence == "reifier"
    many, settings = workers or folders.usual_workers(), settings_of(choices)
    crew = folders.Cluster(scheduler, many) if scheduler else folders.Processes(many)
    with build_progress() as watch:
        made = folders.build(
            sources, output, name=name, formats=wanted, reifiers=reifiers, settings=settings, crew=crew, watch=watch
        )
    for path in made.files:
        click.echo(path)
    for line in made.words:
        click.echo(line, err=True)
    finish(made.failures, keep_going=keep_going)


@click.command()
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
        for row in pipeline.annotate(sources, settings_of(choices), failures, watch=watch):
            click.echo(json.dumps(row, ensure_ascii=False))
    finish(failures)


def _refuse_options(context: click.Context) -> None:
    """Refuse what says how files are written and who works on them: a store writes none, and one process fills it."""
    said = {parameter.name: parameter.opts[0] for parameter in context.command.params}
    given = [said[name] for name in said if context.get_parameter_source(str(name)) is ParameterSource.COMMANDLINE]
    for strange, why in ((OF_FILES, "a store writes no files"), (OF_WORKERS, "one process fills a store")):
        if named := [option for option in given if option in strange]:
            raise click.UsageError(f"{why}; leave out {', '.join(named)}, or --store")


def _build_into(folder: Path, sources: tuple[str, ...], choices: dict[str, Any], *, keep_going: bool) -> None:
    from jintu import pipeline, storing

    settings = settings_of(choices)
    with progress("reading") as watch:
        made = storing.store(sources, folder, settings, watch=watch)
    for verb, docs in (("added", made.added), ("replaced", made.replaced)):
        for doc in docs:
            click.echo(f"{verb} {doc}")
    is_new = made.added or made.replaced
    for line in pipeline.whose(made.knowledge.documents[:20], settings):
        click.echo(line, err=True)
    _say_what_was_built(made.knowledge, f"read now with tagger {made.tagger}" if is_new else "nothing has changed")
    finish(made.failures, keep_going=keep_going)


def _say_what_was_built(knowledge: KnowledgeGraph, how: str) -> None:
    click.echo(
        f"{len(knowledge.documents)} documents, {len(knowledge.links)} mentions, {len(knowledge.entities)} entities, "
        f"{len(knowledge.facts)} facts; {how}",
        err=True,
    )
