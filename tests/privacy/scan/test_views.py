from __future__ import annotations

import html
import json
import unicodedata
from urllib.parse import quote

import pytest

from privacy.scan.views import views

VALUE = "공일공 4827"
WIDE = str.maketrans({digit: chr(ord(digit) + 0xFEE0) for digit in "0123456789"})


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (VALUE.encode(), "raw"),
        (VALUE.encode("cp949"), "cp949"),
        (VALUE.encode("utf-16-le"), "utf-16-le"),
        (VALUE.encode("utf-16-be"), "utf-16-be"),
        (json.dumps(VALUE).encode(), "escaped"),
        (json.dumps(json.dumps(VALUE)).encode(), "escaped"),
        (repr(VALUE.encode()).encode(), "escaped"),
        (quote(VALUE).encode(), "escaped"),
        (quote(VALUE).lower().encode(), "escaped"),
        (quote(VALUE.encode("cp949")).encode(), "escaped"),
        ("".join(f"&#{ord(letter)};" for letter in VALUE).encode(), "escaped"),
        ("".join(f"&#x{ord(letter):X};" for letter in VALUE).encode(), "escaped"),
        (unicodedata.normalize("NFD", VALUE).encode(), "folded"),
        (VALUE.translate(WIDE).encode(), "folded"),
        (VALUE.translate(WIDE).encode("cp949"), "cp949/folded"),
        (VALUE.translate(WIDE).encode("utf-16-le"), "utf-16-le/folded"),
        (json.dumps(VALUE.translate(WIDE)).encode(), "escaped/folded"),
        (html.escape(VALUE).encode(), "raw"),
    ],
)
@pytest.mark.parametrize("before", [b"", b"log line\n" * 20, bytes(range(128, 160)) * 9 + b"\n"])
def test_when_bytes_are_a_text_then_a_view_shows_it_and_where(raw: bytes, encoding: str, before: bytes) -> None:
    found = [
        view.byte_at(view.text.index(VALUE))
        for view in views(before + raw + b"\n" * 300)
        if VALUE in view.text and view.encoding == encoding
    ]
    assert found, [view.encoding for view in views(before + raw)]
    assert len(before) <= found[0] <= len(before) + 3


def test_when_a_part_is_read_again_then_it_begins_and_ends_outside_of_numbers() -> None:
    line = b"\\n" + b"1" * 63 + b"-" + b"2" * 300
    for view in list(views(b"9" * 100 + b" " + line))[1:]:
        assert view.text.startswith(" ") or view.text[0] != "9"
        assert not view.text.endswith("2") or view.text.count("2") == 300
    assert [view.text for view in views(b"plain")] == ["plain"]
