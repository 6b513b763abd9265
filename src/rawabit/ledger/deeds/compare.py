"""Two tellings side by side: the marks that speak for one deed or for two, each between 0 and 1.

The marks are weighed by `judge`; nothing here decides. Dates are compared in days within the precision that the reports give.
"""
from __future__ import annotations

from functools import lru_cache
from math import fsum, log1p

from rawabit.ledger.deeds.telling import Telling

FAR = 30
"""Days from which on a gap is called far."""
LONGEST = 6.0
"""Natural logarithm of the days (some 400) from which on a gap counts in full."""
RECENT = 3
"""Days after which a report looks back at a deed."""
RARE = 5.5
"""How rare a word must be to name a thing: it stands in one report of 250."""
GAPS = ((0, "same day"), (1, "next day"), (4, "days apart"), (FAR - 1, "weeks apart"))
KNOWN_WORDS = 1 << 16
"""Pairs of triggers whose likeness is kept: the triggers of news are few."""
Marks = dict[str, float]


def _name_gaps(dated: str) -> tuple[str, ...]:
    """The mark of each gap of days up to `FAR`."""
    return tuple(f"{dated}: {next((name for limit, name in GAPS if gap <= limit), 'far')}" for gap in range(FAR + 1))


DATED = {(True, True): _name_gaps("dated"), (False, False): _name_gaps("day of report"),
         (True, False): _name_gaps("dated and not"), (False, True): _name_gaps("dated and not")}
SIDE_MARKS = {side: (f"{side} the same", f"{side} differs", f"{side} shared", f"{side} in one alone") for side in ("actor", "recipient")}


def compare(a: Telling, b: Telling) -> Marks:
    """The marks of a pair of tellings; those that are 0 are left out."""
    marks: Marks = {}
    _compare_types(a, b, marks)
    codes = _compare_parties(a, b, marks)
    gap = days_apart(a, b)
    day = _compare_dates(a, b, gap, marks)
    _compare_places(a, b, marks)
    clause = _compare_words(a, b, marks)
    if a.document_id == b.document_id:
        _compare_standing(a, b, marks)
    else:
        _compare_sides(a, b, marks)
        _compare_telling(a, b, gap, marks)
        if a.family == b.family:
            marks["near-identical reports"] = 1.0
    if a.type == b.type:
        _compare_same_type(a.type, codes, day, clause, marks)
    return marks


def _compare_types(a: Telling, b: Telling, marks: Marks) -> None:
    if a.type == b.type:
        marks["same type"] = marks[f"type {a.type}"] = 1.0
        if a.mode is not None and b.mode is not None:
            marks["same mode" if a.mode == b.mode else "other mode"] = 1.0
    if a.modality != b.modality:
        marks["modality " + "+".join(sorted((a.modality, b.modality)))] = 1.0
    elif a.modality != "actual":
        marks[f"modality {a.modality}"] = 1.0


def _compare_parties(a: Telling, b: Telling, marks: Marks) -> bool:
    """True where the codes are the same."""
    same = a.codes == b.codes
    if same:
        marks["same codes" if len(a.codes) > 1 else "same one code" if a.codes else "no codes"] = 1.0
    elif a.codes <= b.codes or b.codes <= a.codes:
        marks["codes within"] = 1.0
    else:
        marks["no code shared" if a.codes.isdisjoint(b.codes) else "codes differ"] = 1.0
    if a.actors == b.actors and a.recipients == b.recipients:
        marks["same parties"] = 1.0
    elif a.actor_codes.isdisjoint(b.actor_codes):
        marks["actors differ"] = 1.0
    if a.recipients and b.recipients and not a.actors.isdisjoint(b.recipients):
        marks["sides swapped"] = 1.0
    if a.names and b.names:
        shared = len(a.names & b.names)
        marks["names shared" if shared else "names differ"] = shared / (len(a.names) + len(b.names) - shared) if shared else 1.0
    return same


def _compare_sides(a: Telling, b: Telling, marks: Marks) -> None:
    """Who did it and to whom, side by side, in two reports."""
    _compare_side(a.doers, b.doers, "actor", marks)
    _compare_side(a.targets, b.targets, "recipient", marks)
    if not a.actors.isdisjoint(b.actors):
        marks["actor by name"] = 1.0
    if not a.recipients.isdisjoint(b.recipients):
        marks["recipient by name"] = 1.0
    if a.codes and b.codes:
        common = len(a.codes & b.codes)
        marks["codes in common"] = common / (len(a.codes) + len(b.codes) - common)


def _compare_side(first: frozenset[str], second: frozenset[str], side: str, marks: Marks) -> None:
    same, differs, shared, alone = SIDE_MARKS[side]
    if first and second:
        marks[same if first == second else differs if first.isdisjoint(second) else shared] = 1.0
    elif first or second:
        marks[alone] = 1.0


def _compare_dates(a: Telling, b: Telling, gap: int | None, marks: Marks) -> bool:
    """True where both may lie on one day. `gap`: days between them."""
    if a.told is not None and b.told is not None:
        marks["told days apart"] = min(abs(a.told - b.told), FAR) / FAR
    if gap is None:
        marks["no date"] = 1.0
        return False
    marks[DATED[a.dated, b.dated][min(gap, FAR)]] = 1.0
    return gap == 0


def _compare_telling(a: Telling, b: Telling, gap: int | None, marks: Marks) -> None:
    """When two reports tell it: how far apart they put it, whether on one day, whether either looks back."""
    if gap is not None:
        marks["days apart"] = min(log1p(gap), LONGEST) / LONGEST
    if a.told is not None and b.told is not None and abs(a.told - b.told) <= 1:
        marks["told on one day" if a.told == b.told else "told within a day"] = 1.0
    if a.age is not None and b.age is not None and (a.age > RECENT or b.age > RECENT):
        marks["both look back" if a.age > RECENT and b.age > RECENT else "one looks back"] = 1.0


def days_apart(a: Telling, b: Telling) -> int | None:
    """Days between the two stretches of dates, 0 where they overlap; None where a telling has no date."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return None
    return max(0, b.first - a.last, a.first - b.last)


def _compare_places(a: Telling, b: Telling, marks: Marks) -> None:
    if a.place and b.place:
        marks["same place" if a.place == b.place else "other place"] = 1.0
    if a.country and b.country:
        marks["same country" if a.country == b.country else "other country"] = 1.0


def _compare_words(a: Telling, b: Telling, marks: Marks) -> bool:
    """True where the clauses are alike."""
    first, second = a.words, b.words
    shared = first.keys() & second.keys()
    if shared:
        likeness = fsum([first[word] * second[word] for word in shared]) / (a.norm * b.norm)  # fsum: the same in any order of a set
        marks["sentence alike"] = likeness
        marks["words within"] = len(shared) / min(len(first), len(second))
        rare = len([word for word in shared if first[word] > RARE])
        if rare:
            marks["rare word shared" if rare == 1 else "rare words shared"] = 1.0
        if likeness > 0.5:
            marks["sentence much alike"] = 1.0
            if likeness > 0.9:
                marks["sentence the same" if a.trigger == b.trigger else "sentence the same, other act"] = 1.0
    clause = _overlap(a.pieces, b.pieces)
    marks["clause alike"] = clause
    if clause > 0.6:
        marks["clause much alike"] = 1.0
    reports = _overlap(a.report, b.report)
    marks["report alike"] = reports
    if reports > 0.4:
        marks["report much alike"] = 1.0
    if a.trigger == b.trigger:
        marks["same trigger"] = 1.0
    elif _touch(a.trigger, b.trigger):
        marks["trigger alike"] = 1.0
    if a.numbers and b.numbers:
        marks["numbers differ" if a.numbers.isdisjoint(b.numbers) else "numbers shared"] = 1.0
    return clause > 0.3


def _overlap(first: frozenset[str], second: frozenset[str]) -> float:
    """The share of the smaller set that lies in the other."""
    shared = len(first & second)
    return shared / min(len(first), len(second)) if shared else 0.0


@lru_cache(KNOWN_WORDS)
def _touch(a: str, b: str) -> bool:
    """Whether two words share a run of letters of nearly the length of the shorter."""
    short, long = (a, b) if len(a) < len(b) else (b, a)
    size = max(3, len(short) - 2)
    return any(short[n : n + size] in long for n in range(len(short) - size + 1))


def _compare_standing(a: Telling, b: Telling, marks: Marks) -> None:
    """Where two tellings of one report stand."""
    apart = abs(a.sentence - b.sentence)
    if apart <= 4:
        marks["same sentence" if apart == 0 else "next sentence" if apart == 1 else "within four sentences"] = 1.0
    if apart and min(a.sentence, b.sentence) == 0:
        marks["title and first" if apart <= 2 else "title and later"] = 1.0
    if a.same_as == b.event_id or b.same_as == a.event_id or (a.same_as is not None and a.same_as == b.same_as):
        marks["told again"] = 1.0


def _compare_same_type(kind: str, codes: bool, day: bool, clause: bool, marks: Marks) -> None:
    """Marks that tell more together."""
    if codes:
        marks["same type and codes"] = 1.0
        if day:
            marks["same type, codes and day"] = 1.0
    elif "codes within" in marks:
        marks["same type, codes within"] = 1.0
    if not day and "no date" not in marks:
        marks[f"{kind}, other day"] = 1.0
        if "rare word shared" not in marks and "rare words shared" not in marks:
            marks["same type, other day, no rare word shared"] = marks[f"{kind}, other day, no rare word shared"] = 1.0
    if day and clause:
        marks["same type and day, clause alike"] = 1.0
    if "same trigger" in marks:
        marks["same type and trigger"] = 1.0
    if "title and first" in marks or "title and later" in marks:
        marks["same type, title"] = 1.0
