"""docs/ledger.md says what the schema says, and the views have the columns that it lists."""
from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from rawabit.ledger import Ledger
from rawabit.ledger.meanings import VIEWS, name_type
from rawabit.ledger.schema import TABLES

MAKER = Path(__file__).parents[2] / "docs" / "make_ledger.py"


def test_the_page_is_up_to_date() -> None:
    made = runpy.run_path(str(MAKER))["make_page"]()
    assert MAKER.with_name("ledger.md").read_text(encoding="utf-8") == made, "run `python docs/make_ledger.py`"


def test_the_page_names_every_table_view_and_column() -> None:
    page = MAKER.with_name("ledger.md").read_text(encoding="utf-8")
    for table in (*TABLES.values(), *VIEWS.values()):
        assert f"### {table.name}\n" in page
        assert all(f"| `{column.name}` | {name_type(column.type)} |" in page for column in table.columns)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_the_columns_that_are_documented(demo_ledger: Ledger, view: str) -> None:
    schema = demo_ledger.sql(f"SELECT * FROM {view} LIMIT 0").schema
    assert {field.name: name_type(field.type) for field in schema} == {c.name: name_type(c.type) for c in VIEWS[view].columns}
