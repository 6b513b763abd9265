"""Rows of `time.yml`: checked, normalised, and made to a table that finds a calendar word in any of its forms.

`compile_time` is the build's half (rows to a structure that JSON can hold), `TimeWords` the reader's half (that structure to a look-up).
Refuses rows with an unknown key, a kind that is not listed here, or a value that the kind does not take.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, Literal

import msgspec

from rawabit.lexicon.load import Word
from rawabit.lexicon.memo import Memo
from rawabit.model.errors import LexiconError
from rawabit.text.normalise import Normaliser, Orthography

Kind = Literal[
    "month", "hijri-month", "weekday", "relative-day", "unit", "direction", "demonstrative", "part", "season", "fraction",
    "ordinal", "number", "decade", "age", "daypart", "leader", "every", "epithet", "named", "prep", "link", "of", "comma",
    "corresponding", "era", "half", "approx", "several", "few", "anchor", "now", "counter", "vague", "sometime",
]
NUMERIC = {
    "month": (1, 12), "hijri-month": (1, 12), "weekday": (1, 7), "relative-day": (-7, 7), "season": (1, 12), "fraction": (2, 4),
    "ordinal": (1, 99), "number": (1, 9999), "decade": (10, 90), "leader": (0, 2),
}
"""Kinds whose value is a whole number, and its limits."""
NAMED: dict[str, set[str | int]] = {
    "unit": {"minute", "hour", "day", "week", "month", "year", "decade", "century"},
    "part": {"start", "early", "middle", "late", "end"},
    "prep": {"in", "since", "ago", "after", "until", "by", "from", "between"},
    "link": {"and", "to"},
    "era": {"gregorian", "hijri"},
    "approx": {"about", "bound"},
    "direction": {"other", -2, -1, 0, 1, 2},
    "demonstrative": {"other", 0},
}
"""Kinds whose value is one of a list. Kinds in neither table take no value."""
WITH_ARTICLE = frozenset({"unit", "season", "ordinal", "number", "decade", "daypart"})
WITH_CONJUNCTION = WITH_ARTICLE | {
    "month", "hijri-month", "weekday", "relative-day", "part", "fraction", "leader", "prep", "demonstrative", "vague", "sometime",
    "half", "article", "every",
}
WITH_PREPOSITION = WITH_CONJUNCTION - {"prep", "vague", "sometime", "half", "every"}
STARTING = WITH_CONJUNCTION - {"half"}
"""Kinds that may begin a date expression."""


class TimeRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of `time.yml`; its first lines say what the keys mean."""

    kind: Kind
    words: list[str]
    value: int | str | None = None
    count: Literal[0, 1, 2] | None = None
    bar: list[str] = []
    weak: bool = False
    loose: bool = False
    example: str = ""


class Entry(msgspec.Struct, frozen=True):
    """A calendar word in the compiled table: what it is, apart from its form."""

    kind: str
    words: tuple[str, ...]
    value: int | str = ""
    count: int = 1
    bar: frozenset[str] = frozenset()
    weak: bool = False
    loose: bool = False

    @property
    def number(self) -> int:
        """The value of a kind that has numbers for values."""
        return self.value if isinstance(self.value, int) else 0


class Form(msgspec.Struct, frozen=True):
    """One form of an entry: the words after the first, and the clitics on the first."""

    tail: tuple[str, ...]
    entry: Entry
    conj: bool
    prep: bool
    det: bool


def compile_time(rows: Iterable[TimeRow], normaliser: Normaliser) -> dict[str, Any]:
    """The rows as JSON can hold them, every word in its normal form. Raises LexiconError for a value that the kind does not take."""
    return {"entries": [_entry(number, row, normaliser) for number, row in enumerate(rows, 1)]}


def _entry(number: int, row: TimeRow, normaliser: Normaliser) -> dict[str, Any]:
    words = [normaliser.phrase(word) for word in row.words]
    if not words or not all(words):
        raise LexiconError(f"time.yml, row {number}: an empty word in {row.words!r}. Take it out; marks alone are no word.")
    if not _fits(row):
        raise LexiconError(f"time.yml, row {number}: {row.kind} takes no value {row.value!r}. The comment above its kind names the values.")
    if (row.kind == "unit") != (row.count is not None):
        raise LexiconError(f"time.yml, row {number}: units have `count`, other kinds have none. Mend {row.words!r}.")
    entry: dict[str, Any] = {"kind": row.kind, "words": words}
    if row.value is not None:
        entry["value"] = row.value
    if row.count is not None:
        entry["count"] = row.count
    if row.bar:
        entry["bar"] = sorted({normaliser.phrase(word) for word in row.bar})
    entry.update({key: True for key in ("weak", "loose") if getattr(row, key)})
    return entry


def _fits(row: TimeRow) -> bool:
    limits = NUMERIC.get(row.kind)
    if limits:
        return isinstance(row.value, int) and limits[0] <= row.value <= limits[1]
    if row.kind in NAMED:
        return row.value is not None and row.value in NAMED[row.kind]
    return row.value is None


class TimeWords:
    """Every form of every calendar word, by the normal form of its first word; longest first."""

    def __init__(self, compiled: dict[str, Any], orthography: Orthography) -> None:
        rows = msgspec.convert(compiled["entries"], list[Entry], strict=False)
        entries = [msgspec.structs.replace(row, bar=_with_clitics(row.bar, orthography)) if row.bar else row for row in rows]
        entries.append(Entry("article", (orthography.article,)))
        table: dict[str, dict[tuple[str, tuple[str, ...]], Form]] = defaultdict(dict)
        for entry in entries:
            for first, form in _forms(entry, orthography):
                table[first].setdefault((entry.kind, form.tail), form)
        self.table = {first: tuple(sorted(forms.values(), key=lambda form: -len(form.tail))) for first, forms in table.items()}
        self.starts = self._firsts(STARTING)
        self.begins = Memo(self._begins)
        self.durations = self._firsts(frozenset({"unit", "approx", "several"}))
        self.named = _with_clitics((word for entry in entries if entry.kind == "named" for word in entry.words), orthography)

    def _begins(self, word: Word) -> bool:
        """Whether a date expression may begin with the word."""
        return word.norm in self.starts or word.norm[:1].isdecimal()

    def _firsts(self, kinds: frozenset[str]) -> frozenset[str]:
        return frozenset(first for first, forms in self.table.items() if any(form.entry.kind in kinds for form in forms))

    def find(self, words: list[Word], i: int, kind: str) -> tuple[int, Form] | None:
        """The longest word or words of that kind at `i`: (index after them, form)."""
        if i < 0 or i >= len(words):
            return None
        for form in self.table.get(words[i].norm, ()):
            if form.entry.kind == kind and follows(words, i + 1, form.tail):
                return i + 1 + len(form.tail), form
        return None


def follows(words: list[Word], i: int, tail: tuple[str, ...]) -> bool:
    """Whether the words of `tail` stand at `i`."""
    if not tail:
        return True
    return i + len(tail) <= len(words) and all(words[i + k].norm == norm for k, norm in enumerate(tail))


def _forms(entry: Entry, orthography: Orthography) -> Iterator[tuple[str, Form]]:
    for phrase in entry.words:
        spellings = [_spellings(word, orthography) for word in phrase.split()]
        for first, *rest in product(*spellings):
            for form, conj, prep, det in _clitics(first, entry, orthography):
                yield form, Form(tuple(rest), entry, conj, prep, det)


def _with_clitics(words: Iterable[str], orthography: Orthography) -> frozenset[str]:
    """Single words in every spelling, with and without proclitics: what may stand directly before a date."""
    plain = Entry("month", ())
    return frozenset(
        form for word in words for spelling in _spellings(word, orthography) for form, _, _, _ in _clitics(spelling, plain, orthography)
    )


def _spellings(word: str, orthography: Orthography) -> list[str]:
    """The word, and the word with its last letter written otherwise."""
    out = [word]
    if len(word) > 2:
        out.extend(word[: -len(last)] + other for last, other in orthography.final_variants if word.endswith(last))
    return list(dict.fromkeys(out))


def _clitics(word: str, entry: Entry, orthography: Orthography) -> Iterator[tuple[str, bool, bool, bool]]:
    """(form, conjunction, preposition, article) for each series of proclitics that the entry takes."""
    conjunctions, prepositions, _ = orthography.proclitics
    before, article, contracted = orthography.contraction
    inherent = word.startswith(article) and entry.kind not in WITH_ARTICLE
    for det in (False, True) if entry.kind in WITH_ARTICLE else (inherent,):
        full = article + word if det and not inherent else word
        for prep in ("", *(prepositions if entry.kind in WITH_PREPOSITION and not entry.weak else ())):
            tail = contracted + full[len(article):] if prep == before and det else prep + full
            for conj in ("", *(conjunctions if entry.kind in WITH_CONJUNCTION else ())):
                yield conj + tail, bool(conj), bool(prep), det
