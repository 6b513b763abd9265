"""Deeds as relations and briefs need them: read from the ledger in one way, with the day that each is put on and the sides that it joins.

`read_deeds` for some sides (only these are put together), `read_all_deeds` for all that join two codes. Refuses to put a deed on a day that
is known by season or year alone.
"""
from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import msgspec
import pyarrow as pa

from rawabit.ledger.ledger import Ledger, Moment
from rawabit.relation.parties import acts_for_state, find_codes, is_official, rank_side, read_party
from rawabit.relation.sides import Sides

EXACT_DAYS = 7
"""A deed whose days span more is known by month or year only: it is «not before» its first day."""
SINGLE = 0.5
"""Weight of a deed that one report tells; each doubling of its reports adds 1. Swept 0.25 to 0.6: docs/relations.md."""
PRIVATE = 0.5
"""What is left of the weight where one side is no organ of a state."""
WARMEST = 5.0
"""Most that a warm deed counts for in heat: the score of SUPPORT. Aid (10), cooperation (9.5) and concessions (6.5) that reports of two
hostile sides tell are mostly misread, and one of them hid what the sides did to each other."""
ONE_SIDED = frozenset({"AGREE", "AID", "REQUEST", "SUPPORT"})
KIND = 1.0
"""Most that a warm deed of these types counts for where one side does it to the other. Of 72 such between organs of states within three
days of the colder turns listed in bench/events_2018.csv (`first` and `tuning`), read one by one, 16 say so of these two, and those are
polite words in a quarrel; the end of «the American support for the Palestinians» was read as support."""
COURTS = ("JUD", "COP")
NOBODY = "UNK"
KEPT = 65_536
"""Deeds that are kept: 100 MB."""
CUTS = ("expel", "withdraw", "discontinue")
ALLIES, APART = 5, 3
"""Reports that call two states allies from which they are, and how many times more than those that call them rivals or at war."""
ALLIED = 0.1
"""What is left of the score of force between allies: what they do together to others is mostly read as a fight between them (the strikes
of Russia with Syria's army in 2018, which made a crisis of the two)."""


class Deed(msgspec.Struct, frozen=True, dict=True):
    """A deed, with the telling that speaks for it; docs/ledger.md says what the columns mean. `outlets`: how many tell it. `day`: that
    which it is put on in a series (`find_day_of`). `trust`: share of its score that is left, where it is hardly to be believed."""

    deed_id: str
    type: str
    modality: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    quad: int
    score: float
    evidence: str
    day: date | None = None
    mode: str | None = None
    codes: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    precision: str | None = None
    dated: bool = True
    place: str | None = None
    country: str | None = None
    contexts: tuple[str, ...] = ()
    announced: date | None = None
    outcome: str | None = None
    differs: tuple[str, ...] = ()
    event_id: str = ""
    document_id: str = ""
    outlet: str | None = None
    published: date | None = None
    first_told: date | None = None
    tellings: int = 1
    reports: int = 1
    outlets: int = 0
    trust: float = 1.0

    @property
    def own_day(self) -> date:
        """The day that it is put on, of a deed that has one: those of a series do."""
        assert self.day is not None, self.deed_id
        return self.day

    @property
    def parties(self) -> tuple[str, ...]:
        """All who take part."""
        return (*self.actors, *self.recipients)

    @property
    def exact(self) -> bool:
        """Whether its days are known to the week."""
        return self.start is not None and self.end is not None and (self.end - self.start).days <= EXACT_DAYS

    @property
    def summary(self) -> str:
        """Type, mode and parties in one line."""
        kind = f"{self.type}/{self.mode}" if self.mode else self.type
        return f"{kind} {', '.join(self.actors)}{' → ' if self.recipients else ''}{', '.join(self.recipients)}"

    @property
    def founding(self) -> bool:
        """Whether by its nature it changes how two states stand: diplomats or an ambassador sent home, ties or trade cut, something signed
        or restored together (the codebook's ruling 5)."""
        return (self.type == "SANCTION" and self.mode in CUTS) or (self.type in ("SUPPORT", "AGREE") and self.mutual)

    @cached_property
    def summit(self) -> bool:
        """Whether the leaders of two states met, by the offices that the lexicon knows."""
        if self.type != "CONSULT" or self.mode == "phone" or self.sharers != 2:
            return False
        day = self.start or self.first_told
        return day is not None and all(rank_side(self.parties, frozenset({code}), day, {}) == "leader" for code in find_codes(self.parties))

    @property
    def mutual(self) -> bool:
        """Whether all do it together: a meeting, a signature."""
        return not self.recipients and len(self.actors) > 1

    @cached_property
    def official(self) -> bool:
        """Whether somebody acts for a state on both sides; of those who do it together, for two of them."""
        day = self.start or self.first_told
        if self.mutual:
            return len(find_codes(text for text in self.actors if acts_for_state(text, day))) >= min(len(find_codes(self.actors)), 2)
        return is_official(self.actors, day) and is_official(self.recipients or self.actors, day) and not self._is_of_court

    @property
    def _is_of_court(self) -> bool:
        """Whether courts or police do it to a state as such: they try and arrest people, and the state is where the matter lies (an
        inquiry into money from Libya)."""
        courts = all(read_party(text).sector in COURTS for text in self.actors)
        return courts and all(party.sector is None and party.name is None for party in map(read_party, self.recipients))

    @cached_property
    def sharers(self) -> int:
        """How many codes take part in it; two at least."""
        return max(len(find_codes(self.parties)), 2)

    @property
    def pull(self) -> float:
        """The part of its score that counts: at most `WARMEST` or, one-sided, `KIND`; and what is left of its trust."""
        return min(self.score, KIND if self.recipients and self.type in ONE_SIDED else WARMEST) * self.trust

    @cached_property
    def weight(self) -> float:
        """How far the deed bears on a pair: by the logarithm of its reports; half where one side is no organ of a state (a suspect, a firm,
        a crowd). What many do together is shared out among them; what one does to three it does to each."""
        actors, recipients = find_codes(self.actors), find_codes(self.recipients)
        shared = max(min(len(actors), len(recipients)), 1) if recipients else self.sharers - 1
        return (SINGLE + math.log2(max(1, self.reports))) * (1.0 if self.official else PRIVATE) / shared

    @cached_property
    def heat(self) -> float:
        """Pull times weight: above 0 warms, below 0 cools."""
        return self.pull * self.weight

    @cached_property
    def pairs(self) -> tuple[str, ...]:
        """The pairs of codes that it joins: `AZE|RUS`."""
        across = ((a, b) for a in find_codes(self.actors) for b in find_codes(self.recipients or self.actors))
        return tuple(sorted({f"{min(pair)}|{max(pair)}" for pair in across if pair[0] != pair[1] and NOBODY not in pair}))

    def joins(self, a: frozenset[str], b: frozenset[str], official: bool = False) -> bool:
        """Whether it passes between two sides: one acts on the other, or both act together and on nobody else; what two do to a third is
        no deed between them. `official`: between those who act for a state."""
        day = self.start or self.first_told
        actors, recipients = ([text for text in texts if not official or acts_for_state(text, day)]
                              for texts in (self.actors, self.recipients))
        first, second = find_codes(actors), find_codes(recipients)
        across = bool((first & a and second & b) or (first & b and second & a))
        return across or (not self.recipients and bool(first & a and first & b))


COLUMNS = tuple(name for name in Deed.__struct_fields__ if name not in ("day", "trust"))


def read_between(ledger: Ledger, sides: Sides, as_of: Moment | None = None) -> list[Deed]:
    """The deeds known on a day that pass between two sides, or the small regions that these belong to."""
    return keep_between(read_deeds(ledger, [side.codes | side.groups for side in sides], as_of), sides)


def keep_between(deeds: Iterable[Deed], sides: Sides) -> list[Deed]:
    """Those that pass between two sides, or the small regions that these belong to."""
    one, other = (side.codes | side.groups for side in sides)
    return [deed for deed in deeds if deed.joins(one, other)]


def keep_direct(deeds: Iterable[Deed], sides: Sides) -> list[Deed]:
    """Those that pass between the sides themselves."""
    return [deed for deed in deeds if deed.joins(sides[0].codes, sides[1].codes)]


def read_deeds(ledger: Ledger, sides: Sequence[Iterable[str]], as_of: Moment | None = None) -> list[Deed]:
    """The deeds known on a day of which some telling names a code of each side, in order of their days."""
    return make_deeds(ledger.view_part([sorted(side) for side in sides], as_of=as_of), find_allies(ledger, as_of))


def read_all_deeds(ledger: Ledger, as_of: Moment | None = None) -> list[Deed]:
    """The deeds known on a day in which two codes take part, in order of their days."""
    rows = ledger.query("SELECT *, hash(deeds) AS hash FROM deeds WHERE len(codes) > 1", (), as_of)
    return make_deeds(rows, find_allies(ledger, as_of))


def find_allies(ledger: Ledger, as_of: Moment | None = None) -> frozenset[str]:
    """The pairs (`RUS|SYR`) that reports call allies, by the ties between those who act for them."""
    sql = ("SELECT subject, object, relation, count(DISTINCT document_id) AS n FROM ties WHERE modality = 'actual' "
           "AND relation IN ('ally', 'rival_of', 'at_war_with') AND subject_code <> object_code GROUP BY ALL")
    rows = ledger.query(sql, (), as_of).to_pylist()
    counts: Counter[tuple[str, bool]] = Counter()
    for row in rows:
        if acts_for_state(row["subject"]) and acts_for_state(row["object"]):
            counts["|".join(sorted(find_codes((row["subject"], row["object"])))), row["relation"] == "ally"] += row["n"]
    return frozenset(pair for pair, ally in counts if ally and counts[pair, True] >= max(ALLIES, APART * counts[pair, False]))


_MADE: dict[frozenset[str], dict[int, Deed]] = {}


def make_deeds(rows: pa.Table, allies: frozenset[str] = frozenset()) -> list[Deed]:
    """Rows of `deeds` with their hash, in order of their days; force between allies is hardly believed. A row is made into a deed once
    (15,000 rows: 0.5 s), whoever asks for it, as of whatever day, and with what was found out about it since (`weight`, `pairs`)."""
    hashes = rows["hash"].to_pylist()
    known = _MADE.get(allies, {})
    deeds = [known.get(one) for one in hashes]
    missing = [number for number, deed in enumerate(deeds) if deed is None]
    new = rows.select(list(COLUMNS)).take(missing).to_pylist() if missing else []
    made = msgspec.convert([_find_fields(row, allies) for row in new], list[Deed])
    if sum(map(len, _MADE.values())) + len(made) > KEPT:
        _MADE.clear()
    known = _MADE.setdefault(allies, {})
    for number, deed in zip(missing, made, strict=True):
        deeds[number] = known[hashes[number]] = deed
    return sorted((deed for deed in deeds if deed), key=lambda deed: (deed.start or deed.first_told or date.min, deed.deed_id))


def make_deed(row: Mapping[str, Any]) -> Deed:
    """One row of `deeds`."""
    return msgspec.convert(_find_fields({name: row[name] for name in COLUMNS}), Deed)


def _find_fields(row: dict[str, Any], allies: frozenset[str] = frozenset()) -> dict[str, Any]:
    row["trust"] = ALLIED if row["type"] == "ASSAULT" and "|".join(sorted(row["codes"] or ())) in allies else 1.0
    row["outlets"] = len(row["outlets"] or ())
    row["day"] = find_day_of(row["start"], row["end"], row["precision"], row["first_told"])
    return row


def find_day_of(start: date | None, end: date | None, precision: str | None, first_told: date | None) -> date | None:
    """The day that a deed is put on: its first; where a week or month is told, the day in it nearest to the first telling; where nothing is
    told, the first telling; none where it is known by season or year."""
    if precision in ("season", "year"):
        return None
    if start is None:
        return first_told
    if precision in ("week", "month") and first_told is not None and end is not None:
        return min(max(first_told, start), end)
    return start


def read_roles(ledger: Ledger, deeds: Iterable[Deed], as_of: Moment | None = None) -> dict[tuple[str, str], list[str]]:
    """The roles in which reports know the people of some deeds, by code and name."""
    names = sorted({party.name for deed in deeds for party in map(read_party, deed.parties) if party.name})
    sql = "SELECT DISTINCT code, english, role FROM people WHERE list_contains(?, english) ORDER BY ALL"
    out: dict[tuple[str, str], list[str]] = {}
    rows: list[dict[str, Any]] = ledger.query(sql, [names], as_of=as_of).to_pylist() if names else []
    for row in rows:
        out.setdefault((row["code"], row["english"]), []).append(row["role"])
    return out
