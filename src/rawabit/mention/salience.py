"""What a report is about: how often each country or body is named, and which are named together."""
from __future__ import annotations

from collections import Counter

from rawabit.mention.item import Item
from rawabit.text.segment import Sentence

TITLE_WEIGHT = 3
"""A naming in the headline counts as this many in the text."""
RANKS = 4


class Salience:
    """Counts of codes and of pairs of codes over a report's named mentions."""

    def __init__(self, sentences: list[Sentence], items: list[list[Item]]) -> None:
        counts: Counter[str] = Counter()
        self._pairs: Counter[frozenset[str]] = Counter()
        for sentence, units in zip(sentences, items, strict=True):
            weight = TITLE_WEIGHT if sentence.title else 1
            named = [a.code for item in units if item.mention is not None for a in item.mention.actors if a.code != "UNK"]
            for code in named:
                counts[code] += weight
            distinct = sorted(set(named))
            for n, code in enumerate(distinct):
                for other in distinct[n + 1 :]:
                    self._pairs[frozenset((code, other))] += weight
        self._most: dict[frozenset[str], int] = {}
        self.order = sorted(counts, key=lambda code: (-counts[code], code))
        self._rank = {code: min(n, RANKS) for n, code in enumerate(self.order)}

    def rank(self, code: str) -> int:
        """0 for the code named most, at most RANKS."""
        return self._rank.get(code, RANKS)

    def together(self, code: str, other: str) -> int:
        """In how many sentences two codes are named together, at most RANKS."""
        return min(RANKS, self._pairs[frozenset((code, other))])

    def most_together(self, codes: frozenset[str]) -> int:
        """The most that any two of the codes are named together; -1 where they are not two."""
        known = self._most.get(codes)
        if known is None:
            pair = sorted(codes)
            counts = [self.together(a, b) for n, a in enumerate(pair) for b in pair[n + 1 :]]
            known = self._most[codes] = max(counts, default=-1)
        return known
