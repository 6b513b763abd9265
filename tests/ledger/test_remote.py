"""A ledger on an object store, played by moto's server, shows the rows that one in a folder shows."""
from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from appender import find_reports
from harness import find_content

from rawabit.ledger import Ledger, LedgerWriter
from rawabit.ledger.add import add_reports, find_recipe
from rawabit.ledger.check import check_ledger
from rawabit.ledger.compact import compact_ledger

SERVER = shutil.which("moto_server")
pytestmark = pytest.mark.skipif(SERVER is None, reason="needs moto's server: pip install 'moto[s3,server]'")
REPORTS = 4


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty bucket on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    server = subprocess.Popen([str(SERVER), "-H", "127.0.0.1", "-p", str(port)], env=clean, stderr=subprocess.DEVNULL)
    try:
        wait_for(Request(f"{address}/bucket", method="PUT"))
        for name, value in (("AWS_ENDPOINT_URL", address), ("AWS_ALLOW_HTTP", "true"), ("AWS_REGION", "us-east-1"),
                            ("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "b")):
            monkeypatch.setenv(name, value)
        yield "s3://bucket"
    finally:
        server.terminate()
        server.wait(10)


def wait_for(request: Request) -> None:
    """Asks until the server answers."""
    for _ in range(100):
        try:
            urlopen(request).close()
            return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError("moto's server does not answer")


def test_a_bucket_shows_the_same_rows(bucket: str, tmp_path: Path) -> None:
    outcomes = list(islice(find_reports(), REPORTS))
    places = (f"{bucket}/ledger", str(tmp_path / "ledger"))
    for place in places:
        add_reports(outcomes, LedgerWriter(place, find_recipe()), None, "test", lambda tally: None, size=2)
    assert find_content(places[0]) == find_content(places[1])
    assert not [finding for finding in check_ledger(places[0]) if not finding.harmless]
    assert all(part.after <= 1 for part in compact_ledger(places[0]))
    assert find_content(places[0]) == find_content(places[1])
    again = add_reports(outcomes, LedgerWriter(places[0], find_recipe()), None, "test", lambda tally: None)
    assert again.new == 0 and Ledger(places[0]).query("SELECT count(*) AS n FROM documents")["n"][0].as_py() == REPORTS
