"""Archives and packed files: members streamed, nothing written, bombs cut off, and what is refused told with its reason."""
from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from rawabit.source import Intake, Sourced
from rawabit.source.outcome import Limits, make_hash
from rawabit.source.packed import CutOff, Meter, open_metered
from tests.source.makers import TEXT, TITLE, failures_of, ids_of, line, make_tar, make_zip, nothing_written, notices_of, page, take

PACK = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}
MEMBERS = {"b/2.jsonl": line(id="2") + line(id="3"), "a.json": line(id="1"), "./c/4.txt": f"{TITLE}\n{TEXT}", "d.html": page()}
SMALL = Intake(limits=Limits(member=300_000, ratio=20, small=100_000, held=1_000))


@pytest.fixture(autouse=True)
def only_here(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Runs every test in an empty working and temporary directory that must stay empty."""
    empty = tmp_path_factory.mktemp("empty")
    monkeypatch.chdir(empty)
    monkeypatch.setattr(tempfile, "tempdir", str(empty))
    with nothing_written(empty):
        yield


# ---- good archives -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", list(PACK))
@pytest.mark.parametrize(("name", "data"), [
    ("a.jsonl", line(id="1")), ("a.txt", f"{TITLE}\n{TEXT}"), ("a.html", page()), ("a.json", line()), ("a.csv", f"title\n{TITLE}\n"),
])
def test_packed_file_is_read_as_the_plain_one(tmp_path: Path, ending: str, name: str, data: str) -> None:
    (tmp_path / name).write_bytes(data.encode())
    (tmp_path / (name + ending)).write_bytes(PACK[ending](data.encode()))
    (plain,), (packed,) = take(tmp_path / name), take(tmp_path / (name + ending))
    assert isinstance(plain, Sourced) and isinstance(packed, Sourced)
    assert (packed.document, packed.raw_hash) == (plain.document, plain.raw_hash)


def test_zip(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", MEMBERS)
    with nothing_written(tmp_path):
        found = take(path)
    assert [f.where for f in found] == [f"{path}:{name}" for name in ("b/2.jsonl:1", "b/2.jsonl:2", "a.json:1", "./c/4.txt", "d.html")]
    assert all(isinstance(f, Sourced) for f in found)


@pytest.mark.parametrize(("ending", "mode"), [
    (".tar", "w"), (".tar.gz", "w:gz"), (".tgz", "w:gz"), (".tar.bz2", "w:bz2"), (".tar.xz", "w:xz"), (".TGZ", "w:gz"),
])
def test_tar(tmp_path: Path, ending: str, mode: str) -> None:
    found = take(make_tar(tmp_path / f"a{ending}", MEMBERS, mode))
    assert all(isinstance(f, Sourced) for f in found) and len(found) == 5
    assert isinstance(found[2], Sourced) and found[2].raw_hash == make_hash(line(id="1").rstrip("\n").encode())


def test_archive_in_a_folder_and_other_kinds(tmp_path: Path) -> None:
    make_zip(tmp_path / "a.zip", {"1.json": line(id="1"), "x.jpg": b"\xff", ".hidden.json": line(), "__MACOSX/1.json": b"\0", "d/": b""})
    make_tar(tmp_path / "b.tar", {"2.json": line(id="2")})
    found = take(tmp_path)
    assert ids_of(found) == ["1", "2"] and failures_of(found) == []
    assert len(notices_of(found)) == 1 and "a.zip: passed over files of other kinds (1 .jpg)" in notices_of(found)[0]


def test_a_bad_member_does_not_stop_the_others(tmp_path: Path) -> None:
    members = {"1.json": "{", "2.txt": b"%PDF-1.7\n", "3.json": line(id="3")}
    for path in (make_zip(tmp_path / "a.zip", members), make_tar(tmp_path / "a.tar", members)):
        found = take(path)
        assert ids_of(found) == ["3"] and len(failures_of(found)) == 2


# ---- members that are refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "reason"), [
    ("../../evil.json", "a path with `..`"), ("a/../../evil.txt", "a path with `..`"), ("a\\..\\evil.json", "a path with `..`"),
    ("/etc/evil.json", "an absolute path"), ("C:\\evil.json", "an absolute path"), ("\\\\host\\evil.json", "an absolute path"),
])
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_names_that_lead_out(tmp_path: Path, kind: str, name: str, reason: str) -> None:
    (tmp_path / "in").mkdir()
    path = (make_zip if kind == "zip" else make_tar)(tmp_path / "in" / f"a.{kind}", {name: line(id="evil"), "good.json": line(id="1")})
    with nothing_written(tmp_path):
        found = take(path)
    assert ids_of(found) == ["1"]
    (failure,) = failures_of(found)
    assert f"refused: {reason}" in failure and "Pack the archive again" in failure


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_a_tar(tmp_path: Path, kind: bytes) -> None:
    found = take(make_tar(tmp_path / "a.tar", {"good.json": line(id="1")}, **{"evil.txt": kind}))
    assert ids_of(found) == ["1"]
    (failure,) = failures_of(found)
    assert failure == f"{tmp_path}/a.tar:evil.txt: refused: a link or device in an archive. Pack the archive again with plain files."


def test_link_in_a_zip(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("evil.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr(info, "/etc/passwd")
    (failure,) = [text for text in failures_of(take(tmp_path / "a.zip")) if "refused" in text]
    assert "a link or device" in failure


def test_locked_member(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"1.json": line(id="1")}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "locked with a password" in failures_of(take(path))[0]


@pytest.mark.parametrize("inner", ["b.zip", "b.tar.gz", "b.jsonl.gz", "b.TAR"])
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_nested_archives_are_passed_over_with_a_notice(tmp_path: Path, kind: str, inner: str) -> None:
    found = take((make_zip if kind == "zip" else make_tar)(tmp_path / f"a.{kind}", {inner: b"PK", "1.json": line(id="1")}))
    assert ids_of(found) == ["1"] and failures_of(found) == []
    assert "a packed file inside an archive. Unpack the archive" in notices_of(found)[0]


def test_file_with_holes(tmp_path: Path) -> None:
    info = tarfile.TarInfo("holes.txt")
    info.type, info.size = tarfile.GNUTYPE_SPARSE, 0
    with tarfile.open(tmp_path / "a.tar", "w", format=tarfile.GNU_FORMAT) as file:
        file.addfile(info)
    assert any("a file with holes" in text for text in failures_of(take(tmp_path / "a.tar")))


def test_a_hostile_name_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    found = take(make_tar(tmp_path / "a.tar", {"\x1b[2J\u202e.json": "{"}))
    assert "\x1b" not in failures_of(found)[0] and "\u202e" not in failures_of(found)[0]


# ---- bombs ---------------------------------------------------------------------------------------------------------------------


BOMB = (TEXT.encode() + b"\n") * 20_000


@pytest.mark.parametrize("ending", list(PACK))
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.txt", "a.parquet"])
def test_packed_bomb(tmp_path: Path, ending: str, name: str) -> None:
    path = tmp_path / (name + ending)
    path.write_bytes(PACK[ending](b"title\n" + b"\0" * 3_000_000 if name != "a.jsonl" else BOMB))
    (failure,) = failures_of(take(path, SMALL))[-1:]
    assert "unpacks to more than" in failure or "binary data" in failure or "a packed Parquet file above" in failure


def test_zip_bomb_ends_the_archive(tmp_path: Path) -> None:
    members = {f"{n}.jsonl": line(id=str(n)) * 200 for n in range(40)}
    found = take(make_zip(tmp_path / "a.zip", members), SMALL)
    assert len(found) < 3000 and "unpacks to more than 20 times its size" in failures_of(found)[-1]
    assert "Check where it comes from" in failures_of(found)[-1]


def test_large_member_is_refused_unopened(tmp_path: Path) -> None:
    members = {"big.jsonl": os.urandom(200_000).hex(), "1.json": line(id="1")}
    for path in (make_zip(tmp_path / "a.zip", members), make_tar(tmp_path / "a.tar", members)):
        found = take(path, SMALL)
        assert ids_of(found) == ["1"] and failures_of(found)[0].startswith(f"{path}:big.jsonl: unpacks to more than 0 MB")


@pytest.mark.parametrize("skipped", [True, False])
def test_tar_bomb(tmp_path: Path, skipped: bool) -> None:
    members = {f"{n}.{'jpg' if skipped else 'jsonl'}": b"\n" * 250_000 for n in range(40)}
    found = take(make_tar(tmp_path / "a.tar.gz", members, "w:gz"), SMALL)
    assert "unpacks to more than 20 times its size" in failures_of(found)[-1]


@pytest.mark.parametrize("first", [True, False])
def test_header_bomb_in_a_tar(tmp_path: Path, first: bool) -> None:
    with tarfile.open(tmp_path / "a.tar", "w", format=tarfile.PAX_FORMAT) as file:
        if not first:
            data = line(id="1").encode()
            good = tarfile.TarInfo("1.json")
            good.size = len(data)
            file.addfile(good, io.BytesIO(data))
        info = tarfile.TarInfo("x.json")
        info.pax_headers = {"comment": "x" * 3_000_000}
        file.addfile(info)
    found = take(tmp_path / "a.tar")
    assert ids_of(found) == ([] if first else ["1"]) and "headers above 1 MB" in failures_of(found)[-1]


def test_meter_counts_every_byte() -> None:
    stream = open_metered(io.BytesIO(b"x" * 100), Meter(99, "enough. Stop."))
    with pytest.raises(CutOff, match="enough"):
        stream.read()
    assert open_metered(io.BytesIO(b"x" * 99), Meter(99, "enough. Stop.")).read() == b"x" * 99


# ---- broken archives -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.xz", "a.txt.bz2", "a.jsonl.xz"])
def test_no_archive_at_all(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BOMB[:5000])
    (failure,) = failures_of(take(tmp_path / name))
    assert "again" in failure


@pytest.mark.parametrize(("name", "mode"), [("a.tar", "w"), ("a.tar.gz", "w:gz"), ("a.tar.bz2", "w:bz2"), ("a.tar.xz", "w:xz")])
def test_tar_that_breaks_off(tmp_path: Path, name: str, mode: str) -> None:
    members = {f"{n}.json": line(id=str(n), text=os.urandom(5000).hex()) for n in range(40)}
    path = make_tar(tmp_path / name, members, mode)
    path.write_bytes(path.read_bytes()[:-(path.stat().st_size // 3)])
    found = take(path)
    assert failures_of(found) and "again" in failures_of(found)[-1]
    assert ids_of(found)[:1] == ["0"] or name.endswith("bz2")


def test_zip_with_a_damaged_member(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", {"1.jsonl": line(id="1") * 50, "2.json": line(id="2")}, zipfile.ZIP_STORED)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"outlet", b"outlut", 1))
    found = take(path)
    assert ids_of(found)[-1] == "2" and "breaks off here (Bad CRC-32" in failures_of(found)[0]
