"""Words found without their spelling: the lexicons' own folding of letters, as a pattern, for text in the ledger."""
from __future__ import annotations

import re
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


def make_pattern(text: str) -> str:
    """The regular expression (RE2's) that finds a text whatever its spelling: for each letter those that fold to it, marks between them,
    any white space for any. One pass over what is searched; folding that instead takes ten times as long (70,000 clauses)."""
    letters, stand_ins = find_folding()
    folding = dict(zip(letters, [*stand_ins, *[""] * (len(letters) - len(stand_ins))], strict=True))
    marks = _one_of("".join(letters[len(stand_ins):])) + "*"
    parts = re.split(r"(\s+)", text.lower().translate(str.maketrans(folding)))
    alike = {letter: _one_of(letter + "".join(a for a, b in folding.items() if b == letter)) for part in parts for letter in part}
    return "(?i)" + "".join(rf"\s+{marks}" if part.isspace() else "".join(alike[letter] + marks for letter in part) for part in parts)


def _one_of(letters: str) -> str:
    return "[" + "".join(f"\\x{{{ord(letter):x}}}" for letter in letters) + "]"
