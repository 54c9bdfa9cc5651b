from __future__ import annotations

from privacy import Scrubber
from privacy.echo import restore


def test_when_a_reply_goes_back_to_its_session_then_the_own_words_return(scrubber: Scrubber) -> None:
    scrubbed = scrubber.scrub("제 이름은 홍길동이고 번호는 010-1234-5678이에요", "echo")
    reply = f"받았어요: {scrubbed.text} <이름_9>"
    assert (
        restore(reply, "echo", scrubber.vault) == "받았어요: 제 이름은 홍길동이고 번호는 010-1234-5678이에요 <이름_9>"
    )


def test_when_another_session_or_a_wiped_one_asks_then_placeholders_stay(scrubber: Scrubber) -> None:
    scrubbed = scrubber.scrub("제 이름은 홍길동이에요", "echo-2")
    assert restore(scrubbed.text, "somebody else", scrubber.vault) == scrubbed.text
    scrubber.vault.wipe("echo-2")
    assert restore(scrubbed.text, "echo-2", scrubber.vault) == scrubbed.text
