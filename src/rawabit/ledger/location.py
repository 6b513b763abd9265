"""Where the ledger lies: `--ledger`, else RAWABIT_LEDGER, else the platform's folder for a user's data."""
from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "RAWABIT_LEDGER"


def find_location(given: str | None = None) -> str:
    """The folder or object-store address (`s3://…`) of the ledger that is meant."""
    import platformdirs

    return given or os.environ.get(VARIABLE) or str(Path(platformdirs.user_data_dir("rawabit", appauthor=False)) / "ledger")


def is_remote(location: str) -> bool:
    """Whether it is an object store rather than a folder of this machine."""
    return "://" in location and not location.startswith("file://")
