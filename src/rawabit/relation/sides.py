"""The two sides of a relation: a state or body for itself, a group (`REG-CentralAsia`, `IGO-OTS`) for its members and itself."""
from __future__ import annotations

import msgspec

from rawabit.model import LedgerError
from rawabit.relation.parties import find_groups, find_states


class Side(msgspec.Struct, frozen=True):
    """`codes`: who belongs to it. `groups`: the small regions that it belongs to, whose deeds are its own, too."""

    code: str
    codes: frozenset[str]
    groups: frozenset[str]


Sides = tuple[Side, Side]


def find_sides(one: str, other: str, year: int) -> Sides:
    """Both, with the members of a year. Raises LedgerError where they share one."""
    sides = make_side(one, year), make_side(other, year)
    if sides[0].codes & sides[1].codes:
        raise LedgerError(f"{one} and {other} are not two sides: they share a member. Give two that do not, for example RUS AZE.")
    return sides


def make_side(code: str, year: int) -> Side:
    """A state or body, or a group with its members in a year (reports tell some deeds of the group as one)."""
    if "-" not in code:
        return Side(code, frozenset({code}), find_groups(code))
    return Side(code, find_states(code, year) | {code}, frozenset())


def find_pairs(sides: Sides) -> list[str]:
    """The pairs of one member of each side, as the ledger writes them: `AZE|RUS`."""
    return sorted({"|".join(sorted((a, b))) for a in sides[0].codes for b in sides[1].codes})
