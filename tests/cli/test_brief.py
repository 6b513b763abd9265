"""`rawabit brief` as a user calls it."""
from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from rawabit.cli import main


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["brief", *args])
    return result.exit_code, result.stdout, result.stderr


def test_markdown_to_standard_output(demo_place: str) -> None:
    code, out, _ = run("rus", "AZE", "--as-of", "2025-10-08", "--language", "ar", "--ledger", demo_place)
    assert code == 0
    assert out.startswith("# روسيا وأذربيجان")


def test_docx_to_a_file(demo_place: str, tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    assert run("RUS", "AZE", "--format", "docx", "-o", str(path), "--ledger", demo_place)[0] == 0
    assert path.read_bytes().startswith(b"PK")


def test_since(demo_place: str) -> None:
    code, out, _ = run("RUS", "AZE", "--since", "2025-06-01", "--language", "en", "--ledger", demo_place)
    assert code == 0
    assert "December 2024**" not in out


@pytest.mark.parametrize(("args", "says"), [
    ((), "one of the three"), (("RUS",), "two different codes"), (("RUS", "rus"), "two different codes"),
    (("RUS", "AZE", "--target", "RUS"), "one of the three"), (("RUS", "AZE", "--format", "docx"), "-o FILE")])
def test_wrong_usage(demo_place: str, args: tuple[str, ...], says: str) -> None:
    code, _, err = run(*args, "--ledger", demo_place)
    assert code == 2
    assert says in err


def test_no_records_is_said_with_the_next_step(demo_place: str) -> None:
    code, _, err = run("BRA", "PER", "--ledger", demo_place)
    assert code == 1
    assert "rawabit add" in err


def test_a_deed_that_is_not_there(demo_place: str) -> None:
    assert run("--deed", "nothing", "--ledger", demo_place)[0] == 1


def test_a_target(demo_place: str) -> None:
    code, out, _ = run("--target", "REG-CentralAsia", "--language", "ar", "--ledger", demo_place)
    assert code == 0
    assert "آسيا الوسطى" in out
