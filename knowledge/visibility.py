"""Who may see which entry: audience, agency and validity, and a district's entry in place of the common one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from knowledge.entry import BASE_AGENCY, Entry

Mask = npt.NDArray[np.bool_]

_NOBODY = -1
_NEVER = date.max.toordinal()


class Visibility:
    """The entries of one index as columns, so that a viewer's mask takes a few array operations.

    An entry is *in force* for a viewer when its audience is the viewer's, it is valid that day, and it belongs to the
    base or to the viewer's agency. A district's entry in force takes the place of the common one of the same id, as a
    whole: the common one isn't shown in any language, so that nobody reads the city's English text against the
    district's Korean one. A district's *hidden* entry takes that place and shows nothing.
    """

    def __init__(self, entries: Sequence[Entry], hidden: Iterable[Entry] = ()) -> None:
        """``entries`` are the published ones that are indexed, ``hidden`` those that only hide common ones."""
        every = [*entries, *hidden]
        self._shown = len(entries)
        ids, self._id = _numbered(e.entry_id for e in every)
        self._id_count = len(ids)
        self._audiences, self._audience = _numbered(e.audience for e in every)
        self._agencies, self._agency = _numbered(e.agency for e in every)
        self._from = np.array([e.valid_from.toordinal() if e.valid_from else 0 for e in every], dtype=np.int32)
        self._until = np.array([e.valid_until.toordinal() if e.valid_until else _NEVER for e in every], dtype=np.int32)

    def mask(self, audience: str, agency: str, day: date) -> Mask:
        """Which of the entries (n,) a viewer of this audience and agency sees on this day."""
        today = day.toordinal()
        in_force = self._audience == self._audiences.get(audience, _NOBODY)
        in_force &= (self._from <= today) & (today <= self._until)
        common = in_force & (self._agency == self._agencies.get(BASE_AGENCY, _NOBODY))
        if agency == BASE_AGENCY:
            return np.asarray(common[: self._shown])
        own = in_force & (self._agency == self._agencies.get(agency, _NOBODY))
        replaced = np.zeros(self._id_count, dtype=bool)
        replaced[self._id[own]] = True
        return np.asarray((own | (common & ~replaced[self._id]))[: self._shown])


def _numbered(values: Iterable[str]) -> tuple[dict[str, int], npt.NDArray[np.int32]]:
    """A number for each different value, and the values as these numbers."""
    numbers: dict[str, int] = {}
    column = np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int32)
    return numbers, column
