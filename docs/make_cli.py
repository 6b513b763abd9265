"""Writes docs/cli.md from the help of the commands. `python docs/make_cli.py`; a test fails when the two differ."""
from __future__ import annotations

from pathlib import Path

import click

from rawabit.cli import main

PAGE = Path(__file__).with_name("cli.md")
WIDTH = 100
INTRO = """# The command line

This page is made by `python docs/make_cli.py` from the commands' own help. Do not edit it.

Commands stream: reports are read one at a time, results come in the order of the input, and `-` is standard input. Results go to
standard output or to `-o`; every message goes to standard error and begins with its place, `file:line` or `file:line:column`.
"""
NOTES = """## What is read

| input | how |
| --- | --- |
| `.txt` | plain text; the first line is the title |
| `.html`, `.htm` | a saved web page: title, text, date, language and site name are taken from it; nothing is fetched |
| `.json` | one report, or a list of reports |
| `.jsonl`, `.ndjson` | one report a line; files of any size, read line by line |
| `.csv`, `.tsv` | a header row with the keys of JSON reports, then one report a row; separated by comma, semicolon or tab |
| `.parquet` | columns with the keys of JSON reports, one report a row |
| `.warc` | the web pages of a crawl |
| these with `.gz`, `.bz2`, `.xz` | the same, unpacked while it is read |
| `.zip`, `.tar`, `.tar.gz`, `.tar.bz2`, `.tar.xz` | all of these in it, one after the other; nothing is written to disk |
| a folder | all of these in it and below it, in sorted order; hidden files are left out, other kinds are named on standard error |
| `http://…`, `https://…` | a web page; or an RSS or Atom feed, whose pages are fetched |
| `-`, or a file without an ending | JSON (Lines) if it begins with a brace, a page if with `<html` or `<!doctype`, else plain text |

**Keys of a JSON report**: `id`, `title`, `text` (or `content`, `body`), `source` (or `outlet`), `language`, `published` (or `date`;
ISO 8601, RFC 2822, or in words as «9 أكتوبر 2025»), `url`. Title or text must hold words; all else may be missing. Keys that
Rawabit does not know are named in the reading's `issues`. [sources.md](sources.md) says more of every kind, and where reading stops.

**Options fill in**: `--published`, `--source` and `--language` hold for reports that do not say; what a report says stands.

**Without a date of publication** words such as "yesterday" stay unresolved; `issues` says so.

**Encodings**: UTF-8, UTF-16 and UTF-32, with or without byte order mark (JSON Lines: UTF-8); Windows-1256 and ISO 8859-6 for Arabic;
others as far as they can be told. A guess, a text that is cut off in the middle of a character, or damaged bytes are told in
`issues`, and the rest is read.

**Hidden characters**: control characters (NUL among them), bidirectional marks and zero-width spaces become a space, other line ends
become a line feed, each one to one, so that offsets count on the content that the reading names and on the report as it came. Half a
surrogate pair becomes U+FFFD. A title's line ends become spaces, and its outer spaces go; so do empty lines before the title of a
plain text.

**Limits**: 5 MB of text a report, 20 MB for a page or a line with its mark-up. What is above is refused by name, the others are read.

**What cannot be read** (empty, binary, broken JSON, a language without lexicon, …) is named on standard error with what to do next,
and the other reports are read; the exit status is then 1.

## What is written

`--format table` (the default, also where the output is no terminal) is for people: title, source and date; events in order of date
with who → whom and the evidence in the original language; statements, figures, ties and people; how much was not coded, by reason.
Letters are never reversed: right-to-left runs stand between U+2067 and U+2069, so that mixed lines stay in order. Colour on a
terminal only.

`--format json` is one indented object for one report and a list for several; `--format jsonl` is one line a reading. Both have the
codebook's keys. The same input gives the same bytes, with any number of workers.

With `-o FILE` the file appears when all is read, so that an interrupted run leaves the old one.
"""


def find_helps(command: click.Command, name: str, parent: click.Context | None = None) -> list[tuple[str, str]]:
    """(path, help) of a command and all below it."""
    settings = {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(command, parent=parent, info_name=name, **settings)
    out = [(context.command_path, command.get_help(context))]
    if isinstance(command, click.Group):
        for name_below in command.list_commands(context):
            below = command.get_command(context, name_below)
            assert below is not None
            out.extend(find_helps(below, name_below, context))
    return out


def make_page() -> str:
    """The whole page."""
    helps = "\n".join(f"## {name}\n\n```text\n{text}\n```\n" for name, text in find_helps(main, "rawabit"))
    return f"{INTRO}\n{helps}\n{NOTES}"


if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8")
