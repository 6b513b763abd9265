"""`rawabit coverage` and the counts behind it."""
from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner, Result

from rawabit.cli import main

TEXT = "زعفط الرئيس الروسي فلاديمير بوتين الرئيس الأميركي دونالد ترمب. وكان زعفط بوتين ترمب."


def run(*args: str, stdin: str) -> Result:
    return CliRunner().invoke(main, ["coverage", *args], input=stdin, env={"COLUMNS": "80"})


def line(text: str = TEXT) -> str:
    return json.dumps({"title": "", "text": text, "language": "ar", "published": "2018-02-18"}, ensure_ascii=False) + "\n"


def counts(*lines: str, top: int = 20) -> Any:
    return json.loads(run("--format", "json", "--top", str(top), stdin="".join(lines)).stdout)


def test_a_word_between_two_known_actors_that_no_frame_covers_is_counted_with_an_example() -> None:
    found = counts(line(), line())
    rows = {row["form"]: row for row in found["words"]}
    assert rows["زعفط"]["count"] == 4 and rows["زعفط"]["example"].startswith("زعفط الرئيس")
    assert found["reports"] == 2


def test_a_covered_deed_is_not() -> None:
    assert counts(line("التقى الرئيس الروسي فلاديمير بوتين الرئيس الأميركي دونالد ترمب."))["words"] == []


def test_abstentions_are_counted_by_reason_and_events_in_all() -> None:
    found = counts(line("التقى الرئيس الروسي فلاديمير بوتين الرئيس الأميركي دونالد ترمب."), line("وقع هجوم."))
    assert found["events"] >= 1 and sum(found["abstentions"].values()) >= 1


def test_top_bounds_each_list() -> None:
    text = " ".join(f"زعفط{letter} بوتين ترمب." for letter in "بتثجحخ")
    assert len(counts(line(text), top=3)["words"]) == 3


def test_table_failures_and_status() -> None:
    result = run(stdin=line() + "{\n" + line())
    assert result.exit_code == 1 and result.stderr.startswith("<stdin>:2:")
    assert result.stdout.startswith("2 reports read, 1 failed,") and "زعفط" in result.stdout


def test_same_input_gives_the_same_bytes() -> None:
    stdin = "".join(line() for _ in range(40))
    assert run(stdin=stdin).stdout_bytes == run("--workers", "2", stdin=stdin).stdout_bytes
