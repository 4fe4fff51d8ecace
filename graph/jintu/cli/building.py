"""The verbs that read documents: build and annotate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from jintu.cli.options import OUTPUT, SOURCES, finish, formats_of, reading_options, settings_of
from jintu.terminal import progress

if TYPE_CHECKING:
    from jintu.model import KnowledgeGraph
    from jintu.pipeline import Failure


@click.command()
@SOURCES
@OUTPUT
@click.option("--name", help="Name of the files; else that of the only source, or graph.")
@click.option(
    "--format",
    "formats",
    default="ttl,html,graphml",
    help="What to write [ttl,html,graphml]; also nt, nq, trig, jsonld, rdf.",
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
@reading_options
def build(
    sources: tuple[str, ...],
    *,
    output: Path,
    name: str | None,
    formats: str,
    evidence: str,
    store: Path | None,
    **choices: Any,
) -> None:
    """Read SOURCEs (files, folders, globs or -) and write their graph.

    A store is a folder that grows: documents join those that are there or take the place of the one of their name.

    \b
    jintu build tests/corpus/jinzhou-2023.txt -o outputs/
    jintu build reports/ -o outputs/ --name liaoning --format ttl
    cat report.txt | jintu build - --place 锦州市 --year 2023
    jintu build reports/2023/ --store outputs/reports
    """
    if store is not None:
        _refuse_files(click.get_current_context())
        _build_into(store, sources, choices)
        return
    from jintu import ontology, pipeline, publish, rdf

    wanted, reifiers = formats_of(formats, publish.WRITERS), evidence == "reifier"
    for format in wanted if reifiers else ():
        rdf.refuse_reifiers(format)  # before anything is read
    settings = settings_of(choices)
    with progress("reading") as watch:
        made = pipeline.build(sources, settings, watch=watch)
    title = publish.file_name(
        name or (made.knowledge.documents[0].id if len(made.knowledge.documents) == 1 else "graph")
    )
    known = ontology.load(settings.ontology)
    for path in publish.publish(made.knowledge, output, name=title, formats=wanted, data=known, reifiers=reifiers):
        click.echo(path)
    _say_what_was_built(made.knowledge, made.tagger)
    finish(made.failures)


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


def _refuse_files(context: click.Context) -> None:
    """Refuse what says how files are written, since a store writes none."""
    said = {parameter.name: parameter.opts[0] for parameter in context.command.params}
    given = [said[name] for name in said if context.get_parameter_source(str(name)) is ParameterSource.COMMANDLINE]
    strange = [option for option in given if option in {"-o", "--name", "--format", "--evidence"}]
    if strange:
        raise click.UsageError(f"a store writes no files; leave out {', '.join(strange)}, or --store")


def _build_into(folder: Path, sources: tuple[str, ...], choices: dict[str, Any]) -> None:
    from jintu import storing

    with progress("reading") as watch:
        made = storing.store(sources, folder, settings_of(choices), watch=watch)
    for verb, docs in (("added", made.added), ("replaced", made.replaced)):
        for doc in docs:
            click.echo(f"{verb} {doc}")
    _say_what_was_built(made.knowledge, made.tagger)
    finish(made.failures)


def _say_what_was_built(knowledge: KnowledgeGraph, tagger: str) -> None:
    for document in knowledge.documents[:20]:
        place = f"{document.place or 'no place'}, {document.year or 'no year'} ({document.why or 'nothing says so'})"
        click.echo(f"{document.id}: {place}", err=True)
    click.echo(
        f"{len(knowledge.documents)} documents, {len(knowledge.links)} mentions, {len(knowledge.entities)} entities, "
        f"{len(knowledge.facts)} facts; tagger {tagger}",
        err=True,
    )
