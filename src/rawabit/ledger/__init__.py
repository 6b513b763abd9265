"""The ledger: every report, every record of its reading, and the deeds that they tell, in one folder of Delta tables.

`Ledger` reads it as of any day; `LedgerWriter` appends to it; `add_reports` reads what is new and appends that. Never changes a row.
"""
from rawabit.ledger.ledger import Ledger
from rawabit.ledger.writer import LedgerWriter

__all__ = ["Ledger", "LedgerWriter"]
