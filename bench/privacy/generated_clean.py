"""Sentences and dialogues full of numbers that are nobody's: amounts, dates, hours, laws, buses, public numbers."""

from __future__ import annotations

from random import Random

from bench.privacy.measure import Turn

_SINO = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
_SENTENCES = (
    "수수료가 {won}원인가요", "과태료 {won}원이 나왔어요", "{year}년 {month}월 {day}일까지 내면 되나요",
    "{month}월 {day}일에 가도 돼요?",
    "{bus}번 버스가 안 와요", "민원처리법 제{law}조가 뭐예요", "별지 제{law}호서식 어디 있어요",
    "{floor}층 {room}호로 가면 되나요",
    "{public}에 전화했더니 안 받아요", "대표번호 {nation}로 걸었어요", "평일 {hour}:00부터 {late}:00까지 맞죠",
    "인구가 {won}명이래요",
    "{year}-{month2}-{day2} 기준으로 바뀌었다면서요", "서류 {few}부 준비했어요", "아이가 {few}살이에요",
    "{km}미터 앞이에요",
    "면적이 {few}{few}.{law}제곱미터예요", "재산세가 {said}만 원 나왔어요", "{said}번 버스 막차가 몇 시예요",
    "{said}년에 지은 건물이에요",
    "{monthsaid}월 {daysaid}일까지래요", "기초연금이 {said}만 {said}백 원 맞나요", "{said}호 법정이 어디예요",
    "{few}인 가구면 얼마 받아요",
    "예산이 {law}억이라던데요", "{few}학년 {few}반이에요", "접종 간격이 0, 1, 6개월이에요?", "{law}쪽에 나와 있어요",
    "대기번호가 {bus}번인데 얼마나 걸려요", "이사 간 지 {day}일 됐어요", "일이 많아서 {hour}시 넘어야 가요",
    "육이오 참전 수당 {won}원 맞나요",
)  # fmt: skip
_DIALOGUES = (
    ("등본 한 통에 얼마예요?", "{won}원입니다", "{few}통이면요?", "{won}원이요"),
    ("며칠까지 내면 돼요?", "{month}월 {day}일까지입니다", "{few}개월 남았네요", "네 맞습니다"),
    ("지금 몇 번이에요?", "대기번호 {bus}번이세요", "앞에 몇 명 있어요?", "{few}명이요"),
    ("버스 뭐 타요?", "{bus}번이요", "몇 분 걸려요?", "{day}분이요"),
    ("여권과가 어디예요?", "{floor}층 {room}호입니다", "몇 시까지 해요?", "{late}시까지요"),
    ("상담 전화 있어요?", "국번 없이 {public}입니다", "몇 시까지요?", "{late}시까지요"),
    ("봉투 몇 리터짜리 있어요?", "5, 10, 20, 50리터요", "얼마예요?", "{won}원이요"),
    ("몇 살까지 되나요?", "만 {day}세까지요", "저 {few}{few}살인데요", "네 됩니다"),
    ("주민번호를 말씀해 주세요", "그건 왜요?", "확인 때문에요", "그럼 {day}일에 방문할게요"),
    ("연락처를 불러 주시겠어요?", "지금은 곤란해요 {hour}시에 다시 걸게요"),
)


def clean_turns(randomness: Random) -> tuple[Turn, ...]:
    """A sentence or a dialogue in which nothing may be touched."""
    if randomness.random() < 0.3:
        return tuple(Turn(_filled(randomness, line), ()) for line in randomness.choice(_DIALOGUES))
    return (Turn(_filled(randomness, randomness.choice(_SENTENCES)), ()),)


def _filled(randomness: Random, line: str) -> str:
    month, day = randomness.randint(1, 12), randomness.randint(1, 28)
    return line.format(
        won=f"{randomness.randint(1, 9999) * 100:,}",
        year=randomness.randint(1970, 2027),
        month=month,
        day=day,
        month2=f"{month:02}",
        day2=f"{day:02}",
        bus=randomness.randint(100, 999),
        law=randomness.randint(2, 200),
        floor=randomness.randint(1, 9),
        room=randomness.randint(101, 909),
        public=randomness.choice(("120", "110", "1345", "1339", "119", "02-120")),
        nation=randomness.choice(("1588-2188", "1577-1000", "1600-0000")),
        hour=f"{randomness.randint(8, 11):02}",
        late=randomness.randint(13, 21),
        few=randomness.randint(2, 9),
        km=randomness.randint(1, 30) * 100,
        said=_said(randomness.randint(2, 99)),
        monthsaid=_said(month) if month not in (6, 10) else ("유" if month == 6 else "시"),
        daysaid=_said(day),
    )


def _said(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _SINO[tens]) + "십" if tens else "") + _SINO[ones]
