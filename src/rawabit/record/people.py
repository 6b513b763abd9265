"""People: each distinct person of a report once, under the name as first written in full."""
from __future__ import annotations

from rawabit.mention.item import ACTOR, Item
from rawabit.model import Person, Span
from rawabit.text.segment import Sentence


def find_people(sentences: list[Sentence], items: list[list[Item]]) -> tuple[Person, ...]:
    """Everyone named, in order of first mention."""
    found: dict[str, Person] = {}
    for sentence, units in zip(sentences, items, strict=True):
        for item in units:
            mention = item.mention
            if item.kind != ACTOR or mention is None or mention.name is None or not mention.actors:
                continue
            first, last = mention.name
            span = Span(sentence.starts[first], sentence.ends[last - 1])
            actor = mention.actors[0]
            key = f"{actor.code}:{actor.name}"
            known = found.get(key)
            person = Person(span, actor.name, actor.code, actor.sector, mention.role)
            if known is None or (known.name.end - known.name.start < span.end - span.start and last - first > 1 and _one_word(known)):
                found[key] = person
    return tuple(found.values())


def _one_word(person: Person) -> bool:
    return person.name.end - person.name.start < 12
