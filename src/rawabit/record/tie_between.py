"""A relation between two: a dispute, a war, a border, close ties, and the verbs that bind one party to another."""
from __future__ import annotations

from collections.abc import Iterable

from rawabit.lexicon.lemma import Frame
from rawabit.mention.item import PUNCT, TRIGGER, WORD
from rawabit.record.tie_parties import REACH, Claim, Parties, Party, first_of


def between(parties: Parties, k: int, frame: Frame) -> list[Claim]:
    """«The dispute between X and Y», «X's war on Y», «the Russian-Turkish border», «their close relations»."""
    sides = sides_after(parties, k, frame)
    if len(sides) < 2 and not any(len(p.actors) > 1 for p in sides):
        sides = sides or joined_before(parties, k)
    if len(sides) < 2:
        return []
    first, others = sides[0], sides[1:]
    if frame.shape == "held" and frame.need and not _qualified(parties, k, frame, others[0].last):
        return []
    return [Claim(frame, k, first, other) for other in others]


def _qualified(parties: Parties, k: int, frame: Frame, last: int) -> bool:
    """Whether the relation's own adjective is among those that the row asks for: next to its noun, or after its parties."""
    item, end = parties.items[k], parties.items[last].j
    near = [*parties.words[item.j : item.j + 4], *parties.words[end : end + 2]]
    return any(not frame.need.isdisjoint(w.stems) for w in near)


def sides_after(parties: Parties, k: int, frame: Frame) -> list[Party]:
    """The parties of the relation named at item k: both after «between», two nationalities, or owner and the one it is with."""
    rows = rows_between(parties, k)
    if rows:
        return rows
    nations = nationalities(parties, k)
    if len(nations) > 1:
        return nations[:2]
    dual = parties.genitive(k)
    if dual is not None and len(dual.actors) == 2:
        return parties.row(dual.first)[0]
    if dual is not None and len(parties.row(dual.first)[0]) > 1 and frame.type == "ally":
        return parties.row(dual.first)[0]
    wide = frame.shape == "wide"
    others = parties.governed(k, tuple(n for n in (*frame.to, *frame.joint) if n != parties.writing.between), REACH, wide)
    topic = parties.topic(k) if frame.shape in ("held", "owned") else []
    if not others:
        return split(topic) if frame.shape == "held" else []
    owner = nations[0] if nations else parties.owner(k) or possessor(parties, k) or first_of(topic)
    if owner is None and frame.shape in ("near", "wide"):
        owner = next((Party(parties.at(m), m, m) for m in range(k - 1, max(-1, k - 4), -1) if parties.is_party(m)), None)
    return [owner, *others] if owner is not None else []


def split(row: list[Party]) -> list[Party]:
    """A party each for the two whom a dual stands for."""
    return [Party([a], p.first, p.last) for p in row for a in p.actors] if len(row) == 1 and len(row[0].actors) == 2 else row


def possessor(parties: Parties, k: int) -> Party | None:
    return first_of(parties.governed(k, (parties.writing.possessive,), 4))


def rows_between(parties: Parties, k: int) -> list[Party]:
    for m in range(k + 1, min(len(parties.items), k + 1 + REACH)):
        if parties.preposition(m) == parties.writing.between:
            return _both(parties, m)
        if parties.stops(m) or parties.is_deed(m):
            break
    return []


def _both(parties: Parties, m: int) -> list[Party]:
    """The two sides of «between» at item m: a pronoun and those after the second «between», or a row."""
    if not parties.pronoun(m):
        return parties.under(m)
    bound = parties.under(m)
    if len(bound) == 1 and len(bound[0].actors) == 2:
        return [Party([a], m, m) for a in bound[0].actors]
    n = m + 1
    if bound and n < len(parties.items) and parties.preposition(n) == parties.writing.between:
        return [*bound, *parties.under(n)]
    return []


def nationalities(parties: Parties, k: int) -> list[Party]:
    """The nationalities among the adjectives of the noun at item k."""
    out: list[Party] = []
    for m in range(k + 1, min(len(parties.items), k + 6)):
        item = parties.items[m]
        if parties.is_nationality(m) or (item.mention is not None and item.mention.form == "thing" and not item.prep and not item.conj):
            out += [Party([a], m, m) for a in parties.at(m)]
        elif item.kind == PUNCT and not parties.stops(m):
            continue
        elif item.kind not in (WORD, TRIGGER) or item.pos == "verb" or item.prep or item.conj:
            break
    return out


def joined_before(parties: Parties, k: int) -> list[Party]:
    """The parties of a verb of joining before the relation («close ties bind X to Y» with the verb first)."""
    for m in range(k - 1, max(-1, k - 7), -1):
        item = parties.items[m]
        if item.kind == TRIGGER and any(f.shape == "joins" for f in ties_of(parties, m)):
            return joined(parties, m, k)
        if item.kind == PUNCT:
            break
    return []


def joined(parties: Parties, m: int, end: int) -> list[Party]:
    """Whom the verb of joining at item m joins: its pronoun, and the parties up to item `end`."""
    out: list[Party] = []
    bound = parties.bound(m) if parties.items[m].encl else None
    if bound is not None:
        out = [Party([a], m, m) for a in bound.actors] if len(bound.actors) == 2 else [bound]
    for n in range(m + 1, min(end, len(parties.items))):
        if parties.is_party(n) and not parties.items[n].conj and (not out or parties.items[n].prep or parties.preposition(n - 1)):
            out += parties.row(n)[0]
    return out


def joins(parties: Parties, k: int, frame: Frame) -> list[Claim]:
    """«(Close relations) that bind X to Y», after the relation's own noun."""
    for m in range(k - 1, max(-1, k - 6), -1):
        item = parties.items[m]
        if item.kind == TRIGGER and item.pos == "noun":
            near = next((f for f in ties_of(parties, m) if f.shape in ("between", "held")), None)
            if near is not None:
                sides = joined(parties, k, k + REACH)
                return [Claim(near, m, sides[0], other) for other in sides[1:2]] if len(sides) > 1 else []
        if item.kind == PUNCT:
            break
    return []


def ties_of(parties: Parties, m: int) -> Iterable[Frame]:
    return [f for s in parties.items[m].word.senses if s.lemma is not None for f in s.lemma.ties] or parties.items[m].ties
