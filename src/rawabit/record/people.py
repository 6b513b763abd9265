"""People: each distinct person of a report once, under the name as first written in full.

Order of work: whom mentions name; then unknown names right after a word for one person («the Syrian activist X Y»), of that word's country.
Refuses a lone unknown word, and one that the lexicon knows as something else.
"""
from __future__ import annotations

from collections.abc import Iterator

from rawabit.mention.item import ACTOR, WORD, Item
from rawabit.model import Person, Span
from rawabit.text.segment import Sentence

MOST, LEAST = 5, 2
"""Words of an unknown name."""
SHORTEST = 3
"""Letters of its words."""
PERSONAL = frozenset({"CVL", "JRN", "SOC", "EDU", "MED", "LAB", "BUS", "CRM", "REL", "AGR", "REF"})
"""Sectors whose singular words mean one person."""


def find_people(sentences: list[Sentence], items: list[list[Item]]) -> tuple[Person, ...]:
    """Everyone named, in order of first mention."""
    found: dict[str, Person] = {}
    known_words: set[str] = set()
    for sentence, units in zip(sentences, items, strict=True):
        for item in units:
            mention = item.mention
            if item.kind != ACTOR or mention is None or mention.name is None or not mention.actors:
                continue
            first, last = mention.name
            span = Span(sentence.starts[first], sentence.ends[last - 1])
            actor = mention.actors[0]
            known_words.update(w.norm for w in sentence.words[first:last])
            key = f"{actor.code}:{actor.name}"
            known = found.get(key)
            person = Person(span, actor.name, actor.code, actor.sector, mention.role)
            if known is None or (known.name.end - known.name.start < span.end - span.start and last - first > 1 and _one_word(known)):
                found[key] = person
    for sentence, units in zip(sentences, items, strict=True):
        for person, words in _called(sentence, units):
            if known_words.isdisjoint(words):
                known_words.update(words)
                found[person.english] = person
    return tuple(found.values())


def _called(sentence: Sentence, items: list[Item]) -> Iterator[tuple[Person, list[str]]]:
    """People with unknown names after a word for one person, and the words of their names."""
    for k, item in enumerate(items):
        mention = item.mention
        if mention is None or not mention.actors or mention.name is not None or not _one(item):
            continue
        taken = _unknown(sentence, items, k + 1)
        if taken >= LEAST:
            first, last = items[k + 1].i, items[k + taken].j
            words = [w.norm for w in sentence.words[first:last]]
            actor, noun = mention.actors[0], mention.payload.english if mention.payload is not None else ""
            yield Person(Span(sentence.starts[first], sentence.ends[last - 1]), " ".join(words), actor.code, actor.sector, noun), words


def _one(item: Item) -> bool:
    """Whether an item means one person of a kind or nation."""
    mention = item.mention
    if mention is None or not item.det or mention.plural or mention.dual:
        return False
    singular = item.feature[1:2] == "s"
    return singular and (mention.form == "nat" or (mention.form == "group" and mention.sector in PERSONAL))


def _unknown(sentence: Sentence, items: list[Item], k: int) -> int:
    """How many items from k on look like the words of a name that the lexicon does not know."""
    taken = 0
    for item in items[k : k + MOST]:
        word = item.word
        strange = not word.senses and not (word.common and not (taken and word.det))
        if item.kind != WORD or not strange or len(word.norm) < SHORTEST or not word.norm.isalpha() or (word.det and not taken):
            break
        taken += 1
    return taken


def _one_word(person: Person) -> bool:
    return person.name.end - person.name.start < 12
