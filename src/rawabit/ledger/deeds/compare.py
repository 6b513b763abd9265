"""Two tellings side by side: the marks that speak for one deed or for two, each between 0 and 1.

The marks are weighed by `judge`; nothing here decides. Dates are compared in days within the precision that the reports give.
"""
from __future__ import annotations

from datetime import date

from rawabit.ledger.deeds.telling import FAMILIES, Telling

FAR = 30
"""Days from which on a gap is called far."""


def compare(a: Telling, b: Telling) -> dict[str, float]:
    """The marks of a pair of tellings; those that are 0 are left out."""
    marks = {**_compare_types(a, b), **_compare_parties(a, b), **_compare_dates(a, b), **_compare_places(a, b), **_compare_words(a, b)}
    return {name: float(value) for name, value in marks.items() if value}


def _compare_types(a: Telling, b: Telling) -> dict[str, float]:
    same = a.type == b.type
    joined = a.modality if a.modality == b.modality else "+".join(sorted((a.modality, b.modality)))
    return {"same type": same, "same family": not same and FAMILIES[a.type] == FAMILIES[b.type],
            "same mode": same and a.mode is not None and a.mode == b.mode,
            "other mode": same and a.mode is not None and b.mode is not None and a.mode != b.mode,
            f"type {a.type}": same, f"modality {joined}": joined != "actual"}


def _compare_parties(a: Telling, b: Telling) -> dict[str, float]:
    both = a.codes & b.codes
    named_a, named_b = _names(a), _names(b)
    actors = {s.partition("/")[0].partition(":")[0] for s in a.actors}, {s.partition("/")[0].partition(":")[0] for s in b.actors}
    return {"same codes": a.codes == b.codes and len(a.codes) > 1, "same one code": a.codes == b.codes and len(a.codes) == 1,
            "codes within": a.codes != b.codes and bool(both) and (a.codes <= b.codes or b.codes <= a.codes),
            "codes differ": bool(a.codes - b.codes) and bool(b.codes - a.codes),
            "no code shared": not both and bool(a.codes) and bool(b.codes),
            "same parties": a.actors == b.actors and a.recipients == b.recipients,
            "actors differ": bool(actors[0]) and bool(actors[1]) and actors[0].isdisjoint(actors[1]),
            "sides swapped": bool(a.recipients) and bool(b.recipients) and not a.actors.isdisjoint(b.recipients),
            "names shared": len(named_a & named_b) / max(1, len(named_a | named_b)),
            "names differ": bool(named_a) and bool(named_b) and named_a.isdisjoint(named_b)}


def _names(telling: Telling) -> frozenset[str]:
    return frozenset(name for actor in (*telling.actors, *telling.recipients) if (name := actor.partition(":")[2]))


def _compare_dates(a: Telling, b: Telling) -> dict[str, float]:
    marks: dict[str, float] = {}
    gap = days_apart(a, b)
    kind = "dated" if a.dated and b.dated else "day of report" if not a.dated and not b.dated else "dated and not"
    if gap is None:
        marks["no date"] = 1
    else:
        marks[f"{kind}: same day"] = gap == 0
        marks[f"{kind}: next day"] = gap == 1
        marks[f"{kind}: days apart"] = 2 <= gap <= 4
        marks[f"{kind}: weeks apart"] = 4 < gap < FAR
        marks[f"{kind}: far"] = gap >= FAR
    if a.published and b.published:
        marks["told days apart"] = min(abs((a.published - b.published).days), FAR) / FAR
    return marks


def days_apart(a: Telling, b: Telling) -> int | None:
    """Days between the two stretches of dates, 0 where they overlap; None where a telling has no date."""
    first = _stretch(a)
    second = _stretch(b)
    if first is None or second is None:
        return None
    return max(0, (second[0] - first[1]).days, (first[0] - second[1]).days)


def _stretch(telling: Telling) -> tuple[date, date] | None:
    start = telling.start or telling.published
    return (start, max(start, telling.end or start)) if start else None


def _compare_places(a: Telling, b: Telling) -> dict[str, float]:
    return {"same place": a.place is not None and a.place == b.place,
            "same country": a.place is None and a.country is not None and a.country == b.country,
            "other place": a.place is not None and b.place is not None and a.place != b.place,
            "other country": a.country is not None and b.country is not None and a.country != b.country}


def _compare_words(a: Telling, b: Telling) -> dict[str, float]:
    shared = a.words.keys() & b.words.keys()
    likeness = sum(a.words[word] * b.words[word] for word in shared) / (a.norm * b.norm) if shared else 0.0
    within = len(shared) / max(1, min(len(a.words), len(b.words)))
    numbers = frozenset(w for w in a.words if w[:1].isdigit()), frozenset(w for w in b.words if w[:1].isdigit())
    reports = len(a.report & b.report) / max(1, min(len(a.report), len(b.report)))
    return {"sentence alike": likeness, "sentence much alike": likeness > 0.5, "sentence the same": likeness > 0.9,
            "words within": within, "report alike": reports, "report much alike": reports > 0.4,
            "same trigger": a.trigger == b.trigger, "near-identical reports": a.family == b.family and a.document_id != b.document_id,
            "told again": a.same_as == b.event_id or b.same_as == a.event_id or (a.same_as is not None and a.same_as == b.same_as),
            "numbers shared": bool(numbers[0] & numbers[1]),
            "numbers differ": bool(numbers[0]) and bool(numbers[1]) and numbers[0].isdisjoint(numbers[1])}
