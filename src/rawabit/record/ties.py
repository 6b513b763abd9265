"""Ties: words that assert a standing relation between two parties."""
from __future__ import annotations

from rawabit.model import Span, Tie
from rawabit.record.arguments import Grammar
from rawabit.record.events import Events, choose_frames
from rawabit.text.segment import Sentence


def find_tie(k: int, grammar: Grammar, sentence: Sentence, events: Events) -> Tie | None:
    """The tie that the word at item k asserts, or None."""
    item = grammar.items[k]
    choices = choose_frames(item.ties, grammar.items, k, sentence)
    if not choices or choices[0].weak:
        return None
    frame = choices[0].frame
    roles = grammar.noun(k, frame) if item.pos == "noun" else grammar.verb(k, frame)
    modality = events.modality(k, item)
    subjects, objects = roles.actors, roles.recipients
    if roles.joint:
        objects = roles.joint if subjects else roles.joint[1:]
        subjects = subjects or roles.joint[:1]
    if modality is None or not subjects or not objects:
        return None
    subject, other = subjects[0], next((o for o in objects if o.code != subjects[0].code), None)
    if other is None:
        return None
    last = max([k, *(s.index for s in roles.slots)])
    first = min(k, roles.start)
    return Tie(frame.type, subject, other, modality, Span(sentence.starts[grammar.items[first].i], sentence.ends[grammar.items[last].j - 1]))
