"""A sentence's words as items: names, offices with their holders, groups with their country, triggers, function words.

Order of work: the longest lexicon entry at each word, then noun phrases built over them. Refuses to decide who «his counterpart» or
«the two sides» are: that is `resolve`'s, which sees the whole report.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from rawabit.lexicon.lemma import OBJECT
from rawabit.lexicon.load import Lexicon, Payload, Sense, Word
from rawabit.mention.dates import DateReader
from rawabit.mention.item import ACTOR, DASHES, DATE, FUNCTION, MODAL, NUMBER, PUNCT, QUOTES, TRIGGER, WORD, Item, Mention
from rawabit.model import Actor
from rawabit.text.normalise import Orthography
from rawabit.text.segment import Sentence

NAMING = ("person", "surname", "state", "org", "capital", "seat", "nat", "office", "group", "title", "portfolio", "ref", "place")
UNNAMING = frozenset({"func", "modal", "source", "number", "unit", "portfolio"})
"""Kinds of entries that begin no actor phrase."""
MAXIMAL_CHAIN = 12
"""Elements an office's noun phrase may hold (the longest in the dev reports has 9)."""
BODY_REACH = 4
"""Items between «in» and the name of the body that someone works for."""
MAXIMAL_DATELINE = 14
"""Items before the dash that ends a dateline."""
BEYOND = "-"
"""What the code of a body that is of no one state holds (IGO-EU)."""
MAXIMAL_NAME = 4
"""Words of an unknown name."""


KINDS = {"func": FUNCTION, "modal": MODAL, "source": FUNCTION, "verb": TRIGGER, "noun": TRIGGER, "number": NUMBER}
"""Kinds of items by the kind of their entry; others are words."""


class Element(msgspec.Struct, eq=False):
    """One lexicon entry or bare word in place."""

    i: int
    j: int
    word: Word
    sense: Sense | None
    senses: tuple[Sense, ...]

    def find(self, *kinds: str) -> Sense | None:
        for sense in self.senses:
            if sense.kind in kinds:
                return sense
        return None


def _entries(words: list[Word], i: int) -> Iterator[tuple[int, tuple[Sense, ...]]]:
    """The entries of several words from word i on, the longest first: where each ends and its senses."""
    for tail, senses in words[i].starts.get(words[i + 1].norm, ()) if i + 1 < len(words) else ():
        end = i + 2 + len(tail)
        if end <= len(words) and all(words[i + 2 + k].norm == part for k, part in enumerate(tail)):
            yield end, senses


def _body_begins(words: list[Word], i: int) -> bool:
    """Whether the name, in several words, of a body of several states begins at word i (of one state's the office knows the sector)."""
    bodies = (senses[0].payload for _, senses in _entries(words, i) if senses[0].kind == "org")
    return any(body is not None and BEYOND in body.actor.split(":")[0] for body in bodies)


class Chunker:
    """Turns sentences to items. `names` are the report's own people, by the words that a later mention uses alone."""

    def __init__(self, lexicon: Lexicon, published: date | None, names: dict[str, Payload], dates: DateReader) -> None:
        self.lexicon = lexicon
        self.published, self.names, self.dates = published, names, dates

    def chunk(self, sentence: Sentence) -> list[Item]:
        """The items of a sentence, in order."""
        items = self._phrases(self._elements(sentence), sentence)
        items = _holders_before(_staffed(items, self.lexicon.orthography), self.lexicon.orthography.list_comma)
        return items if sentence.title else items[_dateline(items) :]

    def _elements(self, sentence: Sentence) -> list[Element | Item]:
        words, i = sentence.words, 0
        count = len(words)
        names, begins = self.names, self.dates.begins
        out: list[Element | Item] = []
        while i < count:
            word = words[i]
            dated = self.dates.find(sentence, i) if begins[word] else None
            if dated:
                item = Item(DATE, i, dated[0], word)
                item.date = dated[1]
                out.append(item)
                i = dated[0]
                continue
            if not word.senses and not word.starts and word.number is None:
                known = names and word.bare in names and (word.norm == word.bare or not word.prep)
                out.append(self._known_name(i, word) if known else Element(i, i + 1, word, None, ()))
                i += 1
                continue
            element = self._longest(words, i) if word.starts else Element(i, i + 1, word, word.best, word.senses)
            if element.sense is None and names and word.bare in names:
                element = self._known_name(i, word)
            out.append(element)
            i = element.j
        return out

    def _known_name(self, i: int, word: Word) -> Element:
        sense = Sense("surname", -1, self.names[word.bare], "", (word.conj, word.prep, False, False), "")
        return Element(i, i + 1, word, sense, (sense,))

    def _longest(self, words: list[Word], i: int) -> Element:
        """The longest entry from word i on; of an office the one that leaves its body whole («president of the | World Bank»)."""
        word = words[i]
        for end, senses in _entries(words, i):
            if senses[0].kind != "office" or not _body_begins(words, end - 1):
                return Element(i, end, word, senses[0], senses)
        return Element(i, i + 1, word, word.best, word.senses)

    def _phrases(self, elements: list[Element | Item], sentence: Sentence) -> list[Item]:
        items: list[Item] = []
        k, count = 0, len(elements)
        while k < count:
            element = elements[k]
            if isinstance(element, Item):
                items.append(element)
                k += 1
                continue
            if element.sense is None:
                items.append(_plain(element))
                k += 1
                continue
            found = self._actor(elements, k, items)
            if found:
                items.append(found[0])
                k = found[1]
                continue
            items.append(self._other(element, items))
            k += 1
        return items

    def _other(self, element: Element, items: list[Item]) -> Item:
        sense = element.sense
        assert sense is not None
        if sense.kind == "group" and (verb := element.find("verb")) is not None:
            element = Element(element.i, element.j, element.word, verb, element.senses)
            sense = verb
        kind = KINDS.get(sense.kind, WORD)
        if kind == TRIGGER:
            return _trigger(element, items, self.lexicon.duals)
        item = Item(kind, element.i, element.j, element.word, sense)
        if sense.kind == "source":
            item.pos = "source"
        return item

    def _actor(self, elements: list[Element | Item], k: int, items: list[Item]) -> tuple[Item, int] | None:
        """The actor phrase that begins at element k, and where it ends; None if none does."""
        element = elements[k]
        assert isinstance(element, Element) and element.sense is not None
        kind = element.sense.kind
        if kind == "verb" or kind in UNNAMING:
            return None
        if kind == "noun":
            naming = element.find("office", "group")
            if naming and self._has_owner(elements, k):
                return self._group(elements, k, naming) if naming.kind == "group" else self._office(elements, k, naming)
            return None
        if kind in ("state", "seat", "capital", "org", "person", "surname"):
            return self._named(element), k + 1
        if kind == "office":
            return self._office(elements, k, element.sense)
        if kind == "ref":
            return self._reference(elements, k, element.sense)
        if kind == "group":
            return None if self._acting(element, items) else self._group(elements, k, element.sense)
        if kind == "nat":
            return self._qualified_name(elements, k) or self._nationality(elements, k, items)
        if kind == "place" and element.sense.payload is not None and element.sense.payload.country:
            item = Item(ACTOR, element.i, element.j, element.word, element.sense)
            item.mention = Mention("place", [Actor(element.sense.payload.country)])
            item.mention.payload = element.sense.payload
            return item, k + 1
        if kind == "title":
            following = elements[k + 1] if k + 1 < len(elements) else None
            if isinstance(following, Element) and following.sense and not following.sense.conj:
                found = self._titled(elements, k + 1, items)
                if found:
                    found[0].i, found[0].prep, found[0].conj = element.i, element.sense.prep, element.sense.conj
                return found
        return None

    def _acting(self, element: Element, items: list[Item]) -> bool:
        """«…, accusing X»: whether a word for those who suffer a deed is after a mark the participle of who does it, spelt alike."""
        verb = element.find("verb")
        circumstance = verb is not None and verb.feature[:1] == "A" and verb.feature.endswith("c")
        return circumstance and bool(items) and items[-1].kind == PUNCT

    def _titled(self, elements: list[Element | Item], k: int, items: list[Item]) -> tuple[Item, int] | None:
        """The person or office that a title at the element before k belongs to."""
        element = elements[k]
        assert isinstance(element, Element) and element.sense is not None
        if element.sense.kind in ("person", "surname"):
            return self._named(element), k + 1
        office = element.find("office")
        if office is not None and element.sense.kind in ("office", "title"):
            return self._office(elements, k, office)
        if element.sense.kind == "title":
            return self._actor(elements, k, items)
        return None

    def _has_owner(self, elements: list[Element | Item], k: int) -> bool:
        following = elements[k + 1] if k + 1 < len(elements) else None
        return isinstance(following, Element) and following.sense is not None and following.sense.kind in ("nat", "state", "org")

    def _named(self, element: Element) -> Item:
        """A name that stands for itself."""
        sense = element.sense
        assert sense is not None and sense.payload is not None
        item = Item(ACTOR, element.i, element.j, element.word, sense)
        payload = sense.payload
        if sense.kind in ("person", "surname"):
            actor, role = self.person_at(payload)
            item.mention = Mention("person", [actor], role, actor.sector)
            item.mention.name = (element.i, element.j)
        elif sense.kind == "org":
            item.mention = Mention("org", [Actor.parse(payload.actor)])
            item.mention.plural = payload.actor.startswith("REG-")
            item.mention.gender = "f" if element.word.norm.endswith(self.lexicon.feminine_endings) else ""
        else:
            item.mention = Mention(sense.kind, [Actor(payload.code, "GOV")])
            item.mention.gender = self._gender_of_place(element.word, sense.kind, payload.code)
        item.mention.payload = payload
        item.mention.head = element.word.stems
        return item

    def _gender_of_place(self, head: Word, kind: str, code: str) -> str:
        """The gender of the name of a state, town or seat of power, by its first word."""
        if head.norm.endswith(self.lexicon.feminine_endings):
            return "f"
        if not self.lexicon.orthography.feminine_places or kind == "seat":
            return ""
        return "m" if kind == "state" and code in self.lexicon.masculine_states else "f"

    def person_at(self, payload: Payload) -> tuple[Actor, str]:
        """The person as an actor on the day of publication, and the role then held."""
        day = self.published.isoformat() if self.published else "9999"
        offices = payload.offices
        if not offices:
            return Actor(payload.code, payload.sector, payload.english), payload.role
        current = [o for o in offices if (o[2] or "")[:10] <= day and (o[3] is None or _last_day(o[3]) >= day)]
        if current:
            role, sector = current[-1][0], current[-1][1]
        elif all(o[3] is not None and _last_day(o[3]) < day for o in offices):
            role, sector = f"former {offices[-1][0]}", "ELI" if offices[-1][1] in ("GOV", "LEG", "MIL") else offices[-1][1]
        else:
            role, sector = offices[0][0], offices[0][1]
        return Actor(payload.code, sector, payload.english), role

    def _office(self, elements: list[Element | Item], k: int, sense: Sense) -> tuple[Item, int]:
        """An office with its portfolio, country and holder: «the Russian foreign minister, Sergei Lavrov»."""
        head = elements[k]
        assert isinstance(head, Element) and sense.payload is not None
        item = Item(ACTOR, head.i, head.j, head.word, sense)
        mention = item.mention = Mention("office", [], sense.payload.role, sense.payload.sector)
        mention.head = head.word.stems
        _number(mention, sense.feature, head.word, self.lexicon.feminine_endings)
        end = _OfficeChain(self, elements, item, mention, sense).run(k + 1)
        if mention.actors and mention.name is None:
            end = self._more_owners(elements, end, mention)
        item.j = elements[end - 1].j
        return item, end

    def _more_owners(self, elements: list[Element | Item], k: int, mention: Mention) -> int:
        """Takes in the further nationalities of «the foreign ministers, the Russian and the Turkish»; where the phrase ends."""
        while k < len(elements):
            element = elements[k]
            sense = element.find("nat") if isinstance(element, Element) and element.sense else None
            following = elements[k + 1] if k + 1 < len(elements) else None
            name = following.find("person", "surname") if isinstance(following, Element) and following.sense else None
            if sense is None or not (sense.det and sense.conj) or name is not None:
                break
            assert sense.payload is not None
            mention.actors = [*mention.actors, Actor(sense.payload.code, mention.actors[0].sector)]
            k += 1
        return k

    def _reference(self, elements: list[Element | Item], k: int, sense: Sense) -> tuple[Item, int]:
        """A pointing word; one that stands for an office («his counterpart») takes country and name like an office."""
        head = elements[k]
        assert isinstance(head, Element) and sense.payload is not None
        item = Item(ACTOR, head.i, head.j, head.word, sense)
        mention = item.mention = Mention("ref", [], sense.payload.kind, "GOV")
        mention.payload, mention.head = sense.payload, head.word.stems
        end = k + 1
        if sense.payload.kind == "counterpart":
            mention.form, mention.role = "office", "counterpart"
            end = _OfficeChain(self, elements, item, mention, sense).run(k + 1)
        elif sense.payload.kind in ("pair", "leaders"):
            owners = self._nationalities(elements, end)
            if len(owners) > 1 or (owners and owners[0].feature[1:2] in ("d", "p")):
                mention.form, mention.plural = "group", True
                mention.actors = [Actor(owner.payload.code, "GOV") for owner in owners if owner.payload is not None]
                end += len(owners)
        item.j = elements[end - 1].j
        return item, end

    def _nationalities(self, elements: list[Element | Item], k: int) -> list[Sense]:
        """The nationalities that follow a noun as its adjectives: «the two presidents, the Russian and the Chinese»."""
        found: list[Sense] = []
        for element in elements[k:]:
            sense = element.find("nat") if isinstance(element, Element) and element.sense else None
            if sense is None or not sense.det or sense.prep or bool(sense.conj) != bool(found):
                break
            found.append(sense)
        return found

    def _group(self, elements: list[Element | Item], k: int, sense: Sense) -> tuple[Item, int]:
        """A collective noun with what says whose it is: nationality, state, or organisation."""
        head = elements[k]
        assert isinstance(head, Element) and sense.payload is not None
        item = Item(ACTOR, head.i, head.j, head.word, sense)
        mention = item.mention = Mention("group", [], "", sense.payload.sector)
        mention.head, mention.payload = head.word.stems, sense.payload
        _number(mention, sense.feature, head.word, self.lexicon.feminine_endings)
        end, k = k + 1, k + 1
        adjectives = 0
        while k < len(elements) and k - end < 3:
            element = elements[k]
            if not isinstance(element, Element):
                break
            owner = element.find("nat", "state", "org", "seat", "capital") if element.sense else None
            if owner and owner.prep in ("", self.lexicon.orthography.possessive) and not owner.conj:
                if owner.kind == "nat" or not owner.det:
                    self._own(mention, owner)
                    end = k + 1
                break
            group = element.find("group", "portfolio") if element.sense else None
            if group and not group.conj and not group.prep and not group.encl and (group.det or group.kind == "portfolio"):
                if group.payload and group.payload.sector not in ("", "GOV"):
                    mention.sector = group.payload.sector
                k += 1
                end = k
                continue
            quoted = _quoted_name(self, elements, k)
            if quoted:
                k += quoted
                continue
            if element.sense is None and element.word.det and not element.word.conj and adjectives < 2 and element.word.norm[:1].isalpha():
                adjectives += 1
                k += 1
                continue
            break
        item.j = elements[end - 1].j
        return item, end

    def _own(self, mention: Mention, owner: Sense) -> None:
        payload = owner.payload
        assert payload is not None
        if owner.kind == "org":
            actor = Actor.parse(payload.actor)
            sector = mention.sector if actor.code[:4] not in ("IGO-", "IMG-", "REG-") else actor.sector
            mention.actors = [Actor(actor.code, actor.sector or sector, actor.name)]
        else:
            mention.actors = [Actor(payload.code, mention.sector)]

    def _qualified_name(self, elements: list[Element | Item], k: int) -> tuple[Item, int] | None:
        """«The Uzbek Shavkat Mirziyoyev»: a person known to be of the nationality before the name."""
        element, following = elements[k], elements[k + 1] if k + 1 < len(elements) else None
        if not isinstance(element, Element) or not isinstance(following, Element) or element.sense is None or following.sense is None:
            return None
        nationality, name = element.sense, following.sense
        if not nationality.det or name.kind not in ("person", "surname") or name.conj or name.prep or name.payload is None:
            return None
        if nationality.payload is None or nationality.payload.code != name.payload.code:
            return None
        item = self._named(following)
        item.i, item.prep, item.conj = element.i, nationality.prep, nationality.conj
        return item, k + 2

    def _nationality(self, elements: list[Element | Item], k: int, items: list[Item]) -> tuple[Item, int]:
        """A nationality: with the noun before it a thing of that country, alone its people."""
        element = elements[k]
        assert isinstance(element, Element) and element.sense is not None and element.sense.payload is not None
        sense = element.sense
        item = Item(ACTOR, element.i, element.j, element.word, sense)
        payload = sense.payload
        assert payload is not None
        mention = item.mention = Mention("nat", [Actor(payload.code, "")])
        _number(mention, sense.feature, element.word, self.lexicon.feminine_endings)
        before = items[-1] if items else None
        if before and before.j == element.i and not sense.conj and not sense.prep:
            if before.kind == WORD and before.payload is None and (before.det == sense.det or not before.det):
                capital = not self.lexicon.capital_nouns.isdisjoint(before.word.stems)
                mention.form, item.i, item.prep, item.conj = "capital" if capital else "thing", before.i, before.prep, before.conj
                mention.head = before.word.stems
                items.pop()
            elif before.kind == ACTOR and before.mention and before.mention.form == "thing" and sense.det:
                before.mention.actors.append(Actor(payload.code, ""))
                before.j = element.j
                return items.pop(), k + 1
            elif before.kind == TRIGGER or (before.kind == ACTOR and before.mention and not before.mention.actors):
                mention.form = "adjective"
        elif not sense.conj:
            mention.sector = "CVL"
        if mention.form == "nat" and mention.plural:
            mention.actors = [Actor(payload.code, "CVL")]
        return item, k + 1


class _OfficeChain:
    """Walks what follows the head of an office and fills the mention."""

    def __init__(self, chunker: Chunker, elements: list[Element | Item], item: Item, mention: Mention, sense: Sense) -> None:
        self.chunker, self.elements, self.item, self.mention = chunker, elements, item, mention
        self.code: Actor | None = None
        self.definite = sense.det or bool(sense.encl)
        self.closed = self.definite
        self.pending = 0

    def run(self, k: int) -> int:
        """The index after the last element of the phrase that begins before k."""
        elements, end, start = self.elements, k, k
        while k < len(elements) and k - start < MAXIMAL_CHAIN:
            element = elements[k]
            if not isinstance(element, Element):
                break
            step = self._step(element, k)
            if step == 0:
                break
            k += abs(step)
            if step > 0:
                end = k
            if self.mention.name:
                break
        self._finish()
        return end

    def _step(self, element: Element, k: int) -> int:
        """How many elements are taken: positive if they belong for sure, negative if only with what follows, 0 to stop."""
        sense = element.sense
        if sense is None:
            return self._unknown(element, k)
        if sense.conj:
            return 0
        kind = sense.kind
        if (
            kind == "func"
            and self.code is None
            and self.closed
            and sense.payload is not None
            and (sense.payload.canonical in self.chunker.lexicon.orthography.locatives)
        ):
            return -1
        if kind in ("person", "surname"):
            if sense.prep:
                return 0
            self._name(element, sense)
            return 1
        if sense.prep and sense.prep != self.chunker.lexicon.orthography.possessive:
            return 0
        if kind in ("portfolio", "office", "group", "title"):
            portfolio = element.find("portfolio")
            return self._inner(portfolio, "portfolio") if portfolio else self._inner(sense, kind) if kind != "title" else -1
        naming = element.find("nat", "state", "org", "seat", "capital")
        if naming:
            return self._owner(naming)
        portfolio = element.find("portfolio", "group") if kind in ("noun", "func") else None
        return self._inner(portfolio, portfolio.kind) if portfolio and not portfolio.prep else 0

    def _inner(self, sense: Sense, kind: str) -> int:
        payload = sense.payload
        assert payload is not None
        if kind == "office" and self.code is not None:
            return 0
        if self.mention.plural and kind == "office" and not self.closed and sense.det:
            return 0
        if kind == "portfolio":
            self.mention.role = f"{payload.english} {self.mention.role}"
        elif kind == "group":
            if payload.sector and payload.sector != "GOV" and self.code is None:
                self.mention.sector = payload.sector
        else:
            self.mention.role = f"{self.mention.role} {payload.role}".strip()
        self.closed = self.closed or sense.det or kind == "portfolio"
        return 1

    def _owner(self, sense: Sense) -> int:
        payload = sense.payload
        assert payload is not None
        if self.code is not None:
            return 1 if sense.prep and sense.kind != "org" else 0
        if sense.kind == "org":
            actor = Actor.parse(payload.actor)
            igo = actor.code[:4] in ("IGO-", "IMG-", "REG-", "NGO-", "MNC-")
            self.code = Actor(actor.code, actor.sector or ("" if igo else self.mention.sector), actor.name)
        else:
            self.code = Actor(payload.code, self.mention.sector)
        if sense.kind != "nat" or sense.det:
            self.closed = True
        return 1

    def _unknown(self, element: Element, k: int) -> int:
        """A bare word: an adjective of the office, a comma before a name, or the first word of an unknown name."""
        word, lexicon = element.word, self.chunker.lexicon
        quoted = _quoted_name(self.chunker, self.elements, k)
        if quoted:
            return -quoted
        if not word.norm[:1].isalpha():
            if not (self.closed and word.norm and word.norm in lexicon.orthography.list_comma):
                return 0
            following = self.elements[k + 1] if k + 1 < len(self.elements) else None
            if isinstance(following, Element) and following.sense and following.sense.kind in ("person", "surname", "title"):
                return -1
            taken = self._unknown_name(k + 1)
            after = self.elements[k + 1 + taken] if k + 1 + taken < len(self.elements) else None
            if taken and isinstance(after, Element) and after.word.norm in lexicon.orthography.list_comma:
                self._take_name(k + 1, taken)
                return 1 + taken
            return 0
        if word.norm in lexicon.former:
            self.mention.role = f"former {self.mention.role}"
            self.mention.sector = "ELI"
            if self.code is not None:
                self.code = Actor(self.code.code, "ELI", self.code.name)
            return 1
        if word.norm in lexicon.office_links:
            return -1
        if self.closed:
            taken = self._unknown_name(k)
            if taken:
                self._take_name(k, taken)
                return taken
        if word.det and not word.conj and not word.prep and self.pending < 2:
            self.pending += 1
            return -1
        return 0

    def _unknown_name(self, k: int) -> int:
        """How many elements from k on look like the name of someone whom the lexicon does not know."""
        particles, taken = self.chunker.lexicon.name_particles, 0
        while k + taken < len(self.elements) and taken < MAXIMAL_NAME:
            element = self.elements[k + taken]
            if not isinstance(element, Element) or element.j - element.i > 1:
                break
            word = element.word
            known = element.sense is not None and word.norm not in particles
            if known or word.common or len(word.norm) < 3 or not word.norm.isalpha() or (word.det and not taken):
                break
            taken += 1
        return taken

    def _take_name(self, k: int, taken: int) -> None:
        first, last = self.elements[k], self.elements[k + taken - 1]
        self.mention.name = (first.i, last.j)
        self.mention.unknown_name = True

    def _name(self, element: Element, sense: Sense) -> None:
        payload = sense.payload
        assert payload is not None
        actor, role = self.chunker.person_at(payload)
        self.mention.name = (element.i, element.j)
        self.mention.form, self.mention.payload = "person", payload
        sector = actor.sector if self.code is None or actor.sector else self.code.sector
        self.mention.actors = [Actor(actor.code, sector, actor.name)]
        if self.mention.role in ("", "counterpart") and role:
            self.mention.role = role

    def _finish(self) -> None:
        if not self.mention.actors and self.code is not None:
            self.mention.actors = [self.code]


def _plain(element: Element) -> Item:
    """A word that no entry covers: number, punctuation, or a noun that a nationality may follow."""
    word = element.word
    return Item(NUMBER if word.number is not None else PUNCT if word.mark else WORD, element.i, element.j, word)


def _quoted_name(chunker: Chunker, elements: list[Element | Item], k: int) -> int:
    """How many elements a short quoted name at k takes, marks included; 0 if none stands there."""
    first = elements[k]
    pairs = dict(chunker.lexicon.orthography.quotes)
    partner = pairs.get(first.word.norm) if isinstance(first, Element) else None
    if partner is None:
        return 0
    for n in range(k + 1, min(len(elements), k + MAXIMAL_NAME + 2)):
        if elements[n].word.norm == partner:
            return n - k + 1
    return 0


def _staffed(items: list[Item], writing: Orthography) -> list[Item]:
    """«An official in the Foreign Ministry», «sergeant in the US Army»: who is of nobody yet is of the body after the preposition."""
    out: list[Item] = []
    k, count = 0, len(items)
    while k < count:
        item = items[k]
        out.append(item)
        k += 1
        mention = item.mention
        if (
            item.kind != ACTOR
            or mention is None
            or mention.actors
            or mention.form not in ("group", "office")
            or mention.role == "counterpart"
        ):
            continue
        m = k + (k + 2 < count and _plain_adjective(items[k]) and items[k + 1].governs)
        link = items[m].payload if m + 1 < count and items[m].kind == FUNCTION else None
        linked = link is not None and link.canonical in writing.locatives
        n = _body(items, m + 1) if linked else k
        body = items[n] if n < count else None
        if body is None or body.kind != ACTOR or body.mention is None or not body.mention.actors or body.conj:
            continue
        if body.mention.form not in (("org",) if n > m + 1 else ("group", "org", "state")):
            continue
        if bool(body.prep) if linked else body.prep not in (*writing.locatives, writing.possessive):
            continue
        owner = body.mention.actors[0]
        sector = owner.sector if body.mention.form == "group" and mention.sector in ("", "GOV") else mention.sector
        mention.actors = [Actor(owner.code, owner.sector if body.mention.form == "org" else sector)]
        item.j = body.j
        k = n + 1
    return out


def _plain_adjective(item: Item) -> bool:
    """Whether an item may be the adjective of an indefinite noun before it («a senior official»)."""
    return item.kind == WORD and not (item.det or item.prep or item.conj)


def _body(items: list[Item], k: int) -> int:
    """The item of the body that a phrase from item k on names, over bare nouns and a quotation mark («in the office of the agency «X»»)."""
    n = k
    while n < min(len(items), k + BODY_REACH) and (
        (items[n].kind == WORD and not items[n].prep and not items[n].conj) or (items[n].kind == PUNCT and items[n].word.norm in QUOTES)
    ):
        n += 1
    return n


def _holders_before(items: list[Item], commas: str) -> list[Item]:
    """An unknown name before its office («…, Tal Rosner, the spokesman of …», «said Tal Rosner the spokesman of …») becomes that
    office's holder."""
    out: list[Item] = []
    for item in items:
        mention = item.mention
        if mention is None or mention.form != "office" or mention.name is not None or not mention.actors or item.prep or item.conj:
            out.append(item)
            continue
        end = len(out) - (bool(out) and out[-1].kind == PUNCT and out[-1].word.norm in commas)
        taken = _name_before(out, end)
        if taken and (end < len(out) or (item.word.det and taken < end and out[end - taken - 1].pos == "verb")):
            first, last = out[end - taken], out[end - 1]
            holder = Item(ACTOR, first.i, last.j, first.word)
            holder.mention = Mention("office", list(mention.actors), mention.role, mention.sector)
            holder.mention.name, holder.mention.unknown_name = (first.i, last.j), True
            out[end - taken : end] = [holder]
        out.append(item)
    return out


def _name_before(items: list[Item], end: int) -> int:
    """How many words of an unknown name stand right before item `end`."""
    taken = 0
    while taken < min(MAXIMAL_NAME, end):
        item = items[end - taken - 1]
        word = item.word
        if item.kind != WORD or item.payload is not None or word.common or len(word.norm) < 3 or not word.norm.isalpha() or item.prep:
            break
        taken += 1
    return taken if taken > 1 else 0


def _dateline(items: list[Item]) -> int:
    """How many items at the start of a sentence are a dateline: places, commas and an agency in brackets, then a dash."""
    for k, item in enumerate(items[:MAXIMAL_DATELINE]):
        if item.kind in (TRIGGER, FUNCTION, MODAL):
            return 0
        if item.kind == PUNCT and item.word.norm in DASHES:
            while k < len(items) and items[k].kind == PUNCT and items[k].word.norm in DASHES:
                k += 1
            return k
    return 0


def _trigger(element: Element, items: list[Item], duals: tuple[str, ...]) -> Item:
    """A word that names a deed or a saying: as a verb or as a noun, by what stands before it."""
    sense = element.sense
    assert sense is not None
    verb, noun = (element.find("verb"), element.find("noun")) if len(element.senses) > 1 else (None, None)
    if verb and noun:
        before = items[-1] if items else None
        free = (
            before is None
            or before.kind in (PUNCT, ACTOR, DATE, MODAL)
            or (
                before.kind == FUNCTION
                and before.payload is not None
                and before.payload.klass in ("comp", "rel", "sub", "neg", "aux", "and", "neg-ambiguous")
            )
        )
        sense = verb if (free or verb.conj) and not noun.det and not noun.prep and not _told(items) else noun
        if sense is verb and noun.encl and not verb.encl:
            sense = noun
    if sense.kind == "verb" and sense.feature[:1] == "P" and sense.feature[2:3] == "d" and not _two_before(items, duals):
        noun = element.find("noun")
        if noun is None:
            return _plain(element)
        sense = noun
    item = Item(TRIGGER, element.i, element.j, element.word, sense)
    item.pos = "noun" if sense.kind == "noun" else "participle" if sense.feature.startswith("A") else "verb"
    item.frames, item.ties = sense.frames, sense.ties
    return item


def _told(items: list[Item]) -> bool:
    """Whether the object of a verb of saying comes next: its subject, and at most dates and commas, stand between."""
    for item in reversed(items):
        if item.pos == "verb":
            use = item.lemma.report if item.lemma is not None else None
            return use is not None and OBJECT in use.complement
        if item.kind not in (ACTOR, DATE, PUNCT):
            break
    return False


def _two_before(items: list[Item], duals: tuple[str, ...]) -> bool:
    """Whether a dual or two joined by «and» stand before what follows: a dual verb is spelt like an accusative noun."""
    before = next((item for item in reversed(items) if item.klass != "aux"), None)
    if before is None:
        return False
    mention = before.mention
    pair = mention is not None and (mention.dual or mention.plural or len(mention.actors) > 1)
    return pair or before.conj or before.word.norm.endswith(duals)


def _number(mention: Mention, feature: str, head: Word, feminine: tuple[str, ...]) -> None:
    """Number and gender of a noun; the gender of a plural is known by its ending alone."""
    mention.dual = "d" in feature[1:2]
    mention.plural = "p" in feature[1:2] or mention.dual
    mention.gender = "f" if feature.endswith("f") or head.norm.endswith(feminine) else "" if mention.plural else "m"


def _last_day(text: str) -> str:
    return text if len(text) > 7 else f"{text}-12-31" if len(text) == 4 else f"{text}-31"
