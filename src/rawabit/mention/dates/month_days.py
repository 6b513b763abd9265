"""Days of a month: «5 April 2018», «18/5/2018», «the 5th of this month», «5 and 6 April»."""
from __future__ import annotations

import re
from datetime import date

from rawabit.lexicon.time_rows import Form
from rawabit.mention.dates.calendars import HIJRI_YEARS, SINCE_YEAR, TO_YEAR, make_day
from rawabit.mention.dates.line import SLASHES, Found, Line
from rawabit.mention.dates.months import Months, Tail, find_year, read_month_names, read_tail
from rawabit.mention.dates.numbers import read_figure
from rawabit.mention.dates.stretches import Stretch, find_latest, find_period, make_days
from rawabit.model.time import Precision

DOTTED = re.compile(r"(\d{1,4})\.(\d{1,2})\.(\d{1,4})")


def read_dated(line: Line, i: int) -> Found | None:
    """A day of a month, in figures alone or with the month's name; of two calendars the Gregorian is kept."""
    found = _read_numeric(line, i) or _read_day_of_month(line, i)
    if found is None:
        return None
    same = line.take(found.end, "corresponding")
    other = _read_numeric(line, same[0]) or _read_day_of_month(line, same[0]) if same else None
    return Found(i, other.end, other.stretch) if other else found


def _read_numeric(line: Line, i: int) -> Found | None:
    if i >= len(line.words):
        return None
    parts, end = _numeric_parts(line, i)
    if not parts:
        return None
    if len(parts[0]) == 4:
        year, month, day = map(int, parts)
    elif len(parts[2]) == 4 and len(parts[0]) <= 2:
        day, month, year = map(int, parts)
    else:
        return None
    if month > 12 >= day:
        day, month = month, day
    era = line.take(end, "era")
    hijri = year in HIJRI_YEARS
    if not hijri and not SINCE_YEAR - 100 <= year <= TO_YEAR:
        return None
    start = make_day(year, month, day, hijri)
    return Found(i, era[0] if era else end, Stretch(start, start, Precision.DAY) if start else None)


def _numeric_parts(line: Line, i: int) -> tuple[tuple[str, ...], int]:
    dotted = DOTTED.fullmatch(line.words[i].norm)
    if dotted:
        return dotted.groups(), i + 1
    five = [word.norm for word in line.words[i:i + 5]]
    if len(five) < 5 or five[1] != five[3] or five[1] not in SLASHES:
        return (), i
    parts = tuple(five[::2])
    fine = all(p.isdecimal() and len(p) <= 4 for p in parts) and len(parts[1]) <= 2
    longer = line.at(i + 5, five[1]) and i + 6 < len(line.words) and line.words[i + 6].norm.isdecimal()
    return (parts, i + 5) if fine and not longer else ((), i)


def _read_day_of_month(line: Line, i: int) -> Found | None:
    days = _read_days(line, i)
    if days is None:
        return None
    j, first, last, form = days
    k = j + 1 if line.at(j, "/") else line.skip(j, "of")
    unit = line.take(k, "unit")
    month = unit and unit[1].entry.value == "month" and not unit[1].det and not unit[1].prep
    names = read_month_names(line, unit[0] if unit and month else k, False)
    if names is None:
        return _read_day_of_this(line, i, j, k, (first, last))
    if form and form.det and last <= 10 and k == j and not unit:
        return None
    end, tail = read_tail(line, names.end)
    if tail is None and line.in_name(i):
        return None
    return Found(i, end, _month_days(line.published, names, (first, last), tail))


def _read_days(line: Line, i: int) -> tuple[int, int, int, Form | None] | None:
    """One or several days of the month: (index after them, first, last, form if in words)."""
    figure = read_figure(line, i)
    if figure is None or not 1 <= figure[1] <= 31:
        return None
    j, first, form = figure
    if form and form.entry.kind == "ordinal" and (form.entry.weak or (first > 1 and not form.det)):
        return None
    last = first
    while following := _next_day(line, j):
        j, last = following
    return (j, first, last, form) if first <= last else None


def _next_day(line: Line, j: int) -> tuple[int, int] | None:
    link = line.take(j, "link")
    figure = read_figure(line, link[0] if link else j)
    if figure is None or not 1 <= figure[1] <= 31:
        return None
    return figure[:2] if link or (figure[2] and figure[2].conj) else None


def _read_day_of_this(line: Line, i: int, j: int, k: int, days: tuple[int, int]) -> Found | None:
    """«the 5th of the current month», «the 5th of this month», «the 5th current»."""
    hit = line.take(j, "direction") if k == j else None
    if hit and hit[1].entry.value == 0 and not hit[1].entry.loose:
        return Found(i, hit[0], _days_of(line.published, 0, days))
    if k == j and not line.take(j, "unit"):
        return None
    this = line.take(k, "demonstrative")
    unit = line.take(this[0] if this else k, "unit")
    if unit is None or unit[1].entry.value != "month" or unit[1].entry.count != 1 or not unit[1].det:
        return None
    hit = None if this else line.take(unit[0], "direction")
    direction = this[1].entry.value if this else hit[1].entry.value if hit else None
    return None if direction is None else Found(i, hit[0] if hit else unit[0], _days_of(line.published, direction, days))


def _days_of(published: date | None, direction: int | str, days: tuple[int, int]) -> Stretch | None:
    if published is None or not isinstance(direction, int):
        return None
    month = find_period(published, "month", direction)
    return make_days(month.start.year, month.start.month, days, False, "") if month else None


def _month_days(published: date | None, names: Months, days: tuple[int, int], tail: Tail | None) -> Stretch | None:
    year = find_year(published, names, tail)
    if year is None:
        return None
    stretch = make_days(year, names.first, days, names.hijri, "" if tail else "hijri" if names.hijri else "year")
    direction = tail.direction if tail else None
    if tail is None:
        return find_latest(stretch, published) if stretch else None
    if stretch and published and isinstance(direction, int) and direction in (-1, 1):
        moved = make_days(year - direction, names.first, days, names.hijri, "")
        nearer = moved and (moved.end < published if direction < 0 else moved.start > published)
        return moved if nearer else stretch
    return stretch
