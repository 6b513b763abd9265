"""ZIP and tar archives → the reports of their members, streamed one after the other; nothing is written to disk.

Members with `..` or an absolute path, links, devices, sparse and locked files are refused with a reason; an archive or a packed file
inside an archive is passed over with a notice; hidden members and those of other kinds as in a folder. Reading stops where the
members unpack to far more than the archive holds.
"""
from __future__ import annotations

import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, TYPE_CHECKING

import msgspec

from rawabit.model import InputError
from rawabit.source.clean import clean_line
from rawabit.source.kinds import KINDS, find_reader, tell_others
from rawabit.source.outcome import Failure, Intake, Limits, Notice, Outcome
from rawabit.source.packed import ENDINGS, Meter, RatioMeter, open_metered, open_packed, size_meter

if TYPE_CHECKING:
    import tarfile
    import zipfile

TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
HEADERS = 1_000_000
"""Bytes of headers before one member of a tar: a name is short, but a hostile header may be as long as it likes."""
BLOCK = 512
LOCKED = 1
LINK = "refused: a link or device in an archive. Pack the archive again with plain files."
NEXT_NAME = "Pack the archive again with paths below its own folder."
NEXT_BROKEN = "Fetch or pack the archive again; the reports before it were read."


class Member(msgspec.Struct, frozen=True):
    """A file in an archive: its name, why it is refused, and how to open it."""

    name: str
    refusal: str | None
    open: Callable[[], IO[bytes]]


def is_archive(name: str) -> bool:
    """Whether a name ends as archives do."""
    return name.lower().endswith((".zip", *TARS))


def read_archive(stream: IO[bytes], where: str, intake: Intake) -> Iterator[Outcome]:
    """The reports of an archive. Raises InputError for one that is broken, a bomb, or without reports."""
    others: Counter[str] = Counter()
    found = False
    for member in (_open_zip if where.lower().endswith(".zip") else _open_tar)(stream, where.lower(), intake.limits):
        for outcome in _read_member(member, f"{where}:{clean_line(member.name)}", intake, others):
            found = found or not isinstance(outcome, Notice)
            yield outcome
    yield from tell_others(where, others)
    if not found:
        yield Failure(where, f"no report in this archive. Give one that holds {KINDS} files.")


def _read_member(member: Member, place: str, intake: Intake, others: Counter[str]) -> Iterator[Outcome]:
    name = member.name.lower()
    refusal = _refuse_name(member.name) or member.refusal
    if refusal:
        yield Failure(place, refusal)
    elif _is_hidden(name):
        return
    elif is_archive(name) or name.endswith(ENDINGS):
        yield Notice(place, "passed over: a packed file inside an archive. Unpack the archive and give the files in it.")
    elif reader := find_reader(name):
        try:
            with member.open() as stream:
                yield from reader(stream, place, intake)
        except InputError as error:
            yield Failure(place, str(error))
    else:
        others[os.path.splitext(name)[1] or "no ending"] += 1


def _is_hidden(name: str) -> bool:
    return any((part.startswith(".") and part != ".") or part == "__macosx" for part in name.split("/"))


def _refuse_name(name: str) -> str | None:
    """Why a member's name is refused."""
    parts = name.replace("\\", "/").split("/")
    if not parts[0] or re.match("[A-Za-z]:", name):
        return f"refused: an absolute path in an archive. {NEXT_NAME}"
    return f"refused: a path with `..` in an archive. {NEXT_NAME}" if ".." in parts else None


def _refuse_size(size: int, limits: Limits) -> str | None:
    return size_meter(limits).message if size > limits.member else None


def _open_zip(stream: IO[bytes], name: str, limits: Limits) -> Iterator[Member]:
    import zipfile

    size = stream.seek(0, os.SEEK_END)
    ratio = RatioMeter(lambda: size, limits)
    try:
        with zipfile.ZipFile(stream) as file:
            for info in file.infolist():
                if not info.is_dir():
                    yield Member(info.filename, _refuse_zipped(info, limits), partial(_open_zipped, file, info, ratio, size_meter(limits)))
                    ratio.check()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise InputError(f"a broken ZIP archive ({error}). {NEXT_BROKEN}") from error


def _open_zipped(file: zipfile.ZipFile, info: zipfile.ZipInfo, *meters: Meter) -> IO[bytes]:
    import zipfile

    try:
        inner = file.open(info)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise InputError(f"a member that cannot be unpacked ({error}). {NEXT_BROKEN}") from error
    return open_metered(inner, *meters, broken=(zipfile.BadZipFile,))


def _refuse_zipped(info: zipfile.ZipInfo, limits: Limits) -> str | None:
    """Why a member of a ZIP is refused."""
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        return LINK
    if info.flag_bits & LOCKED:
        return "refused: locked with a password. Unpack the archive and give the files in it."
    return _refuse_size(info.file_size, limits)


def _open_tar(stream: IO[bytes], name: str, limits: Limits) -> Iterator[Member]:
    ratio, header = RatioMeter(stream.tell, limits), Meter(HEADERS, f"headers above {HEADERS / 1e6:.0f} MB in an archive. {NEXT_BROKEN}")
    inner = open_metered(stream, header) if name.endswith(".tar") else open_packed(stream, name, ratio, header)
    tar: tarfile.TarFile | None = None
    left = 0
    while True:
        header.limit = header.count + left + HEADERS
        tar, info = _next_tarred(inner, tar)
        if info is None:
            return
        header.limit, left = sys.maxsize, 0 if info.issparse() else -(-info.size // BLOCK) * BLOCK
        if not info.isdir():
            yield Member(info.name, _refuse_tarred(info, limits), partial(_open_tarred, tar, info, size_meter(limits)))
            ratio.check()


def _next_tarred(inner: IO[bytes], tar: tarfile.TarFile | None) -> tuple[tarfile.TarFile, tarfile.TarInfo | None]:
    """The archive, opened if it was not, and its next member; forgets the members before, which may be many."""
    import tarfile

    try:
        tar = tar or tarfile.open(fileobj=inner, mode="r|")  # noqa: SIM115
        info = tar.next()
        tar.members = []  # type: ignore[attr-defined]
    except (tarfile.TarError, ValueError, OSError) as error:
        raise InputError(f"a broken tar archive ({error}). {NEXT_BROKEN}") from error
    return tar, info


def _open_tarred(tar: tarfile.TarFile, info: tarfile.TarInfo, meter: Meter) -> IO[bytes]:
    import tarfile

    inner = tar.extractfile(info)
    if inner is None:
        raise InputError(LINK)
    return open_metered(inner, meter, broken=(tarfile.TarError,))


def _refuse_tarred(info: tarfile.TarInfo, limits: Limits) -> str | None:
    """Why a member of a tar is refused."""
    if not info.isreg():
        return LINK
    if info.issparse():
        return "refused: a file with holes, which may unpack to any size. Pack it again without --sparse."
    return _refuse_size(info.size, limits)
