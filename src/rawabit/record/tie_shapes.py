"""The shapes in which a language asserts a standing relation, each a function from a word and its row to claims.

Bases, chairs and mediators are read here; relations, titles, attributes and deeds each in a file of their own.
"""
from __future__ import annotations

from collections.abc import Callable

from rawabit.lexicon.lemma import Frame
from rawabit.mention.item import ACTOR, PUNCT, TRIGGER, WORD
from rawabit.model.reading import BODIES
from rawabit.record.tie_attributes import attribute, known
from rawabit.record.tie_between import between, joins, possessor, rows_between
from rawabit.record.tie_deeds import by, deed
from rawabit.record.tie_parties import Claim, Parties, Party, first_of
from rawabit.record.tie_titles import fellow, title

SUCCESSOR = "successor"
"""The class of words before the party that held a chair until now."""
BODY = "body"
"""The class of words that may stand alone for a body named before («the chair of the organisation»)."""
Shape = Callable[[Parties, int, Frame], list[Claim]]


def base(parties: Parties, k: int, frame: Frame) -> list[Claim]:
    """«X's base in Y», «Y, where X has a base»: Y hosts X."""
    owner = parties.owner(k) or possessor(parties, k)
    if owner is None or parties.items[owner.first].mention is None or parties.items[owner.first].mention.form == "place":  # type: ignore[union-attr]
        owner = parties.lender(k)
        owner = owner if owner is not None and k - owner.last <= 1 else None
    host = first_of(parties.governed(k, frame.to)) or _hosting(parties, k)
    if owner is None or host is None or owner.actors[0].sector not in ("", "GOV", "MIL") or host.actors[0].code.startswith("REG-"):
        return []
    return [Claim(frame, k, host, owner)]


def _hosting(parties: Parties, k: int) -> Party | None:
    """The antecedent of the relative clause in which item k stands («Y, in which X keeps …»)."""
    for m in range(k - 1, max(-1, k - 7), -1):
        if parties.preposition(m) in parties.writing.locatives and parties.pronoun(m):
            verb = next((n for n in range(m - 1, max(-1, m - 3), -1) if parties.items[n].kind == TRIGGER), None)
            return parties.antecedent(verb) if verb is not None else None
        if parties.items[m].klass == "sub":
            while m > 0 and parties.items[m - 1].kind == PUNCT:
                m -= 1
            return Party(parties.at(m - 1), m - 1, m - 1) if parties.is_party(m - 1) else None
    return None


def chair(parties: Parties, k: int, frame: Frame) -> list[Claim]:
    """«Handing the chair of B to X», «X took over the chair of B», «the Turkish chair of B»."""
    item = parties.items[k]
    if item.kind == ACTOR:
        return _chaired(parties, k, frame)
    body = _body(parties, k)
    if body is None:
        return []
    holder = next(iter(parties.governed(body.last, (parties.writing.possessive, *frame.joint), 3)), None)
    if holder is not None and SUCCESSOR in parties.words[parties.items[holder.first - 1].i].classes:
        holder = None
    holder = holder or parties.owner(k)
    if holder is None or holder.first == body.first:
        holder = parties.lender(k)
    return [Claim(frame, k, holder, body)] if holder is not None else []


def _chaired(parties: Parties, k: int, frame: Frame) -> list[Claim]:
    """«X took over the chair of B» where chair and body are one name: X is the subject of the verb, or after «to»."""
    if not parties.at(k) or not parties.at(k)[0].code.startswith(BODIES):
        return []
    givers = [m for m in range(max(0, k - 4), k) if (lemma := parties.items[m].lemma) is not None and (lemma.support or lemma.frames)]
    holder = first_of(parties.governed(k, (parties.writing.possessive, *frame.joint), 3)) or parties.lender(k) if givers else None
    return [Claim(frame, k, holder, Party(parties.at(k), k, k))] if holder is not None else []


def _body(parties: Parties, k: int) -> Party | None:
    """The body whose chair the noun at item k names: named after it, or a bare noun for the body last named in the report."""
    for m in range(k + 1, min(len(parties.items), k + 5)):
        if parties.is_party(m) and parties.at(m)[0].code.startswith(BODIES):
            return Party(parties.at(m), m, m)
        if parties.stops(m):
            break
    following = parties.items[k + 1] if k + 1 < len(parties.items) else None
    bare = following is not None and (following.kind == WORD or BODY in parties.words[following.i].classes)
    if following is None or not bare or not following.det:
        return None
    named = next((a for a, _ in reversed(parties.discourse.named) if a.code.startswith("IGO-")), None)
    return Party([named], k + 1, k + 1) if named is not None else None


def mediator(parties: Parties, k: int, frame: Frame) -> list[Claim]:
    """«X's mediation between Y and Z»: a claim for each side."""
    sides = rows_between(parties, k)
    if not sides:
        return []
    item = parties.items[k]
    doer = parties.owner(k) if item.pos == "noun" else None
    if doer is None and item.pos == "verb":
        doer = Party(parties.grammar.verb(k, frame).actors, k, k)
    doer = doer or parties.lender(k) or first_of(parties.topic(k))
    return [Claim(frame, k, doer, side) for side in sides] if doer is not None else []


SHAPES: dict[str, Shape] = {
    "between": between, "held": between, "near": between, "wide": between, "joins": joins,
    "title": title, "fellow": fellow, "attribute": attribute, "known": known,
    "deed": deed, "by": by, "base": base, "chair": chair, "mediator": mediator,
}
"""What `shape` in a row of ties.yml may be; `led`, `coalition` and `against` are read by `coalitions`."""
