"""Whether a sentence tells a deed of one PLOVER type: a log-linear weighing of what the grammar sees in it and of its words.

Order of work: items of the sentence, marks of the words that may name such a deed and of the whole (`detect_marks`), its stems and its
character n-grams, their weights summed. The weights are data of the language (`detection.json`), learned by `tools/learn_detection.py` from
sentences that people judged; the same sentence always gets the same score. Refuses to say who did it: that is `read`'s.
"""
from __future__ import annotations

import math
import zlib
from collections.abc import Iterator

import msgspec

from rawabit.lexicon.load import Lexicon, Word, load_lexicon
from rawabit.mention.chunk import Chunker
from rawabit.mention.dates import DateReader
from rawabit.mention.item import Item
from rawabit.mention.names import Names
from rawabit.mention.resolve import Discourse
from rawabit.model import InputError, Span
from rawabit.record.detect_marks import Found, find_marks
from rawabit.text.segment import Sentence, find_quotes, split_sentences

BUCKETS = 1 << 14
"""Character n-grams are told apart by a hash into so many buckets (PROTEST's cross-validated F1: 2^12 is 0.01 lower, 2^20 no higher)."""
SHORTEST, LONGEST = 2, 5
"""Letters of an n-gram, a word's edges counted."""
SHORTEST_STEM = 3
UNIT = 0.001
"""What the whole numbers of `grams` are multiples of."""


class Detection(msgspec.Struct, frozen=True):
    """The answer for one text: `score` above 0 means that it tells such a deed; `trigger` is the word that speaks most for it, if any."""

    type: str
    told: bool
    score: float
    trigger: Span | None


class Features(msgspec.Struct, frozen=True):
    """What is weighed: marks, stems and buckets of n-grams, each once; and the triggers they come from."""

    marks: frozenset[str]
    stems: frozenset[str]
    grams: frozenset[int]
    triggers: tuple[tuple[Span, frozenset[str]], ...]


class Weights(msgspec.Struct, frozen=True):
    """One type's model: one row of the table `detection`."""

    bias: float
    marks: dict[str, float]
    stems: dict[str, float]
    grams: list[int]


class Detector:
    """Says for texts whether they tell a deed of one type. Raises InputError for a type without weights."""

    def __init__(self, lexicon: Lexicon, kind: str) -> None:
        self.lexicon, self.kind = lexicon, kind
        rows = {row.kind: row.data for row in lexicon.table("detection")}
        if kind not in rows:
            known = ", ".join(sorted(rows)) or "none (run tools/learn_detection.py)"
            raise InputError(f"no weights for deeds of type {kind}: choose one of {known}.")
        self.weights = msgspec.convert(rows[kind], Weights)

    def detect(self, text: str) -> Detection:
        """The answer for one text, as a rule one sentence; of several all count together."""
        features = find_features(text, self.kind, self.lexicon)
        score = self._score(features)
        return Detection(self.kind, score > 0, round(score, 3), self._trigger(features))

    def _score(self, features: Features) -> float:
        weights = self.weights
        marks = sum(sorted(weights.marks.get(mark, 0.0) for mark in features.marks)) / root(len(features.marks))
        grams = sum(weights.grams[gram] for gram in features.grams) * UNIT / root(len(features.grams)) if weights.grams else 0.0
        stems = sum(sorted(weights.stems.get(stem, 0.0) for stem in features.stems)) / (len(features.stems) + 1)
        return weights.bias + marks + grams + stems

    def _trigger(self, features: Features) -> Span | None:
        """The trigger whose own marks weigh most; the first of equals."""
        weights = self.weights.marks
        return max(features.triggers, key=lambda pair: sum(sorted(weights.get(m, 0.0) for m in pair[1])), default=(None, None))[0]


def root(count: int) -> float:
    """What a sum over so many features is divided by."""
    return math.sqrt(max(1, count))


def make_detector(kind: str, language: str = "ar") -> Detector:
    """The detector of deeds of type `kind`. Raises InputError for a type or language without weights."""
    return Detector(load_lexicon(language), kind)


def find_features(text: str, kind: str, lexicon: Lexicon) -> Features:
    """What is weighed of one text. Needs no learned weights, so that these can be learned from it."""
    found = list(_sentences(text, kind, lexicon))
    words = [word for sentence, _ in found for word in sentence.words if word.norm[:1].isalnum()]
    return Features(
        frozenset().union(*(marks.all() for _, marks in found)),
        frozenset(light_stem(word) for word in words if word.norm[:1].isalpha()),
        frozenset(gram for word in {w.norm for w in words} for gram in _grams(word)),
        tuple((_span(sentence, item), frozenset(own)) for sentence, marks in found for item, own in marks.triggers),
    )


def _sentences(text: str, kind: str, lexicon: Lexicon) -> Iterator[tuple[Sentence, Found]]:
    """Each sentence with its marks."""
    dates = DateReader(lexicon, None)
    chunker = Chunker(lexicon, None, Names().by_word, dates)
    discourse = Discourse(lexicon)
    quotes = find_quotes(text, lexicon.orthography.quotes)
    for sentence in split_sentences(text, 0, lexicon):
        items = chunker.chunk(sentence)
        discourse.resolve(items)
        yield sentence, find_marks(sentence, items, kind, quotes)


def _span(sentence: Sentence, item: Item) -> Span:
    return Span(sentence.starts[item.i], sentence.ends[item.j - 1])


def light_stem(word: Word) -> str:
    """The shortest stem of a word that has at least three letters; the first in order of letters among equals."""
    stems = [stem for stem in word.stems if len(stem) >= SHORTEST_STEM]
    return min(stems, key=lambda stem: (len(stem), stem)) if stems else word.norm


def _grams(norm: str) -> Iterator[int]:
    """Buckets of the n-grams of one word."""
    edged = f" {norm} "
    for size in range(SHORTEST, LONGEST + 1):
        for start in range(max(1, len(edged) - size + 1)):
            yield zlib.crc32(edged[start : start + size].encode()) % BUCKETS
