"""Encodings: which text comes out of which bytes, and what the user is told."""
from __future__ import annotations

import pytest

from rawabit.model import Document, InputError
from rawabit.model.document import make_id
from rawabit.source.clean import clean_document, clean_line, clean_text
from rawabit.source.decode import declared_charset, decode_bytes

TEXT = "التقى الرئيس الروسي فلاديمير بوتين، اليوم، نظيره الأذري إلهام علييف في دوشنبه؛ وقال: «لا» 2025."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_mark(encoding: str) -> None:
    assert decode_bytes(TEXT.encode(encoding)) == (TEXT, ())


@pytest.mark.parametrize(("encoding", "text"), [
    ("cp1256", TEXT),
    ("iso8859-6", TEXT.replace("«", "").replace("»", "")),
])
def test_arabic_code_pages(encoding: str, text: str) -> None:
    assert decode_bytes(text.encode(encoding)) == (text, (f"not UTF-8: read as {encoding}.",))


def test_short_arabic_code_page() -> None:
    assert decode_bytes("بوتين: سنرد".encode("cp1256"))[0] == "بوتين: سنرد"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_cyrillic_is_not_taken_for_arabic(encoding: str) -> None:
    text = "Президент России Владимир Путин провёл переговоры с президентом Азербайджана Ильхамом Алиевым в Душанбе. " * 3
    assert decode_bytes(text.encode(encoding))[0] == text


def test_utf8_cut_off_in_a_character() -> None:
    data = TEXT.encode()[:-9]
    data = data[: data.rindex("»".encode()) + 1] if data[-1] < 0x80 else data
    text, issues = decode_bytes(data)
    assert TEXT.startswith(text) and len(text) > 80
    assert "cut off in the middle of a character" in issues[0]


def test_utf8_with_damage_inside() -> None:
    data = TEXT.encode()
    text, issues = decode_bytes(data[:20] + b"\xff" + data[20:])
    assert text.replace("\ufffd", "").startswith("التقى") and text.endswith("2025.")
    assert issues == ("1 damaged place in utf-8 replaced by U+FFFD.",) or "damaged places" in issues[0]


def test_a_genuine_replacement_character_is_no_damage() -> None:
    assert decode_bytes("بوتين \ufffd".encode()) == ("بوتين \ufffd", ())


def test_cut_off_utf16() -> None:
    text, issues = decode_bytes(TEXT.encode("utf-16")[:-1])
    assert text.startswith(TEXT[:-1]) and "damaged" in issues[0]


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", b"\xff\xfe", "\ufeff \n".encode("utf-16-le")])
def test_empty(data: bytes) -> None:
    with pytest.raises(InputError, match=r"empty.*Give a report"):
        decode_bytes(data)


@pytest.mark.parametrize(("data", "kind"), [
    (b"%PDF-1.7\n%\xe2\xe3", "a PDF"), (b"PK\x03\x04\x14\x00", "a ZIP"), (b"\x89PNG\r\n\x1a\n\0\0", "an image"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image"), (b"\x1f\x8b\x08\0", "a gzip"),
    (bytes(range(256)) * 4, "binary data"), (b"\0" * 500 + b"x", "binary data"), (b"\0\0\0\0\x01\x02\x03", "binary data"),
])
def test_binary_is_named_and_refused(data: bytes, kind: str) -> None:
    with pytest.raises(InputError, match=rf"{kind}.*Save it as"):
        decode_bytes(data)


def test_a_stray_nul_is_text() -> None:
    assert decode_bytes((TEXT + "\0" + TEXT).encode())[0] == f"{TEXT}\0{TEXT}"


@pytest.mark.parametrize(("head", "name"), [
    (b"<meta charset=windows-1256>", "cp1256"), (b'<meta content="text/html; charset=utf-8">', "utf-8"),
    (b"<meta charset=klingon>", None), (b"<p>", None),
])
def test_declared_charset(head: bytes, name: str | None) -> None:
    assert declared_charset(head) == name


HIDDEN = ["\0", "\x1b", "\x7f", "\x9f", "\u061c", "\u200b", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff"]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_hidden_characters_become_spaces_one_to_one(hidden: str) -> None:
    assert clean_text(f"قال{hidden}بوتين") == "قال بوتين"


@pytest.mark.parametrize(("raw", "clean"), [
    ("أ\r\nب", "أ \nب"), ("أ\rب", "أ\nب"), ("أ\u2028ب", "أ\nب"), ("أ\tب", "أ\tب"), ("أ\ud800ب", "أ\ufffdب"),
    ("می\u200cخواهم", "می\u200cخواهم"),
])
def test_line_ends_and_half_characters(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean and len(clean) == len(raw)


def test_a_title_has_no_line_ends() -> None:
    assert clean_line(" أ\nب\u200f ") == "أ ب"


def test_a_document_that_no_file_gave_can_be_written() -> None:
    doc = clean_document(Document(make_id("\ud800", "قال\udfff"), "\ud800", "قال\udfff", "و\ud83d", "AR-sa", None, "\ud800"))
    assert doc == Document(make_id("\ufffd", "قال\ufffd"), "\ufffd", "قال\ufffd", "و\ufffd", "ar", None, "\ufffd")
    assert clean_document(Document("\ud800", "", "قال")) == Document("\ufffd", "", "قال")


def test_a_fit_document_stays_itself() -> None:
    doc = Document("1", "أ\u200f", "قال\r\nبوتين", language="ar")
    assert clean_document(doc) is doc
    with pytest.raises(InputError, match="no ISO 639-1 code"):
        clean_document(Document("1", "", "قال", language="Arabic"))
