"""The rows by which numbers are read, made ready for look-up: counted nouns, the words that tell a measure, units, bounds.

Words are judged once and remembered, since a corpus has few distinct ones.
"""
from __future__ import annotations

from functools import partial

from rawabit.lexicon.load import Lexicon, Word
from rawabit.lexicon.memo import Memo
from rawabit.model.reading import Bound

NAMED = frozenset({"group", "office", "nat"})
"""Kinds of entries that are people when counted."""
UNCOUNTED = frozenset({"func", "modal", "source", "person", "surname", "state", "org", "seat", "capital", "place", "unit", "number", "ref"})
NOTHING = "none"
"""The measure of nouns whose numbers are no figures: years, ages, times."""
PEOPLE, THINGS, UNIT = "$people", "$things", "$unit"


class Row:
    """A row of measures.yml: measure, unit, and the side whose number it is (see measures.yml)."""

    __slots__ = ("any_of", "cued", "index", "measure", "side", "single", "unit")

    def __init__(self, index: int, measure: str, unit: str, side: str, any_of: str, cued: bool, single: bool) -> None:
        self.index, self.measure, self.unit, self.side = index, measure, unit, side
        self.any_of, self.cued, self.single = any_of, cued, single


class Noun:
    """A counted noun: the rows that name it, what class of things it is of, and the numbers its form may stand for."""

    __slots__ = ("kind", "numbers", "rows")

    def __init__(self, kind: str, rows: tuple[Row, ...], numbers: str) -> None:
        self.kind, self.rows, self.numbers = kind, rows, numbers


class Rows:
    """All rows of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.rows: list[Row] = []
        self._nouns: dict[str, list[Row]] = {}
        self._numbers: dict[str, set[str]] = {}
        self._cues: dict[str, list[int]] = {}
        self._verbs: dict[str, list[int]] = {}
        writing = lexicon.orthography
        conjunctions, prepositions, articles = writing.proclitics
        self._prefixes = {c + p + a for c in ["", *conjunctions] for p in ["", *prepositions] for a in ["", *articles]}
        self._prefixes |= {c + writing.contraction[2] for c in ["", *conjunctions]}
        self._joints = writing.joints
        self._conjunctions = tuple(lexicon.orthography.conjunctions)
        self._intents = (*writing.future, writing.possessive)
        self._enclitics = tuple(lexicon.orthography.enclitics)
        for index, payload in enumerate(lexicon.table("measure")):
            self._add(index, payload.measure, payload.unit, payload.data)
        self.units: dict[str, list[tuple[list[str], str]]] = {}
        self.by_state: dict[str, dict[str, str]] = {}
        for unit in lexicon.table("quantity unit"):
            self.by_state[unit.unit] = {**self.by_state.get(unit.unit, {}), **unit.data["states"]}
            for phrase in unit.data["words"]:
                head, *tail = phrase.split()
                self.units.setdefault(head, []).append((tail, unit.unit))
        for tails in self.units.values():
            tails.sort(key=lambda pair: -len(pair[0]))
        self.bounds: dict[str, list[tuple[list[str], Bound]]] = {}
        for bound in lexicon.table("bound"):
            for phrase in bound.data["words"]:
                self.bounds.setdefault(phrase.split()[0], []).append((phrase.split(), bound.kind))
        self.bound_words = frozenset(word for phrases in self.bounds.values() for phrase, _ in phrases for word in phrase)
        self.signs = {head: unit for head, pairs in self.units.items() for tail, unit in pairs if not tail and not head[0].isalnum()}
        self.plain_units = frozenset(row.unit for row in self.rows if row.any_of == UNIT)
        self.singles = frozenset(row.index for row in self.rows if row.single)
        self.regions = {word: r.code for r in lexicon.table("number role") if r.kind in ("region", "world") for word in r.data["words"]}
        self.world = next((r.code for r in lexicon.table("number role") if r.kind == "world"), "UNK")
        self.roles: dict[str, frozenset[str]] = {r.kind: frozenset(r.data["words"]) for r in lexicon.table("number role")}
        self._common = frozenset(row.noun for row in lexicon.table("common"))
        self.known = frozenset(self._cues) | frozenset(self._nouns)
        self._bare = Memo(partial(self._judge, bare=True))
        self._any = Memo(partial(self._judge, bare=False))
        self.cues = Memo(self._cues_of)
        self.pairs = Memo(self._dual_weapon)
        self.speaks = Memo(self._speaks)

    def _add(self, index: int, measure: str, unit: str, data: dict[str, object]) -> None:
        nouns, cues = data["nouns"], data["cues"]
        assert isinstance(cues, list) and isinstance(data["side"], str)
        row = Row(index, measure, unit, data["side"], nouns if isinstance(nouns, str) else "", bool(cues), bool(data["single"]))
        self.rows.append(row)
        for form in cues:
            self._cues.setdefault(form, []).append(index)
        verbs = data["verbs"]
        assert isinstance(verbs, list)
        for form in verbs:
            self._verbs.setdefault(form, []).append(index)
        if isinstance(nouns, dict):
            for form, numbers in nouns.items():
                self._nouns.setdefault(form, []).append(row)
                self._numbers.setdefault(form, set()).update(numbers)

    def stems(self, word: Word) -> list[str]:
        """The word with its clitics off in every way, the longest form first."""
        norm = word.norm
        bases = {norm[len(p):] for p in self._prefixes if norm.startswith(p) and len(norm) - len(p) > 1}
        cut = {b.removesuffix(e) for b in bases for e in self._enclitics if b.endswith(e) and len(b) - len(e) > 1}
        joined = {c[: -len(written)] + meant for c in cut for written, meant in self._joints if c.endswith(written)}
        return sorted(bases | cut | joined, key=lambda form: (-len(form), form))

    def noun(self, word: Word, bare: bool) -> Noun | None:
        """The word as something counted; None if it cannot be. `bare`: with nothing before it in the same word."""
        return self._bare[word] if bare else self._any[word]

    def _judge(self, word: Word, bare: bool) -> Noun | None:
        if not word.norm[:1].isalpha():
            return None
        for stem in (word.norm,) if bare else self.stems(word):
            rows = self._nouns.get(stem)
            if rows:
                kind = NOTHING if rows[0].measure == NOTHING else PEOPLE if rows[0].unit == "people" else THINGS
                return Noun(kind, tuple(r for r in rows if not r.any_of), "".join(sorted(self._numbers[stem])))
        senses = [s for s in word.senses if not bare or not (s.conj or s.prep or s.det)]
        named = [s for s in senses if s.kind in NAMED] if "state" not in word.kinds else []
        if named:
            return Noun(PEOPLE, (), "".join(sorted({s.feature[1:2] for s in named})))
        if {s.kind for s in word.senses} & UNCOUNTED or any(s.kind == "verb" and not s.feature.startswith("A") for s in word.senses):
            return None
        return None if bare and (word.det or word.conj or word.prep or self._prefixed(word)) else Noun(THINGS, (), "")

    def _prefixed(self, word: Word) -> bool:
        """Whether a word that no entry covers is an everyday word behind a preposition or conjunction."""
        norm = word.norm
        return norm not in self._common and any(
            (stem in self._common or stem in self._nouns) and len(stem) < len(norm) and norm.endswith(stem) for stem in self.stems(word))

    def _cues_of(self, word: Word) -> frozenset[int]:
        """The rows that the word speaks for."""
        nominal = {i for stem in self.stems(word) for i in self._cues.get(stem, ())}
        verbal = {i for form in self._verb_forms(word) for i in self._verbs.get(form, ())}
        return frozenset(nominal | verbal)

    def _verb_forms(self, word: Word) -> set[str]:
        """The word as a verb: without conjunction, future or purpose before it and an object after it."""
        forms = {word.norm}
        if word.norm.startswith(self._conjunctions):
            forms.add(word.norm[1:])
        forms |= {f[1:] for f in forms if f.startswith(self._intents)}
        return forms | {f.removesuffix(e) for f in forms for e in self._enclitics if f.endswith(e) and len(f) - len(e) > 2}

    def _speaks(self, word: Word) -> bool:
        """Whether a sentence with this word may hold a figure that no number word says."""
        return self.pairs[word] or not self.singles.isdisjoint(self.cues[word])

    def _dual_weapon(self, word: Word) -> bool:
        """Whether the word means two weapons by its form."""
        noun = self.noun(word, False)
        return noun is not None and noun.numbers == "d" and not word.det and any(r.side == "weapon" for r in noun.rows)

    def numbers_of(self, words: list[Word], k: int) -> str:
        """The numbers that a noun for people or weapons at word k, or before an adjective there, may say by its form; "" for others."""
        verb = any(s.kind == "verb" and not s.feature.startswith("A") for s in words[k].senses) if k >= 0 else False
        for m in (k,) if verb else (k, k - 1):
            noun = self.noun(words[m], False) if m >= 0 else None
            if noun is not None and (noun.kind == PEOPLE or any(r.side == "weapon" for r in noun.rows)):
                return noun.numbers
        return ""

    def unit_at(self, words: list[Word], k: int) -> tuple[str, int]:
        """The unit that stands at word k and the word after it; "" if none does."""
        if k >= len(words):
            return "", k
        for tail, unit in self.units.get(words[k].norm, ()):
            end = k + 1 + len(tail)
            if [w.norm for w in words[k + 1 : end]] == tail:
                return unit, end
        return "", k
