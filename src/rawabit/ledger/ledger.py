"""The reader of a ledger: what it holds, as of any day, as Arrow tables.

Two clocks. `as_of` asks what could be known on a day: reports published by then; what the ledger had already read and judged by then is
taken as it then was, and a report that it learned later (an archive) is taken as it is read now. `recorded_by` asks what this ledger
itself held at a moment. Writes nothing: see `writer`.
"""
from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from importlib import resources
from typing import Any

import duckdb
import pyarrow as pa

from rawabit.ledger.filters import Filters, make_query
from rawabit.ledger.reviewed import make_record_view
from rawabit.ledger.schema import RECORDS, TABLES
from rawabit.ledger.store import Store
from rawabit.model import LedgerError

VIEWS = ("documents", *RECORDS, "tellings", "deeds", "dyads", "reviews", "issues", "runs", "foreign_events")
"""What can be asked for; docs/ledger.md describes their columns."""
OPENED = ("readings", "reviews", "issues", *(name for name in TABLES if name not in ("readings", "reviews", "issues")))
"""Tables in the order of opening: those that point at rows of others come first, so that a batch is seen whole or not at all."""
ALWAYS = datetime.max.replace(tzinfo=UTC)


def find_sql(name: str) -> str:
    """The text of a query of this package."""
    return resources.files("rawabit.ledger").joinpath("sql").joinpath(f"{name}.sql").read_text("utf-8")


class Ledger:
    """A ledger opened for reading, as of its newest row or of a day.

    Raises LedgerError where there is none. What is appended after the opening is not seen until `refresh`.
    """

    def __init__(self, location: str, as_of: date | datetime | None = None, recorded_by: datetime | None = None) -> None:
        self._store = Store(location)
        if not self._store.exists():
            raise LedgerError(f"no ledger at {location}. Make one with `rawabit add PATH… --ledger {location}`.")
        self.location, self.as_of, self.recorded_by = location, as_of, recorded_by
        self.refresh()

    def refresh(self) -> None:
        """Looks at the newest state of every table."""
        self._connection = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
        self._connection.execute("SET TimeZone = 'UTC'")
        for name in OPENED:
            open_table(self._connection, f"raw_{name}", self._store.files(name), TABLES[name].schema)
        self._make_views()

    def _make_views(self) -> None:
        run = self._connection.execute
        self._run("orphans")
        self._run("excluded")
        self._make_judged()
        for name, key in RECORDS.items():
            run(make_record_view(name, key, bool(self._reviewed)))
        self._run("documents")
        self._make_merges()
        self._run("tellings")
        self._run("deeds")
        self._run("dyads_judged" if self._reviewed else "dyads")
        held = f"WHERE recorded_at <= {self._times['recorded']}"
        run(f"CREATE TEMP VIEW issues AS SELECT DISTINCT ON (issue_id) * FROM raw_issues {held} ORDER BY issue_id, recorded_at")
        run(f"CREATE TEMP VIEW foreign_events AS SELECT DISTINCT ON (foreign_id) * FROM raw_foreign_events {held} "
            "ORDER BY foreign_id, recorded_at")
        for name in ("reviews", "runs"):
            run(f"CREATE TEMP VIEW {name} AS SELECT * FROM raw_{name} {held}")

    @property
    def _times(self) -> dict[str, str]:
        """The two clocks as SQL literals."""
        asked = self.as_of
        day = (asked.date() if isinstance(asked, datetime) else asked) or date.max
        moment = asked if isinstance(asked, datetime) else datetime.combine(asked, time.max, UTC) if asked else ALWAYS
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return {"day": f"DATE '{day.isoformat()}'", "moment": _moment(moment), "recorded": _moment(self.recorded_by or ALWAYS)}

    def _run(self, name: str) -> None:
        text = find_sql(name)
        for key, value in self._times.items():
            text = text.replace(f"${key}", value)
        self._connection.execute(text)

    def _make_judged(self) -> None:
        """Judgements that hold, with the time at which the judged record was read."""
        ids = " UNION ALL ".join(f"SELECT {key} AS record_id, recorded_at AS read_at FROM raw_{name} "
                                 f"SEMI JOIN raw_reviews ON raw_reviews.record_id = {key}" for name, key in RECORDS.items())
        self._reviewed = self._count("raw_reviews")
        empty = "SELECT NULL::VARCHAR AS record_id, NULL::TIMESTAMPTZ AS read_at WHERE false"
        self._connection.execute(f"CREATE TEMP VIEW records_read AS {ids if self._reviewed else empty}")
        self._run("judged")

    def _make_merges(self) -> None:
        """Each merged deed with the one that it is now."""
        times = self._times
        rows = self._connection.execute(
            "SELECT merged_from, deed_id FROM raw_deeds SEMI JOIN raw_readings USING (reading_id, recorded_at) "
            f"WHERE merged_from IS NOT NULL AND known_from <= {times['day']} "
            f"AND recorded_at <= {times['recorded']} ORDER BY recorded_at, merged_from").fetchall()
        roots = follow_merges(rows)
        merged = pa.table({"deed_id": pa.array(list(roots), pa.string()), "root": pa.array(list(roots.values()), pa.string())})
        self._connection.register("merged_rows", merged)
        self._connection.execute("CREATE TEMP TABLE merged AS SELECT * FROM merged_rows")

    def _count(self, name: str) -> int:
        found = self._connection.execute(f"SELECT count(*) FROM {name}").fetchone()
        assert found is not None
        return int(found[0])

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """Rows of a query over the views. Raises LedgerError for a query that DuckDB refuses."""
        try:
            return self._connection.sql(sql, params=list(parameters)).to_arrow_table()
        except duckdb.Error as error:
            raise LedgerError(f"that query does not run: {error}. See docs/ledger.md for the views and their columns.") from error

    def run(self, statement: str) -> None:
        """Makes a temporary view or table of this connection."""
        self._connection.execute(statement)

    def view_rows(self, name: str, filters: Filters | None = None) -> pa.Table:
        """The rows of a view that pass the filters, in order of date."""
        sql, parameters = make_query(name, filters or Filters())
        return self.query(sql, parameters)

    def deeds(self, **filters: Any) -> pa.Table:
        """One row a deed. Filters: the fields of `Filters`, for example `between=("RUS", "AZE")`."""
        return self.view_rows("deeds", Filters(**filters))

    def events(self, **filters: Any) -> pa.Table:
        """One row a telling of a deed."""
        return self.view_rows("tellings", Filters(**filters))

    def statements(self, **filters: Any) -> pa.Table:
        """One row a statement."""
        return self.view_rows("statements", Filters(**filters))

    def figures(self, **filters: Any) -> pa.Table:
        """One row a figure."""
        return self.view_rows("figures", Filters(**filters))

    def ties(self, **filters: Any) -> pa.Table:
        """One row a tie."""
        return self.view_rows("ties", Filters(**filters))

    def people(self, **filters: Any) -> pa.Table:
        """One row a person in a report."""
        return self.view_rows("people", Filters(**filters))

    def documents(self, **filters: Any) -> pa.Table:
        """One row a report."""
        return self.view_rows("documents", Filters(**filters))


def open_table(connection: duckdb.DuckDBPyConnection, name: str, files: list[str], schema: pa.Schema) -> None:
    """A view over the Parquet files of a table; one without rows where there are none."""
    if files:
        listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet([{listed}])")
    else:
        connection.register(f"{name}_empty", schema.empty_table())
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {name}_empty")


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


def _moment(moment: datetime) -> str:
    return f"TIMESTAMPTZ '{moment.astimezone(UTC).strftime('%Y-%m-%d %H:%M:%S.%f')}+00'" if moment != ALWAYS else "'infinity'::TIMESTAMPTZ"
