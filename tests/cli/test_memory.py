"""The garbage collector: the library leaves it alone, and a command gives it back as it was."""
from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from rawabit.cli.add import open_executor
from rawabit.cli.memory import settled_memory

READS = "import gc; from rawabit.demo import read_dispatches; from rawabit import read_document; before = gc.get_freeze_count(); " \
        "[read_document(doc) for doc in read_dispatches() if doc.language == 'ar']; " \
        "sys.exit(gc.get_freeze_count() - before or len(gc.callbacks))"


def test_the_library_leaves_the_collector_alone() -> None:
    subprocess.run([sys.executable, "-c", f"import sys; {READS}"], check=True)


def test_a_command_gives_it_back() -> None:
    before = len(gc.callbacks), gc.get_freeze_count()
    with pytest.raises(KeyError), settled_memory():
        gc.collect()
        assert gc.get_freeze_count() > before[1]
        raise KeyError
    assert (len(gc.callbacks), gc.get_freeze_count()) == before


def count_frozen() -> int:
    """How much a process has put out of the collector's sight."""
    gc.collect()
    return gc.get_freeze_count()


def test_workers_settle() -> None:
    with open_executor(2, None) as executor:
        assert executor is not None and executor.submit(count_frozen).result(60) > 0
