from __future__ import annotations

import base64
import gzip
import hashlib
import os

import pytest

from privacy.scan.hidden_text import hidden_runs

TEXT = "번호는 010-4827-3951 입니다"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (base64.b64encode(TEXT.encode()), "base64"),
        (b"token=" + base64.b64encode(TEXT.encode()).rstrip(b"="), "base64"),
        (b"x" + base64.b64encode(TEXT.encode()), "base64"),
        (base64.urlsafe_b64encode(b"???>>>" + TEXT.encode()), "base64"),
        (base64.encodebytes((TEXT * 9).encode()), "base64"),
        (base64.encodebytes((TEXT * 9).encode()).replace(b"\n", b"\\n"), "base64"),
        (TEXT.encode().hex().encode(), "hex"),
        (b"\\x" + TEXT.encode().hex().upper().encode(), "hex"),
        (b"a" + TEXT.encode().hex().encode(), "hex"),
    ],
)
def test_when_a_run_decodes_to_text_then_the_text_comes_out(raw: bytes, encoding: str) -> None:
    assert any(TEXT.encode() in run.decoded and run.encoding == encoding for run in hidden_runs(b"{" + raw + b"}"))


@pytest.mark.parametrize("charset", ["cp949", "utf-16-le", "utf-16-be"])
def test_when_the_text_inside_is_in_another_charset_then_it_comes_out_too(charset: str) -> None:
    raw = TEXT.encode(charset)
    for written in (base64.b64encode(raw), raw.hex().encode()):
        assert any(raw in run.decoded for run in hidden_runs(written))


def test_when_a_run_decodes_to_an_archive_then_it_comes_out() -> None:
    packed = gzip.compress(TEXT.encode())
    assert [run.decoded for run in hidden_runs(base64.b64encode(packed))] == [packed]


def test_when_runs_are_digests_or_words_then_hardly_any_comes_out() -> None:
    digests = [hashlib.sha256(os.urandom(8)).hexdigest().encode() for _ in range(500)]
    assert len(list(hidden_runs(b" ".join(digests)))) <= 5
    assert list(hidden_runs("전입신고는 어떻게 하나요? short words only".encode())) == []
