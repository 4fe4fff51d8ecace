"""PDF files: the text of their pages as the author wrote it, before it was broken into lines and pages."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pypdf import PasswordType, PdfReader

from jintu.errors import SourceError
from jintu.read.decode import likeness
from jintu.read.extract import Extract
from jintu.read.pdf.heal import healed
from jintu.read.pdf.lines import Line, lines

FEWEST = 8  # characters a page on average; a scan has none, or a stamp's
LEGIBLE = 0.6  # likeness below which fonts do not say what their characters are; real pages give over 0.9


def pdf(raw: bytes, *, source: str) -> Extract:
    """Return the text of a PDF: lines joined to paragraphs, without headers, footers and page numbers.

    Raises:
        SourceError: if it needs a password, is a scan without text, or its fonts hide what its characters are.
    """
    reader = PdfReader(BytesIO(raw))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise SourceError(f"{source}: is protected by a password; save a copy without one")
    pages = [lines(page, number) for number, page in enumerate(reader.pages, start=1)]
    _legible(pages, source)
    said = reader.metadata.title if reader.metadata else None
    return healed(pages, title=str(said or ""))


def _legible(pages: Sequence[Sequence[Line]], source: str) -> None:
    text = "".join(line.text for page in pages for line in page)
    if len(text) < FEWEST * len(pages) or not text.strip():
        raise SourceError(f"{source}: {len(pages)} pages without text, a scan; recognise its text (OCR) first")
    if likeness(text) < LEGIBLE:
        raise SourceError(f"{source}: its fonts do not say which characters they show; recognise its text (OCR) first")
