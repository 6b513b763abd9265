"""Deeds as this room needs them: read from the ledger for some codes, with the sides that they join and the days that they cover."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from rawabit.ledger.ledger import Ledger
from rawabit.relation.parties import find_codes, read_party

OFFICIAL = frozenset({None, "GOV", "LEG", "MIL", "SPY", "JUD"})
"""Sectors that act for a state. Rebels, crowds, firms and reporters have its code, but their meetings are not its own."""
EXACT_DAYS = 7
"""A deed whose days span more is known by month or year only: it is «not before» its first day."""


class Deed(msgspec.Struct, frozen=True):
    """A deed, with the telling that speaks for it. docs/ledger.md says what the columns mean."""

    deed_id: str
    event_id: str
    document_id: str
    type: str
    mode: str | None
    modality: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    start: date | None
    end: date | None
    precision: str | None
    dated: bool
    place: str | None
    country: str | None
    quad: int
    contexts: tuple[str, ...]
    announced: date | None
    outcome: str | None
    evidence: str
    outlet: str | None
    published: date | None
    first_told: date | None
    tellings: int

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

    def joins(self, a: frozenset[str], b: frozenset[str], official: bool = False) -> bool:
        """Whether it passes between two sides: one acts on the other, or both act together and on nobody else. `official`: between those
        who act for a state."""
        actors, recipients = ((text for text in texts if not official or read_party(text).sector in OFFICIAL)
                              for texts in (self.actors, self.recipients))
        first, second = find_codes(actors), find_codes(recipients)
        across = bool((first & a and second & b) or (first & b and second & a))
        return across or (not self.recipients and bool(first & a and first & b))

    @property
    def mutual(self) -> bool:
        """Whether all do it together: a meeting, a signature."""
        return not self.recipients and len(self.actors) > 1


def read_deeds(ledger: Ledger, sides: Sequence[Iterable[str]], as_of: date) -> list[Deed]:
    """The deeds known on a day of which some telling names a code of each side, in order of their days."""
    return make_deeds(ledger.view_part([sorted(side) for side in sides], as_of=as_of).to_pylist())


def make_deeds(rows: Iterable[Mapping[str, Any]]) -> list[Deed]:
    """Rows of `deeds` in order of their days."""
    deeds = [msgspec.convert({name: row[name] for name in Deed.__struct_fields__}, Deed) for row in rows]
    return sorted(deeds, key=lambda deed: (deed.start or deed.first_told or date.min, deed.deed_id))


def read_roles(ledger: Ledger, deeds: Iterable[Deed], as_of: date) -> dict[tuple[str, str], list[str]]:
    """The roles in which reports know the people of some deeds, by code and name."""
    names = sorted({party.name for deed in deeds for party in map(read_party, deed.parties) if party.name})
    sql = "SELECT DISTINCT code, english, role FROM people WHERE list_contains(?, english) ORDER BY ALL"
    out: dict[tuple[str, str], list[str]] = {}
    rows: list[dict[str, Any]] = ledger.query(sql, [names], as_of=as_of).to_pylist() if names else []
    for row in rows:
        out.setdefault((row["code"], row["english"]), []).append(row["role"])
    return out
