"""Ties that several words assert together («hosts a base of», «no relations between»), by the patterns of constructions.yml.

Order of work: the rows all of whose classes of words the sentence has; each where its first word stands; its elements in order, gaps as
short as can be; then a claim for each subject and object. Refuses a pattern whose parties are not all found.
"""
from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import msgspec

from rawabit.lexicon.lemma import Frame
from rawabit.lexicon.load import Lexicon, Payload
from rawabit.lexicon.pattern import Element, Held
from rawabit.mention.item import ACTOR, DASHES, DATE, NUMBER, PUNCT, QUOTES, TRIGGER, WORD
from rawabit.model import Actor
from rawabit.record.tie_attributes import form_of
from rawabit.record.tie_between import possessor, sides_after, split
from rawabit.record.tie_parties import Claim, Parties, Party, fits

MANY = 2
"""Parties that make a row."""
SUBJECT_REACH = 4
"""Items between a verb and its subject after it."""
SHORT = 4
"""Items below which a gap is short."""
NOUN_REACH = 7
"""Items between a party and the noun that is said of it."""
BAR_BEFORE, BAR_AFTER = 4, 4
"""Items before and after the first word of a pattern among which a bar counts."""
Found = dict[str, list[Party]]


class Pattern(msgspec.Struct, frozen=True):
    """One row made ready: its elements, the classes it cannot do without, and what it asserts."""

    elements: tuple[Element, ...]
    classes: frozenset[str]
    frame: Frame
    by: tuple[str, ...]
    bar: frozenset[str]
    subject: str


def _frame(row: Payload) -> Frame:
    """A row as a frame of its relation."""
    of = tuple(row.data["of"])
    return Frame(type=row.kind, mode=None, to=of, joint=of, swap=False, gen="subj", need=frozenset(), bar=frozenset(), says=False, prep="",
                 impersonal=False, shape="owned", who=tuple(row.data["who"]), modality=row.modality)


@cache
def patterns_of(lexicon: Lexicon) -> dict[str, list[Pattern]]:
    """The patterns of a lexicon by the rarest class of their words."""
    return {name: [_pattern(row, elements) for row, elements in rows] for name, rows in lexicon.constructions.items()}


def _pattern(row: Payload, elements: tuple[Element, ...]) -> Pattern:
    """A row made ready."""
    needed = frozenset(e.name for e in elements if e.kind == "word" and not e.optional)
    return Pattern(elements, needed, _frame(row), tuple(row.data["by"]), frozenset(row.data["bar"]), row.data["subject"])


def find_constructed(parties: Parties) -> Iterator[Claim]:
    """A claim for every tie that a pattern finds in the sentence."""
    present = frozenset().union(*[word.classes for word in parties.words if word.classes])
    patterns = patterns_of(parties.grammar.lexicon)
    classes: list[frozenset[str]] = []
    last: dict[str, int] = {}
    for name in sorted(present & patterns.keys()):
        for pattern in patterns[name]:
            if pattern.classes <= present:
                classes = classes or [_classes(parties, m) for m in range(len(parties.items))]
                last = last or {found: m for m, names in enumerate(classes) for found in names}
                yield from Construction(parties, pattern, classes).claims(min(last.get(found, -1) for found in pattern.classes))


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

    def claims(self, last: int) -> Iterator[Claim]:
        """The claims of each place where the pattern begins, none behind item `last`, after which one of its classes is not found."""
        first = self.pattern.elements[0].name
        for k in range(last + 1):
            if first in self.classes[k] and not self._barred(k):
                found = self._match(0, k, {})
                yield from self._claims(k, found) if found is not None else ()

    def _barred(self, k: int) -> bool:
        """Whether a word stands near item k that the row bars."""
        return any(not self.pattern.bar.isdisjoint(near) for near in self.classes[max(0, k - BAR_BEFORE) : k + 1 + BAR_AFTER])

    def _claims(self, k: int, found: Found) -> Iterator[Claim]:
        subjects = [Party([Actor(self.pattern.subject)], k, k)] if self.pattern.subject else found.get("X", [])
        for subject in subjects:
            if self.pattern.by and not any(a.sector in self.pattern.by or not a.sector for a in subject.actors):
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
            for following, more in self._readings(element, m, found):
                done = self._match(n + 1, following, more)
                if done is not None:
                    return done
        return self._match(n + 1, m, found) if element.optional else None

    def _after_gap(self, n: int, m: int, found: Found) -> Found | None:
        element = self.pattern.elements[n]
        for end in range(m, min(len(self.items) + 1, m + element.reach + 1)):
            done = self._match(n + 1, end, found)
            if done is not None:
                return done
            if end < len(self.items) and (self.items[end].word.closes if element.wide else self._ends(end, element)):
                return None
        return None

    def _ends(self, m: int, gap: Element) -> bool:
        """Whether a gap within a phrase may not cross item m; a short one none with a preposition either."""
        item = self.items[m]
        if item.kind == PUNCT:
            return item.word.norm not in QUOTES + DASHES
        if gap.reach < SHORT and item.prep:
            return True
        return item.klass in ("comp", "rel", "sub") or (item.kind == TRIGGER and item.pos == "verb")

    def _readings(self, element: Element, m: int, found: Found) -> Iterator[tuple[int, Found]]:
        """(item after it, parties so far) of every way to take item m as that element. A name may hold word and party in one."""
        if element.kind == "party":
            row = self._party(element, m, found)
            if row:
                sides = {"X": row[:1], "Y": row[1:]} if element.role == "&" else {element.role: row}
                yield row[-1].last + 1, {**found, **sides}
        elif element.name in self.classes[m]:
            more = self._held(element, m)
            if more is not None:
                yield m + 1, {**found, **more}
                if self.items[m].j - self.items[m].i > 1:
                    yield m, {**found, **more}

    def _party(self, element: Element, m: int, found: Found) -> list[Party]:
        """The parties that stand at item m as an element asks."""
        parties = self.parties
        if element.nationality:
            row = [Party(parties.at(m), m, m)] if parties.qualifies(m) or self._national(m) else []
        elif not element.preps:
            plain = parties.is_party(m) and not self.items[m].prep and not parties.is_nationality(m)
            row = self._series(m) if plain else []
        elif parties.is_party(m) and self.items[m].prep in element.preps:
            row = self._series(m)
        elif parties.preposition(m) in element.preps:
            row = parties.under(m)
        else:
            row = []
        if len(row) < (MANY if element.many or element.role == "&" else 1) or self._known(row, found):
            return []
        frame = self.pattern.frame
        return [] if element.role == "Y" and frame.who and not any(fits(a, frame.who) for p in row for a in p.actors) else row

    def _national(self, m: int) -> bool:
        """Whether item m is a thing or group with a nationality of its own («Russian submarines»)."""
        item = self.items[m]
        if item.mention is None or item.mention.form not in ("thing", "group") or not self.parties.is_party(m):
            return False
        return any("nat" in word.kinds for word in self.parties.words[item.i + 1 : item.j])

    def _known(self, row: list[Party], found: Found) -> bool:
        """Whether those parties are already found, under another role."""
        sides = {(a.code, a.sector) for p in row for a in p.actors}
        return any(sides <= {(a.code, a.sector) for p in known for a in p.actors} for known in found.values())

    def _series(self, m: int) -> list[Party]:
        """The parties coordinated from item m on, with «and» before each or commas between."""
        out = split(self.parties.row(m)[0])
        n = out[-1].last + 1
        while self.parties.is_mark(n, self.parties.writing.list_comma) and self.parties.is_party(n + 1) and not self.items[n + 1].prep:
            out += self.parties.row(n + 1)[0]
            n = out[-1].last + 1
        return out

    def _held(self, element: Element, m: int) -> Found | None:
        """The parties that a word holds by its marks; None where one of these finds none."""
        out: Found = {}
        for held in element.held:
            row = [p for p in self._holds(held, m) if p.actors]
            if held.mark == "*":
                row, out["Y"] = row[:1], row[1:]
            if len(row) < (MANY if held.many or held.role == "&" or (held.mark == "@") else 1):
                return None
            if held.role == "&" or (held.mark == "@" and not held.role):
                out["X"], out["Y"] = row[:1], row[1:]
            else:
                out[held.role or "X"] = row
        return out

    def _holds(self, held: Held, m: int) -> list[Party]:
        """The parties of one mark of the word at item m."""
        parties, item = self.parties, self.items[m]
        if held.mark == "@":
            return sides_after(parties, m, self.pattern.frame)
        if held.mark == "=":
            return self._subject(m) if item.pos != "noun" else []
        if held.mark == "-":
            return self._described(m)
        if held.mark == "_":
            head = parties.antecedent(m) if m and self.items[m - 1].klass == "rel" else parties.head(m)
            if head is not None and m and self.items[m - 1].klass == "rel":
                return [head]
            return [head] if head is not None and head.last == m - 1 else []
        if held.mark == "*":
            whom, after = parties.antecedent(m), self._after(m)
            return [after[0], whom] if item.encl and m and self.items[m - 1].klass == "rel" and after and whom is not None else []
        if held.mark == "^":
            owner = parties.owner(m) or possessor(parties, m)
        else:
            owner = (parties.owner(m) if held.mark == "<" else None) or parties.lender(m)
        return split([owner]) if owner is not None else []

    def _described(self, m: int) -> list[Party]:
        """Those of whom the noun at item m is said: put in apposition to them, or their predicate."""
        before = self.parties.apposed(m)
        if before and not self.items[m].prep and not self.items[m].conj:
            return before
        topic = split(self.parties.topic(m))
        counted = topic and any(item.kind == NUMBER for item in self.items[topic[-1].last + 1 : m])
        return topic if topic and not counted and m - topic[-1].last <= NOUN_REACH else []

    def _subject(self, m: int) -> list[Party]:
        """The subject of the verb at item m: after it, its clause's first party before it, or that of the verb before."""
        item, parties = self.items[m], self.parties
        after = self._after(m)
        own = bool(after) and form_of(parties, after[0]) == "ref"
        if m and self.items[m - 1].klass == "rel" and not item.encl:
            antecedent = parties.antecedent(m)
            return [antecedent] if antecedent is not None and not (after and (own or self._resumed(m))) else after
        if item.conj or item.encl:
            same = None if after or item.kind != TRIGGER else parties.same_subject(m)
            return after or ([same] if same is not None else [])
        before = split(parties.topic(m))
        if before and not own and not any(self.items[n].pos == "verb" for n in range(max(0, before[0].first - SUBJECT_REACH), m)):
            return before
        return after

    def _resumed(self, m: int) -> bool:
        """Whether a pronoun under a preposition right after the verb at item m resumes the antecedent («in which X keeps …»)."""
        return m + 1 < len(self.items) and bool(self.parties.preposition(m + 1) and self.parties.pronoun(m + 1))

    def _pair(self, n: int) -> bool:
        """Whether item n is a word for two («the two neighbours») whose names follow."""
        item = self.items[n]
        pair = item.mention is not None and item.mention.form == "ref" and not self.parties.is_party(n)
        return pair or (item.det and item.feature[1:2] == "d" and item.kind == TRIGGER and item.pos == "noun")

    def _after(self, m: int) -> list[Party]:
        """The parties that follow the word at item m without a preposition, nothing but dates and words of quantity between."""
        for n in range(m + 1, min(len(self.items), m + 1 + SUBJECT_REACH)):
            item = self.items[n]
            if self.parties.is_party(n) and not item.prep and not item.conj and not self.parties.is_nationality(n):
                return self._series(n)
            passes = item.kind in (DATE, NUMBER) or item.klass in ("quant", "dem", "aux") or (item.kind == WORD and item.prep)
            passes = passes or self._pair(n)
            if not (passes or (n == m + 1 and self._resumed(m))):
                break
        return []
