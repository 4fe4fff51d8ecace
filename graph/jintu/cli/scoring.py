"""The verb that scores what is read: evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jintu.cli.options import reading_options, settings_of
from jintu.terminal import print_table, progress


@click.command()
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
    "--shipped", is_flag=True, help="Score the shipped recogniser as it is, on places that it has not learned from."
)
@click.option(
    "--folds", type=click.IntRange(2), help="Hold out this many groups of places instead of each place by itself."
)
@click.option(
    "--ablation", is_flag=True, help="Measure again without each source of candidates: what it gives and costs."
)
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
    ablation: bool,
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
            documents, settings_of(choices), more=more, shipped=shipped, ablation=ablation, folds=folds, watch=watch
        )
    columns = ("name", "precision", "recall", "F1", "right", "predicted", "gold")
    click.echo(f"{made.documents} documents, gold {made.digest[:12]}, tagger {made.tagger}")
    print_table(columns, evaluation.table(made.scores))
    if ablation:
        print_table(("without", "four kinds", "all kinds", "nested", "gives", "costs"), evaluation.worth(made))
    if errors:
        print_table(("error", "read", "gold", "times", "for example"), evaluation.worst(made, errors))
    if to_json:
        evaluation.write_json(made, to_json)
