"""Multi-party deeds → dyads, on request: who acts towards whom.

Each actor acts towards each recipient. Where a deed has no recipients, those who act together act towards each other, in both
directions, as ICEWS has a consultation twice. Two who act together against a third are no dyad.
"""
from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product

import msgspec

from rawabit.ledger.exchange.flat import Flat
from rawabit.model import Actor


def find_pairs(actors: tuple[Actor, ...], recipients: tuple[Actor, ...]) -> list[tuple[Actor, Actor]]:
    """Each pair once, in order; none for a deed of one party."""
    pairs = product(actors, recipients) if recipients else permutations(actors, 2)
    return list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))


def expand_pairs(deed: Flat) -> Iterator[Flat]:
    """A deed for each dyad of it, with a number after its id."""
    for number, (actor, recipient) in enumerate(find_pairs(deed.actors, deed.recipients), 1):
        yield msgspec.structs.replace(deed, id=f"{deed.id}-{number}", actors=(actor,), recipients=(recipient,))
