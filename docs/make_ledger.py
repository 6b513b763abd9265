"""Writes docs/ledger.md: what is written here, and the tables and views as the code has them. `python docs/make_ledger.py`; a test
fails when the page and the code differ."""
from __future__ import annotations

from pathlib import Path

from rawabit.ledger.meanings import VIEWS, name_type
from rawabit.ledger.schema import TABLES, Table

PAGE = Path(__file__).with_name("ledger.md")
INTRO = """# The ledger

This page is made by `python docs/make_ledger.py` from the schema. Do not edit it.

The ledger keeps every report, every record of its reading, and the deeds that they tell, in one folder of
[Delta](https://delta.io) tables (Parquet files with a log), read here through DuckDB. It is append-only: a correction, a new reading
or a merger of two deeds is a new row, and what was answered for a day in the past is answered the same way later. It lies at
`--ledger DIR`, else at `RAWABIT_LEDGER`, else in the platform's folder for a user's data.

## Asking

| what | how |
| --- | --- |
| what Russia and Azerbaijan did to each other | `rawabit deeds --between RUS AZE --since 2024-12-01` |
| the same, as it could be known on a day | `rawabit deeds --between RUS AZE --as-of 2024-08-20` |
| everyone who tells one deed, and where they differ | `rawabit deed ID` |
| the sentence behind any row | `rawabit show ID`; as a page: `rawabit show ID --format html -o page.html` |
| Russia's share of Tajikistan's trade: for which year, according to whom | `rawabit figures --type trade_share --between RUS TJK` |
| which ties hold on a day, by what could be known on another | `rawabit ties --holds-on 2025-01-01 --as-of 2025-06-30` |
| what somebody said | `rawabit statements --said-by Peskov --contains TEXT` |
| anything else | `rawabit sql "SELECT type, count(*) FROM deeds GROUP BY type"` |

`--format` gives the rows as `json`, `jsonl`, `csv` (lists joined by a semicolon) or `parquet` (with `-o`). `--contains` folds spelling as
the lexicon does: vowel marks, forms of alef, final ya and ha, digits. [cli.md](cli.md) has every option.

```python
from datetime import date
from rawabit.ledger import Ledger

ledger = Ledger("DIR")
deeds = ledger.deeds(between=("RUS", "AZE"), as_of=date(2024, 8, 20))      # a pyarrow.Table
deeds.to_pandas()                                                         # pandas
polars.from_arrow(deeds)                                                  # Polars
ledger.figures(type="trade_share", between=("RUS", "TJK"), period="2024")
ledger.ties(type="ally", holds_on=date(2025, 1, 1))
ledger.sql("SELECT outlet, count(*) FROM tellings GROUP BY outlet")
```

The filters are the fields of `rawabit.ledger.filters.Filters`; all methods take `as_of` and `recorded_by`. What is appended later is seen
after `ledger.refresh()`.

## Two clocks

**`as_of`: what could be known then.** Reports published later do not count, nor do the deeds, joinings and outcomes that only they give
(`outcome` of an announced visit is `planned` until a report of its day is out). A report without a day of publication counts from the day
on which it was recorded. What this ledger had read and judged by then is taken as it then was; a report that it learned later (an
archive) is taken as it is read now. A day means its last moment, UTC.

**`recorded_by`: what this ledger itself held then.** Nothing recorded later counts: no report, no new reading, no joining, no judgement.

Both may be set. Without either, everything counts, each report by its last reading.

## Which ties hold on a day

Reports say that a tie holds, seldom since when, and nearly never until when. `--holds-on` goes by this rule (`rawabit.ledger.holding`):

| the report says | it holds |
| --- | --- |
| first and last day | from the one to the other |
| "since …": a stretch that ends with the report | from its first day, and on after the report as a tie without dates |
| no dates | from the day of publication until a later report denies it, for five years at most; a war, a chair or a mediation for one |
| that it is to come, with dates | within these; without dates never |
| that it is supposed, or denied | never |
| that two states border on each other | always |

Each report counts by itself, so that a tie that is told again holds on from then. A denial ends what was told before its day, of mutual
relations (allies, partners, rivals, wars) whichever side it names first. The years are a choice, not a measurement: `rawabit ties` without
`--holds-on` gives all that was told, with its days.

## What `rawabit sql` answers

One SELECT (DuckDB's SQL) over the views below. Writing, reading other files, settings and other databases are refused: DuckDB's own parser
says what a query names, every name is held against the list of views, and the connection itself may open no file but the ledger's.
`documents … people` show the reading that counts and the reviewers' corrections; rejected records are gone.
"""
DIRECT = """## Reading the tables directly

The tables are plain Delta tables, one folder each. They hold every row ever appended: all readings, also replaced ones and those of runs
that were cut off. A row counts only if `readings` lists both its `reading_id` and its `recorded_at`; of several readings of a report the
last counts. Reviews are rows of `reviews`: only the views above apply them.

```python
polars.read_delta("DIR/events").join(polars.read_delta("DIR/readings"), on=["reading_id", "recorded_at"], how="semi")
```

```sql
-- DuckDB, with its delta extension
SELECT e.* FROM delta_scan('DIR/events') e SEMI JOIN delta_scan('DIR/readings') r USING (reading_id, recorded_at);
```

```python
readings = spark.read.format("delta").load("DIR/readings")
spark.read.format("delta").load("DIR/events").join(readings, ["reading_id", "recorded_at"], "left_semi")
```
"""


def escape(text: str) -> str:
    """A text that may stand in a cell."""
    return text.replace("|", "\\|")


def render_table(table: Table) -> str:
    """A table or view as a section."""
    rows = "\n".join(f"| `{c.name}` | {name_type(c.type)} | {escape(c.meaning)} |" for c in table.columns)
    return f"### {table.name}\n\nA row: {table.row}.\n\n| column | type | meaning |\n| --- | --- | --- |\n{rows}\n"


def make_page() -> str:
    """The whole page."""
    views = "\n".join(map(render_table, VIEWS.values()))
    tables = "\n".join(map(render_table, TABLES.values()))
    return f"{INTRO}\n## Views\n\n{views}\n{DIRECT}\n## Tables\n\n{tables}"


if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8")
