"""Units of time that the words place: «the year 2018», «last week», «the past five years», «this month», «the 24 hours past»."""
from __future__ import annotations

from rawabit.lexicon.time_rows import Form
from rawabit.mention.dates.lengths import find_last_units
from rawabit.mention.dates.line import Found, Line
from rawabit.mention.dates.month_days import read_dated
from rawabit.mention.dates.months import Tail, find_season, read_month_names, read_month_phrase
from rawabit.mention.dates.numbers import LAST, read_figure, read_year, read_year_list
from rawabit.mention.dates.stretches import find_period, make_years


def read_unit(line: Line, i: int, j: int, form: Form, support: bool) -> Found | None:
    """A rule: «the year 2018», «the month of April», «last week»."""
    unit, count = form.entry.value, form.entry.count
    if unit == "month" and count and not form.det and (names := read_month_names(line, j, True)):
        return read_month_phrase(line, i, names, True)
    if line.barred(i, form):
        return None
    if unit == "year":
        year = read_year(line, line.skip(j, "prep") if count == 0 else j)
        if year:
            return read_year_list(line, i, year, count != 1)
    return read_directed(line, i, j, form) if form.det else None


def read_directed(line: Line, i: int, j: int, form: Form) -> Found | None:
    """«last week», «the coming two years», «the past five years», «the nineteenth century»."""
    unit, count = str(form.entry.value), form.entry.count
    figure = read_figure(line, j) if count != 1 or unit == "century" else None
    figure = None if figure and figure[1] == LAST else figure
    k = line.skip(figure[0] if figure else j, "few")
    if unit == "century" and figure and count == 1:
        return Found(i, figure[0], make_years(figure[1] * 100 - 99, figure[1] * 100, ""))
    hit = line.take(k, "direction")
    if hit is None or (hit[1].entry.loose and (unit == "decade" or _follows_noun(line, i))):
        return None
    direction = hit[1].entry.value
    if count == 1:
        return Found(i, hit[0], find_period(line.published, unit, direction))
    many = 2 if count == 2 else figure[1] if figure else 24 if unit == "hour" else 0
    if not many or not isinstance(direction, int):
        return Found(i, hit[0], None)
    return Found(i, hit[0], find_last_units(line.published, unit, many, direction))


def _follows_noun(line: Line, i: int) -> bool:
    """Whether the word before has the article and is no calendar word, so that an adjective after may be its own."""
    return i > 0 and line.words[i - 1].det and line.words[i - 1].norm not in line.table.starts


def read_this(line: Line, i: int, j: int, form: Form, support: bool) -> Found | None:
    """A rule: «this week», «this summer», «this Friday»."""
    hit = line.take(j, "unit")
    if hit and hit[1].det and hit[1].entry.count == 1:
        return Found(i, hit[0], find_period(line.published, str(hit[1].entry.value), form.entry.value))
    hit = line.take(j, "season")
    if hit and hit[1].det:
        return Found(i, hit[0], find_season(line.published, hit[1].entry.number, Tail(shift=form.entry.value)))
    named = line.take(j, "weekday")
    day = line.plain(j) if named and form.entry.value == 0 else None
    return Found(i, day.end, day.stretch) if day else None


def read_digits(line: Line, i: int) -> Found | None:
    """A date or a count of units that begins with a number in digits."""
    return read_dated(line, i) or _read_counted(line, i)


def read_counted_or_dated(line: Line, i: int, j: int, form: Form, support: bool) -> Found | None:
    """A rule: a date or a count of units that begins with a number in words."""
    return read_dated(line, i) or _read_counted(line, i)


def _read_counted(line: Line, i: int) -> Found | None:
    """«the 24 hours past»: a number, a unit and a direction."""
    figure = read_figure(line, i)
    unit = line.take(figure[0], "unit") if figure else None
    if figure is None or unit is None or (unit[1].det and unit[1].entry.count):
        return None
    hit = line.take(unit[0], "direction")
    if hit is None or not isinstance(hit[1].entry.value, int):
        return None
    return Found(i, hit[0], find_last_units(line.published, str(unit[1].entry.value), figure[1], hit[1].entry.value))
