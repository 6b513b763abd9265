"""Packed bytes → bytes as a stream, with meters: a bomb is cut off, a file that breaks off is told.

Unpacks gzip, bzip2 and xz in memory, a block at a time. Refuses more unpacked bytes than the limits allow, and writes no file.
"""
from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import IO, cast

from rawabit.model import InputError
from rawabit.source.outcome import Limits

BLOCK = 1 << 16
ENDINGS = (".gz", ".bz2", ".xz")


class CutOff(InputError):
    """A stream that cannot be read on: it breaks off, or it goes over a limit. What came before it stands."""


class Meter:
    """Counts bytes and raises CutOff with its message above its limit."""

    __slots__ = ("count", "limit", "message")

    def __init__(self, limit: int, message: str) -> None:
        self.count, self.limit, self.message = 0, limit, message

    def add(self, size: int) -> None:
        """Counts on."""
        self.count += size
        self.check()

    def check(self) -> None:
        """Raises CutOff above the limit."""
        if self.count > self.limit:
            raise CutOff(self.message)


class RatioMeter(Meter):
    """A meter whose limit grows with the packed bytes taken so far, given by `packed()`."""

    __slots__ = ("limits", "packed")

    def __init__(self, packed: Callable[[], int], limits: Limits) -> None:
        super().__init__(limits.small, f"unpacks to more than {limits.ratio} times its size, as a decompression bomb does, so it was "
                                       "cut off here. Check where it comes from; unpack it yourself and give the files.")
        self.packed, self.limits = packed, limits

    def add(self, size: int) -> None:
        """Counts on."""
        if self.count + size > self.limit:
            self.limit = max(self.limits.small, self.limits.ratio * self.packed())
        super().add(size)


class _Metered(io.RawIOBase):
    """A stream that tells meters what is read from it, and raises CutOff where the stream inside is broken.

    It reads what is at hand (`read1`): bytes that came before the break would be lost with it otherwise.
    """

    def __init__(self, inner: IO[bytes], meters: tuple[Meter, ...], broken: tuple[type[Exception], ...]) -> None:
        super().__init__()
        self.inner, self.meters, self.broken = inner, meters, broken

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self.inner.read1(min(len(buffer), BLOCK))  # type: ignore[attr-defined]
        except self.broken as error:
            raise CutOff(f"the file breaks off here ({error}). Fetch it again.") from error
        for meter in self.meters:
            meter.add(len(data))
        buffer[: len(data)] = data
        return len(data)


def open_metered(inner: IO[bytes], *meters: Meter, broken: tuple[type[Exception], ...] = ()) -> IO[bytes]:
    """The stream, buffered, with its bytes counted; errors of the types `broken` become CutOff."""
    errors: tuple[type[Exception], ...] = (EOFError, OSError, zlib.error, *broken)
    return cast(IO[bytes], io.BufferedReader(_Metered(inner, meters, errors), BLOCK))


def size_meter(limits: Limits) -> Meter:
    """The meter of one packed file."""
    return Meter(limits.member, f"unpacks to more than {limits.member / 1e6:.0f} MB, so it was cut off here. "
                                "Unpack it yourself and give the file.")


def open_packed(stream: IO[bytes], name: str, *meters: Meter) -> IO[bytes]:
    """The unpacked stream of a file whose name ends in .gz, .bz2 or .xz (or in the short forms for tar)."""
    if name.endswith("gz"):
        import gzip

        return open_metered(cast(IO[bytes], gzip.GzipFile(fileobj=stream)), *meters)
    if name.endswith("bz2"):
        import bz2

        return open_metered(cast(IO[bytes], bz2.BZ2File(stream)), *meters)
    import lzma

    return open_metered(cast(IO[bytes], lzma.LZMAFile(stream)), *meters, broken=(lzma.LZMAError,))


def strip_packing(name: str) -> str:
    """The name without .gz, .bz2 or .xz."""
    return name.rpartition(".")[0] if name.endswith(ENDINGS) else name
