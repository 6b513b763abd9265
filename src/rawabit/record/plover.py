"""What PLOVER and CAMEO say of a type and mode, and the contexts that the words of a deed give it.

Source: PLOVER manual 0.8 (Open Event Data Alliance, 2021); the rows are `lexicon/shared/plover.yml` and each language's `contexts.yml`.
"""
from __future__ import annotations

from functools import cache
from typing import NamedTuple

from rawabit.lexicon.load import Lexicon
from rawabit.text.segment import Sentence

MAXIMAL_CONTEXTS = 4
"""Contexts given to one event: those whose words come first."""


class Class(NamedTuple):
    """Quad category (1 to 4), score (-10 to 10) and CAMEO code of a type in a mode."""

    quad: int
    score: float
    cameo: str


class ModeRow(NamedTuple):
    """A row of `modes.yml`: its mode, the forms of its words, and the modes that it may replace."""

    mode: str
    words: frozenset[str]
    over: frozenset[str]


class Plover:
    """The tables of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._types = {row.kind: row for row in lexicon.table("plover")}
        self._modes: dict[str, list[ModeRow]] = {}
        for row in lexicon.table("mode"):
            new = ModeRow(row.data["mode"], frozenset(row.data["words"]), frozenset(row.data["over"]))
            self._modes.setdefault(row.kind, []).append(new)
        self._contexts: dict[str, tuple[str, ...]] = {}
        for row in lexicon.table("context"):
            for word in row.data["words"]:
                self._contexts[word] = (*self._contexts.get(word, ()), row.kind)

    def modes(self, kind: str) -> list[str]:
        """The modes of a type."""
        return list(self._types[kind].data["modes"])

    def classify(self, kind: str, mode: str | None) -> Class:
        """The class of a type, or that of its mode where the manual scores it apart."""
        row = self._types.get(kind)
        if row is None:
            return Class(0, 0.0, "")
        score, cameo = row.data["modes"].get(mode, (row.value, row.code))
        return Class(row.data["quad"], score, cameo)

    def mode(self, kind: str, mode: str | None, sentence: Sentence, start: int, end: int) -> str | None:
        """The mode that the words between two offsets tell where the frame's own `mode` is open or wider; else `mode`."""
        rows = [row for row in self._modes.get(kind, ()) if mode is None or mode in row.over]
        if not rows:
            return mode
        told: frozenset[str] = frozenset().union(*map(sentence.told, sentence.inside(start, end)))
        return next((row.mode for row in rows if not row.words.isdisjoint(told)), mode)

    def contexts(self, sentence: Sentence, start: int, end: int) -> tuple[str, ...]:
        """The contexts of the words between two offsets, in the order of the words."""
        out: dict[str, None] = {}
        for n in sentence.inside(start, end):
            for form in sorted(self._contexts.keys() & sentence.told(n)):
                out.update(dict.fromkeys(self._contexts[form]))
        return tuple(out)[:MAXIMAL_CONTEXTS]


@cache
def plover(lexicon: Lexicon) -> Plover:
    """The tables of a lexicon, made once."""
    return Plover(lexicon)
