"""Files to documents: find the sources, decode them, see their structure and origin."""

from jintu.read.decode import decode
from jintu.read.document import document, read
from jintu.read.sources import KEPT_STEPS, KEPT_TEXTS, Source, chunks, find

__all__ = ["KEPT_STEPS", "KEPT_TEXTS", "Source", "chunks", "decode", "document", "find", "read"]
