"""The dates of one report: which words may begin an expression, which rules are tried there, and where what they found lies in the text."""
from __future__ import annotations

from datetime import date
from functools import lru_cache

import msgspec

from rawabit.lexicon.load import Lexicon
from rawabit.lexicon.time_rows import TimeWords
from rawabit.mention.dates.line import Line, Rule, Rules
from rawabit.mention.dates.months import read_month, read_season
from rawabit.mention.dates.parts import read_decade, read_fraction, read_part
from rawabit.mention.dates.prepositions import read_every, read_preposition, read_sometime, read_vague
from rawabit.mention.dates.stretches import Repeat, Stretch, move_stretch
from rawabit.mention.dates.units import read_counted_or_dated, read_digits, read_this, read_unit
from rawabit.mention.dates.weekdays import read_day
from rawabit.model.document import Span
from rawabit.model.time import DateRange
from rawabit.text.segment import Sentence

BY_KIND: dict[str, Rule] = {
    "month": read_month, "hijri-month": read_month, "weekday": read_day, "relative-day": read_day, "daypart": read_day, "leader": read_day,
    "unit": read_unit, "demonstrative": read_this, "part": read_part, "season": read_season, "fraction": read_fraction,
    "ordinal": read_counted_or_dated, "number": read_counted_or_dated, "article": read_counted_or_dated, "decade": read_decade,
    "vague": read_vague, "every": read_every,
}
"""Rules for an expression with no preposition of its own, by the kind of its first word."""
PLAIN = Rules(read_digits, BY_KIND)
ALL = Rules(read_digits, {**BY_KIND, "prep": read_preposition, "sometime": read_sometime})


class Undirected(msgspec.Struct, frozen=True):
    """A date whose words do not say whether it is past or to come; it was read as the latest one not after publication."""

    stretch: Stretch
    repeat: Repeat


@lru_cache(maxsize=8)
def _time_words(lexicon: Lexicon) -> TimeWords:
    return TimeWords(lexicon.table("time")[0].data, lexicon.orthography)


class DateReader:
    """Reads the dates of one report. `published` is its day, or None where that is not known: relative dates then stay undated."""

    def __init__(self, lexicon: Lexicon, published: date | None) -> None:
        self._table = _time_words(lexicon)
        self.begins = self._table.begins
        self.published = published
        self._line = Line([], self._table, published, PLAIN)
        self._open: dict[Span, Undirected] = {}

    def find(self, sentence: Sentence, i: int) -> tuple[int, DateRange | None] | None:
        """(index after the last token, days) of the date expression that starts at token `i`; days is None where it cannot be dated.

        A plain preposition («in», «by») is taken into the tokens and left out of the span.
        """
        if not self.begins[sentence.words[i]]:
            return None
        if self._line.words is not sentence.words:
            self._line = Line(sentence.words, self._table, self.published, PLAIN)
        found = self._line.read(i, ALL, False)
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
            following = move_stretch(stretch, 1)
            if following is None:
                return date_range
            stretch = following
        return DateRange(stretch.start, stretch.end, stretch.precision, date_range.span)
