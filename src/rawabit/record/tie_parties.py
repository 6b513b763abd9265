"""Parties of a tie: who stands after a word that asserts a standing relation, whose it is, and who is the subject it depends on.

Looks only within the clause and near the word; refuses to take whom the report happened to speak of last, save for a pronoun.
"""
from __future__ import annotations

from rawabit.mention.item import ACTOR, FUNCTION, NUMBER, PUNCT, QUOTES, TRIGGER, WORD
from rawabit.model import Actor
from rawabit.record.arguments import PLAIN
from rawabit.record.tie_phrases import REACH, Claim, Party, Phrases, first_of, fits, tie_frame

__all__ = ["REACH", "Claim", "Parties", "Party", "first_of", "fits", "tie_frame"]


NEAR = 6
"""Items after «that she» within which she is the subject of a noun."""


class Parties(Phrases):
    """Looks up parties in one sentence."""

    def topic(self, k: int) -> list[Party]:
        """Who the clause is about in which item k is predicate: its first party without preposition, or a relative's antecedent."""
        start = k
        for m in range(k - 1, -1, -1):
            item = self.items[m]
            if item.klass == "rel":
                found = self.antecedent(m + 1)
                return [found] if found else []
            if item.klass == "comp" and k - m < NEAR and (bound := self.resumed(m)) is not None:
                return [bound]
            if item.klass in ("comp", "sub") or (item.kind == PUNCT and item.word.norm in self.writing.clause_breaks):
                break
            start = m
        governed = False
        for m in range(start, k):
            item = self.items[m]
            if self.is_party(m) and not item.prep and not governed and not self.is_nationality(m):
                return self.row(m)[0]
            governed = item.kind == FUNCTION and item.klass not in ("aux", "quant", "and", "dem", "pron")
        return []

    def resumed(self, m: int) -> Party | None:
        """Whom the pronoun that clings to the conjunction at item m means («that she …»)."""
        norm = self.items[m].word.norm
        pronoun = next((e for e in self.grammar.lexicon.pronouns if norm.endswith(e)), "")
        actors = self.discourse.antecedent(pronoun, m) if pronoun else []
        return Party(actors, m, m) if actors else None

    # ---- after -------------------------------------------------------------------------------------------------------------

    def row(self, m: int) -> tuple[list[Party], bool]:
        """The parties coordinated from item m on, and whether the first stands against the others («X on one side and Y and Z»)."""
        out, opposed, n = self._split(m), False, m + 1
        while n < len(self.items):
            if self.is_party(n) and self.items[n].conj and not self.items[n].prep:
                out += self._split(n)
            elif self._opens(n) and self.is_party(n + 1):
                out += self._split(n + 1)
                n += 1
            elif self.preposition(n) == self.writing.between and self.items[n].conj:
                opposed = True
            elif self._skips(n):
                pass
            elif self._on_one_side(n):
                opposed, n = True, n + 1
            elif not (self.is_party(n) and opposed and self.preposition(n - 1) == self.writing.between):
                break
            else:
                out += self._split(n)
            n += 1
        return out, opposed

    def _split(self, m: int) -> list[Party]:
        """A party each for those whom a dual («the two countries») stands for."""
        actors = self.at(m)
        mention = self.items[m].mention
        if mention is not None and mention.form == "ref":
            named = [n for n in (m + 1, m + 2) if self.is_party(n) and self.items[n].mention.form in ("adjective", "nat")]  # type: ignore[union-attr]
            if len(named) == 2:
                return [Party(self.at(n), m, n) for n in named]
            if len(actors) == 2:
                return [Party([a], m, m) for a in self._in_order(actors)]
        return [Party(actors, m, m)]

    def _on_one_side(self, n: int) -> bool:
        """Whether items n and n + 1 are «on one side» before the party that stands on the other."""
        if not (self.preposition(n) and self.is_party(n + 2)):
            return False
        return self.items[n + 1].kind == WORD and self.items[n + 2].conj

    def _in_order(self, actors: list[Actor]) -> list[Actor]:
        """The two in the order in which the report first named them."""
        codes = [a.code for a, _ in self.discourse.named]
        return sorted(actors, key=lambda a: codes.index(a.code) if a.code in codes else len(codes))

    def _opens(self, n: int) -> bool:
        """Whether item n joins a further party by «and» with a word of number."""
        return self.items[n].klass == "quant" and self.items[n].conj

    def _skips(self, n: int) -> bool:
        """Whether item n is a mark or adjective within a row that goes on after it."""
        if not (n + 1 < len(self.items) and (self.is_party(n + 1) and self.items[n + 1].conj)):
            return False
        return self.is_mark(n, QUOTES) or self.is_mark(n, self.writing.list_comma) or (self.items[n].kind == WORD and self.items[n].det)

    def governed(self, k: int, names: tuple[str, ...], reach: int = REACH, crossing: bool = False) -> list[Party]:
        """The parties after item k that stand under one of those prepositions, nearest first."""
        for m in range(k + 1, min(len(self.items), k + 1 + reach)):
            if (self.stops(m) or self.is_deed(m)) and not (crossing and self.items[m].kind != PUNCT):
                return []
            if self.is_party(m) and self.items[m].prep in names and self.items[m].prep:
                return self.row(m)[0]
            if self.items[m].kind in (WORD, TRIGGER) and self.items[m].prep in names and self.items[m].prep and self.is_party(m + 1):
                return self.row(m + 1)[0]
            if self._hidden(m, names):
                return self.row(m + 1)[0]
            if self.preposition(m) in names and self.preposition(m):
                return self.under(m)
        return []

    def _hidden(self, m: int, names: tuple[str, ...]) -> bool:
        """Whether item m is a plain word before a place, with one of those prepositions written onto it («of the-city X»)."""
        item, following = self.items[m], self.items[m + 1] if m + 1 < len(self.items) else None
        place = following is not None and following.mention is not None and following.mention.form == "place" and not following.prep
        return place and item.kind == WORD and not item.conj and item.word.norm[:1] in names

    def under(self, m: int) -> list[Party]:
        """The parties that the preposition at item m governs: its pronoun's, or those that follow."""
        if self.pronoun(m):
            actors = self.discourse.antecedent(self.pronoun(m), m)
            return [Party(actors, m, m)] if actors else []
        n = m + 1
        while n < len(self.items) and n <= m + 4 and not self.is_party(n) and self._leads(n):
            n += 1
        return self.row(n)[0] if self.is_party(n) and not self.items[n].prep else []

    def _leads(self, n: int) -> bool:
        """Whether item n may stand between a preposition and the names it governs («between five states, namely …»)."""
        item = self.items[n]
        return (item.klass in ("quant", "dem", "pron", "include") or item.kind in (NUMBER, ACTOR) or self.is_mark(n, QUOTES) or
                (item.kind == WORD and not item.prep))

    def genitive(self, k: int) -> Party | None:
        """The party that follows item k at once as its genitive."""
        n = k + 1
        while n < len(self.items) and (self.items[n].klass in ("quant", "dem") or self._coordinate(n)):
            n += 1
        if self.is_party(n) and not self.items[n].prep and not self.items[n].conj and not self.is_nationality(n):
            return Party(self.at(n), n, n)
        return None

    def _coordinate(self, n: int) -> bool:
        """Whether item n is a second noun before a genitive that both have («the support and training of X»)."""
        item = self.items[n]
        return item.kind == TRIGGER and item.pos == "noun" and item.conj

    def owner(self, k: int) -> Party | None:
        """Whose the noun at item k is: its pronoun's, its genitive's, or by a nationality among its adjectives."""
        item = self.items[k]
        if item.encl:
            return self.bound(k)
        for m in range(k + 1, min(len(self.items), k + 4)):
            mention = self.items[m].mention
            if self.is_nationality(m) or (mention is not None and mention.form == "thing" and self.is_party(m)):
                return Party(self.at(m), m, m)
            if not (self.items[m].kind == WORD and not self.items[m].prep):
                break
        return self.genitive(k)

    def bound(self, k: int, but: frozenset[str] = frozenset()) -> Party | None:
        """Whom the pronoun that clings to item k means; none of the codes `but`."""
        encl = self.items[k].encl
        feature = self.writing.enclitic_features.get(encl, "")
        if feature == "1s" or not feature:
            return None
        actors = self.discourse.speaker[:1] if feature.startswith("1") else self.discourse.antecedent(encl, k, but)
        actors = [a for a in actors if a.code != "UNK"]
        return Party(actors, k, k) if actors else None

    def lender(self, k: int) -> Party | None:
        """The subject of the verb that the noun at item k depends on, or the party before it, with nothing but words between."""
        accused = self._accused(k)
        if accused is not None:
            return accused
        for m in range(k - 1, max(-1, k - 9), -1):
            item = self.items[m]
            if self._parts(m):
                return None
            if item.kind == TRIGGER and item.pos == "verb":
                return self.subject(m) or (self.same_subject(m) if item.conj else None)
            if self.is_party(m) and not item.prep and item.mention is not None and item.mention.form not in ("place", "adjective", "thing"):
                return Party(self.at(m), m, m)
        return None

    def _parts(self, m: int) -> bool:
        """Whether item m parts a noun after it from what it may hang on."""
        item = self.items[m]
        return (item.kind == PUNCT and item.word.norm not in QUOTES) or item.klass in ("adjunct", "aside", "comp", "sub")

    def _accused(self, k: int) -> Party | None:
        """«X accuses Y of arming Z»: Y, whose deed the noun at item k is; None where no verb of accusing governs it."""
        if self.items[k].prep not in self.writing.locatives:
            return None
        verb = next((m for m in range(k - 1, max(-1, k - 9), -1) if self._parts(m) or self.items[m].pos == "verb"), None)
        frame = None if verb is None else next((f for f in self.items[verb].frames if f.type == "ACCUSE" and "obj" in f.to), None)
        if verb is None or frame is None:
            return None
        accused = self.grammar.verb(verb, frame).recipients
        return Party(accused, verb, verb) if accused else None

    def subject(self, m: int) -> Party | None:
        """The named subject of the verb at item m; after a pronoun that resumes the antecedent («in which X …»), the party that follows."""
        if self.is_party(m + 2) and self.preposition(m + 1) and self.pronoun(m + 1) and not self.items[m + 2].prep:
            return Party(self.at(m + 2), m, m + 2)
        roles = self.grammar.verb(m, PLAIN)
        named = roles.by in ("before", "after", "antecedent", "in relative") and roles.actors
        return Party(roles.actors, min(m, roles.start), m) if named else None

    def same_subject(self, k: int) -> Party | None:
        """The subject of the verb before, which «and» carries on to the verb at item k: one of the same gender and number."""
        for m in range(k - 1, -1, -1):
            item = self.items[m]
            if item.kind == TRIGGER and item.pos == "verb" and item.feature[1:] == self.items[k].feature[1:]:
                found = self.subject(m)
                if found is not None:
                    return Party(found.actors, k, k)
        return None
