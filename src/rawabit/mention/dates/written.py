"""The day that a date line names in words («Thursday, 9 October 2025»): for days of publication that come in a language.

Refuses figures alone (9/10 is October in one country and September in another), days without a year, and lines that name two days.
"""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rawabit.lexicon.load import Lexicon, known_languages, load_lexicon
from rawabit.mention.dates.reader import DateReader
from rawabit.model.time import DateRange, Precision
from rawabit.text.segment import split_sentences

LONGEST = 200
"""Characters of a date line; what is longer is none."""


def find_written_day(text: str, lexicon: Lexicon) -> date | None:
    """The one day that a line names in full, or None."""
    if len(text) > LONGEST or not any(c.isalpha() for c in text):
        return None
    days = {found.start for found in _read(text, lexicon) if found.precision is Precision.DAY}
    return days.pop() if len(days) == 1 else None


def read_day(text: str) -> date | None:
    """A day of publication in the words of a language that has a lexicon."""
    if text.isascii():
        return None
    days = (find_written_day(text, load_lexicon(code)) for code in known_languages())
    return next((day for day in days if day), None)


def _read(text: str, lexicon: Lexicon) -> Iterator[DateRange]:
    """Every dated expression of a line; no day of publication is known, so relative ones are none."""
    reader = DateReader(lexicon, None)
    for sentence in split_sentences(text, 0, lexicon):
        i = 0
        while i < len(sentence.words):
            found = reader.find(sentence, i)
            if found and found[1]:
                yield found[1]
            i = found[0] if found else i + 1
