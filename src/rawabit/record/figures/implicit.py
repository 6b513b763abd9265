"""Numbers that a noun says by its form: a dual counts two, a singular after a word of death, injury or arrest counts one.

Refuses definite nouns, which point at someone named before, unless a nationality follows, and nouns that a definite owner follows.
"""
from __future__ import annotations

from rawabit.lexicon.load import Sense, Word
from rawabit.mention.item import ACTOR, TRIGGER, WORD
from rawabit.record.figures.counted import Count, Place
from rawabit.record.figures.quantity import Quantity
from rawabit.record.figures.rows import PEOPLE, THINGS, Noun

FRONTED = 5
"""Words from a noun behind «that» to its verb."""
OBJECT_REACH = 5
"""Words from a verb to its object, its subject between."""


def find_implicit(place: Place, taken: set[int], counts: list[Count]) -> list[Count]:
    """Counts that no number word says. `taken`: words that other counts hold."""
    out: list[Count] = []
    ends = {c.end for c in counts if c.kind == PEOPLE and c.cue >= 0 and c.row is not None and c.row.side == "victim"}
    for k in _candidates(place) | ends:
        item = place.item(k)
        if k in taken or item is None:
            continue
        noun = place.rows.noun(place.words[k], False)
        value = _value(place, k, noun, k in ends and item.conj) if noun is not None else 0.0
        if value:
            quantity = Quantity(value, k, k + 1)
            quantity.implicit = True
            out.append(Count(quantity, "", noun, k, _end(place, k)))
    return out


def _candidates(place: Place) -> set[int]:
    """Words that may be such nouns: those behind a word of death, injury or expulsion, those before «one» or «two», two weapons."""
    pairs, singles = place.rows.pairs, place.rows.singles
    out = {k for k, word in enumerate(place.words) if pairs[word]}
    for k, found in place.cues:
        if not singles.isdisjoint(found):
            out.update((k + 1, k + 2, k + 3))
            if (before := place.item(k - 1)) is not None and before.klass == "rel":
                out.update((k - 2, k - 3))
            out.update(range(max(0, k - FRONTED), k))
    for k, part in place.parts.items():
        if part.value in (1.0, 2.0):
            out.update((k - 1, k - 2))
    return out


def _value(place: Place, k: int, noun: Noun, joined: bool) -> float:
    """1 or 2, or 0 where the noun says no number. `joined`: after «and», behind people already counted."""
    word = place.words[k]
    if noun.kind == THINGS:
        return 2.0 if noun.numbers == "d" and not word.det and any(r.side == "weapon" for r in noun.rows) else 0.0
    if noun.kind != PEOPLE:
        return 0.0
    if word.det and "d" in noun.numbers and _told(place, k):
        return 2.0
    if word.det and "p" in noun.numbers:
        return 1.0 if place.role(k - 1, "one of") and _governed(place, k - 1) else 0.0
    if word.det:
        return 1.0 if _pointed(place, k, noun) else 0.0
    said = _said(place, k + 1) or (_said(place, k + 2) if _adjective(place, k + 1) else 0.0)
    if said or not (joined or _governed(place, k) or _object(place, k) or _fronted(place, k)):
        return said
    if noun.numbers == "d":
        return 2.0
    return 1.0 if "s" in noun.numbers and "p" not in noun.numbers and _indefinite(place, k) else 0.0


def _pointed(place: Place, k: int, noun: Noun) -> bool:
    """Whether the noun is one whose death or expulsion the clause tells by a nationality («the death of the Syrian child N»).

    Not who holds an office and is named for it, nor where the deed itself is spoken of («by the expulsion of the Syrian envoy», «to the
    degree of the expulsion of …»).
    """
    head, deed, item = place.item(k - 2), place.item(k - 1), place.item(k)
    if head is not None and head.kind == WORD and not head.word.det:
        return False
    told = bool(noun.rows) and noun.numbers == "s" and _adjective(place, k + 1) and _governed(place, k)
    if not told or deed is None or deed.prep or item is None or item.mention is None:
        return False
    official = item.mention.form == "office" or any(actor.sector == "GOV" for actor in item.mention.actors)
    return not official or any(row.single and row.index in place.rows.cues[place.words[k - 1]] for row in noun.rows)


def _said(place: Place, k: int) -> float:
    """The number that «one» or «two» at word k says."""
    return 2.0 if place.role(k, "two") else 1.0 if place.role(k, "one") else 0.0


def _adjective(place: Place, k: int) -> bool:
    return k < len(place.words) and "nat" in place.words[k].kinds and not place.words[k].conj


def _end(place: Place, k: int) -> int:
    end = k + 1
    while end < len(place.words) and end - k < 3 and (place.role(end, "one", "two") or _adjective(place, end)):
        end += 1
    return end


def _governed(place: Place, k: int) -> bool:
    """Whether a word of death, injury or expulsion stands right before, as a noun or as a verb whose object or passive subject this is."""
    m = k - 2 if place.role(k - 1, "number") and place.words[k - 1].find("func") else k - 1
    if m < 0 or place.rows.singles.isdisjoint(place.rows.cues[place.words[m]]):
        return False
    item = place.item(m)
    if item is None or item.kind != TRIGGER or item.pos == "noun":
        return item is None or item.kind == TRIGGER or not item.prep
    word = place.words[k]
    return not (word.conj or word.prep) and _passive(place.words[m], word, tuple(place.rows.roles["accusative"]))


def _told(place: Place, k: int) -> bool:
    """Whether a relative clause says of the noun what is counted («the two tourists who died»)."""
    m = k + 1
    while _adjective(place, m):
        m += 1
    told = place.role(m, "two who") and m + 1 < len(place.words)
    return told and not place.rows.singles.isdisjoint(place.rows.cues[place.words[m + 1]])


def _object(place: Place, k: int) -> bool:
    """Whether a word of death or expulsion stands before its subject, and this is the object: an accusative."""
    m, word = k - 2, place.words[k]
    item = place.item(k)
    if item is None or item.i != k or place.rows.noun(word, True) is None:
        return False
    while m >= 0 and k - m <= OBJECT_REACH and (subject := place.item(m + 1)) is not None and subject.kind == ACTOR and not subject.prep:
        verb = place.item(m)
        if verb is not None and verb.kind == TRIGGER and verb.pos == "verb" and not verb.feature.endswith("p"):
            fatal = not place.rows.singles.isdisjoint(place.rows.cues[place.words[m]])
            return fatal and word.norm.endswith(tuple(place.rows.roles["object"]))
        m -= 1
    return False


def _fronted(place: Place, k: int) -> bool:
    """Whether the noun stands between «that» and the verb of death or injury whose subject it is; adjectives and a bound may follow it."""
    that, m = place.item(k - 1), k + 1
    if that is None or that.klass != "comp" or not place.words[k].norm.endswith(tuple(place.rows.roles["object"])):
        return False
    while m < len(place.words) and m - k < FRONTED and (_adjective(place, m) or place.words[m].norm in place.rows.bound_words):
        m += 1
    if m >= len(place.words) or "verb" not in place.words[m].kinds:
        return False
    return not place.rows.singles.isdisjoint(place.rows.cues[place.words[m]])


def _passive(verb: Word, noun: Word, endings: tuple[str, ...]) -> bool:
    """Whether the noun after a verb is acted on: the verb is feminine and the noun is not, or the verb is never active."""
    feminine = [s for s in verb.senses if s.kind == "verb" and s.feature.endswith("f")]
    masculine = [s for s in noun.senses if s.feature.endswith("m")]
    return not feminine or bool(masculine) or noun.norm.endswith(endings)


def _indefinite(place: Place, k: int) -> bool:
    """Whether no definite owner follows the noun."""
    item = place.item(k)
    mention = item.mention if item is not None else None
    if item is None or item.encl or (mention is not None and (mention.name is not None or mention.unknown_name)):
        return False
    end = item.j if item.kind == ACTOR else k + 1
    return not any(w.det or _proper(w.best) for w in place.words[k + 1 : max(end, k + 2)])


def _proper(sense: Sense | None) -> bool:
    return sense is not None and sense.kind in ("state", "org", "person", "surname", "capital", "seat", "place") and not sense.prep
