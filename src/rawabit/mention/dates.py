"""Date expressions: the days that «last Thursday» or «5 April» mean in a report of a known day.

All words come from the table that `lexicon.time_rows` makes of `time.yml`; this file knows only calendars and the order of words.
Order of work: one look-up decides whether a word may start a date; its kinds name the rules to try; a rule reads on as far as it
understands and gives a stretch of days, or none where it sees a time that it cannot date («years ago», «the next day»).
It refuses to guess: a month's name, a number or a general word counts only with something beside it that makes it a date.
Hijri dates go by the tabular (civil, 30-year) calendar, which may differ from a country's announced month by a day.
"""
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import msgspec

from rawabit.lexicon.load import Lexicon, Word
from rawabit.lexicon.time_rows import Form, TimeWords, follows
from rawabit.model.document import Span
from rawabit.model.time import DateRange, Precision, month_range
from rawabit.text.segment import Sentence

SINCE_YEAR, TO_YEAR = 1900, 2100
"""A bare number within these may be a year where the words beside it allow."""
HIJRI_YEARS = range(1340, 1480)
"""Years of the Hijri calendar that news speaks of (1921 to 2058); without a mark of era such a year is not dated."""
DOTTED = re.compile(r"(\d{1,4})\.(\d{1,2})\.(\d{1,4})")
SLASHES, OPEN, CLOSE = frozenset("/-"), "(", ")"
MONTHS_PER = {"month": 1, "year": 12, "decade": 120, "century": 1200}
DAYS_PER = {"day": 1, "week": 7}
HOURS_PER = {"hour": 1.0, "minute": 1 / 60}
YEAR_PARTS = {"start": (1, 1), "early": (1, 3), "middle": (6, 7), "late": (10, 12), "end": (12, 12)}
MONTH_PARTS = {"start": (1, 10), "early": (1, 10), "middle": (11, 20), "late": (21, 31), "end": (31, 31)}
DECADE_PARTS = {"start": (0, 3), "early": (0, 3), "middle": (4, 6), "late": (7, 9), "end": (9, 9)}
FAR = 3660
"""Days; a date without direction is not carried back further than this to meet the other end of a range."""
LAST = 99
"""Value of the ordinal that means «the last»."""

Repeat = Literal["", "week", "year", "hijri"]
Direction = int | str | None
"""Units from publication; `other` where the text counts from something else; None where it does not say."""


class Stretch(msgspec.Struct, frozen=True):
    """Days before they get a place in the text. `repeat`: how often such days recur, where the words give no direction."""

    start: date
    end: date
    precision: Precision
    repeat: Repeat = ""


class Undirected(msgspec.Struct, frozen=True):
    """A date whose words do not say whether it is past or to come; it was read as the latest one not after publication."""

    stretch: Stretch
    repeat: Repeat


class Found(msgspec.Struct, frozen=True):
    """An expression at tokens `first` to `end` (exclusive)."""

    first: int
    end: int
    stretch: Stretch | None


class Tail(msgspec.Struct, frozen=True):
    """What follows a month and says its year: a year, a number of years from publication, or a direction."""

    year: int | None = None
    era: str = ""
    shift: Direction = None
    direction: Direction = None


class Months(msgspec.Struct, frozen=True):
    """A month or a pair of months. `sure`: it can be no other word; `weak`: it is often another word."""

    end: int
    first: int
    last: int
    hijri: bool
    sure: bool
    weak: bool


class Duration(msgspec.Struct, frozen=True):
    """A length of time. `vague`: an uncounted plural; `several`: more than one unit; `about`: the text says that it is rounded."""

    months: int = 0
    days: int = 0
    hours: float = 0.0
    vague: bool = False
    several: bool = False
    about: bool = False

    def __add__(self, other: Duration) -> Duration:
        return Duration(self.months + other.months, self.days + other.days, self.hours + other.hours, self.vague or other.vague, True)

    def from_day(self, day: date, sign: int) -> date:
        """The day that lies this long before (-1) or after (1) another."""
        return add_months(day, sign * self.months) + timedelta(days=sign * (self.days + round(self.hours / 24)))


class _Day:
    """What has been read of a day named by weekday or by its distance from today."""

    __slots__ = ("daypart", "direction", "first", "last", "leader", "offset", "weak")

    def __init__(self) -> None:
        self.offset: int | None = None
        self.first: int | None = None
        self.last: int | None = None
        self.leader: int | None = None
        self.direction: Direction = None
        self.daypart = self.weak = False


Rule = Callable[[list[Word], int, int, Form, bool], Found | None]


@lru_cache(maxsize=8)
def _time_words(lexicon: Lexicon) -> TimeWords:
    return TimeWords(lexicon.table("time")[0].data, lexicon.orthography)


class DateReader:
    """Reads the dates of one report. `published` is its day, or None where that is not known: relative dates then stay undated."""

    def __init__(self, lexicon: Lexicon, published: date | None) -> None:
        self._words = _time_words(lexicon)
        self.published = published
        self._open: dict[Span, Undirected] = {}
        day, number = self._day_rule, self._number_rule
        self._plain_rules: dict[str, Rule] = {
            "month": self._month_rule, "hijri-month": self._month_rule, "weekday": day, "relative-day": day, "daypart": day, "leader": day,
            "unit": self._unit_rule, "demonstrative": self._this_rule, "part": self._part_rule, "season": self._season_rule,
            "fraction": self._fraction_rule, "ordinal": number, "number": number, "article": number, "decade": self._decade_rule,
            "vague": self._vague_rule, "every": self._every_rule,
        }
        self._rules: dict[str, Rule] = {**self._plain_rules, "prep": self._prep_rule, "sometime": self._sometime_rule}
        self._preps: dict[str, Rule] = {
            "in": self._in, "by": self._in, "since": self._since, "ago": self._ago, "after": self._after, "until": self._until,
            "from": self._from, "between": self._between,
        }
        self._starts = self._words.starts

    def find(self, sentence: Sentence, i: int) -> tuple[int, DateRange | None] | None:
        """(index after the last token, days) of the date expression that starts at token `i`; days is None where it cannot be dated.

        A plain preposition («in», «by») is taken into the tokens and left out of the span.
        """
        norm = sentence.words[i].norm
        if norm not in self._starts and not norm[:1].isdecimal():
            return None
        found = self._expression(sentence.words, i, self._rules, False)
        if found is None:
            return None
        if found.stretch is None:
            return found.end, None
        stretch, span = found.stretch, Span(sentence.starts[found.first], sentence.ends[found.end - 1])
        if stretch.repeat:
            self._open[span] = Undirected(stretch, stretch.repeat)
        return found.end, DateRange(stretch.start, stretch.end, stretch.precision, span)

    def undirected(self, date_range: DateRange) -> Undirected | None:
        """What is known of a date found by this reader whose words do not say whether it is past or to come."""
        return self._open.get(date_range.span) if date_range.span else None

    def later(self, date_range: DateRange) -> DateRange:
        """The same weekday, day or month, not over before publication: for deeds that are planned. Other dates come back as they are."""
        known = self.undirected(date_range)
        if known is None or self.published is None:
            return date_range
        stretch = known.stretch
        while stretch.end < self.published:
            following = _moved(stretch, 1)
            if following is None:
                return date_range
            stretch = following
        return DateRange(stretch.start, stretch.end, stretch.precision, date_range.span)

    # --- the start of an expression

    def _expression(self, words: list[Word], i: int, rules: dict[str, Rule], support: bool) -> Found | None:
        if i >= len(words):
            return None
        norm = words[i].norm
        if norm[:1].isdecimal():
            return self._digits(words, i)
        following = words[i + 1].norm if i + 1 < len(words) else ""
        for form in self._words.table.get(norm, ()):
            if form.tail and (form.tail[0] != following or not follows(words, i + 1, form.tail)):
                continue
            rule = rules.get(form.entry.kind)
            found = rule(words, i, i + 1 + len(form.tail), form, support) if rule else None
            if found:
                return found
        return None

    def _plain(self, words: list[Word], i: int, support: bool = True) -> Found | None:
        """An expression with no preposition of its own. `support`: what stands before already speaks for a date."""
        return self._expression(words, i, self._plain_rules, support)

    def _take(self, words: list[Word], i: int, kind: str) -> tuple[int, Form] | None:
        return self._words.find(words, i, kind)

    def _skip(self, words: list[Word], i: int, kind: str) -> int:
        hit = self._words.find(words, i, kind)
        return hit[0] if hit else i

    def _barred(self, words: list[Word], i: int, form: Form) -> bool:
        return bool(form.entry.bar) and i > 0 and words[i - 1].norm in form.entry.bar

    # --- prepositions

    def _prep_rule(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        if j >= len(words) or self._barred(words, i, form):
            return None
        norm = words[j].norm
        if norm not in self._starts and norm not in self._words.durations and not norm[:1].isdecimal():
            return None
        return self._preps[str(form.entry.value)](words, i, j, form, support)

    def _in(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        body = self._plain(words, j) or self._years(words, j, False)
        if body:
            return body
        length = self._duration(words, j)
        return Found(i, length[0], None) if length and (length[1].several or length[1].vague) else None

    def _since(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        body = self._plain(words, j) or self._years(words, j, False)
        if body:
            start = _latest(body.stretch, self.published) if body.stretch else None
            ahead = start is not None and self.published is not None and start.start > self.published
            return Found(i, body.end, start if ahead else self._range(start.start if start else None, self.published))
        length = self._duration(words, j)
        if length is None:
            return None
        day = None if length[1].vague and not length[1].hours else self._away(length[1], -1)
        return Found(i, length[0], self._range(day, self.published))

    def _ago(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        length = self._duration(words, j)
        if length is None:
            body = self._plain(words, j) or self._years(words, j, False)
            return Found(i, body.end, None) if body else None
        end, duration = length
        anchored = self._take(words, end, "anchor") and not self._take(words, end, "now")
        day = None if anchored or (duration.vague and not duration.hours) else self._away(duration, -1)
        return Found(i, end, _rounded(day, duration) if day else None)

    def _after(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        """Recognised, never dated: in 4 of 5 uses in the dev corpus the words count from another event."""
        length = self._duration(words, j)
        body = None if length else self._plain(words, j) or self._years(words, j, False)
        end = length[0] if length else body.end if body else None
        return Found(i, end, None) if end else None

    def _until(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        body = self._plain(words, j) or self._years(words, j, False)
        if body is None:
            return None
        end = body.stretch
        if end and end.repeat and self.published:
            following = _moved(end, 1) if end.end < self.published else end
            end = following
        ahead = end is not None and self.published is not None and end.end >= self.published
        return Found(i, body.end, self._range(self.published, end.end) if end and ahead else None)

    def _from(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        first = self._plain(words, j)
        start = first or self._years(words, j, True)
        if start is None:
            return None
        pair = self._second(words, start, "to")
        if pair:
            return Found(i, pair.end, pair.stretch)
        return first or (start if start.stretch and start.stretch.precision is Precision.RANGE else None)

    def _between(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        start = self._plain(words, j) or self._years(words, j, True)
        if start is None:
            return None
        if start.stretch and start.stretch.precision is Precision.RANGE:
            return Found(i, start.end, start.stretch)
        pair = self._second(words, start, "and")
        return Found(i, pair.end, pair.stretch) if pair else None

    def _second(self, words: list[Word], start: Found, link: str) -> Found | None:
        """The other end of a range, and the range. A conjunction may be written onto its first word."""
        j = start.end
        hit = self._take(words, j, "link")
        if hit and (hit[1].entry.value == link or link == "to"):
            end = self._plain(words, hit[0]) or self._years(words, hit[0], True)
        elif j < len(words) and link == "and" and self._joined(words[j].norm):
            end = self._plain(words, j)
        else:
            return None
        return Found(start.first, end.end, self._between_days(start.stretch, end.stretch)) if end else None

    def _joined(self, norm: str) -> bool:
        return any(form.conj for form in self._words.table.get(norm, ()))

    def _between_days(self, start: Stretch | None, end: Stretch | None) -> Stretch | None:
        if start is None or end is None:
            return None
        before = _latest(start, end.end)
        if before is None or before.start > end.end:
            return None
        return Stretch(before.start, end.end, Precision.RANGE, end.repeat if start.repeat else "")

    def _range(self, start: date | None, end: date | None) -> Stretch | None:
        if start is None or end is None or start > end:
            return None
        return Stretch(start, end, Precision.DAY if start == end else Precision.RANGE)

    def _away(self, duration: Duration, sign: int) -> date | None:
        try:
            return duration.from_day(self.published, sign) if self.published else None
        except (ValueError, OverflowError):  # beyond the calendar's first or last year
            return None

    # --- vague times

    def _vague_rule(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        return Found(i, j, None) if form.tail or not self._take(words, j, "of") else None

    def _every_rule(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        hit = self._take(words, self._skip(words, j, "leader"), "weekday")
        return Found(i, hit[0], None) if hit else None

    def _sometime_rule(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        body = self._plain(words, self._skip(words, j, "of"))
        return Found(i, body.end, body.stretch) if body else Found(i, j, None)

    # --- days by name

    def _day_rule(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        day, j = _Day(), i
        while (step := self._day_step(words, i, j, day)) is not None:
            j = step
        if day.first is None and day.offset is None:
            dated = self._dated(words, j) if j > i else None
            return Found(i, dated.end, dated.stretch) if dated else None
        if self._take(words, j, "epithet") or (day.offset == 0 and self._take(words, j, "ordinal")):
            return None
        if day.offset == 0 and (hit := self._take(words, j, "direction")) and hit[1].entry.value == "other":
            return Found(i, hit[0], None)
        if day.weak and day.first is None and not day.daypart and day.leader is None:
            return None
        if day.offset is None and day.leader == 0 and day.last is None:
            return Found(i, j, None)
        dated = self._apposition(words, j)
        if dated and dated.stretch:
            return Found(i, dated.end, self._agreed(dated.stretch, day))
        return Found(i, j, self._resolve_day(day))

    def _day_step(self, words: list[Word], i: int, j: int, day: _Day) -> int | None:
        """Reads one more word of a day's name; the index after it, None at the end."""
        if day.direction is not None:
            return None
        hit = self._take(words, j, "relative-day")
        if hit and self._fits_offset(words, i, j, hit, day):
            day.offset, day.weak = hit[1].entry.number, hit[1].entry.weak
            return hit[0]
        for kind, step in (("weekday", self._weekday_step), ("daypart", self._daypart_step), ("leader", self._leader_step)):
            hit = self._take(words, j, kind)
            end = step(words, i, j, hit, day) if hit else None
            if end:
                return end
        return self._after_day(words, j, day)

    def _fits_offset(self, words: list[Word], i: int, j: int, hit: tuple[int, Form], day: _Day) -> bool:
        if day.offset is not None or (j > i and (hit[1].conj or hit[1].prep)):
            return False
        return not self._barred(words, j, hit[1]) or self._take(words, hit[0], "weekday") is not None

    def _weekday_step(self, words: list[Word], i: int, j: int, hit: tuple[int, Form], day: _Day) -> int | None:
        end, form = hit
        if j > i and form.prep:
            return None
        if day.first is None and (j == i or not form.conj) and (j > i or not self._barred(words, j, form)):
            day.first = form.entry.number
        elif day.first is not None and day.offset is None and (form.conj or (day.daypart and day.last is None)):
            day.last = form.entry.number
        else:
            return None
        return end

    def _daypart_step(self, words: list[Word], i: int, j: int, hit: tuple[int, Form], day: _Day) -> int | None:
        end, form = hit
        if j > i and (form.conj or form.prep):
            return None
        suffix = day.first is not None or day.offset is not None
        if suffix and (form.det or day.daypart or (day.first is not None and self._names_day(words, end))):
            return None
        day.daypart = day.daypart or not suffix
        return end

    def _names_day(self, words: list[Word], j: int) -> bool:
        return any(self._take(words, j, kind) for kind in ("weekday", "relative-day", "leader"))

    def _leader_step(self, words: list[Word], i: int, j: int, hit: tuple[int, Form], day: _Day) -> int | None:
        end, form = hit
        if day.first is not None or (j > i and (form.conj or form.prep)):
            return None
        if day.offset is not None and not self._take(words, end, "weekday"):
            return None
        day.leader = form.entry.number
        return end

    def _after_day(self, words: list[Word], j: int, day: _Day) -> int | None:
        """A direction after a weekday; a comma between «yesterday» and its weekday; a dash between two weekdays."""
        if day.first is None:
            comma = self._take(words, j, "comma") if day.offset is not None else None
            hit = self._take(words, comma[0], "weekday") if comma else None
            if comma and hit and not hit[1].conj and not hit[1].prep:
                return comma[0]
            return None
        hit = self._take(words, j, "direction") if day.offset is None else None
        if hit:
            day.direction = hit[1].entry.value
            return hit[0]
        if day.daypart and day.last is None and j < len(words) and words[j].norm in SLASHES:
            hit = self._take(words, j + 1, "weekday")
            return j + 1 if hit else None
        return None

    def _apposition(self, words: list[Word], j: int) -> Found | None:
        """The date that follows a day's name: plain, after a comma, in brackets, or after «corresponding to»."""
        k = self._skip(words, self._skip(words, j, "comma"), "corresponding")
        opened = k < len(words) and words[k].norm == OPEN
        dated = self._dated(words, k + opened)
        if dated is None or (opened and not _at(words, dated.end, CLOSE)):
            return None
        return Found(j, dated.end + opened, dated.stretch)

    def _agreed(self, stretch: Stretch, day: _Day) -> Stretch:
        """Of the years that a date may lie in, the nearest in which it falls on the weekday named."""
        if day.first is None or stretch.repeat != "year" or self.published is None:
            return stretch
        near = [s for n in (-1, 0, 1, 2) if (s := _moved(stretch, n)) and s.start.isoweekday() == day.first]
        published = self.published
        best = min(near, key=lambda s: abs((s.start - published).days), default=None)
        return msgspec.structs.replace(best, repeat="") if best else stretch

    def _resolve_day(self, day: _Day) -> Stretch | None:
        published = self.published
        if published is None:
            return None
        try:
            if day.offset is not None:
                found = _near_weekday(published + timedelta(days=day.offset), day.first)
                return Stretch(found, found, Precision.DAY)
            return _weekdays(published, day)
        except OverflowError:  # beyond the calendar's first or last year
            return None

    # --- numbers

    def _number(self, words: list[Word], i: int) -> tuple[int, int, Form] | None:
        """A number in words, cardinal or ordinal: (index after it, value, form of its first word)."""
        hit = self._number_word(words, i)
        if hit is None:
            return None
        end, first = hit
        total, step = first.entry.number, first.entry.number
        while following := self._number_word(words, end):
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

    def _number_word(self, words: list[Word], i: int) -> tuple[int, Form] | None:
        return self._take(words, i, "number") or self._take(words, i, "ordinal")

    def _figure(self, words: list[Word], i: int) -> tuple[int, int, Form | None] | None:
        """A whole number in digits (with the article before it or not) or in words."""
        k = self._skip(words, i, "article")
        if k < len(words) and words[k].norm.isdecimal():
            return (k + 1, int(words[k].norm), None) if len(words[k].norm) <= 4 else None
        return self._number(words, i) if k == i else None

    def _digits(self, words: list[Word], i: int) -> Found | None:
        return self._dated(words, i) or self._counted(words, i, i)

    def _number_rule(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        return self._dated(words, i) or self._counted(words, i, i)

    def _counted(self, words: list[Word], i: int, first: int) -> Found | None:
        """«the 24 hours past»: a number, a unit and a direction."""
        figure = self._figure(words, i)
        unit = self._take(words, figure[0], "unit") if figure else None
        if figure is None or unit is None or (unit[1].det and unit[1].entry.count):
            return None
        hit = self._take(words, unit[0], "direction")
        if hit is None or not isinstance(hit[1].entry.value, int):
            return None
        return Found(first, hit[0], self._last_units(str(unit[1].entry.value), figure[1], hit[1].entry.value))

    def _last_units(self, unit: str, count: int, direction: int) -> Stretch | None:
        day = self._away(_length(unit, count), 1 if direction > 0 else -1) if direction else None
        return self._range(day, self.published) if direction < 0 else self._range(self.published, day)

    # --- day and month

    def _dated(self, words: list[Word], i: int) -> Found | None:
        """A day of a month, in figures alone or with the month's name; of two calendars the Gregorian is kept."""
        found = self._numeric(words, i) or self._day_of_month(words, i)
        if found is None:
            return None
        same = self._take(words, found.end, "corresponding")
        other = self._numeric(words, same[0]) or self._day_of_month(words, same[0]) if same else None
        return Found(i, other.end, other.stretch) if other else found

    def _numeric(self, words: list[Word], i: int) -> Found | None:
        if i >= len(words):
            return None
        parts, end = _numeric_parts(words, i)
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
        era = self._take(words, end, "era")
        hijri = year in HIJRI_YEARS
        if not hijri and not SINCE_YEAR - 100 <= year <= TO_YEAR:
            return None
        start = make_day(year, month, day, hijri)
        return Found(i, era[0] if era else end, Stretch(start, start, Precision.DAY) if start else None)

    def _day_of_month(self, words: list[Word], i: int) -> Found | None:
        days = self._days(words, i)
        if days is None:
            return None
        j, first, last, form = days
        k = j + 1 if _at(words, j, "/") else self._skip(words, j, "of")
        unit = self._take(words, k, "unit")
        month = unit and unit[1].entry.value == "month" and not unit[1].det and not unit[1].prep
        names = self._months(words, unit[0] if unit and month else k, False)
        if names is None:
            return self._day_of_this(words, i, j, k, (first, last))
        if form and form.det and last <= 10 and k == j and not unit:
            return None
        end, tail = self._tail(words, names.end)
        if tail is None and self._is_name(words, i):
            return None
        return Found(i, end, self._month_days(names, (first, last), tail))

    def _days(self, words: list[Word], i: int) -> tuple[int, int, int, Form | None] | None:
        """One or several days of the month: (index after them, first, last, form if in words)."""
        figure = self._figure(words, i)
        if figure is None or not 1 <= figure[1] <= 31:
            return None
        j, first, form = figure
        if form and form.entry.kind == "ordinal" and (form.entry.weak or (first > 1 and not form.det)):
            return None
        last = first
        while following := self._next_day(words, j):
            j, last = following
        return (j, first, last, form) if first <= last else None

    def _next_day(self, words: list[Word], j: int) -> tuple[int, int] | None:
        link = self._take(words, j, "link")
        figure = self._figure(words, link[0] if link else j)
        if figure is None or not 1 <= figure[1] <= 31:
            return None
        return figure[:2] if link or (figure[2] and figure[2].conj) else None

    def _day_of_this(self, words: list[Word], i: int, j: int, k: int, days: tuple[int, int]) -> Found | None:
        """«the 5th of the current month», «the 5th of this month», «the 5th current»."""
        hit = self._take(words, j, "direction") if k == j else None
        if hit and hit[1].entry.value == 0 and not hit[1].entry.loose:
            return Found(i, hit[0], self._days_of(0, days))
        if k == j and not self._take(words, j, "unit"):
            return None
        this = self._take(words, k, "demonstrative")
        unit = self._take(words, this[0] if this else k, "unit")
        if unit is None or unit[1].entry.value != "month" or unit[1].entry.count != 1 or not unit[1].det:
            return None
        hit = None if this else self._take(words, unit[0], "direction")
        direction = this[1].entry.value if this else hit[1].entry.value if hit else None
        return None if direction is None else Found(i, hit[0] if hit else unit[0], self._days_of(direction, days))

    def _days_of(self, direction: int | str, days: tuple[int, int]) -> Stretch | None:
        if self.published is None or not isinstance(direction, int):
            return None
        month = self._period("month", direction)
        return _days_stretch(month.start.year, month.start.month, days, False, "") if month else None

    def _month_days(self, names: Months, days: tuple[int, int], tail: Tail | None) -> Stretch | None:
        year = self._pick_year(names, tail)
        if year is None:
            return None
        stretch = _days_stretch(year, names.first, days, names.hijri, "" if tail else "hijri" if names.hijri else "year")
        direction = tail.direction if tail else None
        published = self.published
        if tail is None:
            return _latest(stretch, published) if stretch else None
        if stretch and published and isinstance(direction, int) and direction in (-1, 1):
            moved = _days_stretch(year - direction, names.first, days, names.hijri, "")
            nearer = moved and (moved.end < published if direction < 0 else moved.start > published)
            return moved if nearer else stretch
        return stretch

    # --- months

    def _months(self, words: list[Word], i: int, pairs: bool) -> Months | None:
        hit = self._take(words, i, "month") or self._take(words, i, "hijri-month")
        if hit is None:
            return None
        end, form = hit
        kind, value = form.entry.kind, form.entry.number
        sure, weak = bool(form.tail), form.entry.weak
        alias = self._alias(words, end, kind, value)
        if alias:
            end, sure = alias, True
        last = self._other_month(words, end, kind) if pairs else None
        return Months(last[0] if last else end, value, last[1] if last else value, kind != "month", sure, weak)

    def _alias(self, words: list[Word], j: int, kind: str, value: int) -> int | None:
        """The index after a second name of the same month: after a slash, in brackets, or bare."""
        mark = words[j].norm if j < len(words) else ""
        k = j + 1 if mark in SLASHES or mark == OPEN else j
        hit = self._take(words, k, kind)
        if hit is None or hit[1].entry.value != value or hit[1].conj:
            return None
        if mark != OPEN:
            return hit[0]
        return hit[0] + 1 if _at(words, hit[0], CLOSE) else None

    def _other_month(self, words: list[Word], j: int, kind: str) -> tuple[int, int] | None:
        link = self._take(words, j, "link")
        hit = self._take(words, link[0] if link else j, kind)
        if hit is None or not (link or hit[1].conj):
            return None
        alias = self._alias(words, hit[0], kind, hit[1].entry.number)
        return alias or hit[0], hit[1].entry.number

    def _month_rule(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        names = self._months(words, i, True)
        if names is None:
            return None
        return self._month_phrase(words, i, names, (support or form.prep) and not names.weak)

    def _month_phrase(self, words: list[Word], i: int, names: Months, support: bool) -> Found | None:
        end, tail = self._tail(words, names.end)
        if tail is None and not (support or names.sure):
            return None
        if tail is None and self._is_name(words, i):
            return None
        return Found(i, end, self._month_stretch(names, tail))

    def _is_name(self, words: list[Word], i: int) -> bool:
        """Whether the word before makes a day or month the name of something."""
        return i > 0 and words[i - 1].norm in self._words.named

    def _month_stretch(self, names: Months, tail: Tail | None) -> Stretch | None:
        year = self._pick_year(names, tail)
        if year is None:
            return None
        first, last = month_days(year, names.first, names.hijri), month_days(year + (names.last < names.first), names.last, names.hijri)
        if first is None or last is None:
            return None
        precision = Precision.MONTH if names.first == names.last else Precision.RANGE
        return Stretch(first[0], last[1], precision, "" if tail else "hijri" if names.hijri else "year")

    def _pick_year(self, names: Months, tail: Tail | None) -> int | None:
        """The year of a month, in its own calendar."""
        if tail and tail.year is not None:
            return tail.year if names.hijri == (tail.era == "hijri" or (not tail.era and tail.year in HIJRI_YEARS)) else None
        if self.published is None:
            return None
        year, month, _ = to_hijri(self.published) if names.hijri else (self.published.year, self.published.month, 0)
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

    def _tail(self, words: list[Word], j: int) -> tuple[int, Tail | None]:
        """What says the year, after a month or a season."""
        hit = self._take(words, j, "direction")
        if hit:
            return hit[0], Tail(direction=hit[1].entry.value)
        k = self._skip(words, j, "of")
        this = self._take(words, k, "demonstrative")
        unit = self._take(words, this[0] if this else k, "unit")
        if unit is None or unit[1].entry.value != "year" or unit[1].entry.count != 1:
            year = None if this else self._bare_year(words, k)
            return (year[0], Tail(year=year[1], era=year[2])) if year else (j, None)
        if this:
            return unit[0], Tail(shift=this[1].entry.value)
        year = self._year(words, unit[0])
        if year:
            return year[0], Tail(year=year[1], era=year[2])
        hit = self._take(words, unit[0], "direction")
        return (hit[0], Tail(shift=hit[1].entry.value)) if hit else (j, None)

    # --- years

    def _year(self, words: list[Word], i: int) -> tuple[int, int, str] | None:
        """A year after a word that announces one: (index after it, year, era)."""
        figure = self._figure(words, i)
        if figure is None or not 1000 <= figure[1] <= TO_YEAR:
            return None
        era = self._take(words, figure[0], "era")
        return (era[0], figure[1], str(era[1].entry.value)) if era else (figure[0], figure[1], "")

    def _bare_year(self, words: list[Word], i: int) -> tuple[int, int, str] | None:
        """A number of four digits that may be a year and counts nothing."""
        if i >= len(words) or not (words[i].norm.isdecimal() and len(words[i].norm) == 4):
            return None
        year = self._year(words, i)
        if year is None or (not year[2] and year[1] < SINCE_YEAR and year[1] not in HIJRI_YEARS):
            return None
        return None if self._take(words, year[0], "counter") or _slashed(words, year[0]) else year

    def _years(self, words: list[Word], i: int, ranges: bool) -> Found | None:
        """One bare year or several. `ranges`: words for «to» may join them, not «and» and a dash alone."""
        year = self._bare_year(words, i)
        return self._year_list(words, i, year, ranges) if year else None

    def _year_list(self, words: list[Word], i: int, year: tuple[int, int, str], ranges: bool) -> Found:
        end, first, era = year
        last = first
        while True:
            link = self._take(words, end, "link")
            joined = link and (link[1].entry.value == "and" or ranges or not words[end].norm.isalpha())
            k = link[0] if link and joined else end + 1 if _at(words, end, "/") else None
            following = self._bare_year(words, k) if k is not None else None
            if following is None or following[1] <= last:
                return Found(i, end, _years_stretch(first, last, era))
            end, last, era = following[0], following[1], following[2] or era

    # --- units

    def _unit_rule(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        unit, count = form.entry.value, form.entry.count
        if unit == "month" and count and not form.det and (names := self._months(words, j, True)):
            return self._month_phrase(words, i, names, True)
        if self._barred(words, i, form):
            return None
        if unit == "year":
            year = self._year(words, self._skip(words, j, "prep") if count == 0 else j)
            if year:
                return self._year_list(words, i, year, count != 1)
        return self._directed(words, i, j, form) if form.det else None

    def _directed(self, words: list[Word], i: int, j: int, form: Form) -> Found | None:
        """«last week», «the coming two years», «the past five years», «the nineteenth century»."""
        unit, count = str(form.entry.value), form.entry.count
        figure = self._figure(words, j) if count != 1 or unit == "century" else None
        figure = None if figure and figure[1] == LAST else figure
        k = self._skip(words, figure[0] if figure else j, "few")
        if unit == "century" and figure and count == 1:
            return Found(i, figure[0], _years_stretch(figure[1] * 100 - 99, figure[1] * 100, ""))
        hit = self._take(words, k, "direction")
        if hit is None or (hit[1].entry.loose and (unit == "decade" or self._follows_noun(words, i))):
            return None
        direction = hit[1].entry.value
        if count == 1:
            return Found(i, hit[0], self._period(unit, direction))
        many = 2 if count == 2 else figure[1] if figure else 24 if unit == "hour" else 0
        if not many or not isinstance(direction, int):
            return Found(i, hit[0], None)
        return Found(i, hit[0], self._last_units(unit, many, direction))

    def _follows_noun(self, words: list[Word], i: int) -> bool:
        """Whether the word before has the article and is no calendar word, so that an adjective after may be its own."""
        return i > 0 and words[i - 1].det and words[i - 1].norm not in self._starts

    def _this_rule(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        hit = self._take(words, j, "unit")
        if hit and hit[1].det and hit[1].entry.count == 1:
            return Found(i, hit[0], self._period(str(hit[1].entry.value), form.entry.value))
        hit = self._take(words, j, "season")
        if hit and hit[1].det:
            return Found(i, hit[0], self._season(hit[1].entry.number, Tail(shift=form.entry.value)))
        named = self._take(words, j, "weekday")
        day = self._plain(words, j) if named and form.entry.value == 0 else None
        return Found(i, day.end, day.stretch) if day else None

    def _period(self, unit: str, direction: Direction) -> Stretch | None:
        """The week, month, year or century that lies so many units from publication's own."""
        if self.published is None or not isinstance(direction, int):
            return None
        try:
            return _period(self.published, unit, direction)
        except (ValueError, OverflowError):  # beyond the calendar's first or last year
            return None

    # --- parts, seasons, fractions, decades

    def _part_rule(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        part = str(form.entry.value)
        names = self._months(words, j, True)
        body = self._month_phrase(words, j, names, True) if names else None
        body = body or self._years(words, j, False) or self._whole(words, j)
        return Found(i, body.end, _part_of(body.stretch, part) if body.stretch else None) if body else None

    def _whole(self, words: list[Word], j: int) -> Found | None:
        """What a part or a fraction may be taken of."""
        if any(self._take(words, j, kind) for kind in ("unit", "demonstrative", "decade", "fraction", "season")):
            body = self._plain(words, j)
            if body:
                return body
        return self._bare_unit(words, j)

    def _bare_unit(self, words: list[Word], j: int) -> Found | None:
        """«the month», «the year»: publication's own; which week is meant cannot be told."""
        hit = self._take(words, j, "unit")
        if hit is None or not hit[1].det or hit[1].entry.count != 1 or hit[1].entry.value not in ("week", "month", "year"):
            return None
        unit = str(hit[1].entry.value)
        if hit[0] < len(words) and words[hit[0]].det and unit != "week":
            return None  # an adjective makes it another year: the financial, the seventh
        return Found(j, hit[0], self._period(unit, 0) if unit != "week" else None)

    def _season_rule(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        end, tail = self._tail(words, j)
        if tail is None or (tail.direction is not None and not form.det):
            return None
        return Found(i, end, self._season(form.entry.number, tail))

    def _season(self, month: int, tail: Tail) -> Stretch | None:
        if tail.year is not None:
            return None if tail.era == "hijri" or tail.year in HIJRI_YEARS else _season(month, tail.year)
        published = self.published
        way = tail.shift if tail.shift is not None else tail.direction
        if published is None or not isinstance(way, int):
            return None
        if tail.shift is not None or way == 0:
            return _season(month, published.year + way)
        near = [s for n in (-2, -1, 0, 1, 2) if (s := _season(month, published.year + n))]
        if way < 0:
            return max((s for s in near if s.end < published), key=lambda s: s.start, default=None)
        return min((s for s in near if s.start > published), key=lambda s: s.start, default=None)

    def _fraction_rule(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        which = self._number(words, j)
        if which is None or not which[2].det:
            return None
        parts = form.entry.number
        number = parts if which[1] == LAST else which[1]
        k = self._skip(words, which[0], "of")
        body = self._plain(words, k) or self._years(words, k, False) or self._bare_unit(words, k)
        if body is None or number > parts:
            return None
        return Found(i, body.end, _fraction_of(body.stretch, parts, number) if body.stretch else None)

    def _decade_rule(self, words: list[Word], i: int, j: int, form: Form, support: bool) -> Found | None:
        value = form.entry.number
        k = self._skip(words, j, "of")
        hit = self._take(words, k, "unit")
        if hit and hit[1].entry.value == "century" and hit[1].det:
            century = self._directed(words, k, hit[0], hit[1])
            if century:
                start = century.stretch.start.year - 1 + value if century.stretch else None
                return Found(i, century.end, _years_stretch(start, start + 9, "") if start else None)
        if not form.det or value < 60 or self._take(words, j, "age"):
            return None
        return Found(i, j, _years_stretch(1900 + value, 1909 + value, ""))

    # --- lengths of time

    def _duration(self, words: list[Word], i: int) -> tuple[int, Duration] | None:
        """«two years», «about 3 months», «a year and a half», «days»: (index after it, length)."""
        k, bound = i, False
        while hit := self._take(words, k, "approx"):
            k, bound = hit[0], bound or hit[1].entry.value == "bound"
        about = k > i and not bound
        several = self._take(words, k, "several")
        piece = self._piece(words, several[0] if several else k)
        if piece is None:
            return None
        end, total = piece
        while (joined := self._take(words, end, "link")) or (end < len(words) and self._joined(words[end].norm)):
            piece = self._piece(words, joined[0] if joined else end)
            if piece is None or (joined and joined[1].entry.value != "and"):
                break
            end, total = piece[0], total + piece[1]
        if bound or several:
            total = msgspec.structs.replace(total, vague=True, hours=0.0)
        after = self._skip(words, end, "approx")
        return after, msgspec.structs.replace(total, about=True) if about or after > end else total

    def _piece(self, words: list[Word], i: int) -> tuple[int, Duration] | None:
        figure = self._figure(words, i)
        hit = self._take(words, figure[0] if figure else i, "unit")
        if hit is None or hit[1].det or hit[1].prep:
            return None
        end, unit, count = hit[0], str(hit[1].entry.value), hit[1].entry.count
        one = self._take(words, end, "number") if count == 1 and not figure else None
        if one and one[1].entry.value == 1 and not one[1].conj:
            end = one[0]
        half = self._take(words, end, "half")
        many = figure[1] if figure else count
        length = _length(unit, many, bool(half and half[1].conj))
        if half and half[1].conj:
            again = self._take(words, half[0], "unit")
            end = again[0] if again and again[1].entry.value == unit else half[0]
        return end, length


def _at(words: list[Word], i: int, norm: str) -> bool:
    return i < len(words) and words[i].norm == norm


def _slashed(words: list[Word], i: int) -> bool:
    """Whether a stroke and a number of one or two digits follow: the year is then part of something else."""
    return _at(words, i, "/") and i + 1 < len(words) and words[i + 1].norm.isdecimal() and len(words[i + 1].norm) < 4


def _numeric_parts(words: list[Word], i: int) -> tuple[tuple[str, ...], int]:
    dotted = DOTTED.fullmatch(words[i].norm)
    if dotted:
        return dotted.groups(), i + 1
    five = [word.norm for word in words[i:i + 5]]
    if len(five) < 5 or five[1] != five[3] or five[1] not in SLASHES:
        return (), i
    parts = tuple(five[::2])
    fine = all(p.isdecimal() and len(p) <= 4 for p in parts) and len(parts[1]) <= 2
    longer = _at(words, i + 5, five[1]) and i + 6 < len(words) and words[i + 6].norm.isdecimal()
    return (parts, i + 5) if fine and not longer else ((), i)


# --- calendars


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the month's last day where it has no such day. Raises ValueError beyond years 1 to 9999."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        raise ValueError(f"year {year} is beyond the calendar; give a nearer date.")
    return date(year, month, min(day.day, month_range(year, month)[1].day))


EPOCH = date(1, 1, 1).toordinal() + 1_948_439 - 1_721_426
"""Ordinal of the day before 1 Muharram 1 (Friday 16 July 622, Julian) in the civil tabular calendar."""


def from_hijri(year: int, month: int, day: int) -> date:
    """A Hijri day by the tabular calendar: months of 30 and 29 days in turn, leap years 2 5 7 10 13 16 18 21 24 26 29 of each 30."""
    return date.fromordinal(EPOCH + day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30)


def to_hijri(day: date) -> tuple[int, int, int]:
    """Year, month, day of the tabular Hijri calendar; years before 1 are counted as 1."""
    gone = max(day.toordinal() - EPOCH - 1, 0)
    year = (30 * gone + 10_646) // 10_631
    rest = gone - (year - 1) * 354 - (3 + 11 * year) // 30
    month = min((2 * rest + 60) // 59, 12)
    while month > 1 and rest < (59 * (month - 1) + 1) // 2:
        month -= 1
    return year, month, rest - (59 * (month - 1) + 1) // 2 + 1


def make_day(year: int, month: int, day: int, hijri: bool) -> date | None:
    """That day, or None where the calendar has none."""
    try:
        if not hijri:
            return date(year, month, day)
        found = from_hijri(year, month, day) if 1 <= month <= 12 else None
        return found if found and to_hijri(found) == (year, month, day) else None
    except (ValueError, OverflowError):  # no such day
        return None


def month_days(year: int, month: int, hijri: bool) -> tuple[date, date] | None:
    """First and last day of a month, or None beyond the calendar."""
    try:
        if not hijri:
            return month_range(year, month)
        following = from_hijri(year + month // 12, month % 12 + 1, 1)
        return from_hijri(year, month, 1), following - timedelta(days=1)
    except (ValueError, OverflowError):  # beyond the calendar's first or last year
        return None


def _days_stretch(year: int, month: int, days: tuple[int, int], hijri: bool, repeat: Repeat) -> Stretch | None:
    start, end = make_day(year, month, days[0], hijri), make_day(year, month, days[1], hijri)
    if start is None or end is None:
        return None
    return Stretch(start, end, Precision.DAY if start == end else Precision.RANGE, repeat)


def _years_stretch(first: int, last: int, era: str) -> Stretch | None:
    hijri = era == "hijri"
    if not hijri and not era and (first in HIJRI_YEARS or last in HIJRI_YEARS):
        return None
    start, end = month_days(first, 1, hijri), month_days(last, 12, hijri)
    if start is None or end is None:
        return None
    return Stretch(start[0], end[1], Precision.YEAR if first == last else Precision.RANGE)


def _period(published: date, unit: str, n: int) -> Stretch | None:
    if unit == "day":
        day = published + timedelta(days=n)
        return Stretch(day, day, Precision.DAY)
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=n)
        return Stretch(monday, monday + timedelta(days=6), Precision.WEEK)
    if unit == "month":
        first = add_months(published.replace(day=1), n)
        return Stretch(*month_range(first.year, first.month), Precision.MONTH)
    if unit == "year":
        return Stretch(date(published.year + n, 1, 1), date(published.year + n, 12, 31), Precision.YEAR)
    if unit == "century":
        last = ((published.year + 99) // 100 + n) * 100
        return _years_stretch(last - 99, last, "")
    return None


def _near_weekday(day: date, weekday: int | None) -> date:
    """The day, or one at most two days off where that is the weekday named: a report's date may be that of its posting."""
    for shift in (0, -1, 1, -2, 2) if weekday else ():
        if (day + timedelta(days=shift)).isoweekday() == weekday:
            return day + timedelta(days=shift)
    return day


def _weekdays(published: date, day: _Day) -> Stretch | None:
    last = day.last if day.last is not None else day.first
    if last is None or day.first is None or day.direction == "other":
        return None
    back = (published.isoweekday() - last) % 7
    way = day.direction if isinstance(day.direction, int) else None
    if way is None or way == 0:
        end = published - timedelta(days=back)
    elif way < 0:
        end = published - timedelta(days=(back or 7) + 7 * (-way - 1))
    else:
        end = published + timedelta(days=7 - back + 7 * (way - 1))
    start = end - timedelta(days=(last - day.first) % 7)
    return Stretch(start, end, Precision.DAY if start == end else Precision.RANGE, "week" if way is None else "")


def _season(month: int, year: int) -> Stretch | None:
    """Three whole months; winter is that which ends in the year."""
    start, end = month_days(year - (month == 12), month, False), month_days(year, (month + 1) % 12 + 1, False)
    return Stretch(start[0], end[1], Precision.SEASON) if start and end else None


def _part_of(stretch: Stretch, part: str) -> Stretch | None:
    """The beginning, middle or end of a month, year or ten years; a week stays whole."""
    start = stretch.start
    if stretch.precision is Precision.MONTH:
        length = (stretch.end - start).days + 1
        first, last = (min(n, length) for n in MONTH_PARTS[part])
        precision = Precision.DAY if first == last else Precision.RANGE
        return Stretch(start + timedelta(days=first - 1), start + timedelta(days=last - 1), precision, stretch.repeat)
    if stretch.precision is Precision.YEAR and start.day == start.month == 1:
        first, last = YEAR_PARTS[part]
        precision = Precision.MONTH if first == last else Precision.RANGE
        return Stretch(date(start.year, first, 1), month_range(start.year, last)[1], precision)
    if stretch.end.year - start.year == 9:
        first, last = DECADE_PARTS[part]
        return _years_stretch(start.year + first, start.year + last, "gregorian")
    return stretch if stretch.precision is Precision.WEEK else None


def _fraction_of(stretch: Stretch, parts: int, number: int) -> Stretch | None:
    """A half, third or quarter of a year; a half of a month."""
    start = stretch.start
    if stretch.precision is Precision.YEAR and start.day == start.month == 1:
        months = 12 // parts
        last = month_range(start.year, months * number)[1]
        return Stretch(date(start.year, months * (number - 1) + 1, 1), last, Precision.RANGE)
    if stretch.precision is Precision.MONTH and parts == 2:
        middle = start + timedelta(days=14)
        first, last = (start, middle) if number == 1 else (middle + timedelta(days=1), stretch.end)
        return Stretch(first, last, Precision.RANGE)
    return None


def _length(unit: str, count: int, half: bool = False) -> Duration:
    """So many units, with half a unit more or not; a count of 0 is an uncounted plural."""
    many = count + 0.5 * half
    if unit in HOURS_PER:
        return Duration(hours=HOURS_PER[unit] * many or 0.01, vague=not count, several=count != 1)
    if unit in DAYS_PER:
        return Duration(days=round(DAYS_PER[unit] * many), vague=not count, several=count != 1)
    months = MONTHS_PER[unit]
    return Duration(months * count + months * half // 2, 15 * (half and months == 1), vague=not count, several=count != 1)


def _rounded(day: date, duration: Duration) -> Stretch:
    """The day, or where the length is said to be rounded the month or (from two years on) the year that it falls in."""
    if not duration.about or duration.months == 0:
        return Stretch(day, day, Precision.DAY)
    if duration.months < 24:
        return Stretch(*month_range(day.year, day.month), Precision.MONTH)
    return Stretch(date(day.year, 1, 1), date(day.year, 12, 31), Precision.YEAR)


def _moved(stretch: Stretch, times: int) -> Stretch | None:
    """The same weekday, day or month so many weeks or years on; None where that year has no such day."""
    try:
        if stretch.repeat == "week":
            by = timedelta(weeks=times)
            return msgspec.structs.replace(stretch, start=stretch.start + by, end=stretch.end + by)
        if stretch.repeat == "year":
            start, end = add_months(stretch.start, 12 * times), add_months(stretch.end, 12 * times)
            if stretch.precision is Precision.MONTH or (stretch.end + timedelta(days=1)).day == 1:
                end = month_range(end.year, end.month)[1]
            return msgspec.structs.replace(stretch, start=start, end=end)
        year, month, day = to_hijri(stretch.start)
        shift = from_hijri(year + times, month, day) - stretch.start
        return msgspec.structs.replace(stretch, start=stretch.start + shift, end=stretch.end + shift)
    except (ValueError, OverflowError):  # beyond the calendar's first or last year
        return None


def _latest(stretch: Stretch, day: date | None) -> Stretch | None:
    """Of days that recur, those that start latest but not after `day`; other days as they are."""
    if stretch.repeat and day and (stretch.start - day).days > FAR:
        return None
    while stretch.repeat and day and stretch.start > day:
        earlier = _moved(stretch, -1)
        if earlier is None:
            return None
        stretch = earlier
    return stretch
