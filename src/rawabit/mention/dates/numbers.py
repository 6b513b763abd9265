"""Numbers in digits or words, and the years that they may be."""
from __future__ import annotations

from rawabit.lexicon.time_rows import Form
from rawabit.mention.dates.calendars import HIJRI_YEARS, SINCE_YEAR, TO_YEAR
from rawabit.mention.dates.line import Found, Line
from rawabit.mention.dates.stretches import make_years

LAST = 99
"""Value of the ordinal that means «the last»."""


def read_number(line: Line, i: int) -> tuple[int, int, Form] | None:
    """A number in words, cardinal or ordinal: (index after it, value, form of its first word)."""
    hit = _read_number_word(line, i)
    if hit is None:
        return None
    end, first = hit
    total, step = first.entry.number, first.entry.number
    while following := _read_number_word(line, end):
        form = following[1]
        value = form.entry.number
        teen = step < 10 and value == 10 and not form.conj and not form.det
        added = form.conj and not form.prep and (value < step or (step < 10 and 20 <= value < 100))
        if not teen and not added:
            break
        total, step, end = total + value, value if value >= 100 or step >= 100 else min(step, value), following[0]
        if teen:
            break
    return end, total, first


def _read_number_word(line: Line, i: int) -> tuple[int, Form] | None:
    return line.take(i, "number") or line.take(i, "ordinal")


def read_figure(line: Line, i: int) -> tuple[int, int, Form | None] | None:
    """A whole number in digits (with the article before it or not) or in words."""
    k = line.skip(i, "article")
    if k < len(line.words) and line.words[k].norm.isdecimal():
        return (k + 1, int(line.words[k].norm), None) if len(line.words[k].norm) <= 4 else None
    return read_number(line, i) if k == i else None


def read_year(line: Line, i: int) -> tuple[int, int, str] | None:
    """A year after a word that announces one: (index after it, year, era)."""
    figure = read_figure(line, i)
    if figure is None or not 1000 <= figure[1] <= TO_YEAR:
        return None
    era = line.take(figure[0], "era")
    return (era[0], figure[1], str(era[1].entry.value)) if era else (figure[0], figure[1], "")


def read_bare_year(line: Line, i: int) -> tuple[int, int, str] | None:
    """A number of four digits that may be a year and counts nothing."""
    if i >= len(line.words) or not (line.words[i].norm.isdecimal() and len(line.words[i].norm) == 4):
        return None
    year = read_year(line, i)
    if year is None or (not year[2] and year[1] < SINCE_YEAR and year[1] not in HIJRI_YEARS):
        return None
    return None if line.take(year[0], "counter") or _slashed(line, year[0]) else year


def _slashed(line: Line, i: int) -> bool:
    """Whether a stroke and a number of one or two digits follow: the year is then part of something else."""
    return line.at(i, "/") and i + 1 < len(line.words) and line.words[i + 1].norm.isdecimal() and len(line.words[i + 1].norm) < 4


def read_years(line: Line, i: int, ranges: bool) -> Found | None:
    """One bare year or several. `ranges`: words for «to» may join them, not «and» and a dash alone."""
    year = read_bare_year(line, i)
    return read_year_list(line, i, year, ranges) if year else None


def read_year_list(line: Line, i: int, year: tuple[int, int, str], ranges: bool) -> Found:
    """The years that follow one that is read already: «2016 and 2017», «2016-2018»."""
    end, first, era = year
    last = first
    while True:
        link = line.take(end, "link")
        joined = link and (link[1].entry.value == "and" or ranges or not line.words[end].norm.isalpha())
        k = link[0] if link and joined else end + 1 if line.at(end, "/") else None
        following = read_bare_year(line, k) if k is not None else None
        if following is None or following[1] <= last:
            return Found(i, end, make_years(first, last, era))
        end, last, era = following[0], following[1], following[2] or era
