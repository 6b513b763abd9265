"""The command line: one file per command. Commands stream; messages go to standard error, results to standard output or `-o`."""
from __future__ import annotations

import click

from rawabit import __version__
from rawabit.cli.coverage import coverage
from rawabit.cli.demo import demo
from rawabit.cli.detect import detect
from rawabit.cli.gate import gate
from rawabit.cli.lazy import LazyGroup
from rawabit.cli.read import read

__all__ = ["main"]

PLACES = {**dict.fromkeys(("deeds", "events", "statements", "figures", "ties", "people", "documents"), "ask"),
          **dict.fromkeys(("export", "import", "compare"), "exchange"),
          **{name: name for name in ("add", "follow", "deed", "show", "sql", "ledger", "review")},
          **{name: name for name in ("series", "phases", "chart", "movers", "watch", "contacts", "formats", "rivals", "dependence",
                                     "indicators", "brief", "serve")}}
"""Commands that need the ledger, and the modules that they lie in."""


@click.group(cls=LazyGroup, places=PLACES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="rawabit")
def main() -> None:
    """Read news reports: who did what with whom, when, and who says so."""


main.add_command(read)
main.add_command(coverage)
main.add_command(detect)
main.add_command(demo)
main.add_command(gate)
