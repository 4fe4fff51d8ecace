"""Find the text of a page among its menus, tools, share bars and footers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from lxml.html import HtmlElement

from jintu.read.page.lines import Line

SHARE = 0.8  # of the running text lies in the block of the text
# Lines that stand around a text. Each is matched against a whole line, so that no sentence of a text goes.
BREADCRUMB = r"(?:您|你)?(?:现在|所在|当前)?的?(?:位置|位於)[:：].*|.*(?:首\s*页|主页)\s*(?:[>＞»›/\\-]|&gt;).*"
DETAIL = (
    r"(?:信息)?(?:发[布表]|更新|成文|创建|录入)?(?:时间|日期)[:：]|(?:信息|文章|稿件|内容)?来\s*源[:：]|作者[:：]|(?:浏览|访问|点击|阅读|浏览量)(?:次数|量|数)?"
    r"|(?:字\s*[号体]|字体大小)\s*[:：]|[\[【]?\s*(?:字\s*[号体])|(?:编辑|责任编辑|审核|录入|发布人|供稿)[:：]|分享到?[:：]?|保护视力色|索\s*引\s*号|(?:主题|体裁|服务对象)分类|发[文布]机[关构]|发文字号|文\s*号[:：]|有效性|公开(?:方式|范围|时限)|信息名称"
)
TOOL = (
    r"[【\[（(]?(?:[打列]\s*印|关\s*闭|返\s*回|收\s*藏|复制链接|推荐朋友|我要纠错|纠错|分享|转发|点赞|下载全文|朗读|语音播报|网站支持IPv6)"
    r"(?:本页|此文|本文|该页|窗口|页面|顶部|首页|本页内容|上一?页)?[】\]）)]?"
)
TOOLS = re.compile(rf"(?:{TOOL}[\s|｜、/　]*)+")
ABOVE = re.compile(rf"(?:{BREADCRUMB}|.*(?:{DETAIL}).*|(?:19|20)\d\d[-年/.]\d{{1,2}}[-月/.]\d{{1,2}}日?[\s\d:：]*)")
BELOW = re.compile(
    r"(?:[>【\[（(\s◎※☆★▲■●·]*)(?:分享(?:到|至|本页)?(?:[:：\s].*)?$|打\s*印|【?关\s*闭|上一[篇条页]|下一[篇条页]|前一[篇条]|后一[篇条]|相关(?:链接|文[章件]|新闻|报道|阅读|信息|稿件|附件|文档|解读|政策)"
    r"|(?:责任)?编\s*辑\s*[:：]|责\s*编\s*[:：]|[(（【]?(?:责任编辑|(?:信息|本文|文章)?来源|作者|审核|编辑)[:：]|扫一扫|扫描二维码|微信扫|附件下载|主办(?:单位)?[:：]|承办(?:单位)?[:：]|版权所有|版权声明|免责声明|copyright|©"
    r"|.{0,20}ICP备|.{0,30}公网安备|网站标识码|网站地图|联系我们|关于我们|友情链接|本文地址|本文链接|原文链接|本文仅代表|转载请注明|声明[:：]|留言|评论|网友评论|验证码|热[门点]|推荐阅读|猜你喜欢|延伸阅读|返回(?:顶部|首页|列表|目录|上一?页)"
    r"|(?:您是)?第?\s*\d+\s*位访问者|(?:浏览|阅读|访问|点击)(?:次数|量|数)?\s*[:：]?\s*\d*|点赞|收藏|在看|标签[:：]|关键[词字][:：]|技术支持|建议使用|文章评论|复制链接|我要纠错|\[?\s*字\s*体)",
    re.I,
)
LONGEST_FOOT = 80  # characters; a longer line that begins so is a sentence of the text
NEAR = 8  # lines above a text in which its headline stands
SHORTEST, LONGEST_HEAD = 5, 60  # characters of a headline
FOOT = re.compile(
    r"版权所有|copyright|©|ICP备|公网安备|网站标识码|主办单位?[:：]|承办单位?[:：]|技术支持[:：]|免责声明|不得转载|本站立场",
    re.I,
)


def body(seen: Sequence[Line], root: HtmlElement) -> tuple[int, int]:
    """Return the first and the last but one line of the text among the lines of a page; both 0 where none stands out.

    The text is in the smallest block that holds nine tenths of the running text; what stands
    around it inside that block goes by its words.
    """
    weights = [0 if _around(line) else line.weight for line in seen]
    block = _holding(seen, weights, root)
    inside = [at for at, line in enumerate(seen) if _within(line.block, block)]
    heavy = [at for at in inside if weights[at]]
    if not heavy:
        return 0, 0
    return _start(seen, inside[0], heavy[0]), _end(seen, heavy, inside[-1] + 1)


def _holding(seen: Sequence[Line], weights: Sequence[int], root: HtmlElement) -> HtmlElement:
    """Return the smallest block of several lines that holds enough of the running text."""
    held: defaultdict[HtmlElement, int] = defaultdict(int)
    for line, weight in zip(seen, weights, strict=True):
        for block in (line.block, *line.block.iterancestors()) if weight else ():
            held[block] += weight
    block, enough = root, SHARE * held[root]
    while inner := [child for child in block if held.get(child, 0) >= enough]:
        if _single(seen, inner[0]):
            break
        block = inner[0]
    return block


def _single(seen: Sequence[Line], block: HtmlElement) -> bool:
    return sum(_within(line.block, block) for line in seen) < 2


def _within(block: HtmlElement, outer: HtmlElement) -> bool:
    return block is outer or any(above is outer for above in block.iterancestors())


def _around(line: Line) -> bool:
    return _above(line) or below(line) or (len(line.text) <= 2 * LONGEST_FOOT and bool(FOOT.search(line.text)))


def _start(seen: Sequence[Line], first: int, heavy: int) -> int:
    """Return where the text begins: after the last line of the page's own above it."""
    around = [at for at in range(first, heavy + 1) if _above(seen[at])]
    return around[-1] + 1 if around else first


def headline(above: Sequence[Line]) -> str:
    """Return the line that stands over the details (date, source, author) above a text, or nothing.

    It is asked where the head of a page names its site alone.
    """
    details = [at for at in range(max(0, len(above) - NEAR), len(above)) if _above(above[at])]
    for line in reversed(above[max(0, len(above) - NEAR) : details[-1]] if details else ()):
        if not _around(line):
            return line.text if not line.linked and SHORTEST <= len(line.text) <= LONGEST_HEAD else ""
    return ""


def _above(line: Line) -> bool:
    return len(line.text) <= LONGEST_FOOT and bool(ABOVE.fullmatch(line.text) or TOOLS.fullmatch(line.text))


def _end(seen: Sequence[Line], heavy: Sequence[int], last: int) -> int:
    """Return where the text ends: before the first line of the page's own below it."""
    half = heavy[len(heavy) // 2]
    return next((at for at in range(half, last) if below(seen[at])), last)


def below(line: Line) -> bool:
    """Tell whether a line is one that pages put below a text."""
    return len(line.text) <= LONGEST_FOOT and bool(BELOW.match(line.text) or TOOLS.fullmatch(line.text))
