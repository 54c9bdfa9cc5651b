from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.sound_channel import SHIPPED, SOUNDS, SoundChannel, numbered
from knowledge.training.sound_channel import aligned, fit_sound_channel, read_pairs
from maru.settings import ROOT

PAIRS = ROOT / "data" / "retrieval" / "heard.jsonl"


def test_when_the_pairs_are_fitted_again_then_the_shipped_channel_comes_out(tmp_path: Path) -> None:
    report = fit_sound_channel(read_pairs(PAIRS), tmp_path / "channel.json")
    assert (tmp_path / "channel.json").read_text("utf-8") == SHIPPED.read_text("utf-8")
    assert report.heard > 0.7
    assert report.heard + report.misheard + report.lost == pytest.approx(1.0)


def test_when_sounds_are_misheard_then_the_channel_knows_which(tmp_path: Path) -> None:
    out = tmp_path / "channel.json"
    fit_sound_channel([("나무", "다무"), ("나라", "다라"), ("누나", "누다"), ("마루", "마루")], out)
    channel = SoundChannel.load(out)
    said, heard = SOUNDS.index("ㄴ"), SOUNDS.index("ㄷ")
    assert channel.heard[said, heard] > channel.heard[heard, said]
    assert channel.heard[said].argmax() == heard


def test_when_two_texts_are_aligned_then_every_sound_of_both_has_its_place() -> None:
    pairs = aligned(numbered("주차장"), numbered("주자앙은"))
    assert [said for said, _ in pairs if said >= 0] == numbered("주차장").tolist()
    assert [heard for _, heard in pairs if heard >= 0] == numbered("주자앙은").tolist()


def test_when_the_material_is_no_pairs_then_that_is_said(tmp_path: Path) -> None:
    broken = tmp_path / "heard.jsonl"
    broken.write_text('{"said": "여권", "heard": "여관"}\n{"said": "여권"}\n', "utf-8")
    with pytest.raises(ValueError, match=r"heard\.jsonl:2"):
        read_pairs(broken)
    with pytest.raises(ValueError, match="nothing was said"):
        fit_sound_channel([], tmp_path / "out.json")


def test_when_a_channel_is_of_other_sounds_then_it_is_not_used(tmp_path: Path) -> None:
    other = tmp_path / "channel.json"
    other.write_text('{"sounds": "ab"}', "utf-8")
    with pytest.raises(ValueError, match="maru train sounds"):
        SoundChannel.load(other)
