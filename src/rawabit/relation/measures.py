"""The dimensions of influence, and which records of the ledger belong to each: data, and the tests that read it.

Units are never mixed: each dimension counts one thing. docs/influence.md gives the reasons.
"""
from __future__ import annotations

from collections.abc import Callable

import msgspec

from rawabit.relation.contacts import is_agreement
from rawabit.relation.deeds import Deed

TRADE_WORDS = frozenset({"economic"})
SECURITY = frozenset({"military", "security", "terrorism"})


def _security(deed: Deed) -> bool:
    military = bool(SECURITY & set(deed.contexts)) or any("/MIL" in party for party in deed.parties)
    return military and deed.type in ("COOPERATE", "AID", "AGREE")


class Dimension(msgspec.Struct, frozen=True):
    """A row of the table. `source`: deeds, figures or ties. `unit`: what its shares are shares of."""

    name: str
    source: str
    unit: str
    fits: Callable[[Deed], bool] | None = None
    kinds: tuple[str, ...] = ()
    giver: bool = False
    official: bool = False
    high: bool = False


DIMENSIONS = (
    Dimension("contacts", "deeds", "state-days", lambda deed: deed.type == "CONSULT", official=True, high=True),
    Dimension("agreements", "deeds", "state-days", is_agreement, official=True),
    Dimension("aid", "deeds", "deeds", lambda deed: deed.type == "AID", giver=True),
    Dimension("aid and loans", "figures", "money", kinds=("aid_value", "loan_value")),
    Dimension("investment", "figures", "money", kinds=("investment_value",), giver=True),
    Dimension("trade deeds", "deeds", "deeds", lambda deed: deed.type == "COOPERATE" and bool(TRADE_WORDS & set(deed.contexts))),
    Dimension("trade", "figures", "money", kinds=("trade_value",)),
    Dimension("security deeds", "deeds", "deeds", _security),
    Dimension("arms", "figures", "money", kinds=("arms_value",)),
    Dimension("security ties", "ties", "ties", kinds=("hosts_base_of", "arms_supplier_of", "ally")),
)
"""In the order in which they are shown. `giver`: only what the rival does for
or puts into the target counts; `official`: only what those do who act for states; `high`: only with a leader, minister or summit."""
