"""Files that are hostile, broken or elsewhere are refused in one line, in time, and touch nothing."""

import os
import socket
import sys
import time
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Thread
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from jintu import divisions, ontology, pipeline, publish
from jintu.errors import SourceError
from jintu.pipeline import Settings
from jintu.read import Source, confined, find, read
from jintu.read.child import guard
from jintu.read.formats import Format, kind

PLACES = divisions.load(ontology.load())
TEXT = "锦凌水库向城区供水，市中心医院新楼投入使用。"
PAGE = f"<html><body><p>{TEXT}</p></body></html>"


def refused(path: Path) -> str:
    with pytest.raises(SourceError) as error:
        read(Source("a", str(path)), PLACES)
    said = str(error.value)
    assert "\n" not in said
    assert said.startswith(str(path))
    return said


def stream(content: bytes, *, times: int = 1, pages: int = 1) -> bytes:
    """Return a PDF of pages of the same content, which is packed so many times over."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    filters = b"/FlateDecode " * times
    head = b"<</Length %d/Filter[%s]>>stream\n" % (len(content), filters)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + b"3 0 R " * pages + b"]/Count %d>>" % pages,
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>>>",
        head + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, text) for number, text in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n0\n%%EOF"


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "bomb.pdf": lambda: stream(b"\x00" * (200 * 2**20), times=2),
    "loop.pdf": lambda: (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
    ),
    "deep.pdf": lambda: b"%PDF-1.4\n1 0 obj" + b"[" * 500_000 + b"endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
    "deep.html": lambda: b"<div>" * 200_000 + TEXT.encode(),
    "attributes.html": lambda: b"<p " + b"a=b " * 500_000 + b">" + TEXT.encode(),
    "rows.html": lambda: b"<table><tr><td>" * 3_000 + TEXT.encode(),
    "stars.md": lambda: b"*a_ " * 50_000 + b"[" * 50_000 + TEXT.encode(),
    "quotes.md": lambda: b">" * 100_000 + TEXT.encode(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_ends_in_time(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    start = time.process_time(), os.times().children_user
    try:
        text = read(Source("a", str(path)), PLACES).text
    except SourceError as error:
        assert "\n" not in str(error)
    else:
        assert "水库" in text or name.endswith(".pdf")
    assert time.process_time() - start[0] < 5
    assert os.times().children_user - start[1] < 20


def test_next_document_is_read_after_a_child_was_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "SECONDS", 1)
    bomb, page = tmp_path / "words.pdf", tmp_path / "a.html"
    bomb.write_bytes(stream(b"BT /F 9 Tf " + b"(a) Tj 1 0 Td " * 20_000 + b"ET", pages=1000))
    page.write_text(PAGE, encoding="utf-8")
    assert "seconds of computing" in refused(bomb)
    assert TEXT in read(Source("a", str(page)), PLACES).text


def test_child_may_not_write_connect_or_run() -> None:
    for event, arguments in (
        ("open", ("/tmp/a", "w", os.O_WRONLY | os.O_CREAT)),
        ("socket.connect", (None, ("example.org", 80))),
        ("subprocess.Popen", ("ls", [], None, None)),
        ("os.remove", ("/tmp/a", -1)),
    ):
        with pytest.raises(PermissionError, match=event):
            guard(event, arguments)
    guard("open", ("/tmp/a", "r", os.O_RDONLY))


def test_nothing_that_a_file_names_is_fetched(tmp_path: Path) -> None:
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=lambda: calls.append(server.accept()), daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a"
        page = tmp_path / "a.html"
        page.write_text(
            f'<!DOCTYPE html SYSTEM "{address}.dtd" [<!ENTITY x SYSTEM "{address}.txt">]><html><head>'
            f'<base href="{address}"><link rel="stylesheet" href="{address}.css"><script src="{address}.js"></script>'
            f'</head><body><img src="{address}.png"><iframe src="{address}"></iframe><p>{TEXT}&x;</p></body></html>',
            encoding="utf-8",
        )
        file = docx.Document()
        file.add_paragraph(TEXT)
        file.part.relate_to(address, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image", True)
        file.save(str(tmp_path / "b.docx"))
        for name in ("a.html", "b.docx"):
            assert TEXT in read(Source("a", str(tmp_path / name)), PLACES).text
        time.sleep(0.2)
    assert calls == []


def test_scripts_and_entities_of_a_page_stay_out() -> None:
    laughs = '<!DOCTYPE html [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    script = "<script>var a='脚本，不见。'</script>"
    page = f"{laughs}<html><body>{script}<p onclick='x()'>{TEXT}&b;&lt;b&gt;</p></body></html>"
    text = confined.extract(Format.PAGE, page.encode(), source="a.html").text
    assert text.strip() == f"{TEXT}&b;<b>"


def archive(path: Path, members: dict[str, bytes]) -> Path:
    path.parent.mkdir(exist_ok=True)
    with ZipFile(path, "w", ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


def test_each_member_of_an_archive_is_a_source(tmp_path: Path) -> None:
    others = {"3.png": b"", ".x/4.txt": b"a", "__MACOSX/5.txt": b"a"}
    path = archive(tmp_path / "a.zip", {"锦州/1.html": PAGE.encode(), "2.txt": TEXT.encode(), **others})
    sources, wrong = find([str(tmp_path)])
    assert [(source.id, source.shown) for source in sources] == [("1", f"{path}/锦州/1.html"), ("2", f"{path}/2.txt")]
    assert wrong == ()
    assert all(TEXT in read(source, PLACES).text for source in sources)


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"XXXX.txt": TEXT.encode()})
    path.write_bytes(path.read_bytes().replace(b"XXXX", "报告".encode("gbk")))
    sources, _ = find([str(path)])
    assert [source.id for source in sources] == ["报告"]
    assert read(sources[0], PLACES).text == TEXT


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "C:\\a.txt", "a/../../b.txt", "..\\a.txt", "a\nb.txt"])
def test_names_that_lead_out_of_an_archive_are_refused(name: str, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {name: TEXT.encode(), "b/good.txt": TEXT.encode()})
    sources, wrong = find([str(path)])
    assert [source.id for source in sources] == ["good"]
    assert len(wrong) == 1
    assert "its name" in wrong[0]
    assert "\n" not in wrong[0]


def test_a_build_writes_nothing_outside_its_folder(tmp_path: Path) -> None:
    names = ("../a.txt", "/tmp/b.txt", "a%2f..%2fc.txt", "d\\..\\e.txt", "f.txt", "a/CON.txt", "<img>.html")
    path = archive(tmp_path / "in" / "a.zip", dict.fromkeys(names, TEXT.encode()))
    before = {found: found.stat().st_mtime_ns for found in tmp_path.rglob("*")}
    made = pipeline.build([str(path)], Settings(tagger="fast"))
    publish.publish(made.knowledge, tmp_path / "out", name="graph")
    after = {found: found.stat().st_mtime_ns for found in tmp_path.rglob("*") if found.parts[-2] != "out"}
    assert {found: after[found] for found in before} == before
    assert set(after) - set(before) == {tmp_path / "out"}
    assert len(made.knowledge.documents) + len(made.failures) == len(names)


def test_an_archive_made_to_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.txt": b"0" * (20 * 2**20)})
    sources, wrong = find([str(path)])
    assert sources == ()
    assert "as only made ones do" in wrong[0]


def test_an_archive_in_an_archive_is_named(tmp_path: Path) -> None:
    inner = archive(tmp_path / "b.zip", {"a.txt": TEXT.encode()})
    path = archive(tmp_path / "c.zip", {"b.zip": inner.read_bytes()})
    (source,), _ = find([str(path)])
    with pytest.raises(SourceError, match="an archive in an archive"):
        read(source, PLACES)


def test_a_broken_archive_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 and so on")
    sources, wrong = find([str(path)])
    assert sources == ()
    assert "is no archive that can be read" in wrong[0]


def test_a_word_file_that_unpacks_too_far_is_refused(tmp_path: Path) -> None:
    file = docx.Document()
    file.add_paragraph(TEXT)
    path = tmp_path / "a.docx"
    file.save(str(path))
    with ZipFile(path, "a", ZIP_DEFLATED) as made:
        made.writestr("word/media/a.bin", b"0" * (30 * 2**20))
    assert "as only made ones do" in refused(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes and devices in folders")
def test_links_out_of_a_folder_pipes_and_devices_are_named(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "inner.txt").symlink_to(folder / "a.txt")
    (folder / "gone.txt").symlink_to(folder / "nothing")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "elsewhere").symlink_to(outside)
    os.mkfifo(folder / "pipe.txt")
    sources, wrong = find([str(folder)])
    assert [source.id for source in sources] == ["a"]
    assert [line.removeprefix(f"{folder}/").split(":")[0] for line in wrong] == [
        "elsewhere", "gone.txt", "link.txt", "loop.txt", "pipe.txt",
    ]  # fmt: skip
    assert "neither a file" in refused(folder / "pipe.txt")
    assert "neither a file" in refused(Path("/dev/zero"))


def test_a_file_that_changes_while_it_is_read_is_named(tmp_path: Path) -> None:
    path = Path("/proc/self/status")  # says it is empty, and is not
    if not path.exists():
        pytest.skip("no file here that changes by itself")
    assert "changed while it was read" in refused(path)


@pytest.mark.parametrize(
    ("begin", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
        (b"{\\rtf1", "RTF"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"MIME-Version: 1.0", "web archive"),
    ],
)
def test_formats_that_are_not_read_say_what_to_do(begin: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(begin + b"\x00" * 100)
    (source,), _ = find([str(tmp_path)])
    assert source.id == "a"
    assert said in refused(path)


@pytest.mark.parametrize(
    ("raw", "name", "format"),
    [
        (b"%PDF-1.4", "-", Format.PDF),
        (PAGE.encode(), "-", Format.PAGE),
        (PAGE.encode("utf-16"), "-", Format.PAGE),
        (b"PK\x03\x04", "-", Format.WORD),
        (TEXT.encode(), "-", Format.TEXT),
        (PAGE.encode(), "saved.doc", Format.PAGE),
        (b"%PDF-1.4", "renamed.html", Format.PDF),
        (PAGE.encode(), "a.txt", Format.TEXT),
        (TEXT.encode(), "a.htm", Format.PAGE),
    ],
)
def test_formats_are_told_by_how_files_begin(raw: bytes, name: str, format: Format) -> None:
    assert kind(raw, source=name) is format


def test_files_of_one_stem_have_ids_of_their_own(tmp_path: Path) -> None:
    for name in ("a.html", "a.txt", "b/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    sources, _ = find([str(tmp_path)])
    assert [source.id for source in sources] == ["a", "a.html", "a.txt"]
