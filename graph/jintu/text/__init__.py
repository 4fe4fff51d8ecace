"""Read widths, numerals, quantities and dates: pure functions of a text."""

from jintu.text.dates import Years
from jintu.text.numerals import narrow, numeral
from jintu.text.quantities import Figure, quantities
from jintu.text.units import Unit, units

__all__ = ["Figure", "Unit", "Years", "narrow", "numeral", "quantities", "units"]
