"""The command line: one file per command. Commands stream; messages go to standard error, results to standard output or `-o`."""
from __future__ import annotations

import click

from rawabit import __version__
from rawabit.cli.add import add
from rawabit.cli.coverage import coverage
from rawabit.cli.demo import demo
from rawabit.cli.detect import detect
from rawabit.cli.exchange import compare_, export, import_
from rawabit.cli.follow import follow
from rawabit.cli.gate import gate
from rawabit.cli.ledger import ledger
from rawabit.cli.read import read
from rawabit.cli.review import review

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="rawabit")
def main() -> None:
    """Read news reports: who did what with whom, when, and who says so."""


main.add_command(add)
main.add_command(follow)
main.add_command(read)
main.add_command(coverage)
main.add_command(detect)
main.add_command(demo)
main.add_command(gate)
main.add_command(export)
main.add_command(import_)
main.add_command(compare_)
main.add_command(ledger)
main.add_command(review)
