"""An attribute that ties the party it qualifies to another: backed by, loyal to, occupied; and whose a bare group is."""
from __future__ import annotations

from rawabit.lexicon.lemma import Frame
from rawabit.model import Actor
from rawabit.record.tie_parties import Claim, Parties, Party, first_of

ARMED = ("REB", "PRM")
"""Sectors of armed groups that «those militias» may mean."""
LESSER = ("REB", "PRM", "OPP", "UAF", "CVL")
"""Sectors whose people are backed rather than back."""
OWNERS = frozenset({"nat", "state", "org", "capital", "seat"})
"""Kinds of words that say whose a group is."""


def attribute(parties: Parties, k: int, frame: Frame) -> list[Claim]:
    """«The forces backed by X», «militias loyal to X»: of the noun before, towards the party after."""
    head, other = parties.head(k), _towards(parties, k, frame)
    if head is None or other is None or form_of(parties, head) in ("thing", "nat", "adjective"):
        return []
    if parties.pronoun(other.last) and parties.items[other.first].mention is None:
        other = next(iter(parties.row_before(head.first)[:-1]), other)
    if not frame.swap and (is_bare(parties, other) or _own_side(parties, head, other, frame)):
        return []
    if frame.swap and is_weak(other):
        return []
    head = at_scene(parties, head, other)
    if not frame.swap:
        return [Claim(frame, k, head, other)]
    more = parties.row(other.first)[0][1:] if other.first == other.last else []
    return [Claim(frame, k, backer, head) for backer in (other, *(p for p in more if p.actors and not is_weak(p)))]


def _own_side(parties: Parties, head: Party, other: Party, frame: Frame) -> bool:
    """Whether a bare group («the forces loyal to the government») is most likely of the same country as the one it is loyal to."""
    if not is_bare(parties, head):
        return False
    stated = frame.type == "ally" and head.actors[0].sector in ("", "GOV", "MIL")
    return stated or other.actors[0].code == parties.discourse.scene or form_of(parties, other) == "person"


def is_weak(backer: Party) -> bool:
    """Whether a party is no state or body that backs others."""
    return backer.actors[0].sector in LESSER or backer.actors[0].code.startswith("IMG-")


def _towards(parties: Parties, k: int, frame: Frame) -> Party | None:
    if frame.swap and (parties.is_nationality(k + 1) or parties.qualifies(k + 1)):
        return Party(parties.at(k + 1), k + 1, k + 1)
    return first_of(parties.governed(k, frame.to, 5))


def form_of(parties: Parties, party: Party) -> str:
    mention = parties.items[party.first].mention
    return mention.form if mention is not None else ""


def is_bare(parties: Parties, party: Party) -> bool:
    """Whether a group stands without a word that says whose it is."""
    item = parties.items[party.first]
    if item.mention is None or item.mention.form != "group" or party.first != party.last or item.encl:
        return False
    return not any(w.kinds & OWNERS for w in parties.words[item.i : item.j])


def at_scene(parties: Parties, group: Party, backer: Party) -> Party:
    """A group without a country of its own: of the state that follows («the regime in X»), or, where taken for its backer's, the scene."""
    if not is_bare(parties, group) or not group.actors or not backer.actors:
        return group
    sector = group.actors[0].sector
    place = first_of(parties.governed(group.last, (parties.writing.locatives[0],), 2))
    if place is not None and len(place.actors[0].code) == 3:
        return Party([Actor(place.actors[0].code, sector)], group.first, place.last)
    code = backer.actors[0].code
    pointed = parties.items[group.first - 1].klass == "dem" if group.first else False
    if pointed:
        armed = next((a for a, _ in reversed(parties.discourse.named) if a.sector in ARMED and a.name and a.code != code), None)
        if armed is not None:
            return Party([armed], group.first, group.last)
    if group.actors[0].code != code:
        return group
    other = next((a.code for a, m in reversed(parties.discourse.named) if len(a.code) == 3 and a.code != code and m.form != "thing"), None)
    scene = parties.discourse.scene if parties.discourse.scene not in (None, code) else other
    return Party([Actor(scene, sector)], group.first, group.last) if scene else group


def known(parties: Parties, k: int, frame: Frame) -> list[Claim]:
    """«The occupied West Bank», «the internationally recognised government»: by whom is known."""
    head = parties.head(k)
    if head is None or form_of(parties, head) not in ("place", "state", "capital", "group", "org"):
        return []
    code = frame.bodies.get(head.actors[0].code)
    return [Claim(frame, k, Party([Actor(code)], k, k), head)] if code else []
