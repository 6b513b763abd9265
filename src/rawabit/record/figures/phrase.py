"""Whose a noun phrase says its things are: nationality, genitive, pronoun, region. Refuses to look beyond the phrase."""
from __future__ import annotations

from rawabit.lexicon.load import Lexicon, Word
from rawabit.mention.item import ACTOR, DATE, FUNCTION, MODAL, PUNCT, QUOTES, TRIGGER, WORD, Item, Mention
from rawabit.mention.resolve import Discourse
from rawabit.model import Actor
from rawabit.record.figures.counted import Count, Place

OWNER_REACH = 5
"""Items after a counted noun within which its owner is named."""
WHOLE_REACH = 8
"""Items after «of» within which the owner of a whole is named."""
WORLD_REACH = 4
"""Words after a counted noun within which «in the world» may follow."""
OWNING = frozenset({"nat", "adjective", "thing", "org", "state"})
"""Forms of mention that say whose the head of a phrase is."""
NAMING = frozenset({"state", "capital", "seat", "org"})
EXPLICIT = ("nat", "state", "org", "capital")


def party(item: Item | None) -> Mention | None:
    """The mention of an item whose actors are known."""
    if item is None or item.kind != ACTOR or item.mention is None or not item.mention.actors:
        return None
    return item.mention


def side(actors: list[Actor]) -> Actor:
    """The first of them, without a name."""
    return Actor(actors[0].code, actors[0].sector)


class Phrases:
    """Reads the noun phrases of one sentence."""

    def __init__(self, lexicon: Lexicon, place: Place, discourse: Discourse) -> None:
        self.place, self.items, self.rows, self.discourse = place, place.items, place.rows, discourse
        self.locatives, self.possessive = lexicon.orthography.locatives, lexicon.orthography.possessive
        self.enclitics = lexicon.orthography.enclitics

    def owner(self, count: Count) -> Actor | None:
        """The nationality, state or body that the phrase of a count names as the counted ones' own."""
        given = count.row is not None and count.row.side == "giver"
        if count.unit:
            item = self.place.item(count.end)
            mention = party(item) if item is not None and item.prep == self.possessive and not given else None
            return side(mention.actors) if mention is not None else self.whole(count)
        if count.noun is None and not count.whole:
            return None
        first = self.place.item_of[count.first] if count.first < len(self.place.words) else -1
        if first < 0:
            return None
        head = self.items[first]
        mention = party(head)
        inside = count.first >= count.quantity.end or count.whole or count.quantity.implicit
        within = mention is not None and any(w.norm in self.locatives for w in self.place.words[head.i + 1 : head.j])
        if within and count.row is not None and count.row.side != "victim":
            return None
        if head.i <= count.first and mention is not None and inside and (mention.form in OWNING or self.explicit(head)):
            return side(mention.actors)
        return self._following(first + 1)

    def explicit(self, item: Item) -> bool:
        """Whether a group or office names its country itself."""
        return any(not self.place.words[k].kinds.isdisjoint(EXPLICIT) for k in range(item.i + 1, item.j))

    def _following(self, start: int) -> Actor | None:
        """The country right after a counted noun: adjectives and «of» may stand between, and the end of its quotation marks."""
        of, quoted = False, start > 1 and self.items[start - 2].word.norm in QUOTES
        for item in self.items[start : start + OWNER_REACH]:
            mark = item.kind == PUNCT and not (item.word.norm in QUOTES and (of or quoted))
            if item.conj or mark or item.kind in (DATE, TRIGGER, MODAL) or (item.prep and item.prep != self.possessive):
                return None
            if item.kind == FUNCTION:
                if not self.place.role(item.i, "partitive"):
                    return None
                of = True
            elif item.kind == ACTOR and item.mention is not None and (item.mention.form in OWNING | {"capital"} or self.explicit(item)):
                return side(item.mention.actors) if item.mention.actors else None
        return None

    def whole(self, count: Count) -> Actor | None:
        """Whose the whole is that a share or sum is part of: «of its trade», «of Tajikistan's product», «of the land in Syria»."""
        if not self.place.role(count.end, "partitive"):
            return None
        start = self.place.item_of[count.end] + 1
        for m, item in enumerate(self.items[start : start + WHOLE_REACH], start):
            if item.kind in (PUNCT, DATE, MODAL) or item.conj or (item.kind == TRIGGER and item.pos == "verb"):
                return None
            mention = party(item)
            if mention is not None and (mention.form != "group" or self.explicit(item)):
                return side(mention.actors)
            if m == start and item.kind != ACTOR and (encl := self.enclitic(item)):
                return self._owned(m, encl, count)
        return None

    def _owned(self, m: int, encl: str, count: Count) -> Actor | None:
        """Whose thing a pronoun says item m is. Where the measure has its own pronoun («its share of his trade»), the other side."""
        owners = self.named_before(m)
        earlier = self.place.item(count.quantity.start - 1)
        if len(owners) > 1 and earlier is not None and earlier.kind == WORD and self.enclitic(earlier):
            return owners[1]
        if owners:
            return owners[0]
        found = self.discourse.antecedent(encl, m)
        return side(found) if found else None

    def named_before(self, m: int) -> list[Actor]:
        """The states and bodies named before item m in its sentence, nearest first, each once."""
        out: dict[str, Actor] = {}
        for item in reversed(self.items[:m]):
            mention = party(item)
            if mention is not None and mention.form in NAMING and mention.actors[0].code != "UNK":
                out.setdefault(mention.actors[0].code, side(mention.actors))
        return list(out.values())

    def enclitic(self, item: Item) -> str:
        """The pronoun at the end of a word; "" if none is seen."""
        if item.encl or item.word.det:
            return item.encl
        norm = item.word.norm
        return next((e for e in self.enclitics if len(norm) > len(e) + 2 and norm.endswith(e) and self._bound(item.word, e)), "")

    def _bound(self, word: Word, encl: str) -> bool:
        """Whether an ending is a pronoun: one of several letters is; one of one letter where what is left is a word that numbers know."""
        return len(encl) > 1 or any(stem in self.rows.known for stem in self.rows.stems(word) if stem != word.norm)

    def region(self, count: Count) -> Actor | None:
        """A region that an adjective of the counted noun names, or the world after it: «African migrants», «in 25 conflicts worldwide»."""
        words = self.place.words
        start = max(count.end, count.quantity.end) - (1 if count.unit else 0)
        for k in range(start, min(len(words), start + WORLD_REACH)):
            code = self.rows.regions.get(words[k].norm)
            if code is not None and (k == start or code == self.rows.world):
                return Actor(code)
            if not words[k].norm[:1].isalnum():
                return None
        return None

    def possessor(self, count: Count) -> Actor | None:
        """The owner, by nationality, pronoun or genitive, of the noun that the number measures: «Qatari investments worth …»."""
        if not 0 <= count.cue < count.quantity.start or self.place.item_of[count.cue] < 0:
            return None
        at = self.place.item_of[count.cue]
        item, mention = self.items[at], party(self.items[at])
        if mention is not None and mention.form == "thing":
            return side(mention.actors)
        if item.kind != ACTOR and (encl := self.enclitic(item)) and (found := self.discourse.antecedent(encl, at)):
            return side(found)
        following = self.items[at + 1] if at + 1 < len(self.items) else None
        after = party(following)
        if following is None or after is None or following.conj or after.form == "place":
            return None
        given = count.row is not None and count.row.side == "giver"
        return side(after.actors) if not following.prep or (following.prep == self.possessive and not given) else None

    def beside(self, count: Count) -> Actor | None:
        """A state named right before the number: «Pakistan 46 votes»."""
        k = count.quantity.start - 1
        item, mention = self.place.item(k), party(self.place.item(k))
        if item is None or mention is None or mention.form not in ("state", "org") or item.prep or item.conj:
            return None
        m = self.place.item_of[k]
        if self.located(m) or (m and self.items[m - 1].klass in ("prep", "adjunct")):
            return None
        return side(mention.actors)

    def located(self, m: int) -> bool:
        """Whether the name at item m says where: a place name, or a state after «in» (a noun may stand between)."""
        item = self.items[m]
        if item.mention is not None and item.mention.form == "place":
            return True
        if item.prep:
            return item.prep in self.locatives
        for before in reversed(self.items[max(0, m - 3) : m]):
            if before.kind == FUNCTION:
                return before.payload is not None and before.payload.canonical in self.locatives
            if before.prep:
                return before.prep in self.locatives
            if before.kind not in (WORD, ACTOR):
                return False
        return False
