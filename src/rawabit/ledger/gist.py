"""Telling words: what two tellings of one deed share although their sentences differ.

A word is telling as far as it is rare in news (`lexicon/LANGUAGE/frequency.tsv`). Words are compared with the article, conjunctions and
prepositions taken off. Refuses to say what a word means: names in two scripts do not meet here, but as codes of actors.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from rawabit.lexicon.load import Lexicon, Word, load_lexicon

RAREST = 9.0
"""How rare a word is that the table does not list: once in some 8,000 reports."""
LEAST = 1.6
"""Below this (in a fifth of all reports and more) a word tells nothing."""
SENTENCE_WORDS = 24
REPORT_WORDS = 48
"""Words kept for a sentence and for a report."""


class Rarity:
    """How rare the words of a language are."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._known: dict[str, float] = {row.noun: row.value for row in lexicon.table("frequency")}

    def __call__(self, word: str) -> float:
        """Natural logarithm of reports for each report with the word."""
        return self._known.get(word, RAREST)


@cache
def load_rarity(language: str) -> Rarity:
    """The table of a language. Raises InputError for a language that has no lexicon."""
    return Rarity(load_lexicon(language))


def find_words(words: Iterable[Word], lexicon: Lexicon) -> Iterator[str]:
    """The words of a sentence without what is joined to them; numbers too, no marks and no letters that stand alone."""
    for word in words:
        if word.number is not None:
            yield word.norm
        elif len(word.norm) > 2:
            yield lexicon.stem(word)


def make_gist(words: Iterable[str], rarity: Rarity, limit: int) -> list[str]:
    """The most telling words, each once: those that are rare in news and often told here come first."""
    weights = {word: rarity(word) * (1 + count) for word, count in Counter(words).items() if rarity(word) >= LEAST}
    return sorted(weights, key=lambda word: (-weights[word], word))[:limit]
