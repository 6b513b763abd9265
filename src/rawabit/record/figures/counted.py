"""What a number counts: the unit or noun after it, or, where the noun is left out, what the clause is about.

Refuses numbers that count nothing: codes, resolutions, ages, times, ordinals.
"""
from __future__ import annotations

import re

from rawabit.lexicon.load import Word
from rawabit.mention.item import ACTOR, DATE, PUNCT, QUOTES, Item
from rawabit.record.figures.quantity import Part, Quantity
from rawabit.record.figures.rows import NOTHING, PEOPLE, THINGS, UNIT, Noun, Row, Rows
from rawabit.text.segment import Sentence

CUE_BEFORE, CUE_AFTER = 9, 6
"""Words before a number and after what it counts within which a word tells its measure."""
WIDE_BEFORE, WIDE_AFTER = 14, 10
"""The same for money and shares, whose measure is often named at the clause's start."""
GOVERNED = 8
"""Words from a verb or noun of death, injury or arrest to a number that counts people without naming them."""
TEENS, HUNDRED = 11, 100
THOUSANDS = re.compile(r"\d{1,3}\.\d{3}")
"""Digits that mean thousands before something counted, and a decimal fraction before a unit."""


NATIONAL = frozenset({"nat", "adjective", "thing"})
"""Forms of a nationality, alone or behind its noun."""


def _form(item: Item | None) -> str:
    """How an item names someone; "" if it names nobody."""
    return item.mention.form if item is not None and item.kind == ACTOR and item.mention is not None else ""


class Count:
    """A quantity with what it counts. Words `first` to `end` are the noun phrase; `whole` is the «of …» after a bare number."""

    __slots__ = ("cue", "end", "first", "kind", "noun", "quantity", "row", "unit", "whole")

    def __init__(self, quantity: Quantity, unit: str, noun: Noun | None, first: int, end: int) -> None:
        self.quantity, self.unit, self.noun, self.first, self.end = quantity, unit, noun, first, end
        self.whole = False
        self.kind = noun.kind if noun else PEOPLE
        self.row: Row | None = None
        self.cue = -1


class Place:
    """One sentence laid out for reading numbers: words, the item of every word, words that tell a measure."""

    def __init__(self, rows: Rows, sentence: Sentence, items: list[Item], parts: dict[int, Part]) -> None:
        self.parts, self.rows, self.sentence, self.items, self.words = parts, rows, sentence, items, sentence.words
        count = len(self.words)
        self.item_of = [-1] * count
        self.taken = bytearray(b"\x01" * count)
        for index, item in enumerate(items):
            block = item.kind == DATE or (item.kind == ACTOR and item.j - item.i > 1)
            for k in range(item.i, item.j):
                self.item_of[k] = index
                self.taken[k] = block
        cues = rows.cues
        self.cues = [(k, found) for k, word in enumerate(self.words) if (found := cues[word])]

    def item(self, k: int) -> Item | None:
        """The item of word k."""
        return self.items[self.item_of[k]] if 0 <= k < len(self.words) and self.item_of[k] >= 0 else None

    def role(self, k: int, *roles: str) -> bool:
        """Whether word k plays one of these parts in a number phrase."""
        return 0 <= k < len(self.words) and any(self.words[k].norm in self.rows.roles[role] for role in roles)

    def stops(self, k: int) -> bool:
        """Whether word k ends a clause."""
        return self.words[k].closes

    def before(self, k: int) -> int:
        """The word before a number at k, words of bound and «number» aside."""
        k -= 1
        heads = self.rows.bound_words
        while k >= 0 and (self.words[k].norm in heads or self.role(k, "partitive", "number")):
            k -= 1
        return k

    # ---- counting ----------------------------------------------------------------------------------------------------------

    def count(self, quantity: Quantity, previous: Count | None) -> Count | None:
        """What a quantity counts; None if it is no figure."""
        q, words, rows = quantity, self.words, self.rows
        if self.role(q.start - 1, "each", "label") or q.value == 0:
            return None
        if q.end - q.start == 1 and self.role(q.start, "one", "two") and rows.numbers_of(words, q.start - 1):
            return None
        unit, end = rows.unit_at(words, q.end)
        if unit:
            return Count(q, unit, None, q.end, end)
        if q.start and words[q.start - 1].norm in rows.signs:
            return Count(q, rows.signs[words[q.start - 1].norm], None, q.end, q.end)
        if q.det:
            return self._behind(q)
        if q.value == 1:
            return self._alone(q, previous) if q.conj and previous is not None else None
        if q.end < len(words):
            if self.role(q.end, "others"):
                return self._carried(q, previous, q.end + 1)
            if self.role(q.end, "of them"):
                return self._carried(q, previous, q.end + 1) if previous is not None or self._governor(q.start) >= 0 else None
            quoted = words[q.end].norm in QUOTES and q.end + 1 < len(words)
            noun = rows.noun(words[q.end + quoted], True)
            if noun is not None:
                return self._named(q, noun, q.end + quoted)
            if self.role(q.end, "partitive"):
                return self._of(q, previous)
        return self._alone(q, previous)

    def _named(self, q: Quantity, noun: Noun, k: int) -> Count | None:
        """A number with the noun at word k, which may stand in quotation marks."""
        if noun.kind == NOTHING or (not noun.rows and noun.kind == THINGS and not self._agrees(q.value, self.words[k])):
            return None
        if any(THOUSANDS.fullmatch(w.norm) for w in self.words[q.start : q.end]):
            q.value *= 1000
        return Count(q, "", noun, k, self._phrase_end(k))

    def _agrees(self, value: float, word: Word) -> bool:
        """Whether an unknown word has the form of a noun that this number counts."""
        tail = int(value) % 100
        if value < TEENS or len(word.norm) < 3:
            return False
        endings = self.rows.roles["accusative"]
        return not (TEENS <= tail < HUNDRED) or word.norm.endswith(tuple(endings))

    def _phrase_end(self, k: int) -> int:
        """The word after the noun phrase that begins at k: the noun's item and adjectives."""
        item = self.item(k)
        end = max(k + 1, item.j if item is not None and item.kind == ACTOR else k + 1)
        while end < len(self.words) and end - k < 6:
            item = self.item(end)
            if item is None or item.conj or item.prep or _form(item) not in NATIONAL:
                break
            end = item.j
        return end

    def _of(self, q: Quantity, previous: Count | None) -> Count | None:
        """«170 of the Russian diplomats», «325 of Islamic State»."""
        k = q.end + 1
        while k < len(self.words) and self.words[k].norm[:1] and not self.words[k].norm[:1].isalnum():
            k += 1
        if k >= len(self.words):
            return None
        noun, item = self.rows.noun(self.words[k], False), self.item(k)
        forces = self.role(k, "forces") or _form(item) == "org"
        if noun is not None and noun.kind != NOTHING and not forces and (noun.rows or noun.kind == PEOPLE) and q.value >= 2:
            count = Count(q, "", noun, k, self._phrase_end(k))
            count.whole = True
            return count
        persons = self.words[k].det and self.words[k].norm.endswith(tuple(self.rows.roles["persons"]))
        if noun is not None and not noun.rows and persons and q.value >= 2:
            count = Count(q, "", None, k, k + 1)
            count.whole = True
            return count
        if forces and item is not None and (self._told(q) or (previous is not None and previous.kind == PEOPLE)):
            count = self._carried(q, previous, item.j)
            count.first, count.whole = k, True
            return count
        return None

    def _told(self, q: Quantity) -> bool:
        """Whether a word of death, injury or arrest stands near the number."""
        return any(abs(k - q.start) <= CUE_BEFORE and any(self.rows.rows[i].any_of == PEOPLE for i in found) for k, found in self.cues)

    def _behind(self, q: Quantity) -> Count | None:
        """«the four Iranian athletes», the number last."""
        k = q.start - 1
        item = self.item(k)
        if item is not None and _form(item) in NATIONAL:
            k = item.i
        word = self.words[k] if k >= 0 else None
        if word is None or not word.det or q.value > 100:
            return None
        noun = self.rows.noun(word, False)
        if noun is None or noun.kind != PEOPLE or "p" not in noun.numbers or _form(item) == "office":
            return None
        return Count(q, "", noun, k, q.end)

    def _alone(self, q: Quantity, previous: Count | None) -> Count | None:
        """A number with no noun: people where a word of death, injury or arrest governs it, else more of what was counted before."""
        if previous is not None and q.conj and previous.kind == PEOPLE and not previous.unit and self._open(q.end):
            return self._carried(q, previous, q.end)
        if self._governor(q.start) >= 0 and self._open(q.end) and not q.implicit:
            return Count(q, "", None, q.end, q.end)
        return None

    def _open(self, k: int) -> bool:
        """Whether a noun phrase can end before word k."""
        if k >= len(self.words):
            return True
        item = self.item(k)
        return item is None or item.kind in (PUNCT, DATE, "F", "T", "M") or bool(item.prep) or item.conj

    def _carried(self, q: Quantity, previous: Count | None, end: int) -> Count:
        count = Count(q, "", previous.noun if previous is not None and not previous.unit else None, q.end, end)
        count.whole = True
        return count

    def _governor(self, start: int) -> int:
        """The word of death, injury or arrest that governs a number at `start`; -1 if none does."""
        for k, found in reversed(self.cues):
            if k < start and start - k <= GOVERNED and any(self.rows.rows[i].any_of == PEOPLE for i in found):
                return k if not any(self.words[m].closes or not self.words[m].norm[:1].isalnum() for m in range(k + 1, start)) else -1
        return -1

    # ---- measures ----------------------------------------------------------------------------------------------------------

    def measure(self, count: Count) -> Row | None:
        """The row that says what a count measures: the one whose word stands nearest."""
        best: tuple[float, int] | None = None
        for row in self._candidates(count):
            distance, cue = self._distance(count, row)
            if distance is not None and (best is None or (distance, row.index) < best):
                best, count.row, count.cue = (distance, row.index), row, cue
        return count.row

    def _candidates(self, count: Count) -> list[Row]:
        if count.unit:
            kind = count.unit if count.unit in self.rows.plain_units else "money"
            return [r for r in self.rows.rows if r.any_of == UNIT and r.unit == kind]
        own = list(count.noun.rows) if count.noun is not None else []
        return own + [r for r in self.rows.rows if r.any_of == count.kind]

    def _distance(self, count: Count, row: Row) -> tuple[float | None, int]:
        """How far the nearest word for a row stands from the number, and where; None if it has none and needs one."""
        if not row.cued:
            return (0.0 if not row.any_of and row.measure != "other" else 60.0 if row.any_of else 50.0), -1
        before, after = (WIDE_BEFORE, WIDE_AFTER) if count.unit else (CUE_BEFORE, CUE_AFTER)
        start, end = count.quantity.start, max(count.end, count.quantity.end)
        best: tuple[float, int] | None = None
        for k, found in self.cues:
            if row.index not in found or not (start - before <= k < end + after) or (count.first <= k < count.end and not count.unit):
                continue
            gap = self._gap(k, start, end)
            if gap is not None and (best is None or gap < best[0]):
                best = gap, k
        return best if best is not None else (None, -1)

    def _gap(self, k: int, start: int, end: int) -> float | None:
        low, high = (k + 1, start) if k < start else (end, k)
        if any(self.words[m].closes for m in range(low, high)):
            return None
        commas = sum(not self.words[m].norm[:1].isalnum() for m in range(low, high))
        return (high - low) + 3.0 * commas + (0.5 if k >= start else 0.0)
