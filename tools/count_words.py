"""Counts in how many reports each word stands, and writes how rare it is: `lexicon/LANGUAGE/frequency.tsv`, the commonest words first.

    python tools/count_words.py -o src/rawabit/lexicon/ar/frequency.tsv CORPUS
"""
from __future__ import annotations

import argparse
import math
from collections import Counter
from pathlib import Path

from rawabit.ledger.gist import find_words
from rawabit.lexicon.load import load_lexicon
from rawabit.source import Defaults, Sourced, read_paths
from rawabit.text.language import find_language
from rawabit.text.segment import split_sentences

KEPT = 6000
"""Words written: the rarest of them stands in one report of about 120, and what is not listed counts as rarer than all."""


def count_words(places: list[str]) -> tuple[Counter[str], int]:
    """The number of reports with each word, and of reports."""
    counts: Counter[str] = Counter()
    total = 0
    for item in read_paths(places, Defaults()):
        if isinstance(item, Sourced):
            doc = item.document
            lexicon = load_lexicon(doc.language or find_language(doc))
            sentences = split_sentences(doc.content, len(doc.title), lexicon)
            counts.update({word for sentence in sentences for word in find_words(sentence.words, lexicon)})
            total += 1
    return counts, total


def main() -> None:
    """Writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="+")
    parser.add_argument("-o", "--output", type=Path, required=True)
    args = parser.parse_args()
    counts, total = count_words(args.corpus)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:KEPT]
    args.output.write_text("".join(f"{word}\t{math.log(total / count):.2f}\n" for word, count in ranked), "utf-8")


if __name__ == "__main__":
    main()
