"""Files, folders and standard input: good ones read, every kind of bad one a failure in its place."""
from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rawabit.model.document import make_id
from rawabit.source import Defaults, Failure, Notice, Outcome, Sourced, read_paths
from rawabit.source.kinds import KINDS
from rawabit.source.record import MAXIMAL_TEXT, find_date

TITLE, TEXT = "بوتين يلتقي علييف في دوشنبه", "التقى الرئيس الروسي فلاديمير بوتين نظيره الأذري إلهام علييف في دوشنبه اليوم الخميس."
REPORT = {"id": "r1", "title": TITLE, "text": TEXT, "source": "outlet", "language": "ar", "published": "2025-10-09", "url": "https://example.org/1"}
PAGE = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="{charset}"><title>{title}</title>
<meta property="og:site_name" content="الوكالة"><meta property="article:published_time" content="2025-10-09T10:00:00+03:00"></head>
<body><article><h1>{title}</h1><p>{text}</p><p>{text}</p></article><footer>جميع الحقوق محفوظة 2026</footer></body></html>"""


def read_all(path: Path | str, defaults: Defaults | None = None, stdin: bytes = b"") -> list[Outcome]:
    return list(read_paths([str(path)], defaults or Defaults(), io.BytesIO(stdin)))


def read_one(path: Path | str, defaults: Defaults | None = None, stdin: bytes = b"") -> Sourced:
    (outcome,) = read_all(path, defaults, stdin)
    assert isinstance(outcome, Sourced), outcome
    return outcome


def fail_one(path: Path | str, stdin: bytes = b"") -> Failure:
    (outcome,) = read_all(path, None, stdin)
    assert isinstance(outcome, Failure), outcome
    return outcome


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def line(**changes: object) -> str:
    return json.dumps({**REPORT, **changes}, ensure_ascii=False) + "\n"


# ---- good input ----------------------------------------------------------------------------------------------------------------


def test_text_file_has_its_title_in_the_first_line(tmp_path: Path) -> None:
    found = read_one(write(tmp_path / "a.txt", f"\n{TITLE}\r\n\r\n{TEXT}\r\n"))
    assert (found.document.title, found.document.text.strip(), found.document.published) == (TITLE, TEXT, None)
    assert found.where == str(tmp_path / "a.txt")
    assert found.document.id == make_id(found.document.title, found.document.text)


def test_options_fill_what_a_report_leaves_out(tmp_path: Path) -> None:
    defaults = Defaults(date(2025, 1, 1), "agency", "ar")
    doc = read_one(write(tmp_path / "a.txt", f"{TITLE}\n{TEXT}"), defaults).document
    assert (doc.published, doc.source, doc.language) == (date(2025, 1, 1), "agency", "ar")
    doc = read_one(write(tmp_path / "a.json", line()), defaults).document
    assert (doc.published, doc.source) == (date(2025, 10, 9), "outlet")


def test_json_report(tmp_path: Path) -> None:
    found = read_one(write(tmp_path / "a.json", json.dumps(REPORT, indent=2)))
    doc = found.document
    assert {name: getattr(doc, name) for name in REPORT} == {**REPORT, "published": date(2025, 10, 9)}
    assert found.issues == ()


@pytest.mark.parametrize(("key", "alias"), [("text", "content"), ("text", "body"), ("published", "date"), ("source", "outlet")])
def test_json_aliases(tmp_path: Path, key: str, alias: str) -> None:
    fields = {alias if name == key else name: value for name, value in REPORT.items()}
    assert read_one(write(tmp_path / "a.json", json.dumps(fields))).document == read_one(write(tmp_path / "b.json", line())).document


def test_json_list(tmp_path: Path) -> None:
    found = read_all(write(tmp_path / "a.json", json.dumps([REPORT, REPORT])))
    assert [f.where for f in found] == [f"{tmp_path}/a.json[0]", f"{tmp_path}/a.json[1]"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.json"])
def test_json_lines_keep_their_place(tmp_path: Path, name: str) -> None:
    data = (line(id="1") + "\n" + line(id="2")).encode()
    found = read_all(write(tmp_path / name, gzip.compress(data) if name.endswith("gz") else data))
    assert [(f.where.rpartition(":")[2], f.document.id) for f in found if isinstance(f, Sourced)] == [("1", "1"), ("3", "2")]


def test_json_lines_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert read_one(write(tmp_path / "a.jsonl", "\ufeff" + line())).document.id == "r1"


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_page(tmp_path: Path, charset: str) -> None:
    found = read_one(write(tmp_path / "a.html", PAGE.format(charset=charset, title=TITLE, text=TEXT * 4).encode(charset)))
    doc = found.document
    assert (doc.title, doc.source, doc.language, doc.published) == (TITLE, "الوكالة", "ar", date(2025, 10, 9))
    assert TEXT in doc.text and "محفوظة" not in doc.text


def test_page_without_a_date_takes_none_from_its_footer(tmp_path: Path) -> None:
    page = PAGE.format(charset="utf-8", title=TITLE, text=TEXT * 4).replace("2025-10-09T10:00:00+03:00", "x")
    found = read_one(write(tmp_path / "a.htm", page))
    assert found.document.published is None and "--published" in found.issues[0]


def test_folder_is_read_in_sorted_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b/2.json", "b/1.json", "a.json", ".hidden/c.json", ".d.json"):
        write(tmp_path / name, line(id=name))
    write(tmp_path / "photo.jpg", b"\xff\xd8\xff")
    found = read_all(tmp_path)
    assert [f.document.id for f in found if isinstance(f, Sourced)] == ["a.json", "b/1.json", "b/2.json"]
    assert [str(f) for f in found if isinstance(f, Notice)] == [
        f"{tmp_path}: passed over files of other kinds (1 .jpg). Rawabit reads {KINDS}."]


@pytest.mark.parametrize("data", [
    f"{TITLE}\n{TEXT}", line(), json.dumps(REPORT, indent=1), line() + line(), PAGE.format(charset="utf-8", title=TITLE, text=TEXT * 4),
    "\ufeff" + line(), "\n\n" + line(),
])
def test_standard_input_of_every_kind(data: str) -> None:
    found = read_all("-", stdin=data.encode())
    assert {f.document.title for f in found if isinstance(f, Sourced)} == {TITLE}
    assert all(f.where.startswith("<stdin>") for f in found)


@pytest.mark.parametrize(("value", "day"), [
    ("2025-10-09", date(2025, 10, 9)), ("2025-10-09T23:30:00Z", date(2025, 10, 9)), ("2025/1/9", date(2025, 1, 9)),
    ("Thu, 09 Oct 2025 10:00:00 GMT", date(2025, 10, 9)), ("2025-13-01", None), ("أمس", None), ("", None), ("2025-10-091", None),
    ("20251009", None),
])
def test_dates_of_publication(value: str, day: date | None) -> None:
    assert find_date(value) == day


# ---- where it came from ---------------------------------------------------------------------------------------------------------

NOW = datetime(2025, 10, 9, 12, tzinfo=UTC)


def hash_of(text: str | bytes) -> str:
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


def test_a_file_is_hashed_whole_and_taken_now(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", f"{TITLE}\r\n{TEXT}\n")
    os.utime(path, (0, 0))
    (found,) = read_paths([str(path)], clock=lambda: NOW)
    assert isinstance(found, Sourced)
    assert (found.raw_hash, found.retrieved) == (hash_of(path.read_bytes()), NOW)
    assert read_one(path).retrieved.tzinfo is UTC


@pytest.mark.parametrize("packed", [False, True])
def test_a_line_is_hashed_alone_without_its_line_end(tmp_path: Path, packed: bool) -> None:
    data = (line(id="1") + line(id="2")).encode()
    path = write(tmp_path / ("a.jsonl.gz" if packed else "a.jsonl"), gzip.compress(data) if packed else data)
    assert [f.raw_hash for f in read_all(path) if isinstance(f, Sourced)] == [hash_of(line(id=i).rstrip("\n")) for i in "12"]


def test_items_of_a_list_have_hashes_of_their_own(tmp_path: Path) -> None:
    found = read_all(write(tmp_path / "a.json", json.dumps([REPORT, {**REPORT, "id": "r2"}, dict(reversed(REPORT.items()))])))
    first, second, third = (f.raw_hash for f in found if isinstance(f, Sourced))
    assert first == third != second


@pytest.mark.parametrize(("published", "kept"), [("2025-10-10", True), ("2025-10-11", False), ("2099-01-01", False)])
def test_a_date_in_the_future_is_left_out(tmp_path: Path, published: str, kept: bool) -> None:
    (found,) = read_paths([str(write(tmp_path / "a.json", line(published=published)))], clock=lambda: NOW)
    assert isinstance(found, Sourced)
    assert found.document.published == (date.fromisoformat(published) if kept else None)
    assert bool(found.issues) != kept and all("lies in the future" in issue for issue in found.issues)


# ---- bad input -----------------------------------------------------------------------------------------------------------------


def test_broken_json_on_line_3_names_line_and_column_and_the_others_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", line(id="1") + line(id="2") + '{"id": "3", "text": }\n' + line(id="4"))
    found = read_all(path)
    assert [f.document.id for f in found if isinstance(f, Sourced)] == ["1", "2", "4"]
    assert isinstance(found[2], Failure)
    assert str(found[2]).startswith(f"{path}:3:21: broken JSON: Expecting value. Write one JSON object a line")


def test_broken_first_line_of_standard_input() -> None:
    found = read_all("-", stdin=('{"id": "1", "text": "\n' + line(id="2")).encode())
    assert isinstance(found[0], Failure) and found[0].where.startswith("<stdin>:1:")
    assert isinstance(found[1], Sourced)


def test_broken_json_file_names_its_line(tmp_path: Path) -> None:
    found = fail_one(write(tmp_path / "a.json", '{\n"id": 1,\n"text": oops\n}'))
    assert found.where == f"{tmp_path}/a.json:3:9"


@pytest.mark.parametrize("value", ["[1]", "5", '"x"', "null", "[[]]"])
def test_json_that_is_no_object(tmp_path: Path, value: str) -> None:
    assert "no object" in fail_one(write(tmp_path / "a.jsonl", value + "\n")).error


@pytest.mark.parametrize("value", ["[" * 100_000, '{"id": ' + "9" * 5000 + "}"])
def test_json_that_python_cannot_hold(tmp_path: Path, value: str) -> None:
    assert "broken JSON" in fail_one(write(tmp_path / "a.jsonl", value)).error


@pytest.mark.parametrize(("changes", "message"), [
    ({"text": 5}, "text is a number, not a string"), ({"title": ["a"]}, "title is a list"), ({"text": "", "title": None}, "no words"),
    ({"text": " \u200f", "title": "\n"}, "no words"), ({"language": "../ar"}, "no ISO 639-1 code"),
    ({"published": 20251009}, "published is a number"),
])
def test_bad_fields(tmp_path: Path, changes: dict[str, object], message: str) -> None:
    found = fail_one(write(tmp_path / "a.jsonl", line(**changes)))
    assert found.where == f"{tmp_path}/a.jsonl:1" and message in found.error


def test_half_a_surrogate_pair_in_json(tmp_path: Path) -> None:
    doc = read_one(write(tmp_path / "a.jsonl", json.dumps({**REPORT, "text": TEXT + "\ud83d"}))).document
    assert doc.text == TEXT + "\ufffd"


def test_unknown_keys_become_an_issue_and_known_others_do_not(tmp_path: Path) -> None:
    found = read_one(write(tmp_path / "a.json", line(author="x", mood="y", zeal=1)))
    assert found.issues == ("keys not used: mood, zeal.",)


def test_no_date_is_an_issue_with_the_next_step(tmp_path: Path) -> None:
    found = read_one(write(tmp_path / "a.json", line(published=None)))
    assert found.document.published is None
    assert found.issues == ("no date of publication, so relative dates stay unresolved. "
                            "To date it, give its file or address to `rawabit read` or `rawabit add` with --published DATE.",)
    assert "'أمس' is no date" in read_one(write(tmp_path / "a.json", line(published="أمس"))).issues[0]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.jsonl", "a"])
def test_empty_file(tmp_path: Path, name: str) -> None:
    found = fail_one(write(tmp_path / name, b""))
    assert found.where == f"{tmp_path}/{name}" and found.error == "empty. Give a report with words in it."


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.jsonl", "a", "a.pdf"])
def test_binary_file(tmp_path: Path, name: str) -> None:
    assert "a PDF, not text. Save it as" in fail_one(write(tmp_path / name, b"%PDF-1.7\n\xe2\xe3\xcf\xd3\x00\x01")).error


def test_json_lines_in_utf_16(tmp_path: Path) -> None:
    assert "Save it as UTF-8" in fail_one(write(tmp_path / "a.jsonl", line().encode("utf-16"))).error


@pytest.mark.parametrize("name", ["report.docx", "report.md", "report.gz"])
def test_kind_that_is_not_read(tmp_path: Path, name: str) -> None:
    assert "of a kind that Rawabit does not read" in fail_one(write(tmp_path / name, TEXT)).error


def test_50_megabytes_of_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", (TEXT.encode() + b"\n") * (50_000_000 // len(TEXT.encode())))
    assert "MB in one report, above the limit of 5 MB. Give one report a line of a .jsonl file." in fail_one(path).error


def test_text_just_above_the_limit(tmp_path: Path) -> None:
    assert "above the limit of 5 MB" in fail_one(write(tmp_path / "a.txt", "a" * (MAXIMAL_TEXT + 1))).error


def test_a_long_line_is_passed_over_and_the_next_is_read(tmp_path: Path) -> None:
    found = read_all(write(tmp_path / "a.jsonl", line(text="a" * 45_000_000) + line(id="2")))
    assert isinstance(found[0], Failure) and found[0].where.endswith(":1") and "above the limit" in found[0].error
    assert isinstance(found[1], Sourced) and found[1].where.endswith(":2") and len(found) == 2


def test_cut_off_gzip_gives_what_was_read_and_a_failure(tmp_path: Path) -> None:
    lines = "".join(line(id=str(n), text=os.urandom(300).hex()) for n in range(200))
    found = read_all(write(tmp_path / "a.jsonl.gz", gzip.compress(lines.encode())[:-2000]))
    assert isinstance(found[0], Sourced) and isinstance(found[-1], Failure)
    assert "breaks off here" in found[-1].error and found[-1].where == f"{tmp_path}/a.jsonl.gz:{len(found)}"


def test_gzip_that_is_none(tmp_path: Path) -> None:
    assert "breaks off here" in fail_one(write(tmp_path / "a.jsonl.gz", line())).error


def test_page_without_an_article(tmp_path: Path) -> None:
    assert "no article in it" in fail_one(write(tmp_path / "a.html", "<html><body></body></html>")).error


def test_missing_file(tmp_path: Path) -> None:
    assert "cannot be opened (No such file or directory). Check" in fail_one(tmp_path / "none.txt").error


def test_folder_without_reports(tmp_path: Path) -> None:
    assert "no report in this folder" in fail_one(tmp_path).error


def test_code_page_1256_and_cut_off_text_carry_issues(tmp_path: Path) -> None:
    found = read_one(write(tmp_path / "a.txt", f"{TITLE}\n{TEXT}".encode("cp1256")))
    assert found.document.text == TEXT and found.issues[0] == "not UTF-8: read as cp1256."
    found = read_one(write(tmp_path / "a.txt", f"{TITLE}\n{TEXT[:-1]}".encode()[:-1]))
    assert found.document.text == TEXT[:-2] and "cut off" in found.issues[0]
