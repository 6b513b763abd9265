"""What two sources are compared by: a row for each event between two states, with its day and quad class.

A side is the ledger's own deeds in flat coding (what is done and what is announced; not what is denied or only possible), the events of an
imported source, or a file of counts. Events without a day, and CAMEO's statements and appeals (01, 02), which PLOVER dropped, stay out.
"""
from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pyarrow as pa

from rawabit.ledger.exchange.flat import make_flat_query
from rawabit.ledger.exchange.lines import Line, read_lines
from rawabit.ledger.exchange.providers import make_day
from rawabit.ledger.exchange.vocabulary import find_cameo, find_country, find_quad, find_relations, load_countries
from rawabit.ledger.filters import Filters
from rawabit.ledger.ledger import Ledger
from rawabit.model import InputError, LedgerError

OWN = "rawabit"
SOURCES = {"icews": ("icews",), "polecat": ("polecat",), "gdelt1": ("gdelt1",), "gdelt2": ("gdelt2",), "gdelt": ("gdelt1", "gdelt2")}
SCHEMA = pa.schema([("day", pa.date32()), ("pair", pa.string()), ("quad", pa.int32()), ("n", pa.int64())])
COLUMNS = ("day", "source", "target")
KINDS = ("quad", "type", "cameo", "relation")
"""Columns of a file of counts that say what was done, the first that is there counts; `count` is 1 where there is none."""
PAIRS = """
SELECT day, least(x, y) || '|' || greatest(x, y) AS pair, quad::INTEGER AS quad, count(DISTINCT id) AS n
FROM (SELECT id, day, quad, x, unnest(others) AS y
      FROM (SELECT id, day, quad, unnest(actors) AS x, if(together, actors, recipients) AS others FROM parties))
WHERE x <> y AND list_contains($states, x) AND list_contains($states, y) GROUP BY ALL
"""
FOREIGN = """
WITH parties AS (SELECT foreign_id AS id, day, quad, actor_codes AS actors, recipient_codes AS recipients,
                        recipient IS NULL AND len(recipient_codes) = 0 AS together
                 FROM foreign_events WHERE source = $source AND day IS NOT NULL AND quad IS NOT NULL
                       AND NOT list_has_any(contexts, ['future', 'hypothetical', 'negation']))
"""
CODES = "list_transform({side}, lambda party: regexp_extract(party, '^[^/:]+'))"


class Side(msgspec.Struct, frozen=True):
    """One source: its name, its rows (`SCHEMA`), and what of it was passed over, by reason."""

    name: str
    rows: pa.Table
    passed: dict[str, int] = {}


def read_side(name: str, open_ledger: Callable[[], Ledger]) -> Side:
    """A source by its name, or a file of counts by its path. Raises LedgerError or InputError for what is neither."""
    if name == OWN:
        return Side(name, _read_own(open_ledger()))
    if name in SOURCES:
        return _read_foreign(name, open_ledger())
    if Path(name).is_file():
        return read_counts(name)
    raise InputError(f"{name} is no source and no file. Name one of {', '.join((OWN, *SOURCES))}, or a CSV file of counts.")


def _read_own(ledger: Ledger) -> pa.Table:
    sql, _ = make_flat_query("deeds", Filters())
    actors, recipients = (CODES.format(side=side) for side in ("actors", "recipients"))
    return ledger.query(f"""
        WITH flat AS ({sql}),
        parties AS (SELECT id, day, flat_quad AS quad, {actors} AS actors, {recipients} AS recipients, len(recipients) = 0 AS together
                    FROM (SELECT id, day, flat_quad, planned, modality, actors AS actors, recipients AS recipients FROM flat)
                    WHERE day IS NOT NULL AND (modality = 'actual' OR planned)) {_pairs()}""").cast(SCHEMA)


def _pairs() -> str:
    """`PAIRS` with the states in it."""
    return PAIRS.replace("$states", "[" + ", ".join(f"'{code}'" for code in sorted(load_countries().spelled)) + "]")


def _read_foreign(name: str, ledger: Ledger) -> Side:
    held = {row["source"] for row in ledger.query("SELECT DISTINCT source FROM foreign_events").to_pylist()} & set(SOURCES[name])
    if not held:
        raise LedgerError(f"the ledger at {ledger.location} holds no events of {name}. Import them with `rawabit import FILE… --as "
                          f"{SOURCES[name][-1]}`.")
    if len(held) > 1:
        raise LedgerError(f"the ledger at {ledger.location} holds events of {' and '.join(sorted(held))}, which overlap. Name one of them.")
    return Side(name, ledger.query((FOREIGN + _pairs()).replace("$source", f"'{held.pop()}'")).cast(SCHEMA))


def read_counts(path: str) -> Side:
    """A file of counts: CSV with the columns `day`, `source`, `target`, one of `KINDS`, and `count`. Raises InputError for another form."""
    passed: Counter[str] = Counter()
    rows = list(_read_counts(path, passed))
    return Side(path, pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], schema=SCHEMA), dict(passed))


def _read_counts(path: str, passed: Counter[str]) -> Iterator[tuple[object, ...]]:
    names: list[str] = []
    for line, fields in _read_fields(path):
        if not names:
            names = [name.strip().lower() for name in fields]
            missing = [name for name in COLUMNS if name not in names]
            if missing or not set(KINDS) & set(names):
                raise InputError(f"{line.place}: no column {' or '.join(missing or KINDS)}. See docs/exchange.md for the form of a file of "
                                 "counts.")
            continue
        if len(fields) != len(names):
            raise InputError(f"{line.place}: {len(fields)} columns, not {len(names)}. Mend the line and run the command again.")
        cells = {name: field.strip() for name, field in zip(names, fields, strict=True)}
        try:
            row = _make_count(cells)
        except ValueError as error:
            raise InputError(f"{line.place}: {error}. Mend the line and run the command again.") from error
        if isinstance(row, str):
            passed[row] += 1
        else:
            yield row


def _read_fields(path: str) -> Iterator[tuple[Line, list[str]]]:
    for line in read_lines(path):
        yield line, next(csv.reader([line.text or ""]))


def _make_count(cells: dict[str, str]) -> tuple[object, ...] | str:
    """(day, pair, quad, count); a text that says why the line does not count."""
    day, count = make_day(cells["day"]), cells.get("count") or "1"
    codes = {find_country(cells[side]) for side in ("source", "target")}
    if not count.isdecimal():
        raise ValueError(f"count {count!r} is no whole number")
    if None in codes:
        return next(f"no state: {cells[side]}" for side in ("source", "target") if find_country(cells[side]) is None)
    if len(codes) == 1:
        return "within one state"
    quad = _find_quad(cells)
    return "no type in PLOVER" if quad is None else (day, "|".join(sorted(code for code in codes if code)), quad, int(count))


def _find_quad(cells: dict[str, str]) -> int | None:
    """The quad class by the first of `KINDS` that is there. Raises ValueError for a value that is none of its kind."""
    kind = next(name for name in KINDS if name in cells)
    value = cells[kind]
    if kind == "quad":
        if value not in ("1", "2", "3", "4"):
            raise ValueError(f"quad {value!r} is none of 1, 2, 3, 4")
        return int(value)
    code = find_relations().get(value.lower()) if kind == "relation" else value
    name = code if kind == "type" else find_cameo(code or "")[1]
    if not name or (kind == "type" and find_quad(value.upper()) is None):
        raise ValueError(f"{kind} {value!r} is unknown")
    found = value.upper() if kind == "type" else find_cameo(code or "")[0]
    return find_quad(found) if found else None
