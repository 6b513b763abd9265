"""Reports, tables, archives and crawls made for the tests, and the two ways to read them."""
from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rawabit.source import Failure, Intake, Notice, Outcome, Sourced
from rawabit.source.files import take_paths

TITLE, TEXT = "بوتين يلتقي علييف في دوشنبه", "التقى الرئيس الروسي فلاديمير بوتين نظيره الأذري إلهام علييف في دوشنبه اليوم الخميس."
REPORT = {"id": "r1", "title": TITLE, "text": TEXT, "source": "outlet", "language": "ar", "published": "2025-10-09", "url": "https://example.org/1"}
NOW = datetime(2025, 10, 9, 12, tzinfo=UTC)


def line(**changes: object) -> str:
    return json.dumps({**REPORT, **changes}, ensure_ascii=False) + "\n"


def page(title: str = TITLE, text: str = TEXT, published: str = "2025-10-09T10:00:00+03:00", site: str = "الوكالة", charset: str = "utf-8",
         extra: str = "") -> str:
    name = f'<meta property="og:site_name" content="{site}">' if site else ""
    return (f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="{charset}"><title>{title}</title>{name}'
            f'<meta property="article:published_time" content="{published}">{extra}</head><body><article><h1>{title}</h1>'
            f"<p>{text * 4}</p><p>{text}</p></article><footer>جميع الحقوق محفوظة 2026</footer></body></html>")


def make_zip(path: Path, members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def make_tar(path: Path, members: Mapping[str, bytes | str], mode: str = "w", **special: bytes) -> Path:
    """A tar of files; `special` are names with the type of a link or device."""
    with tarfile.open(path, mode) as file:
        for name, data in members.items():
            data = data if isinstance(data, bytes) else data.encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
        for name, kind in special.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            file.addfile(info)
    return path


def make_record(kind: str, payload: bytes, ctype: str = "application/http; msgtype=response",
                uri: str = "https://www.example.org/1") -> bytes:
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2025-10-08T07:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {ctype}\r\nContent-Length: {len(payload)}\r\n\r\n")
    return head.encode() + payload + b"\r\n\r\n"


def make_response(body: bytes, ctype: str = "text/html; charset=utf-8", status: str = "200 OK", packed: bool = False) -> bytes:
    body = gzip.compress(body, mtime=0) if packed else body
    encoding = "Content-Encoding: gzip\r\n" if packed else ""
    return make_record("response", f"HTTP/1.1 {status}\r\nContent-Type: {ctype}\r\n{encoding}\r\n".encode() + body)


def take(path: Path | str, intake: Intake | None = None) -> list[Outcome]:
    return list(take_paths([str(path)], intake or Intake(clock=lambda: NOW)))


def ids_of(outcomes: list[Outcome]) -> list[str]:
    return [found.document.id for found in outcomes if isinstance(found, Sourced)]


def failures_of(outcomes: list[Outcome]) -> list[str]:
    return [str(found) for found in outcomes if isinstance(found, Failure)]


def notices_of(outcomes: list[Outcome]) -> list[str]:
    return [str(found) for found in outcomes if isinstance(found, Notice)]


@contextmanager
def nothing_written(*roots: Path) -> Iterator[None]:
    """Fails if a file appears or changes below the roots."""
    def state() -> dict[str, int]:
        return {str(path): path.lstat().st_mtime_ns for root in roots for path in root.rglob("*")}
    before = state()
    yield
    assert state() == before
