"""What a telling of a deed is compared by."""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from rawabit.ledger.gist import Rarity

FAMILIES = {"CONSULT": "talk", "AGREE": "talk", "COOPERATE": "talk", "SUPPORT": "talk", "AID": "aid", "CONCEDE": "yield",
            "RETREAT": "yield", "REQUEST": "word", "ACCUSE": "word", "REJECT": "word", "THREATEN": "word", "PROTEST": "crowd",
            "SANCTION": "force", "COERCE": "force", "MOBILIZE": "force", "ASSAULT": "force"}
"""Types that tellings of one deed are confused among."""


class Telling(msgspec.Struct):
    """A telling of a deed: who, what, when, where, and its telling words with their weights."""

    event_id: str
    document_id: str
    family: str
    outlet: str | None
    type: str
    mode: str | None
    modality: str
    actors: frozenset[str]
    recipients: frozenset[str]
    codes: frozenset[str]
    start: date | None
    end: date | None
    dated: bool
    published: date | None
    place: str | None
    country: str | None
    trigger: str
    evidence: str
    words: dict[str, float]
    norm: float
    report: frozenset[str]
    same_as: str | None
    span: tuple[int, int]

    @property
    def day(self) -> date | None:
        """The first day of the deed, or the day of publication."""
        return self.start or self.published


def make_telling(row: Mapping[str, Any], family: str, report: Iterable[str], rarity: Rarity) -> Telling:
    """The telling that a row of `events` is. `family` and `report` are the `family` and `gist` of its document."""
    words = {word: rarity(word) for word in row["gist"]}
    return Telling(row["event_id"], row["document_id"], family, row["outlet"], row["type"], row["mode"], row["modality"],
                   frozenset(row["actors"]), frozenset(row["recipients"]), frozenset(row["codes"]) - {"UNK"}, row["start"], row["end"],
                   row["dated"], row["published"], row["place"], row["country"], row["trigger"], row["evidence"], words,
                   math.sqrt(sum(weight * weight for weight in words.values())), frozenset(report), row["same_as"],
                   (row["trigger_start"], row["trigger_end"]))
