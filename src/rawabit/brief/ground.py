"""Whether the words of a report bear a record out: which sentence it stands in, whom that names, whether its date is said there.

A reading errs; a brief may not. What the words do not bear out is not told in own words. Knows languages by their lexicon only.
"""
from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

import msgspec

from rawabit.brief.parts import Days
from rawabit.catalogue import Calendar, find_words
from rawabit.lexicon.load import Sense, Word, load_lexicon
from rawabit.text.segment import split_sentences

PRIVATE = ("/JRN", "/BUS")
"""Sectors of outlets and firms: one that is named does not stand for its state."""
BEFORE, AFTER = 6, 8
"""Words around a verb within which its party is looked for."""
NAMED = ("state", "nat", "capital", "seat", "person", "surname", "org", "place")
LOOSE = ("org",)
"""Kinds of names that do not name their state: what is said of Hezbollah is not said of Lebanon."""
AROUND = 4
"""Words around a denial among which stands who denies."""
LONG_PAST = timedelta(days=240)
"""A day of a month without a year that lies farther back than this may as well be one to come («takes effect on 4 November»)."""
CLOSE = 330
"""Days back to which a month without a year is the last of its name."""
NEAR = timedelta(days=10)
"""A day this close to publication is said by a weekday or «yesterday», which the reader resolves well; farther off a month is named."""


DATELINE = re.compile(r"[^()\n]{0,60}\([A-Z]{2,8}\)\s*[-–—]*\s*")
"""A place and an outlet in brackets, as agencies begin."""
STRANGERS = 4
"""Words after a verb of blame among which a stranger is its subject («Western diplomats accused Moscow»)."""
MODAL = 3
"""Words before a verb among which stands what puts it ahead («it is planned that he takes part»)."""


class Named(msgspec.Struct, frozen=True):
    """Whom a stretch of words names: codes, and people by their English names. `states`: codes that are named by more than a body of
    theirs; `full`: people who are named in full."""

    codes: frozenset[str]
    people: frozenset[str]
    future: bool
    words: int
    states: frozenset[str] = frozenset()
    full: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def find_sentences(content: str, title_length: int, language: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a report stand."""
    return tuple((s.start, s.end) for s in split_sentences(content, title_length, load_lexicon(language)))


def find_sentence(content: str, title_length: int, language: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that a stretch stands in; the stretch itself where it crosses sentences."""
    for first, last in find_sentences(content, title_length, language):
        if first <= start and end <= last:
            return first, last
    return start, end


def skip_dateline(content: str, first: int, start: int) -> int:
    """Where a sentence begins behind its dateline («Dubai, United Arab Emirates (CNN)-- »), which names states that have no part in it."""
    found = DATELINE.match(content, first)
    return found.end() if found and found.end() <= start else first


@lru_cache(maxsize=8192)
def find_named(text: str, language: str) -> Named:
    """Whom the words name."""
    lexicon = load_lexicon(language)
    words = [lexicon.word(token.group()) for token in lexicon.token.finditer(text)]
    senses = [sense for n in range(len(words)) for sense in _senses_at(words, n)]
    shared = {lexicon.word(name).norm for name in find_words(language, "shared_name")}
    people = frozenset(
        sense.payload.english for n in range(len(words)) for sense in _senses_at(words, n)
        if sense.payload is not None and (sense.kind == "person" or (sense.kind == "surname" and words[n].norm not in shared)))
    states = frozenset(filter(None, (_code(sense) for sense in senses if sense.kind not in LOOSE)))
    full = frozenset(sense.payload.english for sense in senses if sense.kind == "person" and sense.payload is not None)
    return Named(frozenset(filter(None, map(_code, senses))), people, any(_is_future(word) for word in words),
                 sum(not word.mark for word in words), states, full)


def _senses_at(words: list[Word], n: int) -> list[Sense]:
    """Senses of the longest name that begins at a word, and those of the word alone."""
    word, after = words[n], [w.norm for w in words[n + 1 : n + 6]]
    found = [s for s in word.senses if s.kind in NAMED]
    if after:
        for tail, senses in word.starts.get(after[0], ()):
            if list(tail) == after[1 : 1 + len(tail)]:
                return found + [s for s in senses if s.kind in NAMED]
    return found


def _code(sense: Sense) -> str:
    payload = sense.payload
    if payload is None or any(sector in payload.actor for sector in PRIVATE):
        return ""
    return str(payload.code or payload.actor.split(":")[0].split("/")[0] or payload.country or "")


def _is_future(word: Word) -> bool:
    return any(sense.fut for sense in word.senses)


def has_word(text: str, marks: tuple[str, ...], joined: int = 1) -> bool:
    """Whether a word of a text is one of the marks, but for letters joined before it."""
    return any(word.endswith(mark) and len(word) - len(mark) <= joined for word in re.findall(r"\w+", text) for mark in marks)


def begins_with(text: str, marks: tuple[str, ...], joined: int = 2) -> bool:
    """Whether a word of a text begins with a mark, after no more than so many letters that are joined to it."""
    words = re.findall(r"\w+", text)
    return any(0 <= word.find(mark) <= (joined if len(mark) > 3 else min(joined, 1)) for word in words for mark in marks)


def names_party(named: Named, party: str, text: str) -> bool:
    """Whether the words name a party: the person, where it is one, else its state or body."""
    head, _, name = party.partition(":")
    if name and (name in named.people or name.split()[-1] in text):
        return True
    return not name and head.split("/")[0] in named.codes


def names_first(text: str, language: str, codes: tuple[str, ...]) -> bool:
    """Whether the first that a text names are these codes."""
    words = text.split()
    for n in range(1, len(words) + 1):
        named = find_named(" ".join(words[:n]), language).codes
        if named >= set(codes):
            return named == set(codes)
    return False


def stands_by(text: str, marks: tuple[str, ...], party: str, language: str) -> bool:
    """Whether a party is named close to one of the marks: shortly after it, or just before."""
    words = text.split()
    places = [n for n, word in enumerate(words) if has_word(word, marks) or begins_with(word, marks)]
    around = [" ".join(words[max(0, n - BEFORE) : n + 1 + AFTER]) for n in places]
    return any(names_party(find_named(part, language), party, part) for part in around)


def denies_for(text: str, marks: tuple[str, ...], codes: tuple[str, ...], language: str) -> bool:
    """Whether one of the sides is named beside a word of denial, and nobody else: the denial of a third is not theirs."""
    words = text.split()
    for n, word in enumerate(words):
        if begins_with(word, marks):
            named = find_named(" ".join(words[max(0, n - AROUND) : n]), language).codes or find_named(
                " ".join(words[n + 1 : n + AROUND]), language).codes
            return bool(named) and named <= set(codes)
    return False


def is_to_come(text: str, place: int, trigger: str, language: str) -> bool:
    """Whether a deed that a noun at a place of the text names is still to come by the words of its clause: «their summit will be a first
    step», «before meeting him», «the awaited visit»."""
    lexicon = load_lexicon(language)
    if not any(sense.kind == "noun" for sense in lexicon.word(trigger).senses):
        before = " ".join(text[:place].split()[-MODAL:])
        return (_is_future(lexicon.word(trigger)) or has_word(before, find_words(language, "modal"))
                or is_possible(f"{before} {trigger}", language))
    ends = f"[{re.escape(lexicon.orthography.list_comma + lexicon.orthography.clause_breaks)}]"
    close = re.split(ends, text[:place])[-1].split()[-BEFORE:]
    clause = " ".join((*close, re.split(ends, text[place:])[0]))
    return (has_word(" ".join(close[-1:]), find_words(language, "before")) or has_word(clause, find_words(language, "awaited"))
            or has_word(clause, find_words(language, "modal")) or is_possible(clause, language)
            or any(_is_future(lexicon.word(token.group())) for token in lexicon.token.finditer(clause)))


def is_possible(text: str, language: str) -> bool:
    """Whether a text tells what may be: «it may lead to a war»."""
    return any(mark in f" {text}" for mark in find_words(language, "possible"))


def is_of_other(text: str, place: int, language: str, calendar: Calendar) -> bool:
    """Whether the first day named after a place is that of what went before or after («accused him over the violence of Friday»), or of a
    noun that it stands right behind («arrived to complete the talks of Monday»)."""
    names = [name for own in (*calendar.weekdays, *calendar.months) for name in own] + list(calendar.near)
    found = [match.start() for name in names if (match := re.search(rf"\b\w?{name}\b", text[place:]))]
    if not found:
        return False
    between = text[place:][: min(found)]
    if has_word(between, find_words(language, "cause")):
        return True
    words = between.split()[1:]
    return bool(words) and any(sense.kind == "noun" for sense in load_lexicon(language).word(words[-1]).senses)


def is_of_strangers(text: str, language: str) -> bool:
    """Whether people of no named state are the subject of a verb of blame: «Western diplomats accused Moscow» is no charge by Moscow."""
    words = text.split()
    marks, strangers = find_words(language, "allege") + find_words(language, "dispute"), find_words(language, "strangers")
    return any(begins_with(word, marks) and has_word(" ".join(words[n + 1 : n + 1 + STRANGERS]), strangers) for n, word in enumerate(words))


def is_perhaps_ahead(text: str, start: date, published: date) -> bool:
    """Whether a day that was read as long past may be one to come: no year is written."""
    return published - start > LONG_PAST and not _says_year(text, start.year)


def bears_date(text: str, days: Days, published: date | None, calendar: Calendar) -> bool:
    """Whether the words say these days and no others: near to publication by a weekday or the like, else by month or year."""
    if published is None or days.end < days.start or days.start > published or not says_one_time(text, days, calendar):
        return False
    if days.precision == "day" and published - days.start <= NEAR:
        return _says_day(text, calendar)
    year = _says_year(text, days.start.year)
    month = any(name in text for name in calendar.months[days.start.month - 1])
    past = (days.start.year, days.start.month) < (published.year, published.month)
    return days.precision in ("day", "month") and past and month and ((published - days.start).days < CLOSE or year)


def says_one_time(text: str, days: Days, calendar: Calendar) -> bool:
    """Whether no other month, year or day of the week is said: else the days may be those of something else in the sentence."""
    months = {n for n, names in enumerate(calendar.months, 1) if any(re.search(rf"\b\w?{name}\b", text) for name in names)}
    weekdays = {n for n, names in enumerate(calendar.weekdays) if any(re.search(rf"\b\w?{name}\b", text) for name in names)}
    years = {int(found) for found in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)}
    own = {days.start.weekday()} if days.start == days.end else set()
    return months <= {days.start.month} and years <= {days.start.year} and weekdays <= own


def _says_day(text: str, calendar: Calendar) -> bool:
    """Whether there is any word of a day at all."""
    names = (*calendar.near, *(name for own in (*calendar.weekdays, *calendar.months) for name in own))
    return any(re.search(rf"\b\w?{name}\b", text) for name in names)


def _says_year(text: str, year: int) -> bool:
    return re.search(rf"(?<!\d){year}(?!\d)", text) is not None
