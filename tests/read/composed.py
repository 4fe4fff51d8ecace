"""Texts of our own, as government sites publish them, and the ways in which their pages write paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Article:
    """Hold a title, a date and the lines of a text; a line of cells parted by ``|`` is a row of a table."""

    title: str
    date: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return what a reader takes for the article, title first."""
        return "\n".join((self.title, *(line.replace("|", "\t") for line in self.lines)))


ARTICLES: Mapping[str, Article] = {
    "report": Article(
        "2022年云岭市政府工作报告",
        "2022-02-18",
        (
            "——2022年1月12日在云岭市第六届人民代表大会第二次会议上",
            "云岭市人民政府市长　周明远",
            "各位代表：",
            "受市人民政府委托，由我作工作报告，请代表们提出意见。",
            "一、2021年工作回顾",
            "（一）经济稳步回升。全市地区生产总值达到812.6亿元，增长7.4%；一般公共预算收入46.3亿元，增长5.1%。",
            "（二）项目建设提速。北山抽水蓄能电站主体开工，清溪河大桥建成通车，云岭经济开发区新入驻企业27家。",
            "（三）民生持续改善。新建幼儿园11所，市第三人民医院门诊楼投入使用，城镇新增就业1.9万人。",
            "二、2022年工作安排",
            "今年发展的主要预期目标是：地区生产总值增长7%左右，居民收入与经济增长同步。",
            "1.抓好重点项目。计划实施亿元以上项目136个，年内完成投资180亿元以上。",
            "2.守住生态底线。完成清溪河流域综合治理二期工程，新增造林4.2万亩。",
            "各位代表，蓝图已经绘就，让我们一步一个脚印干下去！",
        ),
    ),
    "news": Article(
        "青禾县召开高标准农田建设现场会",
        "2023-05-09",
        (
            "5月8日，青禾县高标准农田建设现场会在柳林镇举行。县委常委、副县长陈立新出席并讲话。",
            "与会人员先后察看了柳林镇、石桥乡的项目区，听取了县农业农村局的情况介绍。",
            "据了解，去年以来该县投入资金2.3亿元，改造农田8.6万亩，修建机耕路214公里，衬砌渠道97公里。",
            "“以前靠天吃饭，现在旱能浇、涝能排。”柳林镇种粮大户孙有福说。",
            "会议要求，各乡镇要倒排工期，确保10月底前完成剩余3.1万亩建设任务。",
            "（记者 王晓楠）",
        ),
    ),
    "notice": Article(
        "平江区人民政府办公室关于做好2023年防汛抗旱工作的通知",
        "2023-04-21",
        (
            "平政办发〔2023〕17号",
            "各街道办事处、镇人民政府，区政府各部门：",
            "为切实做好今年防汛抗旱工作，经区政府同意，现就有关事项通知如下。",
            "一、压实责任",
            "严格落实行政首长负责制，区防汛抗旱指挥部统一调度，各成员单位各司其职。",
            "二、排查隐患",
            "5月15日前，完成对辖区内23座小型水库、61处易涝点的检查，建立问题清单，逐项销号。",
            "三、备足物资",
            "区应急管理局负责储备编织袋12万条、移动泵车9台；区水务局负责检修全部泵站。",
            "附件：平江区防汛重点部位责任表",
            "平江区人民政府办公室",
            "2023年4月20日",
        ),
    ),
    "bulletin": Article(
        "白沙州2022年国民经济和社会发展统计公报",
        "2023-03-30",
        (
            "白沙州统计局",
            "初步核算，全年实现地区生产总值395.8亿元，按不变价格计算，比上年增长4.6%。",
            "分产业看，第一产业增加值71.2亿元，增长5.3%；第二产业增加值128.4亿元，增长3.9%。",
            "表1　主要农产品产量",
            "产品|产量（万吨）|比上年增长（%）",
            "粮食|64.7|1.8",
            "甘蔗|212.5|-3.2",
            "茶叶|1.36|9.4",
            "年末全州公路通车里程9870公里，其中高速公路412公里。",
            "全州共有各级各类学校486所，在校学生15.2万人。",
            "注：本公报数据为初步统计数，部分合计数因四舍五入未作调整。",
        ),
    ),
    "plan": Article(
        "南岭市“十四五”水安全保障规划政策解读",
        "2022-11-02",
        (
            "近日，《南岭市“十四五”水安全保障规划》正式印发。市水利局有关负责人就规划作了解读。",
            "问：规划的总体目标是什么？",
            "答：到2025年，全市新增供水能力1.8亿立方米，农村自来水普及率达到96%。",
            "问：有哪些重大工程？",
            "答：主要有四类。",
            "一是水源工程，包括新建大坪水库、扩建罗田水库。",
            "二是引调水工程，推进东江引水二期前期工作。",
            "三是灌区工程，完成梅江灌区续建配套与现代化改造。",
            "四是防洪工程，加固堤防58公里。",
            "问：资金如何筹措？",
            "答：规划总投资74.5亿元，其中争取上级资金31亿元，其余由市县财政和社会资本承担。",
        ),
    ),
    "traditional": Article(
        "觀塘新公園第一期工程下月展開",
        "",
        (
            "觀塘新公園第一期工程將於下月展開，預計二零二五年年中完成。",
            "工程包括興建一條長約六百米的海濱長廊、一個兒童遊樂場和一座涼亭，總開支約為一億二千萬元。",
            "發言人說：「公園落成後，將為區內居民提供更多休憩空間。」",
            "施工期間，部分行人路須臨時封閉，市民請留意現場的指示牌。",
            "完",
        ),
    ),
    "short": Article(
        "我区新增两处口袋公园",
        "2021-09-17",
        (
            "日前，位于滨河路的听雨园、朝阳街的书香园建成开放，总面积6300平方米。",
            "至此，全区口袋公园已达38处。",
        ),
    ),
}


def rows(lines: tuple[str, ...], paragraph: Callable[[str], str]) -> str:
    """Write lines as paragraphs, and the lines of a table as one."""
    written, table = [], list[str]()
    for line in (*lines, ""):
        if "|" in line:
            table.append("<tr>" + "".join(f"<td><p>{escape(cell)}</p></td>" for cell in line.split("|")) + "</tr>")
            continue
        if table:
            written.append(f'<table border="1" cellspacing="0"><tbody>{"".join(table)}</tbody></table>')
            table = []
        if line:
            written.append(paragraph(escape(line)))
    return "\n".join(written)


def breaks(lines: tuple[str, ...]) -> str:
    """Write paragraphs parted by line breaks alone, as old editors did."""
    return rows(lines, lambda line: f"&nbsp;&nbsp;&nbsp;&nbsp;{line}<br><br>")


def word(lines: tuple[str, ...]) -> str:
    """Write paragraphs as pasted from Word: a run is cut into spans anywhere, empty paragraphs between."""

    def paragraph(line: str) -> str:
        cut = len(line) // 3
        first, rest = (line[:cut], line[cut:]) if "&" not in line else (line, "")
        runs = "".join(f'<span lang="EN-US" style="font-family:仿宋_GB2312">{run}</span>' for run in (first, rest))
        return f'<p class="MsoNormal" style="text-indent:32.0pt">{runs}<o:p></o:p></p>\n<p>&nbsp;</p>'

    return rows(lines, paragraph)


PARAGRAPHS: Mapping[str, Callable[[tuple[str, ...]], str]] = {
    "p": lambda lines: rows(lines, lambda line: f"<p>{line}</p>"),
    "indented": lambda lines: rows(lines, lambda line: f'<p style="text-indent:2em">　　{line}</p>'),
    "spans": lambda lines: rows(lines, lambda line: f'<p align="justify"><span>&emsp;&emsp;{line}</span></p>'),
    "divs": lambda lines: rows(lines, lambda line: f"<div>\u3000\u3000{line}</div>"),
    "fonts": lambda lines: rows(lines, lambda line: f"<P><FONT face=宋体 size=3>&nbsp;&nbsp;&nbsp;{line}</FONT></P>"),
    "strong": lambda lines: rows(lines, lambda line: f"<p><strong>{line[:6]}</strong>{line[6:]}</p>"),
    "sections": lambda lines: rows(lines, lambda line: f"<section><section><p>{line}</p></section></section>"),
    "breaks": breaks,
    "word": word,
}


PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
CHOSEN = re.compile(
    r"<!-- article: (?P<article>\w+); paragraphs: (?P<paragraphs>\w+); charset: (?P<charset>[\w-]+) -->\n"
)


def compose(path: Path) -> tuple[bytes, Article]:
    """Return a page's bytes in the encoding it declares, and the article that was put into its layout."""
    layout = path.read_text(encoding="utf-8")
    chosen = CHOSEN.match(layout)
    assert chosen, f"{path} must say its article, paragraphs and charset"
    article = ARTICLES[chosen["article"]]
    page = layout[chosen.end() :].replace("{title}", escape(article.title)).replace("{date}", article.date)
    page = page.replace("{body}", PARAGRAPHS[chosen["paragraphs"]](article.lines))
    return page.encode(chosen["charset"], "xmlcharrefreplace"), article


def right(text: str, expected: str) -> float:
    """Return the F1 of a text's characters, white space apart, in the order in which they are expected."""
    told, wanted = "".join(text.split()), "".join(expected.split())
    blocks = SequenceMatcher(None, told, wanted, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in blocks) / max(1, len(told) + len(wanted))
