"""Rawabit: who did what with whom, when, and who says so."""
from rawabit.reader import read, read_document

__all__ = ["read", "read_document"]
__version__ = "0.1.0"
