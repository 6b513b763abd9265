"""Ties that a name carries within itself: «the occupied West Bank», «the Turkish-Syrian border», «the Russian-Iranian alliance»."""
from __future__ import annotations

from collections.abc import Iterator

from rawabit.mention.item import ACTOR, WORD
from rawabit.model import Actor
from rawabit.record.tie_between import nationalities
from rawabit.record.tie_parties import Claim, Parties, Party, tie_frame


def find_named(parties: Parties) -> Iterator[Claim]:
    """The ties within the names of places and parties."""
    for k, item in enumerate(parties.items):
        if item.kind == ACTOR and item.j - item.i > 1:
            yield from _held(parties, k)
        if item.kind in (ACTOR, WORD) and parties.words[item.i].relation is not None:
            yield from _between(parties, k)


def _held(parties: Parties, k: int) -> Iterator[Claim]:
    """A place or state with a word in its name that says who holds it."""
    item = parties.items[k]
    if not parties.at(k):
        return
    for word in parties.words[item.i : item.j]:
        frame = tie_frame(word, "known")
        whom = parties.at(k)[0]
        if frame is not None and whom.code in frame.bodies:
            yield Claim(frame, k, Party([Actor(frame.bodies[whom.code], "GOV")], k, k), Party([whom], k, k))


def _between(parties: Parties, k: int) -> Iterator[Claim]:
    """A name that begins with a noun of relation and holds two nationalities, or is followed by them."""
    item = parties.items[k]
    frame = parties.words[item.i].relation
    assert frame is not None
    if item.j - item.i > 2:
        codes = [s.payload.code for w in parties.words[item.i + 1 : item.j] if (s := w.find("nat")) is not None and s.payload is not None]
        sides = [Party([Actor(code, "GOV")], k, k) for code in codes]
    else:
        sides = nationalities(parties, k)
    if len(sides) == 2:
        yield Claim(frame, k, *sides)
