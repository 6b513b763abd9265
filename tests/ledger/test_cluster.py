"""Reading on a Dask cluster gives the rows that reading here gives."""
from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path

import pytest
from appender import find_reports
from click.testing import CliRunner
from harness import find_content

from rawabit.cli import main
from rawabit.cli.add import open_executor
from rawabit.ledger.add import add_reports, find_recipe
from rawabit.ledger.writer import LedgerWriter
from rawabit.model import LedgerError
from rawabit.source import Sourced

distributed = pytest.importorskip("distributed", reason="needs the extra `cluster`: pip install 'rawabit[cluster]'")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A scheduler with two worker processes on this machine."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as cluster:
        cluster.scheduler.allowed_failures = 1
        yield cluster.scheduler_address


def add_all(place: Path, outcomes: Iterable[Sourced], executor: Executor | None, size: int = 512) -> int:
    """How many were new."""
    tally = add_reports(outcomes, LedgerWriter(str(place), find_recipe()), executor, "test", lambda tally: None, size)
    assert not tally.failed
    return tally.new


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of what was read here."""
    place = tmp_path_factory.mktemp("local") / "ledger"
    add_all(place, find_reports(), None)
    return place


def test_a_cluster_gives_the_same_rows(address: str, local: Path, tmp_path: Path) -> None:
    with open_executor(None, address) as executor:
        assert add_all(tmp_path / "ledger", find_reports(), executor) == len(list(find_reports()))
    assert find_content(tmp_path / "ledger") == find_content(local)


def kill_once(outcomes: list[Sourced], after: int, address: str) -> Iterator[Sourced]:
    """The reports; after some of them a worker is killed, which has work then."""
    for number, outcome in enumerate(outcomes):
        if number == after:
            with distributed.Client(address) as client:
                os.kill(min(client.run(os.getpid).values()), signal.SIGKILL)
        yield outcome


def test_what_a_killed_worker_had_is_read_by_another(address: str, tmp_path: Path) -> None:
    outcomes = list(find_reports())
    add_all(tmp_path / "local", outcomes, None, 16)
    with open_executor(None, address) as executor:
        assert add_all(tmp_path / "cluster", kill_once(outcomes, 20, address), executor, 16) == len(outcomes)
    assert find_content(tmp_path / "cluster") == find_content(tmp_path / "local")


def end() -> None:
    """Ends the worker that runs it."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("cluster", [False, True])
def test_workers_that_always_end_are_told(address: str, cluster: bool) -> None:
    with pytest.raises(LedgerError, match="goes on where it stopped"), open_executor(2, address if cluster else None) as executor:
        assert executor is not None
        executor.submit(end).result(60)


def test_no_scheduler_is_told_soon(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("x")
    start = time.monotonic()
    result = CliRunner().invoke(main, ["add", str(report), "--ledger", str(tmp_path / "ledger"), "--cluster", "tcp://127.0.0.1:1"])
    assert result.exit_code != 0 and time.monotonic() - start < 30
    assert "dask scheduler" in (str(result.exception) + result.output) and not isinstance(result.exception, OSError)
    assert isinstance(result.exception, LedgerError | SystemExit)
