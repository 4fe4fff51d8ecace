"""Files are written whole or not at all."""

from pathlib import Path

import pytest

from jintu.errors import JintuError
from jintu.files import replace_file, replacing


def test_two_who_write_one_file_do_not_meet(tmp_path: Path) -> None:
    path = tmp_path / ("库" * 80 + ".ttl")
    with replacing(path) as first:
        first.write("锦凌".encode())
        with replacing(path) as second:
            second.write("水".encode())
        assert path.read_text(encoding="utf-8") == "水"
        first.write("水库".encode())
    assert path.read_text(encoding="utf-8") == "锦凌水库"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_stays_as_it_was_when_writing_fails(tmp_path: Path) -> None:
    path = replace_file(tmp_path / "folder" / "graph.ttl", b"whole")
    with pytest.raises(KeyboardInterrupt), replacing(path) as file:
        file.write(b"half")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"whole"
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = replace_file(tmp_path / "库.ttl", b"whole")
    with pytest.raises(JintuError, match=r"库\.ttl: cannot be made a folder \(.*\); name another one"):
        replace_file(file / "graph.html", b"")
    for path in (tmp_path, tmp_path / "none" / "graph.ttl", tmp_path / ("库" * 90)):
        with (
            pytest.raises(JintuError, match=rf"^{path}: cannot be written \([^\[]*\); name another place"),
            replacing(path),
        ):
            pass
    assert list(tmp_path.iterdir()) == [file]


def test_what_goes_wrong_with_another_file_is_not_said_of_the_one_that_is_written(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="another"), replacing(tmp_path / "graph.ttl"):
        (tmp_path / "another").read_bytes()
    assert list(tmp_path.iterdir()) == []
