"""Which of the readings of a trigger is an event of the codebook, if any: a log-linear weighing of the marks that the grammar left on it.

The weights are data of the language (`judgement.json`), learned by `tools/learn_judgement.py` from reports read by hand: the mark's
name, its weight. A reading counts when its sum is above the threshold, another one for deeds within one country. The same marks always
give the same answer. Marks come in small bundles that recur (who, where, how the two go together): the sum of a bundle is remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import msgspec

from rawabit.lexicon.load import Lexicon
from rawabit.lexicon.memo import Memo
from rawabit.mention.salience import RANKS
from rawabit.model import Actor
from rawabit.record.draft import Bundle, Draft, Names

Weigh = Callable[[list[str]], int]
LEAST = -1_000_000
"""Below the weight of any reading, in thousandths."""
GRAMMAR = "grammar"
SOURCES = (GRAMMAR, "nobody", "named", "speaker", "subject", "scene", "topic", "again")
"""Where a party may be taken from."""
ORDERS = ("", "actor first", "recipient first")
TRUTH = (False, True)
ROLES = ("actor", "recipient")
NEAR = ("behind", "ahead of", "ruled by")
"""Which words beside a trigger count: the one before it, the one after it, the verb before it."""


DEEDS_NEAR = ("last deed", "verb's deed", "next deed")
"""The deeds around a trigger in which a party may have a part too: the one told before it, that of the verb before it, the next noun's."""


class Trait:
    """A bundle of marks that a party may have as actor or as recipient: what it weighs there, by the type of the deed."""

    __slots__ = ("actor", "bundle", "names", "recipient")

    def __init__(self, weigh: Weigh, names: Names, bundle: Bundle) -> None:
        self.names, self.bundle = names, bundle
        self.actor: Memo[str, int] = Memo(lambda kind: weigh(names("actor", kind, *bundle)))
        self.recipient: Memo[str, int] = Memo(lambda kind: weigh(names("recipient", kind, *bundle)))


class Fit:
    """A bundle of marks of how two parties go together: what it weighs by the type of the deed."""

    __slots__ = ("bundle", "weights")

    def __init__(self, weigh: Weigh, bundle: Bundle) -> None:
        self.bundle = bundle
        self.weights: Memo[str, int] = Memo(lambda kind: weigh(fit_marks(kind, *bundle)))


class Beside:
    """The words beside a party: what they weigh if it is actor or recipient, whatever the type of the deed."""

    __slots__ = ("actor", "names", "recipient")

    def __init__(self, weigh: Weigh, names: dict[str, list[str]]) -> None:
        self.names = names
        self.actor, self.recipient = (weigh(names[role]) for role in ROLES)


NO_TRAIT = Trait(len, lambda *_: [], ())
NOTHING_BESIDE = Beside(len, {role: [] for role in ROLES})


class Option(msgspec.Struct, eq=False):
    """One possible party: who, where it was taken from, the item it stands at (-1: none), and what is marked of it, of its place and of the
    words beside it."""

    actors: list[Actor]
    codes: frozenset[str]
    source: str
    index: int = -1
    who: Trait = NO_TRAIT
    place: Trait = NO_TRAIT
    beside: Beside = NOTHING_BESIDE

    def as_actor(self, kind: str) -> int:
        """What its own marks weigh if it does a deed of that type."""
        return self.who.actor[kind] + self.place.actor[kind] + self.beside.actor

    def as_recipient(self, kind: str) -> int:
        """What its own marks weigh if a deed of that type is done to it."""
        return self.who.recipient[kind] + self.place.recipient[kind] + self.beside.recipient


class Joint(msgspec.Struct, eq=False):
    """Two sets of parties: the codes of both, how many of them are known, whether the sets are apart, and how they go together."""

    codes: frozenset[str]
    sure: int
    apart: bool
    fit: Fit


class Reading(msgspec.Struct, eq=False):
    """One reading of a trigger's parties, with the sum of its marks' weights. `joint` is None where the two are not chosen but given;
    `again`: they are those of the last deed of its type."""

    draft: Draft
    actor: Option
    other: Option
    together: bool
    score: int
    own: bool = False
    order: str = ""
    joint: Joint | None = None
    again: bool = False

    @property
    def actors(self) -> list[Actor]:
        """Who does it."""
        return _distinct([*self.actor.actors, *self.other.actors]) if self.together else list(dict.fromkeys(self.actor.actors))

    @property
    def recipients(self) -> list[Actor]:
        """To whom it is done."""
        if self.together:
            return []
        actors = self.actors
        return [a for a in _distinct(self.other.actors) if a not in actors]

    def marks(self) -> list[str]:
        """The names of all its marks beyond those of the trigger."""
        kind = self.draft.frame.type
        marks = []
        for role, option in zip(ROLES, (self.actor, self.other), strict=True):
            for trait in (option.who, option.place):
                marks += trait.names(role, kind, *trait.bundle)
            marks += option.beside.names[role] + part_marks(role, kind, *self.draft.parts(option.codes))
        if self.joint is None:
            return marks
        how = how_marks(kind, self.own) + order_marks(self.actor.source, self.other.source, self.order)
        return marks + how + fit_marks(kind, *self.joint.fit.bundle) + (again_marks(kind) if self.again else [])


class Judge:
    """Weighs readings, in thousandths: whole numbers have the same sum in any order."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("judgement")
        data: dict[str, Any] = table[0].data if table else {"weights": {}, "threshold": 0.0, "domestic": 0.0, "least": 0.0}
        self.weights = {mark: _thousandths(weight) for mark, weight in data["weights"].items()}
        self.threshold, self.domestic, self.least = (_thousandths(data[name]) for name in ("threshold", "domestic", "least"))
        weigh = self.weigh
        self.words, self.clauses, self.stands, self.hows, self.orders = (
            self._bundles(names) for names in (word_marks, clause_marks, stand_marks, how_marks, order_marks)
        )
        self.neighbours: Memo[tuple[str, str], Memo[str, int]] = Memo(self._neighbour)
        self.natures: Memo[Bundle, Trait] = Memo(lambda bundle: Trait(weigh, option_marks, bundle))
        self.places: Memo[Bundle, Trait] = Memo(lambda bundle: Trait(weigh, place_marks, bundle))
        self.parts: Memo[Bundle, Trait] = Memo(lambda bundle: Trait(weigh, part_marks, bundle))
        self.besides: Memo[Bundle, Beside] = Memo(lambda words: Beside(weigh, {role: beside_marks(role, *words) for role in ROLES}))
        self.fits: Memo[Bundle, Fit] = Memo(lambda bundle: Fit(weigh, bundle))
        self.most: Memo[tuple[str, bool], int] = Memo(self._most)
        self.again: Memo[str, int] = Memo(lambda kind: weigh(again_marks(kind)))
        self.said: Memo[str, Memo[str, int]] = Memo(lambda kind: Memo(lambda mark: self.weigh([f"{kind} {mark}"])))
        self.nobody = Option([], frozenset(), "nobody", who=self.natures["nobody", ""])

    def _bundles(self, names: Names) -> Memo[Bundle, int]:
        """The weights of one kind of bundle."""
        return Memo(lambda bundle: self.weigh(names(*bundle)))

    def _neighbour(self, key: tuple[str, str]) -> Memo[str, int]:
        """The weights of one kind of neighbour by the type of the deed and its citation."""
        where, kind = key
        return Memo(lambda word: self.weigh(neighbour_marks(kind, where, word)))

    def hopeless(self, weight: int) -> bool:
        """Whether a trigger of this weight is below nearly all that were ever chosen in learning, whatever their parties added."""
        return bool(self.weights) and weight < self.least

    def weigh(self, marks: list[str]) -> int:
        """The sum of the marks' weights."""
        weights = self.weights
        return sum([weights[mark] for mark in marks if mark in weights])

    def _most(self, way: tuple[str, bool]) -> int:
        """The most that how two parties go together can add to a reading of a type, if the grammar itself gave them or if not."""
        kind, own = way
        order = max(self.orders[bundle] for bundle in product(SOURCES, SOURCES, ORDERS) if own == goes_together(*bundle[:2]))
        counts = product(range(5), TRUTH, TRUTH, range(-1, RANKS + 1))
        return self.hows[way] + order + max(self.weigh(fit_marks(kind, *bundle)) for bundle in counts) + max(0, self.again[kind])

    def opinion(self, kind: str, marks: list[str]) -> int:
        """The weight of `opinion_marks`."""
        said = self.said[kind]
        return self.weigh(["opinion", f"opinion {kind}"]) + sum([said[mark] for mark in marks])

    def trigger(self, word: Bundle, clause: Bundle, stand: Bundle, near: Bundle) -> int:
        """The weight of a trigger, apart from who its parties are, by the bundles of `word_marks`, `clause_marks`, `stand_marks`,
        `near_marks`."""
        kind, *words = near
        beside = sum([self.neighbours[where, kind][word] for where, word in zip(NEAR, words, strict=True)])
        return self.words[word] + self.clauses[clause] + self.stands[stand] + beside

    def choose(self, readings: list[Reading]) -> Reading | None:
        """The best reading of one trigger, or None where none is good enough. Without learned weights the grammar's own reading counts."""
        if not readings:
            return None
        if not self.weights:
            return readings[0]
        best = max(readings, key=_score)
        within = best.joint is not None and best.joint.sure == 1
        return best if best.score > (self.domestic if within else self.threshold) else None


def word_marks(
    kind: str, pos: str, key: str, feature: str, modality: str | None, weak: bool, met: bool, other: bool, named: bool, governed: bool
) -> list[str]:
    """What speaks for a trigger by its word and frame: `other` than the best frame, a participle that has `named` a doer, `governed`."""
    marks = ["all", kind, f"{kind} {pos}", f"frame {key} {kind}", f"feature {feature}"]
    if weak:
        marks += ["weak", f"weak {kind}"]
    if met:
        marks.append("need met")
    if modality != "actual":
        marks += [f"modality {modality}", f"{kind} {modality}"]
    if named:
        marks.append("participle as noun")
    if governed:
        marks.append("trigger after preposition")
    if other:
        marks += ["other frame", f"other frame {kind}"]
    return marks


def clause_marks(kind: str, pos: str, key: str, by: str, object_by: str, back: bool, noun: str, known: bool, after: str) -> list[str]:
    """What speaks for a trigger by how the grammar filled its roles: `back` on the doers; how a noun is, what it stands `after`."""
    filled = f"{by}, {object_by}"
    marks = [f"{pos} {by}", f"{kind} by {by}", f"object {object_by}", f"{pos} {filled}", f"{kind} {filled}", f"frame {key} {kind} {by}"]
    marks.append(f"frame {key} {kind} object {object_by}")
    if noun:
        marks += [f"noun {noun} {'with parties' if known else 'alone'}", f"noun after {after}" if after else "noun first"]
    if back:
        marks += ["object own", f"{kind} object own"]
    return marks


def stand_marks(kind: str, place: str, opener: str, order: int, barred: bool, said: bool) -> list[str]:
    """What speaks for a trigger by where it stands in the report, the sentence and the clause."""
    marks = [place, f"{kind} {place}", f"opener {opener}", f"{kind} opener {opener}", f"order {order}", f"{kind} order {order}"]
    if barred:
        marks.append("barred")
    if said:
        marks += ["said", f"said {kind}"]
    return marks


def near_marks(kind: str, *words: str) -> list[str]:
    """What speaks for a trigger by the words of NEAR, cited."""
    return [mark for where, word in zip(NEAR, words, strict=True) for mark in neighbour_marks(kind, where, word)]


def neighbour_marks(kind: str, where: str, word: str) -> list[str]:
    """What speaks for a trigger by one word beside it."""
    return [f"{where} {word}", f"{kind} {where} {word}"]


def opinion_marks(kind: str, *marks: str) -> list[str]:
    """What speaks for a deed done by saying."""
    return ["opinion", f"opinion {kind}", *[f"{kind} {mark}" for mark in marks]]


def _thousandths(weight: float) -> int:
    return round(1000 * weight)


def option_marks(role: str, kind: str, source: str, by: str, *who: Any) -> list[str]:
    """What speaks for a party by its nature, alone and with the type of the deed."""
    marks = [f"{role} from {source}", f"{kind} {role} from {source}"]
    if by:
        marks += [f"{role} by {by}", f"{kind} {role} by {by}"]
    if who:
        what, named, count, rank = who
        marks += [f"{role} {what}{' named' if named else ''}", f"{kind} {role} {what}", f"{role} count {count}", f"{role} rank {rank}"]
    return marks


def place_marks(role: str, kind: str, *place: Any) -> list[str]:
    """What speaks for a party by its place in the sentence, if it has one there."""
    if not place:
        return []
    sure, side, rank, gap, walls, slot, form, agreement = place
    marks = [sure, f"{side} {rank}", f"{side} gap {gap}", f"{side} walls {walls}", f"{side} slot {slot}", f"form {form}", f"{slot} {form}"]
    if agreement:
        marks += [f"{side} {agreement}", f"{side} {slot} {agreement}"]
    return [f"{prefix} {mark}" for mark in marks for prefix in (role, f"{kind} {role}")]


def part_marks(role: str, kind: str, *parts: str) -> list[str]:
    """What speaks for a party by the part that it has in the deeds of DEEDS_NEAR."""
    marks = [f"{role} {where} {part}" for where, part in zip(DEEDS_NEAR, parts, strict=False) if part]
    return [f"{prefix}{mark}" for mark in marks for prefix in ("", f"{kind} ")]


def beside_marks(role: str, *words: str) -> list[str]:
    """What speaks for a party by the word that governs it and the one that follows it, whatever the type of the deed."""
    return [f"{role} {where} {word}" for where, word in zip(("under", "ahead of"), words, strict=True)]


def goes_together(source: str, other: str) -> bool:
    """Whether the grammar itself gave actor and recipient, or an actor alone."""
    return source == GRAMMAR and other in (GRAMMAR, "nobody")


def how_marks(kind: str, own: bool) -> list[str]:
    """What speaks for two parties by whether the grammar itself gave them."""
    how = "own" if own else "made"
    return [how, f"{kind} {how}"]


def order_marks(source: str, other: str, order: str) -> list[str]:
    """What speaks for two parties by where they were taken from, and which comes first."""
    return [f"{source} {other}", order] if order else [f"{source} {other}"]


def fit_marks(kind: str, named: int, domestic: bool, everyone: bool, together: int) -> list[str]:
    """What speaks for two parties by how many the sentence names and how often the report names them together."""
    marks = [f"codes {named}"]
    if domestic:
        marks += ["domestic", f"domestic {kind}"]
    if everyone:
        marks.append("all named")
    return marks + together_marks(kind, together)


def again_marks(kind: str) -> list[str]:
    """That two parties are those of the last deed of the type that the report told."""
    return ["again", f"{kind} again"]


def together_marks(kind: str, together: int) -> list[str]:
    """How often two parties are named together in the report; -1 where they are not two."""
    return [f"together {together}", f"{kind} together {together}"] if together >= 0 else []


def _score(reading: Reading) -> int:
    return reading.score


def _distinct(actors: list[Actor]) -> list[Actor]:
    """Known actors once each."""
    return [a for a in dict.fromkeys(actors) if a.code != "UNK"]
