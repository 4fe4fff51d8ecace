"""Build many documents into the files of one graph: what did not change is not read again, and not written again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from jintu import publish, rdf
from jintu.errors import JintuError, SourceError
from jintu.files import replacing
from jintu.folders import partitions
from jintu.folders.build import Told, tell
from jintu.folders.crew import Crew
from jintu.folders.fingerprint import code_digest, fingerprint
from jintu.folders.fresh import Stamp
from jintu.folders.papers import Found, read_all
from jintu.folders.reading import digest_of_source
from jintu.folders.running import Steps, Watch
from jintu.folders.shelf import digest_of, dumped
from jintu.folders.steps import Saying
from jintu.folders.works import Works, file_digest, working
from jintu.folders.writing import counts, knowledge, write_chapters
from jintu.pipeline import Failure, Settings, whose
from jintu.read import Source, chunks, find

MOST = 100_000  # entities that a page can show and a network can hold in memory
NAMED = 20  # documents whose place and year are said
PLAIN = (".txt", "-")  # what is its own text
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Built:
    """Hold what a build wrote, what is to be said of it, and the sources that gave nothing to it."""

    files: tuple[Path, ...]
    words: tuple[str, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what is to be built: the sources, and the files wanted of them."""

    sources: tuple[Found, ...]
    works: Works
    formats: tuple[str, ...]
    reifiers: bool

    @property
    def of_rdf(self) -> tuple[str, ...]:
        """Return the formats whose files are put together of chapters."""
        return tuple(format for format in self.formats if format in rdf.FORMATS)

    @property
    def of_all(self) -> tuple[str, ...]:
        """Return the formats that are made of a graph in memory."""
        return tuple(format for format in self.formats if format not in rdf.FORMATS and format != rdf.PARTS)

    @property
    def parted(self) -> Path | None:
        """Return the folder of the files that workers write, where they are wanted."""
        return self.works.folder / f"{self.works.name}.{rdf.PARTS}" if rdf.PARTS in self.formats else None

    @property
    def saying(self) -> tuple[str, ...]:
        """Return the formats in which chapters are said."""
        parted = (partitions.SAID,) if self.parted else ()
        return tuple(dict.fromkeys((*self.of_rdf, *parted)))


def build(
    words: Sequence[str],
    folder: Path,
    *,
    crew: Crew,
    name: str | None = None,
    formats: Sequence[str] = publish.USUAL,
    reifiers: bool = False,
    settings: Settings | None = None,
    watch: Watch | None = None,
) -> Built:
    """Build the graph of files, folders and globs into ``folder``.

    Raises:
        JintuError: if no source can be read at all, or something stands against the whole build.
    """
    publish.writers_of(formats, reifiers=reifiers)  # refuses before anything is read
    sources, wrong = find(words)
    failures = [Failure("", reason) for reason in wrong]
    chosen = _anywhere(settings or Settings())
    works = Works(folder.absolute(), publish.file_name(name or (sources[0].id if len(sources) == 1 else "graph")))
    with working(works), closing(crew):
        asked = Asked(tuple(_found(sources, works, failures)), works, tuple(formats), reifiers)
        built = _build(asked, chosen, crew, failures, watch)
        _leave(works, words, sources)
        files = tuple(folder / path.name for path in built.files)
        return replace(built, files=files, words=(*built.words, *_stale(folder, works.name, files)))


def _anywhere(settings: Settings) -> Settings:
    """Return settings whose paths mean the same to workers that stand elsewhere."""
    data, table = (path and path.absolute() for path in (settings.ontology, settings.corrections))
    return replace(settings, ontology=data, corrections=table)


def _found(sources: Sequence[Source], works: Works, failures: list[Failure]) -> Iterator[Found]:
    for source in sources:
        try:
            yield _one(source, works)
        except SourceError as error:
            failures.append(Failure(source.path, str(error)))


def _one(source: Source, works: Works) -> Found:
    """Tell a source's digest; standard input, which can be read only once, is kept in a file."""
    if source.path == STANDARD_INPUT:
        held = Source(source.id, str(works.steps / "stdin.txt"))
        with replacing(Path(held.path)) as file:
            file.writelines(chunks(source))
        return Found(held, STANDARD_INPUT, *digest_of_source(held))
    anywhere = replace(source, path=os.path.abspath(source.path))
    return Found(anywhere, source.shown, *digest_of_source(source))


def _build(asked: Asked, settings: Settings, crew: Crew, failures: list[Failure], watch: Watch | None) -> Built:
    works, code = asked.works, code_digest()
    print = fingerprint(settings, code)
    rows = [[one.source.id, one.shown, one.digest] for one in asked.sources]
    whole = digest_of([print, dumped([rows, asked.formats, asked.reifiers])])
    if not failures and (made := works.made(whole)):
        return Built(tuple(works.folder / file for file in made[0]), (*made[1], "nothing has changed"), ())
    if asked.parted:
        partitions.refuse_others(asked.parted)
    works.forget()
    publish.load_ahead(asked.of_all)
    run = Steps(works, settings, Stamp(print, code), crew, watch)
    papers = read_all(asked.sources, run, failures)
    if not papers:
        raise JintuError(
            "\n".join(failure.reason for failure in failures) or "no source named; name a file or a folder"
        )
    told = tell(papers, run, Saying(asked.saying, asked.reifiers, settings.ontology))
    files, notes = _write(told, asked, run)
    words = (*_words(told, settings), *notes)
    if not failures:
        works.note(whole, {path.name: file_digest(path) for path in files}, words)
    works.tidy({*run.used, works.steps / partitions.KEPT})  # parts stay as they are where a build writes none
    return Built(files, words, tuple(failures))


def _write(told: Told, asked: Asked, run: Steps) -> tuple[tuple[Path, ...], list[str]]:
    """Write all files, then rename them into place; tell which are left out, as too large for what they are for."""
    entities, folder, name = counts(told)[0], asked.works.folder, asked.works.name
    large = asked.of_all if entities > MOST else ()
    notes = [f"{name}.{format}: left out, {entities} entities are more than it can hold ({MOST})" for format in large]
    known = knowledge(told) if asked.of_all and not large else None
    parts = partitions.make(told, asked.parted, run) if asked.parted else {}
    with TemporaryDirectory(dir=asked.works.steps) as workshop:  # where the next build tidies after one that was killed
        made: list[Path] = []
        for format in asked.formats:
            path = Path(workshop) / f"{name}.{format}"
            if format in asked.of_rdf:
                write_chapters(told, path, format=format)
                made.append(path)
            elif known and format in asked.of_all:
                publish.WRITERS[format](known, path)
                made.append(path)
        files = [path.replace(folder / path.name) for path in made]
    if asked.parted:
        partitions.place(parts, asked.parted, asked.works)
        files.append(asked.parted)
    return tuple(files), notes


def _words(told: Told, settings: Settings) -> Iterator[str]:
    """Say whose each document is and from when, and how much there is of everything."""
    yield from whose((paper.document for paper in told.papers[:NAMED]), settings)
    entities, facts = counts(told)
    mentions = sum(paper.mentions for paper in told.papers)
    tagger = settings.tagger or "full"
    yield f"{len(told.papers)} documents, {mentions} mentions, {entities} entities, {facts} facts; tagger {tagger}"


def _stale(folder: Path, name: str, files: Collection[Path]) -> Iterator[str]:
    """Say which files of an earlier build bear the same name as those of this one, which did not write them."""
    others = (folder / f"{name}.{format}" for format in publish.WRITERS)
    if found := [str(path) for path in others if path not in files and publish.is_ours(path)]:
        yield f"{', '.join(found)}: of an earlier build, not of this one; ask for it too (--format) or remove it"


def _leave(works: Works, words: Sequence[str], sources: Sequence[Source]) -> None:
    """Keep the works of folders alone: files that were named are quickly read again; keep texts that no file holds."""
    if len(sources) > len(words) or any(Path(word).is_dir() for word in words):
        return
    unkept = [works.steps]
    if all(source.path.endswith(PLAIN) for source in sources):
        unkept.append(works.texts)
    for folder in unkept:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            folder.parent.rmdir()
