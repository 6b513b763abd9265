"""Date expressions: the days that «last Thursday» or «5 April» mean in a report of a known day.

All words come from the table that `lexicon.time_rows` makes of `time.yml`; this package knows only calendars and the order of words.
Order of work (`reader`): one look-up decides whether a word may start a date; its kinds name the rules to try (`line`); a rule
(`prepositions`, `weekdays`, `month_days`, `months`, `units`, `parts`) reads on as far as it understands and gives a stretch of days
(`stretches`, `calendars`), or none where it sees a time that it cannot date («years ago», «the next day»).
It refuses to guess: a month's name, a number or a general word counts only with something beside it that makes it a date.
"""
from rawabit.mention.dates.calendars import from_hijri, to_hijri
from rawabit.mention.dates.reader import DateReader
from rawabit.mention.dates.written import find_written_day, read_day

__all__ = ["DateReader", "find_written_day", "from_hijri", "read_day", "to_hijri"]
