"""Which language a report is in, by the script of its letters."""
from __future__ import annotations

import unicodedata

from rawabit.lexicon.load import known_languages, load_lexicon
from rawabit.model import Document, InputError

SAMPLE = 400
"""Code points looked at."""


def find_language(doc: Document) -> str:
    """ISO 639-1 code of the known language whose script most letters are in. Raises InputError when none fits."""
    letters = [c for c in doc.content[:SAMPLE * 4] if c.isalpha()][:SAMPLE]
    if not letters:
        raise InputError(f"report {doc.id}: no text. Give a report with words in it.")
    for code in known_languages():
        script = load_lexicon(code).orthography.script
        if sum(unicodedata.name(c, "").startswith(script) for c in letters) * 2 > len(letters):
            return code
    known = ", ".join(known_languages())
    raise InputError(f"report {doc.id}: not in a language that Rawabit reads ({known}). Name the language if it is one of these.")
