"""What goes into a brief: rows of the ledger become facts, weighed and checked against the words of their reports.

A deed enters when two reports tell it, or a named leader or minister takes part, or it is strong; one fact a sentence; and only where the
sentence names both sides. It is told in own words only where its kind is one that words of the report bear out (`PLAIN`).
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from rawabit.brief.ground import (
    Named,
    bears_date,
    begins_with,
    find_named,
    find_sentence,
    has_word,
    is_of_other,
    is_of_strangers,
    is_perhaps_ahead,
    is_to_come,
    names_first,
    names_party,
    skip_dateline,
    stands_by,
)
from rawabit.brief.parts import Days, Fact, Report
from rawabit.catalogue import Calendar, find_words
from rawabit.ledger import Ledger
from rawabit.lexicon.load import known_languages, load_lexicon
from rawabit.relation.deeds import Deed

Row = dict[str, Any]
PLAIN = {("CONSULT", None), ("CONSULT", "third-party"), ("CONSULT", "multilateral"), ("CONSULT", "phone"), ("CONSULT", "visit"),
         ("ACCUSE", "allege")}
"""Types and modes that may be told in own words. Others name the act too loosely for a sentence: the report's own words stand for them."""
HIGH = ("president", "king", "prime minister", "crown prince", "emir", "chancellor", "supreme leader", "foreign minister",
        "defence minister", "secretary of state", "leader", "sultan")
MET = 3.0
"""What is added to the weight of a meeting or call of two leaders: the hinges of a story of relations."""
STRONG = 6.0
"""PLOVER score, either way, from which one report is enough."""
LONGEST, SHORTEST = 360, 5
"""Code points of a quotation, and words that it must have at least."""
LOOSE = timedelta(days=1)
"""How long before publication a verbal deed may lie that is told in the report's words: a day farther off is often that of its matter."""
VERBAL = ("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN")
PROMISES = ("AGREE", "REQUEST")
"""Verbal deeds whose sentence dates mostly what is promised or asked for."""
CONSULTS = ("phone", "handshake", "talks", "meet")
"""How two people consult, by the words that say so, in order of trial."""
MANY = 4
"""Reports, of two outlets at least, from which a deed is that of its parties though its sentence names a state that takes no part."""
HEAD = 400
"""Letters after the title in which a report says what it is about: what comes later is mostly looked back on."""
FRESH = timedelta(days=3)
"""How long after a deed was first told a report still tells it as news."""
LITTLE = 3
"""Letters of a word up to which it does not count when quotations are compared."""
ALIKE, FAR_ALIKE, TOGETHER = 0.5, 0.7, timedelta(days=14)
"""Share of the words of the shorter of two quotations from which they tell the same: published within so many days, and farther apart."""


class Chooser:
    """Turns rows into facts. `reports` are the rows of `documents` that the rows point at; `calendars` by language."""

    def __init__(self, ledger: Ledger, codes: tuple[str, ...], as_of: date, reports: dict[str, Row],
                 calendars: dict[str, Calendar]) -> None:
        self.ledger, self.codes, self.as_of, self.reports, self.calendars = ledger, codes, as_of, reports, calendars

    def make_fact(self, deed: Deed, tellings: Sequence[Row]) -> Fact | None:
        """The fact of a deed; None where no telling bears it out."""
        rated = [(self._rate(row, deed), row) for row in tellings if row["document_id"] in self.reports]
        best = max(((rate, -(row["published"] or date.max).toordinal(), -len(self.find_quote(row)[0]), row["event_id"], row)
                    for rate, row in rated if rate is not None), default=None, key=lambda item: item[:4])
        return self.tell(deed, best[4]) if best else None

    def tell(self, deed: Deed, row: Row) -> Fact:
        """A deed by one of its tellings."""
        quote, named = self.find_quote(row)
        roles = find_roles((*row["actors"], *row["recipients"]), row["start"] or row["published"])
        days = self.find_days(row, deed, named)
        plain = self._is_plain(row, deed, named, days)
        place = row["place"] if self._writes_place(row) else None
        return Fact(
            (deed.deed_id, row["event_id"]), make_report(self.reports[row["document_id"]]), quote, (row["evidence"],), row["type"],
            self.find_manner(row) if plain else row["mode"], tuple(row["actors"]), tuple(row["recipients"]), days, place,
            row["attribution"], plain, find_weight(deed, roles), deed.reports, roles,
            alone=self.is_alone(row, quote) or (deed.reports >= MANY and deed.outlets > 1), head=self.is_head(row))

    def _rate(self, row: Row, deed: Deed) -> tuple[int, ...] | None:
        """How well a telling speaks for its deed, or None where its sentence does not name all sides or says too little."""
        quote, named = self.find_quote(row)
        filler = find_words(self.reports[row["document_id"]]["language"], "filler")
        if named.words < SHORTEST or any(mark in quote for mark in filler) or not self.names_all(row, quote, named):
            return None
        if row["modality"] == "actual" and self.is_ahead(row, quote):
            return None
        same = int(row["type"] == deed.type) + int(tuple(row["codes"]) == deed.codes) + int(row["modality"] == deed.modality)
        days = self.find_days(row, deed, named)
        plain = self._is_plain(row, deed, named, days)
        fresh = bool(row["published"] and deed.first_told and row["published"] - deed.first_told <= FRESH)
        return (int(plain), int(self.is_alone(row, quote)), int(self.is_head(row)), int(fresh), same + 2 * int(days is not None),
                int(row["sentence"] > 0))

    def is_alone(self, row: Row, quote: str) -> bool:
        """Whether a sentence names, up to the end of what tells the deed, no state but those that take part and that where it was done:
        who is named before or in it does it or has it done; who is named later is what it is about."""
        told = " ".join(row["evidence"].split())
        named = find_named(quote[: max(0, quote.find(told)) + len(told)], self.reports[row["document_id"]]["language"] or "")
        return not {code for code in named.codes if "-" not in code} - {*self.codes, *row["codes"], row["country"]}

    def is_head(self, row: Row) -> bool:
        """Whether a telling stands in the title or the first sentences of its report."""
        return bool(row["evidence_start"] < len(self.reports[row["document_id"]]["title"]) + HEAD)

    def is_ahead(self, row: Row, quote: str) -> bool:
        """Whether what a telling has as done is still to come by the words around it."""
        if row["type"] in VERBAL or row["published"] is None:
            return False
        if row["start"] is not None and row["dated"] and is_perhaps_ahead(quote, row["start"], row["published"]):
            return True
        language = self.reports[row["document_id"]]["language"] or ""
        return language in known_languages() and is_to_come(quote, find_place(quote, row), row["trigger"], language)

    def names_all(self, row: Row, quote: str, named: Named) -> bool:
        """Whether a sentence names all sides; or points at both in a report whose title names them."""
        if all(code in named.codes for code in self.codes):
            return True
        report = self.reports[row["document_id"]]
        if report["language"] not in known_languages() or not begins_with(quote, find_words(report["language"], "both")):
            return False
        return set(self.codes) == set(row["codes"]) and names_first(report["title"], report["language"], self.codes)

    def find_quote(self, row: Row) -> tuple[str, Named]:
        """The sentence that a record stands in, shortened around it where it is long; and whom it names."""
        report = self.reports[row["document_id"]]
        language = report["language"] or ""
        content = f"{report['title']}\n{report['text']}"
        if language not in known_languages():
            return row["evidence"], Named(frozenset(), frozenset(), False, 0)
        first, last = find_sentence(content, len(report["title"]), language, row["evidence_start"], row["evidence_end"])
        first = skip_dateline(content, first, row["evidence_start"])
        quote = shorten(content, first, last, row["evidence_start"], row["evidence_end"])
        return quote, find_named(quote, language)

    def find_days(self, row: Row, deed: Deed, named: Named) -> Days | None:
        """The days of a telling where its sentence says them and no other telling says others."""
        if row["start"] is None or not row["dated"] or "date" in deed.differs or (named.future and row["modality"] == "actual"):
            return None
        report = self.reports[row["document_id"]]
        days = Days(row["start"], row["end"], row["precision"])
        calendar = self.calendars.get(report["language"] or "")
        quote, ahead = self.find_quote(row)[0], find_words(report["language"] or "", "ahead")
        if calendar is None or any(phrase in quote for phrase in ahead) or not bears_date(quote, days, row["published"], calendar):
            return None
        loose = row["precision"] != "day" or row["published"] - row["start"] > LOOSE
        if row["type"] in PROMISES or (row["type"] in VERBAL and loose):
            return None
        if is_of_other(quote, find_place(quote, row), report["language"] or "", calendar):
            return None
        return days

    def _is_plain(self, row: Row, deed: Deed, named: Named, days: Days | None) -> bool:
        """Whether it may be told in own words: kind, modality, every party named, and the verb beside the one who acts."""
        if (row["type"], row["mode"]) not in PLAIN or row["modality"] != "actual" or named.future or "denied" in deed.differs:
            return False
        if row["type"] == "CONSULT" and (days is None or not is_meeting(row, len(self.codes))):
            return False
        language, parties = self.reports[row["document_id"]]["language"], (*row["actors"], *row["recipients"])
        manner = self.find_manner(row)
        if manner is None or has_word(row["evidence"], find_words(language, "aside")):
            return False
        evidence = find_named(row["evidence"], language)
        return (set(self.codes) == {party.split("/")[0] for party in parties} and all("/GOV" in party for party in parties)
                and all(names_party(evidence, party, row["evidence"]) for party in parties)
                and stands_by(row["evidence"], find_words(language, manner), row["actors"][0], language)
                and not is_of_strangers(row["evidence"], language))

    def find_manner(self, row: Row) -> str | None:
        """What was done, as the very words of the record say: phone, handshake, talks, meet, visit, allege; None where they do not."""
        language = self.reports[row["document_id"]]["language"]
        if row["type"] == "ACCUSE" or row["mode"] == "visit":
            own = "allege" if row["type"] == "ACCUSE" else "visit"
            return own if has_word(row["evidence"], find_words(language, own)) else None
        manner = next((m for m in CONSULTS if begins_with(row["evidence"], find_words(language, m))), None)
        return None if row["mode"] == "phone" and manner not in ("phone", "talks") else manner

    def _writes_place(self, row: Row) -> bool:
        """Whether the place is named in the very words of the record."""
        report = self.reports[row["document_id"]]
        if not row["place"] or report["language"] not in known_languages():
            return False
        lexicon = load_lexicon(report["language"])
        words = [lexicon.word(token.group()) for token in lexicon.token.finditer(row["evidence"])]
        return any(s.payload is not None and s.payload.english == row["place"] and s.kind in ("place", "capital")
                   for word in words for s in word.senses)


def find_place(quote: str, row: Row) -> int:
    """Where in a quotation the word stands that names the deed; its beginning, where it was left out."""
    evidence = max(0, quote.find(" ".join(row["evidence"].split())))
    return max(0, quote.find(row["trigger"], evidence))


def is_meeting(row: Row, sides: int) -> bool:
    """Two people named, or one who visits a state."""
    people = [party for party in (*row["actors"], *row["recipients"]) if ":" in party]
    if row["mode"] == "visit":
        return len(row["actors"]) == len(row["recipients"]) == 1 and people == row["actors"]
    return len(people) == len(row["actors"]) == sides and not row["recipients"]


def shorten(content: str, first: int, last: int, start: int, end: int) -> str:
    """A sentence on one line; where it is long, the words around a stretch of it, cut at spaces, with dots for what is left out."""
    if last - first > LONGEST:
        room = max(0, LONGEST - (end - start)) // 2
        left, right = max(first, start - room), min(last, max(end, start) + room)
        if end - start > LONGEST:
            right = start + LONGEST
        left = first if left == first else content.find(" ", left, start + 1) + 1 or start
        right = last if right == last else content.rfind(" ", left, right) if content.rfind(" ", left, right) > left else right
        text = " ".join(content[left:right].split())
        return ("" if left == first else "… ") + text + ("" if right == last else " …")
    return " ".join(content[first:last].split())


def make_report(row: Row) -> Report:
    """The report of a row of `documents`."""
    return Report(row["document_id"], row["outlet"], row["published"], row["title"], row["url"], row["language"] or "")


def find_roles(parties: Iterable[str], day: date | None) -> dict[str, str]:
    """Offices that the lexicon says the people among the parties held on a day, by English name; only the highest."""
    held: dict[str, str] = {}
    iso = day.isoformat() if day else ""
    for party in parties:
        code, _, name = party.partition(":")
        for payload in _people().get(name, ()) if iso and name else ():
            for role, _, since, until in payload.offices:
                if role in HIGH and payload.code == code.split("/")[0] and (since or "") <= iso <= (until or "9999"):
                    held.setdefault(name, role)
    return held


def _people() -> dict[str, list[Any]]:
    if not _PEOPLE:
        for language in known_languages():
            for payload in load_lexicon(language).table("person"):
                _PEOPLE.setdefault(payload.english, []).append(payload)
    return _PEOPLE


_PEOPLE: dict[str, list[Any]] = {}


def is_high(roles: dict[str, str], parties: Iterable[str]) -> bool:
    """Whether a leader or minister takes part by name."""
    return any(party.partition(":")[2] in roles for party in parties)


def enters(deed: Deed, roles: dict[str, str]) -> bool:
    """The rule of selection: two reports, or a leader by name, or a strong score; and done by those who act for the sides."""
    parties = deed.parties
    return deed.official and (deed.reports > 1 or is_high(roles, parties) or abs(deed.score) >= STRONG)


def find_weight(deed: Deed, roles: dict[str, str]) -> float:
    """How much a deed matters: reports and outlets that tell it, who takes part, how strong it is, whether it is dated."""
    high = sum(party.partition(":")[2] in roles for party in deed.parties)
    return float(min(deed.reports, 12) + 2.0 * (deed.outlets - 1) + 2.5 * min(high, 2) + 0.3 * abs(deed.score)
            + 1.5 * bool(deed.dated) + MET * (deed.type == "CONSULT" and high > 1))


class Told(msgspec.Struct, frozen=True):
    """What was told before: its longer words, and when it was published."""

    words: frozenset[str]
    published: date


def are_alike(one: Told, other: Told) -> bool:
    """Whether two quotations tell the same: fewer words are enough where they were published close together."""
    share = ALIKE if abs(one.published - other.published) <= TOGETHER else FAR_ALIKE
    return len(one.words & other.words) >= share * min(len(one.words), len(other.words))


def drop_alike(facts: Iterable[Fact], seen: list[Told]) -> list[Fact]:
    """Facts whose words were not told before, heaviest first; those of one sentence become one. `seen` grows."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda f: (not f.plain, -f.weight, f.day, f.records)):
        told = Told(frozenset(word for word in fact.quote.split() if len(word) > LITTLE), fact.report.published or date.min)
        if not any(are_alike(told, other) for other in seen):
            seen.append(told)
            kept.append(fact)
        else:
            join_records(kept, fact)
    return kept


def join_records(kept: list[Fact], fact: Fact) -> None:
    """A fact that stands in the same sentence as one that is kept lends it its records."""
    for n, other in enumerate(kept):
        if other.report.id == fact.report.id and other.quote == fact.quote:
            kept[n] = msgspec.structs.replace(other, records=(*other.records, *fact.records), evidence=(*other.evidence, *fact.evidence))


def spread(facts: Iterable[Fact], most: int, per_day: int = 2) -> tuple[Fact, ...]:
    """The heaviest, no more than so many a day, in order of date."""
    days: dict[date, int] = {}
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda f: (-f.weight, f.day, f.records)):
        if len(kept) < most and days.get(fact.day, 0) < per_day:
            days[fact.day] = days.get(fact.day, 0) + 1
            kept.append(fact)
    return tuple(sorted(kept, key=lambda f: (f.day, f.report.published or date.min, f.records)))
