"""Spelling folded to one form. Words are normalised one at a time, so that every span stays a span of the original text."""
from __future__ import annotations

import re
from functools import lru_cache

import msgspec


class Orthography(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a language is written: the rows of `language.yml`."""

    code: str
    english: str
    direction: str
    script: str
    marks: str
    fold: dict[str, str]
    final_variants: list[tuple[str, str]]
    name_fold: dict[str, str]
    name_drop: str
    proclitics: list[list[str]]
    contraction: tuple[str, str, str]
    future: list[str]
    conjunctions: list[str]
    article: str
    enclitics: list[str]
    joints: list[tuple[str, str]]
    enclitic_features: dict[str, str]
    quotes: list[tuple[str, str]]
    sentence_end: str
    list_comma: str
    digit_marks: str
    hashtag: str
    order: str
    clause_breaks: str
    between: str
    possessive: str
    author: str
    locatives: list[str]
    name_particles: list[str] = []
    former: list[str] = []
    office_links: list[str] = []
    capital_nouns: list[str] = []
    content_preps: list[str] = []
    duals: list[str] = []
    feminine_endings: list[str] = []
    feminine_places: bool = False
    masculine_states: list[str] = []
    firsts: list[str] = []
    day_shifts: dict[str, int] = {}


FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
"""A decimal digit other than ASCII's."""


class Normaliser:
    """Folds a word's spelling: marks off, letter variants to one, decimal digits to ASCII, case folded."""

    def __init__(self, orthography: Orthography) -> None:
        table: dict[int, str | None] = {ord(c): None for c in orthography.marks}
        table.update({ord(a): b for a, b in orthography.fold.items()})
        self._table = table
        skeleton: dict[int, str | None] = {ord(c): None for c in orthography.name_drop}
        skeleton.update({ord(a): b for a, b in orthography.name_fold.items()})
        self._skeleton = skeleton

    def word(self, surface: str) -> str:
        """The normal form of one word (no spaces in it)."""
        form = surface.translate(self._table).casefold()
        return form if form.isascii() or not FOREIGN_DIGIT.search(form) else _ascii_digits(form)

    def phrase(self, surface: str) -> str:
        """The normal forms of several words, one space between."""
        return self.word(" ".join(surface.split()))

    def skeleton(self, form: str) -> str:
        """The letters of a normal form that transliterations of a foreign name agree on."""
        folded = form.translate(self._skeleton)
        return "".join(c for i, c in enumerate(folded) if not i or c != folded[i - 1])


@lru_cache(maxsize=4096)
def _ascii_digits(form: str) -> str:
    return "".join(str(int(c)) if c.isdecimal() else c for c in form)
