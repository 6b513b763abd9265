"""Which of the readings of a trigger is an event of the codebook, if any: a log-linear weighing of the marks that the grammar left on it.

The weights are data of the language (`judgement.json`), learned by `tools/learn_judgement.py` from reports read by hand: the mark's
name, its weight. A reading counts when its sum is above the threshold, another one for deeds within one country. The same marks always
give the same answer. Marks come in small bundles that recur (who, where, how the two go together): the sum of a bundle is remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rawabit.lexicon.load import Lexicon
from rawabit.model import Actor
from rawabit.record.draft import Draft

MOST_REMEMBERED = 200_000
"""Bundles remembered before the memory is emptied (about 60 MB)."""


class Option:
    """One possible party: who, where it was taken from, and what is marked of it. `by`, `who` and `place` are bundles of marks."""

    __slots__ = ("actors", "by", "codes", "index", "place", "source", "who")

    def __init__(
        self, actors: list[Actor], codes: frozenset[str], source: str, index: int, by: str, who: tuple[Any, ...], place: tuple[Any, ...]
    ) -> None:
        self.actors, self.codes, self.source, self.index, self.by, self.who, self.place = actors, codes, source, index, by, who, place


class Reading:
    """One reading of a trigger's parties, with the sum of its marks' weights."""

    __slots__ = ("actor", "draft", "other", "pair", "score", "together")

    def __init__(self, draft: Draft, actor: Option, other: Option, together: bool, pair: tuple[Any, ...]) -> None:
        self.draft, self.actor, self.other, self.together, self.pair = draft, actor, other, together, pair
        self.score = 0

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
        marks = option_marks("actor", kind, self.actor.source, self.actor.by, *self.actor.who) + option_marks(
            "recipient", kind, self.other.source, self.other.by, *self.other.who
        )
        for role, option in (("actor", self.actor), ("recipient", self.other)):
            if option.place:
                marks += place_marks(role, kind, *option.place)
        return marks + (pair_marks(*self.pair) if self.pair else [])


class Judge:
    """Weighs readings, in thousandths: whole numbers have the same sum in any order."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("judgement")
        data: dict[str, Any] = table[0].data if table else {"weights": {}, "threshold": 0.0, "domestic": 0.0, "least": 0.0}
        self.weights = {mark: _thousandths(weight) for mark, weight in data["weights"].items()}
        self.threshold, self.domestic, self.least = (_thousandths(data[name]) for name in ("threshold", "domestic", "least"))
        self._known: dict[tuple[Any, ...], int] = {}

    def hopeless(self, weight: int) -> bool:
        """Whether a trigger of this weight is below nearly all that were ever chosen in learning, whatever their parties added."""
        return bool(self.weights) and weight < self.least

    def weigh(self, marks: list[str]) -> int:
        """The sum of the marks' weights."""
        weights = self.weights
        return sum([weights[mark] for mark in marks if mark in weights])

    def option(self, role: str, kind: str, option: Option) -> int:
        """The weight of an option as actor or recipient of a deed."""
        total = self._bundle(option_marks, (role, kind, option.source, option.by, *option.who))
        return total + self._bundle(place_marks, (role, kind, *option.place)) if option.place else total

    def pair(self, pair: tuple[Any, ...]) -> int:
        """The weight of how an actor and a recipient go together."""
        return self._bundle(pair_marks, pair)

    def _bundle(self, names: Callable[..., list[str]], bundle: tuple[Any, ...]) -> int:
        known = self._known.get(bundle)
        if known is None:
            if len(self._known) > MOST_REMEMBERED:
                self._known.clear()
            known = self._known[bundle] = self.weigh(names(*bundle))
        return known

    def choose(self, readings: list[Reading]) -> Reading | None:
        """The best reading of one trigger, or None where none is good enough. Without learned weights the grammar's own reading counts."""
        if not readings:
            return None
        if not self.weights:
            return readings[0]
        best = max(readings, key=_score)
        within = bool(best.pair) and best.pair[5]
        return best if best.score > (self.domestic if within else self.threshold) else None


def _thousandths(weight: float) -> int:
    return round(1000 * weight)


def option_marks(role: str, kind: str, source: str, by: str, *who: Any) -> list[str]:
    """What speaks for a party by its nature, alone and with the type of the deed."""
    marks = [f"{role} from {source}", f"{kind} {role} from {source}"]
    if by:
        marks += [f"{role} {by}", f"{kind} {role} {by}"]
    if who:
        what, named, count, rank = who
        marks += [f"{role} {what}{' named' if named else ''}", f"{kind} {role} {what}", f"{role} count {count}", f"{role} rank {rank}"]
    return marks


def place_marks(role: str, kind: str, sure: str, side: str, rank: int, gap: int, walls: int, slot: str, form: str) -> list[str]:
    """What speaks for a party by its place in the sentence."""
    marks = [sure, f"{side} {rank}", f"{side} gap {gap}", f"{side} walls {walls}", f"{side} slot {slot}", f"form {form}", f"{slot} {form}"]
    return [f"{prefix} {mark}" for mark in marks for prefix in (role, f"{kind} {role}")]


def pair_marks(
    kind: str, own: bool, source: str, other: str, named: int, domestic: bool, everyone: bool, order: str, together: int
) -> list[str]:
    """What speaks for two parties as those of one deed."""
    how = "own" if own else "made"
    marks = [how, f"{kind} {how}", f"{source} {other}", f"codes {named}"]
    if domestic:
        marks += ["domestic", f"domestic {kind}"]
    if everyone:
        marks.append("all named")
    if order:
        marks.append(order)
    return marks + together_marks(kind, together)


def together_marks(kind: str, together: int) -> list[str]:
    """How often two parties are named together in the report; -1 where they are not two."""
    return [f"together {together}", f"{kind} together {together}"] if together >= 0 else []


def _score(reading: Reading) -> int:
    return reading.score


def _distinct(actors: list[Actor]) -> list[Actor]:
    """Known actors once each."""
    return [a for a in dict.fromkeys(actors) if a.code != "UNK"]
