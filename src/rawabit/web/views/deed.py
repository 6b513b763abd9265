"""A deed: all its tellings side by side, what differs, how it was told over time."""
from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import Path

from rawabit.ledger.ledger import Ledger
from rawabit.ledger.story import Step, find_story
from rawabit.web.asked import Asked

DIFFERS = ("modality", "type", "start", "codes")
"""Columns of a telling that are held against the deed's."""


class Telling(msgspec.Struct, frozen=True):
    """A telling and the columns in which it says otherwise than the deed."""

    row: dict[str, Any]
    differs: tuple[str, ...]


class DeedPage(msgspec.Struct, frozen=True):
    """A deed, its tellings in order of publication, the steps in which it was told otherwise than before, each telling's number."""

    deed: dict[str, Any]
    tellings: tuple[Telling, ...]
    history: tuple[Step, ...]
    numbers: dict[str, int]


def view_deed(ledger: Ledger, asked: Asked, *,
              id: Annotated[str, Path(max_length=80, description="Of a deed or of a telling.")]) -> DeedPage:
    """All tellings of one deed side by side."""
    story = find_story(ledger, id, asked.as_of)
    deed = {name: value for name, value in story.deed.items() if name != "gist"}
    tellings = tuple(Telling(row, find_differences(row, deed)) for row in story.tellings)
    return DeedPage(deed, tellings, story.history, story.numbers)


def find_differences(row: dict[str, Any], deed: dict[str, Any]) -> tuple[str, ...]:
    """The columns in which a telling says otherwise than its deed."""
    return tuple(name for name in DIFFERS if row[name] != deed[name])
