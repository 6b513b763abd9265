"""Which deeds a word may name here: the frames whose needs its clause meets and whose bars it does not."""
from __future__ import annotations

from rawabit.lexicon.lemma import Choice, Frames, distinct
from rawabit.mention.item import Item
from rawabit.text.segment import Sentence

NEED_REACH = 12
"""Words after a trigger within which what it needs must stand."""
BAR_REACH = 3
"""Words after a trigger within which a bar counts."""


def choose_frames(frames: Frames, item: Item, sentence: Sentence) -> tuple[Choice, ...]:
    """The frames of a word that its clause supports, best first, one for each type: nearest need met, those without needs, weak ones."""
    met = _needs_met(frames, item, sentence) if frames.needy else []
    near = _near(item, sentence) if frames.bars else []
    if frames.bars.isdisjoint(near):
        return distinct([*met, *frames.loose]) if met else frames.unmet
    return distinct(choice for choice in (*met, *frames.loose) if choice.frame.bar.isdisjoint(near))


def _needs_met(frames: Frames, item: Item, sentence: Sentence) -> list[Choice]:
    """A choice for every frame with a need that the clause meets, the nearest first."""
    words, needs, out = sentence.words, frames.needs, []
    for n in range(item.j, min(len(words), item.j + NEED_REACH)):
        word = words[n]
        if word.closes:
            break
        told = sentence.told(n) if frames.pairs and word.leads else word.tells
        if not needs.isdisjoint(told):
            out += [Choice(frame, n, False) for frame in frames.needy if not frame.need.isdisjoint(told)]
    return out


def _near(item: Item, sentence: Sentence) -> list[str]:
    """The forms around a trigger among which a bar may be: the stems of the word before it, and those told by the words after it."""
    words = sentence.words
    out = [*words[item.i - 1].tells] if item.i else []
    for n in range(item.j, min(len(words), item.j + BAR_REACH)):
        if words[n].closes:
            break
        out += sentence.told(n)
    return out
