from __future__ import annotations

import pytest

from privacy.stitched_turns import stitch


@pytest.mark.parametrize(
    ("turns", "joined"),
    [
        (["48나요", "네, 뒤에는요?", "7162예요"], "48나 7162예요"),
        (["집은 월성동", "네", "325-4요", "지층 1호요"], "집은 월성동 325-4 지층 1호요"),
        (["제이와이에", "공칠일오예요", "골뱅이 네이트 닷컴이고요"], "제이와이 공칠일오 골뱅이 네이트 닷컴이고요"),
        (["단지는 푸른마을아파트고", "동은 삼백이동이요", "구백오호"], "단지는 푸른마을아파트 삼백이동 구백오호"),
    ],
)
def test_when_pieces_are_told_over_turns_then_they_stand_side_by_side(turns: list[str], joined: str) -> None:
    stitched = stitch("\n".join(turns))
    assert stitched is not None
    assert stitched.text.splitlines()[-1] == joined


@pytest.mark.parametrize(
    "turns",
    [
        ["몇 시에 닫아요?", "여섯 시요"],
        ["48나요", "수수료가 얼마예요?", "400원이요"],
        ["감사합니다", "네"],
        ["48나예요?", "7162"],
    ],
)
def test_when_turns_do_not_go_on_then_nothing_is_joined(turns: list[str]) -> None:
    assert stitch("\n".join(turns)) is None


def test_when_a_find_spans_turns_then_its_pieces_are_where_they_were_told() -> None:
    text = "차요\n48나요\n네\n7162예요"
    stitched = stitch(text)
    assert stitched is not None
    start = stitched.text.index("48나")
    pieces = stitched.pieces(start, start + len("48나 7162"))
    assert [text[first:last] for first, last in pieces] == ["48나", "7162"]
    assert stitched.pieces(start, start + 3) == []
