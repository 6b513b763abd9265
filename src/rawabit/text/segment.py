"""Sentences, words and quotations of a report. All positions are offsets into the document's content."""
from __future__ import annotations

import re
from functools import lru_cache

from rawabit.lexicon.load import Lexicon, Word

MAXIMAL_QUOTE = 1500
"""Code points; a quotation mark with no partner within this stretch is taken as a stray (longest in the dev reports: 890)."""


class Sentence:
    """One sentence: its place, its words and punctuation in order. `title` is True for the headline."""

    __slots__ = ("end", "ends", "start", "starts", "title", "words")

    def __init__(self, start: int, end: int, title: bool) -> None:
        self.start, self.end, self.title = start, end, title
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[Word] = []


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
                sentences.append(sentence)
    return sentences


def _fill(sentence: Sentence, content: str, lexicon: Lexicon) -> None:
    starts, ends, words, look = sentence.starts, sentence.ends, sentence.words, lexicon.word
    hashtag = lexicon.orthography.hashtag
    for found in lexicon.token.finditer(content, sentence.start, sentence.end):
        surface = found.group()
        if surface == "_" or surface == hashtag:
            continue
        starts.append(found.start())
        ends.append(found.end())
        words.append(look(surface))


def find_quotes(content: str, pairs: list[tuple[str, str]]) -> list[tuple[int, int]]:
    """(first, last + 1) of what stands inside quotation marks, in order; nested ones are left to the outer pair."""
    opening = {left: right for left, right in pairs if len(left) == 1}
    spans, position, length = [], 0, len(content)
    marks = re.compile("[" + re.escape("".join(opening)) + "]")
    while True:
        found = marks.search(content, position)
        if not found:
            return spans
        start = found.end()
        end = content.find(opening[found.group()], start, min(length, start + MAXIMAL_QUOTE))
        if end < 0:
            position = start
            continue
        spans.append((start, end))
        position = end + 1
