"""bytes → text: which encoding a file is in.

Order of work: emptiness and file signatures, byte order marks, UTF-16 without a mark, UTF-8, UTF-8 with some damage, the encoding
that a page declares, Arabic code pages, whatever charset-normalizer finds. Refuses binary files and encodings that nothing names.
"""
from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from rawabit.model import InputError

SIGNATURES = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP archive or office document", b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "an image", b"GIF8": "an image",
    b"\xff\xd8\xff": "an image", b"RIFF": "a media file", b"\xd0\xcf\x11\xe0": "an old office document", b"BZh": "a bzip2 archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive", b"7z\xbc\xaf": "a 7z archive", b"\x7fELF": "a program",
}
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
WIDE_MARKS = tuple(mark for mark, encoding in MARKS if encoding != "utf-8")
WIDE_HIGH = frozenset({0x00, 0x04, 0x06, 0x20})
"""High bytes of UTF-16 in Arabic, Cyrillic or Latin news: Latin, Cyrillic, Arabic, general punctuation."""
WIDE_SHARE = 0.9
BINARY_SHARE = 0.02
"""Control bytes per byte above which a file is no text (a stray NUL in a report is far below)."""
ARABIC_SHARE = 0.85
"""Of the letters above ASCII, how many must be Arabic for an Arabic code page to be believed; code page 1251 read so gives about half."""
COMMON = frozenset({0x627, 0x644, 0x64A, 0x645, 0x648, 0x646, 0x631, 0x62A})
"""Alef, lam, ya, mim, waw, nun, ra, ta: the commonest letters of Arabic news (0.61 of all in the dev reports, 0.46 in the lowest)."""
COMMON_SHARE = 0.45
"""How many letters must be common ones; KOI8-R read as code page 1256 is all Arabic letters, but gives 0.06."""
DAMAGE_SHARE = 0.1
"""Damaged places per good character above ASCII up to which bytes are still UTF-8; code page 1256 read as UTF-8 gives more than 1."""
ARABIC_PAGES = ("cp1256", "iso8859-6")
SAMPLE = 20_000
CONTROL = bytes(set(range(0x20)) - set(b"\t\n\r\v\f\x1b"))
NEXT_BINARY = "Save it as plain text, HTML or JSON."
NEXT_ENCODING = "Save it as UTF-8."


def decode_bytes(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text, and issues where reading took a guess or lost something. Raises InputError for empty or binary bytes."""
    if not data.strip():
        raise InputError("empty. Give a report with words in it.")
    check_binary(data)
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark):], encoding)
    wide = find_wide(data)
    return _decode_marked(data, wide) if wide else _decode_plain(data, declared)


def check_binary(data: bytes) -> None:
    """Raises InputError for bytes that are no text in any encoding, by their signature or their control bytes."""
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise InputError(f"{kind}, not text. {NEXT_BINARY}")
    controls = 1 - len(data[:SAMPLE].translate(None, CONTROL)) / max(1, len(data[:SAMPLE]))
    if controls > BINARY_SHARE and not data.startswith(WIDE_MARKS) and not find_wide(data):
        raise InputError(f"binary data, not text. {NEXT_BINARY}")


def _decode_marked(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    """Text whose encoding is known: damage becomes U+FFFD and an issue."""
    text = data.decode(encoding, "replace")
    if not text.strip():
        raise InputError("empty. Give a report with words in it.")
    damage = text.count("\ufffd") - data.decode(encoding, "ignore").count("\ufffd")
    return text, (damage_of(encoding, damage),) if damage else ()


def _decode_plain(data: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        cut = error.end == len(data) and error.reason == "unexpected end of data" and not data[: error.start].isascii()
        if cut:
            return data[: error.start].decode("utf-8"), ("cut off in the middle of a character: the end of the report may be missing.",)
    text = data.decode("utf-8", "replace")
    damage = text.count("\ufffd")
    if damage <= DAMAGE_SHARE * sum(not c.isascii() for c in text[:SAMPLE] if c != "\ufffd"):
        return text, (damage_of("utf-8", damage),)
    return _decode_other(data, declared)


def _decode_other(data: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    """One of the code pages before Unicode."""
    if declared:
        text = _try(data, declared)
        if text is not None:
            return text, ()
    for encoding in _guess(data[:SAMPLE]):
        text = _try(data, encoding)
        if text is not None:
            return text, (f"not UTF-8: read as {encoding}.",)
    raise InputError(f"in an encoding that nothing names. {NEXT_ENCODING}")


def _guess(data: bytes) -> Iterator[str]:
    """Encodings before Unicode that these bytes may be in, the likeliest first."""
    page = max(ARABIC_PAGES, key=lambda name: _arabic(_try(data, name)))
    if _arabic(_try(data, page)) >= ARABIC_SHARE:
        yield page
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best:
        yield best.encoding


def find_encoding(head: bytes) -> tuple[str, tuple[str, ...]]:
    """The encoding of a stream whose first lines are these, and issues. Raises InputError for binary data or wide encodings."""
    check_binary(head)
    if head.startswith(WIDE_MARKS) or find_wide(head):
        raise InputError("lines in UTF-16 or UTF-32. Save it as UTF-8 (`iconv -f UTF-16 -t UTF-8`).")
    text = head.decode("utf-8", "replace")
    if text.count("\ufffd") <= DAMAGE_SHARE * sum(not c.isascii() for c in text[:SAMPLE] if c != "\ufffd"):
        return "utf-8", ()
    encoding = next(_guess(head[:SAMPLE]), None)
    if encoding is None:
        raise InputError(f"in an encoding that nothing names. {NEXT_ENCODING}")
    return encoding, (f"not UTF-8: read as {encoding}.",)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _arabic(text: str | None) -> float:
    """The share of Arabic letters among letters above ASCII; 0 where too few of them are the common ones."""
    letters = [ord(c) for c in text or "" if c.isalpha() and not c.isascii()]
    if not letters or sum(c in COMMON for c in letters) < COMMON_SHARE * len(letters):
        return 0.0
    return sum(0x600 <= c <= 0x6FF for c in letters) / len(letters)


def find_wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte is one of few high bytes, and no character is NUL."""
    data = data[:SAMPLE]
    if 0 not in data:
        return None
    for encoding, high, low in (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2])):
        if len(high) > 3 and sum(b in WIDE_HIGH for b in high) >= WIDE_SHARE * len(high) and b"\0" not in low:
            return encoding
    return None


def damage_of(encoding: str, places: int) -> str:
    """The issue for places replaced by U+FFFD."""
    return f"{places} damaged {'place' if places == 1 else 'places'} in {encoding} replaced by U+FFFD."


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page names in its first 2,048 bytes, if Python knows it."""
    found = re.search(rb"charset\s*=\s*[\"']?([\w.:-]{2,40})", data[:2048], re.IGNORECASE)
    name = found.group(1).decode("ascii", "replace") if found else None
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None
