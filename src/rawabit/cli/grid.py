"""Rows of any query as a plain table for a terminal."""
from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
from rich.cells import cell_len
from rich.text import Text

from rawabit.cli.lines import Line

GAP = 2
"""Blanks between columns."""


def render_grid(rows: pa.Table, paper: int) -> Iterator[Line]:
    """The rows of any query as lines: columns side by side where they fit on paper of this width, else one below the other."""
    cells = [[render_cell(value) for value in column.to_pylist()] for column in rows.columns]
    widths = [max(map(cell_len, [name, *column])) for name, column in zip(rows.column_names, cells, strict=True)]
    fits = sum(widths) + GAP * (len(widths) - 1) <= paper
    yield from _wide(rows.column_names, cells, widths) if fits else _long(rows.column_names, cells)


def render_cell(value: object) -> str:
    """A value on one line."""
    if isinstance(value, list):
        return ", ".join(map(render_cell, value))
    return "" if value is None else str(value).replace("\n", " ")


def _wide(names: list[str], cells: list[list[str]], widths: list[int]) -> Iterator[Line]:
    for number, row in enumerate([tuple(names), *zip(*cells, strict=True)]):
        parts = [pad_cell(Text(cell, "bold" if number == 0 else ""), width) for cell, width in zip(row, widths, strict=True)]
        yield Text(" " * GAP).join(parts), 0, False


def pad_cell(cell: Text, width: int) -> Text:
    """The cell with blanks up to a width."""
    return Text.assemble(cell, " " * (width - cell_len(cell.plain)))


def _long(names: list[str], cells: list[list[str]]) -> Iterator[Line]:
    for number, row in enumerate(zip(*cells, strict=True), 1):
        yield Text(f"row {number}", "underline"), 0, False
        for name, cell in zip(names, row, strict=True):
            yield Text.assemble((name, "dim"), "  ", cell), 2, False
