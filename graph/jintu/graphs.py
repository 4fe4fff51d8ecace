"""Open graphs, files or folder stores: ask them, verify them, show what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from os.path import isfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jintu import compare as comparing
from jintu import divisions, html, network, notebook, ontology, rdf
from jintu.errors import GraphError, JintuError, SourceError
from jintu.model import Document, KnowledgeGraph
from jintu.ontology import Ontology
from jintu.rdf.files import put
from jintu.read import KEPT_TEXTS, Source, find, read
from jintu.reference import reference
from jintu.resources import ResourceGraph

if TYPE_CHECKING:
    from jintu.network import Network
    from jintu.rdf.view import Dataset as RdflibDataset
    from jintu.rdf.view import Graph as RdflibGraph

DIFFERENCES = {"text": comparing.to_text, "json": comparing.to_json, "html": comparing.to_html}
MOST_ASKED = 200_000  # triples that the engine in a page takes in within seconds
Table = tuple[str, tuple[str, ...], list[tuple[object, ...]]]


@dataclass(frozen=True)
class Graph:
    """Give one graph as SPARQL, rdflib, networkx and our own values."""

    name: str
    source: rdf.GraphStore
    data: Ontology

    @cached_property
    def snapshot(self) -> rdf.Snapshot:
        """Return the graph as it was when it was first asked for."""
        return self.source.snapshot()

    @property
    def store(self) -> rdf.Store:
        """Return the triples in an Oxigraph store."""
        return self.snapshot.store

    @cached_property
    def knowledge(self) -> KnowledgeGraph:
        """Return the graph as our values; document texts are not in a graph and stay empty."""
        return rdf.from_rdf(self.source.triples())

    @property
    def rdflib(self) -> RdflibGraph:
        """Return an rdflib graph on the same store; string queries run inside Oxigraph."""
        return rdf.rdflib_graph(self.store)

    @property
    def networkx(self) -> Network:
        """Return the entities and the facts between them as a networkx graph."""
        return network.to_networkx(self.knowledge)

    def query(self, question: str, **values: str | int) -> rdf.Answer:
        """Ask SPARQL text, a .rq file or a shipped question with its parameters.

        Raises:
            QueryError: if the query cannot be run.
        """
        return rdf.query(self.store, self._sparql(question, values))

    def missed(self, question: str, **values: str | int) -> str:
        """Say in one line, of a question without an answer, that nothing matches and what the graph knows instead."""
        return rdf.missed(self.store, rdf.named(question, self.data), _words(values))

    def frame(self, question: str, **values: str | int) -> Any:
        """Ask, and return the rows as a frame of pandas, or of polars where that alone is installed.

        Raises:
            QueryError: if the query cannot be run, or neither library is installed.
        """
        return rdf.frame(self.query(question, **values))

    def explain(self, question: str, **values: str | int) -> rdf.Explanation:
        """Ask, and say how it was answered instead of what.

        Raises:
            QueryError: if the query cannot be run.
        """
        return rdf.explain(self.store, self._sparql(question, values))

    def _sparql(self, question: str, values: Mapping[str, str | int]) -> str:
        return rdf.sparql(question, self.data, _words(values))

    def show(self, *, height: int = notebook.HEIGHT) -> notebook.Shown:
        """Show the graph in a notebook, as the page that ``jintu html`` makes; ``height`` is in pixels."""
        return notebook.show(_shown(self), height=height)

    def _repr_html_(self) -> str:
        """Show the counts of the graph in a notebook."""
        return notebook.counts(self.knowledge, self.name)


def _words(values: Mapping[str, str | int]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}


def open(graph: Path | str | RdflibDataset, *, ontology: Path | None = None) -> Graph:
    """Open a graph: a file of any RDF format, a folder store as it is now, or a Dataset of rdflib's.

    Raises:
        GraphError: if there is no such file or folder; what is wrong in it is found out when it is first read.
    """
    if isinstance(graph, Path | str):
        if not Path(graph).exists():
            raise GraphError(f"{graph}: no such file")
        return Graph(str(graph), rdf.opened(Path(graph)), _data(ontology))
    return Graph("rdflib Dataset", rdf.DatasetStore(graph), _data(ontology))


def _data(folder: Path | None) -> Ontology:
    return ontology.load(folder)


@dataclass(frozen=True, slots=True)
class Proof:
    """Hold what verifying a graph against its sources found."""

    documents: int
    quotes: int
    mistakes: tuple[str, ...]


def verify(path: Path, sources: Sequence[str] = ()) -> Proof:
    """Open the sources of a graph again, or the texts kept beside it, and prove every quote and mention of it.

    A source that has changed is known by its document's name; what is wrong with sources that the graph does not
    need is passed over.

    Raises:
        JintuError: if no source is found, or none is named and no texts are kept.
    """
    knowledge = rdf.read(path)
    if not knowledge.documents:
        raise JintuError(f"{path}: names no document; verify a graph that jintu built")
    found, wrong = find(sources)
    if sources and not found:
        raise SourceError("\n".join(wrong))
    texts, unread = _texts(found) if sources else (_kept_texts(path, knowledge.documents), ())
    wanted = {document.id: texts.get(document.digest, texts.get(document.id)) for document in knowledge.documents}
    mistakes = tuple(map(str, rdf.verify(knowledge, wanted.get, unnamed=_unnamed(found, knowledge.documents))))
    if None in wanted.values():
        mistakes += (*wrong, *unread)
    return Proof(len(wanted), sum(len(fact.evidence) for fact in knowledge.facts), mistakes)


def _unnamed(named: Sequence[Source], documents: Iterable[Document]) -> set[str]:
    """Return the documents whose source, or the archive that it is in, is where it was, but not among those named."""
    here = ((document.id, Path(document.source)) for document in documents) if named else ()
    return {doc for doc, path in here if any(map(isfile, (path, *path.parents)))} - {one.id for one in named}


def _texts(found: Iterable[Source]) -> tuple[dict[str, str], list[str]]:
    """Read sources again; return their texts by digest and by name, and why some cannot be read."""
    places = divisions.load(ontology.load())
    opened: list[Document] = []
    unread: list[str] = []
    for source in found:
        try:
            opened.append(read(source, places))
        except SourceError as error:
            unread.append(str(error))
    named = {document.id: document.text for document in opened}
    return named | {document.digest: document.text for document in opened}, unread


def _kept_texts(path: Path, documents: Sequence[Document]) -> dict[str, str]:
    """Return the texts of documents that a build kept beside a graph: by digest, those that have changed by name."""
    from jintu.folders.works import Works  # noqa: PLC0415  # other verbs need not wait for 0.3 s

    kept = path.parent / KEPT_TEXTS
    if not kept.is_dir():
        raise JintuError(f"{path}: no texts are kept in {KEPT_TEXTS}/ beside it; name the documents it was built from")
    digests = {document.digest for document in documents}
    raws = (file.read_bytes() for file in sorted(kept.rglob("*.txt")))
    texts = {
        digest: raw.decode("utf-8", "surrogatepass") for raw in raws if (digest := sha256(raw).hexdigest()) in digests
    }
    works = Works(path.parent, path.stem)
    strange = ((document.id, works.text(document.id)) for document in documents if document.digest not in texts)
    changed = {doc: file.read_bytes().decode("utf-8", "replace") for doc, file in strange if file.is_file()}
    return changed | texts


def compare(paths: Sequence[Path], years: tuple[int, int] | None = None) -> comparing.Difference:
    """Return what is different between two graphs, or between what two years' documents of one graph say.

    Raises:
        JintuError: if a graph cannot be read, or holds no document of a year.
    """
    if years is None:
        before, after = map(rdf.read, paths)
    else:
        knowledge = rdf.read(paths[0])
        before, after = (comparing.of_year(knowledge, year) for year in years)
    return comparing.difference(before, after)


def explore(path: Path, target: Path, *, sparql: bool = False, ontology: Path | None = None) -> Path:
    """Write the explorer of a graph file; with ``sparql`` the page answers questions by itself.

    Raises:
        GraphError: if the file is no graph, or with ``sparql`` holds more than a page can answer from.
    """
    asked = _questions(path, _data(ontology)) if sparql else None
    return html.write_page(_shown(open(path)), target, reference=reference(), sparql=asked)


def _shown(graph: Graph) -> KnowledgeGraph | ResourceGraph:
    """Return what to show of a graph: our values, or whatever it holds where no documents were read for it."""
    known = graph.knowledge
    if known.entities or known.documents:
        return known
    return rdf.from_triples(graph.source.triples(), source=Path(graph.name).name)


def _questions(path: Path, data: Ontology) -> html.Sparql:
    triples = dict.fromkeys(rdf.triples(path))
    if len(triples) > MOST_ASKED:
        raise GraphError(
            f"{path}: {len(triples)} triples, and a page answers from {MOST_ASKED} at most; "
            "leave --sparql out and ask the file with jintu query"
        )
    written = BytesIO()
    put(triples, written, format="ttl")
    shipped = tuple((question.name, question.zh, question.text) for question in rdf.questions(data).values())
    return html.Sparql(written.getvalue().decode("utf-8"), shipped)


def overview(path: Path, *, top: int) -> Iterator[Table]:
    """Give tables of what a graph holds and of what was left out of it.

    Raises:
        JintuError: if the graph is not one of documents that were read.
    """
    knowledge = rdf.read(path)
    if not knowledge.documents:
        raise JintuError(
            f"{path}: holds no document that jintu read; jintu query asks it in SPARQL, jintu html shows it"
        )
    yield (
        "Documents",
        ("document", "place", "year", "found in"),
        [(d.id, d.place or "-", d.year or "-", d.why or "-") for d in knowledge.documents],
    )
    yield "Kinds", ("kind", "entities", "mentions"), _kinds(knowledge)
    yield "Relations", ("relation", "stated", "planned"), _relations(knowledge)
    yield "Most connected", ("entity", "kind", "degree", "PageRank", "community"), _connected(knowledge, top)
    yield "Left out", ("what", "how many", "for example"), _left_out(knowledge)


def _kinds(knowledge: KnowledgeGraph) -> list[tuple[object, ...]]:
    kinds = {entity.id: entity.kind.value for entity in knowledge.entities}
    entities, mentions = Counter(kinds.values()), Counter(kinds[link.entity] for link in knowledge.links)
    return [
        (kind, count, mentions[kind]) for kind, count in sorted(entities.items(), key=lambda row: (-row[1], row[0]))
    ]


def _relations(knowledge: KnowledgeGraph) -> list[tuple[object, ...]]:
    counted = Counter((fact.relation.value, fact.modality.value) for fact in knowledge.facts)
    relations = sorted({relation for relation, _ in counted})
    return [(relation, counted[relation, "stated"], counted[relation, "planned"]) for relation in relations]


def _connected(knowledge: KnowledgeGraph, top: int) -> list[tuple[object, ...]]:
    standings = network.measures(knowledge).most_connected(top)
    return [(s.entity.label, s.entity.kind.value, s.degree, f"{s.pagerank:.4f}", s.community) for s in standings]


def _left_out(knowledge: KnowledgeGraph) -> list[tuple[object, ...]]:
    """Count what the graph does not say: ambiguous names, entities without a fact, documents without a place."""
    used = {fact.subject for fact in knowledge.facts} | {
        fact.object for fact in knowledge.facts if isinstance(fact.object, str)
    }
    silent = [entity.label for entity in knowledge.entities if entity.id not in used]
    unsure = sorted({link.mention.text for link in knowledge.links if "ambiguous" in link.reason})
    homeless = [document.id for document in knowledge.documents if document.place is None]
    rows = (
        ("entities without a fact", silent),
        ("ambiguous places, not linked to a code", unsure),
        ("documents without a place", homeless),
    )
    return [(what, len(found), "、".join(found[:5])) for what, found in rows]
