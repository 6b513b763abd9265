"""What a ledger holds, in numbers: reports by outlet, language and day, days without a report, and what lies on the disk."""
from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import msgspec

from rawabit.ledger.ledger import Ledger
from rawabit.ledger.schema import RECORDS
from rawabit.ledger.store import Store


class Gap(msgspec.Struct, frozen=True):
    """Days in a row, both ends included, on which no report was published."""

    first: date
    last: date
    days: int


class Size(msgspec.Struct, frozen=True):
    """A table on the disk: rows ever recorded, files and their bytes, commits."""

    table: str
    rows: int
    files: int
    bytes: int
    commits: int


class Status(msgspec.Struct, frozen=True):
    """Counts of what is in force; `by_day` and `gaps` go by day of publication, `undated` reports have none. `recipes`: readings in force
    by what made them; `failed`: reports that no reading could be made of."""

    location: str
    reports: int
    records: dict[str, int]
    deeds: int
    reviews: int
    failed: int
    undated: int
    first: date | None
    last: date | None
    by_outlet: dict[str, int]
    by_language: dict[str, int]
    by_day: dict[str, int]
    gaps: list[Gap]
    recipes: dict[str, int]
    sizes: list[Size]


def find_status(location: str) -> Status:
    """The numbers of a ledger. Raises LedgerError where there is none."""
    ledger = Ledger(location)
    days: dict[date, int] = {row["name"]: row["n"] for row in _count(ledger, "published") if row["name"]}
    failed = _number(ledger, "SELECT count(*) FROM (SELECT document_id FROM raw_readings WHERE failed IS NOT NULL "
                             "EXCEPT SELECT document_id FROM documents)")
    return Status(
        location, _number(ledger, "SELECT count(*) FROM documents"),
        {name: _number(ledger, f"SELECT count(*) FROM {name}") for name in RECORDS},
        _number(ledger, "SELECT count(DISTINCT deed_id) FROM tellings"), _number(ledger, "SELECT count(*) FROM reviews"), failed,
        _number(ledger, "SELECT count(*) FROM documents WHERE published IS NULL"),
        min(days, default=None), max(days, default=None), _named(ledger, "outlet"), _named(ledger, "language"),
        {day.isoformat(): days[day] for day in sorted(days)}, find_gaps(sorted(days)), _named(ledger, "recipe"),
        [_size(location, name) for name in Store(location).find_tables()])


def _number(ledger: Ledger, sql: str) -> int:
    return int(ledger.query(sql).column(0)[0].as_py())


def _count(ledger: Ledger, column: str) -> list[dict[str, Any]]:
    sql = f"SELECT {column} AS name, count(*) AS n FROM documents GROUP BY ALL ORDER BY n DESC, name"
    rows: list[dict[str, Any]] = ledger.query(sql).to_pylist()
    return rows


def _named(ledger: Ledger, column: str) -> dict[str, int]:
    return {row["name"] or "unknown": row["n"] for row in _count(ledger, column)}


def find_gaps(days: list[date]) -> list[Gap]:
    """The stretches between days in order that have none of them."""
    one = timedelta(1)
    return [Gap(a + one, b - one, (b - a).days - 1) for a, b in pairwise(days) if b - a > one]


def _size(location: str, name: str) -> Size:
    table = Store(location).table(name)
    actions = table.get_add_actions(flatten=True)
    sizes, rows = (sum(value or 0 for value in actions.column(column).to_pylist()) for column in ("size_bytes", "num_records"))
    return Size(name, rows, actions.num_rows, sizes, table.version() + 1)
