"""Import of indicator series that a user has, from CSV, into a table of their own. docs/influence.md describes the columns.

A line that cannot be right is named and passed over; the others are imported. The same file twice adds nothing; a revised value is a new
row, and the newest holds. Order of work: read and check lines, drop those whose value the ledger holds, append the rest in one commit.
"""
from __future__ import annotations

import csv
import math
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from rawabit.ledger.ids import make_id
from rawabit.ledger.ledger import Ledger
from rawabit.ledger.writer import LedgerWriter
from rawabit.model import InputError

NEEDED = ("measure", "subject", "period", "value", "unit", "source")
KNOWN = (*NEEDED, "partner", "published")
CODE = re.compile(r"[A-Z]{3}|(IGO|REG|NGO|MNC|IMG)-\w+")
PERIOD = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
MEASURE = re.compile(r"[a-z][a-z0-9_]*")


class Line(msgspec.Struct, frozen=True):
    """A line of the file that can be right."""

    measure: str
    subject: str
    partner: str | None
    period: str
    value: float
    unit: str
    source: str
    known_from: date
    file: str

    @property
    def key(self) -> tuple[str | None, ...]:
        """What it measures, and who says so."""
        return (self.measure, self.subject, self.partner, self.period, self.unit, self.source)


class Imported(msgspec.Struct):
    """What came of an import. `issues`: place and reason of each line that was passed over."""

    read: int = 0
    new: int = 0
    seen: int = 0
    issues: list[tuple[str, str]] = []


def import_indicators(path: str, writer: LedgerWriter) -> Imported:
    """Imports a file. Raises InputError for one that cannot be read or lacks a column."""
    tally = Imported()
    held = {key: (row["value"], row["indicator_id"]) for key, row in _read_held(Ledger(writer.store.location))}
    rows = []
    for line in read_indicators(path, tally):
        before = held.get(line.key)
        if before and before[0] == line.value:
            tally.seen += 1
            continue
        indicator_id = make_id("indicator", *line.key, line.value, before and before[1])
        held[line.key] = (line.value, indicator_id)
        rows.append({"indicator_id": indicator_id, **msgspec.structs.asdict(line)})
    tally.new = len(rows)
    writer.append_rows("indicators", rows)
    return tally


def _read_held(ledger: Ledger) -> Iterator[tuple[tuple[str | None, ...], dict[str, object]]]:
    for row in ledger.query("SELECT * FROM indicators").to_pylist():
        yield tuple(row[name] for name in ("measure", "subject", "partner", "period", "unit", "source")), row


def read_indicators(path: str, tally: Imported) -> Iterator[Line]:
    """The lines of a file that can be right; the others go to the issues. Where a key stands twice, the later line is the newer value."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            _check_header(path, reader.fieldnames or ())
            for row in reader:
                tally.read += 1
                place = f"{Path(path).name}:{reader.line_num}"
                made = make_line({name: (row.get(name) or "").strip() for name in KNOWN}, place)
                if isinstance(made, Line):
                    yield made
                else:
                    tally.issues.append((place, made))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read ({error}). Give a CSV file in UTF-8 with a header row.") from error


def _check_header(path: str, names: Iterable[str]) -> None:
    given = list(names)
    missing, unknown = [n for n in NEEDED if n not in given], [n for n in given if n not in KNOWN]
    if missing or unknown:
        told = [f"{what} {', '.join(names)}" for what, names in (("no column", missing), ("unknown column", unknown)) if names]
        raise InputError(f"{path}: {'; '.join(told)}. Name the columns {', '.join(NEEDED)}, and, if you like, partner and published.")


def make_line(row: dict[str, str], place: str) -> Line | str:
    """A line, or why it cannot be right."""
    if not MEASURE.fullmatch(row["measure"]):
        return f"measure {row['measure']!r} is no name. Write small letters and _, for example trade_share."
    for name in ("subject", "partner"):
        if not (CODE.fullmatch(row[name]) or (name == "partner" and not row[name])):
            return f"{name} {row[name]!r} is no code. Write ISO 3166 alpha-3 (TJK) or a body's code (IGO-EU)."
    last = find_last_day(row["period"])
    if last is None:
        return f"period {row['period']!r} is no year, month or day. Write 2024, 2024-03 or 2024-03-31."
    value = _number(row["value"])
    if value is None:
        return f"value {row['value']!r} is no number. Write digits with a point, for example 22.6."
    if not row["unit"] or not row["source"]:
        return "unit or source is empty. Say in what it is measured and who publishes it."
    published = find_last_day(row["published"]) if row["published"] else last
    if published is None:
        return f"published {row['published']!r} is no day. Write 2025-03-31."
    return Line(row["measure"], row["subject"], row["partner"] or None, row["period"], value, row["unit"], row["source"], published, place)


def find_last_day(period: str) -> date | None:
    """The last day of a year, month or day; None for what is none of these."""
    found = PERIOD.fullmatch(period)
    if not found:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    try:
        return date(year, month, int(found[3] or monthrange(year, month)[1]))
    except ValueError:
        return None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
