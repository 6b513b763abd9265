"""How a figure is told: its bound, unit, partner and period, by the words near the number."""
from __future__ import annotations

from rawabit.mention.item import ACTOR, DATE, Item
from rawabit.mention.resolve import Discourse
from rawabit.model import Actor, DateRange
from rawabit.model.reading import Bound
from rawabit.record.figures.counted import Count, Place

BEFORE, LOOSE, TRAILING = 5, 2, 4
"""Words before a number where a bound may begin, words between a bound and the number, words after what is counted."""
NEAR, FAR = 9, 12
"""Items after and before a number within which the other side is named."""
PERIOD_REACH = 10


def unit_of(place: Place, count: Count, subject: Actor, discourse: Discourse) -> str:
    """A unit; one that several states share is the subject's, else that of the state spoken of."""
    own = place.rows.by_state.get(count.unit)
    if not own:
        return count.unit
    return own.get(subject.code) or own.get(discourse.scene or "") or own.get(discourse.country() or "") or count.unit


def bound_of(place: Place, count: Count) -> Bound:
    """How exact the number is said to be, by the words before it or after what it counts."""
    q, words, rows = count.quantity, place.words, place.rows
    if q.bound is not None:
        return q.bound
    after = range(q.end, min(len(words), max(q.end, count.end) + TRAILING))
    for start in [*range(q.start - 1, max(-1, q.start - BEFORE), -1), *after]:
        for phrase, bound in rows.bounds.get(words[start].norm, ()):
            end = start + len(phrase)
            near = start > q.start or q.start - LOOSE < end <= q.start
            if near and [w.norm for w in words[start:end]] == phrase:
                return bound
    return "="


def partner_of(items: list[Item], at: int, subject: Actor) -> str | None:
    """The code of the other side: the nearest party after the number at item `at`, else before it."""
    for m in [*range(at + 1, min(len(items), at + NEAR)), *range(at - 1, max(-1, at - FAR), -1)]:
        mention = items[m].mention
        if items[m].kind == ACTOR and mention is not None and mention.form != "place":
            for actor in mention.actors:
                code: str = actor.code
                if code not in (subject.code, "UNK"):
                    return code
    return None


def period_of(items: list[Item], at: int) -> str | None:
    """The year, or the date, that stands nearest to the number at item `at`."""
    best: DateRange | None = None
    distance = PERIOD_REACH
    for m in range(max(0, at - PERIOD_REACH), min(len(items), at + PERIOD_REACH)):
        if items[m].kind == DATE and items[m].date is not None and abs(m - at) < distance:
            best, distance = items[m].date, abs(m - at)
    if best is None:
        return None
    if (best.start.month, best.start.day, best.end.month, best.start.year) == (1, 1, 12, best.end.year):
        return str(best.start.year)
    return best.start.isoformat() if best.start == best.end else f"{best.start.isoformat()}/{best.end.isoformat()}"
