"""docs/cli.md says what the commands' help says."""
from __future__ import annotations

import runpy
from pathlib import Path

MAKER = Path(__file__).parents[2] / "docs" / "make_cli.py"


def test_cli_page_is_up_to_date() -> None:
    made = runpy.run_path(str(MAKER))["make_page"]()
    assert MAKER.with_name("cli.md").read_text(encoding="utf-8") == made, "run `python docs/make_cli.py`"


def test_help_tells_of_every_option() -> None:
    made = runpy.run_path(str(MAKER))["make_page"]()
    for option in ("--published", "--source", "--language", "--allow-private", "--format", "--output", "--workers", "--top", "--version"):
        assert option in made
