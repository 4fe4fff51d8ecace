"""All mentions to entities and links, claims to facts: the one fold over the documents of a build."""

from jintu.link.lift import lift
from jintu.link.linker import Linker
from jintu.link.naming import Names, load

__all__ = ["Linker", "Names", "lift", "load"]
