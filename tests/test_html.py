"""The page as text: one file, safe, the same bytes each time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDFS, Graph, Namespace

from jintu import ontology
from jintu.html import Reference, page, write_page
from jintu.html.columns import packed
from jintu.html.districts import by_community
from jintu.html.layout import arrange, positions
from jintu.html.page import RENDERERS, SCRIPTS, Sparql
from jintu.html.payload import KINDS, MEASURES, MODALITIES, RELATIONS, STATUSES
from jintu.html.picture import MOST, SHAPES, vis_network
from jintu.html.spelling import readings
from jintu.html.windows import utf16, windows
from jintu.model import Kind, KnowledgeGraph, Span, replace
from knowledge_samples import grown, hostile, jinzhou

WORDS = {str(term): word for words in (KINDS, RELATIONS, MODALITIES, MEASURES) for term, word in words.items()}
EMPTY = KnowledgeGraph((), (), (), ())
HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "{{payload}}",
    "\u2028",
    "\ud800",
    "<!--<script>",
)
ASSETS = Path(sys.modules["jintu.html.page"].__file__ or "").parent / "assets"


class Elements(HTMLParser):
    """Collect the elements of a page and the text inside scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[int, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.texts[len(self.tags)] = self.texts.get(len(self.tags), "") + data


def said(html: str) -> dict[str, Any]:
    """Return the payload of a page."""
    match = re.search(r'<script type="application/json" id="payload">(.*?)</script>', html, re.DOTALL)
    assert match
    content: dict[str, Any] = json.loads(match[1])
    for name in ("entities", "mentions", "facts", "values", "evidence"):
        content[name] = unpacked(content[name])
    content["graph"] |= {name: unpacked(content["graph"][name]) for name in ("nodes", "edges")}
    evidence, values = iter(content["evidence"]), iter(content["values"])
    for fact in content["facts"]:
        if "value" in fact:
            fact["value"] = next(values)
        fact["evidence"] = [next(evidence) for _ in range(fact.get("evidence", 0))]
    return content


def unpacked(table: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of packed columns, as the page makes them."""
    rows: list[dict[str, Any]] = [{} for _ in range(table["count"])]
    for name, column in table["columns"].items():
        places = column.get("rows", range(len(rows)))
        values = column.get("some") or column.get("all")
        if "of" in column:
            values = [column["of"][place] for place in column.get("at", [0] * len(rows))]
        for place, value in zip(places, values or (), strict=True):
            if value is not None:
                rows[place][name] = value
    return rows


def test_the_page_names_every_entity_fact_and_document() -> None:
    knowledge = jinzhou()
    content = said(page(knowledge))
    assert [entity["id"] for entity in content["entities"]] == [entity.id for entity in knowledge.entities]
    assert len(content["facts"]) == len(knowledge.facts)
    assert [document["title"] for document in content["documents"]] == [d.title for d in knowledge.documents]
    assert len(content["graph"]["nodes"]) == len(knowledge.entities)
    drawn = sorted(fact for edge in content["graph"]["edges"] for fact in edge["facts"])
    assert drawn == [n for n, fact in enumerate(knowledge.facts) if isinstance(fact.object, str)]


def test_each_quote_stands_in_its_context() -> None:
    knowledge = jinzhou()
    content = said(page(knowledge))
    for fact, told in zip(knowledge.facts, content["facts"], strict=True):
        for evidence, piece in zip(fact.evidence, told["evidence"], strict=True):
            assert quote(content, piece) == evidence.quote
    fact = next(f for f in content["facts"] if f.get("value", {}).get("text") == "5.32亿元")
    piece = fact["evidence"][0]
    text = content["texts"][piece["text"]]
    assert "周边生态治理工程已经完成" in text[: piece["start"]]
    assert "新苏环保" in text[piece["end"] :]
    assert (piece["section"], piece["why"], piece["score"]) == ("一、过去一年的工作", "sample.rule", 0.9)


def quote(content: dict[str, Any], piece: dict[str, Any]) -> str:
    """Return the words that a piece of evidence marks."""
    return str(content["texts"][piece["text"]][piece["start"] : piece["end"]])


def test_without_the_documents_text_the_quote_stands_alone() -> None:
    knowledge = jinzhou()
    bare = replace(knowledge, documents=tuple(replace(d, text="", sections=()) for d in knowledge.documents))
    content = said(page(bare))
    fact = next(f for f in content["facts"] if f.get("value", {}).get("text") == "5.32亿元")
    (piece,) = fact["evidence"]
    assert quote(content, piece) == content["texts"][piece["text"]]
    assert "总投资5.32亿元" in quote(content, piece)


def test_only_the_surroundings_of_quotes_are_in_the_page() -> None:
    knowledge = jinzhou()
    far = replace(knowledge.documents[1], text=knowledge.documents[1].text + "无关的话。" * 1000)
    assert "无关的话。" * 20 not in page(replace(knowledge, documents=(knowledge.documents[0], far)))


def test_windows_join_where_they_meet_and_find_what_they_were_made_for() -> None:
    text = "".join(chr(0x4E00 + n) for n in range(100))
    spans = [Span(90, 99), Span(3, 5), Span(20, 22), Span(24, 30)]
    cut = windows(text, spans, margin=2)
    assert [(s.start, s.end) for s in cut.stretches] == [(1, 7), (18, 32), (88, 100)]
    for span in spans:
        number, inside = cut.find(span)
        assert inside.of(cut.stretches[number].of(text)) == span.of(text)


def test_offsets_count_as_a_browser_counts() -> None:
    text = "吉𠮷野家😀店"
    assert utf16(text, Span(2, 6)) == (3, 8)
    assert text.encode("utf-16-le")[2 * 3 : 2 * 8].decode("utf-16-le") == Span(2, 6).of(text)


def test_there_is_nothing_to_fetch_and_scripts_are_allowed_by_digest_alone() -> None:
    html = page(jinzhou())
    elements = Elements(html)
    for tag, attributes in elements.tags:
        assert not {"src", "srcset", "style", "action", "onload", "onerror", "onclick"} & attributes.keys(), tag
        assert attributes.get("href") in (None, "data:,", "#search")
    policy = next(a["content"] or "" for t, a in elements.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy
    styles_and_scripts = [text for text in elements.texts.values() if text.strip() and not text.startswith("{")]
    for text in styles_and_scripts:
        assert b64encode(sha256(text.encode()).digest()).decode() in policy
    assert len(styles_and_scripts) == 3


def test_hostile_names_end_no_element() -> None:
    plain, attacked = Elements(page(jinzhou(), title="")), Elements(page(hostile(HOSTILE), title=HOSTILE[1]))
    assert [tag for tag, _ in attacked.tags] == [tag for tag, _ in plain.tags]
    labels = [entity["label"] for entity in said(page(hostile(HOSTILE)))["entities"]]
    assert labels == [name.replace("\ud800", "\ufffd") for name in HOSTILE]


def test_the_library_and_our_scripts_can_stand_in_a_script_element() -> None:
    for text in (vis_network(), *(path.read_text("utf-8") for path in sorted(ASSETS.rglob("*.js")))):
        assert "</script" not in text.lower()
        assert "<!--" not in text
        assert "\r" not in text
    assert {path.stem for path in ASSETS.glob("*.js")} == {*SCRIPTS, *RENDERERS[0], *RENDERERS[1], "asking"}


@pytest.mark.parametrize("renderers", RENDERERS)
def test_no_two_scripts_use_the_same_name(renderers: tuple[str, ...]) -> None:
    joined = "".join((ASSETS / f"{name}.js").read_text("utf-8") for name in (*SCRIPTS, *renderers, "asking"))
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", joined, re.MULTILINE)
    assert sorted(names) == sorted(set(names))


def test_text_enters_the_page_as_text_alone() -> None:
    for path in ASSETS.glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", path.read_text()
        )


def test_the_page_and_the_vocabulary_use_the_same_words() -> None:
    vocabulary = Graph().parse(ontology.load().path("vocabulary.ttl"))
    spoken = {Namespace("https://w3id.org/jintu/ontology#")[name]: word for name, word in WORDS.items()}
    for term, word in spoken.items():
        assert word in {str(label) for label in vocabulary.objects(term, RDFS.label)}, term


def test_the_page_knows_the_life_of_a_project_in_the_vocabularys_order() -> None:
    vocabulary = ontology.load().text("vocabulary.ttl")
    _, _, listed = vocabulary.partition("skos:hasTopConcept status:规划中")
    assert ("规划中", *re.findall(r"status:(\w+)", listed.partition(".")[0])) == STATUSES


def test_columns_give_back_the_rows() -> None:
    rows = [
        {
            "name": f"第{n}村",
            "kind": "Place",
            "level": n % 2,
            "code": "21" if n == 3 else None,
            "said": True if n % 2 else 1,
        }
        for n in range(20)
    ]
    table = packed(rows)
    assert unpacked(table) == [{k: v for k, v in row.items() if v is not None} for row in rows]
    assert [set(column) for column in table["columns"].values()] == [
        {"all"},
        {"of"},
        {"of", "at"},
        {"rows", "some"},
        {"of", "at"},
    ]
    assert [type(row["said"]) for row in unpacked(table)][:2] == [int, bool]
    assert unpacked(packed([])) == []


def test_a_large_graph_is_drawn_by_sigma_and_a_small_one_by_pyvis() -> None:
    small, large = page(jinzhou()), page(grown(MOST + 1))
    assert ("vis.Network" in small, "sigma.Sigma" in small) == (True, False)
    assert ("vis.Network" in large, "sigma.Sigma" in large) == (False, True)
    assert said(small)["graph"].keys() == said(large)["graph"].keys()


def test_communities_stand_apart() -> None:
    homes = [n // 30 for n in range(120)]
    edges = [(n, n - 1 - n % 7) for n in range(8, 120) if homes[n] == homes[n - 1 - n % 7]] + [
        (0, 30),
        (30, 60),
        (60, 90),
    ]
    placed = by_community([*homes, 9], edges)
    assert placed == by_community([*homes, 9], reversed(edges))
    assert len(set(placed)) == 121
    middles = [
        [sum(placed[n][axis] for n in range(120) if homes[n] == home) / 30 for axis in (0, 1)] for home in range(4)
    ]

    def far(a: Any, b: Any) -> float:
        return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)

    nearest = [min(range(4), key=lambda home, n=n: far(placed[n], middles[home])) for n in range(120)]  # type: ignore[misc]  # mypy cannot type a lambda's defaults
    assert sum(a == b for a, b in zip(nearest, homes, strict=True)) > 100  # 120 where none strays


def test_many_small_parts_at_a_large_one_do_not_drive_it_away() -> None:
    rooms = [3000.0, 2500.0, *[150.0] * 100]
    spots = arrange(rooms, [(0, 1), *((n, n % 2) for n in range(2, 102))])
    across = [max(spot[axis] for spot in spots) - min(spot[axis] for spot in spots) for axis in (0, 1)]
    assert max(across) < 20_000  # the two large ones side by side take 11,000


def test_the_page_names_units() -> None:
    assert said(page(jinzhou(), reference=Reference(units={"CNY": "元"})))["words"]["units"] == {"CNY": "元"}


def test_sparql_is_in_the_page_when_it_is_asked_for_alone() -> None:
    plain, asked = page(jinzhou()), page(jinzhou(), sparql=Sparql("<a> <b> </script>.", (("q", "问", "SELECT <"),)))
    assert "wasm" not in plain.partition("<body>")[0]
    assert "'wasm-unsafe-eval'; worker-src blob:;" in asked.partition("<body>")[0]
    match = re.search(r'id="sparql">(.*?)</script>', asked)
    assert match
    assert json.loads(match[1]) == {"turtle": "<a> <b> </script>.", "questions": [["q", "问", "SELECT <"]]}
    assert len(asked) - len(plain) < 2_100_000


def test_the_libraries_in_the_page_are_named_with_their_licences() -> None:
    readme = (ASSETS / "vendor" / "README.md").read_text("utf-8")
    for script in (ASSETS / "vendor").glob("*.js"):
        head = script.read_text("utf-8").partition("\n")[0]
        for name, version in re.findall(r"([a-z-]+) (\d+\.\d+\.\d+)", head):
            assert f"{name} {version}" in readme
            assert f"### {name}\n" in readme


def test_every_kind_has_a_shape_and_a_colour_of_its_own() -> None:
    style = (ASSETS / "explorer.css").read_text("utf-8")
    colours = re.findall(r"--(\w+): (#\w+)", style.partition("[data-theme")[0])
    assert len({colour for name, colour in colours if name in set(Kind)}) == len(Kind)
    assert len(set(SHAPES.values())) == len(SHAPES) == len(Kind)


@pytest.mark.parametrize("seed", ["0", "5"])
def test_the_page_does_not_depend_on_the_hash_seed_or_the_locale(seed: str, tmp_path: Path) -> None:
    code = (
        "import sys; from knowledge_samples import jinzhou; from jintu.html import write_page;"
        "write_page(jinzhou(), sys.argv[1])"
    )
    path = tmp_path / "other.html"
    settings = {"PYTHONHASHSEED": seed, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code, str(path)], env={**os.environ, **settings}, check=True)
    assert path.read_bytes() == write_page(jinzhou(), tmp_path / "a.html").read_bytes()


def test_a_page_replaces_the_page_before_it_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "页.html"
    write_page(EMPTY, path)
    write_page(jinzhou(), path, title="标题 & <b>")
    assert "<title>标题 &amp; &lt;b&gt;</title>" in path.read_text("utf-8")
    assert list(path.parent.iterdir()) == [path]


def test_one_document_gives_its_title_and_several_their_number() -> None:
    knowledge = jinzhou()
    assert said(page(knowledge))["title"] == "2 份文件的知识图谱"
    single = replace(knowledge, documents=knowledge.documents[1:], facts=(), links=())
    assert said(page(single))["title"] == "锦州市2023年政府工作报告(样例)"
    assert said(page(EMPTY))["title"] == "知识图谱"


def test_characters_have_all_their_readings() -> None:
    assert readings(["重庆", "A股"]) == {"重": "chong tong zhong", "庆": "qing", "股": "gu"}


def test_no_two_nodes_share_a_place_and_places_are_the_same_each_time() -> None:
    edges = [(n, n // 3) for n in range(1, 150)] + [(200 + n, 200) for n in range(1, 60)] + [(5, 5), (260, 261)]
    placed = positions(280, edges)
    assert len(set(placed)) == 280
    assert placed == positions(280, reversed(edges))


def test_linked_nodes_stand_nearer_than_others() -> None:
    clusters = [(12 * group + a, 12 * group + b) for group in range(5) for a in range(12) for b in range(a)]
    placed = positions(60, [*clusters, *((group * 12, group * 12 + 12) for group in range(4))])

    def far(a: int, b: int) -> float:
        return float(sum((x - y) ** 2 for x, y in zip(placed[a], placed[b], strict=True)) ** 0.5)

    near = [far(a, b) for a, b in clusters]
    others = [far(a, b) for a in range(60) for b in range(a) if a // 12 != b // 12]
    assert sum(near) / len(near) < 0.4 * sum(others) / len(others)


def test_three_thousand_entities_make_a_page_in_seconds() -> None:
    knowledge = grown(3000)
    start = time.process_time()
    html = page(knowledge)
    assert time.process_time() - start < 15  # about 3
    assert len(html) < 1_500_000


def test_ten_thousand_entities_fit_into_four_megabytes() -> None:
    start = time.process_time()
    html = page(grown(10_000))
    assert time.process_time() - start < 8  # about 3
    assert len(html.encode()) < 4_000_000
