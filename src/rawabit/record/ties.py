"""Ties: standing relations between two parties that a sentence asserts.

Order of work: coalitions with their leaders, ties within names, then each word of `ties.yml`, read by the shape that its row names: a
relation between two (`between`), a title that one party has towards another (`title`), an attribute of a party (`attribute`), a deed that
is a standing one (`deed`), a base, a chair, a mediator. Makes no record where a shape finds only one party or the tie is only wished for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rawabit.lexicon.lemma import Choice, Frame, Frames
from rawabit.lexicon.schema import MUTUAL
from rawabit.mention.item import ACTOR, DATE, TRIGGER, Item
from rawabit.model import DateRange, Span, Tie
from rawabit.record.arguments import Grammar
from rawabit.record.coalitions import find_led
from rawabit.record.events import Events
from rawabit.record.frames import choose_frames
from rawabit.record.tie_constructions import find_constructed
from rawabit.record.tie_names import find_named
from rawabit.record.tie_parties import Claim, Parties, Party, fits
from rawabit.record.tie_shapes import SHAPES
from rawabit.text.segment import Sentence

ENDED, ENDED_REACH, WAR = "ended", 3, "at_war_with"
"""The class of verbs that say a war is over, items before its noun within which one may stand, and the relation."""
INTERNAL = (WAR,)
"""Relations that two sides of one country may have."""
DATE_REACH = 6
"""Items between a tie's word and its date."""


def find_ties(grammar: Grammar, sentence: Sentence, events: Events) -> list[Tie]:
    """Every tie that a sentence asserts."""
    opens = any(word.opens for word in sentence.words)
    if not opens and not any(word.relates for word in sentence.words):
        return []
    parties = Parties(grammar, sentence.words)
    made = _made(_shaped(parties, sentence), grammar, sentence, events)
    if opens:
        told = {(claim.frame.type, claim.k) for claim, _ in made}
        claims = [claim for claim in find_constructed(parties) if (claim.frame.type, claim.k) not in told]
        made += _made(claims, grammar, sentence, events)
    return [tie for _, tie in made]


def _shaped(parties: Parties, sentence: Sentence) -> list[Claim]:
    """The claims of coalitions, of names and of single words by the shapes of their rows."""
    if not any(word.relates for word in sentence.words):
        return []
    claims = [*find_led(parties), *find_named(parties)]
    for k, item in enumerate(parties.items):
        if (item.kind == TRIGGER and item.word.relates) or (item.kind == ACTOR and item.word.ties):
            for choice in _choices(item, sentence):
                found = SHAPES[choice.frame.shape](parties, k, choice.frame)
                claims += found
                if found:
                    break
    return claims


def _made(claims: Iterable[Claim], grammar: Grammar, sentence: Sentence, events: Events) -> list[tuple[Claim, Tie]]:
    """The claims that hold, each with its tie."""
    pairs = ((claim, _tie(each, grammar, sentence, events)) for claim in claims for each in _each(claim))
    return [(claim, tie) for claim, tie in pairs if tie is not None]


def _each(claim: Claim) -> Iterator[Claim]:
    """A claim for every two of the actors that its parties name."""
    for subject in _named(claim.subject):
        for other in _named(claim.object):
            yield claim._replace(subject=subject, object=other)


def _named(party: Party) -> list[Party]:
    """A party each for the actors of different countries that one party names."""
    actors = {a.code: a for a in reversed(party.actors) if a.code != "UNK"}
    return [Party([a], party.first, party.last) for a in reversed(actors.values())]


def _choices(item: Item, sentence: Sentence) -> list[Choice]:
    """The tie rows of a word that its clause supports, best first."""
    frames: Iterable[Frame] = item.ties
    if item.kind == ACTOR:
        office = item.mention is not None and item.mention.form == "office"
        frames = [f for f in item.word.ties if f.shape == "chair" or (office and f.shape == "title" and "IGO" in f.who)]
    elif not frames and item.word.ties:
        frames = [f for s in item.word.senses if s.kind == "verb" and s.lemma is not None for f in s.lemma.ties]
    found = [c for f in frames for c in choose_frames(Frames((f,)), item, sentence)]
    return [c for c in found if not c.weak and c.frame.shape in SHAPES]


def _tie(claim: Claim, grammar: Grammar, sentence: Sentence, events: Events) -> Tie | None:
    """A claim as a record; None where its parties are one, or where it is only wished for."""
    subject, other = claim.subject.actors[0], claim.object.actors[0]
    if subject.code == other.code and not (claim.frame.type in INTERNAL and subject.sector != other.sector and other.sector):
        return None
    if claim.frame.who and not fits(other, claim.frame.who):
        return None
    item = grammar.items[claim.k]
    if claim.frame.type == WAR and _ended(claim.k, grammar, sentence):
        return None
    modality = "actual" if claim.frame.shape == "title" and item.encl else events.modality(claim.k, item)
    modality = modality or ("actual" if item.pos == "noun" or claim.frame.shape == "attribute" else None)
    if modality is None or (claim.frame.modality and modality != claim.frame.modality):
        return None
    first = min(claim.k, claim.subject.first, claim.object.first)
    last = max(claim.k, claim.subject.last, claim.object.last)
    date = _date(claim.k, last, grammar)
    published = events.dates.published
    if date is not None and published is not None and date.start > published and modality == "actual":
        modality = "future"
    span = Span(sentence.starts[grammar.items[first].i], sentence.ends[grammar.items[last].j - 1])
    return Tie(claim.frame.type, subject, other, modality, span, date)


def _ended(k: int, grammar: Grammar, sentence: Sentence) -> bool:
    """Whether a verb near before item k says that it is over («the declaration that ended the state of war»)."""
    near = grammar.items[max(0, k - ENDED_REACH) : k]
    return any(ENDED in sentence.words[item.i].classes for item in near)


def _date(k: int, last: int, grammar: Grammar) -> DateRange | None:
    for m in range(k + 1, min(len(grammar.items), max(k, last) + 1 + DATE_REACH)):
        item = grammar.items[m]
        if item.kind == DATE:
            return item.date
        if (item.kind == TRIGGER and item.pos == "verb") or item.word.closes:
            return None
    return None


def distinct_ties(ties: Iterable[Tie]) -> list[Tie]:
    """Each tie once per report; one that holds both ways once in whichever order it was told first."""
    out: dict[tuple[str, ...], Tie] = {}
    for tie in ties:
        codes = (tie.subject.code, tie.object.code)
        key = (tie.relation, *(sorted(codes) if tie.relation in MUTUAL else codes))
        out.setdefault(key, tie)
    return list(out.values())
