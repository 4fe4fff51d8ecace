"""Tell what kind of file bytes are: by the name for text, else by how they begin."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from jintu.errors import SourceError


class Format(StrEnum):
    """The kinds of file that documents are read from."""

    TEXT = "text"
    MARKDOWN = "Markdown"
    PAGE = "HTML"
    PDF = "PDF"
    WORD = "Word"


ARCHIVES = (".zip",)
NAMED = {".txt": Format.TEXT, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN}
BY_SUFFIX = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), Format.PAGE),
    ".pdf": Format.PDF,
    ".docx": Format.WORD,
}
# Files of these kinds are documents too: they are found, and what is to be done with them is said.
UNREAD = (".doc", ".wps", ".rtf", ".ofd", ".rar", ".7z")
GRAPHS = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf", ".owl")
SUFFIXES = (*NAMED, *BY_SUFFIX, *ARCHIVES, *UNREAD)
HEAD = 1024  # bytes in which a file shows what it is
HTML = re.compile(rb"<!doctype\s+html|<(?:html|head|body|meta|title)[\s>]", re.I)
REFUSED = (
    (b"\xd0\xcf\x11\xe0", "is an old Word or WPS file; save it as .docx or PDF"),
    (b"{\\rtf", "is an RTF file; save it as .docx or PDF"),
    (b"Rar!", "is a RAR archive; unpack it, or pack it as .zip"),
    (b"7z\xbc\xaf", "is a 7z archive; unpack it, or pack it as .zip"),
    (b"MIME-Version:", "is a web archive (MHTML); save the page as HTML"),
)


def kind(raw: bytes, *, source: str) -> Format:
    """Tell what format bytes are in; ``source`` is the name they came under.

    A .txt or .md file is what its name says; of the rest the beginning is believed before the name.

    Raises:
        SourceError: if it is a file of a kind that is not read, with what to do about it.

    >>> kind(b"%PDF-1.7", source="report.html").value, kind("水库".encode(), source="-").value
    ('PDF', 'text')
    """
    suffix = PurePath(source).suffix.lower()
    if suffix in GRAPHS:
        raise SourceError(f"{source}: is a graph and no document; jintu query asks it, jintu html shows it")
    return NAMED.get(suffix) or _begun(raw[:HEAD], source) or BY_SUFFIX.get(suffix, Format.TEXT)


def _begun(head: bytes, source: str) -> Format | None:
    for begin, what in REFUSED:
        if head.startswith(begin):
            raise SourceError(f"{source}: {what}")
    if b"%PDF-" in head:
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        return _packed(source)
    return Format.PAGE if HTML.search(head.replace(b"\x00", b"")) else None


def _packed(source: str) -> Format:
    if PurePath(source).suffix.lower() in ARCHIVES:
        raise SourceError(f"{source}: is an archive in an archive; unpack it")
    return Format.WORD


def suffix_is_known(name: str) -> bool:
    """Tell whether a file of this name is taken from a folder or an archive."""
    return PurePath(name).suffix.lower() in SUFFIXES
