"""Lines of text for a terminal, with right-to-left runs kept in their own order.

Letters are never reversed or shaped: a terminal does that. A right-to-left run is set between U+2067 and U+2069 on every line, so
that numbers, codes and marks around it stay where they are.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Literal, cast

from rich.console import Console
from rich.text import Text

ISOLATE, END = "\u2067", "\u2069"
RIGHT = "".join(f"{chr(first)}-{chr(last)}" for first, last in ((0x590, 0x8FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFE)))
"""Hebrew to Arabic Extended-A, and the presentation forms."""
INDENT = 4
Line = tuple[Text, int, bool]
"""A paragraph, its indent, and whether it is in the report's own language."""
STYLES = {1: "green", 2: "bold green", 3: "red", 4: "bold red"}
"""By quad class: cooperation green, conflict red, deeds bold."""
RUN = re.compile(rf"[{RIGHT}](?:[^A-Za-z→]*[{RIGHT}])?")


def render_lines(lines: Iterable[Line], width: int = 100, colours: str | None = None) -> bytes:
    """Paragraphs as UTF-8. `colours`: a colour system of rich, None for plain text."""
    system = cast(Literal["standard", "256", "truecolor"] | None, colours)
    console = Console(file=StringIO(), width=width, force_terminal=colours is not None, color_system=system,
                      legacy_windows=False, highlight=False, emoji=False)
    for text, indent, whole in lines:
        for line in wrap_lines(text, console, indent, whole):
            console.print(line, soft_wrap=True)
    return cast(StringIO, console.file).getvalue().encode()


def find_paper(to_file: bool) -> tuple[int, str | None]:
    """Width and colours of the terminal that output goes to; no colours for a file."""
    console = Console()
    return console.width, None if to_file or console.no_color else console.color_system


def wrap_lines(text: Text, console: Console, indent: int = 0, whole: bool = False) -> Iterator[Text]:
    """The lines of a paragraph at the console's width. `whole`: its own language runs right to left, if its first letter does."""
    width = max(20, console.width - indent)
    whole = whole and right_to_left(text.plain)
    for line in text.wrap(console, width):
        line.rstrip()
        body = Text.assemble(ISOLATE, line, END) if whole else isolate_runs(line)
        yield Text.assemble(" " * indent, body)


def right_to_left(text: str) -> bool:
    """Whether the first letter of a text is of a right-to-left script."""
    return next((unicodedata.bidirectional(c) in ("R", "AL") for c in text if c.isalpha()), False)


def isolate_runs(line: Text) -> Text:
    """The line with each right-to-left run isolated; styles stay."""
    runs = [found.span() for found in RUN.finditer(line.plain)]
    pieces = line.divide([place for run in runs for place in run])
    out = Text(end="")
    for number, piece in enumerate(pieces):
        inside = number % 2 == 1
        out.append_text(Text.assemble(ISOLATE, piece, END) if inside else piece)
    return out
