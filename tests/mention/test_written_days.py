"""Days of publication in words: one full day is read, everything else is left alone."""
from __future__ import annotations

from datetime import date

import pytest

from rawabit.cli.inputs import read_day


@pytest.mark.parametrize(("text", "day"), [
    ("الأربعاء، 8 أكتوبر 2025", date(2025, 10, 8)), ("8 تشرين الأول 2025", date(2025, 10, 8)), ("٨ أكتوبر ٢٠٢٥", date(2025, 10, 8)),
    ("الأربعاء 8 أكتوبر 2025 - 10:30 بتوقيت غرينتش", date(2025, 10, 8)), ("8 أكتوبر", None), ("أكتوبر 2025", None), ("الأربعاء", None),
    ("أمس", None), ("8 أكتوبر 2025 - 9 أكتوبر 2025", None), ("٨/١٠/٢٠٢٥", None), ("32 أكتوبر 2025", None), ("", None),
    ("8 October 2025", None), ("8 أكتوبر 2025 " * 50, None),
])
def test_written_days(text: str, day: date | None) -> None:
    assert read_day(text) == day
