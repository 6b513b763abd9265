"""Reading on a Dask cluster gives the rows that reading here gives."""
from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from appender import find_reports
from click.testing import CliRunner
from harness import find_content

from rawabit.cli import main
from rawabit.ledger.add import add_reports, find_recipe
from rawabit.ledger.writer import LedgerWriter
from rawabit.model import LedgerError

distributed = pytest.importorskip("distributed", reason="needs the extra `cluster`: pip install 'rawabit[cluster]'")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A scheduler with two worker processes on this machine."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_gives_the_same_rows(address: str, tmp_path: Path) -> None:
    from rawabit.cli.add import open_executor

    outcomes = list(find_reports())
    for name, cluster in (("local", None), ("cluster", address)):
        with open_executor(1, cluster) as executor:
            tally = add_reports(outcomes, LedgerWriter(str(tmp_path / name), find_recipe()), executor, "test", lambda tally: None)
        assert tally.new == len(outcomes) and not tally.failed
    assert find_content(tmp_path / "local") == find_content(tmp_path / "cluster")


def test_no_scheduler_is_told_soon(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("x")
    start = time.monotonic()
    result = CliRunner().invoke(main, ["add", str(report), "--ledger", str(tmp_path / "ledger"), "--cluster", "tcp://127.0.0.1:1"])
    assert result.exit_code != 0 and time.monotonic() - start < 30
    assert "dask scheduler" in (str(result.exception) + result.output) and not isinstance(result.exception, OSError)
    assert isinstance(result.exception, LedgerError | SystemExit)
