"""All that is asked of a pair on a day from one reading of its deeds: series, phases, last and next. For a page, a brief."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from rawabit.ledger.ledger import Ledger
from rawabit.relation.contacts import Contacts, make_contacts
from rawabit.relation.deeds import Deed, keep_between, read_between, read_roles
from rawabit.relation.phases import History, make_history
from rawabit.relation.series import find_day
from rawabit.relation.sides import Sides, find_sides


class Relation(msgspec.Struct, frozen=True):
    """Series and phases of a pair, and its contacts."""

    history: History
    contacts: Contacts


def read_relation(ledger: Ledger, one: str, other: str, as_of: date | None = None) -> Relation:
    """The relation of two sides as known on a day. Raises LedgerError where they share a member."""
    day = find_day(ledger, as_of)
    sides = find_sides(one, other, day.year)
    return make_relation(ledger, sides, read_between(ledger, sides, day), day)


def make_relation(ledger: Ledger, sides: Sides, deeds: Iterable[Deed], day: date) -> Relation:
    """The same from deeds that were read before; those that do not pass between the sides are left out."""
    between = keep_between(deeds, sides)
    roles = read_roles(ledger, between, day)
    return Relation(make_history(ledger, sides, between, day, day), make_contacts(sides, between, roles, day))
