"""What the lexicon leaves out, counted over a corpus: which words, names and offices to add next.

Order of work: the reader's own stages up to resolved mentions, then counts. Decides nothing about meaning: a word that stands between
two known actors in a clause without a known deed is a candidate, and a linguist looks at the example.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from rawabit.lexicon.load import Lexicon, load_lexicon
from rawabit.mention.chunk import Chunker
from rawabit.mention.dates import DateReader
from rawabit.mention.item import ACTOR, PUNCT, TRIGGER, WORD, Item
from rawabit.mention.names import Names
from rawabit.mention.resolve import Discourse
from rawabit.model import Document, Reading
from rawabit.text.language import find_language
from rawabit.text.segment import Sentence, split_sentences

KINDS = ("word", "name", "office", "pointer")
"""A word between actors, a personal name, an office or body, a pointing word such as «the region»."""
REACH = 8
"""Items that may lie between the two actors; beyond it the word between them is seldom about both."""


class Gap(msgspec.Struct, frozen=True):
    """One word, name or office that the lexicon does not resolve, in its sentence. `kind`: one of KINDS."""

    kind: str
    form: str
    example: str


class Row(msgspec.Struct, frozen=True):
    """A gap and how often it was met."""

    form: str
    count: int
    example: str


class Coverage(msgspec.Struct, frozen=True):
    """Counts over a corpus, the commonest first."""

    reports: int
    failed: int
    events: int
    words: tuple[Row, ...]
    names: tuple[Row, ...]
    offices: tuple[Row, ...]
    pointers: tuple[Row, ...]
    abstentions: dict[str, int]


class Tally:
    """Adds up the gaps and abstentions of many reports."""

    def __init__(self) -> None:
        self.reports = self.failed = self.events = 0
        self._gaps: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
        self._examples: dict[tuple[str, str], str] = {}
        self._abstentions: Counter[str] = Counter()

    def add(self, events: int, gaps: list[Gap], reasons: Counter[str]) -> None:
        """One report."""
        self.reports += 1
        self.events += events
        self._abstentions.update(reasons)
        for gap in gaps:
            self._gaps[gap.kind][gap.form] += 1
            self._examples.setdefault((gap.kind, gap.form), gap.example)

    def coverage(self, top: int) -> Coverage:
        """The commonest `top` of each kind."""
        reasons = dict(sorted(self._abstentions.items(), key=lambda pair: (-pair[1], pair[0])))
        words, names, offices, pointers = (self._rows(kind, top) for kind in KINDS)
        return Coverage(self.reports, self.failed, self.events, words, names, offices, pointers, reasons)

    def _rows(self, kind: str, top: int) -> tuple[Row, ...]:
        ranked = sorted(self._gaps[kind].items(), key=lambda pair: (-pair[1], pair[0]))[:top]
        return tuple(Row(form, count, self._examples[kind, form]) for form, count in ranked)


def find_gaps(reading: Reading) -> tuple[int, list[Gap], Counter[str]]:
    """Number of events, gaps, and reasons of abstention of one reading."""
    doc = reading.document
    lexicon = load_lexicon(doc.language or find_language(doc))
    gaps = [gap for sentence, items in read_items(doc, lexicon) for gap in _sentence_gaps(doc, sentence, items, lexicon)]
    return len(reading.events), gaps, Counter(a.reason for a in reading.abstentions)


def read_items(doc: Document, lexicon: Lexicon) -> Iterator[tuple[Sentence, list[Item]]]:
    """The reader's stages up to resolved mentions: each sentence with its items. The headline is taken last, as the reader does."""
    sentences = split_sentences(doc.content, len(doc.title), lexicon)
    names = Names()
    chunker = Chunker(lexicon, doc.published, names.by_word, DateReader(lexicon, doc.published))
    items: dict[int, list[Item]] = {}
    for index in sorted(range(len(sentences)), key=lambda i: (sentences[i].title, i)):
        items[index] = chunker.chunk(sentences[index])
        names.note(sentences[index], items[index])
    discourse = Discourse(lexicon)
    for index, sentence in enumerate(sentences):
        discourse.resolve(items[index])
        yield sentence, items[index]


def _sentence_gaps(doc: Document, sentence: Sentence, items: list[Item], lexicon: Lexicon) -> Iterator[Gap]:
    example = doc.content[sentence.start : sentence.end]
    for word in _uncovered(items, lexicon.orthography.clause_breaks):
        yield Gap("word", word, example)
    for item in items:
        mention = item.mention
        if item.kind != ACTOR or mention is None:
            continue
        if mention.unknown_name and mention.name is not None:
            yield Gap("name", _form(sentence, *mention.name), example)
        elif all(actor.code == "UNK" for actor in mention.actors):
            kind = {"person": "name", "ref": "pointer"}.get(mention.form, "office")
            yield Gap(kind, _form(sentence, item.i, item.j), example)


def _form(sentence: Sentence, first: int, last: int) -> str:
    """The normal forms of some tokens."""
    return " ".join(word.norm for word in sentence.words[first:last])


def _uncovered(items: list[Item], breaks: str) -> Iterator[str]:
    """Words of each stretch from before one actor to the next, where no known deed stands in it; each word of a clause once."""
    known = [k for k, item in enumerate(items) if item.mention is not None and any(a.code != "UNK" for a in item.mention.actors)]
    seen: set[int] = set()
    for first, second in pairwise(known):
        start = max(0, first - 1)
        stretch = items[start:second]
        apart = second - first <= REACH and _codes(items[first]).isdisjoint(_codes(items[second]))
        if apart and not _closed(items[first:second], stretch, breaks):
            yield from (item.word.norm for k, item in enumerate(stretch, start) if _candidate(item) and k not in seen)
            seen.update(range(start, second))


def _codes(item: Item) -> set[str]:
    return {actor.code for actor in item.mention.actors} if item.mention else set()


def _closed(between: list[Item], stretch: list[Item], breaks: str) -> bool:
    """Whether a clause ends between the actors, or a known deed already links them."""
    return any(i.kind == PUNCT and i.word.norm in breaks for i in between) or any(i.kind == TRIGGER for i in stretch)


def _candidate(item: Item) -> bool:
    """A word that the lexicon does not hold and that has no article: a verb, a verbal noun, or a plain noun."""
    return item.kind == WORD and item.payload is None and not item.word.det and not item.word.common and len(item.word.norm) > 2
