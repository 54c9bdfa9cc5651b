from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.digit_chains import read_chains


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("010-1234-5678", ["010-1234-5678"]),
        ("공일공에 1234 다시 오육칠팔", ["010-1234-5678"]),
        ("０１０－１２３４", ["010-1234"]),
        ("하나 둘 셋 넷", ["1-2-3-4"]),
        ("010 천이백삼십사", ["010-1234"]),
        ("육칠팔구요 네", ["6789"]),
        ("오육칠팔이에요", ["5678"]),
        ("공일공 일이삼사 오육칠이에요", ["010-1234-5672"]),
        ("367이고 9947이고 075063이에요", ["367-9947-075063"]),
        ("010\u200b-1234", ["010-1234"]),
        ("1234\n5678", ["1234-5678"]),
        ("870321 연락처 010", ["870321", "010"]),
        ("110, 1588-2188 그리고 120", ["110", "1588-2188", "120"]),
        ("1721/6288/1567/9460", ["1721-6288-1567-9460"]),
        ("1588-2188, 1577-1000", ["1588-2188", "1577-1000"]),
        ("1577-1000)이", ["1577-1000"]),
        ("5678이 맞아요", ["5678"]),
        ("30명 중 28명", []),
        ("1,000원", []),
        ("2,345,678", []),
        ("2025년 1월 1일", []),
        ("2024-12-31까지", []),
        ("제19234호", []),
        ("09:00~18:00", []),
        ("육칠월에 행사", []),
        ("구구단을 외워요", []),
        ("KTX123 hong77", []),
        ("이사를 갔어요", ["24"]),
        ("쌍육 쌍칠", ["66-77"]),
        ("제로 원 투 에잇", ["0128"]),
        ("공1공 4872", ["010-4872"]),
        ("010-5590-****", ["010-5590-0000"]),
        ("공일공 삼삼 뭐더라 삼삼공칠", ["010-33-3307"]),
        ("구공공오일칠 아니 다시 말할게 구공공육일칠", ["900517-900617"]),
        ("7천5백원", []),
        ("5, 10, 20, 50, 75리터", []),
        ("네 삼육년생이시네요", []),
    ],
)
def test_when_digits_are_written_or_said_then_chains_have_one_canonical_form(text: str, canonical: list[str]) -> None:
    assert [chain.canonical for chain in read_chains(text)] == canonical


def test_when_a_part_of_a_chain_matches_then_it_is_found_again_in_the_text() -> None:
    text = "번호는 공일공에 1234 다시 오육칠팔"
    (chain,) = read_chains(text)
    start, end = chain.where_canonical(4, 8)
    assert text[start:end] == "1234"


@given(st.text(alphabet="0123456789-공일이삼사오 .,에다시이고요원\n", max_size=60))
def test_when_the_text_is_anything_then_cells_lie_in_order_inside_it(text: str) -> None:
    for chain in read_chains(text):
        assert len(chain.cells) == len(chain.digits)
        assert 0 <= chain.start < chain.end <= len(text)
        assert list(chain.cells) == sorted(chain.cells)


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("공일공 칠사오이 아니 칠사오삼 육공일구", "01074536019"),
        ("공일공 삼삼 뭐더라 삼삼공칠 오이일육", "01033075216"),
        ("구공공오일칠 아니 다시 말할게 구공공육일칠 다시 이일팔오공삼칠", "9006172185037"),
        ("공일공 일이삼사 오육칠팔", "01012345678"),
    ],
)
def test_when_digits_are_taken_back_then_the_corrected_ones_remain(text: str, corrected: str) -> None:
    (chain,) = read_chains(text)
    assert chain.corrected == corrected
