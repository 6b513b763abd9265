"""Other event data sets: deeds written in their forms, their files kept as rows of their own source, two sources held side by side.

Exports never fill a column for which the ledger holds no value. Imported rows stand in `foreign_events` and never become deeds.
"""
