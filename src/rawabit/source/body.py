"""The body of an HTTP response as it was sent → its bytes, unpacked up to a limit and no further."""
from __future__ import annotations

import re
import zlib

from rawabit.model import InputError

CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")
WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


def unpack_body(data: bytes, encoding: str, limit: int) -> bytes:
    """The bytes under a Content-Encoding. Raises InputError above the limit, for broken data, and for encodings that nobody asked for."""
    for name in reversed([part.strip().lower() for part in encoding.split(",")]):
        if name in ("", "identity"):
            continue
        if name not in WINDOWS:
            raise InputError(f"packed as {name[:20]!r}, which Rawabit does not unpack. Save the page and give the file.")
        data = _unpack(data, name, limit)
    return data


def _unpack(data: bytes, name: str, limit: int) -> bytes:
    try:
        return _inflate(data, WINDOWS[name], limit)
    except zlib.error as error:
        if name != "deflate":
            raise InputError(f"a body that does not unpack ({error}). Try again later, or save the page and give the file.") from error
    try:
        return _inflate(data, -15, limit)
    except zlib.error as error:
        raise InputError(f"a body that does not unpack ({error}). Try again later, or save the page and give the file.") from error


def _inflate(data: bytes, window: int, limit: int) -> bytes:
    unpacker = zlib.decompressobj(window)
    out = unpacker.decompress(data, limit + 1)
    if len(out) > limit:
        raise InputError(f"a body that unpacks to more than the limit of {limit / 1e6:.0f} MB. Save the page and give the file.")
    if not unpacker.eof:
        raise InputError("a body that breaks off. Try again later, or save the page and give the file.")
    return out


def join_chunks(data: bytes) -> bytes:
    """A body sent in chunks, joined; as it is where it does not begin with a chunk (crawlers that join keep the header)."""
    chunks: list[bytes] = []
    place = 0
    while found := CHUNK.match(data, place):
        size = int(found.group(1), 16)
        if size == 0:
            return b"".join(chunks)
        chunks.append(data[found.end(): found.end() + size])
        place = found.end() + size + 2
    return b"".join(chunks) or data
