"""Word files: the text that Word shows, in the order of the document."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx

from jintu.errors import SourceError
from jintu.read.archive import bounded
from jintu.read.extract import Extract, of_paragraphs
from jintu.read.word.styles import Numbering, styles
from jintu.read.word.text import Writer, notes


def word(raw: bytes, *, source: str) -> Extract:
    """Return the text of a Word file: headings, paragraphs, lists with their numbers, rows of tables, notes last.

    Changes that were tracked count as accepted; comments, headers and footers stay out. Nothing
    that the file links to is fetched, and no entity is expanded.

    Raises:
        SourceError: if it shows no text.
    """
    with ZipFile(BytesIO(raw)) as archive:
        bounded(archive, source=source)
    file = docx.Document(BytesIO(raw))
    known = styles(file)
    told = [*Writer(known, Numbering.of(file)).blocks(file.element.body), *notes(file)]
    if not told:
        raise SourceError(f"{source}: holds no text; leave it out or fill it")
    name = str(file.core_properties.title or "").strip()
    shown = name if any(name == text for text, _ in told[:10]) else ""
    return of_paragraphs(told, title=shown)
