"""A state, body or region: its relations ranked, who courts it, on whom it depends, its formats, offices, deeds and statements."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

import msgspec
from fastapi import Query

from rawabit.ledger.ledger import Ledger
from rawabit.lexicon.world import Held, load_world
from rawabit.relation.dependence import Dependence, find_dependence
from rawabit.relation.influence import Record, Rivals, find_rivals
from rawabit.relation.parties import find_states, members_in, rank_role
from rawabit.relation.standing import Standing, find_phases, read_standings
from rawabit.web.asked import Asked
from rawabit.web.naming import find_listed
from rawabit.web.views.pair import drop_spans
from rawabit.web.views.rows import SELECT, Code, Rows, add_around, check_code, find_page_day

POWERS = "RUS,CHN,TUR,USA,IGO-EU"
"""Rivals that are asked for where the reader names none: as `rawabit rivals`."""
SHOWN, PHASED, GROUPS = 20, 8, 8
"""Relations with states that are listed, and told with their phase; relations with bodies and regions that are listed."""
MOST_POWERS, RECORDS, LISTED, DEPENDENCE = 8, 12, 12, 60
"""Powers at most; lines of a cell, of other lists, and of dependence."""
SLICES = 12
"""Stretches of the window in which shares over time are told."""


class Order(StrEnum):
    """What relations are ranked by."""

    DEEDS = "deeds"
    WARMEST = "warmest"
    COLDEST = "coldest"


class Window(StrEnum):
    """Days that count as the present."""

    QUARTER = "90"
    YEAR = "365"
    THREE = "1095"


class Relation(msgspec.Struct, frozen=True):
    """With whom; deeds that happened and day of the newest; temperature; phase and since when, of the first ones listed."""

    other: str
    count: int
    last: date | None
    temperature: float
    phase: str | None
    since: date | None


class Share(msgspec.Struct, frozen=True):
    """A rival's part of a dimension with its newest records: see `relation.influence.Cell`. `count`: of all its records."""

    rival: str
    weight: float
    share: float | None
    before: float | None
    count: int
    records: tuple[Record, ...]


class Shares(msgspec.Struct, frozen=True):
    """A dimension: see `relation.influence.Row`."""

    dimension: str
    unit: str
    concentration: float
    cells: tuple[Share, ...]


class Slice(msgspec.Struct, frozen=True):
    """High-level contacts of a stretch of days, one weight for each rival."""

    first: date
    last: date
    weights: tuple[float, ...]

    @property
    def parts(self) -> tuple[tuple[float, float], ...]:
        """Where each share begins and how long it is, of 1."""
        total, out, at = sum(self.weights), [], 0.0
        for weight in self.weights:
            out.append((round(at, 4), round(weight / total, 4) if total else 0.0))
            at += out[-1][1]
        return tuple(out)


class Office(msgspec.Struct, frozen=True):
    """Who holds an office on the day, by the lexicon; or in what role reports of the last year name somebody, and in how many."""

    person: str
    role: str
    since: str | None
    reports: int


class Belongs(msgspec.Struct, frozen=True):
    """A format that it is a member or guest of."""

    id: str
    code: str | None
    name: str


class StatePage(msgspec.Struct, frozen=True):
    """`states`: those that a region or body stands for. `relations`: with states; `count`: of these, all; `groups`: with bodies and
    regions. `empty`: dimensions without records. `days`: as of which the table may be seen."""

    code: str
    day: date
    states: tuple[str, ...]
    order: Order
    relations: tuple[Relation, ...]
    count: int
    groups: tuple[Relation, ...]
    powers: tuple[str, ...]
    window: int
    days: tuple[date, ...]
    rows: tuple[Shares, ...]
    empty: tuple[str, ...]
    slices: tuple[Slice, ...]
    dependence: tuple[Dependence, ...]
    ties: Rows
    formats: tuple[Belongs, ...]
    offices: tuple[Office, ...]
    deeds: Rows
    statements: Rows


def view_state(ledger: Ledger, asked: Asked, *, code: Code, order: Annotated[Order, Query(description="Of its relations.")] = Order.DEEDS,
               rivals: Annotated[str, Query(max_length=200, description="Powers, by code or name, between commas.")] = "",
               window: Annotated[Window, Query(description="Days of the table of rivals.")] = Window.YEAR) -> StatePage:
    """A state, body or region: its relations, who courts it, on whom it depends."""
    day, days = find_page_day(ledger, asked), int(window)
    check_code(ledger, code, asked.as_of)
    standings = read_standings(ledger, code, day)
    alone, groups = ([one for one in standings if ("-" in one.pair[1]) is group] for group in (False, True))
    states = find_states(code, day.year)
    powers = find_powers(rivals, states | {code})
    table = find_rivals(ledger, code, powers, day, days)
    return StatePage(
        code, day, tuple(sorted(states - {code})), order, rank_relations(ledger, alone, order, PHASED, day), len(alone),
        rank_relations(ledger, groups, order, 0, day)[:GROUPS], powers, days,
        tuple(day - timedelta(days * n) for n in range(3)), tuple(make_shares(table)),
        tuple(row.dimension for row in table.rows if row.concentration is None), make_slices(table),
        tuple(find_dependence(ledger, code, None, day))[:DEPENDENCE], read_ties(ledger, code, day), find_formats(code, day.year),
        tuple(find_offices(ledger, code, day)), read_deeds(ledger, code, day), read_statements(ledger, code, day))


def rank_relations(ledger: Ledger, standings: Sequence[Standing], order: Order, phased: int, day: date) -> tuple[Relation, ...]:
    """The first relations in an order; so many of them with their phase."""
    keys = {Order.DEEDS: lambda one: -one.count, Order.WARMEST: lambda one: -one.temperature, Order.COLDEST: lambda one: one.temperature}
    ranked = sorted(standings, key=keys[order])[:SHOWN]
    return tuple(Relation(one.pair[1], one.count, one.last, round(one.temperature, 1), one.phase.name if one.phase else None,
                          one.phase.start if one.phase else None) for one in (*find_phases(ledger, ranked[:phased], day), *ranked[phased:]))


def find_powers(rivals: str, own: Iterable[str]) -> tuple[str, ...]:
    """The rivals that were chosen, else `POWERS`; without the target and its states."""
    return tuple(code for code in find_listed(rivals) or find_listed(POWERS) if code not in own)[:MOST_POWERS]


def make_shares(table: Rivals) -> Iterator[Shares]:
    """The rows that have records; of each cell the newest."""
    for row in table.rows:
        if row.concentration is not None:
            cells = (Share(cell.rival, cell.weight, cell.share, cell.before, len(cell.records),
                           tuple(sorted(cell.records, key=lambda record: record.day or date.min, reverse=True)[:RECORDS]))
                     for cell in row.cells)
            yield Shares(row.dimension, row.unit, row.concentration, tuple(cells))


def make_slices(table: Rivals) -> tuple[Slice, ...]:
    """The high-level contacts of the window in `SLICES` stretches, from the records that the shares rest on."""
    row = next(row for row in table.rows if row.dimension == "contacts")
    first = table.as_of - timedelta(table.window - 1)
    edges = [first + timedelta(table.window * n // SLICES) for n in range(SLICES + 1)]
    return tuple(Slice(start, end - timedelta(1), tuple(
        sum(record.weight for record in cell.records if record.day and start <= record.day < end) for cell in row.cells))
        for start, end in pairwise(edges))


def read_ties(ledger: Ledger, code: str, day: date) -> Rows:
    """The ties that hold, each once by its newest report."""
    rows = ledger.ties(actor=code, holds_on=day, as_of=day).to_pylist()
    newest = {(row["relation"], row["subject_code"], row["object_code"]): row for row in rows if row["subject_code"] != row["object_code"]}
    return drop_spans(list(newest.values()))[-LISTED:]


def find_formats(code: str, year: int) -> tuple[Belongs, ...]:
    """The formats that it belongs to in a year."""
    return tuple(Belongs(row.id, row.actor, row.english) for row in load_world().formats
                 if row.founded <= year and (code in members_in(row, year) or code in row.guests))


def find_offices(ledger: Ledger, code: str, day: date) -> Iterator[Office]:
    """Leaders and ministers of the day, as the lexicon knows them; then others whom reports of a year name, in the role told most often."""
    named = read_people(ledger, code, day)
    held = [one for one in load_world().offices if one.code == code and _holds(one, day) and rank_role(one.role) in ("leader", "minister")]
    for one in sorted(held, key=lambda one: (rank_role(one.role) != "leader", one.role))[:LISTED]:
        yield Office(one.name, one.role, one.since, sum(row["reports"] for row in named.pop(one.name, [])))
    for person, rows in list(named.items())[:LISTED]:
        yield Office(person, rows[0]["role"], None, sum(row["reports"] for row in rows))


def _holds(held: Held, day: date) -> bool:
    """Years and days compare by their digits; an office whose beginning nobody knows is not told as held."""
    written, since, until = day.isoformat(), held.since or "", held.until or "9"
    return bool(since) and written[: len(since)] >= since and written[: len(until)] <= until


def read_people(ledger: Ledger, code: str, day: date) -> dict[str, Rows]:
    """Who is named in the reports of a year, in which role and in how many, by person; those named most come first."""
    sql = ("SELECT english, role, count(DISTINCT document_id) AS reports FROM people WHERE code = ? "
           "AND sector IN ('GOV', 'MIL', 'LEG') AND role IS NOT NULL AND role <> '' AND published > ? AND published <= ? GROUP BY ALL "
           "ORDER BY reports DESC, english, role LIMIT 100")
    out: dict[str, Rows] = {}
    for row in ledger.query(sql, [code, day - timedelta(365), day], day).to_pylist():
        out.setdefault(row["english"], []).append(row)
    return out


def read_deeds(ledger: Ledger, code: str, day: date) -> Rows:
    """The newest deeds with others, those of most reports first within a day."""
    sql = (f"{SELECT} WHERE list_contains(codes, ?) AND len(codes) > 1 AND modality = 'actual' AND first_told <= ? "
           f"ORDER BY first_told DESC, reports DESC, deed_id LIMIT {LISTED}")
    return add_around(ledger, ledger.query(sql, [code, day], day).to_pylist(), day)


def read_statements(ledger: Ledger, code: str, day: date) -> Rows:
    """The newest statements, quoted ones first within a day."""
    sql = f"SELECT * FROM statements WHERE speaker_code = ? ORDER BY published DESC NULLS LAST, quoted DESC, statement_id LIMIT {LISTED}"
    return drop_spans(ledger.query(sql, [code], day).to_pylist())


