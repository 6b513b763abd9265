"""What a telling of a deed is compared by."""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from sys import intern
from typing import Any

import msgspec

from rawabit.ledger.gist import Rarity

KINDS = {"CONSULT": "talk", "AGREE": "talk", "COOPERATE": "talk", "SUPPORT": "talk", "AID": "aid", "CONCEDE": "yield",
            "RETREAT": "yield", "REQUEST": "word", "ACCUSE": "word", "REJECT": "word", "THREATEN": "word", "PROTEST": "crowd",
            "SANCTION": "force", "COERCE": "force", "MOBILIZE": "force", "ASSAULT": "force"}
"""Types that tellings of one deed are confused among."""


class Telling(msgspec.Struct, eq=False):
    """A telling of a deed: who (`doers` and `targets`: known codes of either side), what, when, where; its trigger and the pieces of its
    clause; the telling words of its sentence with their weights; what stands near it (`sentence`: which of its report, 0 the title;
    `report`: the report's telling words).

    Days that are compared are ordinals: `first` and `last` of the deed as far as they are known, `told` of the report; `age` is the days
    from the deed's start to its report. None where there is no such day. A telling equals itself alone."""

    event_id: str
    document_id: str
    family: str
    kind: str
    type: str
    mode: str | None
    modality: str
    actors: frozenset[str]
    recipients: frozenset[str]
    codes: frozenset[str]
    actor_codes: frozenset[str]
    doers: frozenset[str]
    targets: frozenset[str]
    names: frozenset[str]
    start: date | None
    end: date | None
    dated: bool
    published: date | None
    place: str | None
    country: str | None
    trigger: str
    pieces: frozenset[str]
    sentence: int
    words: dict[str, float]
    numbers: frozenset[str]
    norm: float
    report: frozenset[str]
    same_as: str | None
    span: tuple[int, int]
    first: int | None
    last: int | None
    told: int | None
    age: int | None

    @property
    def day(self) -> date | None:
        """The first day of the deed, or the day of publication."""
        return self.start or self.published


PIECE = 4
"""Letters of a piece of a clause: words that share a stem share pieces, whatever is joined to them."""


def make_pieces(clause: str) -> frozenset[str]:
    """The runs of letters of a clause's words, by which two wordings of one clause are held against each other."""
    return frozenset(intern(word[n : n + PIECE]) for word in clause.split() for n in range(max(1, len(word) - PIECE + 1)) if len(word) > 2)


def _find_codes(parties: frozenset[str]) -> frozenset[str]:
    return frozenset(party.partition(":")[0].partition("/")[0] for party in parties)


def make_telling(row: Mapping[str, Any], family: str, report: Iterable[str], rarity: Rarity) -> Telling:
    """The telling that a row of `events` is. `family` and `report` are the `family` and `gist` of its document."""
    words = {intern(word): rarity(word) for word in row["gist"]}
    actors, recipients = frozenset(row["actors"]), frozenset(row["recipients"])
    first, last, told = _find_ordinals(row["start"], row["end"], row["published"])
    return Telling(
        event_id=row["event_id"], document_id=row["document_id"], family=family, kind=KINDS[row["type"]], type=row["type"],
        mode=row["mode"], modality=row["modality"], actors=actors, recipients=recipients, codes=frozenset(row["codes"]) - {"UNK"},
        actor_codes=_find_codes(actors), doers=_find_codes(actors) - {"UNK"}, targets=_find_codes(recipients) - {"UNK"},
        names=frozenset(name for actor in (*actors, *recipients) if (name := actor.partition(":")[2])),
        start=row["start"], end=row["end"], dated=row["dated"], published=row["published"], place=row["place"], country=row["country"],
        trigger=row["trigger"], pieces=make_pieces(row["evidence"]), sentence=row["sentence"], words=words,
        numbers=frozenset(word for word in words if word[:1].isdigit()), norm=math.sqrt(sum(weight * weight for weight in words.values())),
        report=frozenset(report), same_as=row["same_as"], span=(row["trigger_start"], row["trigger_end"]),
        first=first, last=last, told=told,
        age=None if told is None or row["start"] is None else told - row["start"].toordinal())


def _find_ordinals(start: date | None, end: date | None, published: date | None) -> tuple[int | None, int | None, int | None]:
    """First and last day of a deed, as far as they are known, and that of its report."""
    told = published.toordinal() if published else None
    first = start.toordinal() if start else told
    return first, first if first is None or end is None else max(first, end.toordinal()), told
