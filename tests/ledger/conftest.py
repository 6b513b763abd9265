"""What tests of a ledger that they change share."""
from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def place(made: Path, tmp_path: Path) -> str:
    """Where a copy of the module's own ledger (its fixture `made`) lies, to work on."""
    return str(shutil.copytree(made, tmp_path / "ledger"))
