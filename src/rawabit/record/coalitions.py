"""Coalitions and who leads them: «the coalition led by X», whose leader may stand inside the coalition's own name."""
from __future__ import annotations

from collections.abc import Iterator

from rawabit.lexicon.lemma import Frame
from rawabit.lexicon.load import Word
from rawabit.mention.item import TRIGGER
from rawabit.model import Actor
from rawabit.record.tie_parties import Claim, Parties, Party, tie_frame

LINK_REACH = 8
"""Words between a coalition and the word that says it is led."""
LEADER_REACH = 4
"""Words between that word and the leader."""
LEADING = ("led", "against")
"""Shapes of the rows without which a coalition says nothing of its leader or of whom it is against."""
STATES = ("state", "capital", "seat")


def find_led(parties: Parties) -> Iterator[Claim]:
    """(leader, coalition) of every coalition whose leader the sentence names, and whom it is against.

    The parties then know whom the bare noun («a coalition led by X») stands for.
    """
    if not any(f.shape in LEADING for word in parties.words for f in word.ties):
        return
    for k, item in enumerate(parties.items):
        noun = tie_frame(item.word, "coalition") if item.kind == TRIGGER and item.pos == "noun" else None
        actor: Actor | None = next((a for a in parties.at(k) if a.code.startswith("REG-")), None)
        if noun is None and actor is None:
            continue
        last = k
        found = _leader(parties.words, item.i + 1, item.j + LINK_REACH)
        if found is not None:
            code, end, frame = found
            led = actor is None or actor.code in frame.bodies.values()
            if led and code in frame.bodies:
                actor = Actor(frame.bodies[code])
                parties.coalitions[k] = actor
                last = max((m for m in range(k, len(parties.items)) if parties.items[m].i < end), default=k)
                yield Claim(frame, k, Party([Actor(code, "GOV")], k, last), Party([actor], k, k))
        if actor is not None:
            yield from _against(parties, k, last, actor)


def _against(parties: Parties, k: int, last: int, actor: Actor) -> Iterator[Claim]:
    """Whom the coalition at item k, whose phrase ends with item `last`, is said to be against."""
    words = parties.words[parties.items[k].i : parties.items[k].j]
    frame = next((f for w in words if (f := tie_frame(w, "against")) is not None), None)
    if frame is not None:
        for other in parties.governed(last, frame.to, 3)[:1]:
            yield Claim(frame, k, Party([actor], k, last), other)


def _leader(words: list[Word], start: int, end: int) -> tuple[str, int, Frame] | None:
    """The state that leads, the word after it, and the row of the leading word."""
    for n in range(start, min(end, len(words))):
        if words[n].closes:
            return None
        frame = tie_frame(words[n], "led")
        for m in range(n + 1, min(len(words), n + 1 + LEADER_REACH)) if frame is not None else ():
            state = _state(words, m)
            if state is not None and frame is not None:
                return *state, frame
            if words[m].find("func") is not None:
                break
    return None


def _state(words: list[Word], m: int) -> tuple[str, int] | None:
    """The state named at word m, and the word after its name."""
    word = words[m]
    if m + 1 < len(words):
        for tail, senses in word.starts.get(words[m + 1].norm, ()):
            end = m + 2 + len(tail)
            if all(w.norm == t for w, t in zip(words[m + 2 : end], tail, strict=False)) and senses[0].kind in STATES and senses[0].payload:
                return senses[0].payload.code, end
    sense = next((s for kind in (*STATES, "nat", "ref") if (s := word.find(kind)) is not None and s.payload is not None), None)
    if sense is None or sense.payload is None:
        return None
    code = sense.payload.code or next(iter(sense.payload.codes), "")
    return (code, m + 1) if len(code) == 3 else None
