"""A folder of every format is built as it is, and its graph is proved from the files again."""

from pathlib import Path

import pytest

from jintu import graphs, pipeline, publish
from jintu.errors import SourceError
from jintu.model import Leaf
from jintu.pipeline import Settings
from read.composed import ARTICLES, PAGES, compose
from read.mutants import packed, pdf_of, word_of

LINES = ARTICLES["news"].lines


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "a.txt": ARTICLES["report"].text.encode("gb18030"),
        "b.md": f"# {ARTICLES['news'].title}\n\n**{LINES[0]}**\n".encode(),
        "c.html": compose(PAGES[1])[0],
        "d.pdf": pdf_of(*LINES[:3]),
        "e.docx": word_of(*LINES[:3]),
        "f.zip": packed({"g.html": compose(PAGES[2])[0], "h.txt": LINES[1].encode()}),
        "broken.pdf": b"%PDF-1.4 and nothing more",
        "picture.png": b"\x89PNG",
    }
    folder = tmp_path / "in"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def test_every_format_is_read_and_what_fails_is_named(folder: Path) -> None:
    made = pipeline.build([str(folder)], Settings(tagger="fast"))
    assert [document.id for document in made.knowledge.documents] == ["a", "b", "c", "d", "e", "g", "h"]
    assert [failure.reason.removeprefix(f"{folder}/").split(":")[0] for failure in made.failures] == ["broken.pdf"]
    leaves = {document.id: document.paging and document.paging.leaf for document in made.knowledge.documents}
    assert leaves == {"a": None, "h": None, "d": Leaf.PAGE, **dict.fromkeys("bceg", Leaf.PARAGRAPH)}


def test_a_graph_of_every_format_is_proved_from_the_files(folder: Path, tmp_path: Path) -> None:
    made = pipeline.build([str(folder)], Settings(tagger="fast"))
    (path,) = publish.publish(made.knowledge, tmp_path / "out", name="all", formats=("ttl",))
    proof = graphs.verify(path, [str(folder)])
    assert (proof.documents, proof.mistakes) == (7, ())
    assert proof.quotes > 0
    (folder / "c.html").unlink()
    said = graphs.verify(path, [str(folder)]).mistakes
    assert any("is gone" in line for line in said)
    assert any("broken.pdf" in line for line in said)
    with pytest.raises(SourceError, match="no such file"):
        graphs.verify(path, [str(tmp_path / "nowhere.txt")])


def test_evidence_of_a_pdf_knows_its_page(tmp_path: Path) -> None:
    lines = ("青禾县柳林水库工程开工建设。", "全县财政收入增长百分之八。", "青禾县人民医院门诊楼项目竣工投用。")
    (tmp_path / "pages.pdf").write_bytes(pdf_of(*lines))
    made = pipeline.build([str(tmp_path / "pages.pdf")], Settings(tagger="fast"))
    (path,) = publish.publish(made.knowledge, tmp_path / "out", name="one", formats=("ttl",))
    asked = "SELECT ?page ?quote { ?seen jt:page ?page ; jt:quote ?quote }"
    seen = {(int(page), quote) for page, quote in graphs.open(path).query(asked).table()}
    assert {page for page, _ in seen} >= {1, 3}
    assert all(quote in lines[page - 1] for page, quote in seen)
