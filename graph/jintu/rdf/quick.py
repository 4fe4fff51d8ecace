"""Try the ontology's shapes at the speed of writing: compiled once, one look at each triple.

pyshacl needs three seconds for 100,000 triples. What is compiled here only tells whether all is well; where it
is not, or where a shape holds what is not known here, pyshacl judges and finds the words (``shapes.py``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from jintu.rdf import terms as t
from jintu.rdf.papers import Said

Term = NamedNode | BlankNode | Literal | Triple
Properties = Mapping[NamedNode, list[Term]]
Nodes = Mapping[Term, Properties]
Test = Callable[[list[Term], Properties, Nodes], bool]  # of the values at a path, with the node's properties
Graph = Mapping[Term, Mapping[str, list[Term]]]

SH = "http://www.w3.org/ns/shacl#"
_SILENT = {"message", "path", "targetClass", "targetObjectsOf"}  # what tests nothing by itself
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_KINDS = {SH + "IRI": NamedNode, SH + "Literal": Literal, SH + "BlankNode": BlankNode}
_LEXICAL = {t.DECIMAL.value: _NUMBER, t.term("xsd:integer").value: re.compile(r"[+-]?\d+")}


@dataclass(frozen=True, slots=True)
class Shapes:
    """Hold the tests of nodes by class and path, and of values by the property that leads to them."""

    of_class: Mapping[Term, Mapping[NamedNode, Sequence[Test]]]
    of_objects: Mapping[NamedNode, Sequence[tuple[NamedNode | None, Test]]]

    def hold(self, triples: Iterable[Said], border: Iterable[Said] = ()) -> bool:
        """Tell whether triples, grouped by subject, keep to the shapes; ``border`` says of others what they need."""
        nodes = dict(_nodes(triples))
        graph = {**dict(_nodes(border)), **nodes}
        return all(self._holds(said, graph) for said in nodes.values())

    def _holds(self, said: Properties, graph: Nodes) -> bool:
        for kind in said.get(t.A, ()):
            for path, tests in self.of_class.get(kind, {}).items():
                found = said.get(path, [])
                for test in tests:
                    if not test(found, said, graph):
                        return False
        for predicate in said.keys() & self.of_objects.keys():
            for way, test in self.of_objects[predicate]:
                for value in said[predicate]:
                    about = graph.get(value, {})
                    if not test([value] if way is None else about.get(way, []), about, graph):
                        return False
        return True


def compile_shapes(triples: Iterable[Triple | Quad]) -> Shapes | None:
    """Compile a graph of shapes; return None where one holds what is not known here.

    >>> said = (("targetClass", NamedNode("a:C")), ("path", NamedNode("a:p")), ("minCount", Literal(1)))
    >>> shapes = compile_shapes([Triple(NamedNode("a:s"), NamedNode(SH + name), value) for name, value in said])
    >>> shapes.hold([(NamedNode("a:x"), t.A, NamedNode("a:C"))])
    False
    """
    graph = _shapes(triples)
    of_class: dict[Term, dict[NamedNode, list[Test]]] = defaultdict(lambda: defaultdict(list))
    of_objects: dict[NamedNode, list[tuple[NamedNode | None, Test]]] = defaultdict(list)
    for said in graph.values():
        tests = list(_tests(said, graph))
        path = said.get("path", [None])[0]
        if None in tests or not isinstance(path, NamedNode | None) or ("targetClass" in said and path is None):
            return None
        for test in tests:
            for kind in said.get("targetClass", ()):
                of_class[kind][path].append(test)  # type: ignore[index, arg-type]  # a class's path is never None, see above
            for predicate in said.get("targetObjectsOf", ()):
                of_objects[predicate].append((path, test))  # type: ignore[arg-type, index]  # SHACL wants IRIs there
    return Shapes(of_class, of_objects)


def _nodes(triples: Iterable[Said]) -> Iterator[tuple[Term, Properties]]:
    last, said = None, dict[NamedNode, list[Term]]()
    for subject, predicate, value in triples:
        if subject != last:
            if last is not None:
                yield last, said
            last, said = subject, {}
        if predicate in said:
            said[predicate].append(value)
        else:
            said[predicate] = [value]
    if last is not None:
        yield last, said


def _shapes(triples: Iterable[Triple | Quad]) -> Graph:
    """Return what SHACL says of each node, by the names of its terms, with the members of lists in place of lists."""
    graph: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    links: dict[Term, dict[NamedNode, Term]] = defaultdict(dict)
    for subject, predicate, value, *_ in triples:
        if predicate.value.startswith(SH):
            graph[subject][predicate.value.removeprefix(SH)].append(value)
        links[subject][predicate] = value
    for said in graph.values():
        for name in ("in", "or"):
            if name in said:
                said[name] = list(_members(said[name][0], links))
    return graph


def _members(head: Term, links: Mapping[Term, Mapping[NamedNode, Term]]) -> Iterator[Term]:
    while head in links and t.term("rdf:first") in links[head]:
        yield links[head][t.term("rdf:first")]
        head = links[head][t.term("rdf:rest")]


def _tests(said: Mapping[str, list[Term]], graph: Graph) -> Iterator[Test | None]:
    """Yield a test for each constraint of a shape, None for one that is not known."""
    for name, values in said.items():
        if name == "or":
            choices = [list(_tests(graph[value], graph)) for value in values]
            yield None if any(None in tests for tests in choices) else _either(choices)  # type: ignore[arg-type]  # none is None
        elif name not in _SILENT:
            yield TESTS[name](values) if name in TESTS else None


def _either(choices: Sequence[Sequence[Test]]) -> Test:
    return lambda found, said, nodes: all(
        any(all(test([value], said, nodes) for test in tests) for tests in choices) for value in found
    )


def _each(holds: Callable[[Term], bool]) -> Test:
    """Test each value by itself; what held once is not tried again."""
    good: set[Term] = set()

    def test(found: list[Term], said: Properties, nodes: Nodes) -> bool:
        for value in found:
            if value not in good:
                if not holds(value):
                    return False
                if len(good) < 100_000:  # so that memory stays flat in the length of a build
                    good.add(value)
        return True

    return test


def _at_least(values: list[Term]) -> Test:
    least = int(_written(values[0]))
    return lambda found, said, nodes: len(found) >= least


def _at_most(values: list[Term]) -> Test:
    most = int(_written(values[0]))
    return lambda found, said, nodes: len(found) <= most or len(set(found)) <= most


def _not_after(values: list[Term]) -> Test:
    other = values[0]

    def test(found: list[Term], said: Properties, nodes: Nodes) -> bool:
        others = said.get(other, [])  # type: ignore[arg-type]  # SHACL wants an IRI there
        return all(_is_number(a) and _is_number(b) and _number(a) <= _number(b) for a in found for b in others)

    return test


def _has(values: list[Term]) -> Test:
    return lambda found, said, nodes: values[0] in found


def _of_class(values: list[Term]) -> Test:
    wanted = values[0]

    return lambda found, said, nodes: all(wanted in nodes.get(value, {}).get(t.A, ()) for value in found)


def _in(values: list[Term]) -> Test:
    allowed = set(values)
    return lambda found, said, nodes: all(value in allowed for value in found)


def _datatype(values: list[Term]) -> Test:
    lexical = _LEXICAL.get(_written(values[0]))
    return _each(
        lambda value: (
            isinstance(value, Literal)
            and value.datatype == values[0]
            and (lexical is None or bool(lexical.fullmatch(value.value)))
        )
    )


def _node_kind(values: list[Term]) -> Test:
    kind = _KINDS.get(_written(values[0]))
    return lambda found, said, nodes: kind is not None and all(isinstance(value, kind) for value in found)


def _pattern(values: list[Term]) -> Test:
    pattern = re.compile(_written(values[0]))
    return _each(lambda value: bool(pattern.search(_written(value))))


def _length(values: list[Term]) -> Test:
    least = int(_written(values[0]))
    return lambda found, said, nodes: all(len(_written(value)) >= least for value in found)


def _lowest(values: list[Term]) -> Test:
    least = _number(values[0])
    return _each(lambda value: _is_number(value) and _number(value) >= least)


def _highest(values: list[Term]) -> Test:
    most = _number(values[0])
    return _each(lambda value: _is_number(value) and _number(value) <= most)


TESTS: Mapping[str, Callable[[list[Term]], Test]] = {
    "minCount": _at_least,
    "maxCount": _at_most,
    "lessThanOrEquals": _not_after,
    "hasValue": _has,
    "class": _of_class,
    "in": _in,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "pattern": _pattern,
    "minLength": _length,
    "minInclusive": _lowest,
    "maxInclusive": _highest,
}


def _written(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _is_number(term: Term) -> bool:
    return isinstance(term, Literal) and bool(_NUMBER.fullmatch(term.value))


def _number(term: Term) -> Decimal:
    return Decimal(_written(term))
