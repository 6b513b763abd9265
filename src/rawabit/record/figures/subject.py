"""Whose number it is: the side whose people, firms, goods or money are counted.

Order of work: what the noun phrase itself names; the figure before, where the number goes on with it; what the clause names, by the side
that the measure asks for; else the report's topic, which only its end can tell. People whom nothing places are of UNK.
"""
from __future__ import annotations

from rawabit.lexicon.load import Lexicon
from rawabit.mention.item import ACTOR, FUNCTION, PUNCT, TRIGGER, WORD
from rawabit.mention.resolve import Discourse
from rawabit.model import Actor
from rawabit.model.reading import UNKNOWN
from rawabit.record.figures.counted import NATIONAL, Count, Place
from rawabit.record.figures.phrase import Phrases, party, side

PLACE_REACH = 14
"""Items from a number to the place where it was counted."""
EMPLOYER_REACH = 4
"""Items from a number to the office where the counted people work, and from there to its owner."""
GOODS_REACH = 12
"""Items from a number to the state whose goods it taxes."""
SOLDIERS, ARMY = "troops", "MIL"
"""The measure of nouns for soldiers, and the sector of armies."""
PRISONERS = "prisoners"
BETWEEN_REACH = 8
"""Items before a number within which «between X and Y» says whose it is."""
TARGET_REACH = 6
"""Items from a number within which those whom sanctions hit are named."""
GETTER_REACH = 4
"""Items after a deed within which who gets what is delivered is named."""
HEAD_REACH = 9
"""Items before a number within which the same noun may have told whose people are counted."""
PROVISIONAL = Actor("?")
"""Stands for a subject that only the whole report can tell; the reader replaces it."""
STATE_FORMS = frozenset({"state", "capital", "seat", "org", "person", "office", "group", "ref"})
TARGETS = frozenset({"state", "capital", "seat", "org", "nat", "adjective", "thing"})
PLACES = frozenset({"state", "capital", "place", "seat"})


class Subjects:
    """Finds the subjects of the counts of one sentence."""

    def __init__(self, lexicon: Lexicon, place: Place, discourse: Discourse) -> None:
        self.place, self.items, self.discourse = place, place.items, discourse
        self.phrases = Phrases(lexicon, place, discourse)
        self.between, self.author = lexicon.orthography.between, lexicon.orthography.author
        self.own = False
        """Whether the last count's own phrase named its subject."""

    def find(self, count: Count, previous: tuple[Count, Actor] | None) -> Actor:
        """The subject of a count. `previous` is the count before it in the sentence and its subject."""
        row = count.row
        assert row is not None
        self.own = False
        if count.unit and previous is not None and previous[0].unit:
            return self.phrases.whole(count) or previous[1]
        if row.side == "weapon":
            return self._clause(count) or self._place(count) or PROVISIONAL
        named = self.phrases.beside(count) if row.side in ("owner", "giver") else None
        named = named or self.phrases.owner(count) or self.phrases.region(count)
        if named is not None:
            self.own = True
            return named
        if row.side == "stateless" or (count.noun is not None and any(r.side == "stateless" for r in count.noun.rows)):
            return UNKNOWN
        if previous is not None and self._goes_on(count, previous[0]):
            return previous[1]
        return self._by_side(count, row.side) or PROVISIONAL

    def _by_side(self, count: Count, asked: str) -> Actor | None:
        """What the clause names as the side that a measure asks for."""
        if asked == "victim":
            own = self._own(count) or self._pointed(count) or self._headed(count) or self._exchanged(count)
            return own or self._employer(count) or self._place(count)
        if asked == "house":
            return next((Actor(a.code) for a, _ in reversed(self.discourse.named) if a.code.startswith("IGO-")), None)
        if asked == "goods":
            return self._clause(count) or self._goods(count)
        if asked == "target":
            return self._target(count)
        if asked == "supplier":
            return self._supplier(count)
        if asked == "states":
            return self._states(count) or self._clause(count)
        return self.phrases.possessor(count) or self._between(count) or self._clause(count)

    def _between(self, count: Count) -> Actor | None:
        """«The trade between X and Y amounts to …»: X."""
        at = self.place.item_of[count.quantity.start]
        for m in range(at - 1, max(0, at - BETWEEN_REACH), -1):
            item = self.items[m - 1]
            if item.kind == PUNCT and item.word.closes:
                return None
            mention = party(self.items[m])
            between = item.klass == "prep" and item.payload is not None and item.payload.canonical == self.between
            if between and mention is not None and mention.form != "ref":
                return side(mention.actors)
        return None

    def _exchanged(self, count: Count) -> Actor | None:
        """Of prisoners exchanged, the first of the two sides: after «between», or the subject of the verb."""
        if count.row is None or count.row.measure != PRISONERS:
            return None
        exchange = next((m for m, item in enumerate(self.items) if any(self.place.role(k, "exchange") for k in range(item.i, item.j))), -1)
        if exchange < 0:
            return None
        heads = [m for m, item in enumerate(self.items) if item.klass == "prep" and item.payload is not None and (
            item.payload.canonical == self.between)]
        if self.items[exchange].pos == "verb":
            heads.append(exchange)
        found = next((mention for m in heads if m + 1 < len(self.items) and (mention := party(self.items[m + 1])) is not None), None)
        return side(found.actors) if found is not None else None

    def _goes_on(self, count: Count, before: Count) -> bool:
        """Whether a count goes on with the one before: joined to it, or without a noun of its own."""
        q = count.quantity
        joined = q.conj or count.noun is None or count.whole or self.place.role(q.start - 1, "of them")
        return joined and not count.unit and not before.unit and count.kind == before.kind

    def _pointed(self, count: Count) -> Actor | None:
        """«of it were killed 58 fighters»: what a pronoun before the number points at; «its market (80 million people)»."""
        start = count.quantity.start
        if self.place.role(start - 1, "of it"):
            return self._clause(count)
        if start < 2 or self.place.words[start - 1].norm[:1].isalnum():
            return None
        item = self.place.item(start - 2)
        if item is None or item.kind != WORD or not self.phrases.enclitic(item):
            return None
        owners = self.phrases.named_before(self.place.item_of[start - 2])
        return owners[-1] if owners else None

    def _own(self, count: Count) -> Actor | None:
        """Whose soldiers are counted: «four of its soldiers», or those of whom an army at the head of the clause tells."""
        if count.noun is None or not any(r.measure == SOLDIERS for r in count.noun.rows):
            return None
        if not count.whole or count.first >= len(self.place.words):
            teller = self._clause(count)
            return teller if teller is not None and teller.sector == ARMY else None
        at = self.place.item_of[count.first]
        encl = self.phrases.enclitic(self.items[at]) if at >= 0 else ""
        if not encl:
            return None
        found = self.discourse.antecedent(encl, at)
        return side(found) if found else self._clause(count)

    def _headed(self, count: Count) -> Actor | None:
        """«The number of Syrian refugees in X rose to a million refugees»: the nationality of the same noun before the number."""
        at, row = self.place.item_of[count.quantity.start], count.row
        for m in range(at - 1, max(-1, at - HEAD_REACH), -1):
            item = self.items[m]
            if (item.kind == PUNCT and item.word.closes) or (item.kind == TRIGGER and item.pos == "verb"):
                return None
            noun = self.place.rows.noun(self.place.words[item.i], False)
            if noun is not None and row in noun.rows:
                mention = next((found for k in (m, m + 1) if (found := party(self.items[k])) is not None), None)
                own = mention is not None and item.det and (mention.form in NATIONAL or self.phrases.explicit(item))
                return side(mention.actors) if mention is not None and own else None
        return None

    def _employer(self, count: Count) -> Actor | None:
        """The country of the firm or office where the counted people work."""
        at = self.place.item_of[count.quantity.start]
        for m in range(at + 1, min(len(self.items), at + 1 + EMPLOYER_REACH)):
            if self.place.role(self.items[m].i, "workplace"):
                for item in self.items[m + 1 : m + 1 + EMPLOYER_REACH]:
                    mention = party(item)
                    if mention is not None and mention.form != "place":
                        return side(mention.actors)
        return None

    def _place(self, count: Count) -> Actor | None:
        """The country or region of the place nearest to a number in its sentence."""
        at = self.place.item_of[count.quantity.start]
        best: tuple[int, str] | None = None
        for m, item in enumerate(self.items):
            mention = party(item)
            if mention is None or not (mention.form in PLACES or mention.actors[0].code.startswith("REG-")) or not self.phrases.located(m):
                continue
            gap = m - at if m >= at else at - m + 2
            based = self.place.role(item.i - 1, "based") or self.place.role(item.i - 2, "based")
            if gap <= PLACE_REACH and not based and (best is None or gap < best[0]):
                best = gap, mention.actors[0].code
        return Actor(best[1]) if best is not None else None

    def _target(self, count: Count) -> Actor | None:
        """Whom sanctions hit: who is named between their noun and the number, or behind it, else the last named who does not set them."""
        at, setter = self.place.item_of[count.quantity.start], self._clause(count)
        code = setter.code if setter is not None else ""
        if 0 <= count.cue < count.quantity.start:
            start = self.place.item_of[count.cue] + 1
            for item in [*self.items[start:at], *self.items[at : at + TARGET_REACH]]:
                mention = party(item)
                known = mention is not None and (mention.form in TARGETS or (mention.form == "office" and not mention.guessed))
                if mention is not None and known and mention.actors[0].code not in (code, "UNK"):
                    return side(mention.actors)
        return self._other(code)

    def _supplier(self, count: Count) -> Actor | None:
        """Who hands arms over: the subject of the clause before the deed, else the first named after it.

        Of a deed told with no doer («four aircraft will be delivered to X») it is the last named who does not get them.
        """
        at, cue = self.place.item_of[count.quantity.start], self.place.item_of[max(count.cue, 0)]
        if cue > at:
            getter = next((m for item in self.items[cue + 1 : cue + GETTER_REACH] if (m := party(item)) is not None), None)
            return self._other(getter.actors[0].code) if getter is not None else None
        after = [m for item in self.items[cue + 1 : at] if (m := party(item)) is not None and not item.prep and m.form != "place"]
        that = self.items[cue - 1] if cue else None
        pointed = that is not None and that.klass == "comp" and that.word.norm.endswith(tuple(self.phrases.enclitics))
        doer = self.items[cue].pos == "verb" and not pointed
        before = next((m for item in self.items[:cue] if (m := party(item)) is not None and not item.prep and m.form in STATE_FORMS), None)
        first, second = (after[:1], [before]) if doer else ([before], after[:1])
        return next((side(m.actors) for m in [*first, *second] if m is not None), None)

    def _other(self, code: str) -> Actor | None:
        """The last state or body named that is not this one."""
        named = reversed(self.discourse.named)
        return next((Actor(a.code) for a, m in named if m.form in STATE_FORMS | NATIONAL and a.code not in (code, "UNK")), None)

    def _states(self, count: Count) -> Actor | None:
        """A number of states is of the world where they are the subject of a verb."""
        before = self.place.item(self.place.before(count.quantity.start))
        return Actor(self.place.rows.world) if before is not None and before.kind == TRIGGER and before.pos == "verb" else None

    def _goods(self, count: Count) -> Actor | None:
        """The side whose goods are taxed: a nationality of goods near the number, or the state whose imports or exports they are."""
        at, items = self.place.item_of[count.quantity.start], self.items
        after = range(at + 1, min(len(items), at + GOODS_REACH))
        end = next((m for m in after if items[m].kind == PUNCT and items[m].word.closes), after.stop)
        for m in [*range(at + 1, end), *range(at - 1, max(-1, at - GOODS_REACH), -1)]:
            if items[m].kind == PUNCT and items[m].word.closes:
                break
            mention = party(items[m])
            if mention is None:
                continue
            after_goods = mention.form in ("state", "capital") and m > 0 and self.place.role(items[m - 1].i, "partitive", "goods")
            if mention.form in ("thing", "adjective") or after_goods:
                return side(mention.actors)
        return None

    def _clause(self, count: Count) -> Actor | None:
        """The party that the clause of the number is about: the last one before it that no preposition governs.

        Whom a relative clause with a verb of its own describes is what that clause is about. Who does the deed of a noun that only
        tells when («days after France's signing of …») is not governed.
        """
        prep = governed = timed = False
        found = head = None
        last = -2
        for m, item in enumerate(self.items[: max(self.place.item_of[count.quantity.start], 0)]):
            mention = party(item)
            if head is not None and item.kind == TRIGGER and item.pos == "verb" and not item.encl:
                found = head
            head = None
            if item.klass == "rel" and last == m - 1 and (before := party(self.items[last])) is not None and before.form in STATE_FORMS:
                head = side(before.actors)
            if item.kind == FUNCTION:
                prep = bool(item.prep) or item.klass in ("prep", "adjunct", "agent", "purpose")
                timed = item.klass == "adjunct" or (item.payload is not None and item.payload.canonical == self.author)
            elif item.kind == PUNCT or (item.kind == TRIGGER and (item.pos == "verb" or (timed and not item.prep))):
                prep = False
                found = None if item.word.closes else found
            elif mention is not None:
                governed = bool(item.prep) or prep or (item.conj and governed)
                joined = item.conj and last == m - 1
                if not governed and not joined and mention.form in STATE_FORMS and mention.actors[0].code != "UNK":
                    found = side(mention.actors)
                last, prep = m, False
            elif item.prep and item.kind != ACTOR:
                prep = True
        return found
