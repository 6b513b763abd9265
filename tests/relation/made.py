"""Deeds and series made in memory."""
from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rawabit.relation.deeds import Deed
from rawabit.relation.series import Series, make_series

START = date(2018, 1, 1)
QUADS = {"CONSULT": 1, "SUPPORT": 1, "AID": 2, "ACCUSE": 3, "SANCTION": 4, "ASSAULT": 4}
SCORES = {"CONSULT": 2.5, "SUPPORT": 5.0, "AID": 10.0, "ACCUSE": -2.0, "SANCTION": -6.0, "ASSAULT": -9.0}


def day_of(number: int) -> date:
    """A day by its number from the first."""
    return START + timedelta(number)


def make_deed(number: int, kind: str = "SANCTION", reports: int = 1, **more: Any) -> Deed:
    """A deed of AAA to BBB on a day, told on it."""
    given = {"deed_id": f"{kind}-{number}-{reports}", "day": day_of(number), "type": kind, "mode": None,
             "modality": "actual",
             "quad": QUADS[kind], "score": SCORES[kind], "reports": reports, "outlets": min(reports, 3), "first_told": day_of(number),
             "actors": ("AAA/GOV",), "recipients": ("BBB/GOV",), "evidence": "x"}
    return Deed(**{**given, **more})


def make(deeds: list[Deed], until: int = 200) -> Series:
    """Their series up to a day."""
    return make_series(("AAA", "BBB"), deeds, None, day_of(until))
