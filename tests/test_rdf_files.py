"""Files are readable, the same in every run, and whole or not there at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import graph_diff, to_isomorphic

from golden.knowledge import CITY, KNOWLEDGE, LAKE
from jintu.errors import GraphError, JintuError
from jintu.model import (
    Document,
    Entity,
    Evidence,
    Fact,
    Kind,
    KnowledgeGraph,
    Link,
    Mention,
    Modality,
    Relation,
    Span,
    Status,
    replace,
)
from jintu.rdf import (
    FORMATS,
    WITH_GRAPHS,
    canonical,
    check,
    fragment,
    joined,
    load,
    query,
    read,
    save,
    to_quads,
    to_rdf,
    verify,
    write,
    written,
)

GOLDEN = Path(__file__).parent / "golden"

HOSTILE = (
    'a"b"""c',
    "'''",
    "<script>alert(1)</script>",
    "甲/乙/../丙",
    "back\\slash\\",
    "line\nbreak\r\n\ttab",
    "\u202e锦州\u200f\u2066",
    "zero\u200bwidth\ufeff",
    "emoji 🌾👨‍👩‍👧",
    "^^xsd:integer@zh .",
    "%2F%zz#?&",
    "  ",
    "锦" * 10_000,
)


@pytest.mark.parametrize("format", ["ttl", "trig", "jsonld"])
def test_the_small_graph_is_written_as_the_golden_file_has_it(
    format: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    golden, made = GOLDEN / f"knowledge.{format}", tmp_path / f"knowledge.{format}"
    write(KNOWLEDGE, made)
    if request.config.getoption("--update-golden"):
        golden.write_bytes(made.read_bytes())
    if format == "ttl":
        _, gone, new = graph_diff(*(to_isomorphic(rdflib.Graph().parse(path)) for path in (golden, made)))
        assert (gone.serialize(format="nt"), new.serialize(format="nt")) == ("", "")
    assert made.read_bytes() == golden.read_bytes()


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_hash_seed_does_not_change_a_byte(seed: str, tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from golden.knowledge import KNOWLEDGE; from jintu import rdf\n"
        f"for format in rdf.FORMATS: rdf.write(KNOWLEDGE, Path({str(tmp_path)!r}) / f'seeded.{{format}}')"
    )
    paths = os.pathsep.join(str(Path(__file__).parents[n] / name) for n, name in ((0, ""), (1, "graph")))
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths, "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    for format in FORMATS:
        write(KNOWLEDGE, tmp_path / f"here.{format}")
        assert (tmp_path / f"here.{format}").read_bytes() == (tmp_path / f"seeded.{format}").read_bytes()


def named(name: str) -> KnowledgeGraph:
    """Put a name wherever a name can stand."""
    text = name + "。"
    seen = Evidence(name, Span(0, len(name)), name, name)
    thing = Entity(f"project/{name}", Kind.PROJECT, name, (name,))
    mention = Mention(name, Span(0, len(name)), name, Kind.PROJECT, rule=name)
    return KnowledgeGraph(
        (Document(name, text, name, name, "0" * 64, name, 2023, name),),
        (thing,),
        (Link(mention, thing.id, 1.0, name),),
        (
            Fact(thing.id, Relation.PART_OF, thing.id, Modality.STATED, None, (seen,)),
            Fact(thing.id, Relation.STATUS, Status(name), Modality.PLANNED, 2024, (seen,)),
        ),
    )


def together(*graphs: KnowledgeGraph) -> KnowledgeGraph:
    """Put graphs of different documents into one."""
    return KnowledgeGraph(
        tuple(chain.from_iterable(known.documents for known in graphs)),
        tuple(chain.from_iterable(known.entities for known in graphs)),
        tuple(chain.from_iterable(known.links for known in graphs)),
        tuple(chain.from_iterable(known.facts for known in graphs)),
    )


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("format", FORMATS)
def test_no_name_breaks_a_format(name: str, format: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{format}"
    write(named(name), path)
    assert read(path) == canonical(named(name))
    assert check(path) == ()


@pytest.mark.parametrize("at_once", [1, 3])
@pytest.mark.parametrize("format", FORMATS)
def test_parts_make_the_file_that_is_written_at_once(format: str, at_once: int) -> None:
    known = together(KNOWLEDGE, *map(named, HOSTILE))
    said: Iterator[Any] = to_quads(known) if format in WITH_GRAPHS else to_rdf(known)
    subjects = [list(group) for _, group in groupby(said, key=lambda one: [*one][::3])]
    starts = range(0, len(subjects), at_once)
    parts = [fragment(chain(*subjects[start : start + at_once]), format=format) for start in starts]
    assert b"".join(joined([b"", *parts, b""], format=format)) == written(chain(*subjects), format=format)
    assert b"".join(joined([], format=format)) == written([], format=format)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_other_readers_find_the_name_in_turtle(name: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write(named(name), path)
    labels = {str(label) for label in rdflib.Graph().parse(path).objects(None, rdflib.RDFS.label)}
    assert labels == {name}


def test_a_lone_surrogate_is_replaced_in_text_and_kept_in_the_iri(tmp_path: Path) -> None:
    name = "锦\ud800州"
    write(named(name), tmp_path / "graph.ttl")
    (entity,) = read(tmp_path / "graph.ttl").entities
    assert (entity.id, entity.label) == (f"project/{name}", "锦\ufffd州")
    assert not [v for v in verify(named(name), lambda _: name + "。") if "reads" in v.what]


def test_a_control_character_is_written_where_the_format_can(tmp_path: Path) -> None:
    for format in ("ttl", "nt", "nq", "trig", "jsonld"):
        write(named("锦\0\x01州"), tmp_path / f"graph.{format}")
        assert read(tmp_path / f"graph.{format}") == canonical(named("锦\0\x01州"))
    with pytest.raises(GraphError, match=r"RDF/XML cannot hold U\+0000"):
        write(named("锦\0州"), tmp_path / "graph.rdf")
    assert not (tmp_path / "graph.rdf").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.ttl", b"this is no Turtle", "line 1"),
        ("a.ttl", b"<http://e/a> <http://e/b> \xff .", "line 1"),
        ("a.nt", b"<http://e/a> <http://e/b> .\n", "line 1"),
        ("a.jsonld", b"[{]", "line 1"),
        ("a.rdf", b"<rdf:RDF", "RDF/XML"),
        ("a.ttl", b"", "holds no triples"),
        ("a.ttl", b"# only a comment\n", "holds no triples"),
        ("a.csv", b"a,b\n", 'ending ".csv"'),
        ("a", b"a", 'ending ""'),
    ],
)
def test_a_file_that_is_no_graph_is_named_in_one_line(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    for reader in (load, read):
        with pytest.raises(GraphError) as caught:
            reader(path)
        assert str(caught.value).startswith(f"{path}: ")
        assert said in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such file"):
        load(tmp_path / "gone.ttl")
    with pytest.raises(GraphError, match="is a folder"):
        load(tmp_path)


LINES = [str(triple) for triple in to_rdf(KNOWLEDGE)]
STRAY = (
    "_:b",
    '"x"',
    "<http://e/>",
    '"2.5"^^<http://www.w3.org/2001/XMLSchema#integer>',
    "<https://w3id.org/jintu/id/%FF>",
)


@given(st.lists(st.tuples(st.integers(0, len(LINES) - 1), st.none() | st.sampled_from(STRAY)), min_size=1, max_size=3))
def test_a_damaged_graph_is_read_or_refused_in_one_line(tmp_path: Path, damage: list[tuple[int, str | None]]) -> None:
    lines = dict(enumerate(LINES))
    for number, stray in damage:
        subject, predicate, _ = LINES[number].split(" ", 2)
        lines[number] = f"{subject} {predicate} {stray}" if stray else "# gone"
    path = tmp_path / "graph.nt"
    path.write_text("".join(f"{line} .\n" for line in lines.values()), encoding="utf-8")
    try:
        read(path)
    except GraphError as error:
        assert "\n" not in str(error)


def test_what_was_there_stays_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("before", encoding="utf-8")

    def broken() -> Iterator[object]:
        yield from to_rdf(KNOWLEDGE)
        raise GraphError("stopped")

    with pytest.raises(GraphError, match="stopped"):
        save(broken(), path, format="ttl")  # type: ignore[arg-type]  # the triples are right, the type is loose
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_path_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(JintuError, match=r"no such folder/graph\.ttl: cannot be written \(.*\); name another place"):
        write(KNOWLEDGE, tmp_path / "no such folder" / "graph.ttl")
    with pytest.raises(GraphError, match="is none of ttl"):
        write(KNOWLEDGE, tmp_path / "graph.docx")


def test_same_as_that_is_no_iri_is_named(tmp_path: Path) -> None:
    wrong = replace(KNOWLEDGE, entities=(replace(KNOWLEDGE.entities[0], same_as=("not an iri",)),))
    with pytest.raises(GraphError, match=r'division/210700: same_as "not an iri" is no IRI'):
        write(wrong, tmp_path / "graph.ttl")


@pytest.mark.parametrize("format", ["nq", "trig"])
def test_each_document_is_a_named_graph_and_all_are_the_default_graph(format: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{format}"
    write(KNOWLEDGE, path)
    store = load(path)
    graphs = {graph.value.rpartition("/")[2] for graph in store.named_graphs()}
    assert graphs == {"锦州市-2023", "黑山县-2023", "gazetteer"}
    counted = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    write(KNOWLEDGE, tmp_path / "graph.ttl")
    assert query(store, counted).table() == query(load(tmp_path / "graph.ttl"), counted).table()
    county = "SELECT ?name { GRAPH <document/黑山县-2023> { ?p a jt:Project ; rdfs:label ?name } } ORDER BY ?name"
    assert query(store, county).table() == (("绕阳河生态治理项目",), ("锦凌水库扩建工程",))


def test_a_file_is_as_open_as_others_of_the_folder(tmp_path: Path) -> None:
    write(KNOWLEDGE, tmp_path / "graph.ttl")
    (tmp_path / "other").write_text("", encoding="utf-8")
    assert (tmp_path / "graph.ttl").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_the_turtle_reads_as_people_write_it(tmp_path: Path) -> None:
    write(KNOWLEDGE, tmp_path / "graph.ttl")
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert text.startswith("@base <https://w3id.org/jintu/id/> .\n@prefix cur: ")
    assert f'<{CITY}> a jt:Place ;\n\trdfs:label "锦州市"@zh ;' in text
    assert f"<{LAKE}> a jt:Project ;" in text
    assert "jt:status status:投用 ." in text
