"""The short reports that come with Rawabit: written for it, after events of 2018 to 2025. `gold/demo/` holds what is right of them."""
from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

import msgspec

from rawabit.model import Document


def read_dispatches() -> Iterator[Document]:
    """All of them, in every language."""
    for line in resources.files("rawabit.demo").joinpath("dispatches.jsonl").read_bytes().splitlines():
        yield msgspec.json.decode(line, type=Document)
