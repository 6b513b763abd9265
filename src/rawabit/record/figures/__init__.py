"""Figures: numbers with what they measure, of whom, towards whom, for which period."""
from rawabit.record.figures.reader import FigureReader

__all__ = ["FigureReader"]
