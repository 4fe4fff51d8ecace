"""Files are written whole or not at all."""

from pathlib import Path

import pytest

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
