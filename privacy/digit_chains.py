"""Digit chains: the digit groups of a text joined over separators, fillers and repairs.

``공일공에 1234 다시 오육칠팔`` is one chain whose ``canonical`` form is ``010-1234-5678``; recognizers match layouts on
that form and get back where each digit stood. What counts things (30명, 1,000원, 2025년, 제19234호) is no chain.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from privacy.copula import without_copula
from privacy.counted_numbers import counting_ranges, number_of_a_service, unit_follows
from privacy.digit_gaps import REPAIR, is_gap, only_gap_between
from privacy.digit_groups import DigitGroup, read_groups
from privacy.kinds import PersonalKind
from privacy.number_topics import kind_right_before
from privacy.public_numbers import is_public_number, is_span_of_years
from privacy.spoken_digits import Cell

_LONG = 7
"""Digits from which a chain is no quantity but beside few units."""
_FEW = 4


@dataclass(frozen=True, slots=True, repr=False)
class DigitChain:
    """Groups that belong together. ``canonical`` joins them by ``-``, ``digits`` by nothing.

    ``corrected`` are the digits that remain when somebody took some back (구사일 아니 구사이 → 942), else the same.
    """

    groups: tuple[DigitGroup, ...]
    canonical: str
    digits: str
    cells: tuple[Cell, ...]
    corrected: str

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end

    @property
    def spoken(self) -> bool:
        return any(group.spoken for group in self.groups)

    @property
    def is_public(self) -> bool:
        """Whether it is a public telephone number or a span of years."""
        if self.corrected != self.digits:
            return False
        return is_public_number(self.canonical) or is_span_of_years(self.canonical)

    @property
    def is_choice(self) -> bool:
        """Whether it is a few single written digits (1, 6), as people name choices."""
        return len(self.digits) <= _FEW and not self.spoken and all(len(group.digits) == 1 for group in self.groups)

    def where_canonical(self, start: int, end: int) -> Cell:
        """Text offsets of ``canonical[start:end]``, which must begin and end with a digit."""
        first = start - self.canonical.count("-", 0, start)
        last = end - 1 - self.canonical.count("-", 0, end)
        return self.cells[first][0], self.cells[last][1]


def read_chains(text: str) -> tuple[DigitChain, ...]:
    """Every digit chain of an NFC text, in order; dates with separators (2024-12-31) and amounts left out."""
    blocked = counting_ranges(text)
    chains: list[DigitChain] = []
    pending: list[DigitGroup] = []
    for group in read_groups(text, blocked):
        if pending and not _joined(text, pending[-1].end, group.start, blocked):
            _close(text, pending, chains)
        pending.append(group)
    _close(text, pending, chains)
    return tuple(chains)


def _joined(text: str, start: int, end: int, blocked: list[Cell]) -> bool:
    between = bisect_right(blocked, (end, -1)) - 1
    return not (between >= 0 and blocked[between][1] > start) and only_gap_between(text, start, end)


def _close(text: str, pending: list[DigitGroup], chains: list[DigitChain]) -> None:
    """Turn the pending groups into chains, cutting out those that count something."""
    run: list[DigitGroup] = []
    for index, group in enumerate(pending):
        last = index + 1 == len(pending)
        run.append(group)
        next_start = len(text) if last else pending[index + 1].start
        if _counts_something(text, run, next_start):
            run.pop()
            _append(text, run, chains)
            run = []
        elif last:
            _append(text, run, chains)
    pending.clear()


def _append(text: str, run: list[DigitGroup], chains: list[DigitChain]) -> None:
    groups = without_copula(text, run)
    if groups:
        chains.extend(_chain(text, part) for part in _public_parts(text, groups) or [groups])


def _chain(text: str, groups: list[DigitGroup]) -> DigitChain:
    whole = [_one_group(glued) for glued in _glued(groups)]
    return DigitChain(
        groups=tuple(whole),
        canonical="-".join(group.digits for group in whole),
        digits="".join(group.digits for group in whole),
        cells=tuple(cell for group in whole for cell in group.cells),
        corrected=_corrected(text, whole),
    )


def _glued(groups: list[DigitGroup]) -> Iterator[list[DigitGroup]]:
    """Runs of groups with nothing in between: 공1공, 61**."""
    run: list[DigitGroup] = []
    for group in groups:
        if run and run[-1].end != group.start:
            yield run
            run = []
        run.append(group)
    yield run


def _one_group(glued: list[DigitGroup]) -> DigitGroup:
    if len(glued) == 1:
        return glued[0]
    return DigitGroup(
        "".join(group.digits for group in glued),
        tuple(cell for group in glued for cell in group.cells),
        any(group.spoken for group in glued),
    )


def _corrected(text: str, groups: list[DigitGroup]) -> str:
    """The digits without those taken back (구사일 아니 구사이) or begun twice (이사 음 이사칠팔)."""
    kept: list[str] = []
    for index, group in enumerate(groups):
        if index and REPAIR.search(text, groups[index - 1].end, group.start):
            _take_back(kept, group.digits)
        elif kept and 1 < len(kept[-1]) < len(group.digits) and group.digits.startswith(kept[-1]):
            kept.pop()
        kept.append(group.digits)
    return "".join(kept)


def _take_back(kept: list[str], again: str) -> None:
    """Drop the last groups up to the nearest one that begins like ``again`` or is as long; the last one if none is."""
    for back in range(1, len(kept) + 1):
        if len(kept[-back]) == len(again) or kept[-back][:2] == again[:2]:
            del kept[-back:]
            return
    del kept[-1:]


def _public_parts(text: str, groups: list[DigitGroup]) -> list[list[DigitGroup]]:
    """The groups as public numbers (110, 120, 1588-2188), small ones after them allowed; empty if anything else."""
    parts: list[list[DigitGroup]] = []
    index = 0
    while index < len(groups):
        for size in (3, 2, 1):
            part = groups[index : index + size]
            if len(part) == size and is_public_number("-".join(group.digits for group in part)):
                parts.append(part)
                index += size
                break
        else:
            rest = groups[index:]
            if not parts or any(len(group.digits) > 2 for group in rest):
                return []
            parts.append(rest)
            break
    labelled = kind_right_before(text, groups[0].start)
    ours = labelled is not None and labelled is not PersonalKind.PHONE
    line_start = text.rfind("\n", 0, groups[0].start) + 1
    if line_start and len(parts[-1][-1].digits) <= 2 and is_gap(text[line_start : groups[0].start]):
        return []  # an answer: 187 17
    return [] if ours or _evenly_spaced(text, parts) else parts


def _evenly_spaced(text: str, parts: list[list[DigitGroup]]) -> bool:
    """Whether the separator after a part of several groups is the one inside it (1721/6288/1567/9460)."""
    return any(
        len(part) > 1 and text[part[-1].end : after[0].start] == text[part[0].end : part[1].start]
        for part, after in pairwise(parts)
    )


def _counts_something(text: str, run: list[DigitGroup], next_start: int) -> bool:
    """Whether a unit follows the run's last group, and not the next group's first reading (일일 일이, 010 천이백)."""
    group = run[-1]
    turn = text.rfind("\n", 0, group.start)
    total = alone = 0
    for each in reversed(run):
        if each.start < turn or total >= _LONG:
            break
        total, alone = total + len(each.digits), alone + 1
    if total >= _LONG and (alone == 1 or len(group.digits) >= 2):
        return (alone == 1 or not group.spoken) and unit_follows(text, group.end, next_start, long=True)
    if group.spoken and len(group.digits) >= 3 and not group.by_place_value:
        return number_of_a_service(text, group.end)
    return unit_follows(text, group.end, next_start, long=False)
