"""Numbers in a sentence, composed of their words: «one million and two hundred thousand», «a quarter of a million», «15», «1.2 million».

Refuses numbers inside dates and names, and plural scales without a multiplier («thousands of»), which have no value.
"""
from __future__ import annotations

from rawabit.lexicon.load import Word
from rawabit.model.reading import Bound
from rawabit.text.segment import Sentence

HUNDRED, SCALE = 100.0, 1000.0
BRACKETED = 2
"""Words of a number in brackets from its digits on: «125)»."""
CODE_MARKS = "-/."
"""Marks that join a number to the name before it: «B-52»."""


class Quantity:
    """A number in place: its value and the words `start` to `end` (exclusive) that say it. `implicit`: said by the noun's own form."""

    __slots__ = ("bound", "conj", "det", "end", "implicit", "start", "value")

    def __init__(self, value: float, start: int, end: int) -> None:
        self.value, self.start, self.end = value, start, end
        self.conj = self.det = self.implicit = False
        self.bound: Bound | None = None


class Part:
    """What one word adds to a number: a plain value, a scale that multiplies, or a fraction of what follows."""

    __slots__ = ("conj", "det", "digits", "kind", "length", "prep", "value")

    def __init__(self, value: float, kind: str, word: Word) -> None:
        sense = word.find("number")
        self.value, self.kind, self.digits = value, kind, word.number is not None
        self.length = 1
        self.conj = sense is not None and sense.conj
        self.det = sense is not None and sense.det
        self.prep = sense.prep if sense is not None else ""


def part_of(word: Word) -> Part | None:
    """The word as part of a number; None if it is none."""
    if word.number is not None:
        return Part(word.number, "", word)
    if "number" not in word.kinds:
        return None
    sense = word.find("number")
    assert sense is not None and sense.payload is not None
    return None if sense.encl else Part(sense.payload.value, sense.payload.kind, word)


def find_parts(sentence: Sentence, commas: str, point: frozenset[str]) -> dict[int, Part]:
    """The number words of a sentence by their place.

    A comma right between digits is a decimal point; `point` is a letter that parts a fraction, written before it, from its whole
    («8r1» is 1.8); brackets around digits belong to them. Digits inside a code are left out.
    """
    words, starts, ends = sentence.words, sentence.starts, sentence.ends
    parts = {k: part for k, w in enumerate(words) if w.counts and (part := part_of(w))}
    for k in list(parts):
        if k not in parts or words[k].number is None or not k or starts[k] != ends[k - 1]:
            continue
        before = words[k - 1].norm
        if before in commas and k > 1 and k - 2 in parts and words[k - 2].number is not None and starts[k - 1] == ends[k - 2]:
            parts[k - 2].value += parts.pop(k).value / 10 ** len(words[k].norm)
            parts[k - 2].length = 3
            continue
        lettered = before in point and words[k].norm.isdigit() and k - 2 in parts and words[k - 2].norm.isdigit()
        if lettered and starts[k - 1] == ends[k - 2]:
            parts[k - 2].value = float(f"{words[k].norm}.{words[k - 2].norm}")
            del parts[k]
            parts[k - 2].length = 3
            continue
        named = before in CODE_MARKS and k > 1 and starts[k - 1] == ends[k - 2] and words[k - 2].norm.isalpha()
        if named or (before.isascii() and before.isalpha()):
            del parts[k]
    for k, part in parts.items():
        if part.digits and k + 1 < len(words) and part.length == 1 and k and words[k - 1].norm == "(" and words[k + 1].norm == ")":
            part.length = BRACKETED
    return parts


class Composer:
    """Composes the numbers of a sentence. `taken` are words that belong to dates and names; `joins` the words for «and»."""

    def __init__(self, words: list[Word], parts: dict[int, Part], taken: bytearray, joins: frozenset[str]) -> None:
        self.words, self.parts, self.taken, self.joins = words, parts, taken, joins

    def find(self) -> list[Quantity]:
        """All numbers in order."""
        out: list[Quantity] = []
        reached = 0
        for k in self.parts:
            if k < reached or self.taken[k]:
                continue
            quantity = self._compose(k)
            reached = max(k + 1, quantity.end if quantity else 0)
            if quantity is not None:
                out.append(quantity)
        return out

    def _compose(self, k: int) -> Quantity | None:
        first = self.parts[k]
        if first.kind == "many":
            return None
        total, current, last = 0.0, 0.0, 0.0
        j: int | None = k
        while j is not None:
            part, end = self.parts[j], j + self.parts[j].length
            if part.kind in ("scale", "many"):
                total, current, last = total + (current or 1.0) * part.value, 0.0, part.value
            elif part.kind == "fraction":
                scale = self.parts.get(end)
                if scale is None or scale.kind != "scale":
                    return None
                last = part.value * scale.value
                total, end = total + last, end + 1
            elif part.value == HUNDRED and 2 < current < 10 and not part.digits and not part.conj:
                current, last = current * HUNDRED, HUNDRED
            else:
                current, last = current + part.value, part.value
            j = self._next(end, total, current, last)
        quantity = Quantity(total + current, k, end)
        quantity.conj = first.conj or (k > 0 and self.words[k - 1].norm in self.joins)
        quantity.det = first.det
        return quantity

    def _next(self, j: int, total: float, current: float, last: float) -> int | None:
        """The word with which the number goes on after the words before j; None if it is complete."""
        part, joined = self.parts.get(j), False
        if part is None and j < len(self.words) and self.words[j].norm in self.joins:
            j, joined = j + 1, True
            part = self.parts.get(j)
            if part is None and (bracketed := self.parts.get(j + 1)) is not None and bracketed.length == BRACKETED:
                j, part = j + 1, bracketed
        if part is None or self.taken[j] or part.prep:
            return None
        joined = joined or part.conj
        if part.kind in ("scale", "many"):
            if joined:
                return j if total and part.kind == "scale" and last > part.value else None
            return j if current and last < part.value else None
        if part.kind == "fraction":
            scale = self.parts.get(j + 1)
            return j if joined and total and scale is not None and scale.kind == "scale" else None
        before = self._before(j - 1 - int(joined and not part.conj) - int(part.length == BRACKETED))
        return j if self._adds(part, before, joined, current, last) else None

    def _before(self, k: int) -> Part | None:
        """The part that ends with word k."""
        return self.parts.get(k) or self.parts.get(k - 1) or self.parts.get(k - 2)

    def _adds(self, part: Part, before: Part | None, joined: bool, current: float, last: float) -> bool:
        """Whether a plain number is one more part of the number before it."""
        digits = part.digits or (before is not None and before.digits)
        if not joined:
            return not digits and ((part.value == 10 and current < 10) or (part.value == HUNDRED and 2 < current < 10))
        if before is not None and before.kind in ("scale", "many"):
            return part.value < last
        return not digits and (part.value < last or (last < 10 and 10 < part.value < HUNDRED)) and part.value != 1.0
