"""Bytes to the tree of a page: the right encoding, nothing that no reader sees."""

from __future__ import annotations

import re

from lxml import etree, html
from lxml.html import HtmlElement

from jintu.errors import SourceError
from jintu.read.decode import characters

DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,100}?encoding=["']([\w:.-]{2,40})""", re.I
)
HEAD = 4096  # bytes in which a page must say its encoding; browsers look at 1,024
# libxml2 shows the end of a DTD as text, and takes no declaration of an encoding in text that is decoded already.
PROLOGUE = re.compile(r"\A\s*(?:<\?xml[^>]*\?>\s*)?(?:<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)?", re.I | re.DOTALL)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")  # no character of HTML; browsers show none of them
UNSEEN = ("script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "canvas", "map")
FORMS = ("select", "option", "button", "input", "textarea")
HIDDEN = re.compile(r"display\s*:\s*none", re.I)


def tree(raw: bytes, *, source: str) -> HtmlElement:
    """Return the tree of a page's bytes, with all that a browser would not show still in it.

    Entities are HTML's own: a DTD is not read, and nothing is fetched.

    Raises:
        SourceError: if the bytes are no text, or hold no element.
    """
    declared = DECLARED.search(raw[:HEAD])
    encoding = (declared[1] or declared[2]).decode("ascii") if declared else None
    text = CONTROLS.sub("", PROLOGUE.sub("", characters(raw, source=source, declared=encoding)))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(text.encode("utf-8"), parser) if text.strip() else None
    if root is None:
        raise SourceError(f"{source}: holds no text; leave it out or fill it")
    return root


def visible(root: HtmlElement) -> HtmlElement:
    """Take out of a tree what no reader sees, and return its body."""
    unseen = [
        *root.iter("head", *UNSEEN, *FORMS),
        *(node for node in root.iter() if HIDDEN.search(node.get("style") or "")),
    ]
    for node in unseen:
        if node is not root and node.getparent() is not None:
            node.drop_tree()
    body = root.find("body")
    return root if body is None else body
