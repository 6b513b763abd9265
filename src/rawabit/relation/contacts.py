"""Last and next: when two states last met, phoned, signed and clashed, what they plan, and what was planned and never told to have come.

A contact counts where both sides take part in the deed (`Deed.joins`), or a small region that a side belongs to does (`via`). Rank is that
of the lower side, from the offices that the named people held that day; a side without a name leaves it open. A deed without a day is
counted, not placed. Order of work: read the pair's deeds once, sort them into kinds, take the newest of each kind.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from rawabit.ledger.ledger import Ledger
from rawabit.relation.deeds import Deed, read_between, read_roles
from rawabit.relation.parties import RANKS, find_codes, rank_side
from rawabit.relation.sides import Sides, find_sides

NEAR = timedelta(3)
"""Days around a planned deed within which a deed of the same type may be it."""
FEW = 3
"""Parties that a meeting of two sides may have; one of more is a gathering, where both were."""
FRIENDLY = ("CONSULT", "AGREE", "SUPPORT", "AID", "COOPERATE")
"""Types whose plans are contacts to come."""
Roles = Mapping[tuple[str, str], list[str]]


def _meets(deed: Deed) -> bool:
    return deed.type == "CONSULT" and deed.mode != "phone"


def _calls(deed: Deed) -> bool:
    return deed.type == "CONSULT" and deed.mode == "phone"


def is_agreement(deed: Deed) -> bool:
    """Whether two sides bind themselves together: agree, or sign or restore something jointly (the codebook's ruling 5)."""
    return deed.founding and deed.mutual


OFFICIAL_KINDS = ("meeting", "call", "agreement")
"""Kinds that only those can do who act for their states."""
KINDS: dict[str, Callable[[Deed], bool]] = {
    "meeting": _meets, "call": _calls, "agreement": is_agreement,
    "conflict in words": lambda deed: deed.quad == 3 and deed.type != "REQUEST", "conflict in deeds": lambda deed: deed.quad == 4}
"""In the order in which they are told. PLOVER counts REQUEST as verbal conflict; to ask for something is none here."""


class Contact(msgspec.Struct, frozen=True):
    """A deed between the two. `rank`: of the lower side; None where neither side is named; `named`: whether both are.
    `official`: whether those who act for a state do it on both sides. `days`: since its
    first day (until it, where it is to come). `via`: the region that takes part in a side's place. `perhaps`: deeds that may be what was
    planned, though the ledger did not join them."""

    kind: str
    rank: str | None
    named: bool
    official: bool
    days: int
    via: str | None
    deed: Deed
    perhaps: tuple[str, ...] = ()

    @property
    def misread(self) -> bool:
        """Whether a plan lies before the day on which it was first told: no such plan can be."""
        return bool(self.deed.end and self.deed.announced and self.deed.end < self.deed.announced)


class Contacts(msgspec.Struct, frozen=True):
    """What is known of a pair on a day. `undated`: deeds between the two that no day is known of."""

    a: str
    b: str
    as_of: date
    last: tuple[Contact, ...]
    next: tuple[Contact, ...]
    never_came: tuple[Contact, ...]
    undated: int


def find_contacts(ledger: Ledger, a: str, b: str, as_of: date) -> Contacts:
    """Last and next of two codes as known on a day."""
    sides = find_sides(a, b, as_of.year)
    deeds = read_between(ledger, sides, as_of)
    return make_contacts(sides, deeds, read_roles(ledger, deeds, as_of), as_of)


def make_contacts(sides: Sides, deeds: Sequence[Deed], roles: Roles, as_of: date) -> Contacts:
    """The same from deeds between the sides that were read before (`read_between`)."""
    made = [_make(deed, sides, as_of, roles) for deed in deeds if deed.start]
    past = [c for c in made if is_past(c.deed, as_of)]
    plans = [c for c in made if c.deed.announced and c.deed.type in FRIENDLY]
    return Contacts(sides[0].code, sides[1].code, as_of, tuple(_last(past)),
                    tuple(c for c in plans if is_ahead(c.deed, as_of)),
                    tuple(_look_near(c, past) for c in reversed(plans) if c.deed.outcome in ("not told to have happened", "cancelled")),
                    len(deeds) - len(made))


def is_past(deed: Deed, as_of: date) -> bool:
    """Whether a deed has happened by a day."""
    return deed.modality == "actual" and deed.start is not None and deed.start <= as_of


def is_ahead(deed: Deed, as_of: date) -> bool:
    """Whether a deed was announced and is still to come on a day."""
    return deed.outcome == "planned" or (deed.outcome == "moved" and deed.end is not None and deed.end > as_of)


def find_met(sides: Sides, deeds: Iterable[Deed], as_of: date) -> list[Deed]:
    """The meetings and calls of those who act for two sides, in order of their days."""
    return [deed for deed in deeds if is_past(deed, as_of) and (_meets(deed) or _calls(deed))
            and deed.joins(sides[0].codes, sides[1].codes, official=True)]


def _via(deed: Deed, sides: Sides) -> str | None:
    """The region through which two sides are joined; None where none is needed."""
    if deed.joins(sides[0].codes, sides[1].codes):
        return None
    return ", ".join(sorted(find_codes(deed.parties) & (sides[0].groups | sides[1].groups)))


def _make(deed: Deed, sides: Sides, as_of: date, roles: Roles) -> Contact:
    assert deed.start is not None
    ranks = [rank_side(deed.parties, side.codes, deed.start, roles) for side in sides]
    known = [rank for rank in ranks if rank]
    lower = max(known, key=RANKS.index, default=None)
    codes = [side.codes | side.groups for side in sides]
    official = deed.joins(codes[0], codes[1], official=True)
    return Contact("", lower, all(ranks), official, abs((as_of - deed.start).days), _via(deed, sides), deed)


def _last(past: list[Contact]) -> Iterator[Contact]:
    """The newest of each kind; of meetings and calls the newest of each rank too, and the newest in a group."""
    for kind, fits in KINDS.items():
        found = [msgspec.structs.replace(c, kind=kind) for c in past
                 if fits(c.deed) and (c.official or kind not in OFFICIAL_KINDS)]
        direct = [c for c in found if not _grouped(c)]
        yield from direct[-1:]
        if kind in ("meeting", "call"):
            for rank in ("leader", "minister"):
                yield from [msgspec.structs.replace(c, kind=f"{kind} of {rank}s") for c in direct if c.rank == rank][-1:]
        yield from [msgspec.structs.replace(c, kind=f"{kind} in a group") for c in found if _grouped(c)][-1:]


def _grouped(contact: Contact) -> bool:
    """Whether two sides met through a region, or among many."""
    return bool(contact.via) or (_meets(contact.deed) and len(find_codes(contact.deed.parties)) > FEW)


def _look_near(plan: Contact, past: list[Contact]) -> Contact:
    """A plan with the deeds of its type that lie in its days."""
    first, last = plan.deed.start, plan.deed.end or plan.deed.start
    assert first is not None and last is not None
    near = [c.deed.deed_id for c in past if c.deed.type == plan.deed.type and c.deed.deed_id != plan.deed.deed_id and c.deed.exact
            and c.deed.start and first - NEAR <= c.deed.start <= last + NEAR]
    return msgspec.structs.replace(plan, perhaps=tuple(near))
