"""What a build keeps may be damaged, late or of another version: the next build is right all the same."""

from pathlib import Path

import pytest

from folder_samples import build_here

KINDS = ("documents", "names", "matches", "closed", "meeting", "entities", "places", "chapters")
DAMAGES = {
    "empty": b"",
    "short": b"[]",
    "zeros": b"\0" * 100,
    "no index": b"{" * 80 + b"%20d" % 40,
    "cut": b"%20d" % 99,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_step_that_was_damaged_is_made_again(damage: bytes, reports: Path, tmp_path: Path) -> None:
    (made,) = build_here(reports, to=tmp_path / "out").files
    right = made.read_bytes()
    made.unlink()
    for kind in KINDS:
        for path in (tmp_path / "out/.jintu/graph" / kind).iterdir():
            path.write_bytes(damage)
    assert build_here(reports, to=tmp_path / "out").failures == ()
    assert made.read_bytes() == right


def test_parts_are_made_again_where_steps_were_damaged(reports: Path, tmp_path: Path) -> None:
    (made,) = build_here(reports, to=tmp_path / "out", formats=("parts",)).files
    right = {path.name: path.read_bytes() for path in made.iterdir()}
    (made / "documents.nq").unlink()
    for path in (tmp_path / "out/.jintu/graph/chapters").iterdir():
        path.write_bytes(b"")
    build_here(reports, to=tmp_path / "out", formats=("parts",))
    assert {path.name: path.read_bytes() for path in made.iterdir()} == right
