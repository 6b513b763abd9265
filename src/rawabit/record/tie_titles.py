"""A title that one party has towards another: ally, partner, member, backer, enemy."""
from __future__ import annotations

from rawabit.lexicon.lemma import Frame
from rawabit.mention.item import ACTOR, NUMBER, PUNCT, QUOTES, TRIGGER, WORD
from rawabit.record.tie_attributes import at_scene
from rawabit.record.tie_parties import REACH, Claim, Parties, Party, first_of

RESUMING = ("pron", "include")
"""Classes of function words that take a subject up again («X, which is a member of Y»)."""
PREDICATE_REACH = 7
"""Items between a subject and its predicate noun."""


def title(parties: Parties, k: int, frame: Frame) -> list[Claim]:
    """«X, Y's main ally», «X is the largest partner of Y», «X and its allies in Y», «its partner Y», «X and Y are allies»."""
    item = parties.items[k]
    if any(w.norm in parties.grammar.lexicon.former for w in parties.words[item.j : item.j + 2]):
        return []
    if item.encl:
        return _possessed(parties, k, frame)
    to = parties.row(k)[0] if item.kind == ACTOR else _object(parties, k, frame)
    holders = _holders(parties, k, to)
    if to:
        return [Claim(frame, k, holder, other) for holder in holders for other in to if holder.first != other.first]
    if len(holders) > 1 and (item.feature[1:2] in ("d", "p") or item.feature[:2] == "Md"):
        return [Claim(frame, k, holders[0], other) for other in holders[1:]]
    if item.det and parties.is_nationality(k + 1) and frame.type == "rival_of" and parties.discourse.speaker:
        return [Claim(frame, k, Party(parties.discourse.speaker[:1], k, k), holder) for holder in holders]
    if item.conj and parties.is_party(k - 1):
        return [Claim(frame, k, Party(parties.at(k - 1), k - 1, k - 1), other) for other in _whom(parties, k, frame)]
    return []


def _object(parties: Parties, k: int, frame: Frame) -> list[Party]:
    """Towards whom the title at item k is held."""
    whose = parties.genitive(k)
    if whose is not None and not parties.items[k].det:
        return parties.row(whose.first)[0]
    found = [p for p in parties.governed(k, frame.to, REACH) if p.first != p.last or not parties.pronoun(p.first)]
    return [at_scene(parties, p, holder) for p in found] if (holder := first_of(parties.topic(k))) is not None else found


def _holders(parties: Parties, k: int, to: list[Party]) -> list[Party]:
    """Who holds the title at item k: in apposition, as its nationality, or as subject of which it is predicate."""
    if not parties.items[k].prep and not parties.items[k].conj:
        found = parties.apposed(k)
        if found:
            return found[-1:] if parties.items[k].feature[1:2] == "s" else found
    if parties.is_nationality(k + 1) and not parties.items[k].encl and parties.items[k].det:
        return [Party(parties.at(k + 1), k + 1, k + 1)]
    found = [] if parties.items[k].prep else parties.topic(k)
    if not found or k - found[-1].last > PREDICATE_REACH:
        return []
    between_them = range(found[-1].last + 1, k)
    verb = next((m for m in between_them if parties.items[m].pos == "verb"), k)
    if any(parties.items[m].kind == WORD for m in range(verb + 1, k)):
        return []
    return found if all(_copular(parties, m) for m in between_them) else []


def _copular(parties: Parties, m: int) -> bool:
    """Whether item m may stand between a subject and its predicate noun."""
    item = parties.items[m]
    if item.kind == PUNCT:
        resumed = m + 1 < len(parties.items) and parties.items[m + 1].klass in RESUMING
        return item.word.norm in QUOTES or (resumed and item.word.norm in parties.writing.list_comma)
    if parties.is_party(m):
        return False
    if item.kind == TRIGGER:
        return item.pos == "verb" or bool(item.ties)
    return item.kind in (WORD, NUMBER) or item.klass in (*RESUMING, "aux", "quant", "prep", "neg", "rel")


def _possessed(parties: Parties, k: int, frame: Frame) -> list[Claim]:
    """«X and its ally Y», «our partner, Y»: the owner first, as in speech; «Y is our partner»."""
    before = [] if parties.items[k].conj or parties.items[k].prep or parties.is_party(k - 1) else parties.apposed(k)
    owner = parties.bound(k, frozenset(a.code for p in before[-1:] for a in p.actors))
    if owner is None:
        return []
    others = _whom(parties, k, frame)
    if others and parties.items[k].feature[1:2] == "s" and not parties.writing.enclitic_features[parties.items[k].encl].startswith("1"):
        return [Claim(frame, k, others[0], owner)]
    if others:
        return [Claim(frame, k, owner, other) for other in others]
    return [Claim(frame, k, holder, owner) for holder in _holders(parties, k, [])]


def _whom(parties: Parties, k: int, frame: Frame) -> list[Party]:
    """The party that a noun with a pronoun is in apposition to, or where it stands («its allies in Europe»)."""
    for n in range(k + 1, min(len(parties.items), k + 6)):
        item = parties.items[n]
        if parties.is_party(n) and not item.prep and not item.conj:
            return parties.row(n)[0]
        name = parties.preposition(n)
        if name in frame.joint and name and parties.under(n):
            return [p for p in parties.under(n)[:1] if not p.actors[0].code.startswith("IGO-")]
        if not (item.kind == WORD or (item.kind == PUNCT and not item.word.closes) or (name and not parties.is_party(n + 1))):
            return []
    return []


def fellow(parties: Parties, k: int, frame: Frame) -> list[Claim]:
    """«X's allies in the alliance»: X is a member too."""
    owner, bodies = parties.owner(k), parties.governed(k, frame.to)
    return [Claim(frame, k, owner, bodies[0])] if owner is not None and bodies else []
