"""Three questions put to millions of tellings: to the ledger, to DuckDB's own file and to SQLite, in one run.

    python bench/scale.py [--rows 10000000] [--folder DIR]

The rows are made here: pairs, types and days as skewed as in news, eight tellings a report, 2015 to 2025. Questions: one dyad's daily
series as of a day; one report's records; the twenty dyads that changed most in thirty days. Told is the median of seven askings after the
first. The ledger is compacted as `rawabit ledger compact` does; the others have the indexes that the questions ask for. Told too are the
times of opening, and of the series as of an early day, of which most readings do not count. The three must give the same answers.
"""
from __future__ import annotations

import argparse
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from rich.console import Console
from rich.table import Table

from rawabit.ledger import Ledger
from rawabit.ledger.compact import compact_ledger
from rawabit.ledger.schema import TABLES
from rawabit.ledger.store import Store

Ask = Callable[[str], Any]
ASKED = ("one dyad's series", "one report's records", "20 most changed")
BLOCK = 1_000_000
REPEATS = 7
PAIR, DAY, SINCE, MIDDLE, EARLY = "IRN|USA", "2024-06-30", "2024-05-01", "2024-05-31", "2017-06-30"
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
       CAST((h >> 48) % 21 AS DOUBLE) - 10 AS score,
       list_transform(range(12), lambda k: words[CAST(1 + hash(h + k) % 40 AS BIGINT)]) AS said
FROM coded, (SELECT string_split('$words', ' ') AS words)
"""
WORDS = ("minister said talks border visit agreement forces trade president accused statement embassy region support energy "
         "summit delegation foreign security council attack sanctions economic north river capital joint army company project "
         "signed rejected called first new two after between against during")
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
REPORT = "SELECT event_id, type, quad, score, evidence FROM {table} WHERE document_id = '{document}' ORDER BY event_id"


def make_block(connection: duckdb.DuckDBPyConnection, first: int, last: int) -> pa.Table:
    """Rows `first` to `last`, with their pair."""
    sql = MADE.replace("$first", str(first)).replace("$last", str(last)).replace("$words", WORDS)
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


COLUMNS = {
    "events": "event_id, reading_id, document_id, 'e1' AS number, type, 'actual' AS modality, day AS start, day AS end, quad, score, "
              "[split_part(pair, '|', 1) || '/GOV'] AS actors, [split_part(pair, '|', 2) || '/GOV'] AS recipients, "
              "string_split(pair, '|') AS codes, array_to_string(said, ' ') AS evidence, said[:6] AS gist, day AS published",
    "dyads": "pair, day, event_id, event_id AS deed_id, reading_id, type, 'actual' AS modality, quad, score, day AS known_from",
    "readings": "DISTINCT reading_id, document_id, 'bench' AS recipe, day AS known_from, 'run' AS run_id",
}
KINDS = {"score": "REAL", "quad": "INTEGER"}
CHUNK = 50_000
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
    """SQLite with the same columns (days and lists as text), and indexes that hold all that a question asks for."""
    own = sqlite3.connect(path)
    own.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    for first in range(0, rows, BLOCK):
        connection.register("block", make_block(connection, first, min(rows, first + BLOCK)))
        for name in ("events", "dyads"):
            found = connection.execute(f"SELECT COLUMNS(*)::VARCHAR FROM (SELECT {COLUMNS[name]} FROM block)")
            named = ", ".join(f'"{part[0]}" {KINDS.get(part[0], "TEXT")}' for part in found.description)
            own.execute(f"CREATE TABLE IF NOT EXISTS {name} ({named})")
            marks = ", ".join("?" for _ in found.description)
            while part := found.fetchmany(CHUNK):
                own.executemany(f"INSERT INTO {name} VALUES ({marks})", part)
    own.executescript("CREATE INDEX by_pair ON dyads (pair, day, known_from, score); CREATE INDEX by_day ON dyads (day, pair, score);"
                      "CREATE INDEX by_report ON events (document_id); ANALYZE;")
    return own


def time_queries(ask: Ask, questions: list[str]) -> list[float]:
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
    """Makes all three and prints the table; ends with a message where their answers differ."""
    connection = duckdb.connect()
    table = Table("store", "made in, s", "MB", *ASKED, title=f"{rows:,} tellings; milliseconds")
    document = make_block(connection, rows // 2, rows // 2 + 1)["document_id"][0].as_py()
    questions = write_questions(document, dyads="dyads", events="events")
    answers = []
    for name, make, file in (("ledger (Delta, through DuckDB)", open_ledger, "ledger"), ("DuckDB's own file", open_file, "own.duckdb"),
                             ("SQLite", open_sqlite, "own.sqlite")):
        start = time.perf_counter()
        ask = make(folder / file, connection, rows)
        made = time.perf_counter() - start
        answers.append([ask(question) for question in questions])
        table.add_row(name, f"{made:,.0f}", f"{find_size(folder / file) / 1e6:,.0f}", *(f"{t:,.0f}" for t in time_queries(ask, questions)))
    ledger = Ledger(str(folder / "ledger"), as_of=date.fromisoformat(DAY))
    opening = time_queries(lambda day: Ledger(str(folder / "ledger"), date.fromisoformat(day)).query("SELECT 1"), [DAY, EARLY])
    early = time_queries(lambda sql: ledger.query(sql, as_of=date.fromisoformat(EARLY)), questions[:1])[0]
    console.print(table)
    console.print(f"opening the ledger as of {DAY}: {opening[0]:,.0f} ms, as of {EARLY}: {opening[1]:,.0f} ms; the series as of {EARLY}: "
                  f"{early:,.0f} ms")
    if answers[0] != answers[1] or answers[0] != answers[2]:
        sys.exit("the stores do not give the same answers: their times say nothing.")


def open_ledger(place: Path, connection: duckdb.DuckDBPyConnection, rows: int) -> Ask:
    """The ledger, made and opened as of the day asked."""
    make_ledger(place, connection, rows)
    ledger = Ledger(str(place), as_of=date.fromisoformat(DAY))
    return lambda sql: plain(ledger.query(sql))


def open_file(place: Path, connection: duckdb.DuckDBPyConnection, rows: int) -> Ask:
    """DuckDB's own file, made and open."""
    own = make_file(place, connection, rows)
    own.execute("CHECKPOINT")
    return lambda sql: plain(own.sql(sql).to_arrow_table())


def open_sqlite(place: Path, connection: duckdb.DuckDBPyConnection, rows: int) -> Ask:
    """SQLite, made and open."""
    own = make_sqlite(place, connection, rows)
    own.commit()
    return lambda sql: own.execute(sql.replace("DATE '", "'")).fetchall()


def plain(rows: pa.Table) -> list[tuple[object, ...]]:
    """Rows as SQLite gives them: days as text."""
    return [tuple(value.isoformat() if isinstance(value, date) else value for value in row.values()) for row in rows.to_pylist()]


def find_size(place: Path) -> int:
    """Bytes of a file, or of the files that count in a ledger."""
    if place.is_file():
        return place.stat().st_size
    store = Store(str(place))
    return sum(Path(file.removeprefix("file://")).stat().st_size for name in TABLES for file in store.files(name))


def main() -> None:
    """Measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--folder", type=Path, help="where to put the stores, which are deleted after; else a temporary folder")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=args.folder))
    try:
        measure(folder, args.rows, Console(width=120, highlight=False))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
