"""Find the names in sentences and tell their kinds."""

from jintu.recognise.recogniser import NETWORK, Recogniser, Tagger, available
from jintu.recognise.settle import settle

__all__ = ["NETWORK", "Recogniser", "Tagger", "available", "settle"]
