"""A folder store loses nothing and shows nothing half, whoever is killed and whoever reads."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from jintu.errors import GraphError
from jintu.rdf import FolderStore, Snapshot, query
from store_writer import DOCUMENTS, SIZE, said, write

KILLS = 50


@pytest.fixture(scope="module")
def fresh() -> ForkServerContext:
    """Return where processes start quickly, from one that never opened a database."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["store_writer"])
    return context


@contextmanager
def writing(folder: Path, version: int, fresh: ForkServerContext) -> Iterator[Connection]:
    """Write in another process until the block ends, which kills it."""
    ours, theirs = fresh.Pipe(duplex=False)
    process = fresh.Process(target=write, args=(folder, version, theirs))
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        assert process.pid
        os.kill(process.pid, signal.SIGKILL)
        process.join()


def acknowledged(told: Connection) -> Iterator[int]:
    """Give the versions that a killed writer told of before it died."""
    try:
        while True:
            yield told.recv()
    except EOFError:
        return


def version_of(snapshot: Snapshot) -> int:
    """Return the version that all documents are of; each must be whole."""
    (row,) = query(snapshot.store, "SELECT (MAX(?v) AS ?version) { ?s <http://example.org/version> ?v }").table()
    version = int(row[0])
    assert snapshot.names == tuple(sorted(document.value for document in DOCUMENTS))
    for document in DOCUMENTS:
        assert set(snapshot.triples(document.value)) == set(said(document, version))
    assert set(snapshot.triples()) == {triple for document in DOCUMENTS for triple in said(document, version)}
    return version


def test_a_writer_killed_at_any_moment_loses_nothing_and_leaves_nothing_half(
    tmp_path: Path, fresh: ForkServerContext
) -> None:
    moments = random.Random(20261124)
    store, version = FolderStore(tmp_path / "store"), 1
    start = time.monotonic()
    with writing(store.folder, version, fresh) as told:
        told.recv()
    pace = time.monotonic() - start
    for _ in range(KILLS):
        with writing(store.folder, version + 1, fresh) as told:
            time.sleep(moments.uniform(0, 2 * pace))
        last = max(acknowledged(told), default=version)
        version = version_of(store.snapshot())
        assert version in {last, last + 1}
    assert version > KILLS / 4


def test_who_reads_while_another_writes_sees_whole_versions_in_their_order(
    tmp_path: Path, fresh: ForkServerContext
) -> None:
    store = FolderStore(tmp_path / "store")
    with writing(store.folder, 1, fresh) as told:
        seen = [told.recv()]
        kept = store.snapshot()
        first = version_of(kept)
        while seen[-1] < first + 10:
            seen.append(version_of(store.snapshot()))
        assert version_of(kept) == first
    assert seen == sorted(seen)


def test_generations_that_nobody_reads_are_cleared_away(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "store")
    store.replace([(DOCUMENTS[0], said(DOCUMENTS[0], 1))])
    kept = store.snapshot()
    for version in (2, 3, 4):
        store.replace([(DOCUMENTS[0], said(DOCUMENTS[0], version))])
    generations = [path.name for path in store.folder.iterdir() if path.is_dir()]
    assert sorted(generations) == ["000001", "000004"]
    assert len(list(kept.triples())) == SIZE
    del kept
    store.replace([(DOCUMENTS[0], said(DOCUMENTS[0], 5))])
    assert [path.name for path in store.folder.iterdir() if path.is_dir()] == ["000005"]


def test_a_second_writer_is_refused_in_one_line(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "store")
    with store.writer():
        with pytest.raises(GraphError, match="another process is writing to this store") as caught:
            store.replace([])
        assert "\n" not in str(caught.value)
    store.replace([(DOCUMENTS[0], said(DOCUMENTS[0], 1))])


def test_a_full_disk_is_named_and_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "store")
    store.replace([(document, said(document, 1)) for document in DOCUMENTS])
    code = f"""
import resource
from pathlib import Path
from jintu.errors import GraphError
from jintu.rdf import FolderStore
from store_writer import DOCUMENTS, said
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    FolderStore(Path({str(store.folder)!r})).replace([(document, said(document, 2)) for document in DOCUMENTS])
except GraphError as error:
    print(error)
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]),
        },
    )
    assert f"{store.folder}: cannot be written to (IO error" in run.stdout, run.stderr
    assert version_of(store.snapshot()) == 1


def test_a_folder_of_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("锦凌水库", encoding="utf-8")
    with pytest.raises(GraphError, match="holds other files and is no store"):
        FolderStore(tmp_path).replace([])
    with pytest.raises(GraphError, match="is no store; make one"):
        FolderStore(tmp_path).snapshot()
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_folder_that_graphs_were_built_into_names_them(tmp_path: Path) -> None:
    (tmp_path / "graph.html").touch()
    (tmp_path / "graph.ttl").touch()
    with pytest.raises(GraphError, match=rf"is no store; name a graph in it: {tmp_path}/graph\.ttl$"):
        FolderStore(tmp_path).snapshot()


def test_a_damaged_store_is_named_in_one_line(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "store")
    store.replace([(DOCUMENTS[0], said(DOCUMENTS[0], 1))])
    (store.folder / "000001" / "graph" / "CURRENT").write_text("nonsense", encoding="ascii")
    with pytest.raises(GraphError, match="cannot be opened"):
        store.snapshot()
    (store.folder / "jintu-store").write_text("nonsense", encoding="ascii")
    with pytest.raises(GraphError, match="names no generation"):
        store.snapshot()
    (store.folder / "jintu-store").write_text("000007", encoding="ascii")
    with pytest.raises(GraphError, match="000007 is gone"):
        store.snapshot()
