"""The reader of a ledger: what it holds, as of any day, as Arrow tables.

Two clocks. `as_of` asks what could be known on a day: reports published by then; what the ledger had already read and judged by then is
taken as it then was, and a report that it learned later (an archive) is taken as it is read now. `recorded_by` asks what this ledger
itself held at a moment. Writes nothing: see `writer`. Queries reach no file but the ledger's own.
"""
from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import duckdb
import msgspec
import pyarrow as pa

from rawabit.ledger.filters import Filters, make_query
from rawabit.ledger.guard import check_query
from rawabit.ledger.location import is_remote
from rawabit.ledger.meanings import VIEWS
from rawabit.ledger.remote import register_store
from rawabit.ledger.schema import TABLES
from rawabit.ledger.store import Store
from rawabit.ledger.views import HELD, Clocks, Shelf, find_sql, make_part, make_views
from rawabit.model import LedgerError

Moment = date | datetime
Kind = TypeVar("Kind")
KEPT = 16
"""Settings of the clocks whose views are kept."""
BATCH = 8192
"""Rows of a batch."""
CHANGING = ("readings", "reviews")
"""Tables that grow with whatever changes an answer (decision 0005); the numbers of their newest commits are a ledger's `versions`."""
OPENED = ("readings", "reviews", "issues", *(name for name in TABLES if name not in ("readings", "reviews", "issues")))
"""Tables in the order of opening: those that point at rows of others come first, so that a batch is seen whole or not at all."""


class Ledger:
    """A ledger opened for reading, as of its newest row or of a day.

    Every method that asks takes `as_of` and `recorded_by` too, which stand for those of the opening. Raises LedgerError where there is no
    ledger. What is appended after the opening is not seen until `refresh`. Not for use by several threads at once. `held`: tellings,
    deeds and dyads are put together once for each setting of the clocks and kept in memory: for one who asks many questions (100 MB for
    70,000 tellings). `kept`: of how many settings.
    """

    def __init__(self, location: str, as_of: Moment | None = None, recorded_by: Moment | None = None, held: bool = False,
                 kept: int = KEPT) -> None:
        self._store = Store(location)
        self._store.check()
        self.location, self.as_of, self.recorded_by, self._held, self._kept = location, as_of, recorded_by, held, kept
        self.refresh()

    def twin(self) -> Ledger:
        """Another reader of the same state, for another thread: what one holds in memory serves both. `refresh` parts them."""
        other = copy.copy(self)
        other._settings, other._holding, other._connection = {}, set(), self._connection.cursor()
        return other

    def refresh(self) -> None:
        """Looks at the newest state of every table."""
        self._connection = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
        self._settings: dict[Clocks, duckdb.DuckDBPyConnection] = {}
        self._holding: set[Clocks] = set()
        self._shelf = Shelf()
        files: list[str] = []
        self.versions = tuple(self._store.version(name) for name in CHANGING)
        for name in OPENED:
            found = self._store.files(name)
            files.extend(found)
            open_table(self._connection, f"raw_{name}", found, TABLES[name].schema)
        self._connection.execute(find_sql("orphans"))
        close_doors(self._connection, files)

    def _at(self, as_of: Moment | None, recorded_by: Moment | None, sql: str | None = None) -> duckdb.DuckDBPyConnection:
        """The connection whose views are those of a setting of the clocks. A query that names none of those that are held has none put
        together: of the window before, a table of rivals asks for figures and ties alone."""
        clocks = Clocks(as_of or self.as_of, recorded_by or self.recorded_by)
        held = self._settings.pop(clocks, None)
        if held is None:
            held = self._connection.cursor()
            make_views(held, clocks)
        self._settings[clocks] = held
        if self._held and clocks not in self._holding and (sql is None or any(name in sql for name in HELD)):
            self._shelf.hold(held, clocks)
            self._holding.add(clocks)
        if len(self._settings) > self._kept:
            self._forget(next(iter(self._settings)))
        return held

    def _forget(self, clocks: Clocks) -> None:
        dropped = self._settings.pop(clocks)
        dropped.close()
        if clocks in self._holding:
            self._holding.remove(clocks)
            self._shelf.release(self._connection, clocks)

    def query(self, sql: str, parameters: Sequence[Any] = (), as_of: Moment | None = None, recorded_by: Moment | None = None) -> pa.Table:
        """Rows of a query over the views and raw tables, for code. Raises LedgerError for a query that DuckDB refuses."""
        connection = self._at(as_of, recorded_by, sql)
        try:
            return connection.sql(sql, params=list(parameters)).to_arrow_table()
        except duckdb.Error as error:
            raise explain_refusal(error) from error

    def sql(self, text: str, as_of: Moment | None = None, recorded_by: Moment | None = None) -> pa.Table:
        """Rows of one SELECT over the documented views, for people. Raises LedgerError for anything else."""
        check_query(self._connection, text)
        return self.query(text, (), as_of, recorded_by)

    def run(self, statement: str) -> None:
        """Makes a temporary view or table beside the views that `query` asks."""
        self._at(None, None).execute(statement)

    def view_rows(self, name: str, filters: Filters | None = None, as_of: Moment | None = None,
                  recorded_by: Moment | None = None) -> pa.Table:
        """The rows of a view that pass the filters, in order of date (figures: of what they measure, then of their period)."""
        sql, parameters = make_query(name, filters or Filters())
        return self.query(sql, parameters, as_of, recorded_by)

    def view_part(self, sides: Sequence[Sequence[str]], as_of: Moment | None = None, recorded_by: Moment | None = None) -> pa.Table:
        """The deeds of which some telling names a code of each side, with the `hash` of each row; as `deeds` with these picked out, and
        faster."""
        if self._held:
            tests = " AND ".join("list_has_any(codes, ?)" for _ in sides)
            sql = f"SELECT *, hash(deeds) AS hash FROM deeds WHERE deed_id IN (SELECT deed_id FROM tellings WHERE {tests}) ORDER BY deed_id"
            return self.query(sql, [list(side) for side in sides], as_of, recorded_by)
        make_part(self._at(as_of, recorded_by), Clocks(as_of or self.as_of, recorded_by or self.recorded_by), sides)
        return self.query("SELECT *, hash(part_deeds) AS hash FROM part_deeds ORDER BY deed_id", (), as_of, recorded_by)

    def keep(self, name: str, make: Callable[[], Kind], as_of: Moment | None = None, recorded_by: Moment | None = None) -> Kind:
        """What `make` makes of the views of a setting of the clocks. A ledger that holds these in memory keeps it with them, under its
        name, for all twins; any other makes it each time."""
        if not self._held:
            return make()
        self._at(as_of, recorded_by)
        return self._shelf.keep(Clocks(as_of or self.as_of, recorded_by or self.recorded_by), name, make)

    def view_batches(self, name: str, filters: Filters | None = None, as_of: Moment | None = None,
                     recorded_by: Moment | None = None) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
        """The same rows with their schema, batch by batch. Read them before you ask for anything else."""
        sql, parameters = make_query(name, filters or Filters())
        connection = self._at(as_of, recorded_by)
        try:
            reader = connection.sql(sql, params=parameters).to_arrow_reader(BATCH)
        except duckdb.Error as error:
            raise explain_refusal(error) from error
        return reader.schema, iter(reader)

    def count_rows(self, name: str, filters: Filters | None = None, as_of: Moment | None = None, recorded_by: Moment | None = None) -> int:
        """How many rows pass the filters, whatever their `limit`."""
        sql, parameters = make_query(name, msgspec.structs.replace(filters or Filters(), limit=None))
        return int(self.query(f"SELECT count(*) AS n FROM ({sql})", parameters, as_of, recorded_by)["n"][0].as_py())

    def deeds(self, *, as_of: Moment | None = None, recorded_by: Moment | None = None, **filters: Any) -> pa.Table:
        """One row a deed. Filters: the fields of `Filters`, for example `between=("RUS", "AZE")`. Arrow: `.to_pandas()` makes it pandas,
        `polars.from_arrow(…)` Polars."""
        return self.view_rows("deeds", make_filters(filters), as_of, recorded_by)

    def events(self, *, as_of: Moment | None = None, recorded_by: Moment | None = None, **filters: Any) -> pa.Table:
        """One row a telling of a deed, with the deed."""
        return self.view_rows("tellings", make_filters(filters), as_of, recorded_by)

    def statements(self, *, as_of: Moment | None = None, recorded_by: Moment | None = None, **filters: Any) -> pa.Table:
        """One row a statement."""
        return self.view_rows("statements", make_filters(filters), as_of, recorded_by)

    def figures(self, *, as_of: Moment | None = None, recorded_by: Moment | None = None, **filters: Any) -> pa.Table:
        """One row a figure: who says that what was how much, and when."""
        return self.view_rows("figures", make_filters(filters), as_of, recorded_by)

    def ties(self, *, as_of: Moment | None = None, recorded_by: Moment | None = None, **filters: Any) -> pa.Table:
        """One row a tie. `holds_on=day` asks for those that hold that day."""
        return self.view_rows("ties", make_filters(filters), as_of, recorded_by)

    def people(self, *, as_of: Moment | None = None, recorded_by: Moment | None = None, **filters: Any) -> pa.Table:
        """One row a person in a report."""
        return self.view_rows("people", make_filters(filters), as_of, recorded_by)

    def documents(self, *, as_of: Moment | None = None, recorded_by: Moment | None = None, **filters: Any) -> pa.Table:
        """One row a report."""
        return self.view_rows("documents", make_filters(filters), as_of, recorded_by)


def make_filters(given: dict[str, Any]) -> Filters:
    """Filters from keywords. Raises LedgerError for a name that is none."""
    unknown = given.keys() - set(Filters.__struct_fields__)
    if unknown:
        raise LedgerError(f"no filter {', '.join(sorted(unknown))}. Choose among {', '.join(Filters.__struct_fields__)}.")
    return Filters(**given)


def explain_refusal(error: duckdb.Error) -> LedgerError:
    """What DuckDB says against a query, with the next step."""
    return LedgerError(f"that query does not run: {str(error).strip()}\nSee `rawabit sql --schema` for the views and their columns.")


def open_table(connection: duckdb.DuckDBPyConnection, name: str, files: list[str], schema: pa.Schema) -> None:
    """A view over the Parquet files of a table; a table without rows where there are none."""
    if files:
        if is_remote(files[0]):
            register_store(connection, files[0].rsplit("/", 2)[0])
        listed = ", ".join(_quote(file) for file in files)
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet([{listed}])")
    else:
        connection.register(f"{name}_empty", schema.empty_table())
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {name}_empty")
        connection.unregister(f"{name}_empty")


def close_doors(connection: duckdb.DuckDBPyConnection, files: list[str]) -> None:
    """From here on the connection and its cursors read these files and nothing else, and no setting can be changed."""
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    connection.execute(f"SET allowed_paths = [{', '.join(_quote(file) for file in files)}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


__all__ = ["VIEWS", "Ledger", "Moment", "close_doors", "make_filters", "open_table"]
