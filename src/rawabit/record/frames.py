"""Which deeds a word may name here: the frames whose needs its clause meets and whose bars it does not."""
from __future__ import annotations

from rawabit.lexicon.load import Frame
from rawabit.mention.item import Item
from rawabit.text.segment import Sentence

MAXIMAL_FRAMES = 3
"""Frames of different types that one trigger is weighed under."""
NEED_REACH = 12
"""Words after a trigger within which what it needs must stand."""
BAR_REACH = 3
"""Words after a trigger within which a bar counts."""


class Choice:
    """A frame that a trigger may have: the token that its need is met by (-1: it has none), and whether it is only weakly supported."""

    __slots__ = ("frame", "needed", "weak")

    def __init__(self, frame: Frame, needed: int, weak: bool) -> None:
        self.frame, self.needed, self.weak = frame, needed, weak


def choose_frames(frames: tuple[Frame, ...], items: list[Item], k: int, sentence: Sentence) -> list[Choice]:
    """The frames of a word that its clause supports, best first, one for each type: nearest need met, those without needs, weak ones."""
    item = items[k]
    out = [Choice(frame, n, False) for frame, n in _needs_met(frames, item, sentence)]
    out += [Choice(frame, -1, False) for frame in frames if not frame.need]
    out += [Choice(frame, -1, True) for frame in frames if frame.need]
    seen: set[str] = set()
    chosen = []
    for choice in out:
        if choice.frame.type not in seen and not _barred(choice.frame, item, sentence):
            seen.add(choice.frame.type)
            chosen.append(choice)
    return chosen[:MAXIMAL_FRAMES]


def _needs_met(frames: tuple[Frame, ...], item: Item, sentence: Sentence) -> list[tuple[Frame, int]]:
    """(frame, token) of every frame with a need that the clause meets, the nearest first."""
    needy = [f for f in frames if f.need]
    if not needy:
        return []
    out = []
    words, told = sentence.words, sentence.told
    alone, wants = item.j - item.i == 1, item.word.wants
    for n in range(item.j, min(len(words), item.j + NEED_REACH)):
        if words[n].closes:
            break
        stems = told(n)
        if alone and wants.isdisjoint(stems):
            continue
        out += [(frame, n) for frame in needy if not frame.need.isdisjoint(stems)]
    return out


def _barred(frame: Frame, item: Item, sentence: Sentence) -> bool:
    if not frame.bar:
        return False
    before = sentence.words[item.i - 1].stems if item.i else frozenset()
    if not frame.bar.isdisjoint(before):
        return True
    words = sentence.words
    for n in range(item.j, min(len(words), item.j + BAR_REACH)):
        if words[n].closes:
            return False
        if not frame.bar.isdisjoint(sentence.told(n)):
            return True
    return False
