"""The exception tree. Every message ends with what the user can do next."""


class RawabitError(Exception):
    """Base of all errors that Rawabit raises on purpose."""


class InputError(RawabitError):
    """A report that cannot be read: where it lies (`file:line`), what is wrong, what to do."""


class LexiconError(RawabitError):
    """A lexicon row that breaks the schema or collides with another: names file and row."""


class LedgerError(RawabitError):
    """A ledger that cannot be opened, read or written: where it lies, what is wrong, what to do."""
