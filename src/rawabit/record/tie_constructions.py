"""Ties that several words assert together («hosts a base of», «no relations between»), by the patterns of constructions.yml.

Order of work: the rows all of whose classes of words the sentence has; each where its first word stands; its elements in order, gaps as
short as can be; then a claim for each subject and object. Refuses a pattern whose parties are not all found.
"""
from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import msgspec

from rawabit.lexicon.lemma import Frame
from rawabit.lexicon.load import Lexicon
from rawabit.lexicon.pattern import Element, parse_pattern
from rawabit.mention.item import ACTOR, DATE, NUMBER, PUNCT, QUOTES, TRIGGER, WORD
from rawabit.model import Actor
from rawabit.record.tie_between import possessor, sides_after, split
from rawabit.record.tie_parties import Claim, Parties, Party

MANY = 2
"""Parties that make a row."""
SUBJECT_REACH = 4
"""Items between a verb and its subject after it."""
Found = dict[str, list[Party]]


class Pattern(msgspec.Struct, frozen=True):
    """One row made ready: its elements, the classes it cannot do without, and what it asserts."""

    elements: tuple[Element, ...]
    classes: frozenset[str]
    frame: Frame
    by: tuple[str, ...]
    subject: str


@cache
def patterns_of(lexicon: Lexicon) -> dict[str, list[Pattern]]:
    """The patterns of a lexicon by the class of their first word."""
    out: dict[str, list[Pattern]] = {}
    for row in lexicon.table("construction"):
        elements = parse_pattern(row.data["pattern"])
        frame = Frame(row.kind, None, tuple(row.data["of"]), tuple(row.data["of"]), False, "subj", frozenset(), frozenset(), False, "", False,
                      shape="held", who=tuple(row.data["who"]), modality=row.modality)
        needed = frozenset(e.name for e in elements if e.kind == "word" and not e.optional)
        pattern = Pattern(elements, needed, frame, tuple(row.data["by"]), row.data["subject"])
        out.setdefault(elements[0].name, []).append(pattern)
    return out


def find_constructed(parties: Parties) -> Iterator[Claim]:
    """A claim for every tie that a pattern finds in the sentence."""
    present = frozenset().union(*[word.classes for word in parties.words])
    patterns = patterns_of(parties.grammar.lexicon)
    classes: list[frozenset[str]] = []
    for name in sorted(present & patterns.keys()):
        for pattern in patterns[name]:
            if pattern.classes <= present:
                classes = classes or [_classes(parties, m) for m in range(len(parties.items))]
                yield from Construction(parties, pattern, classes).claims()


def _classes(parties: Parties, m: int) -> frozenset[str]:
    """The classes of item m: of any of its words, of a party's first."""
    item = parties.items[m]
    if item.j - item.i == 1 or item.kind == ACTOR:
        return parties.words[item.i].classes
    return frozenset().union(*[word.classes for word in parties.words[item.i : item.j]])


class Construction:
    """One pattern on one sentence."""

    def __init__(self, parties: Parties, pattern: Pattern, classes: list[frozenset[str]]) -> None:
        self.parties, self.items, self.pattern, self.classes = parties, parties.items, pattern, classes

    def claims(self) -> Iterator[Claim]:
        """The claims of each place where the pattern begins."""
        first = self.pattern.elements[0].name
        for k in range(len(self.items)):
            if first in self.classes[k]:
                found = self._match(0, k, {})
                yield from self._claims(k, found) if found is not None else ()

    def _claims(self, k: int, found: Found) -> Iterator[Claim]:
        subjects = [Party([Actor(self.pattern.subject)], k, k)] if self.pattern.subject else found.get("X", [])
        for subject in subjects:
            if self.pattern.by and not any(a.sector in self.pattern.by or a.code[:3] in self.pattern.by for a in subject.actors):
                continue
            for other in found.get("Y", []):
                yield Claim(self.pattern.frame, k, subject, other)

    def _match(self, n: int, m: int, found: Found) -> Found | None:
        """The parties of elements n on, the first of them at item m; None where they do not fit."""
        if n == len(self.pattern.elements):
            return found
        element = self.pattern.elements[n]
        if element.kind == "gap":
            return self._after_gap(n, m, found)
        if m < len(self.items):
            for last, more in self._readings(element, m, found):
                done = self._match(n + 1, last + 1, more)
                if done is not None:
                    return done
        return self._match(n + 1, m, found) if element.optional else None

    def _after_gap(self, n: int, m: int, found: Found) -> Found | None:
        element = self.pattern.elements[n]
        strict = element.reach < SUBJECT_REACH * 3
        for end in range(m, min(len(self.items) + 1, m + element.reach + 1)):
            done = self._match(n + 1, end, found)
            if done is not None:
                return done
            if end < len(self.items) and (self._ends(end) if strict else self.items[end].word.closes):
                return None
        return None

    def _ends(self, m: int) -> bool:
        """Whether a narrow gap may not cross item m."""
        item = self.items[m]
        if item.kind == PUNCT:
            return item.word.norm not in QUOTES
        return item.klass in ("comp", "rel", "sub") or (item.kind == TRIGGER and item.pos == "verb")

    def _readings(self, element: Element, m: int, found: Found) -> Iterator[tuple[int, Found]]:
        """(last item, parties so far) of every way to take item m as that element."""
        if element.kind == "party":
            at = self._party(element, m)
            if at is not None:
                yield at[1], {**found, element.role: at[0]}
        elif element.name in self.classes[m]:
            if not element.mark:
                yield m, found
            else:
                more = self._held(element, m)
                if more:
                    yield m, {**found, **more}

    def _party(self, element: Element, m: int) -> tuple[list[Party], int] | None:
        """The parties that stand at item m as an element asks, and the last of their items."""
        parties = self.parties
        if element.nationality:
            return ([Party(parties.at(m), m, m)], m) if parties.is_nationality(m) else None
        if not element.preps:
            plain = parties.is_party(m) and not self.items[m].prep and not parties.is_nationality(m)
            row = self._series(m) if plain else []
        elif parties.is_party(m) and self.items[m].prep in element.preps:
            row = self._series(m)
        elif parties.preposition(m) in element.preps:
            row = parties.under(m)
        else:
            return None
        return (row, row[-1].last) if len(row) >= (MANY if element.many else 1) else None

    def _series(self, m: int) -> list[Party]:
        """The parties coordinated from item m on, with «and» before each or commas between."""
        out = split(self.parties.row(m)[0])
        n = out[-1].last + 1
        while self.parties.is_mark(n, self.parties.writing.list_comma) and self.parties.is_party(n + 1) and not self.items[n + 1].prep:
            out += self.parties.row(n + 1)[0]
            n = out[-1].last + 1
        return out

    def _held(self, element: Element, m: int) -> Found:
        """The parties that a word holds: its subject, its owner, the two it stands between."""
        if element.mark == "@":
            sides = sides_after(self.parties, m, self.pattern.frame)
            return {"X": sides[:1], "Y": sides[1:]} if len(sides) > 1 else {}
        if element.mark == "^":
            owner = self.parties.owner(m) or possessor(self.parties, m)
            return {element.role: [owner]} if owner is not None else {}
        subject = [p for p in self._subject(m) if p.actors]
        if element.role == "&":
            return {"X": subject[:1], "Y": subject[1:]} if len(subject) > 1 else {}
        return {element.role: subject} if subject else {}

    def _subject(self, m: int) -> list[Party]:
        """The parties of which the word at item m is predicate: after it, its clause's first before it, or the verb's before."""
        item, parties = self.items[m], self.parties
        after = self._after(m)
        if m and self.items[m - 1].klass == "rel" and not item.encl:
            antecedent = parties.antecedent(m)
            return [antecedent] if antecedent is not None and not (after and self._resumed(m)) else after
        if item.conj or item.encl:
            same = None if after or item.kind != TRIGGER else parties.same_subject(m)
            return after or ([same] if same is not None else [])
        before = split(parties.topic(m))
        if before and not any(self.items[n].pos == "verb" for n in range(before[-1].last + 1, m)):
            return before
        return after

    def _resumed(self, m: int) -> bool:
        """Whether a pronoun under a preposition right after the verb at item m resumes the antecedent («in which X keeps …»)."""
        return m + 1 < len(self.items) and bool(self.parties.preposition(m + 1) and self.parties.pronoun(m + 1))

    def _after(self, m: int) -> list[Party]:
        """The parties that follow the word at item m without a preposition, nothing but dates and words of quantity between."""
        for n in range(m + 1, min(len(self.items), m + 1 + SUBJECT_REACH)):
            item = self.items[n]
            if self.parties.is_party(n) and not item.prep and not item.conj and not self.parties.is_nationality(n):
                return self._series(n)
            passes = item.kind in (DATE, NUMBER) or item.klass in ("quant", "dem", "aux") or (item.kind == WORD and item.prep)
            if not (passes or (n == m + 1 and self._resumed(m))):
                break
        return []
