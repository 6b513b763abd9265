"""Who is meant: «his counterpart», «the two sides», «his country», «the minister», a group whose country the text leaves out.

Works through the report in order and remembers who was named. Leaves a mention without actors where nothing named before fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from rawabit.lexicon.load import Lexicon, Payload
from rawabit.mention.item import PUNCT, TRIGGER, WORD, Item, Mention
from rawabit.model import Actor
from rawabit.model.reading import BODIES, SYMMETRIC

AT_THE_SCENE = frozenset({"CVL", "REF", "UAF", "REB", "PRM", "LAB", "MED", "CRM", "EDU", "OPP", "REL", "SOC"})
"""Sectors of people who are where things happen rather than of the state last spoken of."""
PRESS = "JRN"
"""The sector of news agencies and outlets."""
SPEAKERS = 3
"""How many speakers back a verb without a subject may go on from."""
APPOSITION_REACH = 5
"""Words between an office and the name of its holder."""
SCENE_REACH = 7
"""Items after a group among which stands where it is."""
REACH = 40
"""How many earlier mentions a pointing word may look back over."""


class Told(NamedTuple):
    """Who did a deed and to whom."""

    actors: list[Actor]
    recipients: list[Actor]
    doers: frozenset[str]
    others: frozenset[str]

    def has(self, doers: frozenset[str], others: frozenset[str], together: bool) -> bool:
        """Whether its parties are those with these codes, on these sides or `together`."""
        return doers | others == self.doers | self.others if together else (doers, others) == (self.doers, self.others)


class Discourse:
    """Who has been named so far, and who were the parties of the last deed of each type that the grammar alone could tell."""

    def __init__(self, lexicon: Lexicon, named_most: Sequence[str] = ()) -> None:
        """`named_most`: the codes of a report, the one named most first."""
        self._lexicon, self._named_most = lexicon, named_most
        self.named: list[tuple[Actor, Mention]] = []
        self.marks: list[int] = []
        self._items: list[Item] = []
        self.subject: list[Actor] = []
        self.speaker: list[Actor] = []
        self.speakers: list[list[Actor]] = []
        self.told: dict[str, Told] = {}
        self.met: frozenset[str] = frozenset()
        self.heads: dict[str, list[Actor]] = {}
        self.home: str | None = None
        self.scene: str | None = None

    def resolve(self, items: list[Item]) -> None:
        """Fills the actors of every mention of a sentence, in order, and remembers them."""
        previous: Item | None = None
        self._items = items
        office: tuple[int, Mention] | None = None
        self.marks = []
        for item in items:
            self.marks.append(len(self.named))
            mention = item.mention
            if mention is not None:
                if not mention.actors:
                    mention.actors = self._find(item, mention, _says(previous))
                    mention.guessed = True
                elif mention.form == "office" and mention.name is None:
                    self._holder(mention)
                if (
                    mention.form == "person"
                    and office is not None
                    and item.i - office[0] <= APPOSITION_REACH
                    and not item.prep
                    and not item.conj
                ):
                    self._apposition(office[1], mention)
                office = (item.j, mention) if mention.form == "office" and mention.name is None else None
                mention.located = mention.form in ("state", "capital", "place") and bool(mention.actors) and self._at(item, previous)
                self.note(mention)
                if mention.located:
                    self.scene = mention.actors[0].code
            previous = item

    def _at(self, item: Item, previous: Item | None) -> bool:
        """Whether a place name says where something happens."""
        locatives = self._lexicon.orthography.locatives
        if item.prep:
            return item.prep in locatives
        return previous is not None and not previous.encl and previous.payload is not None and previous.payload.canonical in locatives

    def note(self, mention: Mention) -> None:
        """Remembers who was named."""
        if mention.form in ("adjective",):
            return
        if mention.form == "place" and mention.actors and self.scene is None:
            self.scene = mention.actors[0].code
        self.named.extend((actor, mention) for actor in mention.actors if actor.code != "UNK")

    def _apposition(self, before: Mention, person: Mention) -> None:
        """An office shortly before its holder is that person, unless the text gave it another country."""
        if not before.actors or before.guessed or before.actors[0].code == person.actors[0].code:
            before.actors = list(person.actors)

    def _holder(self, mention: Mention) -> None:
        """An office with a country whose holder was named before stands for that person."""
        code = mention.actors[0].code
        for actor, other in self._back():
            if (
                other.form in ("person", "office")
                and actor.name
                and actor.code == code
                and _same_role(mention.role, other.role)
                and not mention.plural
            ):
                mention.actors = [actor]
                return

    def _back(self) -> Iterable[tuple[Actor, Mention]]:
        return reversed(self.named[-REACH:])

    def _find(self, item: Item, mention: Mention, says: bool) -> list[Actor]:
        if mention.form == "ref":
            return self._pointed(item, mention)
        if mention.form not in ("office", "group"):
            return []
        found = self._office(item, mention) if mention.form == "office" else self._group(item, mention)
        return self._goes_on(item, mention) or found if says and item.word.det and found else found

    def _goes_on(self, item: Item, mention: Mention) -> list[Actor]:
        """Who is told to say more: the last to speak, if one of the office or the name that the word says was named of theirs."""
        for actor, other in self._back():
            told = bool(self.speaker) and actor.code == self.speaker[0].code and not mention.plural
            same = _same_role(mention.role, other.role) if mention.form == "office" else not other.head.isdisjoint(mention.head)
            if told and same and other is not mention:
                return [actor]
        return []

    def _pointed(self, item: Item, mention: Mention) -> list[Actor]:
        payload = mention.payload
        kind = mention.role
        if kind == "pair":
            return [Actor(actor.code, "GOV") for actor in self.pair()]
        if kind == "leaders":
            return self.pair(people=True) or self.pair()
        if kind == "own":
            return [Actor(a.code, "GOV") for a in (self._owner(item) or self.subject or self.speaker)[:1]]
        if kind == "region":
            return next(([a] for a, _ in self._back() if a.code.startswith("REG-")), [])
        if kind == "state":
            told = {a.code for a in self._owner(item)}
            return next(([Actor(a.code, "GOV")] for a, _ in self._back() if len(a.code) == 3 and a.code not in told), [])
        if kind == "designation" and payload is not None:
            code = self._designated(payload)
            return [Actor(code, "" if "-" in code else "GOV")] if code else []
        return []

    def _designated(self, payload: Payload) -> str | None:
        """The one of those that a designation may mean: the last spoken of, the one that the scene tells, else the likeliest; of those
        that hang on the scene, none where the report names no state of such a scene."""
        codes, scenes = payload.codes, payload.data
        spoken = next((a.code for a, _ in self._back() if a.code in codes), None)
        if spoken or not scenes:
            return spoken or codes[0]
        return next((scenes[code] for code in (self.scene or "", *self._named_most) if code in scenes), None)

    def _owner(self, item: Item) -> list[Actor]:
        """Whose country «his country» is: of the last person or state named in the same sentence as subject."""
        for other in reversed(self._items[: self._items.index(item)]):
            mention = other.mention
            if (
                mention is not None
                and mention.actors
                and not other.prep
                and mention.form in ("person", "office", "state", "capital", "seat")
            ):
                return mention.actors
        return []

    def pair(self, people: bool = False) -> list[Actor]:
        """Those two who met last, if they are still spoken of; else the last two of different countries: those named in the same sentence
        before any others."""
        if self.met and not people and self.met <= {actor.code for actor, _ in self.named[-REACH:]}:
            return [Actor(code, "GOV") for code in sorted(self.met)]
        found: list[Actor] = []
        for actor, mention in self._back():
            if people and self.met and actor.code not in self.met:
                continue
            if people and not (actor.name and mention.form in ("person", "office")):
                continue
            if (mention.form in ("thing", "nat") and not people) or (mention.located and mention.form != "state"):
                continue
            if actor.code.startswith(("REG-", "IGO-", "NGO-")) or any(a.code == actor.code for a in found):
                continue
            if not people and actor.sector not in ("GOV", "MIL", "LEG", ""):
                continue
            found.append(actor)
            if len(found) == 2:
                return found[::-1]
        return []

    def _office(self, item: Item, mention: Mention) -> list[Actor]:
        """A bare office: the last person named who held one of that name, else that office of the state spoken of."""
        if mention.role == "counterpart":
            return []
        if mention.plural and mention.dual:
            return self.pair(people=True)
        if mention.unknown_name:
            return [Actor(self.country() or "UNK", mention.sector)]
        if not item.word.det and not item.encl and not mention.role.count(" "):
            return []
        for actor, other in self._back():
            if other.form in ("person", "office") and actor.name and not mention.plural and _same_role(mention.role, other.role):
                return [actor]
        for actor, other in self._back():
            if other.form == "office" and not other.guessed and not mention.plural and _same_role(mention.role, other.role):
                return [actor]
        code = self.country()
        return [Actor(code, mention.sector)] if code else []

    def _group(self, item: Item, mention: Mention) -> list[Actor]:
        """A group whose country the text leaves out: the body of that name told of before, else the subject's, the scene's, the state's."""
        if item.det:
            for actor, other in self._back():
                if (
                    other is not mention
                    and other.head
                    and actor.code != "UNK"
                    and not other.head.isdisjoint(mention.head)
                    and (other.form in ("org", "group"))
                ):
                    return [actor]
        if item.encl:
            owner = self._owner(item) or self.subject
            return [Actor(owner[0].code, mention.sector)] if owner else []
        if not item.det and mention.plural and mention.sector == "GOV":
            return []
        scene = (self._scene_ahead(item) or self.scene) if mention.sector in AT_THE_SCENE else None
        code = scene or self.country()
        return [Actor(code, mention.sector)] if code else []

    def _scene_ahead(self, item: Item) -> str | None:
        """«The fighters in the north of X»: the state that the words after a group say it is in."""
        k = self._items.index(item)
        for before, other in pairwise(self._items[k : k + SCENE_REACH]):
            mention = other.mention
            if other.kind == PUNCT or (other.kind == TRIGGER and other.pos == "verb"):
                break
            placed = mention is not None and mention.form in ("state", "capital", "place") and bool(mention.actors)
            if mention is not None and placed and (before.kind == WORD or self._at(other, before)):
                return mention.actors[0].code
        return None

    def tells(self, kind: str, actors: list[Actor], recipients: list[Actor]) -> None:
        """Remembers the parties of a deed of a type where there are two."""
        doers, others = frozenset([a.code for a in actors]), frozenset([a.code for a in recipients])
        if len(doers | others) > 1:
            self.told[kind] = Told(actors, recipients, doers, others)
        if kind in SYMMETRIC and len(doers | others) == 2 and not any(code.startswith(BODIES) for code in doers | others):
            self.met = doers | others

    def speaks(self, actors: list[Actor]) -> None:
        """Remembers who spoke last."""
        self.speaker = list(actors)
        self.subject = list(actors)
        self.speakers.append(self.speaker)

    def heads_of(self, words: Iterable[str], actors: list[Actor]) -> None:
        """Remembers who is meant when one of the words that named a speaker comes back alone («the office»)."""
        self.heads.update(dict.fromkeys(words, actors))

    def last_speaker(self, gender: str) -> list[Actor]:
        """Who goes on speaking: a masculine verb is not said of an agency while a person spoke before it."""
        if gender == "m":
            for actors in reversed(self.speakers[-SPEAKERS:]):
                if actors and actors[0].sector != PRESS:
                    return list(actors)
        return list(self.speaker or self.subject)

    def country(self) -> str | None:
        """The state last spoken of, in this sentence before earlier ones; that of a news agency is not spoken of."""
        for actor, mention in self._back():
            if len(actor.code) == 3 and mention.form != "thing" and actor.sector != PRESS:
                return actor.code
        return self.home

    def antecedent(self, encl: str, k: int, exclude: frozenset[str] = frozenset()) -> list[Actor]:
        """Whom the enclitic pronoun of item k means: the last one named before it, of fitting number, who is not excluded."""
        feature = self._lexicon.orthography.enclitic_features.get(encl, "")
        if feature.startswith("d"):
            return self.pair()
        visible = self.marks[k]
        for actor, mention in reversed(self.named[max(0, visible - REACH) : visible]):
            if actor.code in exclude or mention.form in ("thing", "adjective", "place"):
                continue
            person = bool(actor.name) and mention.form in ("person", "office")
            if feature == "sm" and (mention.gender == "f" or (not person and mention.form in ("state", "capital"))):
                continue
            if feature == "sf" and person and mention.gender != "f" and mention.form == "person":
                continue
            if feature == "pm" and not mention.plural and person:
                continue
            return [actor]
        return []


def _says(item: Item | None) -> bool:
    """Whether an item is a verb of saying."""
    return item is not None and item.pos == "verb" and item.lemma is not None and item.lemma.report is not None


def _same_role(first: str, second: str) -> bool:
    """Whether a later, shorter mention of an office can be the earlier one."""
    if not first or not second:
        return False
    return first == second or second.endswith(f" {first}") or first.endswith(f" {second}")
