"""The compiled lexicon in memory: read-only look-ups of words with their clitics taken off.

`Lexicon.word(surface)` is memoised: a corpus has few distinct words. A word's senses are those with the fewest clitics that the
lexicon holds; `starts` are the places where a multiword entry may begin.
"""
from __future__ import annotations

import hashlib
import math
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from rawabit.lexicon.lemma import Frame, Frames, Lemma
from rawabit.lexicon.memo import Memo
from rawabit.lexicon.pattern import Element, parse_pattern
from rawabit.model.errors import InputError
from rawabit.model.language import make_language
from rawabit.text.normalise import Normaliser, Orthography


class Payload(msgspec.Struct, frozen=True):
    """What an entry that is not a lexeme says; unused fields keep their defaults."""

    code: str = ""
    english: str = ""
    country: str | None = None
    actor: str = ""
    members: tuple[str, ...] = ()
    offices: tuple[tuple[str, str, str | None, str | None], ...] = ()
    role: str = ""
    sector: str = ""
    complement: bool = False
    noun: str = ""
    encl: str = ""
    klass: str = msgspec.field(name="class", default="")
    canonical: str = msgspec.field(name="as", default="")
    modality: str = ""
    scope: str = ""
    stance: str = ""
    value: float = 0.0
    unit: str = ""
    measure: str = ""
    kind: str = ""
    codes: tuple[str, ...] = ()
    data: dict[str, Any] = {}


NO_FRAMES = Frames()


class Sense:
    """One reading of a word: an entry and the clitics taken off to reach it. `frames` and `ties` are of all its readings of that class."""

    __slots__ = ("conj", "det", "encl", "feature", "frames", "fut", "index", "kind", "klass", "lemma", "payload", "prep", "ties")

    def __init__(self, kind: str, index: int, payload: Any, feature: str, clitics: tuple[bool, str, bool, bool], encl: str) -> None:
        self.kind, self.index, self.feature, self.encl = kind, index, feature, encl
        self.payload: Payload | None = payload if isinstance(payload, Payload) else None
        self.lemma: Lemma | None = payload if isinstance(payload, Lemma) else None
        self.conj, self.prep, self.det, self.fut = clitics
        self.klass = self.payload.klass if self.payload is not None and kind in FUNCTION_WORDS else ""
        self.frames = self.ties = NO_FRAMES


class Word:
    """All that the lexicon knows of one surface form."""

    __slots__ = ("bare", "best", "classes", "closes", "common", "conj", "counts", "det", "kinds", "leads", "mark", "norm", "number",
                 "opens", "prep", "relates", "relation", "senses", "starts", "stems", "tells", "ties")

    def __init__(self, norm: str) -> None:
        self.norm = norm
        self.senses: tuple[Sense, ...] = ()
        self.starts: dict[str, list[tuple[tuple[str, ...], tuple[Sense, ...]]]] = {}
        self.best: Sense | None = None
        self.stems: frozenset[str] = frozenset()
        self.ties: tuple[Frame, ...] = ()
        self.relation: Frame | None = None
        self.tells: frozenset[str] = frozenset()
        self.leads: dict[str, frozenset[str]] = {}
        self.kinds: frozenset[str] = frozenset()
        self.classes: frozenset[str] = frozenset()
        self.conj = self.det = self.common = self.closes = self.counts = self.mark = self.relates = self.opens = False
        self.prep = self.bare = ""
        self.number: float | None = None

    def find(self, kind: str) -> Sense | None:
        """The first sense of that kind."""
        for sense in self.senses:
            if sense.kind == kind:
                return sense
        return None


class _Compiled(msgspec.Struct):
    orthography: Orthography
    forms: dict[str, list[tuple[str, int, str]]]
    spelt: dict[str, list[tuple[str, int, str]]]
    multi: dict[str, list[tuple[list[str], tuple[str, int, str]]]]
    tables: dict[str, msgspec.Raw]


FUNCTION_WORDS = frozenset({"func", "source"})
PROPER = frozenset({"state", "capital", "seat", "place", "person", "surname", "org"})
"""Names, which take no article but the one they are listed with."""
RELATIONS = ("between", "near")
"""Shapes of ties.yml that a name may hold, the stronger first."""
VERBAL = frozenset({"verb"})


class Lexicon:
    """One language's knowledge. Made by `load_lexicon`; not changed after."""

    def __init__(self, compiled: _Compiled) -> None:
        self.orthography = compiled.orthography
        self.normaliser = Normaliser(compiled.orthography)
        self._forms, self._spelt, self._multi = compiled.forms, compiled.spelt, compiled.multi
        self._tables: dict[str, list[Any]] = {
            name: msgspec.json.decode(raw, type=list[Lemma] if name == "lemma" else list[Payload]) for name, raw in compiled.tables.items()
        }
        self._proclitics = _proclitics(compiled.orthography)
        self._enclitics = ["", *sorted(compiled.orthography.enclitics, key=len, reverse=True)]
        self._common = frozenset(row.noun for row in self.table("common"))
        self._frames: dict[tuple[int, ...], tuple[Frames, Frames]] = {}
        self._told = _told_forms(self._tables)
        self._classes: dict[str, list[str]] = next((row.data for row in self.table("word class")), {})
        self._classed = frozenset(self._classes)
        self.constructions = self._constructions()
        self._openers = frozenset(self.constructions)
        self._pairs: dict[str, list[str]] = {}
        for form in self._told:
            head, _, second = form.partition(" ")
            if second:
                self._pairs.setdefault(head, []).append(second)
        self.pronouns = tuple(e for e in compiled.orthography.enclitics if len(e) > 1)
        self.words = Memo(self._analyse)
        normal = self.normaliser.word
        self.name_particles = frozenset(map(normal, compiled.orthography.name_particles))
        self.former = frozenset(map(normal, compiled.orthography.former))
        self.content_preps = frozenset(map(normal, compiled.orthography.content_preps))
        self.duals = tuple(map(normal, compiled.orthography.duals))
        self.feminine_endings = tuple(map(normal, compiled.orthography.feminine_endings))
        self.firsts = frozenset(map(normal, compiled.orthography.firsts))
        self.day_shifts = {normal(word): days for word, days in compiled.orthography.day_shifts.items()}
        self.masculine_states = frozenset(compiled.orthography.masculine_states)
        self.capital_nouns = frozenset(map(normal, compiled.orthography.capital_nouns))
        self.office_links = frozenset(map(normal, compiled.orthography.office_links))
        marks, digit_marks = re.escape(compiled.orthography.marks), re.escape(compiled.orthography.digit_marks)
        self.token = re.compile(rf"https?://\S+|\d[\d{digit_marks}]*\d|\d|(?:[^\W\d_]|[{marks}])+|[^\w\s]|_")

    def _constructions(self) -> dict[str, list[tuple[Payload, tuple[Element, ...]]]]:
        """The rows of constructions with the elements of their patterns, by the rarest class of words that each cannot do without."""
        common = {row.noun: math.exp(-row.value) for row in self.table("frequency")}
        shares: dict[str, float] = {}
        for form, names in self._classes.items():
            grammatical = any(kind in FUNCTION_WORDS for kind, _, _ in self._forms.get(form, ()))
            for name in names:
                shares[name] = shares.get(name, 0.0) + (1.0 if grammatical else common.get(form, 0.0))
        out: dict[str, list[tuple[Payload, tuple[Element, ...]]]] = {}
        for row in self.table("construction"):
            elements = parse_pattern(row.data["pattern"])
            rarest = min((e.name for e in elements if e.kind == "word" and not e.optional), key=lambda name: (shares.get(name, 0.0), name))
            out.setdefault(rarest, []).append((row, elements))
        return out

    def word(self, surface: str) -> Word:
        """What the lexicon knows of a surface form."""
        return self.words[surface]

    def stem(self, word: Word) -> str:
        """The word with what is joined to it taken off: the shortest of its stems that the lexicon lists, else the word without the
        proclitics that a reader would see. Made to compare words of two reports, not to analyse one."""
        known = [stem for stem in word.stems if len(stem) > 2 and stem in self._forms]
        return min(known, key=lambda stem: (len(stem), stem)) if known else word.bare

    def table(self, name: str) -> list[Any]:
        """All payloads of one kind."""
        return self._tables.get(name, [])

    def _payload(self, kind: str, index: int) -> Any:
        table = {"verb": "lemma", "noun": "lemma", "surname": "person"}.get(kind, kind)
        return self._tables[table][index]

    def _analyse(self, surface: str) -> Word:
        word = Word(self.normaliser.word(surface))
        word.number = _number(word.norm, self.orthography.digit_marks)
        everyday = word.norm in self._common
        senses = [*self._spelt_senses(surface), *self._senses(word, word.norm)]
        for last, other in self.orthography.final_variants:
            if senses:
                break
            if len(word.norm) > 2 and word.norm.endswith(last):
                senses = [s for s in self._senses(word, word.norm[: -len(last)] + other) if not s.encl]
        if everyday:
            senses = [s for s in senses
                      if s.lemma is None or not (s.conj or s.prep or s.encl or (s.feature.startswith("A") and not _says(s)))]
        senses.sort(key=rank)
        word.senses = self._named(senses)
        word.best = min(senses, key=rank) if senses else None
        word.starts = self._starts(word.norm)
        word.ties = tuple(f for s in senses if s.lemma is not None for f in s.lemma.ties)
        word.relation = self._relation(word)
        word.relates = bool(word.ties or word.relation) or any(s.ties for rows in word.starts.values() for _, ss in rows for s in ss)
        word.tells = word.stems & self._told
        word.leads = self._leads(word.stems)
        word.classes = frozenset(name for stem in word.stems & self._classed for name in self._classes[stem])
        word.opens = not self._openers.isdisjoint(word.classes)
        word.kinds = frozenset(sense.kind for sense in senses)
        word.mark = not word.norm[:1].isalnum()
        word.counts = word.number is not None or "number" in word.kinds
        word.closes = word.norm in self.orthography.clause_breaks
        word.common = not self._common.isdisjoint(word.stems)
        word.conj, word.prep, word.det, word.bare = self._outer(word.norm, senses)
        return word

    def _named(self, senses: list[Sense]) -> tuple[Sense, ...]:
        """The senses of a form, each with the frames and ties of all that are of its class and mood."""
        for sense in senses:
            if sense.lemma is not None:
                same = [s for s in senses if s.lemma is not None and s.kind == sense.kind and s.feature[:1] == sense.feature[:1]]
                sense.frames, sense.ties = self._frames_of(tuple(s.index for s in same))
        return tuple(senses)

    def _frames_of(self, indices: tuple[int, ...]) -> tuple[Frames, Frames]:
        """(frames, ties) of some lexemes together. Memoised."""
        known = self._frames.get(indices)
        if known is None:
            lemmas: list[Lemma] = [self._tables["lemma"][index] for index in indices]
            frames, ties = [f for lemma in lemmas for f in lemma.frames], [f for lemma in lemmas for f in lemma.ties]
            if len(lemmas) > 1:
                frames.sort(key=_needless)
                ties.sort(key=_needless)
            known = self._frames[indices] = Frames(frames), Frames(ties)
        return known

    def _relation(self, word: Word) -> Frame | None:
        """The row of the relation («border», «alliance») that a name which begins with this word may hold."""
        bare = word.norm.removeprefix(self.orthography.article)
        bare_ties = self.word(bare).ties if bare != word.norm else ()
        return next((f for ties in (word.ties, bare_ties) for shape in RELATIONS for f in ties if f.shape == shape), None)

    def _leads(self, stems: set[str] | frozenset[str]) -> dict[str, frozenset[str]]:
        """By the word that follows, the forms of two words that rows ask for and that one of the stems begins."""
        out: dict[str, set[str]] = {}
        for stem in stems & self._pairs.keys():
            for second in self._pairs[stem]:
                out.setdefault(second, set()).add(f"{stem} {second}")
        return {second: frozenset(forms) for second, forms in out.items()}

    def _outer(self, norm: str, senses: list[Sense]) -> tuple[bool, str, bool, str]:
        """The proclitics that a reader would see on the word: those of its first sense, else those before an article, else those that
        leave an everyday word where the whole is none."""
        if senses:
            first = senses[0]
            return first.conj, first.prep, first.det, norm
        everyday = norm in self._common
        for form, (conj, prep, det, fut) in self._proclitics:
            rest = norm[len(form):]
            if not fut and norm.startswith(form) and len(rest) > 1 and (det or (not everyday and prep and rest in self._common)):
                return conj, prep, det, rest
        return False, "", False, norm

    def _senses(self, word: Word, norm: str) -> list[Sense]:
        """Senses at the least number of clitics, and (in passing) all stems."""
        best: list[Sense] = []
        level = 99
        stems = {norm}
        for form, clitics in self._proclitics:
            if form and (not norm.startswith(form) or len(norm) - len(form) < 2):
                continue
            stem = norm[len(form):]
            if form.endswith(self.orthography.contraction[2]) and self.orthography.article + stem in self._forms:
                stem, clitics = self.orthography.article + stem, (clitics[0], clitics[1], False, False)
            cost = sum(map(bool, clitics))
            for encl, base in self._bases(stem, clitics[2]):
                stems.add(base)
                total = cost + bool(encl)
                joined = clitics[0] and total == 1
                entries = self._forms.get(base) if total <= level or joined else None
                found = [s for e in entries if (s := self._sense(e, clitics, encl))] if entries else []
                if found and total < level:
                    best, level = found, total
                elif found:
                    best = [*best, *(s for s in found if total == level or s.kind in ("verb", "noun", "func"))]
        word.stems |= stems
        return best

    def _spelt_senses(self, surface: str) -> list[Sense]:
        """The senses of a form that only its spelling tells from another, commoner word; with a conjunction or without."""
        for form, clitics in self._proclitics:
            entries = self._spelt.get(surface[len(form):]) if surface.startswith(form) and not any(clitics[1:]) else None
            if entries:
                return [s for entry in entries if (s := self._sense(entry, clitics, ""))]
        return []

    def _sense(self, entry: tuple[str, int, str], clitics: tuple[bool, str, bool, bool], encl: str) -> Sense | None:
        kind, index, feature = entry
        _, prep, det, fut = clitics
        if kind == "verb":
            participle = feature.startswith("A")
            if det or (prep and not participle) or (fut and not feature.startswith("I")):
                return None
        elif fut or (encl and kind not in ("noun", "group", "office", "nat", "ref", "func")):
            return None
        if (kind in ("func", "modal", "source") and (det or prep)) or (det and kind in PROPER):
            return None
        payload = self._payload(kind, index)
        return Sense(kind, index, payload, feature, clitics, encl or (payload.encl if kind == "func" else ""))

    def _bases(self, stem: str, det: bool) -> list[tuple[str, str]]:
        """(enclitic, base) for every way to take an enclitic off; none from a word with the article."""
        out = [("", stem)]
        if det:
            return out
        for encl in self._enclitics[1:]:
            if stem.endswith(encl) and len(stem) - len(encl) >= 2:
                base = stem[: -len(encl)]
                out.append((encl, base))
                out.extend((encl, base[: -len(written)] + meant) for written, meant in self.orthography.joints if base.endswith(written))
        return out

    def _starts(self, norm: str) -> dict[str, list[tuple[tuple[str, ...], tuple[Sense, ...]]]]:
        """Multiword entries that may begin with this word, by the word that must follow, longest first; senses best first."""
        found: dict[tuple[str, ...], list[Sense]] = {}
        article = self.orthography.article
        for form, clitics in self._proclitics:
            if (form and not norm.startswith(form)) or clitics[3]:
                continue
            rest = norm[len(form):]
            for tail, (kind, index, feature) in self._multi.get(article + rest if clitics[2] else rest, ()):
                if kind == "verb" and clitics[1]:
                    continue
                found.setdefault(tuple(tail), []).append(Sense(kind, index, self._payload(kind, index), feature, clitics, ""))
        out: dict[str, list[tuple[tuple[str, ...], tuple[Sense, ...]]]] = {}
        for after in sorted(found, key=len, reverse=True):
            out.setdefault(after[0], []).append((after[1:], self._named(sorted(found[after], key=rank))))
        return out


def _told_forms(tables: dict[str, list[Any]]) -> frozenset[str]:
    """The forms, of one word or two, that rows ask for in the words around: needs, bars, modes, contexts."""
    frames: list[Frame] = [f for lemma in tables.get("lemma", ()) for f in (*lemma.frames, *lemma.ties)]
    rows = [row.data["words"] for name in ("mode", "context") for row in tables.get(name, ())]
    return frozenset().union(*[f.need for f in frames], *[f.bar for f in frames], *rows)


def _needless(frame: Frame) -> bool:
    return not frame.need


def _says(sense: Sense) -> bool:
    return sense.lemma is not None and (sense.lemma.report is not None or any(f.says for f in sense.lemma.frames))


RANKS = {kind: place for place, kind in enumerate([
    "func", "modal", "source", "person", "state", "org", "ref", "surname", "nat", "seat", "capital", "office", "verb", "noun", "group",
    "title", "place", "unit", "number", "portfolio"])}
"""Which of several senses of one form is taken first."""
PARTICIPLE_RANK = 90


def rank(sense: Sense) -> tuple[int, int, int]:
    """How far behind others a sense of the same form stands: by kind, by whether it names anything, by clitics."""
    kind = PARTICIPLE_RANK if sense.feature.startswith("A") else RANKS.get(sense.kind, 50)
    lemma = sense.lemma
    empty = lemma is not None and not (lemma.frames or lemma.report or lemma.support or lemma.ties)
    return kind, int(empty), int(sense.conj)


def _number(norm: str, digit_marks: str) -> float | None:
    """The value of a word of digits. `digit_marks` are decimal point, thousands comma, and the script's own pair of these."""
    if not norm[:1].isdigit():
        return None
    plain = norm
    for own, usual in zip(digit_marks[2:], digit_marks[:2], strict=False):
        plain = plain.replace(own, usual)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", plain):
        plain = plain.replace(".", "")
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return None


def _proclitics(orthography: Orthography) -> list[tuple[str, tuple[bool, str, bool, bool]]]:
    """(form, (conjunction, preposition, article, future)) of every series of proclitics, fewest first."""
    conjunctions, prepositions, articles = orthography.proclitics
    before, article, contracted = orthography.contraction
    out: list[tuple[str, tuple[bool, str, bool, bool]]] = []
    for conj in ["", *conjunctions]:
        for prep in ["", *prepositions]:
            for art in ["", *articles]:
                tail = contracted if prep == before and art == article else prep + art
                out.append((conj + tail, (bool(conj), prep, bool(art), False)))
        out.extend((conj + future, (bool(conj), "", False, True)) for future in orthography.future)
    return sorted(out, key=lambda pair: sum(map(bool, pair[1])))


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of a language by its tag (`ar`, `AR`, `ar-SA`). Raises InputError for a language that has none."""
    code = make_language(language)
    if code != language:
        return load_lexicon(code)
    if code not in known_languages():
        known = ", ".join(known_languages()) or "none (run `make lexicon`)"
        raise InputError(f"no lexicon for language {code!r}: choose one of {known}.")
    path = resources.files("rawabit.lexicon").joinpath("compiled").joinpath(f"{code}.json")
    return Lexicon(msgspec.json.decode(path.read_bytes(), type=_Compiled))


@cache
def find_digest(language: str) -> str:
    """The first 8 hexadecimal digits of the SHA-256 of a language's compiled lexicon: another lexicon reads otherwise."""
    path = resources.files("rawabit.lexicon").joinpath("compiled").joinpath(f"{language}.json")
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def known_languages() -> list[str]:
    """ISO 639-1 codes of the languages that Rawabit reads."""
    folder = Path(str(resources.files("rawabit.lexicon").joinpath("compiled")))
    return sorted(path.stem for path in folder.glob("*.json"))
