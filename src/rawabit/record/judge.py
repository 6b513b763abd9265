"""Which of the readings of a trigger is an event of the codebook, if any: a log-linear weighing of the marks that the grammar left on it.

The weights are data of the language (`judgement.json`), learned by `tools/learn_judgement.py` from reports read by hand: the mark's name, its
weight. A reading counts when its sum is above the threshold. The same marks always give the same answer.
"""
from __future__ import annotations

from rawabit.lexicon.load import Lexicon
from rawabit.record.events import Draft


class Judge:
    """Weighs drafts."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.table("judgement")
        data = table[0].data if table else {"weights": {}, "threshold": 0.0}
        self.weights: dict[str, float] = data["weights"]
        self.threshold: float = data["threshold"]

    def choose(self, drafts: list[Draft]) -> Draft | None:
        """The best reading of one trigger, or None where none is good enough. Without learned weights the grammar's own reading counts."""
        if not drafts:
            return None
        if not self.weights:
            return drafts[0]
        weights = self.weights
        best, top = None, self.threshold
        for draft in drafts:
            draft.score = sum([weights.get(mark, 0.0) for mark in draft.marks])
            if draft.score > top:
                best, top = draft, draft.score
        return best
