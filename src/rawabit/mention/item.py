"""The units that the record grammars walk over: a sentence is a list of items in order."""
from __future__ import annotations

from rawabit.lexicon.lemma import Frames, Lemma
from rawabit.lexicon.load import NO_FRAMES, Payload, Sense, Word
from rawabit.model import Actor, DateRange

ACTOR, TRIGGER, FUNCTION, MODAL, DATE, NUMBER, PUNCT, WORD = "A", "T", "F", "M", "D", "Q", "P", "W"

QUOTES = '"«»“”„'
DASHES = "-–—"
"""What marks of kind PUNCT may be, in any script."""


class Item:
    """Tokens `i` to `j` (exclusive) of a sentence taken as one unit. `klass` is the grammatical class of a function word, "" of others."""

    __slots__ = ("conj", "date", "det", "encl", "feature", "frames", "fut", "i", "j", "kind", "klass", "lemma", "mention", "payload",
                 "pos", "prep", "ties", "word")

    def __init__(self, kind: str, i: int, j: int, word: Word, sense: Sense | None = None) -> None:
        self.kind, self.i, self.j, self.word = kind, i, j, word
        self.payload: Payload | None = sense.payload if sense else None
        self.lemma: Lemma | None = sense.lemma if sense else None
        self.klass = sense.klass if sense else ""
        self.feature = sense.feature if sense else ""
        self.prep = sense.prep if sense else word.prep
        self.conj = sense.conj if sense else word.conj
        self.det = sense.det if sense else word.det
        self.encl = sense.encl if sense else ""
        self.fut = sense.fut if sense else False
        self.pos = ""
        self.frames: Frames = NO_FRAMES
        self.ties: Frames = NO_FRAMES
        self.mention: Mention | None = None
        self.date: DateRange | None = None

    @property
    def citation(self) -> str:
        """What the item is, without its inflection: of a word for a deed its part of speech and lexeme, of a party how it is named, of a
        word of grammar its class, of any other word itself without the article."""
        if self.kind == TRIGGER:
            return f"{self.pos} {self.frames[0].key if self.frames else self.word.norm}"
        if self.mention is not None:
            return f"{self.kind} {self.mention.form}"
        if self.klass or self.kind not in (WORD, PUNCT):
            return self.klass or self.kind
        return self.word.bare or self.word.norm

    @property
    def governs(self) -> bool:
        """Whether it is a preposition whose noun follows: one with a pronoun («on it») has its own."""
        return self.klass == "prep" and not self.encl


class Mention:
    """Someone or something that may act. `form` is how it was named; `actors` is empty until it is known who is meant.

    form: state, capital, seat, org, person, office, group, nat (nationality used alone), thing (a noun with a nationality), ref (a
    pointing word)
    """

    __slots__ = ("actors", "dual", "form", "gender", "guessed", "head", "located", "name", "payload", "plural", "role", "sector",
                 "unknown_name")

    def __init__(self, form: str, actors: list[Actor], role: str = "", sector: str = "") -> None:
        self.form, self.actors, self.role, self.sector = form, actors, role, sector
        self.name: tuple[int, int] | None = None
        self.unknown_name = self.guessed = self.located = False
        self.dual = self.plural = False
        self.gender = ""
        self.head: frozenset[str] = frozenset()
        self.payload: Payload | None = None

    def agrees_with(self, verb: Item) -> bool | None:
        """Whether a finite verb in the singular has the gender of its subject if this is it; None where one of the two is open."""
        person, number, gender = verb.feature[1:2], verb.feature[2:3], verb.feature[3:4]
        if verb.pos != "verb" or person != "3" or number != "s" or not self.gender or not gender:
            return None
        return gender == self.gender
