"""Goes through streams of bytes window by window, and through what is packed or encoded inside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from privacy.kinds import PersonalKind
from privacy.scan.archives import ArchiveStart, BrokenArchive, Unpacker, archive_starts, closed_format
from privacy.scan.findings import Find, Report
from privacy.scan.hidden_text import hidden_runs
from privacy.scan.masking import mask
from privacy.scan.needle_finder import NeedleFinder
from privacy.scan.needles import needles
from privacy.scan.patterns import find_personal
from privacy.scan.views import views

DEEPEST = 4
"""Archives and encodings inside one another are followed this far."""
MAX_UNPACKED = 1 << 30
"""Bytes that one file may unpack to, by default."""
MAX_RATIO = 200
"""Times its own size that a file may unpack to, …"""
FREE_BYTES = 64 << 20
"""… once it is past this many bytes."""
WINDOW = 1 << 20
"""Bytes that are looked at in one go."""
_MARGIN = 64
_OVERLAP = 4096
# What chance makes of bytes that only look packed seldom gets this far before it breaks.
_SURELY_PACKED = 4096


class Spot(NamedTuple):
    """Where an offset of a stream lies: the place's name, a database row, the offset in there."""

    place: str
    row: str | None
    offset: int


class LimitHit(Exception):
    """More was unpacked than is allowed."""


@dataclass(slots=True)
class _Budget:
    left: int

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise LimitHit


class Scanner:
    """Looks for given originals and, when ``patterns`` is on, for anything that looks like personal data.

    Finds and what could not be looked at go into ``report``. ``max_bytes`` is what one file may unpack to.
    ``progress`` is told of every so many bytes that are done.
    """

    def __init__(
        self,
        originals: Iterable[str],
        *,
        patterns: bool,
        max_bytes: int = MAX_UNPACKED,
        window: int = WINDOW,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self.report = Report()
        self.patterns = patterns
        self.originals = list(originals)
        self.finder = NeedleFinder(needles(self.originals))
        self.overlap = max(_OVERLAP, 2 * self.finder.longest + 2 * _MARGIN)
        self.window = max(window, 2 * self.overlap)
        self._max_bytes = max_bytes
        self._progress = progress

    def scan_stream(self, place: str, stream: BinaryIO, size: int) -> None:
        """Look through at most ``size`` bytes of a stream. Raises the stream's own ``OSError``."""
        layer = self._outermost(lambda offset: Spot(place, None, offset), place, size)
        left = size
        while left > 0 and (block := stream.read(min(left, self.window))):
            left -= len(block)
            layer.feed(block)
            self._count(len(block))
        layer.close()

    def scan_bytes(self, data: bytes, spot: Callable[[int], Spot], place: str) -> None:
        """Look through bytes of which ``spot`` says where each came from."""
        layer = self._outermost(spot, place, len(data))
        layer.feed(data)
        layer.close()
        self._count(len(data))

    def _count(self, size: int) -> None:
        self.report.bytes += size
        if self._progress:
            self._progress(size)

    def clean_name(self, name: str) -> str:
        """A file's name as it may be shown, and a find when the name itself tells something."""
        raw = name.encode("utf-8", "surrogateescape")
        shown = raw
        found: list[tuple[int, int, str, str, int | None]] = [
            (at, at + len(each.value), "CANARY", each.encoding, each.original) for at, each in self.finder.find(raw)
        ]
        if self.patterns:
            text = raw.decode("utf-8", "replace")
            for hit in find_personal(text):
                start = len(text[: hit.start].encode())
                found.append((start, start + len(text[hit.start : hit.end].encode()), hit.kind.value, "raw", None))
        for start, end, *_rest in found:
            shown = shown[:start] + b"*" * (end - start) + shown[end:]
        place = shown.decode("utf-8", "replace")
        for start, end, kind, encoding, canary in found:
            masked = mask(self.originals[canary] if canary is not None else raw[start:end].decode("utf-8", "replace"))
            self.report.add(Find(place, None, start, kind, f"file-name/{encoding}", masked, canary))
        return place

    def _outermost(self, spot: Callable[[int], Spot], place: str, size: int) -> _Layer:
        budget = _Budget(min(self._max_bytes, max(FREE_BYTES, MAX_RATIO * size)))
        return _Layer(self, spot, place, (), budget)


class _Layer:
    """One stream of bytes: a file, or what was unpacked from inside one (``chain`` says through which formats)."""

    def __init__(
        self, scanner: Scanner, spot: Callable[[int], Spot], place: str, chain: tuple[str, ...], budget: _Budget
    ) -> None:
        self._scanner = scanner
        self._spot = spot
        self._place = place
        self._chain = chain
        self._budget = budget
        self._buffer = bytearray()
        self._base = 0
        self._looked = 0
        self._packed: list[_Packed] = []

    def feed(self, data: bytes) -> None:
        """Take the next bytes."""
        if not self._base and not self._buffer and (closed := closed_format(data)):
            self._scanner.report.miss(self._place, f"format-{closed}")
        view = memoryview(data)
        for first in range(0, len(view), self._scanner.window):
            self._take(bytes(view[first : first + self._scanner.window]))

    def _take(self, data: bytes) -> None:
        for each in self._packed:
            each.feed(data)
        self._packed = [each for each in self._packed if each.alive]
        self._buffer += data
        if len(self._buffer) >= self._scanner.window + self._scanner.overlap:
            self._look(last=False)

    def close(self) -> None:
        """The stream has ended."""
        if self._buffer:
            self._look(last=True)
        for each in self._packed:
            each.close(cut=True)
        self._packed = []

    def _look(self, *, last: bool) -> None:
        window = bytes(self._buffer)
        # Each value belongs to the window in which it begins, with room for its neighbours before and after.
        until = self._base + len(window) if last else self._base + len(window) - self._scanner.overlap + _MARGIN
        for start in archive_starts(window):
            if self._looked <= self._base + start.start < until:
                self._begin(start, window)
        self._look_for_canaries(window, until)
        if self._scanner.patterns:
            self._look_for_patterns(window, until)
        self._look_for_hidden(window, until)
        self._looked = until
        if not last:
            kept = self._scanner.overlap
            self._base += len(window) - kept
            del self._buffer[: len(window) - kept]

    def _look_for_canaries(self, window: bytes, until: int) -> None:
        for at, needle in self._scanner.finder.find(window):
            offset = self._base + at
            if self._looked <= offset < until:
                masked = mask(self._scanner.originals[needle.original])
                self._add(offset, "CANARY", needle.encoding, masked, needle.original)

    def _look_for_patterns(self, window: bytes, until: int) -> None:
        seen: set[tuple[PersonalKind, int]] = set()
        for view in views(window):
            for hit in find_personal(view.text):
                offset = self._base + view.byte_at(hit.start)
                if self._looked <= offset < until and (hit.kind, offset) not in seen:
                    seen.add((hit.kind, offset))
                    self._add(offset, hit.kind.value, view.encoding, mask(view.text[hit.start : hit.end]), None)

    def _look_for_hidden(self, window: bytes, until: int) -> None:
        for run in hidden_runs(window):
            # A run that was cut by the window's edge goes on in the next.
            if self._base + run.start < until and self._looked < self._base + run.start + len(run.decoded):
                self._inside(run.encoding, run.start, run.decoded)

    def _inside(self, encoding: str, start: int, data: bytes) -> None:
        if len(self._chain) > DEEPEST:
            self._scanner.report.miss(self._place, "too-deep")
            return
        begins = self._spot(self._base + start)
        inner = _Layer(self._scanner, lambda _at: begins, self._place, (*self._chain, encoding), self._budget)
        inner.feed(data)
        inner.close()

    def _begin(self, start: ArchiveStart, window: bytes) -> None:
        if start.encoding in ("zip-encrypted", "zip-unknown"):
            self._scanner.report.miss(self._place, start.encoding)
            return
        inner = None
        if len(self._chain) < DEEPEST:
            inner = self._layer_inside(start.encoding, self._base + start.start, start.name)
        packed = _Packed(self._scanner.report, self._place, start.encoding, inner, self._budget)
        packed.feed(window[start.data :])
        if packed.alive:
            self._packed.append(packed)

    def _layer_inside(self, encoding: str, offset: int, name: str | None) -> _Layer:
        outer = self._spot(offset)
        if name is not None:
            place = f"{outer.place}!{self._scanner.clean_name(name)}"
        else:
            place = f"{outer.place}!{encoding}@{outer.offset}"
        return _Layer(
            self._scanner, lambda at: Spot(place, outer.row, at), place, (*self._chain, encoding), self._budget
        )

    def _add(self, offset: int, kind: str, encoding: str, masked: str, canary: int | None) -> None:
        spot = self._spot(offset)
        written = "/".join((*self._chain, encoding))
        self._scanner.report.add(Find(spot.place, spot.row, spot.offset, kind, written, masked, canary))


class _Packed:
    """A compressed stream that is being unpacked into a layer of its own (into nothing when that would be too deep)."""

    def __init__(self, report: Report, place: str, encoding: str, inner: _Layer | None, budget: _Budget) -> None:
        self._report = report
        self._place = place
        self._sure = encoding != "zlib"
        self._unpacker = Unpacker(encoding)
        self._inner = inner
        self._budget = budget
        self.alive = True

    def feed(self, data: bytes) -> None:
        """Unpack the next bytes, as far as the stream goes."""
        if not self.alive:
            return
        try:
            for piece in self._unpacker.unpack(data):
                self._budget.spend(len(piece))
                if self._inner:
                    self._inner.feed(piece)
                elif self._is_real():
                    self._report.miss(self._place, "too-deep")
                    self.alive = False
                    return
        except BrokenArchive:
            self.close(cut=True)
        except LimitHit:
            self._report.miss(self._place, "limit")
            self.close(cut=False)
        if self._unpacker.finished:
            self.close(cut=False)

    def close(self, *, cut: bool) -> None:
        """No more is coming; ``cut`` when the stream's own end was not reached."""
        if not self.alive:
            return
        self.alive = False
        if cut and self._is_real():
            self._report.miss(self._place, "broken-archive")
        if self._inner:
            try:
                self._inner.close()
            except LimitHit:
                self._report.miss(self._place, "limit")

    def _is_real(self) -> bool:
        least = 1 if self._sure else _SURELY_PACKED
        return self._unpacker.finished or self._unpacker.produced >= least
