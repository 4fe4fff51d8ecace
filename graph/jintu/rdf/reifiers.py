"""Say statements as RDF 1.2 reifiers, and turn them back: one triple that holds the triple it is about, for three."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pyoxigraph import NamedNode, Quad, Triple

from jintu.rdf import terms as t

FORMATS = ("ttl", "nt")  # the formats of RDF 1.2 that evidence is written in as reifiers
REIFIES = t.term("rdf:reifies")
ENDS = (t.SUBJECT, t.PREDICATE, t.OBJECT)


def reified(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Give triples with a reifier for each statement; what is said of one subject must stand together.

    >>> from pyoxigraph import Literal
    >>> lake, said = t.term("jt:某水库"), t.term("jt:某陈述")
    >>> three = [Triple(said, end, term) for end, term in zip(ENDS, (lake, t.LABEL, Literal("锦凌水库")))]
    >>> print(*reified(three))
    <https://w3id.org/jintu/ontology#某陈述> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> \
<<( <https://w3id.org/jintu/ontology#某水库> <http://www.w3.org/2000/01/rdf-schema#label> "锦凌水库" )>>
    >>> list(plain(Quad(*triple) for triple in reified(three))) == [Quad(*triple) for triple in three]
    True
    """
    for subject, said in groupby(triples, key=lambda triple: triple.subject):
        group = list(said)
        ends = {triple.predicate: triple.object for triple in group if triple.predicate in ENDS}
        about, relation = ends.get(t.SUBJECT), ends.get(t.PREDICATE)
        if len(ends) < len(ENDS) or not isinstance(about, NamedNode) or not isinstance(relation, NamedNode):
            yield from group
            continue
        for triple in group:
            if triple.predicate == t.SUBJECT:
                yield Triple(subject, REIFIES, Triple(about, relation, ends[t.OBJECT]))
            elif triple.predicate not in ENDS:
                yield triple


def plain(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Give quads with three for each reifier, as RDF 1.1 says statements."""
    for quad in quads:
        if quad.predicate == REIFIES and isinstance(quad.object, Triple):
            for end, term in zip(ENDS, quad.object, strict=True):
                yield Quad(quad.subject, end, term, quad.graph_name)
        else:
            yield quad
