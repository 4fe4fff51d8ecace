"""Files to documents: find the sources, decode them, see their structure and origin."""

from jintu.read.decode import decode
from jintu.read.document import document, read
from jintu.read.sources import KEPT_STEPS, KEPT_TEXTS, OUR_PAGE, Source, begins_with, chunks, find

__all__ = [
    "KEPT_STEPS",
    "KEPT_TEXTS",
    "OUR_PAGE",
    "Source",
    "begins_with",
    "chunks",
    "decode",
    "document",
    "find",
    "read",
]
