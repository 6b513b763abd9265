"""What the page of search is asked, as its address says it, and the filters of the ledger that this becomes."""
from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from fastapi import Query

from rawabit.ledger.filters import Filters, find_filters
from rawabit.model import LedgerError
from rawabit.web.asked import Blank, Short
from rawabit.web.naming import Meant, find_meant


class Kind(StrEnum):
    """What can be searched: the names of the commands that ask the same."""

    DEEDS = "deeds"
    EVENTS = "events"
    STATEMENTS = "statements"
    FIGURES = "figures"
    TIES = "ties"
    PEOPLE = "people"
    DOCUMENTS = "documents"

    @property
    def view(self) -> str:
        """The ledger's view of it."""
        return "tellings" if self is Kind.EVENTS else self.value


class Modality(StrEnum):
    """How a deed or tie is told."""

    ACTUAL = "actual"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"


class Order(StrEnum):
    """By day; figures come by measure, parties and period."""

    NEWEST = "newest"
    OLDEST = "oldest"


class Limit(StrEnum):
    """Rows on a page."""

    FEW = "25"
    SOME = "50"
    MANY = "200"


PARTIES = ("actor", "between", "partner", "said_by")
"""Fields in which a name may stand."""


class Question(msgspec.Struct, frozen=True):
    """What was asked, as it was typed. Field by field as the filters of `rawabit deeds` and its like; `between` and `partner` are the two
    of `--between`."""

    kind: Kind
    contains: str | None
    actor: str | None
    between: str | None
    partner: str | None
    type: str | None
    modality: Modality | None
    since: date | None
    until: date | None
    said_by: str | None
    outlet: str | None
    period: str | None
    holds_on: date | None

    def find_meant(self) -> dict[str, Meant]:
        """Who is meant, by field."""
        return {name: find_meant(typed) for name in PARTIES if (typed := getattr(self, name))}

    def make_filters(self) -> Filters:
        """The filters that its view knows; those that it does not are left out. Raises LedgerError for one party between."""
        meant = {name: one.value for name, one in self.find_meant().items()}
        given: dict[str, Any] = {**{name: getattr(self, name) for name in find_filters(self.kind.view) if hasattr(self, name)}, **meant}
        first, second = given.pop("between", None), given.pop("partner", None)
        if first and second and first != second:
            given["between"] = (first, second)
        elif first == second and first:
            raise LedgerError("between takes two different parties. Give another, or search for one as actor.")
        elif (one := first or second) and not given.get("actor"):
            given["actor"] = one
        return Filters(**{name: value for name, value in given.items() if name in find_filters(self.kind.view) and value is not None})


def find_question(
        kind: Annotated[Kind, Query(description="What to search.")] = Kind.DEEDS,
        contains: Annotated[Short | None, Blank, Query(description="Words in the evidence, whatever their spelling.")] = None,
        actor: Annotated[Short | None, Blank, Query(description="A code, or the name of a state, body or person.")] = None,
        between: Annotated[Short | None, Blank, Query(description="One of two that both take part.")] = None,
        partner: Annotated[Short | None, Blank, Query(description="The other of the two.")] = None,
        type: Annotated[Short | None, Blank, Query(description="Type, measure, relation, stance or sector.")] = None,
        modality: Annotated[Modality | None, Blank, Query(description="How it is told.")] = None,
        since: Annotated[date | None, Blank, Query(description="On or after this day.")] = None,
        until: Annotated[date | None, Blank, Query(description="On or before this day.")] = None,
        said_by: Annotated[Short | None, Blank, Query(description="Whom the report credits, or who speaks.")] = None,
        outlet: Annotated[Short | None, Blank, Query(description="Told by this outlet.")] = None,
        period: Annotated[Short | None, Blank, Query(description="Year, month or day that a figure holds for.")] = None,
        holds_on: Annotated[date | None, Blank, Query(description="Day on which a tie holds.")] = None) -> Question:
    """A dependency of search and export."""
    return Question(kind, contains, actor, between, partner, type, modality, since, until, said_by, outlet, period, holds_on)
