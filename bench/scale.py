"""Three questions put to millions of tellings: to the ledger, to DuckDB's own file and to SQLite, in one run.

    python bench/scale.py [--rows 10000000] [--folder DIR]

The rows are made here: pairs, types and days as skewed as in news, eight tellings a report, 2015 to 2025. Questions: one dyad's daily
series as of a day; one report's records; the twenty dyads that changed most in thirty days. Told is the median of seven askings after the
first. The ledger is compacted as `rawabit ledger compact` does; the others have the indexes that the questions ask for.
"""
from __future__ import annotations

import argparse
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
from rich.console import Console
from rich.table import Table

from rawabit.ledger import Ledger
from rawabit.ledger.compact import compact_ledger
from rawabit.ledger.schema import TABLES
from rawabit.ledger.store import Store

BLOCK = 1_000_000
REPEATS = 7
PAIR, DAY, SINCE, MIDDLE = "IRN|USA", "2024-06-30", "2024-05-01", "2024-05-31"
MOMENT = datetime(2025, 1, 1, tzinfo=UTC)
MADE = """
WITH n AS (SELECT i, hash(i) AS h, hash(i // 8) AS g FROM range($first, $last) r(i)),
coded AS (SELECT i, h, g, CAST(floor(60 * pow((h % 10007) / 10007.0, 2.5)) AS INTEGER) AS a,
                 CAST(floor(60 * pow(((h >> 20) % 10007) / 10007.0, 2.5)) AS INTEGER) AS b FROM n)
SELECT printf('%016x', h) AS event_id, printf('%016x', g) AS document_id, printf('%016x', hash(g)) AS reading_id,
       a, b,
       DATE '2015-01-01' + CAST(g % 4000 AS INTEGER) AS day,
       ['CONSULT','ACCUSE','ASSAULT','SANCTION','SUPPORT'][CAST(1 + (h >> 40) % 5 AS BIGINT)] AS type,
       CAST(1 + (h >> 44) % 4 AS INTEGER) AS quad,
       CAST((h >> 48) % 21 AS DOUBLE) - 10 AS score
FROM coded
"""
CODES = ("USA IRN RUS CHN SAU ISR TUR GBR SYR IRQ FRA DEU EGY QAT ARE YEM LBN JOR PSE UKR IND PAK JPN KOR PRK ITA ESP POL AZE ARM GEO KAZ "
         "UZB TJK KGZ TKM AFG LBY TUN DZA MAR SDN ETH ERI SOM KEN NGA ZAF BRA ARG MEX CAN AUS IDN MYS VNM THA PHL SWE NOR").split()
SERIES = """
SELECT day, sum(score) FILTER (WHERE score > 0) AS warm, sum(score) FILTER (WHERE score < 0) AS cold, count(*) AS n
FROM {table} WHERE pair = '{pair}' AND known_from <= DATE '{day}' GROUP BY day ORDER BY day
"""
CHANGED = """
SELECT pair, abs(sum(CASE WHEN day >= DATE '{middle}' THEN score ELSE -score END)) AS change
FROM {table} WHERE day BETWEEN DATE '{since}' AND DATE '{day}' GROUP BY pair ORDER BY change DESC, pair LIMIT 20
"""
REPORT = "SELECT * FROM {table} WHERE document_id = '{document}'"


def make_block(connection: duckdb.DuckDBPyConnection, first: int, last: int) -> pa.Table:
    """Rows `first` to `last`, with their pair."""
    sql = MADE.replace("$first", str(first)).replace("$last", str(last))
    pair = "list_reduce(list_sort([codes[1 + a], codes[1 + if(a = b, (b + 1) % 60, b)]]), lambda x, y: x || '|' || y)"
    listed = ", ".join(f"'{code}'" for code in CODES)
    return connection.sql(f"SELECT *, {pair} AS pair FROM (SELECT *, [{listed}] AS codes FROM ({sql}))").to_arrow_table()


def make_ledger(folder: Path, connection: duckdb.DuckDBPyConnection, rows: int) -> None:
    """The ledger: events, dyads and readings, appended block by block and compacted."""
    store = Store(str(folder))
    store.create()
    for first in range(0, rows, BLOCK):
        block = make_block(connection, first, min(rows, first + BLOCK))
        connection.register("block", block)
        for name, columns in COLUMNS.items():
            found = connection.sql(f"SELECT {columns} FROM block").to_arrow_table()
            store.append(name, fill(name, found))
    for _ in compact_ledger(str(folder)):
        pass


WORDS = "the words that prove it, some sixty letters of them, as in news"
COLUMNS = {
    "events": "event_id, reading_id, document_id, 'e1' AS number, type, 'actual' AS modality, day AS start, day AS end, quad, score, "
              "[split_part(pair, '|', 1) || '/GOV'] AS actors, [split_part(pair, '|', 2) || '/GOV'] AS recipients, "
              f"string_split(pair, '|') AS codes, '{WORDS}' AS evidence, day AS published",
    "dyads": "pair, day, event_id, event_id AS deed_id, reading_id, type, 'actual' AS modality, quad, score, day AS known_from",
    "readings": "DISTINCT reading_id, document_id, 'bench' AS recipe, day AS known_from, 'run' AS run_id, 'batch' AS batch_id",
}


EMPTY = {pa.string(): "", pa.bool_(): True, pa.int32(): 0, pa.float64(): 0.0}


def fill(name: str, rows: pa.Table) -> pa.Table:
    """The rows with every column of the table: what is not made here is null, or empty where null is an error."""
    for field in TABLES[name].schema:
        if field.name not in rows.column_names:
            empty: object = [] if pa.types.is_list(field.type) else EMPTY.get(field.type)
            value = MOMENT if field.name == "recorded_at" else None if field.nullable else empty
            rows = rows.append_column(field.name, pa.array([value] * rows.num_rows, field.type))
    return rows


def make_file(path: Path, connection: duckdb.DuckDBPyConnection, rows: int) -> duckdb.DuckDBPyConnection:
    """DuckDB's own file."""
    own = duckdb.connect(str(path))
    for first in range(0, rows, BLOCK):
        own.register("block", make_block(connection, first, min(rows, first + BLOCK)))
        for name, columns in (("events", COLUMNS["events"]), ("dyads", COLUMNS["dyads"])):
            verb = f"CREATE TABLE {name} AS" if first == 0 else f"INSERT INTO {name}"
            own.execute(f"{verb} SELECT {columns} FROM block")
    own.execute("CREATE INDEX by_report ON events (document_id)")
    return own


def make_sqlite(path: Path, connection: duckdb.DuckDBPyConnection, rows: int) -> sqlite3.Connection:
    """SQLite with indexes by pair and day, by day, and by report."""
    own = sqlite3.connect(path)
    own.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                      "CREATE TABLE dyads (pair, day, event_id, type, quad, score, known_from);"
                      "CREATE TABLE events (event_id, document_id, type, quad, score, evidence);")
    for first in range(0, rows, BLOCK):
        connection.register("block", make_block(connection, first, min(rows, first + BLOCK)))
        own.executemany("INSERT INTO dyads VALUES (?,?,?,?,?,?,?)", connection.execute(
            "SELECT pair, day::VARCHAR, event_id, type, quad, score, day::VARCHAR FROM block").fetchall())
        own.executemany("INSERT INTO events VALUES (?,?,?,?,?,?)", connection.execute(
            f"SELECT event_id, document_id, type, quad, score, '{WORDS}' FROM block").fetchall())
    own.executescript("CREATE INDEX p ON dyads (pair, day); CREATE INDEX d ON dyads (day); CREATE INDEX r ON events (document_id);")
    return own


def time_queries(ask: Callable[[str], object], questions: list[str]) -> list[float]:
    """Milliseconds of each question: the median after the first asking."""
    times = []
    for question in questions:
        ask(question)
        taken = []
        for _ in range(REPEATS):
            start = time.perf_counter()
            ask(question)
            taken.append(time.perf_counter() - start)
        times.append(1000 * statistics.median(taken))
    return times


def write_questions(document: str, **names: str) -> list[str]:
    """The three questions in the words of DuckDB."""
    return [SERIES.format(table=names["dyads"], pair=PAIR, day=DAY), REPORT.format(table=names["events"], document=document),
            CHANGED.format(table=names["dyads"], since=SINCE, middle=MIDDLE, day=DAY)]


def measure(folder: Path, rows: int, console: Console) -> None:
    """Makes all three and prints the table."""
    connection = duckdb.connect()
    table = Table("store", "made in, s", "MB", "one dyad's series, ms", "one report, ms", "20 most changed, ms", title=f"{rows:,} tellings")
    document = make_block(connection, rows // 2, rows // 2 + 1)["document_id"][0].as_py()
    questions = write_questions(document, dyads="dyads", events="events")
    start = time.perf_counter()
    make_ledger(folder / "ledger", connection, rows)
    made = time.perf_counter() - start
    opening = time.perf_counter()
    ledger = Ledger(str(folder / "ledger"), as_of=date.fromisoformat(DAY))
    ledger.query("SELECT 1")
    console.print(f"opening the ledger as of a day: {time.perf_counter() - opening:.2f} s")
    add_row(table, "ledger (Delta, read through DuckDB)", made, folder / "ledger", time_queries(ledger.query, questions))
    start = time.perf_counter()
    own = make_file(folder / "own.duckdb", connection, rows)
    add_row(table, "DuckDB's own file", time.perf_counter() - start, folder / "own.duckdb",
            time_queries(lambda sql: own.sql(sql).to_arrow_table(), questions))
    own.close()
    start = time.perf_counter()
    lite = make_sqlite(folder / "own.sqlite", connection, rows)
    plain = [question.replace("DATE '", "'") for question in questions]
    taken = time.perf_counter() - start
    add_row(table, "SQLite", taken, folder / "own.sqlite", time_queries(lambda sql: lite.execute(sql).fetchall(), plain))
    console.print(table)


def add_row(table: Table, name: str, made: float, place: Path, times: list[float]) -> None:
    """One store's row."""
    size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file()) if place.is_dir() else place.stat().st_size
    table.add_row(name, f"{made:,.0f}", f"{size / 1e6:,.0f}", *(f"{taken:,.0f}" for taken in times))


def main() -> None:
    """Measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--folder", type=Path, help="where to put the stores, which are deleted after; else a temporary folder")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=args.folder))
    try:
        measure(folder, args.rows, Console())
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
