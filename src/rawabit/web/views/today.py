"""Today: which relations move and why, the newest deeds, what is planned next, and a matrix of relations."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Annotated, Any

import msgspec
from fastapi import Query

from rawabit.ledger.ledger import Ledger
from rawabit.model import LedgerError
from rawabit.relation.deeds import Deed
from rawabit.relation.movers import SHOWN, Mover, rank_movers
from rawabit.relation.standing import find_temperature, join_deeds, keep_pairs, try_sides
from rawabit.web.asked import Asked
from rawabit.web.naming import find_listed
from rawabit.web.views.rows import SELECT, Rows, add_around, find_page_day, read_rows

MOVERS, NEWEST, PLANNED, STATES, MOST_STATES = 6, 15, 40, 12, 30
"""Lines of each list; states of the matrix, where none are chosen and at most."""
LEAST = 1.0
"""Change below which a pair has not moved: less than one meeting of ministers told by two reports."""
BINS = (2.0, 8.0, 25.0)
"""Temperatures from which a cell has a deeper colour: most pairs of the 2018 reports lie within 2, one in ten beyond 8."""
LONGEST = 31
"""Days of a plan that still belongs to a month; one that is told by season or year, or that runs already, belongs to none."""
VAGUE = f'coalesce(start < ? OR "end" - start > {LONGEST}, true)'
States = Annotated[str, Query(max_length=400, description="States of the matrix, by code or name, between commas.")]
Stretch = Annotated[int, Query(ge=1, le=3660, description="Days within which pairs moved.")]


class Moved(msgspec.Struct, frozen=True):
    """A pair with its change and the ids of the deeds that did most of it."""

    pair: tuple[str, str]
    change: float
    deeds: tuple[str, ...]


class Cell(msgspec.Struct, frozen=True):
    """A pair of the matrix. `temperature`: None where no deed is told; `tone`: -3 (coldest) to 3."""

    pair: tuple[str, str]
    temperature: float | None
    tone: int


class Month(msgspec.Struct, frozen=True):
    """The ids of deeds that are planned to begin in a month; None for those of no month."""

    start: date | None
    deeds: tuple[str, ...]


class TodayPage(msgspec.Struct, frozen=True):
    """`firm`: whether the deeds that moved pairs are told by enough reports to be relied on. `newest`: by the day on which they were first
    told. `deeds`: rows by id of all that are named."""

    day: date
    since: date
    window: int
    firm: bool
    warmed: tuple[Moved, ...]
    cooled: tuple[Moved, ...]
    newest: tuple[tuple[date, tuple[str, ...]], ...]
    planned: tuple[Month, ...]
    states: tuple[str, ...]
    chosen: str
    matrix: tuple[tuple[Cell | None, ...], ...]
    deeds: dict[str, dict[str, Any]]


def view_today(ledger: Ledger, asked: Asked, *, days: Stretch = 30, states: States = "") -> TodayPage:
    """Which relations move and why, the newest deeds, what is planned next."""
    day = find_page_day(ledger, asked)
    since = find_since(day, days)
    pairs = keep_pairs(ledger, day)
    firm = [make_moved(mover) for mover in rank_movers(pairs, since, day) if abs(mover.change) >= LEAST]
    moved = firm or find_faint(pairs, since, day)
    newest, planned = read_newest(ledger, day), read_planned(ledger, day)
    codes = find_listed(states)[:MOST_STATES] or find_active(pairs, since, day) or find_active(pairs, date.min, day)
    warmed, cooled = ([one for one in moved if one.change * sign > 0][:MOVERS] for sign in (1, -1))
    named = chain(*(one.deeds for one in (*warmed, *cooled)))
    rows = read_rows(ledger, named, day) | {row["deed_id"]: row for row in (*newest, *planned)}
    return TodayPage(day, since, days, bool(firm), tuple(warmed), tuple(cooled), group_told(newest), group_months(planned, day), codes,
                     states,
                     tuple(tuple(make_matrix_row(code, codes, pairs, day)) for code in codes), rows)


def find_since(day: date, days: int) -> date:
    """The day from which a stretch runs. Raises LedgerError where that lies before the calendar."""
    if day.toordinal() <= days:
        raise LedgerError(f"no {days} days lie before {day}. Ask as of a later day.")
    return day - timedelta(days)


def make_moved(mover: Mover) -> Moved:
    """A mover as a page shows it."""
    one, other = mover.pair.split("|")
    return Moved((one, other), round(mover.change, 1), tuple(deed.deed_id for deed in mover.deeds))


def find_faint(pairs: Mapping[str, Sequence[Deed]], since: date, day: date) -> list[Moved]:
    """For a ledger of few reports, where no deed is firm: how the temperature changed, with the heaviest deeds of the same direction."""
    out = []
    for pair, deeds in pairs.items():
        new = [deed for deed in deeds if deed.modality == "actual" and since <= deed.own_day <= day]
        change = find_temperature(deeds, day) - find_temperature(deeds, since) if new and "-" not in pair else 0.0
        causes = sorted((deed for deed in new if deed.score * change > 0), key=lambda deed: (-abs(deed.heat), deed.deed_id))
        if causes and abs(change) >= LEAST:
            out.append(make_moved(Mover(pair, change, tuple(causes[:SHOWN]))))
    return sorted(out, key=lambda one: (-abs(one.change), one.pair))


def find_active(pairs: Mapping[str, Sequence[Deed]], since: date, day: date) -> tuple[str, ...]:
    """The states that did most since a day, by code."""
    counts: Counter[str] = Counter()
    for pair, deeds in pairs.items():
        if "-" not in pair:
            number = sum(deed.modality == "actual" and since <= deed.own_day <= day for deed in deeds)
            counts.update({code: number for code in pair.split("|") if number})
    return tuple(sorted(code for code, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:STATES]))


def make_matrix_row(code: str, codes: Sequence[str], pairs: Mapping[str, Sequence[Deed]], day: date) -> Iterator[Cell | None]:
    """A state with each of the others; None with itself."""
    for other in codes:
        sides = try_sides(code, other, day.year)
        deeds = join_deeds(pairs, sides) if sides else ()
        temperature = round(find_temperature(deeds, day), 1) if deeds else None
        yield None if code == other else Cell((code, other), temperature, find_tone(temperature))


def find_tone(temperature: float | None) -> int:
    """How deep the colour is, with the sign."""
    depth = sum(abs(temperature or 0.0) >= edge for edge in BINS)
    return depth if (temperature or 0.0) > 0 else -depth


def read_newest(ledger: Ledger, day: date) -> Rows:
    """The deeds first told last, those of most reports first."""
    sql = (f"{SELECT} WHERE first_told <= ? AND len(codes) > 1 "
           f"ORDER BY first_told DESC, reports DESC, abs(score) DESC, deed_id LIMIT {NEWEST}")
    return add_around(ledger, ledger.query(sql, [day], day).to_pylist(), day)


def read_planned(ledger: Ledger, day: date) -> Rows:
    """What was announced and is still to come, the nearest first; words of conflict that are foretold are left out."""
    sql = (f"{SELECT} WHERE outcome IN ('planned', 'moved') AND coalesce(\"end\", start, ?) >= ? AND quad <> 3 AND len(codes) > 1 "
           f"ORDER BY {VAGUE}, start, reports DESC, deed_id LIMIT {PLANNED}")
    return add_around(ledger, ledger.query(sql, [day, day, day], day).to_pylist(), day)


def group_told(rows: Rows) -> tuple[tuple[date, tuple[str, ...]], ...]:
    """Ids by the day on which they were first told."""
    out: dict[date, list[str]] = {}
    for row in rows:
        out.setdefault(row["first_told"], []).append(row["deed_id"])
    return tuple((day, tuple(ids)) for day, ids in out.items())


def group_months(rows: Rows, day: date) -> tuple[Month, ...]:
    """Ids by the month in which they begin, this month and the next whatever they hold; those of no month last."""
    first = day.replace(day=1)
    out: dict[date | None, list[str]] = {first: [], (first + timedelta(LONGEST)).replace(day=1): []}
    for row in rows:
        known = row["start"] and row["start"] >= day and (row["end"] - row["start"]).days <= LONGEST
        out.setdefault(row["start"].replace(day=1) if known else None, []).append(row["deed_id"])
    months = sorted((start, ids) for start, ids in out.items() if start)
    return tuple(Month(start, tuple(ids)) for start, ids in (*months, *([(None, out[None])] if None in out else [])))
