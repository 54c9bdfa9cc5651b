"""Sound in slices: as samples of a microphone, and as a browser's recording that is still being written."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import numpy as np
import pytest

from tests.voice.recordings import Samples, encode, tone
from voice.audio import AudioLimits, decode
from voice.errors import AudioUnreadable
from voice.stream_audio import ContainerSlices, PcmSlices


def _joined(blocks: list[Samples]) -> Samples:
    return np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.float32)


@pytest.mark.parametrize("step", [1, 3, 320, 3201, 100_000])
def test_when_pcm_is_cut_anywhere_then_the_samples_are_whole(step: int) -> None:
    samples = tone(0.5)
    pcm = (samples * 32767).astype("<i2").tobytes()
    blocks: list[Samples] = []
    slices = PcmSlices(blocks.append)
    for start in range(0, len(pcm), step):
        slices.add(pcm[start : start + step])
    assert np.abs(_joined(blocks) - samples).max() < 1e-3


@pytest.mark.parametrize("name", ["move-in.webm", "move-in.ogg"])
@pytest.mark.parametrize("step", [97, 1000, 1_000_000])
async def test_when_a_recording_comes_in_slices_then_its_sound_is_that_of_the_whole(
    clips: Path, limits: AudioLimits, name: str, step: int
) -> None:
    data = (clips / name).read_bytes()
    blocks: list[Samples] = []
    slices = ContainerSlices(blocks.append, limits)
    for start in range(0, len(data), step):
        slices.add(data[start : start + step])
    await slices.end()
    assert np.array_equal(_joined(blocks), decode(data, limits).samples)


async def test_when_half_of_a_recording_has_come_then_most_of_its_sound_is_there(
    clips: Path, limits: AudioLimits
) -> None:
    data = (clips / "move-in.webm").read_bytes()
    whole = len(decode(data, limits).samples)
    blocks: list[Samples] = []
    slices = ContainerSlices(blocks.append, limits)
    for start in range(0, len(data) // 2, 400):
        slices.add(data[start : start + 400])
    async with asyncio.timeout(5):
        while sum(map(len, blocks)) < whole * 0.4:
            await asyncio.sleep(0.01)
    slices.close()


@pytest.mark.parametrize(
    "rubbish", [b"this is text, not sound" * 400, b"\0" * 50_000, b"\x1a\x45\xdf\xa3" + b"\xff" * 5000]
)
async def test_when_it_is_no_recording_then_the_end_says_so(limits: AudioLimits, rubbish: bytes) -> None:
    slices = ContainerSlices(lambda _samples: None, limits)
    slices.add(rubbish)
    with pytest.raises(AudioUnreadable):
        await slices.end()


async def test_when_rubbish_goes_on_then_the_next_slice_is_refused(limits: AudioLimits) -> None:
    slices = ContainerSlices(lambda _samples: None, limits)

    async def send() -> None:
        for _ in range(500):
            slices.add(b"this is text, not sound" * 400)
            await asyncio.sleep(0.01)

    with pytest.raises(AudioUnreadable):
        await send()


async def test_when_a_small_file_unfolds_to_more_than_is_taken_then_it_ends_there() -> None:
    blocks: list[Samples] = []
    slices = ContainerSlices(blocks.append, AudioLimits(max_bytes=10_000_000, max_seconds=2.0))
    slices.add(encode(tone(20.0, rate=48_000), "webm", "libopus", rate=48_000))
    await slices.end()
    assert 2.0 <= len(_joined(blocks)) / 16_000 <= 2.6


async def test_when_the_client_is_gone_then_the_thread_is_too(clips: Path, limits: AudioLimits) -> None:
    before = threading.active_count()
    slices = ContainerSlices(lambda _samples: None, limits)
    slices.add((clips / "move-in.webm").read_bytes()[:3000])
    slices.close()
    async with asyncio.timeout(5):
        while threading.active_count() > before:
            await asyncio.sleep(0.01)
