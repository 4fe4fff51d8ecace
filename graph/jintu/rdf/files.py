"""Write RDF files, read them and load them into a store, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO

from pyoxigraph import Literal, Quad, RdfFormat, Store, Triple, parse, serialize

from jintu.errors import GraphError
from jintu.files import replacing
from jintu.model import KnowledgeGraph
from jintu.rdf.chapters import to_rdf
from jintu.rdf.jsonld import nodes
from jintu.rdf.layout import NEAT, footer, header, joined
from jintu.rdf.quads import to_quads
from jintu.rdf.reifiers import FORMATS as WITH_REIFIERS
from jintu.rdf.reifiers import REIFIES, plain, reified
from jintu.rdf.terms import BASE, PREFIXES

FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
WITH_GRAPHS = ("nq", "trig")  # the formats in which each document is a named graph
PARTS = "parts"  # a graph as a folder of files of N-Quads
_ENDINGS = {**FORMATS, "xml": RdfFormat.RDF_XML, "owl": RdfFormat.RDF_XML, "json": RdfFormat.JSON_LD}

_HEADER = re.compile(rb"(?:@[^\n]*\n)*")
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def write(
    knowledge: KnowledgeGraph, path: Path, *, format: str | None = None, base: str = BASE, reifiers: bool = False
) -> None:
    """Write a knowledge graph to a file, whole or not at all.

    ``format`` is one of ttl, nt, nq, trig, jsonld and rdf, or told by the ending; in nq and trig each
    document is a named graph. With ``reifiers`` statements are those of RDF 1.2, in ttl and nt alone.

    Raises:
        GraphError: if the format is unknown or holds no reifiers, or the base is no IRI.
        JintuError: if the path cannot be written.
    """
    name = format or path.suffix.lstrip(".").lower()
    if name not in FORMATS:
        raise GraphError(f'{path}: format "{name}" is none of {", ".join(FORMATS)}; name one of them')
    if reifiers:
        refuse_reifiers(name)
        save(reified(to_rdf(knowledge, base=base)), path, format=name, base=base)
        return
    say: Callable[..., Iterator[Triple] | Iterator[Quad]] = to_quads if name in WITH_GRAPHS else to_rdf
    save(say(knowledge, base=base), path, format=name, base=base)


def refuse_reifiers(format: str) -> None:
    """Raise a GraphError for an RDF format that statements are not written in as reifiers."""
    if format in (*FORMATS, PARTS) and format not in WITH_REIFIERS:
        raise GraphError(f"{format}: evidence is written as reifiers in {' and '.join(WITH_REIFIERS)} alone")


def save(triples: Iterable[Triple] | Iterable[Quad], path: Path, *, format: str, base: str = BASE) -> None:
    """Write triples or quads to a file as they come, whole or not at all.

    Raises:
        JintuError: if the file cannot be written.
    """
    with replacing(path) as file:
        put(triples, file, format=format, base=base)


def put(triples: Iterable[Triple] | Iterable[Quad], file: IO[bytes], *, format: str, base: str = BASE) -> None:
    """Write triples or quads to an open file as they come.

    Raises:
        GraphError: if RDF/XML cannot hold a character.
    """
    if format in NEAT:
        neat = _Neat(file, header(format, base=base))
        serialize(triples, neat, format=FORMATS[format], prefixes=PREFIXES, base_iri=base)  # type: ignore[arg-type]  # it asks for write and flush alone
        neat.finish()
    elif format == "jsonld":
        parts = (f"\n{node}".encode() for node in nodes(map(_triple, triples), base))
        file.writelines(joined(parts, format=format, base=base))
    elif format == "rdf":
        fit = (_fit_for_xml(_triple(said)) for said in triples)
        serialize(fit, file, format=FORMATS[format], prefixes=PREFIXES)
    else:
        serialize(triples, file, format=FORMATS[format])


def quads(path: Path) -> Iterator[Quad]:
    """Give what an RDF file or a folder of N-Quads says, in its order, as quads; a reifier as the statement it is.

    Raises:
        GraphError: if there is no such file, it is no RDF or holds nothing.
    """
    empty = True
    for file, format in _files(path):
        try:
            for quad in plain(parse(path=file, format=format)):
                empty = False
                yield quad
        except (SyntaxError, OSError) as error:
            raise _unreadable(file, format, error) from None
    if empty:
        raise _empty(path)


def written(triples: Iterable[Triple] | Iterable[Quad], *, format: str, base: str = BASE) -> bytes:
    """Return triples or quads as the bytes of a file.

    >>> written([], format="nt")
    b''
    """
    file = BytesIO()
    put(triples, file, format=format, base=base)
    return file.getvalue()


def fragment(triples: Iterable[Triple] | Iterable[Quad], *, format: str, base: str = BASE) -> bytes:
    """Return triples or quads as a part of a file: what stands between its header and its end.

    >>> from jintu.rdf.terms import A, DOCUMENT
    >>> fragment([Triple(DOCUMENT, A, DOCUMENT)], format="ttl")
    b'jt:Document a jt:Document .\\n'
    """
    content = written(triples, format=format, base=base)
    return content.removeprefix(header(format, base=base)).removesuffix(footer(format))


def load(path: Path) -> Store:
    """Load an RDF file of any format, or a folder of N-Quads, into a store in memory.

    What its named graphs say is in the default graph too; beside reifiers of RDF 1.2 stand the statements they are.

    Raises:
        GraphError: if there is no such file, it is no RDF or holds nothing.
    """
    store = Store()
    for file, format in _files(path):
        try:
            store.bulk_load(path=file, format=format)
        except (SyntaxError, OSError) as error:
            raise _unreadable(file, format, error) from None
    if not len(store):
        raise _empty(path)
    reifiers = store.quads_for_pattern(None, REIFIES, None, None)
    store.bulk_extend(list(plain(reifiers)))
    join(store)
    return store


def join(store: Store) -> None:
    """Put what the named graphs of a store say into its default graph too.

    Joined by the engine at each query, a triple of two graphs would count twice.
    """
    if any(True for _ in store.named_graphs()):
        store.bulk_extend([Quad(*quad.triple) for quad in store])


class _Neat:
    """Put the prefixes in order: the serializer writes them in the order of a hash table, some of them relative."""

    def __init__(self, file: IO[bytes], header: bytes) -> None:
        self.file = file
        self.head: bytes | None = b""
        self.header = header

    def write(self, chunk: bytes) -> int:
        if self.head is None:
            return self.file.write(chunk)
        self.head += chunk
        body = self.head[_HEADER.match(self.head).end() :]  # type: ignore[union-attr]  # the pattern matches nothing too
        if body and not body.startswith(b"@"):
            self.file.write(self.header + body)
            self.head = None
        return len(chunk)

    def flush(self) -> None:
        self.file.flush()

    def finish(self) -> None:
        """Write the header where nothing follows it."""
        if self.head is not None:
            self.file.write(self.header)


def _triple(said: Triple | Quad) -> Triple:
    return said.triple if isinstance(said, Quad) else said


def _fit_for_xml(triple: Triple) -> Triple:
    if isinstance(triple.object, Literal) and (found := _NOT_XML.search(triple.object.value)):
        what = f"U+{ord(found.group()):04X} in {triple.object.value[:40]!r} of {triple.subject}"
        raise GraphError(f"RDF/XML cannot hold {what}; choose another format")
    return triple


def is_parted(path: Path) -> bool:
    """Tell whether a path is a folder that holds files of N-Quads."""
    return path.is_dir() and any(path.glob("*.nq"))


def _files(path: Path) -> list[tuple[Path, RdfFormat]]:
    """Return the files of a graph with their formats."""
    files = sorted(path.glob("*.nq")) if is_parted(path) else [path]
    return [(file, _format(file)) for file in files]


def _format(path: Path) -> RdfFormat:
    if path.is_dir():
        raise GraphError(f"{path}: is a folder without .nq files; name an RDF file in it")
    if not path.is_file():
        raise GraphError(f"{path}: no such file")
    format = _ENDINGS.get(path.suffix.lstrip(".").lower())
    if format is None:
        raise GraphError(f'{path}: the ending "{path.suffix}" is none of {", ".join("." + e for e in _ENDINGS)}')
    return format


def _unreadable(path: Path, format: RdfFormat, error: SyntaxError | OSError) -> GraphError:
    if isinstance(error, SyntaxError):
        said = " ".join(str(error.msg).split())
        return GraphError(f"{path}: no {format.name}: {said[:300]}")
    return GraphError(f"{path}: cannot be read ({error.strerror or error})")


def _empty(path: Path) -> GraphError:
    return GraphError(f"{path}: holds no triples; name a graph that was built")
