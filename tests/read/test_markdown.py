"""Markdown files give their text without marks."""

import pytest

from jintu.read.child import extracted
from jintu.read.formats import Format


def lines(text: str) -> list[str]:
    return extracted(Format.MARKDOWN, text.encode(), source="a.md").text.splitlines()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("建成**锦凌水库**，~~拟~~开工*学校*。", "建成锦凌水库，拟开工学校。"),
        ("实施**“双减”**政策", "实施“双减”政策"),
        ("见[锦凌水库](http://example.org/a)和![图](a.png)说明", "见锦凌水库和说明"),
        ("水库<br>学校", "水库\n学校"),
        ("水库\n学校", "水库\n学校"),
        ("    　　四格缩进的段落", "四格缩进的段落"),
        ("- 水库\n- 学校", "水库\n学校"),
        ("1. 抓项目\n2. 保民生", "1. 抓项目\n2. 保民生"),
        ("|指标|数|\n|---|---|\n|粮食|64.7|", "指标\t数\n粮食\t64.7"),
        ("> 引文\n\n---\n\n正文", "引文\n正文"),
        ("工作回顾\n---\n水库", "工作回顾\n水库"),
        ("3*5米，2*4米", "3*5米，2*4米"),
        ("<!-- 不见 -->\n\n正文", "正文"),
    ],
)
def test_marks_are_left_out(written: str, read: str) -> None:
    assert "\n".join(lines(written)) == read


def test_headings_title_and_date_are_known() -> None:
    text = "---\ntitle: 锦州市政府工作报告\ndate: 2023-1-4\n---\n\n# 工作回顾\n\n水库建成。\n\n### 农业\n"
    found = extracted(Format.MARKDOWN, text.encode(), source="a.md")
    assert (found.title, found.date) == ("锦州市政府工作报告", "2023-01-04")
    assert found.text == "锦州市政府工作报告\n工作回顾\n水库建成。\n农业\n"
    assert [(found.text[heading.start :].split("\n")[0], heading.level) for heading in found.headings] == [
        ("工作回顾", 1),
        ("农业", 3),
    ]
