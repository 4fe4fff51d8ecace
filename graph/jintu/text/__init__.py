"""Read widths, numerals, quantities and dates: pure functions of a text."""

from jintu.text.dates import year_of
from jintu.text.numerals import narrow, numeral
from jintu.text.quantities import Figure, quantities
from jintu.text.units import Unit, units

__all__ = ["Figure", "Unit", "narrow", "numeral", "quantities", "units", "year_of"]
