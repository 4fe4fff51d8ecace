"""Make the explorer: one HTML file that shows a graph and, for every edge, the words it was read from."""

from jintu.html.chart import Reference, Spot
from jintu.html.page import Sparql, load, page, write_page

__all__ = ["Reference", "Sparql", "Spot", "load", "page", "write_page"]
