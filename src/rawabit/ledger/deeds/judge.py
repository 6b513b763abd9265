"""How likely two tellings are to tell one deed: a log-linear judge over the marks of `compare`.

Its weights are data (`weights.json`), learned by `tools/learn_deeds.py` from pairs judged by hand: one set for two reports, one for two
places of one report.
"""
from __future__ import annotations

import math
from functools import cache
from importlib import resources

import msgspec

from rawabit.ledger.deeds.compare import compare
from rawabit.ledger.deeds.telling import Telling

SHOWN = 4
"""Reasons told with a link."""


class Weights(msgspec.Struct, frozen=True):
    """Natural logarithm of the odds that each mark brings, and the odds without any."""

    base: float
    marks: dict[str, float]


class Judge(msgspec.Struct, frozen=True):
    """`across`: two reports. `within`: one report. `threshold`: probability from which two tellings are joined."""

    across: Weights
    within: Weights
    threshold: float

    def weigh(self, a: Telling, b: Telling) -> float:
        """The probability that two tellings tell one deed."""
        weights = self._weights(a, b)
        weight = weights.marks.get
        return 1 / (1 + math.exp(-math.fsum([weights.base, *[weight(name, 0.0) * value for name, value in compare(a, b).items()]])))

    def explain(self, a: Telling, b: Telling) -> list[str]:
        """The marks that speak most for two tellings telling one deed, strongest first."""
        weights = self._weights(a, b).marks
        parts = {name: weights.get(name, 0.0) * value for name, value in compare(a, b).items()}
        return sorted((name for name in parts if parts[name] > 0), key=lambda name: (-parts[name], name))[:SHOWN]

    def _weights(self, a: Telling, b: Telling) -> Weights:
        return self.within if a.document_id == b.document_id else self.across


@cache
def load_judge() -> Judge:
    """The judge with the weights that come with Rawabit."""
    data = resources.files("rawabit.ledger.deeds").joinpath("weights.json").read_bytes()
    return msgspec.json.decode(data, type=Judge)
