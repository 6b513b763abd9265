"""The views that questions are put to, made on one connection for one setting of the two clocks. docs/ledger.md describes them.

`meanings` names their columns. Writes nothing but temporary tables of the connection.
"""
from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from importlib import resources
from typing import Any, TypeVar

import duckdb
import msgspec
import pyarrow as pa

from rawabit.ledger.reviewed import make_record_view
from rawabit.ledger.schema import RECORDS
from rawabit.model import LedgerError

HELD = ("tellings", "deeds", "dyads")
"""Views that a `Shelf` keeps, each after those that it is made from. On 70,000 tellings they take 0.4 s to put together."""
Kind = TypeVar("Kind")
ALWAYS = datetime.max.replace(tzinfo=UTC)


class Clocks(msgspec.Struct, frozen=True):
    """What counts: `as_of`, published by then; `recorded_by`, in this ledger by then. None: all. A datetime without zone is UTC."""

    as_of: date | datetime | None = None
    recorded_by: date | datetime | None = None

    def literals(self) -> dict[str, str]:
        """The clocks as SQL: last day of publication, last moment of judging, last moment of recording."""
        moment = find_moment(self.as_of)
        day = date.max if moment == ALWAYS else moment.date()
        return {"day": f"DATE '{day.isoformat()}'", "moment": _literal(moment), "recorded": _literal(find_moment(self.recorded_by))}


def find_moment(asked: date | datetime | None) -> datetime:
    """The last moment of a day, or a moment, in UTC; ALWAYS for None. Raises LedgerError for anything else."""
    if asked is None:
        return ALWAYS
    if not isinstance(asked, date):
        raise LedgerError(f"{asked!r} is no date. Give a datetime.date or datetime.datetime, for example date(2024, 8, 18).")
    moment = asked if isinstance(asked, datetime) else datetime.combine(asked, time.max, UTC)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _literal(moment: datetime) -> str:
    return "'infinity'::TIMESTAMPTZ" if moment == ALWAYS else f"TIMESTAMPTZ '{moment.strftime('%Y-%m-%d %H:%M:%S.%f')}+00'"


def find_sql(name: str) -> str:
    """The text of a query of this package."""
    return resources.files("rawabit.ledger").joinpath("sql").joinpath(f"{name}.sql").read_text("utf-8")


def make_views(connection: duckdb.DuckDBPyConnection, clocks: Clocks) -> None:
    """Makes the views as temporary ones of this connection, which sees the tables as `raw_…`, and the table `orphans`."""
    literals = clocks.literals()

    def run(name: str) -> None:
        text = find_sql(name)
        for key, value in literals.items():
            text = text.replace(f"${key}", value)
        connection.execute(text)

    run("excluded")
    reviewed = _make_judged(connection)
    run("judged")
    for name, key in RECORDS.items():
        connection.execute(make_record_view(name, key, reviewed))
    _make_merges(connection, literals)
    for name in ("documents", "tellings", "deeds", "dyads_judged" if reviewed else "dyads", "journal"):
        run(name)


class Shelf:
    """Views that are kept in memory, for all readers of one connection: each setting of the clocks once, as long as a reader uses it."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._users: dict[Clocks, int] = {}
        self._numbers: dict[Clocks, int] = {}
        self._making = threading.RLock()
        self._kept: dict[Clocks, dict[str, Any]] = {}

    def hold(self, connection: duckdb.DuckDBPyConnection, clocks: Clocks) -> None:
        """Puts the views that take longest to put together into memory, if nobody has, and gives them their names on this connection."""
        with self._guard:
            number = self._numbers.setdefault(clocks, len(self._numbers))
            for name in HELD:
                if not self._users.get(clocks):
                    connection.execute(f"CREATE OR REPLACE TABLE held_{name}_{number} AS SELECT * FROM {name}")
                connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM held_{name}_{number}")
            self._users[clocks] = self._users.get(clocks, 0) + 1

    def keep(self, clocks: Clocks, name: str, make: Callable[[], Kind]) -> Kind:
        """What `make` makes of the views, made once and kept as long as they are."""
        with self._making:
            kept = self._kept.setdefault(clocks, {})
            if name not in kept:
                kept[name] = make()
            found: Kind = kept[name]
            return found

    def release(self, connection: duckdb.DuckDBPyConnection, clocks: Clocks) -> None:
        """Drops them, if no other reader uses them."""
        with self._guard:
            self._users[clocks] -= 1
            if not self._users[clocks]:
                self._kept.pop(clocks, None)
                for name in HELD:
                    connection.execute(f"DROP TABLE held_{name}_{self._numbers[clocks]}")


def make_part(connection: duckdb.DuckDBPyConnection, clocks: Clocks, sides: Sequence[Sequence[str]]) -> None:
    """Makes the view `part_deeds`: as `deeds`, of those alone of which some telling names a code of each side.

    Only these are put together, which takes a tenth of the time that picking them out of all takes."""
    tests = " AND ".join("list_has_any(codes, ?)" for _ in sides)
    connection.execute("CREATE OR REPLACE TEMP TABLE part AS SELECT * FROM tellings WHERE deed_id IN "
                       f"(SELECT deed_id FROM tellings WHERE {tests})", [list(side) for side in sides])
    text = find_sql("deeds").replace("TEMP VIEW deeds", "TEMP VIEW part_deeds").replace("FROM tellings", "FROM part")
    for key, value in clocks.literals().items():
        text = text.replace(f"${key}", value)
    connection.execute(text)


def _make_judged(connection: duckdb.DuckDBPyConnection) -> bool:
    """The view of judged records with the time at which each was read; whether anything was judged."""
    found = connection.execute("SELECT count(*) FROM raw_reviews").fetchone()
    reviewed = bool(found and found[0])
    ids = " UNION ALL ".join(f"SELECT {key} AS record_id, recorded_at AS read_at FROM raw_{name} "
                             f"SEMI JOIN raw_reviews ON raw_reviews.record_id = {key}" for name, key in RECORDS.items())
    empty = "SELECT NULL::VARCHAR AS record_id, NULL::TIMESTAMPTZ AS read_at WHERE false"
    connection.execute(f"CREATE TEMP VIEW records_read AS {ids if reviewed else empty}")
    return reviewed


def _make_merges(connection: duckdb.DuckDBPyConnection, literals: dict[str, str]) -> None:
    """Each merged deed with the one that it is now."""
    rows = connection.execute(
        "SELECT merged_from, deed_id FROM raw_deeds SEMI JOIN raw_readings USING (reading_id, recorded_at) "
        f"WHERE merged_from IS NOT NULL AND known_from <= {literals['day']} AND recorded_at <= {literals['recorded']} "
        "ORDER BY recorded_at, merged_from").fetchall()
    roots = follow_merges(rows)
    merged = pa.table({"deed_id": pa.array(list(roots), pa.string()), "root": pa.array(list(roots.values()), pa.string())})
    connection.register("merged_rows", merged)
    connection.execute("CREATE TEMP TABLE merged AS SELECT * FROM merged_rows")
    connection.unregister("merged_rows")


def follow_merges(rows: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Each merged deed with the deed that it has become through all merges. `rows` are (merged, into) in order of recording."""
    into: dict[str, str] = {}
    for merged, deed in rows:
        into.setdefault(merged, deed)

    def root(deed: str) -> str:
        seen = {deed}
        while deed in into and into[deed] not in seen:
            deed = into[deed]
            seen.add(deed)
        return deed

    return {merged: root(merged) for merged in into}
