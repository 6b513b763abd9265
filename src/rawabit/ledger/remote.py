"""Files of an object store as DuckDB can read them: through the connection that `deltalake` makes, with its keys from the environment.

DuckDB's own way to addresses is an extension that it would have to download; this needs `fsspec` alone. Reads parts of files as they are
asked for. Refuses to write.
"""
from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import duckdb
from deltalake.fs import DeltaStorageHandler
from pyarrow.fs import PyFileSystem

from rawabit.model import LedgerError


def register_store(connection: duckdb.DuckDBPyConnection, location: str) -> None:
    """Lets a connection and its cursors read the files below an address. Raises LedgerError where `fsspec` is not there."""
    try:
        from fsspec import AbstractFileSystem
    except ImportError as error:
        raise LedgerError("reading an object store needs fsspec. Install it with `pip install 'rawabit[remote]'`.") from error
    protocol, root = location.split("://", 1)
    if connection.filesystem_is_registered(protocol):
        return
    files = PyFileSystem(DeltaStorageHandler(location))

    class ObjectStore(AbstractFileSystem):  # type: ignore[misc]
        """The files below one address."""

        cachable = False

        def info(self, path: str, **options: Any) -> dict[str, Any]:
            """Name, size and kind of a file."""
            name = self._strip_protocol(path)
            found = files.get_file_info(name.removeprefix(root))
            return {"name": name, "size": found.size, "type": "file"}

        def glob(self, path: str, **options: Any) -> list[str]:
            """The file itself: the ledger names every file in full."""
            return [self._strip_protocol(path)]

        def modified(self, path: str) -> datetime:
            """The same always: files of a ledger are never changed."""
            return datetime.fromtimestamp(0, UTC)

        def _open(self, path: str, mode: str = "rb", **options: Any) -> Any:
            return files.open_input_file(path.removeprefix(root))

    ObjectStore.protocol = protocol
    connection.register_filesystem(ObjectStore())
