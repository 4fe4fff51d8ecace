"""See a knowledge graph as a network: networkx and GraphML, degrees, PageRank and communities."""

from jintu.network.communities import communities
from jintu.network.export import Network, load, to_networkx, words, write_graphml
from jintu.network.standing import Measures, Standing, Tie, degree, from_documents, measures, pagerank

__all__ = [
    "Measures",
    "Network",
    "Standing",
    "Tie",
    "communities",
    "degree",
    "from_documents",
    "load",
    "measures",
    "pagerank",
    "to_networkx",
    "words",
    "write_graphml",
]
