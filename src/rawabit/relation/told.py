"""What reports themselves say of where a relation stands: a crisis, tension, a page turned; and the day on which both sides speak well.

Order of work: the reports that tell of the pair; in them the sentences with a phrase of lexicon/…/phases.yml that speak of a relation.
Where most deeds of the report are those of the pair, a sentence may point at the two («the two countries»); else it must name both and no
third.
"""
from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

import msgspec

from rawabit.ledger.ledger import Ledger, Moment
from rawabit.lexicon.load import Lexicon, known_languages, load_lexicon
from rawabit.relation.deeds import Deed
from rawabit.relation.parties import is_official
from rawabit.relation.sides import Sides, find_pairs

MAIN = 0.7
"""Least share of a report's deeds between codes that must be those of the pair, for a sentence that only points at it."""
PART = 0.3
"""The same for a sentence that names both: of a report that tells of them in passing, the sentence is mostly of something else."""
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
KEPT = 65_536
"""Reports whose sentences are kept: 15 MB, since most have none."""
BATCH = 64
"""Reports that are held as words at one time."""
APART = 3
"""Days within which both sides speak well of each other and meet."""
BOTH = ("visit", "third-party")
"""Modes of a meeting of two in person."""


class Saying(msgspec.Struct, frozen=True):
    """A sentence that says where the relation stands (`phase`), and whether it says that it turns now (`shift`)."""

    day: date
    phase: str
    shift: bool
    document_id: str
    sentence: str


def read_sayings(ledger: Ledger, sides: Sides, until: date, as_of: Moment | None = None) -> list[Saying]:
    """What the reports about two sides say up to a day, by day of publication."""
    pairs = find_pairs(sides)
    marks = ", ".join("?" * len(pairs))
    sql = (f"WITH told AS (SELECT reading_id, event_id, bool_or(pair IN ({marks})) AS own FROM dyads GROUP BY reading_id, event_id), "
           "shares AS (SELECT reading_id, avg(own::INTEGER) AS share FROM told GROUP BY reading_id HAVING share >= ?) "
           "SELECT document_id, published, language, title || chr(10) || text AS content, share >= ? AS main "
           "FROM documents JOIN shares USING (reading_id) WHERE published <= ? ORDER BY published, document_id")
    rows = ledger.query(sql, [*pairs, PART, MAIN, until], as_of).to_pylist()
    return [saying for row in rows
            for saying in find_sayings(row["document_id"], row["published"], row["language"], row["content"], sides, row["main"])]


def find_sayings(document_id: str, day: date, language: str, content: str, sides: Sides, main: bool = True) -> Iterator[Saying]:
    """The sentences of a report that say where a relation stands; one for each phase. A sentence of another year tells no turn of now."""
    if language not in _known():
        return
    found: dict[str, Saying] = {}
    for told in _find_told(language, content):
        if told.names_only(sides) or (main and told.points):
            past = {int(year) for year in YEAR.findall(told.sentence)} - {day.year}
            for phase, shift in told.said:
                if phase not in found and not (shift and past):
                    found[phase] = Saying(day, phase, shift, document_id, told.sentence.strip())
    yield from found.values()


def prepare_told(ledger: Ledger) -> Iterator[int]:
    """Looks through all reports ahead of those who ask about pairs (8,570 reports: 2 s), `BATCH` at a time; how many at each."""
    sql = "SELECT language, title || chr(10) || text AS content FROM documents WHERE list_contains(?, language)"
    for batch in ledger.query(sql, [sorted(_known())]).to_batches(BATCH):
        for row in batch.to_pylist():
            _find_told(row["language"], row["content"])
        yield batch.num_rows


class Told(msgspec.Struct, frozen=True):
    """A sentence that says where some relation stands. `said`: the phases with whether it turns. `points`: whether it points at states
    that it need not name («the two countries»). `named`: the codes that it names."""

    sentence: str
    said: tuple[tuple[str, bool], ...]
    points: bool
    named: frozenset[str]

    def names_only(self, sides: Sides) -> bool:
        """Whether it names one of each side, and no other state."""
        return all(self.named & side.codes for side in sides) and self.named <= sides[0].codes | sides[1].codes


_TOLD: dict[bytes, tuple[Told, ...]] = {}


def _find_told(language: str, content: str) -> tuple[Told, ...]:
    """Those of a report, kept by the hash of its text: a report is asked about once for each pair that it tells of."""
    key = hashlib.blake2b(content.encode(), digest_size=16, key=language.encode()).digest()
    found = _TOLD.get(key)
    if found is None:
        if len(_TOLD) >= KEPT:
            _TOLD.clear()
        found = _TOLD[key] = tuple(_split_told(_phrases(language), content))
    return found


def _split_told(phrases: _Phrases, content: str) -> Iterator[Told]:
    """Most reports have no such phrase anywhere: asking for it in the whole spares their sentences (1.2 became 0.2 ms a report)."""
    whole = phrases.lexicon.normaliser.phrase(content)
    if any(word in whole for _, _, words in phrases.rows for word in words):
        for sentence in re.split(phrases.ends, content):
            normal = phrases.lexicon.normaliser.phrase(sentence)
            said = tuple((phase, shift) for phase, shift, words in phrases.rows if any(word in normal for word in words))
            if said:
                named = frozenset(code for code, words in phrases.called.items() if any(word in normal for word in words))
                yield Told(sentence, said, any(word in normal for word in phrases.near), named)


@cache
def _known() -> frozenset[str]:
    return frozenset(known_languages())


class _Phrases(msgspec.Struct, frozen=True):
    lexicon: Lexicon
    ends: str
    near: list[str]
    rows: list[tuple[str, bool, list[str]]]
    called: dict[str, list[str]]


@cache
def _phrases(language: str) -> _Phrases:
    lexicon = load_lexicon(language)
    rows = lexicon.table("phase")
    near = [word for row in rows if row.kind == "near" for word in row.data["words"]]
    named = [(row.kind, bool(row.data["shift"]), row.data["words"]) for row in rows if row.kind != "near"]
    called = {row.code: row.data["words"] for row in lexicon.table("called")}
    return _Phrases(lexicon, f"[{re.escape(lexicon.orthography.sentence_end)}\n]", near, named, called)


def read_meetings(ledger: Ledger, sides: Sides, deeds: Sequence[Deed], until: date,
                  as_of: Moment | None = None) -> list[tuple[date, Deed]]:
    """The meetings in person after which each side spoke well of the other within `APART` days: (day on which the later one did,
    meeting)."""
    sql = ("SELECT published AS day, list_contains(?, speaker_code) AS one, list_contains(?, speaker_code) AS other FROM statements "
           "WHERE stance = 'positive' AND published <= ? AND ((list_contains(?, speaker_code) AND list_has_any(about, ?)) "
           "OR (list_contains(?, speaker_code) AND list_has_any(about, ?))) ORDER BY published")
    one, other = sorted(sides[0].codes), sorted(sides[1].codes)
    rows = ledger.query(sql, [one, other, until, one, other, other, one], as_of).to_pylist()
    praised = [{row["day"] for row in rows if row[side]} for side in ("one", "other")]
    return list(find_meetings(deeds, praised[0], praised[1]))


def find_meetings(deeds: Sequence[Deed], first: set[date], second: set[date]) -> Iterator[tuple[date, Deed]]:
    """The same from the days on which each side spoke well of the other."""
    for deed in deeds:
        in_person = deed.type == "CONSULT" and deed.mode in BOTH and deed.modality == "actual" and deed.day is not None
        if in_person and deed.sharers == 2 and is_official(deed.actors):
            near = [deed.own_day + timedelta(n) for n in range(APART + 1)]
            days = [next((day for day in near if day in spoken), None) for spoken in (first, second)]
            if days[0] and days[1]:
                yield max(days[0], days[1]), deed
