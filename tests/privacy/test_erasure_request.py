from __future__ import annotations

import time

import pytest

from privacy.erasure_request import asks_to_erase

ASKS = """
지워 주세요
지워줘
다 지워
다 지워 주세요
전부 지워 줘요
싹 다 지워 주세요
방금 한 말 지워 주세요
방금 한 말 지워줘
제 대화 기록 삭제해 줘
대화 기록 지워 주세요
내 정보 다 지워
내 정보 다 지워줘요
기록 남기지 마세요
동의 취소할게요
동의 철회합니다
동의를 거둘게요
제가 아까 말한 전화번호 지워 주세요
아까 말한 거 지워 주세요
지금까지 한 말 전부 없애 주세요
내가 한 말 다 잊어 줘
저장하지 마세요
제 말 저장하지 마
녹음하지 마세요
녹음한 거 지워 주세요
제 목소리 지워 주세요
채팅 내용 삭제 부탁드립니다
대화 내용 삭제해 주시겠어요?
제 개인정보 삭제해 주세요
제 기록 좀 지워 줄래요?
방금 불러 준 계좌번호 지워 주세요
아이고, 주민번호를 말해 버렸네. 지워 주세요.
주민번호를 말해 버렸는데 지워 주세요
잘못 말했어요. 지워 주세요.
저기요, 방금 한 얘기 좀 지워 주이소
여권은 어디서 만들어요? 그리고 방금 한 말은 지워 주세요.
다 지우고 앞으로 남기지 마세요
대화 남기는 거 동의 취소해 주세요
이제 동의 안 할래요
아무것도 남기지 마세요
제 이름 지워 주세요
이거 지워 주세요
기록하지 말아 주세요
대화 저장하지 말아 주세요
제 대화 지워 주셨으면 좋겠어요
이 대화 삭제해 주십시오
기록 지우기
방금한말지워주세요
대화 기록 지우고 싶어요
Please delete my data
Delete everything I said
Erase this conversation
Could you please forget what I just told you?
Don't save this conversation
I withdraw my consent
Please erase all my records now
Don't keep anything
방금 질문한 내용 지워 주실 수 있나요?
제 전화번호 지워 주세요, 부탁드려요
오늘 나눈 대화 모두 삭제해 주세요
내 말 남기지 마라
개인정보 수집 동의 철회할게요
아까 그 말 지워 주세요
방금 말씀드린 내용은 삭제해 주시기 바랍니다
제가 말한 내용 다 지워주세요
지금 한 얘기는 저장하지 마세요
나 기록에 남는 거 싫어
제 정보를 모두 삭제해 주세요
방금 말한 주민등록번호 좀 지워 주세요
대화내용 전체 삭제 부탁드려요
이 대화는 기록에 남기지 말아 주세요
제가 알려드린 전화번호는 지워 주세요
아까 말한 주소 잊어 주세요
내 목소리 녹음한 거 지워줘요
혹시 방금 한 말 지워 주실 수 있나요
여태 한 말 싹 지워 줘
방금 거 지워 줘
내 얘기 다 지워라
동의했던 거 취소해 주세요
아까 동의한 거 취소할래
저장에 동의하지 않을게요
남기지 마세요
내 데이터 삭제해 줘
삭제해 주세요
기록 다 없애 주세요
앞으로 제 말 기록하지 마세요
please forget everything i said
delete this chat
don't record me
i want you to delete my personal data
Stop recording
""".strip().splitlines()

OTHER = """
개인정보 삭제는 어떻게 신청하나요
게시글 삭제해 주세요
낙서 지워 주세요
주차 딱지 지워 주세요
등본에서 이름 지우고 싶어요
기록물 열람하고 싶어요
기록물 열람은 어디서 하나요
대화 기록은 얼마 동안 보관하나요?
대화 기록을 지울 수 있나요?
어떻게 지워요?
지우는 방법 알려 주세요
개인정보 삭제
개인정보 삭제 방법
개인정보 열람 청구하고 싶어요
홈페이지 회원 탈퇴하고 정보 지워 주세요
제가 올린 글 지워 주세요
제가 쓴 글 삭제해 주세요
게시판에 남긴 글 지워 주세요
벽에 낙서가 있어요. 지워 주세요.
담벼락에 욕이 써 있어요 빨리 지워 주세요
전봇대 불법 광고물 없애 주세요
집 앞 쓰레기 없애 주세요
과태료 기록 지워 주세요
전과 기록 삭제해 주세요
체납 기록 지워 주세요
CCTV 영상 삭제해 주세요
CCTV에 찍힌 제 얼굴 지워 주세요
가족관계증명서에서 전남편 이름 지워 주세요
전 세입자 주소를 우리 집에서 지워 주세요
키우던 개가 죽었는데 등록 지우려면 뭐 해야 됨
주민등록 말소는 어떻게 하나요
지문 등록한 것 삭제해 주세요
자동차 등록 말소해 주세요
근저당 지우려면 어디로 가요
신청 취소할게요
예약 취소해 주세요
민원 취소하고 싶어요
취소할게요
동의서 어디서 받나요
개인정보 동의 철회는 어떻게 하나요
동의서 작성해 주세요
마케팅 수신 동의 취소해 주세요
부모 동의 없이 여권을 만들 수 있나요
주민 동의율이 얼마인가요
재개발 동의 철회하고 싶어요
재개발 동의 취소할게요
통장 동의 취소는요
말소 기준 권리가 뭐예요
문신 지워 주는 지원이 있나요
페인트 지워 주세요
주차선 지워 주세요
횡단보도 선이 지워졌어요
도로 차선이 다 지워졌어요
간판 글씨가 지워졌어요
등기부에 있는 이름 지워 주세요
휴대폰 번호를 시청 시스템에서 지워 주세요
문자 수신 거부해 주세요
재난 문자 그만 보내 주세요
내 정보 확인하고 싶어요
내 정보를 고치고 싶어요
제 이름 바꾸고 싶어요
제 주소 바꿔 주세요
기록관이 어디예요
대화할 사람이 필요해요
말씀 좀 물을게요
방금 한 말 다시 해 주세요
방금 한 말 무슨 뜻이에요?
쓰레기 남기지 마세요
음식 남기지 마세요 캠페인이 뭐예요
녹음 파일을 증거로 낼 수 있나요
상담 기록 떼어 주세요
진료 기록 사본 발급해 주세요
생활기록부 삭제해 주세요
건축물대장에서 위반 표시 지워 주세요
How do I delete my account?
Can I delete my data?
Remove graffiti from the wall
Please remove my car from the tow list
Forget it
Forget that, I want to ask about taxes
How long do you keep my data?
Cancel my appointment
Delete my name from the family register
지워지지 않는 얼룩은 어떻게 해요
체납 정보 삭제해 주세요
제 사진 지워 주세요
불 꺼 주세요
가로등 꺼 주세요
삭제
취소
없애 주세요
저장 강박 지원이 있나요
보관해 주세요
네 맞아요
안 남았어요
제 민원 글 지워 주세요
방금 접수한 민원 삭제해 주세요
유튜브 영상 삭제해 주세요
현수막 지워 주세요
카드 정보 삭제는 어디서 하나요
개인정보 유출됐어요
개인정보 처리방침 보여 주세요
기록 보존 기간이 얼마예요
정보 공개 청구 취소할게요
저장 공간이 부족하대요
우리 집 주소가 이상하게 나와요 지워 주세요
스티커 자국 지워 주세요
바닥에 껌 자국 좀 지워 줘
이름 지우는 데 서류가 필요해요?
주민등록 지워 주세요
제 땅에 걸린 압류 지워 주세요
버스 정류장 이름 지워 주세요
통장 압류 풀어 주세요
이 말이 무슨 말이에요
말 좀 남겨 주세요
음성 안내 꺼 주세요
목소리 크게 해 주세요
녹음 들을 수 있나요
동의 안 하면 어떻게 돼요
동의하면 뭐가 좋아요
동의할게요
아무것도 모르겠어요
다 못 들었어요
기억이 안 나요
잊어버렸어요
비밀번호를 잊어버렸어요
Do you record me?
delete a car registration
할머니가 한 말 지워 주세요
""".strip().splitlines()


@pytest.mark.parametrize("text", ASKS)
def test_when_somebody_asks_to_forget_the_conversation_then_it_is_heard(text: str) -> None:
    assert asks_to_erase(text)
    assert asks_to_erase(f"  {text} ")


def test_when_something_long_was_said_before_then_plain_words_to_erase_are_heard_all_the_same() -> None:
    assert asks_to_erase("전입신고를 하려고 하는데 " * 9 + ". 방금 한 말 지워 주세요.")


@pytest.mark.parametrize("text", OTHER)
def test_when_it_is_a_question_or_another_request_then_it_isnt_taken_for_that(text: str) -> None:
    assert not asks_to_erase(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "?!", "\u200b", "\u1100\u1161", "지워 주세요 " * 50, "a" * 4000, "벽에 낙서가 " * 9 + ". 지워 주세요"],
)
def test_when_the_text_is_strange_then_it_isnt_taken_for_that(text: str) -> None:
    assert not asks_to_erase(text)


@pytest.mark.parametrize(
    "text",
    [
        "전부다모두다" * 10,
        "저제제가내가방금" * 7,
        "동의" * 30,
        "대화기록정보" * 10,
        "please now " * 5,
        "방금 한 말. " * 150,
    ],
)
def test_when_a_text_is_made_to_be_slow_then_it_isnt(text: str) -> None:
    started = time.process_time()
    asks_to_erase(text)
    assert time.process_time() - started < 0.1
