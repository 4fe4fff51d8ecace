"""The sample in outputs/ is what the sample report builds, byte for byte."""

from pathlib import Path

import pytest

from jintu import pipeline, publish

ROOT = Path(__file__).parents[1]
REPORT = "tests/corpus/jinzhou-2023.txt"
KEPT = ROOT / "outputs" / "sample"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)  # the graph names its source as it was given
        made = pipeline.build([REPORT])
    assert made.failures == ()
    publish.publish(made.knowledge, folder, name="jinzhou-2023")
    return folder


@pytest.mark.parametrize("ending", publish.USUAL)
def test_sample_is_rebuilt_byte_for_byte(built: Path, ending: str) -> None:
    name = f"jinzhou-2023.{ending}"
    assert (built / name).read_bytes() == (KEPT / name).read_bytes(), (
        f"outputs/sample/{name} differs; if the change is meant: jintu build {REPORT} -o outputs/sample"
    )


def test_sample_holds_what_the_report_is_about(built: Path) -> None:
    turtle = (built / "jinzhou-2023.ttl").read_text(encoding="utf-8")
    for name in ("锦凌水库", "锦州医科大学", "黑山镇派出所", "锦州海洋生态保护修复项目", "532000000"):
        assert name in turtle
