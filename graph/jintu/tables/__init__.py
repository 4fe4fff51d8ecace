"""Lay a knowledge graph out as tables of indicators and projects, and write them."""

from jintu.tables.rows import IndicatorRow, ProjectRow, Tables, tables
from jintu.tables.write import FORMATS, write

__all__ = ["FORMATS", "IndicatorRow", "ProjectRow", "Tables", "tables", "write"]
