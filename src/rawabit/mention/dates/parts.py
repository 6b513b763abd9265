"""Parts of a month, a year or ten years: «mid-April», «the first half of 2018», «the nineties»."""
from __future__ import annotations

from rawabit.lexicon.time_rows import Form
from rawabit.mention.dates.line import Found, Line
from rawabit.mention.dates.months import read_month_names, read_month_phrase
from rawabit.mention.dates.numbers import LAST, read_number, read_years
from rawabit.mention.dates.stretches import find_fraction, find_part, find_period, make_years
from rawabit.mention.dates.units import read_directed


def read_part(line: Line, i: int, j: int, form: Form, support: bool) -> Found | None:
    """A rule: «the beginning of April», «the end of the year»."""
    part = str(form.entry.value)
    names = read_month_names(line, j, True)
    body = read_month_phrase(line, j, names, True) if names else None
    body = body or read_years(line, j, False) or _read_whole(line, j)
    return Found(i, body.end, find_part(body.stretch, part) if body.stretch else None) if body else None


def read_fraction(line: Line, i: int, j: int, form: Form, support: bool) -> Found | None:
    """A rule: «the second half of the year», «the last quarter of 2018»."""
    which = read_number(line, j)
    if which is None or not which[2].det:
        return None
    parts = form.entry.number
    number = parts if which[1] == LAST else which[1]
    k = line.skip(which[0], "of")
    body = line.plain(k) or read_years(line, k, False) or _read_bare_unit(line, k)
    if body is None or number > parts:
        return None
    return Found(i, body.end, find_fraction(body.stretch, parts, number) if body.stretch else None)


def read_decade(line: Line, i: int, j: int, form: Form, support: bool) -> Found | None:
    """A rule: «the nineties», «the sixties of the last century»."""
    value = form.entry.number
    k = line.skip(j, "of")
    hit = line.take(k, "unit")
    if hit and hit[1].entry.value == "century" and hit[1].det:
        century = read_directed(line, k, hit[0], hit[1])
        if century:
            start = century.stretch.start.year - 1 + value if century.stretch else None
            return Found(i, century.end, make_years(start, start + 9, "") if start else None)
    if not form.det or value < 60 or line.take(j, "age"):
        return None
    return Found(i, j, make_years(1900 + value, 1909 + value, ""))


def _read_whole(line: Line, j: int) -> Found | None:
    """What a part or a fraction may be taken of."""
    if any(line.take(j, kind) for kind in ("unit", "demonstrative", "decade", "fraction", "season")):
        body = line.plain(j)
        if body:
            return body
    return _read_bare_unit(line, j)


def _read_bare_unit(line: Line, j: int) -> Found | None:
    """«the month», «the year»: publication's own; which week is meant cannot be told."""
    hit = line.take(j, "unit")
    if hit is None or not hit[1].det or hit[1].entry.count != 1 or hit[1].entry.value not in ("week", "month", "year"):
        return None
    unit = str(hit[1].entry.value)
    if hit[0] < len(line.words) and line.words[hit[0]].det and unit != "week":
        return None  # an adjective makes it another year: the financial, the seventh
    return Found(j, hit[0], find_period(line.published, unit, 0) if unit != "week" else None)
