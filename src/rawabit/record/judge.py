"""Which of the readings of a trigger is an event of the codebook, if any: a log-linear weighing of the marks that the grammar left on it.

The weights are data of the language (`judgement.json`), learned by `tools/learn_judgement.py` from reports read by hand: the mark's name, its
weight. A reading counts when its sum is above the threshold. The same marks always give the same answer.
"""
from __future__ import annotations

from rawabit.lexicon.load import Lexicon
from rawabit.record.parties import Reading


class Judge:
    """Weighs readings."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("judgement")
        data = table[0].data if table else {"weights": {}, "threshold": 0.0, "headroom": 0.0}
        self.weights: dict[str, float] = data["weights"]
        self.threshold: float = data["threshold"]
        self.headroom: float = data["headroom"]

    def hopeless(self, shared: list[str]) -> bool:
        """Whether no parties could make a trigger with these marks an event: the most that parties ever added in learning is too little."""
        return bool(self.weights) and self.weigh(shared) + self.headroom < self.threshold

    def weigh(self, marks: list[str]) -> float:
        """The sum of the marks' weights."""
        weights = self.weights
        return sum([weights[mark] for mark in marks if mark in weights])

    def choose(self, readings: list[Reading]) -> Reading | None:
        """The best reading of one trigger, or None where none is good enough. Without learned weights the grammar's own reading counts."""
        if not readings:
            return None
        if not self.weights:
            return readings[0]
        known: dict[int, float] = {}
        best, top = None, self.threshold
        for reading in readings:
            score = 0.0
            for part in reading.parts:
                key = id(part)
                value = known.get(key)
                if value is None:
                    value = known[key] = self.weigh(part)
                score += value
            if score > top:
                best, top = reading, score
        if best is not None:
            best.draft.score = top
        return best
