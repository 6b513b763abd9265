"""Sentences, words and quotations of a report. All positions are offsets into the document's content."""
from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from rawabit.lexicon.load import Lexicon, Word

MAXIMAL_QUOTE = 1500
"""Code points; a quotation mark with no partner within this stretch is taken as a stray (longest in the dev reports: 890)."""
NOTHING: frozenset[str] = frozenset()


LONGEST = 300
"""Words and marks of a sentence; what goes on longer is a list or a broken text (none of 99,487 sentences of news does)."""


class Sentence:
    """One sentence: its place, its words and punctuation in order. `title` is True for the headline."""

    __slots__ = ("end", "ends", "start", "starts", "title", "words")

    def __init__(self, start: int, end: int, title: bool) -> None:
        self.start, self.end, self.title = start, end, title
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[Word] = []

    def inside(self, start: int, end: int) -> range:
        """The words that stand whole between two offsets of the content."""
        return range(bisect_left(self.starts, start), bisect_right(self.ends, end))

    def told(self, n: int) -> frozenset[str]:
        """The forms that rows ask for among the stems of word n, alone and with the word after it as written."""
        word = self.words[n]
        if not word.leads or n + 1 == len(self.words):
            return word.tells
        return word.tells | word.leads.get(self.words[n + 1].norm, NOTHING)


@lru_cache(maxsize=8)
def _boundary(ends: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=[{re.escape(ends)}])[\"»”'’)\]]*\s+|\n+")


def split_sentences(content: str, title_length: int, lexicon: Lexicon) -> list[Sentence]:
    """Sentences with their words. A line end or a full stop, question or exclamation mark before white space ends a sentence."""
    cuts = [0]
    for found in _boundary(lexicon.orthography.sentence_end).finditer(content):
        cuts.extend((found.start(), found.end()))
    cuts.append(len(content))
    sentences = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        if end > start:
            sentence = Sentence(start, end, end <= title_length)
            _fill(sentence, content, lexicon)
            if sentence.words:
                sentences += [sentence] if len(sentence.words) <= LONGEST else _cut(sentence)
    return sentences


def _cut(sentence: Sentence) -> list[Sentence]:
    """An endless sentence in pieces, so that the time for a text grows with its length only."""
    pieces = []
    for n in range(0, len(sentence.words), LONGEST):
        starts, ends = sentence.starts[n : n + LONGEST], sentence.ends[n : n + LONGEST]
        piece = Sentence(starts[0], ends[-1], sentence.title)
        piece.starts, piece.ends, piece.words = starts, ends, sentence.words[n : n + LONGEST]
        pieces.append(piece)
    return pieces


def _fill(sentence: Sentence, content: str, lexicon: Lexicon) -> None:
    starts, ends, words, known = sentence.starts, sentence.ends, sentence.words, lexicon.words
    hashtag = lexicon.orthography.hashtag
    for found in lexicon.token.finditer(content, sentence.start, sentence.end):
        surface = found[0]
        if surface == "_" or surface == hashtag:
            continue
        start, end = found.span()
        starts.append(start)
        ends.append(end)
        words.append(known[surface])


def find_quotes(content: str, pairs: list[tuple[str, str]]) -> list[tuple[int, int]]:
    """(first, last + 1) of what stands inside quotation marks, in order; nested ones are left to the outer pair.

    A mark that opens and closes alike opens only before a letter and after a gap, and closes within its line.
    """
    opening = dict(pairs)
    spans: list[tuple[int, int]] = []
    position = 0
    marks = re.compile("[" + re.escape("".join(opening)) + "]")
    while True:
        found = marks.search(content, position)
        if not found:
            return spans
        mark, start = found.group(), found.end()
        end = _closing(content, start, mark, opening[mark])
        if end < 0:
            position = start
            continue
        spans.append((start, end))
        position = end + 1


def _opens(content: str, start: int) -> bool:
    """Whether a mark before `start` that may open or close stands before a letter and after a gap, or after at most two letters."""
    if not content[start : start + 1].strip():
        return False
    return start < 2 or not content[start - 2].isalnum() or len(content[: start - 1].split(" ")[-1]) < 3


def _closing(content: str, start: int, mark: str, partner: str) -> int:
    """Where the quotation that a mark before `start` opens ends; -1 if it opens none."""
    if mark == partner and not _opens(content, start):
        return -1
    limit = min(len(content), start + MAXIMAL_QUOTE)
    line = content.find("\n", start)
    if mark == partner and line >= 0:
        limit = min(limit, line)
    return content.find(partner, start, limit)
