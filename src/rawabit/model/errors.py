"""The exception tree. Every message ends with what the user can do next."""
from __future__ import annotations

import traceback


class RawabitError(Exception):
    """Base of all errors that Rawabit raises on purpose."""


class InputError(RawabitError):
    """A report that cannot be read: where it lies (`file:line`), what is wrong, what to do."""


class LexiconError(RawabitError):
    """A lexicon row that breaks the schema or collides with another: names file and row."""


class LedgerError(RawabitError):
    """A ledger that cannot be opened, read or written: where it lies, what is wrong, what to do."""


def explain_error(error: Exception) -> str:
    """Why a report could not be read, for an error that was met there: its message, or for a bug where in the code it lies.

    For those who read many reports: a bug met in one must not cost the others.
    """
    if isinstance(error, RawabitError):
        return str(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{last.filename.rpartition('rawabit/')[2]}:{last.lineno}"
    return f"a bug in Rawabit ({type(error).__name__}: {error}, at {place}). Please send this report with this message to the authors."
