"""The words of one sentence as the rules see them: look-ups in the calendar words, and the way from a word to the rules of its kinds.

A rule reads on from a word as far as it understands and gives what it found, or None where the words are no date to it.
"""
from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from rawabit.lexicon.load import Word
from rawabit.lexicon.time_rows import Form, TimeWords, follows
from rawabit.mention.dates.stretches import Stretch

SLASHES, OPEN, CLOSE = frozenset("/-"), "(", ")"


class Found(msgspec.Struct, frozen=True):
    """An expression at tokens `first` to `end` (exclusive)."""

    first: int
    end: int
    stretch: Stretch | None


Rule = Callable[["Line", int, int, Form, bool], Found | None]
"""(line, first token, token after the word that names the rule, form of that word, whether what stands before speaks for a date)."""


class Rules(msgspec.Struct, frozen=True):
    """What to try at a word: `digits` at a number in digits, else the rules of its kinds."""

    digits: Callable[[Line, int], Found | None]
    by_kind: dict[str, Rule]


class Line:
    """A sentence's words. `published` is the report's day; `plain_rules` those for an expression with no preposition of its own."""

    __slots__ = ("plain_rules", "published", "table", "words")

    def __init__(self, words: list[Word], table: TimeWords, published: date | None, plain_rules: Rules) -> None:
        self.words, self.table, self.published, self.plain_rules = words, table, published, plain_rules

    def read(self, i: int, rules: Rules, support: bool) -> Found | None:
        """The expression at token `i`, by the first rule that understands it. `support`: what stands before already speaks for a date."""
        words = self.words
        if i >= len(words):
            return None
        norm = words[i].norm
        if norm[:1].isdecimal():
            return rules.digits(self, i)
        following = words[i + 1].norm if i + 1 < len(words) else ""
        for form in self.table.table.get(norm, ()):
            if form.tail and (form.tail[0] != following or not follows(words, i + 1, form.tail)):
                continue
            rule = rules.by_kind.get(form.entry.kind)
            found = rule(self, i, i + 1 + len(form.tail), form, support) if rule else None
            if found:
                return found
        return None

    def plain(self, i: int) -> Found | None:
        """An expression with no preposition of its own, after words that speak for a date."""
        return self.read(i, self.plain_rules, True)

    def take(self, i: int, kind: str) -> tuple[int, Form] | None:
        """The calendar word of that kind at `i`: (index after it, form)."""
        return self.table.find(self.words, i, kind)

    def skip(self, i: int, kind: str) -> int:
        """The index after a word of that kind, or `i` itself."""
        hit = self.table.find(self.words, i, kind)
        return hit[0] if hit else i

    def at(self, i: int, norm: str) -> bool:
        """Whether that word stands at `i`."""
        return i < len(self.words) and self.words[i].norm == norm

    def joined(self, i: int) -> bool:
        """Whether a calendar word with a conjunction written onto it stands at `i`."""
        return i < len(self.words) and any(form.conj for form in self.table.table.get(self.words[i].norm, ()))

    def barred(self, i: int, form: Form) -> bool:
        """Whether the word before says that this is no calendar word here."""
        return bool(form.entry.bar) and i > 0 and self.words[i - 1].norm in form.entry.bar

    def in_name(self, i: int) -> bool:
        """Whether the word before makes a day or month the name of something."""
        return i > 0 and self.words[i - 1].norm in self.table.named
