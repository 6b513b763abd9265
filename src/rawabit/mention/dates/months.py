"""Months and seasons: their names, and what follows them and says the year.

A month's name alone is no date: a preposition, a year or a second name must speak for it.
"""
from __future__ import annotations

from datetime import date

import msgspec

from rawabit.lexicon.time_rows import Form
from rawabit.mention.dates.calendars import HIJRI_YEARS, month_days, to_hijri
from rawabit.mention.dates.line import CLOSE, OPEN, SLASHES, Found, Line
from rawabit.mention.dates.numbers import read_bare_year, read_year
from rawabit.mention.dates.stretches import Direction, Stretch, make_season
from rawabit.model.time import Precision


class Months(msgspec.Struct, frozen=True):
    """A month or a pair of months. `sure`: it can be no other word; `weak`: it is often another word."""

    end: int
    first: int
    last: int
    hijri: bool
    sure: bool
    weak: bool


class Tail(msgspec.Struct, frozen=True):
    """What follows a month and says its year: a year, a number of years from publication, or a direction."""

    year: int | None = None
    era: str = ""
    shift: Direction = None
    direction: Direction = None


def read_month(line: Line, i: int, j: int, form: Form, support: bool) -> Found | None:
    """A rule: «in April», «April 2018», «April and May»."""
    names = read_month_names(line, i, True)
    if names is None:
        return None
    return read_month_phrase(line, i, names, (support or form.prep) and not names.weak)


def read_month_phrase(line: Line, i: int, names: Months, support: bool) -> Found | None:
    """The rest of an expression whose month's names are read. `support`: the names need no year to be a date."""
    end, tail = read_tail(line, names.end)
    if tail is None and not (support or names.sure):
        return None
    if tail is None and line.in_name(i):
        return None
    return Found(i, end, _month_stretch(line.published, names, tail))


def read_month_names(line: Line, i: int, pairs: bool) -> Months | None:
    """The names of one month at `i`. `pairs`: or of two."""
    hit = line.take(i, "month") or line.take(i, "hijri-month")
    if hit is None:
        return None
    end, form = hit
    kind, value = form.entry.kind, form.entry.number
    sure, weak = bool(form.tail), form.entry.weak
    alias = _alias(line, end, kind, value)
    if alias:
        end, sure = alias, True
    last = _other_month(line, end, kind) if pairs else None
    return Months(last[0] if last else end, value, last[1] if last else value, kind != "month", sure, weak)


def _alias(line: Line, j: int, kind: str, value: int) -> int | None:
    """The index after a second name of the same month: after a slash, in brackets, or bare."""
    mark = line.words[j].norm if j < len(line.words) else ""
    k = j + 1 if mark in SLASHES or mark == OPEN else j
    hit = line.take(k, kind)
    if hit is None or hit[1].entry.value != value or hit[1].conj:
        return None
    if mark != OPEN:
        return hit[0]
    return hit[0] + 1 if line.at(hit[0], CLOSE) else None


def _other_month(line: Line, j: int, kind: str) -> tuple[int, int] | None:
    link = line.take(j, "link")
    hit = line.take(link[0] if link else j, kind)
    if hit is None or not (link or hit[1].conj):
        return None
    alias = _alias(line, hit[0], kind, hit[1].entry.number)
    return alias or hit[0], hit[1].entry.number


def read_tail(line: Line, j: int) -> tuple[int, Tail | None]:
    """What says the year, after a month or a season."""
    hit = line.take(j, "direction")
    if hit:
        return hit[0], Tail(direction=hit[1].entry.value)
    k = line.skip(j, "of")
    this = line.take(k, "demonstrative")
    unit = line.take(this[0] if this else k, "unit")
    if unit is None or unit[1].entry.value != "year" or unit[1].entry.count != 1:
        year = None if this else read_bare_year(line, k)
        return (year[0], Tail(year=year[1], era=year[2])) if year else (j, None)
    if this:
        return unit[0], Tail(shift=this[1].entry.value)
    year = read_year(line, unit[0])
    if year:
        return year[0], Tail(year=year[1], era=year[2])
    hit = line.take(unit[0], "direction")
    return (hit[0], Tail(shift=hit[1].entry.value)) if hit else (j, None)


def _month_stretch(published: date | None, names: Months, tail: Tail | None) -> Stretch | None:
    year = find_year(published, names, tail)
    if year is None:
        return None
    first, last = month_days(year, names.first, names.hijri), month_days(year + (names.last < names.first), names.last, names.hijri)
    if first is None or last is None:
        return None
    precision = Precision.MONTH if names.first == names.last else Precision.RANGE
    return Stretch(first[0], last[1], precision, "" if tail else "hijri" if names.hijri else "year")


def find_year(published: date | None, names: Months, tail: Tail | None) -> int | None:
    """The year of a month, in its own calendar."""
    if tail and tail.year is not None:
        return tail.year if names.hijri == (tail.era == "hijri" or (not tail.era and tail.year in HIJRI_YEARS)) else None
    if published is None:
        return None
    year, month, _ = to_hijri(published) if names.hijri else (published.year, published.month, 0)
    if tail is None:
        return year - (names.first > month)
    if tail.shift is not None:
        return year + tail.shift if isinstance(tail.shift, int) else None
    direction = tail.direction
    if not isinstance(direction, int):
        return None
    if direction < 0:
        return year + direction + (names.first < month)
    return year + direction - (names.first > month) if direction else year


def read_season(line: Line, i: int, j: int, form: Form, support: bool) -> Found | None:
    """A rule: «the summer of 2018», «last winter»."""
    end, tail = read_tail(line, j)
    if tail is None or (tail.direction is not None and not form.det):
        return None
    return Found(i, end, find_season(line.published, form.entry.number, tail))


def find_season(published: date | None, month: int, tail: Tail) -> Stretch | None:
    """The season that begins in that month, of the year that the tail says."""
    if tail.year is not None:
        return None if tail.era == "hijri" or tail.year in HIJRI_YEARS else make_season(month, tail.year)
    way = tail.shift if tail.shift is not None else tail.direction
    if published is None or not isinstance(way, int):
        return None
    if tail.shift is not None or way == 0:
        return make_season(month, published.year + way)
    near = [s for n in (-2, -1, 0, 1, 2) if (s := make_season(month, published.year + n))]
    if way < 0:
        return max((s for s in near if s.end < published), key=lambda s: s.start, default=None)
    return min((s for s in near if s.start > published), key=lambda s: s.start, default=None)
