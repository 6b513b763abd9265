"""What speaks for or against a sentence telling a deed of one type: marks, each a short name.

Marks of a trigger begin with T (those of the sentence's first trigger also with «first T»), marks of the whole sentence with S. They
name classes of the grammar and lexemes of the lexicon, never a party or a place, so that weights learned on one decade's news hold in
another's.
"""
from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rawabit.lexicon.lemma import Choice
from rawabit.mention.item import ACTOR, DATE, FUNCTION, MODAL, NUMBER, PUNCT, TRIGGER, WORD, Item
from rawabit.record.frames import choose_frames
from rawabit.text.segment import Sentence

MODAL_REACH = 8
"""Items before a trigger that may hold its modality."""
AFTER, BEFORE = 6, 6
"""Items after and before a trigger that may tell its parties, number and date."""
Quotes = list[tuple[int, int]]


class Found:
    """The marks of one sentence: its own, and those of each word that may name a deed of the type."""

    __slots__ = ("sentence", "triggers")

    def __init__(self, sentence: set[str], triggers: list[tuple[Item, set[str]]]) -> None:
        self.sentence, self.triggers = sentence, triggers

    def all(self) -> set[str]:
        """Every mark once."""
        return self.sentence.union(*(marks for _, marks in self.triggers))


def find_marks(sentence: Sentence, items: list[Item], kind: str, quotes: Quotes) -> Found:
    """The marks of a sentence for deeds of type `kind` (a PLOVER type). `quotes` are offsets of quotations, as `find_quotes` gives them."""
    own = set(_length_marks(sentence, items, quotes))
    triggers: list[tuple[Item, set[str]]] = []
    first = -1
    for k, item in enumerate(items):
        own.update(_item_marks(item))
        if item.kind != TRIGGER or not item.frames:
            continue
        choices = choose_frames(item.frames, item, sentence)
        if choices:
            own.add(f"S frame {choices[0].frame.type}")
        for rank, choice in enumerate(choices):
            if choice.frame.type == kind:
                marks = set(_trigger_marks(sentence, items, k, choice, quotes))
                if rank:
                    marks.add("T other frame")
                if first < 0:
                    first = k
                    marks |= {f"first {mark}" for mark in marks if " key " not in mark}
                triggers.append((item, marks))
    own.add(f"S triggers {min(len(triggers), 4)}")
    if triggers:
        own.add(f"S first trigger at {min(5, first // 4)}")
    return Found(own, triggers)


def _length_marks(sentence: Sentence, items: list[Item], quotes: Quotes) -> Iterator[str]:
    """How long the sentence is, how much of it is quoted, how it opens, and what its numbers count."""
    yield f"S length {min(9, len(sentence.words) // 8)}"
    quoted = sum(max(0, min(end, sentence.end) - max(start, sentence.start)) for start, end in quotes)
    yield f"S quoted share {min(3, 4 * quoted // max(1, sentence.end - sentence.start))}"
    if items:
        yield f"S opens {_class(items[0])}"
        if items[0].conj:
            yield "S opens with and"
    for before, after in pairwise(items):
        if before.kind == NUMBER and after.mention is not None and after.mention.sector:
            yield f"S number of {after.mention.sector}"
        elif before.kind == NUMBER and after.kind == WORD:
            yield "S number of thing"


def _item_marks(item: Item) -> Iterator[str]:
    """What one item of any kind says of its sentence."""
    if item.kind == TRIGGER:
        if item.lemma is not None and item.lemma.report is not None:
            yield f"S says {item.pos}"
        if item.pos == "verb":
            yield f"S verb {item.feature[:3]}"
            if item.feature[1:2] == "1":
                yield "S first person"
    elif item.kind == ACTOR and item.mention is not None:
        yield f"S form {item.mention.form}"
        if item.mention.sector:
            yield f"S sector {item.mention.sector}"
    elif item.kind == MODAL and item.payload is not None:
        yield f"S modal {item.payload.modality}"
    elif item.kind == NUMBER:
        yield "S number"
    elif item.kind == DATE:
        yield "S date"
        if item.date is not None:
            yield f"S date {item.date.precision.name.lower()}"
    elif item.kind == PUNCT:
        yield f"S punct {item.word.norm}"
    elif item.kind == FUNCTION:
        yield f"S func {item.klass or item.pos}"


def _trigger_marks(sentence: Sentence, items: list[Item], k: int, choice: Choice, quotes: Quotes) -> Iterator[str]:
    """What speaks for or against the trigger at item k naming a deed that was done."""
    item = items[k]
    yield from _form_marks(item, choice)
    before = items[k - 1] if k else None
    if before is None:
        yield "T first"
    else:
        yield f"T after {_class(before)}"
        if before.kind == TRIGGER:
            yield f"T after trigger {_trigger_class(before)}"
    if k + 1 < len(items):
        yield f"T before {_class(items[k + 1])}"
    if any(start <= sentence.starts[item.i] < end for start, end in quotes):
        yield "T quoted"
    yield from _modal_marks(items, k)
    yield from _near_marks("then", items[k + 1 : _clause_end(items, k)])
    yield from _near_marks("from", items[max(0, k - BEFORE) : k])


def _form_marks(item: Item, choice: Choice) -> Iterator[str]:
    """The word itself: its frame and its form."""
    frame = choice.frame
    shape = ("d" if item.det else "i") if item.pos == "noun" else item.feature[:1]
    passive = item.pos == "verb" and "p" in item.feature[3:]
    yield f"T {item.pos}{shape}{' passive' if passive else ''}"
    yield f"T key {frame.key}"
    yield f"T key {frame.key} {item.pos}"
    yield f"T mode {frame.mode}"
    if item.pos == "verb":
        yield f"T feature {item.feature}"
    if choice.weak:
        yield "T weak"
    elif frame.need:
        yield "T need met"
    if item.fut:
        yield "T future"
    if item.prep:
        yield f"T after preposition {item.prep}"
    if item.encl:
        yield "T owned"


def _modal_marks(items: list[Item], k: int) -> Iterator[str]:
    """What stands before the trigger that makes it a plan, a possibility, a denial, or part of another clause."""
    for m in range(max(0, k - MODAL_REACH), k):
        other, name = items[m], items[m].klass
        if other.kind == MODAL and other.payload is not None and (other.payload.scope == "clause" or m == k - 1):
            yield f"T modal {other.payload.modality}"
        if name in ("neg", "negnoun") and m == k - 1:
            yield "T negated"
        if name in ("rel", "sub", "comp") and m >= k - 3:
            yield f"T within {name}"
        if name == "aux" and m >= k - 4:
            yield "T aux"


def _clause_end(items: list[Item], k: int) -> int:
    end = min(len(items), k + 1 + AFTER)
    return next((m for m in range(k + 1, end) if items[m].kind == PUNCT and items[m].word.closes), end)


def _near_marks(side: str, near: list[Item]) -> Iterator[str]:
    """Numbers, dates, parties and other deeds on one side of the trigger."""
    for other in near:
        if other.kind == NUMBER:
            yield f"T {side} number"
        elif other.kind == DATE:
            yield f"T {side} date"
        elif other.kind == ACTOR and other.mention is not None:
            yield f"T {side} {other.mention.form}"
            if other.mention.sector:
                yield f"T {side} {other.mention.sector}"
        elif other.kind == TRIGGER and other.frames:
            yield f"T {side} frame {other.frames[0].type}"


def _class(item: Item) -> str:
    return f"{item.klass or item.kind}{item.pos}"


def _trigger_class(item: Item) -> str:
    if item.frames:
        return item.frames[0].type
    lemma = item.lemma
    if lemma is None:
        return "none"
    return "support" if lemma.support else "report" if lemma.report else "none"
