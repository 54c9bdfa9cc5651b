from __future__ import annotations

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import os
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from urllib.parse import quote

import pytest

from privacy.scan.scanner import WINDOW, Scanner

PHONE = "010-4827-3951"
SPOKEN = "공일공 사팔이칠 삼구오일"
WIDE = PHONE.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
TEXT = os.urandom(200).hex() + f" {PHONE} " + os.urandom(200).hex()


def _zip(data: bytes, name: str = "내부.txt") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


def _tar(data: bytes, mode: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        member = tarfile.TarInfo("inner")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


WRITTEN = {
    "raw": PHONE.encode(),
    "digits": b"tel=01048273951;",
    "other separators": b"010.4827.3951",
    "abroad": b"+82 10-4827-3951",
    "spoken": SPOKEN.encode(),
    "spoken with 영": "영일영에 사팔이칠에 삼구오일".encode(),
    "native": "공하나공 넷여덟둘일곱 셋아홉다섯하나".encode(),
    "partly spoken": "010 사팔이칠 삼구오일".encode(),
    "NFD": unicodedata.normalize("NFD", SPOKEN).encode(),
    "full width": WIDE.encode(),
    "full width, CP949": WIDE.encode("cp949"),
    "JSON": json.dumps(SPOKEN).encode(),
    "JSON in capitals": json.dumps(SPOKEN).upper().replace("\\U", "\\u").encode(),
    "JSON in JSON": json.dumps(json.dumps(SPOKEN)).encode(),
    "Python bytes": repr(SPOKEN.encode()).encode(),
    "percent": quote(SPOKEN).encode(),
    "percent, lower": quote(SPOKEN).lower().encode(),
    "percent, CP949": quote(SPOKEN.encode("cp949")).encode(),
    "percent, all": "".join(f"%{byte:02X}" for byte in PHONE.encode()).encode(),
    "entities": "".join(f"&#{ord(letter)};" for letter in SPOKEN).encode(),
    "hex entities": "".join(f"&#x{ord(letter):X};" for letter in PHONE).encode(),
    "HTML": html.escape(f"<b>{PHONE}</b>").encode(),
    "hex": f"tel {PHONE}".encode().hex().encode(),
    "hex in capitals": SPOKEN.encode().hex().upper().encode(),
    **{f"base64 {shift}": base64.b64encode(b"x" * shift + f" {PHONE} ".encode()) for shift in range(3)},
    "base64, URL": base64.urlsafe_b64encode(f"???>>>{SPOKEN}".encode()),
    "base64 in lines": base64.encodebytes((f"가나다 {SPOKEN} " * 9).encode()),
    "base64 of CP949": base64.b64encode(SPOKEN.encode("cp949")),
    "base64 of UTF-16": base64.b64encode(f"번호 {PHONE}".encode("utf-16-le")),
    "base64 of JSON": base64.b64encode(json.dumps({"text": SPOKEN}).encode()),
    "CP949": f"제 번호 {SPOKEN}".encode("cp949"),
    "UTF-16 LE": f"번호 {PHONE}".encode("utf-16-le"),
    "UTF-16 BE": f"번호 {SPOKEN}".encode("utf-16-be"),
    "gzip": gzip.compress(TEXT.encode()),
    "zlib": zlib.compress(TEXT.encode()),
    "bz2": bz2.compress(TEXT.encode()),
    "xz": lzma.compress(TEXT.encode()),
    "lzma": lzma.compress(TEXT.encode(), lzma.FORMAT_ALONE),
    "zip": _zip(TEXT.encode()),
    "tar": _tar(TEXT.encode(), "w"),
    "tar.gz": _tar(TEXT.encode(), "w:gz"),
    "gzip in tar.xz": _tar(gzip.compress(TEXT.encode()), "w:xz"),
    "second gzip member": gzip.compress(os.urandom(99)) + gzip.compress(TEXT.encode()),
    "base64 of gzip": base64.b64encode(gzip.compress(TEXT.encode())),
    "four deep": gzip.compress(bz2.compress(_zip(lzma.compress(TEXT.encode())))),
}


def scan(data: bytes, *, canary: bool, max_bytes: int = 1 << 30) -> Scanner:
    scanner = Scanner([PHONE] if canary else [], patterns=not canary, max_bytes=max_bytes)
    scanner.scan_stream("file", io.BytesIO(data), len(data))
    return scanner


@pytest.mark.parametrize("canary", [True, False], ids=["canary", "patterns"])
@pytest.mark.parametrize("before", [0, WINDOW - 40], ids=["first", "over the window's edge"])
@pytest.mark.parametrize("how", WRITTEN)
def test_when_a_value_is_written_in_any_way_then_it_is_found_and_not_shown(how: str, before: int, canary: bool) -> None:
    scanner = scan(b" " * before + b"\n" + WRITTEN[how] + b"\n" + b" " * 99, canary=canary)
    finds = scanner.report.found()
    assert finds
    assert {find.kind for find, _count in finds} == {"CANARY" if canary else "PHONE"}
    assert not scanner.report.not_scanned
    shown = repr(scanner.report)
    assert not any(secret in shown for secret in ("4827", "3951", "사팔", "넷여덟", "４８"))


def test_when_it_stands_in_one_place_many_times_then_it_is_one_find_with_the_first_offset() -> None:
    scanner = scan(f"x {PHONE}\n".encode() * 5000, canary=True)
    ((find, count),) = scanner.report.found()
    assert (find.offset, find.encoding, count) == (2, "raw", 5000)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(gzip.compress(_zip(bz2.compress(lzma.compress(TEXT.encode()))))), "too-deep"),
        (gzip.compress(os.urandom(9000))[:-100], "broken-archive"),
        (_zip(os.urandom(9000))[:5000], "broken-archive"),
        (b"7z\xbc\xaf\x27\x1c" + os.urandom(99), "format-7z"),
        (gzip.compress(bytes(4 << 20)), "limit"),
        (bz2.compress(bytes(4 << 20)), "limit"),
        (gzip.compress(gzip.compress(bytes(4 << 20))), "limit"),
        (_zip(bytes(4 << 20)), "limit"),
    ],
)
def test_when_something_cannot_be_looked_at_whole_then_it_says_so(data: bytes, reason: str) -> None:
    scanner = scan(data, canary=True, max_bytes=1 << 20)
    assert {each.reason for each in scanner.report.not_scanned} == {reason}


def test_when_a_file_unpacks_to_far_more_than_itself_then_it_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("privacy.scan.scanner.FREE_BYTES", 1 << 20)
    assert [each.reason for each in scan(gzip.compress(bytes(8 << 20)), canary=True).report.not_scanned] == ["limit"]
    monkeypatch.setattr("privacy.scan.scanner.FREE_BYTES", 16 << 20)
    assert not scan(gzip.compress(bytes(8 << 20)), canary=True).report.not_scanned


def test_when_a_locked_zip_is_there_then_it_says_so() -> None:
    locked = bytearray(_zip(TEXT.encode()))
    locked[6] |= 1
    assert [each.reason for each in scan(bytes(locked), canary=True).report.not_scanned] == ["zip-encrypted"]


def test_when_bytes_are_noise_then_nothing_is_found_or_missed() -> None:
    scanner = scan(os.urandom(3 << 20), canary=False)
    assert (scanner.report.found(), list(scanner.report.not_scanned)) == ([], [])


@pytest.mark.parametrize("make", [lambda: f"{PHONE}.txt", lambda: f"접수/{SPOKEN}.hwp"])
def test_when_a_name_tells_something_then_it_is_masked_and_found(make: Callable[[], str]) -> None:
    scanner = Scanner([PHONE], patterns=False)
    shown = scanner.clean_name(make())
    assert "*" in shown
    assert not any(secret in shown for secret in ("4827", "사팔"))
    assert [find.encoding.split("/")[0] for find, _ in scanner.report.found()] == ["file-name"]


def test_when_long_then_progress_is_told() -> None:
    done: list[int] = []
    scanner = Scanner([PHONE], patterns=False, progress=done.append)
    scanner.scan_stream("file", io.BytesIO(b" " * (3 * WINDOW)), 3 * WINDOW)
    assert sum(done) == scanner.report.bytes == 3 * WINDOW
    assert len(done) > 1
