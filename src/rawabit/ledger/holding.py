"""Whether a tie holds on a day. A report says that it holds when it is written, seldom since when, and nearly never until when.

A tie holds from its first day, or from the publication of its report where that is unknown. It holds to its last day. Where it has none, or
its last day is that of the report ("since 1967"), nothing says that it ended: it holds on until a later report denies it, and for
`YEARS` at most, after which it is no longer known; each report that tells it again counts anew.
"""
from __future__ import annotations

from datetime import date
from typing import Any

from rawabit.lexicon.schema import MUTUAL

YEARS = 5
"""How long a tie is taken to hold on after the report that tells it: what outlasts this is told again in the meantime."""
FLEETING = ("at_war_with", "chairs", "mediates_between")
"""Ties taken to hold on for a year: chairs change hands yearly (CIS, OTS, EAEU); wars and mediation are told as long as they last."""
LASTING = ("borders",)
"""Ties that hold on any day whatever their dates."""
TOLD_ON = "coalesce({0}.published, {0}.recorded_at::DATE)"
OPEN = """(ties."end" IS NULL OR ties.modality = 'actual' AND ties.precision = 'range' AND ties."end" = ties.published)"""


def _names(relations: tuple[str, ...] | list[str]) -> str:
    return "(" + ", ".join(f"'{name}'" for name in relations) + ")"


def make_holding(day: date) -> tuple[str, list[Any]]:
    """The condition on a row of `ties`, and its parameters. Told as to come holds within its dates alone; supposed or denied never."""
    told = TOLD_ON.format("ties")
    same = "(denied.subject_code, denied.object_code) = (ties.subject_code, ties.object_code)"
    turned = "(denied.subject_code, denied.object_code) = (ties.object_code, ties.subject_code)"
    ended = (f"EXISTS (SELECT 1 FROM ties AS denied WHERE denied.modality = 'negated' AND denied.relation = ties.relation "
             f"AND ({same} OR ties.relation IN {_names(sorted(MUTUAL))} AND {turned}) "
             f"AND {TOLD_ON.format('denied')} > {told} AND {TOLD_ON.format('denied')} <= ?)")
    years = f"if(ties.relation IN {_names(FLEETING)}, 1, {YEARS})"
    holds_on = f"greatest(ties.start, {told}) + to_years({years}) > ? AND NOT {ended}"
    dated = f'coalesce(ties.start, {told}) <= ? AND CASE WHEN {OPEN} THEN {holds_on} ELSE ties."end" >= ? END'
    return (f"(ties.modality = 'actual' OR ties.modality = 'future' AND ties.start IS NOT NULL) "
            f"AND (ties.relation IN {_names(LASTING)} OR {dated})", [day, day, day, day])
