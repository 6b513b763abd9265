"""`rawabit read`: formats, order, exit statuses, and where messages go."""
from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.source.makers import page
from tests.source.server import open_server

import rawabit
from rawabit.cli import main, work
from rawabit.cli.lines import END, ISOLATE
from rawabit.model import Document, Reading

REPORT = {
    "id": "r1", "title": "بوتين يلتقي علييف في دوشنبه", "source": "outlet", "language": "ar", "published": "2025-10-09",
    "text": "التقى الرئيس الروسي فلاديمير بوتين نظيره الأذري إلهام علييف في دوشنبه اليوم الخميس. "
            "وقال بوتين إن «العلاقات مع أذربيجان تتطور».",
}
ARABIC = re.compile("[\u0621-\u064a]")


def run(*args: str | Path, stdin: str | bytes | None = None, **env: str) -> Result:
    return CliRunner().invoke(main, ["read", *map(str, args)], input=stdin, env={"COLUMNS": "80", **env})


def line(**changes: object) -> str:
    return json.dumps({**REPORT, **changes}, ensure_ascii=False) + "\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """150 reports in one file, more than several tasks of a worker hold."""
    path = tmp_path / "corpus.jsonl"
    path.write_text("".join(line(id=f"r{n}", text=f"{REPORT['text']} {n}") for n in range(150)), encoding="utf-8")
    return path


# ---- formats -------------------------------------------------------------------------------------------------------------------


def test_jsonl_is_one_line_a_reading() -> None:
    result = run("--format", "jsonl", stdin=line(id="1") + line(id="2"))
    assert result.exit_code == 0 and result.stderr == ""
    assert [json.loads(text)["document"]["id"] for text in result.stdout.splitlines()] == ["1", "2"]


def test_jsonl_has_the_keys_of_the_codebook() -> None:
    (reading,) = [json.loads(text) for text in run("-", "--format", "jsonl", stdin=line()).stdout.splitlines()]
    assert {"document", "people", "events", "statements", "figures", "ties", "abstentions", "issues"} <= set(reading)
    meeting = reading["events"][0]
    assert (meeting["type"], meeting["actors"]) == ("CONSULT", ["RUS/GOV:Vladimir Putin", "AZE/GOV:Ilham Aliyev"])
    content = f"{REPORT['title']}\n{REPORT['text']}"
    for proof in (meeting["trigger"], meeting["evidence"], reading["statements"][0]["text"]):
        assert content[proof["start"] : proof["end"]] == proof["text"]


def test_json_is_an_object_for_one_and_a_list_for_many() -> None:
    one = json.loads(run("--format", "json", stdin=line()).stdout)
    assert one["document"]["id"] == "r1"
    many = json.loads(run("--format", "json", stdin=line(id="1") + line(id="2") + line(id="3")).stdout)
    assert [reading["document"]["id"] for reading in many] == ["1", "2", "3"]


@pytest.mark.parametrize(("stdin", "ids"), [
    (line(id="1") + "{\n" + line(id="3"), ["1", "3"]), (line(id="1") + "{\n", ["1"]), ("{\n" + line(id="2"), ["2"]), ("{\n{\n", []),
])
def test_json_of_many_is_a_list_whatever_fails(stdin: str, ids: list[str]) -> None:
    result = run("--format", "json", stdin=stdin)
    assert result.exit_code == 1
    assert [reading["document"]["id"] for reading in json.loads(result.stdout)] == ids


def test_table_holds_title_source_date_events_and_evidence() -> None:
    result = run(stdin=line(published="2025-10-09", mood="x"))
    text = result.stdout.replace(ISOLATE, "").replace(END, "")
    assert text.splitlines()[:2] == [REPORT["title"], "outlet · 2025-10-09 · ar · r1"]
    for part in ("! keys not used: mood.", "Events", "2025-10-09  CONSULT", "RUS/GOV:Vladimir Putin, AZE/GOV:Ilham Aliyev",
                 "in Dushanbe, TJK", "Statements", "RUS/GOV:Vladimir Putin about AZE",
                 "العلاقات مع أذربيجان تتطور", "People", "فلاديمير بوتين"):
        assert part in text
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("width", ["1", "30", "80", "200"])
def test_every_line_isolates_its_arabic_and_keeps_its_letters(width: str) -> None:
    text = run(stdin=line(), COLUMNS=width).stdout
    for row in text.splitlines():
        assert row.count(ISOLATE) == row.count(END)
        assert not ARABIC.search(re.sub(f"{ISOLATE}[^{END}]*{END}", "", row)), row
    letters = re.sub(f"[{ISOLATE}{END}\\s]", "", text)
    assert str(REPORT["text"]).split(".")[0].replace(" ", "") in letters


def test_table_fits_the_width() -> None:
    from rich.cells import cell_len

    assert max(cell_len(row) for row in run(stdin=line(), COLUMNS="60").stdout.splitlines()) <= 60


def test_markup_in_a_report_is_text() -> None:
    assert "[red]:boom:[/red]" in run("--language", "ar", stdin=line(title="[red]:boom:[/red] بوتين يلتقي علييف")).stdout


def test_events_stand_in_order_of_date() -> None:
    text = "وصل الرئيس الصيني إلى روسيا الخميس. والتقى الرئيس التركي نظيره الإيراني أمس."
    rows = run(stdin=line(title="", text=text)).stdout.splitlines()
    dates = [row.split()[0] for row in rows if re.match(r"  \d{4}", row)]
    assert dates == sorted(dates) and len(dates) >= 2


# ---- files, order, determinism -------------------------------------------------------------------------------------------------


def test_output_file(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run("--format", "jsonl", "-o", out, stdin=line())
    assert result.stdout == "" and json.loads(out.read_text())["document"]["id"] == "r1"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl"]


def test_input_may_be_replaced_by_its_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line(id="1") + line(id="2"), encoding="utf-8")
    assert run(path, "--format", "jsonl", "-o", path).exit_code == 0
    assert [json.loads(row)["document"]["id"] for row in path.read_text().splitlines()] == ["1", "2"]


def test_output_to_a_device_leaves_the_device() -> None:
    assert run("-o", os.devnull, stdin=line()).exit_code == 0
    assert not os.path.isfile(os.devnull)


def test_output_to_a_folder_that_is_not_there(tmp_path: Path) -> None:
    result = run("-o", tmp_path / "none" / "a.json", stdin=line())
    assert result.exit_code == 2 and "cannot be written" in result.stderr


@pytest.mark.parametrize("form", ["table", "json", "jsonl"])
def test_same_input_gives_the_same_bytes_with_any_number_of_workers(corpus: Path, form: str) -> None:
    one = run(corpus, "--format", form)
    assert one.stdout_bytes == run(corpus, "--format", form).stdout_bytes == run(corpus, "--format", form, "--workers", "2").stdout_bytes


def test_two_workers_keep_the_order_of_input_and_of_messages(corpus: Path) -> None:
    rows = corpus.read_text(encoding="utf-8").splitlines(keepends=True)
    rows[20], rows[99] = "{\n", line(language="fr")
    corpus.write_text("".join(rows), encoding="utf-8")
    result = run(corpus, corpus, "--format", "jsonl", "--workers", "2")
    ids = [json.loads(row)["document"]["id"] for row in result.stdout.splitlines()]
    assert ids == [f"r{n}" for n in range(150) if n not in (20, 99)] * 2
    assert [message.split(" ")[0] for message in result.stderr.splitlines()] == [f"{corpus}:21:2:", f"{corpus}:100:"] * 2


# ---- what goes wrong -----------------------------------------------------------------------------------------------------------


def test_language_without_lexicon_fails_alone() -> None:
    result = run("--format", "jsonl", stdin=line(id="1", language="fr") + line(id="2"))
    assert result.exit_code == 1 and json.loads(result.stdout)["document"]["id"] == "2"
    assert result.stderr.startswith("<stdin>:1: no lexicon for language 'fr': choose one of ")


def test_text_in_no_known_script_fails_with_the_next_step() -> None:
    result = run(stdin=json.dumps({"text": "今天会议"}))
    assert result.exit_code == 1 and "Name the language" in result.stderr and result.stdout == ""


def test_no_date_is_an_issue_on_the_reading() -> None:
    reading = json.loads(run("--format", "json", stdin=line(published=None)).stdout)
    assert reading["issues"] == ["no date of publication, so relative dates stay unresolved. "
                            "To date it, give its file or address to `rawabit read` or `rawabit add` with --published DATE."]
    reading = json.loads(run("--format", "json", "--published", "2025-10-09", stdin=line(published=None)).stdout)
    assert reading["issues"] == [] and reading["document"]["published"] == "2025-10-09"


def test_bad_files_are_named_and_the_good_one_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "c.json").write_text(line(), encoding="utf-8")
    result = run(tmp_path, tmp_path / "none.txt", "--format", "jsonl")
    assert result.exit_code == 1 and len(result.stdout.splitlines()) == 1
    places = [message.partition(": ")[0] for message in result.stderr.splitlines()]
    assert places == [f"{tmp_path}/{name}" for name in ("a.txt", "b.txt", "none.txt")]


def test_a_bug_is_a_failure_of_that_report_that_names_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(doc: Document) -> Reading:
        readings = {"2": rawabit.read_document(doc)}
        return readings[doc.id]

    monkeypatch.setattr(work, "read_document", broken)
    result = run("--format", "jsonl", stdin=line(id="1") + line(id="2"))
    assert result.exit_code == 1 and len(result.stdout.splitlines()) == 1
    assert "<stdin>:1: a bug in Rawabit (KeyError: '1', at " in result.stderr and "send this report" in result.stderr


@pytest.mark.parametrize("args", [
    ["--published", "yesterday"], ["--published", "2025-13-01"], ["--language", "fr"], ["--format", "xml"], ["--workers", "0"],
    ["--nonsense"],
])
def test_wrong_usage_is_2(args: list[str]) -> None:
    result = run(*args, stdin=line())
    assert result.exit_code == 2 and result.stdout == "" and "Usage" in result.stderr


def test_no_input_on_a_terminal_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rawabit.cli.inputs.on_terminal", lambda: True)
    result = run()
    assert result.exit_code == 2 and "pipe a report in" in result.stderr


def test_version_and_help() -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["--version"]).stdout == f"rawabit, version {rawabit.__version__}\n"
    for args in (["-h"], ["read", "-h"], ["coverage", "--help"]):
        assert runner.invoke(main, args).exit_code == 0


# ---- addresses -----------------------------------------------------------------------------------------------------------------


def test_a_page_a_feed_and_a_file_in_one_call(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(line(id="file"), encoding="utf-8")
    with open_server() as server:
        server.routes["/1"] = page()
        server.routes["/feed"] = ('<rss version="2.0"><channel><item><link>/none</link><title>بوتين يلتقي علييف</title>'
                                  "<pubDate>الخميس، 9 أكتوبر 2025</pubDate><description>التقى بوتين علييف في دوشنبه.</description>"
                                  "</item></channel></rss>")
        result = run(tmp_path / "a.json", server.url("/1"), server.url("/feed"), "--allow-private", "--format", "jsonl")
    readings = [json.loads(row) for row in result.stdout.splitlines()]
    assert result.exit_code == 0 and [reading["document"]["published"] for reading in readings] == ["2025-10-09"] * 3
    assert readings[2]["issues"][0].startswith("read from the feed alone")


def test_an_address_of_this_machine_is_refused_unless_allowed() -> None:
    with open_server() as server:
        server.routes["/1"] = page()
        result = run(server.url("/1"))
    assert result.exit_code == 1 and "refused: 127.0.0.1 is at 127.0.0.1" in result.stderr and not server.asked
