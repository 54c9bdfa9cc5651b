"""Fictional identifiers in sentences and dialogues, with where they stand, and clean ones full of other numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from bench.privacy.generated_clean import clean_turns
from bench.privacy.generated_identifiers import KINDS
from bench.privacy.generated_styles import DIGIT_LETTERS, STYLES, in_style, pieces
from bench.privacy.measure import Sample, Turn

__all__ = [
    "KINDS",
    "STYLES",
    "GeneratedSentence",
    "digits_left",
    "generated_dialogue",
    "generated_samples",
    "generated_sentence",
]

_TAILS = (
    "입니다", "이에요", "예요", "요", "이요", "", "이고요", "인데요", "로 해 주세요", " 맞나요", "이라고 합니다",
    "이구요",
    "거든요", "이에요 확인해 주세요", "이거든요 전입신고 때문에요", "로 문자 주세요", "인데 맞는지 모르겠네",
    "이라예", "이여",
    " 이렇게 돼 있어요",
)  # fmt: skip
_HEADS = (
    "",
    "",
    "",
    "아 네 ",
    "음 ",
    "여보세요 ",
    "안녕하세요 ",
    "저기요 ",
    "과태료 때문에 그러는데 ",
    "아까 말씀드린 ",
)
_BETWEEN = (" 그리고 ", ", ", " ", " 그리고요 ")
_LEADS = ("", "", "", "네 ", "어 ", "아 ", "음 ", "뒤에는 ", "그다음이 ")
_PIECE_TAILS = ("", "", "요", "이요", "에", "이고요", "입니다", "이에요")
_PROMPTS = (
    "네",
    "네 계속 말씀해 주세요",
    "네 이어서요",
    "네 듣고 있어요",
    "그다음은요?",
    "나머지도 불러 주세요",
    "네네",
    "뒷자리는요?",
)
_DIALOGUE_STYLES = ("written", "spoken", "apart", "place-value")


@dataclass(frozen=True, slots=True)
class GeneratedSentence:
    """A sentence and where its identifier stands."""

    text: str
    start: int
    end: int

    def left_uncovered(self, spans: Iterable[tuple[int, int]]) -> int:
        """How many digit characters of the identifier lie in none of the spans."""
        return digits_left(self.text, (self.start, self.end), spans)


def digits_left(text: str, gold: tuple[int, int], spans: Iterable[tuple[int, int]]) -> int:
    """How many digit characters of ``text[gold]`` lie in none of the spans."""
    hidden = {index for start, end in spans for index in range(start, end)}
    return sum(
        index not in hidden and (text[index].isdecimal() or text[index] in DIGIT_LETTERS) for index in range(*gold)
    )


def generated_sentence(randomness: Random, kind: str, style: str) -> GeneratedSentence:
    """A sentence with a made-up identifier of ``kind`` (see ``KINDS``) in ``style`` (one of ``STYLES``)."""
    value = in_style(randomness, KINDS[kind].make(randomness), style)
    before, after = randomness.choice(KINDS[kind].carriers).split("{}")
    before = randomness.choice(_HEADS) + before
    text = before + value + after + randomness.choice(_TAILS)
    return GeneratedSentence(text, len(before), len(before) + len(value))


def generated_dialogue(randomness: Random, kind: str, style: str, *, prompts: bool) -> tuple[Turn, ...]:
    """An identifier told in two to four turns, with or without the assistant's words in between."""
    known = KINDS[kind]
    parts = pieces(randomness, known.make(randomness), style, randomness.choice((2, 2, 3, 4)))
    turns = [Turn(randomness.choice(known.asked), ())] if prompts else []
    for at, (part, told) in enumerate(parts):
        if at and prompts:
            turns.append(Turn(randomness.choice(_PROMPTS), ()))
        before = randomness.choice(_LEADS)
        if not at:
            before = "" if prompts else randomness.choice(known.carriers).partition("{}")[0] or known.carriers[0][:-2]
        gold = ((len(before), len(before) + len(part), known.code),) if told else ()
        turns.append(Turn(before + part + randomness.choice(_PIECE_TAILS), gold))
    return tuple(turns)


def generated_samples(count: int, seed: int = 0) -> list[Sample]:
    """``count`` samples, always the same for a seed: sentences, pairs, dialogues and clean ones in turn."""
    randomness = Random(seed)  # noqa: S311 - no secret
    names = sorted(KINDS)
    samples = []
    for at in range(count):
        kind, style = names[at % len(names)], STYLES[at // len(names) % len(STYLES)]
        form = ("sentence", "sentence", "pair", "dialogue", "monologue", "clean")[at // (len(names) * len(STYLES)) % 6]
        if form == "clean":
            turns, category = clean_turns(randomness), "clean"
        elif form in {"dialogue", "monologue"}:
            style = randomness.choice(_DIALOGUE_STYLES)
            turns = generated_dialogue(randomness, kind, style, prompts=form == "dialogue")
            category = f"{kind}/{form}"
        else:
            turns = (_sentence(randomness, kind, style) if form == "sentence" else _pair(randomness, kind, style),)
            category = f"{kind}/{style}" if form == "sentence" else f"{kind}/pair"
        samples.append(Sample(f"fuzz-{at}", category, form == "clean", turns))
    return samples


def _sentence(randomness: Random, kind: str, style: str) -> Turn:
    made = generated_sentence(randomness, kind, style)
    return Turn(made.text, ((made.start, made.end, KINDS[kind].code),))


def _pair(randomness: Random, kind: str, style: str) -> Turn:
    """Two identifiers in one sentence."""
    first = _sentence(randomness, kind, style)
    second = _sentence(randomness, randomness.choice(sorted(KINDS)), randomness.choice(("written", "spoken")))
    between = randomness.choice(_BETWEEN)
    shift = len(first.text) + len(between)
    moved = tuple((start + shift, end + shift, kind) for start, end, kind in second.gold)
    return Turn(first.text + between + second.text, first.gold + moved)
