"""Language codes."""
from __future__ import annotations

import re

from rawabit.model.errors import InputError


def make_language(tag: str) -> str:
    """ISO 639-1 code of a language tag: `ar` of `AR` and `ar-SA`; empty for an empty tag. Raises InputError for what is no tag."""
    main = re.split("[-_]", tag.strip().lower())[0]
    if main and not re.fullmatch("[a-z]{2,3}", main):
        raise InputError(f"language {tag.strip()[:40]!r} is no ISO 639-1 code. Write two letters, for example `ar`.")
    return main
