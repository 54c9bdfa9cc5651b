"""When a dead process is started again, and when not any more."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field


@dataclass
class RestartPolicy:
    """Waits 1, 2, 4, 8 s … between starts; gives up at ``limit`` deaths within ``window_s``."""

    limit: int = 5
    window_s: float = 60.0
    first_delay_s: float = 1.0
    longest_delay_s: float = 16.0
    _deaths: deque[float] = field(default_factory=deque)

    def after_death(self, now: float) -> float | None:
        """Seconds to wait before the next start; None means give up. ``now`` is a monotonic time in seconds."""
        self._deaths.append(now)
        while now - self._deaths[0] > self.window_s:
            self._deaths.popleft()
        if len(self._deaths) >= self.limit:
            return None
        return min(self.first_delay_s * 2.0 ** (len(self._deaths) - 1), self.longest_delay_s)
