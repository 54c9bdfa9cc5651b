"""What the benchmark of live speech counts."""

from __future__ import annotations

import numpy as np
import pytest

from bench.live.__main__ import figures, utterances
from bench.live.speaker import Spoken, speech_ends


def test_when_a_recording_is_chosen_then_its_speech_lies_within_it() -> None:
    (text, samples), *_ = utterances(3.0, 5.5, 1)
    begins, ends = speech_ends(samples)
    assert text == "전입신고는 어떻게 하나요?"
    assert 0 <= begins < ends <= len(samples) / 16_000


def test_when_nobody_speaks_then_it_is_no_utterance() -> None:
    with pytest.raises(ValueError, match="nobody"):
        speech_ends(np.zeros(32_000, dtype=np.float32))


def test_when_utterances_came_back_then_times_and_errors_are_counted_apart() -> None:
    came = [
        ("여권 분실", Spoken(text="여권 분실", first_text_ms=600, reply_ms=1000)),
        ("여권 분실", Spoken(text="여권 본실", reply_ms=2000, cut_off=True)),
        ("여권 분실", Spoken(error="speech_busy")),
    ]
    told = figures(came)
    assert (told["utterances"], told["errors"], told["cut_off"], told["without_partial"]) == (3, 1, 1, 2)
    assert told["first_text_p50_ms"] == 600
    assert told["reply_p50_ms"] == 1500
    assert told["cer"] == 0.125
