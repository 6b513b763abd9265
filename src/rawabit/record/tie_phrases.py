"""Items as parties, and who stands before a word that asserts a standing relation.

Looks only within the clause and near the word; refuses to take whom the report happened to speak of last, save for a pronoun.
"""
from __future__ import annotations

from typing import NamedTuple

from rawabit.lexicon.lemma import Frame
from rawabit.lexicon.load import Word
from rawabit.mention.item import DASHES, DATE, FUNCTION, NUMBER, PUNCT, QUOTES, TRIGGER, WORD, Item
from rawabit.model import Actor
from rawabit.record.arguments import Grammar

REACH = 8
"""Items between a tie's word and a party that follows it."""
HEAD_REACH = 5
"""Items between an attribute and the noun that it qualifies."""


GREATEST = "greatest"
"""The class of words that stand before a title in apposition («X, the greatest ally of Y»)."""
CLOSING = ("comp", "rel", "sub", "purpose", "aside", "neg", "adjunct")
"""Function words before which the noun phrase of a tie ends."""


class Party(NamedTuple):
    """Actors that stand as one, and the items that name them."""

    actors: list[Actor]
    first: int
    last: int


class Claim(NamedTuple):
    """One tie before its modality is judged: the row, the item of its word, and the two parties."""

    frame: Frame
    k: int
    subject: Party
    object: Party


def first_of(found: list[Party]) -> Party | None:
    """The first of some parties, None of none."""
    return found[0] if found else None


def fits(actor: Actor, who: tuple[str, ...]) -> bool:
    """Whether an actor is of one of those sectors, or a body of one of those kinds."""
    return actor.sector in who or actor.code in who or actor.code.partition("-")[0] in who


def tie_frame(word: Word, shape: str) -> Frame | None:
    """The row of that shape that a word has."""
    for frame in word.ties:
        if frame.shape == shape:
            return frame
    return None


class Phrases:
    """The items of one sentence as parties, and who stands before an item."""

    def __init__(self, grammar: Grammar, words: list[Word]) -> None:
        self.words = words
        self.grammar, self.items, self.discourse = grammar, grammar.items, grammar.discourse
        self.writing = grammar.writing
        self.coalitions: dict[int, Actor] = {}

    # ---- single items ------------------------------------------------------------------------------------------------------

    def at(self, m: int) -> list[Actor]:
        """Who item m names."""
        if m in self.coalitions:
            return [self.coalitions[m]]
        mention = self.items[m].mention
        return [a for a in mention.actors if a.code != "UNK"] if mention is not None else []

    def is_party(self, m: int) -> bool:
        return 0 <= m < len(self.items) and bool(self.at(m))

    def is_nationality(self, m: int) -> bool:
        """Whether item m is a nationality used as an adjective of what stands before it."""
        if not self.is_party(m):
            return False
        mention, item = self.items[m].mention, self.items[m]
        return mention is not None and mention.form in ("adjective", "nat") and not item.prep and not item.conj and not mention.plural

    def qualifies(self, m: int) -> bool:
        """Whether item m may be an adjective of nationality, the name of a state spelt like one among them."""
        if self.is_nationality(m):
            return True
        if not self.is_party(m):
            return False
        item, article = self.items[m], self.writing.article
        if item.prep or item.conj or item.j - item.i > 1 or item.mention is None or item.mention.form != "state":
            return False
        return "nat" in self.grammar.lexicon.word(item.word.norm.removeprefix(article)).kinds

    def is_mark(self, m: int, marks: str) -> bool:
        return 0 <= m < len(self.items) and self.items[m].kind == PUNCT and self.items[m].word.norm in marks

    def preposition(self, m: int) -> str:
        """The preposition that item m is, "" if none."""
        item = self.items[m]
        if item.klass == "prep" or item.klass == "agent":
            return item.payload.canonical if item.payload else ""
        return self.writing.between if self._between_pronoun(item) else ""

    def pronoun(self, m: int) -> str:
        """The pronoun that clings to the preposition at item m."""
        item = self.items[m]
        if item.encl or not self.preposition(m):
            return item.encl
        tail = item.word.norm.removeprefix(self.preposition(m))
        return tail if tail in self.writing.enclitics else ""

    def _between_pronoun(self, item: Item) -> str:
        norm = item.word.norm
        tail = norm.removeprefix(self.writing.between)
        return tail if item.kind == FUNCTION and norm != tail and tail in self.writing.enclitics else ""

    def stops(self, m: int) -> bool:
        """Whether the noun phrase of a tie ends before item m."""
        item = self.items[m]
        if item.kind == PUNCT:
            return item.word.norm not in QUOTES and item.word.norm not in DASHES
        return item.klass in CLOSING or item.pos in ("verb", "source")

    def is_deed(self, m: int) -> bool:
        """Whether item m is a verbal noun that takes parties of its own."""
        item = self.items[m]
        return item.kind == TRIGGER and item.pos == "noun" and not (item.conj or item.prep or item.det)

    # ---- before ------------------------------------------------------------------------------------------------------------

    def head(self, k: int) -> Party | None:
        """The party that an attribute at item k qualifies: the nearest before it in the same phrase."""
        for m in range(k - 1, max(-1, k - 1 - HEAD_REACH), -1):
            item = self.items[m]
            if self.is_party(m):
                return self._with_noun(m)
            if item.kind in (WORD, NUMBER) or self.is_mark(m, QUOTES) or (item.kind == TRIGGER and item.pos != "verb" and not item.prep):
                continue
            if item.klass in ("aux", "neg", "rel") and m == k - 1:
                continue
            return None
        return None

    def _with_noun(self, m: int) -> Party:
        """The party at m, or the one whom the nationality at m qualifies."""
        if self.is_nationality(m) and self.is_party(m - 1) and not self.is_nationality(m - 1):
            return Party(self.at(m - 1), m - 1, m)
        return Party(self.at(m), m, m)

    def antecedent(self, k: int) -> Party | None:
        """The party before the relative pronoun whose clause the verb at item k opens, or directly before the verb."""
        m = k - 1
        if m >= 0 and self.items[m].klass == "rel":
            m -= 1
            while m >= 0 and (self.is_mark(m, QUOTES + DASHES + self.writing.list_comma) or self.items[m].kind == DATE):
                m -= 1
        return self.head(m + 1)

    def apposed(self, k: int) -> list[Party]:
        """The parties before a comma, to whom the noun phrase at item k is put in apposition; or directly before it."""
        m = k - 1
        while m >= 0 and (self.is_mark(m, QUOTES) or self.is_mark(m, self.writing.list_comma) or self._greatest(m)):
            m -= 1
        return self.row_before(m) if self.is_party(m) and m >= k - 4 and not self.is_nationality(m) else []

    def _greatest(self, m: int) -> bool:
        """Whether item m says «the greatest», «the most important», or its rank."""
        item = self.items[m]
        return GREATEST in self.words[item.i].classes and not item.prep and not item.conj

    def row_before(self, m: int) -> list[Party]:
        """The parties coordinated with the one at item m, in order, m the last."""
        out = [Party(self.at(m), m, m)]
        while self.items[m].conj and self.is_party(m - 1):
            m -= 1
            out.insert(0, Party(self.at(m), m, m))
        return out
