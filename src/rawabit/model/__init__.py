"""The nouns of Rawabit: documents, spans, dates and the records of a reading. Imports nothing else of the package."""

from rawabit.model.document import Document, Span
from rawabit.model.errors import InputError, LedgerError, LexiconError, RawabitError, explain_error
from rawabit.model.reading import Abstention, Actor, Event, Figure, Person, Reading, Statement, Tie
from rawabit.model.time import DateRange, Precision

__all__ = [
    "Abstention", "Actor", "DateRange", "Document", "Event", "Figure", "InputError", "LedgerError", "LexiconError", "Person",
    "Precision", "RawabitError", "Reading", "Span", "Statement", "Tie", "explain_error",
]
