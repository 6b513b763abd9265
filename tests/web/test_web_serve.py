"""`rawabit serve` as a process: where it listens, what it says, and that a token is written down nowhere else."""
from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest


@contextmanager
def serve(place: str, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A running server, and the line in which it says where it is."""
    command = [sys.executable, "-m", "rawabit.cli", "serve", "--ledger", place, "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline(), process
        finally:
            process.terminate()


def read_rest(process: subprocess.Popen[str]) -> str:
    """What a process that ends writes until then."""
    assert process.stdout
    told = process.stdout.read()
    process.wait(30)
    return told


def read_address(line: str) -> str:
    found = re.search(r"http://\S+", line)
    assert found, line
    return found[0]


def test_a_free_port_of_this_machine_and_no_token(demo_place: str) -> None:
    with serve(demo_place) as (line, _):
        address = read_address(line)
        assert address.startswith("http://127.0.0.1:") and "token" not in address and not address.endswith(":0/")
        assert httpx.get(f"{address}en/review").status_code == 200
        assert httpx.get(f"{address}en/review", headers={"host": "evil.example"}).status_code == 400


def test_a_taken_port_is_an_error_with_the_next_step(demo_place: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with serve(demo_place, "--port", str(taken.getsockname()[1])) as (line, process):
            told = line + read_rest(process)
        assert process.returncode == 2 and "Choose another with --port" in told and "Traceback" not in told


def test_beyond_this_machine_a_token_is_made_told_once_and_logged_nowhere(demo_place: str) -> None:
    with serve(demo_place, "--host", "0.0.0.0") as (line, process):
        address = read_address(line).replace("0.0.0.0", "127.0.0.1")
        token = address.partition("?token=")[2]
        bare = address.partition("?")[0]
        assert len(token) >= 16
        assert httpx.get(f"{bare}en/review").status_code == 401
        with httpx.Client(follow_redirects=False) as client:
            assert client.get(f"{bare}en/review?token={token}").headers["location"] == "/en/review"
            assert client.get(f"{bare}en/review").status_code == 200
        assert httpx.get(f"{bare}en/nothing", headers={"authorization": f"Bearer {token}"}).status_code == 404
        process.terminate()
        assert token not in read_rest(process)


def test_a_token_may_be_given_and_an_absent_ledger_is_told(demo_place: str, tmp_path: str) -> None:
    with serve(demo_place, "--token", "mine") as (line, _):
        address = read_address(line)
        assert address.endswith("?token=mine") and httpx.get(address.partition("?")[0]).status_code == 401
    with serve(str(tmp_path)) as (line, process):
        told = line + read_rest(process)
    assert process.returncode == 1 and "no ledger" in told.lower() and "Traceback" not in told


@pytest.mark.parametrize("size", [2_100_000, 12_000_000])
def test_a_body_too_large_gets_its_answer(demo_place: str, size: int) -> None:
    with serve(demo_place) as (line, _), httpx.Client(timeout=30) as client:
        answer = client.post(f"{read_address(line)}ar/add", content=b"x" * size)
        assert answer.status_code == 413 and "dir=\"rtl\"" in answer.text
