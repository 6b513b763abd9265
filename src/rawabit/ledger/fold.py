"""Words compared without their spelling: the lexicons' own folding of letters, as an SQL expression, for text in the ledger."""
from __future__ import annotations

from functools import cache

from rawabit.lexicon.load import known_languages, load_lexicon

DIGITS = (0x660, 0x6F0)
"""The zeros of the digits that Arabic and Persian use."""


@cache
def find_folding() -> tuple[str, str]:
    """Characters, and what stands for them, place by place; those beyond the end of the second are left out.

    Letters that writers confuse at the end of a word (`final_variants`) become one wherever they stand.
    """
    letters: dict[str, str] = {chr(zero + n): str(n) for zero in DIGITS for n in range(10)}
    dropped: set[str] = set()
    for code in known_languages():
        orthography = load_lexicon(code).orthography
        dropped.update(orthography.marks)
        letters.update(orthography.fold)
        letters.update({max(pair): min(pair) for pair in orthography.final_variants})
    one_to_one = {a: _end(b, letters) for a, b in letters.items() if len(a) == len(b) == 1 and a not in dropped}
    return "".join(one_to_one) + "".join(sorted(dropped)), "".join(one_to_one.values())


def _end(letter: str, letters: dict[str, str]) -> str:
    """What a letter becomes when all foldings are done."""
    seen = {letter}
    while letter in letters and letters[letter] not in seen:
        letter = letters[letter]
        seen.add(letter)
    return letter


def make_fold(expression: str) -> tuple[str, list[str]]:
    """The SQL that folds a text, and its parameters, which come after those of the expression."""
    return f"regexp_replace(translate(lower({expression}), ?, ?), '\\s+', ' ', 'g')", list(find_folding())
