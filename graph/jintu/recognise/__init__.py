"""Find the names in sentences and tell their kinds."""

from jintu.recognise.recogniser import Recogniser, Tagger, available
from jintu.recognise.settle import settle

__all__ = ["Recogniser", "Tagger", "available", "settle"]
