"""What was found of a key, once for each key: words, bundles of marks and the like are few and recur."""
from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
MAXIMAL_MEMO = 400_000
"""Keys remembered before a memory is emptied."""


class Memo(dict[K, V], Generic[K, V]):
    """What `find` gives for a key, remembered."""

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[K], V]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, key: K) -> V:
        if len(self) > MAXIMAL_MEMO:
            self.clear()
        found = self[key] = self._find(key)
        return found
