"""A deed that is a standing one: X backs Y, arms Y, occupies Y; as verb, relative clause, verbal noun or «with support from X»."""
from __future__ import annotations

from rawabit.lexicon.lemma import Frame
from rawabit.mention.item import WORD
from rawabit.record.tie_attributes import at_scene, attribute, is_bare, is_weak
from rawabit.record.tie_parties import REACH, Claim, Parties, Party, first_of

DEED_REACH = 13
"""Items between a verb and the party that its preposition governs."""


def deed(parties: Parties, k: int, frame: Frame) -> list[Claim]:
    """«X arms Y», «Y, whom X backs», «X's support for Y», «with support from X»."""
    item = parties.items[k]
    if item.pos == "participle":
        return attribute(parties, k, frame)
    if item.pos == "noun":
        return _masdar(parties, k, frame)
    if item.encl and _relative(parties, k):
        doer, whom = _doer_after(parties, k), parties.antecedent(k)
        if doer is None or whom is None:
            return []
        return [_claim(frame, k, doer, at_scene(parties, whom, doer))]
    return _finite(parties, k, frame)


def _relative(parties: Parties, k: int) -> bool:
    """Whether the verb at item k opens a relative clause."""
    before = parties.items[k - 1] if k else None
    if before is None or parties.items[k].conj:
        return False
    return before.klass == "rel" or before.mention is not None or before.kind == WORD


def _doer_after(parties: Parties, k: int) -> Party | None:
    for m in range(k + 1, min(len(parties.items), k + 4)):
        if parties.is_party(m) and not parties.items[m].prep:
            return Party(parties.at(m), m, m)
        if not (parties.items[m].kind == WORD or parties.items[m].klass in ("quant", "dem")):
            break
    return None


def _claim(frame: Frame, k: int, doer: Party, whom: Party) -> Claim:
    return Claim(frame, k, whom, doer) if frame.swap else Claim(frame, k, doer, whom)


def _finite(parties: Parties, k: int, frame: Frame) -> list[Claim]:
    """A verb with subject and object in its own clause."""
    roles = parties.grammar.verb(k, frame)
    doer: Party | None = Party(roles.actors, roles.start, k)
    if parties.is_party(k - 1) and not parties.items[k].conj:
        doer = parties.head(k)
    elif roles.by == "inherited" and parties.items[k].conj:
        doer = parties.same_subject(k)
    elif roles.by not in ("before", "after", "antecedent"):
        return []
    led = next((m for m in range(k + 1, min(len(parties.items), k + REACH)) if m in parties.coalitions), None)
    if led is not None and "obj" in frame.to:
        whom = Party([parties.coalitions[led]], led, led)
    elif roles.object_by != "none":
        whom = Party(roles.recipients, k, max([k, *(s.index for s in roles.slots if s.index - k <= REACH)]))
    else:
        whom = next(iter(parties.governed(k, frame.to, DEED_REACH)), Party([], k, k))
    if doer is None or not whom.actors or not doer.actors or _generic(parties, k, frame):
        return []
    return [_claim(frame, k, doer, whom)]


def _generic(parties: Parties, k: int, frame: Frame) -> bool:
    """Whether the verb's object is a group that nobody's name tells apart."""
    following = parties.genitive(k)
    if following is None or "obj" not in frame.to or parties.is_party(following.last + 1):
        return False
    return is_bare(parties, following)


def _masdar(parties: Parties, k: int, frame: Frame) -> list[Claim]:
    """A verbal noun: its doer is a nationality, a genitive before an object, an agent, or lent by what governs it."""
    item, owner = parties.items[k], parties.owner(k)
    direct = "obj" in frame.to
    others = parties.governed(k, tuple(n for n in frame.to if n != "obj"))
    if direct and parties.items[k].encl and owner is not None:
        others = others or [p for p in [parties.genitive(k)] if p is not None]
    if others and is_bare(parties, others[0]):
        return []
    if owner is not None and others and others[0].first != owner.first:
        return [_claim(frame, k, owner, others[0])]
    if direct and owner is not None and not parties.is_nationality(owner.first) and not parties.items[k].encl:
        second = _second(parties, owner.last)
        if second is not None:
            return [_claim(frame, k, owner, second)]
        lender = parties.lender(k)
        if lender is None or (is_bare(parties, owner) and parties.items[k + 1].klass != "dem"):
            return []
        if item.prep == parties.writing.possessive and not lender.actors[0].code.startswith("REG-"):
            return []
        return [_claim(frame, k, lender, at_scene(parties, owner, lender))]
    if owner is None and others and item.prep and item.prep != parties.writing.possessive:
        lender = parties.lender(k)
        return [_claim(frame, k, lender, others[0])] if lender is not None else []
    return []


def _second(parties: Parties, m: int) -> Party | None:
    """The object that follows a genitive at item m («Iran's arming the rebels»)."""
    n = m + 1
    if parties.is_party(n) and not parties.items[n].prep and not parties.items[n].conj and not parties.is_nationality(n):
        return Party(parties.at(n), n, n)
    return None


def by(parties: Parties, k: int, frame: Frame) -> list[Claim]:
    """«(Y …) with support from X», «with Russian support»: X towards the party before, or the clause's subject."""
    item = parties.items[k]
    if item.j - item.i == 1 and (item.det or not item.prep):
        return []
    doer = first_of(parties.governed(k, frame.to, 4)) or parties.owner(k)
    head = first_of(parties.topic(k)) or parties.head(k)
    if doer is None or head is None or head.first >= k or is_weak(doer) or head.actors[0].code.startswith("IMG-"):
        return []
    return [Claim(frame, k, doer, at_scene(parties, head, doer))]
