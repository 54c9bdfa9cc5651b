from __future__ import annotations

from web.spoken_replies import REPLIES, SpokenReplies, SpokenReply


def reply(turn_id: str) -> SpokenReply:
    return SpokenReply(turn_id, f"{turn_id}의 말", "ko")


def test_when_a_reply_was_given_then_its_own_session_finds_it() -> None:
    replies = SpokenReplies()
    replies.add("a", reply("one"))
    assert replies.find("a", "one") == reply("one")
    assert replies.find("b", "one") is None
    assert replies.find("a", "two") is None


def test_when_more_replies_come_then_the_oldest_is_forgotten() -> None:
    replies = SpokenReplies()
    for number in range(REPLIES + 1):
        replies.add("a", reply(str(number)))
    assert replies.find("a", "0") is None
    assert replies.find("a", "1") is not None


def test_when_a_conversation_is_forgotten_then_so_are_its_replies() -> None:
    replies = SpokenReplies()
    replies.add("a", reply("one"))
    replies.forget("a")
    assert replies.find("a", "one") is None
