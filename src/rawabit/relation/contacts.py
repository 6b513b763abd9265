"""Last and next: when two states last met, phoned, signed and clashed, what they plan, and what was planned and never told to have come.

A contact counts where both sides take part in the deed (`Deed.joins`), or a small region that a side belongs to does (`via`). Rank is that
of the lower side, from the offices that the named people held that day; a side without a name leaves it open. A deed without a day is
counted, not placed. Order of work: read the pair's deeds once, sort them into kinds, take the newest of each kind.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

import msgspec

from rawabit.ledger.ledger import Ledger
from rawabit.relation.deeds import Deed, read_deeds, read_roles
from rawabit.relation.parties import RANKS, find_groups, rank_side

NEAR = timedelta(3)
"""Days around a planned deed within which a deed of the same type may be it."""
FRIENDLY = ("CONSULT", "AGREE", "SUPPORT", "AID", "COOPERATE")
"""Types whose plans are contacts to come."""
Roles = Mapping[tuple[str, str], list[str]]
Side = tuple[str, frozenset[str]]
"""A code, and the small regions that it belongs to."""


def _meets(deed: Deed) -> bool:
    return deed.type == "CONSULT" and deed.mode != "phone"


def _calls(deed: Deed) -> bool:
    return deed.type == "CONSULT" and deed.mode == "phone"


def is_agreement(deed: Deed) -> bool:
    """Whether two sides bind themselves together: agree, or sign or restore something jointly (the codebook's ruling 5)."""
    return deed.mutual and deed.type in ("AGREE", "SUPPORT")


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
    sides = (a, find_groups(a)), (b, find_groups(b))
    deeds = [deed for deed in read_deeds(ledger, [{code, *groups} for code, groups in sides], as_of) if _via(deed, sides) is not None]
    roles = read_roles(ledger, deeds, as_of)
    made = [_make(deed, sides, as_of, roles) for deed in deeds if deed.start]
    past = [c for c in made if c.deed.modality == "actual" and c.deed.start and c.deed.start <= as_of]
    plans = [c for c in made if c.deed.announced and c.deed.type in FRIENDLY]
    return Contacts(a, b, as_of, tuple(_last(past)),
                    tuple(c for c in plans if c.deed.outcome == "planned"),
                    tuple(_look_near(c, past) for c in reversed(plans) if c.deed.outcome in ("not told to have happened", "cancelled")),
                    len(deeds) - len(made))


def _via(deed: Deed, sides: tuple[Side, Side]) -> str | None:
    """The region through which two sides are joined; empty where none is needed, None where they are not joined."""
    (a, left), (b, right) = sides
    if deed.joins(frozenset({a}), frozenset({b})):
        return ""
    if not deed.joins(left | {a}, right | {b}):
        return None
    codes = {text.partition(":")[0].partition("/")[0] for text in deed.parties}
    return ", ".join(sorted(codes & (left | right)))


def _make(deed: Deed, sides: tuple[Side, Side], as_of: date, roles: Roles) -> Contact:
    assert deed.start is not None
    ranks = [rank_side(deed.parties, frozenset({code}), deed.start, roles) for code, _ in sides]
    known = [rank for rank in ranks if rank]
    lower = max(known, key=RANKS.index, default=None)
    codes = [groups | {code} for code, groups in sides]
    official = deed.joins(codes[0], codes[1], official=True)
    return Contact("", lower, all(ranks), official, abs((as_of - deed.start).days), _via(deed, sides) or None, deed)


def _last(past: list[Contact]) -> Iterator[Contact]:
    """The newest of each kind; of meetings and calls the newest of each rank too, and the newest through a region."""
    for kind, fits in KINDS.items():
        found = [msgspec.structs.replace(c, kind=kind) for c in past
                 if fits(c.deed) and (c.official or kind not in OFFICIAL_KINDS)]
        direct = [c for c in found if not c.via]
        yield from direct[-1:]
        if kind in ("meeting", "call"):
            for rank in ("leader", "minister"):
                yield from [msgspec.structs.replace(c, kind=f"{kind} of {rank}s") for c in direct if c.rank == rank][-1:]
        yield from [msgspec.structs.replace(c, kind=f"{kind} in a group") for c in found if c.via][-1:]


def _look_near(plan: Contact, past: list[Contact]) -> Contact:
    """A plan with the deeds of its type that lie in its days."""
    first, last = plan.deed.start, plan.deed.end or plan.deed.start
    assert first is not None and last is not None
    near = [c.deed.deed_id for c in past if c.deed.type == plan.deed.type and c.deed.deed_id != plan.deed.deed_id and c.deed.exact
            and c.deed.start and first - NEAR <= c.deed.start <= last + NEAR]
    return msgspec.structs.replace(plan, perhaps=tuple(near))
